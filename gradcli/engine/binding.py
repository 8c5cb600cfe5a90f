"""The names in a question, bound to nodes: values to variables, and the nodes whose gradient is asked for."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Graph

_NO_NUMBERS = (str, bytes, bool)


def bind(graph: Graph, at: Mapping[str, float]) -> dict[str, float]:
    """The values of the graph's variables, in order of first appearance; raises for missing and unusable ones."""
    variables = graph.variables
    if type(at) is not dict or list(at) != list(variables):
        missing = [name for name in variables if name not in at]
        if missing:
            from gradcli.language.missing import missing_values

            raise missing_values(graph, missing, at)
        at = {name: at[name] for name in variables}
    if set(map(type, at.values())) <= {float} and all(map(isfinite, at.values())):
        return dict(at)  # which is faster than one after the other
    return {name: usable(name, value) for name, value in at.items()}


def usable(name: str, value: Any) -> float:
    """A value as a float; raises `GradcliError` where it is no finite real number."""
    try:
        number = float("nan") if isinstance(value, _NO_NUMBERS) or _kind(value) in "bcM" else float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number):
        raise GradcliError("value-not-finite", {"name": name, "value": shown(value)}, source="at")
    return number


def shown(value: Any) -> str:
    """What was given in the place of a number, as Python writes it."""
    try:
        return repr(value)
    except ValueError:  # an integer with more digits than Python writes
        return f"{type(value).__name__}(…)"


def _kind(value: Any) -> str:
    """The letter by which NumPy knows a kind of scalars: some lose what they are where they become floats."""
    return str(getattr(getattr(value, "dtype", None), "kind", "f"))


def targets_of(graph: Graph, wrt: Iterable[str] | None) -> dict[str, int]:
    """The nodes whose gradient is asked for, by name, in order of first appearance: variables, then steps.

    Raises `GradcliError` for unknown names, and where an order would require a gradient.
    """
    targets = graph.variables if wrt is None else _named(graph, wrt)
    check_orders(graph, targets.values())
    return targets


def varied_of(graph: Graph, wrt: Iterable[str] | None) -> list[str] | None:
    """The variables that have other values at random points, by name; None for all. The others are data, held fixed.

    Raises `GradcliError` for names that are unknown or of a step, which is computed.
    """
    if wrt is None:
        return None
    named = list(_named(graph, wrt))
    for name in named:
        if name in graph.steps:
            array = name if graph.arrays is None else graph.arrays.array_of.get(name, name)
            raise GradcliError("wrt-step-with-claims", {"name": array}, source="wrt")
    return named


def _named(graph: Graph, wrt: Iterable[str]) -> dict[str, int]:
    asked = dict.fromkeys(wrt.split(",") if isinstance(wrt, str) else wrt)
    known = graph.variables | graph.steps
    if graph.arrays is not None:
        from gradcli.arrays.parts import elements_named

        asked = dict.fromkeys(one for name in asked for one in elements_named(graph.arrays, name))
    for name in asked:
        if name not in known:
            from gradcli.language.spelling import nearest

            names = list(known if graph.arrays is None else graph.arrays.nested(known))
            facts = {"name": name, "known": names, "suggestion": nearest(name, names)}
            raise GradcliError("unknown-name", facts, source="wrt")
    return {name: node for name, node in known.items() if name in asked}


def check_orders(graph: Graph, targets: Iterable[int]) -> None:
    """Raise `GradcliError` where an order, in which there is no derivative, depends on one of the nodes."""
    if not any(operator.orders for operator in set(graph.operators)):
        return
    required = graph.requires_gradient(targets)
    for node, operator in enumerate(graph.operators):
        for index in operator.orders:
            if required[graph.inputs[node][index]]:
                facts = {"function": operator.name, "parameter": operator.parameters[index]}
                start = graph.starts[node] if graph.starts else 0
                raise GradcliError("order-with-gradient", facts, graph.text or None, start, start + len(operator.word))
