"""Where a gradient that is exactly 0 stops at an infinite slope although the derivative may be something else.

A zero gradient stops, so that 0*sqrt(x) has slope 0 at 0. That is the derivative where the 0 stays when the argument
of the steep function moves: a constant, another variable, a closed branch. In cbrt(x)^3 the 0 goes with the argument,
and 0 times infinity stands for 1.
"""

from collections.abc import Sequence
from functools import cache
from math import isfinite

from gradcli.engine import rules
from gradcli.engine.passes import Pass, Slopes, local_derivatives
from gradcli.graph import Graph
from gradcli.language.parser import parse_rule
from gradcli.operators.table import Operator

MOST = 8  # nodes that are looked at, so that the work stays linear


def stop(
    graph: Graph,
    forward_pass: Pass,
    adjoints: Sequence[float],
    required: bytearray,
    slopes: Slopes = rules.slopes,
) -> int | None:
    """The first node on the backward way at which a gradient is lost in this way, or None."""
    if not any(operator.steep for operator in set(graph.operators)):
        return None
    values, looked_at = forward_pass.values, 0
    for node in reversed(forward_pass.order):
        if graph.operators[node].steep and required[node] and not adjoints[node] and looked_at < MOST:
            if all(isfinite(slope) for _, slope in local_derivatives(graph, values, node, required, slopes)):
                continue
            looked_at += 1
            if _moves_with(graph, values, adjoints, required, slopes, node):
                return node
    return None


def _moves_with(
    graph: Graph, values: Sequence[object], adjoints: Sequence[float], required: bytearray, slopes: Slopes, node: int
) -> bool:
    """Whether a slope of 0 that stops the gradient above the node changes with what is below the node."""
    depends = _depending(graph, required, node)
    without = bytearray(len(graph))  # the nodes above to which no gradient comes either
    without[node] = 1
    for above in range(node + 1, len(graph)):
        inputs = graph.inputs[above]
        if values[above] is None or not required[above] or not any(without[x] for x in inputs):
            continue
        if not adjoints[above]:
            without[above] = 1
            continue
        for index, slope in local_derivatives(graph, values, above, required, slopes):
            if without[inputs[index]] and not slope and _varies(graph.operators[above], index, inputs, depends):
                return True
    return False


def _depending(graph: Graph, required: bytearray, node: int) -> bytearray:
    """Marks the nodes that depend on what a node depends on."""
    below = bytearray(len(graph))
    below[node] = 1
    for x in range(node, -1, -1):
        if below[x]:
            for y in graph.inputs[x]:
                below[y] = required[y]
    depends = bytearray(len(graph))
    for x, inputs in enumerate(graph.inputs):
        depends[x] = any(depends[y] for y in inputs) if inputs else below[x]
    return depends


def _varies(operator: Operator, index: int, inputs: Sequence[int], depends: bytearray) -> bool:
    """Whether a slope is a number that changes with one of the nodes marked, not that of a branch."""
    if operator.branches or operator.ties or operator.chooses:
        return False
    if operator.variadic:
        return any(depends[x] for x in inputs)
    names = _names(operator.partials[index])
    return any(
        depends[x]
        for parameter, x in zip(operator.parameters, inputs, strict=True)
        if parameter in names or "out" in names
    )


@cache
def _names(rule: str) -> frozenset[str]:
    return frozenset(parse_rule(rule, conditions=("condition",)).variables)
