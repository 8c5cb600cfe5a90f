"""What a library's user gives: names, values by name, shapes by name; `GradcliError` for what is none of these."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gradcli.engine.binding import shown, usable
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.text import pieces

if TYPE_CHECKING:
    from gradcli.graph.arrays import Shape


def names_given(argument: str, given: Any) -> tuple[str, ...] | None:
    """Names as a list or as one text, `a,W[0,1]`; None for None."""
    if isinstance(given, str):
        names = [given[start:end] for start, end in pieces(given, 0, len(given))]
        return tuple("".join(name.split()) if name.endswith("]") else name for name in names)
    try:
        found = given if given is None else tuple(given)
    except TypeError:
        raise _unusable("no-names", argument, given) from None
    if found is not None and not all(isinstance(name, str) for name in found):
        raise _unusable("no-names", argument, given)
    return found


def mapping_given(argument: str, given: Any) -> Mapping[str, Any]:
    """Values by name."""
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise _unusable("no-values", argument, given)
    return given


def shapes_given(graph: Graph, given: Any) -> "dict[str, Shape]":
    """Shapes of the graph's variables, by name; none for None."""
    found: dict[str, Shape] = {}
    for name, shape in mapping_given("shapes", {} if given is None else given).items():
        if name not in graph.variables:
            from gradcli.language.spelling import nearest

            facts = {"name": name, "suggestion": nearest(name, list(graph.variables))}
            raise GradcliError("unused-name", facts, source="option")
        if not _is_shape(shape):
            raise GradcliError("compiled-shape", {"name": name, "shape": shown(shape)}, source="option")
        found[name] = tuple(shape)
    return found


def is_number(given: Any) -> bool:
    """Whether it is a finite real number."""
    try:
        usable("", given)
    except GradcliError:
        return False
    return True


def _is_shape(shape: Any) -> bool:
    from gradcli.arrays.shapes import MOST_AXES  # which a library of numbers does not load

    lengths = shape if isinstance(shape, (tuple, list)) else ()
    return 0 < len(lengths) <= MOST_AXES and all(type(length) is int and length > 0 for length in lengths)


def _unusable(code: str, argument: str, given: Any) -> GradcliError:
    return GradcliError(code, {"argument": argument, "given": shown(given)}, source="option")
