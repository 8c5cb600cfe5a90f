"""Where a gradient that is exactly 0 stops at an infinite slope although the derivative may be something else.

A zero gradient stops, so that 0*sqrt(x) has slope 0 at 0. That is the derivative where the 0 stays when the argument
of the steep function moves: a constant, another variable, a closed branch. In cbrt(x)^3 the 0 goes with the argument,
and 0 times infinity stands for 1.
"""

from collections.abc import Sequence
from functools import cache
from math import isfinite

from gradcli.engine.evaluation import Evaluation
from gradcli.graph import Graph
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator

MOST = 8  # nodes that are looked at, so that the work stays linear


def stop(here: Evaluation) -> int | None:
    """The first node on the backward way at which a gradient is lost in this way, or None."""
    operators, looked_at = here.graph.operators, 0
    if not any(map(_is_steep, set(operators))):
        return None
    for node in reversed(here.order):
        if _is_steep(operators[node]) and here.required[node] and not here.adjoints[node] and looked_at < MOST:
            if all(map(isfinite, here.local_derivatives(node).values())):
                continue
            looked_at += 1
            if _moves_with(here, node):
                return node
    return None


@cache
def _is_steep(operator: Operator) -> bool:
    """Whether a slope of the operator may be infinite where its value is not."""
    return any(partial.steep for partial in operator.partials)


def _moves_with(here: Evaluation, node: int) -> bool:
    """Whether a slope of 0 that stops the gradient above the node changes with what is below the node."""
    graph = here.graph
    depends = _depending(graph, here.required, node)
    without = bytearray(len(graph))  # the nodes above to which no gradient comes either
    without[node] = 1
    for above in range(node + 1, len(graph)):
        inputs = graph.inputs[above]
        if not here.is_evaluated(above) or not here.required[above] or not any(without[x] for x in inputs):
            continue
        if not here.adjoints[above]:
            without[above] = 1
            continue
        for index, slope in here.local_derivatives(above).items():
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
    return graph.dependents(x for x in range(node + 1) if below[x] and graph.is_leaf(x))


def _varies(operator: Operator, index: int, inputs: Sequence[int], depends: bytearray) -> bool:
    """Whether a slope is a number that changes with one of the nodes marked, not that of a branch."""
    if operator.branches or operator.ties or operator.chooses:
        return False
    names = _names(operator.partial(index).formula)
    if operator.variadic:
        return bool(names) and any(depends[x] for x in inputs)
    return any(
        depends[x]
        for parameter, x in zip(operator.parameters, inputs, strict=True)
        if parameter in names or "out" in names
    )


@cache
def _names(rule: str) -> frozenset[str]:
    return frozenset(parse_rule(rule, conditions=("condition",)).variables)
