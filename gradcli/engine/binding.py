"""The names in a question, bound to nodes: values to variables, and the nodes whose gradient is asked for."""

from collections.abc import Iterable, Mapping
from math import isfinite, isnan
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.missing import LISTED, missing_values
from gradcli.language.suggestions import nearest
from gradcli.text import quote


def bind(graph: Graph, at: Mapping[str, float]) -> dict[str, float]:
    """The values of the graph's variables, in order of first appearance; raises for missing and unusable ones."""
    variables = graph.variables
    missing = [name for name in variables if name not in at]
    if missing:
        raise missing_values(graph, missing, at)
    return {name: usable(name, at[name]) for name in variables}


def usable(name: str, value: Any) -> float:
    """A value as a float; raises `GradcliError` where it is no finite real number."""
    try:
        number = float(value) if not isinstance(value, (str, bytes, bool)) else float("nan")
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        what = "is not finite" if isinstance(value, float) and not isnan(number) else "is no finite number"
        raise GradcliError(f"the value of {quote(name)} {what}: {quote(repr(value))[1:-1]}")
    return number


def targets_of(graph: Graph, wrt: Iterable[str] | None) -> dict[str, int]:
    """The nodes whose gradient is asked for, by name, in order of first appearance: variables, then steps."""
    variables, steps = graph.variables, graph.steps
    if wrt is None:
        return variables
    asked = dict.fromkeys(wrt.split(",") if isinstance(wrt, str) else wrt)
    known = variables | steps
    for name in asked:
        if name not in known:
            close = nearest(name, list(known))
            hint = f"did you mean {quote(close)}?" if close else _known_names(known)
            raise GradcliError(f"{quote(name)} is no variable and no named step of the expression; {hint}")
    return {name: node for name, node in known.items() if name in asked}


def _known_names(known: Mapping[str, int]) -> str:
    if not known:
        return "it has none"
    listed = ", ".join(quote(name)[1:-1] for name in list(known)[:LISTED])
    return f"there {'are' if len(known) > 1 else 'is'} {listed}" + (", …" if len(known) > LISTED else "")
