"""Arrays around code of numbers: which parameter has which of them, and which gradient."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gradcli.errors import GradcliError
from gradcli.export.identifiers import CodeNames, Letters, free_name, plain_name
from gradcli.graph import Graph
from gradcli.graph.arrays import Group, Shape, shaped

# Nodes: the code of one and its gradient are some 75 bytes for each, and 4 seconds' work for this many.
MOST_NUMBERS = 20_000
WIDEST = 88  # characters of a line


class Parameter(NamedTuple):
    """An argument in the code: the user's name and the code's, the shape, and the names of its numbers in the code."""

    name: str
    code: str
    shape: Shape
    numbers: Sequence[str]


def check_size(graph: Graph, title: str) -> None:
    """Raise `GradcliError` for a function of arrays with more nodes than there is code for."""
    if len(graph) > MOST_NUMBERS:
        facts = {"backend": title, "count": len(graph), "limit": MOST_NUMBERS}
        raise GradcliError("export-size", facts, source="option")


def parameters(
    graph: Graph, variables: Mapping[str, int], names: CodeNames, reserved: Container[str], own: str, letters: Letters
) -> list[Parameter]:
    """The arguments of code for a graph of numbers whose `variables` are these nodes, named so.

    `own` is the function's name.
    """
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    used = {own, *names.of.values()}
    found = []
    for group in arrays.groups(variables):
        numbers = [names.of[variables[one]] for one in group.elements]
        code = numbers[0]
        if group.shape:
            code = free_name(plain_name(group.name, letters.is_ascii), reserved, used, ())
            used.add(code)
        found.append(Parameter(group.name, code, group.shape, numbers))
    return found


def renamed(graph: Graph, changed: Mapping[str, str], given: Iterable[Parameter]) -> dict[str, str]:
    """The user's names for those that are others in the code, elements aside."""
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    others = {new: name for new, name in changed.items() if name.partition("[")[0] not in arrays.named}
    return others | {one.code: one.name for one in given if one.shape and one.code != one.name}


def groups(graph: Graph, names: Iterable[str]) -> list[Group]:
    """The names of numbers as those of arrays, and of elements that are alone."""
    assert graph.arrays is not None, "a graph of arrays"
    return list(graph.arrays.groups(list(names)))


def entries(graph: Graph, slopes: Mapping[str, str], indent: str) -> dict[str, str]:
    """The texts of slopes by the names of numbers as those of arrays, in brackets."""
    return {
        group.name: brackets([slopes[one] for one in group.elements], group.shape, indent=indent)
        for group in groups(graph, slopes)
    }


def brackets(numbers: Sequence[str], shape: Shape, begin: str = "[", end: str = "]", indent: str = "") -> str:
    """The texts of an array's numbers in brackets, a line for each row where they are too wide for one."""
    text = _line(shaped(numbers, shape), begin, end)
    if len(indent) + len(text) <= WIDEST or not shape:
        return text
    inner = f"{indent}    "
    if len(shape) > 1:
        lines = [brackets(row, shape[1:], begin, end, inner) for row in shaped(numbers, shape)]
    else:
        lines = [", ".join(part) for part in _parts(numbers)]
    return "\n".join([begin, *(f"{inner}{line}," for line in lines), f"{indent}{end}"])


def _line(value: Any, begin: str, end: str) -> str:
    if not isinstance(value, list):
        return str(value)
    inside = ", ".join(_line(one, begin, end) for one in value)
    return f"{begin}{inside}{',' if begin == '(' and len(value) == 1 else ''}{end}"


def _parts(numbers: Sequence[str]) -> list[Sequence[str]]:
    """Numbers in lines that are not too wide."""
    width = max(map(len, numbers)) + len(", ")
    count = max(1, WIDEST // width)
    return [numbers[start : start + count] for start in range(0, len(numbers), count)]
