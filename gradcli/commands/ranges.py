"""The ranges over which an expression is plotted, read from text (`x=-3:3,y=0:pi`)."""

from math import isfinite
from typing import Any

from gradcli.commands.point import is_name
from gradcli.commands.values import constant
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.characters import plain
from gradcli.language.spelling import nearest
from gradcli.plot.plotted import Range
from gradcli.text import format_number, pieces

MOST = 2  # variables: a picture has no more ways
NARROWEST = 1e-9  # relative: in less there are too few doubles to draw a line through
LEAST = 1e-290  # and in less than that


def names_in_ranges(text: str) -> set[str]:
    """The names for which there are ranges, as far as they can be read."""
    read = plain(text, is_list=True)
    return {read[start:end].partition("=")[0].strip() for start, end in pieces(read, 0, len(read))}


def ranges(text: str, graph: Graph) -> list[Range]:
    """The ranges for one or two variables of the graph; errors have their place in the text."""
    read = plain(text, is_list=True)
    found: list[Range] = []
    try:
        for start, end in pieces(read, 0, len(read)):
            if len(found) == MOST:
                raise _error(
                    "over-many", {"most": MOST}, read, start + len(read[start:end]) - len(read[start:end].lstrip())
                )
            found.append(_range(read, start, end, graph, [other.name for other in found]))
    except GradcliError as error:
        raise error.shown_in(text) from None
    return found


def _range(text: str, start: int, end: int, graph: Graph, others: list[str]) -> Range:
    """One range, which is `text[start:end]`."""
    left, equals, right = text[start:end].partition("=")
    name = "".join(left.split()) if left.rstrip().endswith("]") else left.strip()
    begin = start + len(left) - len(left.lstrip())
    if not equals or not name:
        raise _error("not-a-range", {"range": text[start:end].strip()}, text, begin, max(begin + 1, end))
    if not is_name(name) and not (name.endswith("]") and name[0] != "["):
        raise _error("not-a-name-over", {"name": name}, text, begin, begin + len(name))
    _check_name(text, name, begin, graph, others)
    first = start + len(left) + 1
    low_text, colon, high_text = right.partition(":")
    if not colon or ":" in high_text:
        place = first + len(low_text) if colon else end
        place = first + len(low_text) + 1 + high_text.find(":") if ":" in high_text else place
        raise _error("range-colon", {"name": name}, text, place)
    middle = first + len(low_text)
    low, high = _bound(text, first, middle, graph), _bound(text, middle + 1, end, graph)
    if low == high or not isfinite(high - low) or abs(high - low) < max(NARROWEST * max(abs(low), abs(high)), LEAST):
        raise _error("range-wide" if low != high and not isfinite(high - low) else "range-empty", {}, text, first, end)
    if low > high:
        write = f"{name}={format_number(high)}:{format_number(low)}"
        raise _error("range-reversed", {"write": write}, text, first, end)
    return Range(name, low, high)


def _check_name(text: str, name: str, begin: int, graph: Graph, others: list[str]) -> None:
    end = begin + len(name)
    if name in others:
        raise _error("range-twice", {"name": name}, text, begin, end)
    if name in graph.variables:
        return
    if name in graph.steps:
        raise _error("range-of-step", {"name": name}, text, begin, end)
    if graph.arrays is not None and name in graph.arrays.variables:
        from gradcli.arrays.shapes import said  # which ranges of numbers do not load

        element = graph.arrays.names_of(name)[0]
        facts: dict[str, Any] = {
            "name": name,
            "shape": said(graph.arrays.shapes[graph.arrays.named[name]]),
            "element": element,
        }
        raise _error("range-of-array", facts, text, begin, end)
    variables = list(graph.variables)
    facts = {"name": name, "known": variables, "suggestion": nearest(name, variables)}
    raise _error("range-unknown", facts, text, begin, end)


def _bound(text: str, start: int, end: int, graph: Graph) -> float:
    try:
        return constant(text, start, end, graph.variables, False)
    except GradcliError as error:
        if error.code == "empty-value":
            raise _error("range-bound", {}, text, start, end) from None
        raise GradcliError(error.code, error.facts, error.text, error.start, error.end, "over") from None


def _error(code: str, facts: dict[str, Any], text: str, start: int, end: int | None = None) -> GradcliError:
    return GradcliError(code, facts, text, start, end, "over")
