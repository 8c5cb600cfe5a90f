"""Text to graph, or an error that says what to write instead.

The syntax is in grammar/expression.lark alone; it is walked in `driver.py`. What its rules mean is in `meaning.py`, and
the words for what is wrong in `syntax.py`.
"""

from collections.abc import Callable, Container, Mapping
from types import MappingProxyType

from gradcli.errors import GradcliError
from gradcli.graph import Definition, Graph
from gradcli.language.characters import plain
from gradcli.language.driver import graph_of, read
from gradcli.language.meaning import Meaning

MAX_LENGTH = 2_000_000  # characters


def parse(
    text: str,
    max_length: int = MAX_LENGTH,
    free: Container[str] = (),
    definitions: Mapping[str, Definition] = MappingProxyType({}),
    check: Callable[[Graph], object] | None = None,
) -> Graph:
    """The computational graph of a program of the language.

    `text` is one expression, or statements separated by newlines or semicolons; the last one is the output. `free`
    holds names that are given values: with `e` among them, e is a variable and not the constant. `definitions` holds
    functions that are defined already, as those of another graph. What `check` raises a `GradcliError` for is offered
    nowhere in the place of a text.
    Raises `GradcliError`, with the place in the text, for anything that is not such a program, and for a text of
    more than `max_length` characters.
    """
    if not isinstance(text, str):
        raise GradcliError("not-an-expression", {"given": repr(text)})
    text = text.removeprefix("\ufeff")
    if len(text) > max_length:
        raise GradcliError("too-long", {"length": len(text), "limit": max_length})
    meaning = Meaning(plain(text), free=free, definitions=definitions)
    try:
        read(meaning)
        return meaning.graph(text)
    except GradcliError as error:
        from gradcli.language.pasted import offered

        def plainly(other: str) -> Graph:
            return graph_of(Meaning(other, free=free, definitions=definitions))

        raise offered(error, meaning.text, plainly, check).shown_in(text) from None


def parse_rule(text: str, conditions: Container[str] = ()) -> Graph:
    """The graph of a rule of the operator table.

    Unlike a user's program it may be a condition itself, and the names in `conditions` stand for conditions.
    """
    return graph_of(Meaning(text, conditions, is_rule=True))
