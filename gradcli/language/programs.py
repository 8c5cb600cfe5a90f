"""Functions that a text of another notation defines: they are kept, with their calls, where it is written anew."""

import re
from collections.abc import Callable, Sequence

from gradcli.errors import GradcliError
from gradcli.graph import Definition, Graph
from gradcli.language.format import format_graph
from gradcli.operators.records import Operator

LONGEST = 2000  # characters of definitions, which are read anew for each line that is tried
_HEAD = r"([^\W\d]\w*)[ \t]*(\([\w \t,]*\))[ \t]*:?=(?!=)"
_DEFINITION = re.compile(rf"(?:^|(?<=[;\r\n]))[ \t]*{_HEAD}[^;#\r\n]*")
_STEP = re.compile(r"\s*([^\W\d]\w*\s*=\s*)(?!=)")


def heads(line: str) -> tuple[dict[int, str], str]:
    """What stands before `=` in the definitions of a line, by where each ends, and the line with blanks for it.

    The last statement is no definition, since another notation has one there where gradcli has its formula alone.
    """
    found: dict[int, str] = {}
    last = len(line.rstrip("; \t").rpartition(";")[0])
    for definition in _DEFINITION.finditer(line, 0, last):
        head = re.match(rf"[ \t]*{_HEAD}", definition[0])
        assert head
        found[definition.end()] = f"{head[1]}{head[2]} = "
        line = line[: definition.start()] + " " * head.end() + line[definition.start() + head.end() :]
    return found, line


def is_definition(line: str, rest: str) -> bool:
    """Whether a line ends with a definition, and others follow it."""
    return bool(rest.strip()) and bool(_DEFINITION.match(line.rstrip("; \t").rpartition(";")[2]))


def after(text: str, read: Callable[[str], Graph]) -> Callable[..., Graph]:
    """The parser of a line behind a text, whose definitions it knows if they are short."""
    earlier = "; ".join(definition[0].strip() for definition in _DEFINITION.finditer(text))
    try:
        if not earlier or len(earlier) > LONGEST or not read(f"{earlier}; 0").definitions:
            return read
    except GradcliError:
        return read
    return lambda program: read(f"{earlier}; {program}")


def written(statements: Sequence[str], read: Callable[[str], Graph]) -> str:
    """The program of these statements, with calls of its own functions as they are."""
    names, texts, program = [], [], []
    for place, statement in enumerate(statements):
        definition, step = _DEFINITION.match(statement), _STEP.match(statement)
        head = re.match(_HEAD, statement) if definition else None
        names.append(head[1] if head else f"_{place}_")
        texts.append(head[0] if head else step[1] if step else "")
        # What calls stand for is known of definitions alone.
        program.append(statement if head else f"_{place}_(_) = {statement[step.end() if step else 0 :]}")
    read("; ".join(statements))
    definitions = read("; ".join([*program, "0"])).definitions
    return "; ".join(
        f"{text.strip()} {_body(definitions[name])}".strip() for name, text in zip(names, texts, strict=True)
    )


def _body(definition: Definition) -> str:
    body = definition.body
    operators = list(body.operators)
    for node, word in definition.calls.items():
        operators[node] = Operator(word, definition.parameters, None)
    names = {**body.names, **dict(enumerate(definition.parameters))}
    graph = Graph(operators, body.inputs, body.values, names, body.output)
    return format_graph(graph, inline=True)
