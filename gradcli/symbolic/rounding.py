"""How much of a formula's number is rounding: estimated to first order, by one backward pass over the formula.

An estimate, not a bound: errors are added up without their signs, and the point's numbers are taken as exact.
"""

from collections.abc import Sequence
from math import isnan
from sys import float_info
from typing import Any

from gradcli.engine.passes import local_derivatives, passed_on, requires_gradient
from gradcli.graph import Graph
from gradcli.symbolic.derive import reachable

LOST = 1e-6  # a number is noted where rounding is more than this part of it
FEW_BITS = 2.0**20  # multiples of its inverse below 2^30 have room for their sums and most of their products


def rounding(graph: Graph, values: Sequence[Any], roots: Sequence[int]) -> list[float]:
    """For each root the sum of eps |adjoint value| over the operations that it is made of, all rounded once.

    That is the first-order running error of Higham, Accuracy and Stability of Numerical Algorithms, section 3.3,
    found in reverse. `values` are those of a forward pass. Linear in the size of each root's formula.
    """
    required = requires_gradient(graph, [node for node, inputs in enumerate(graph.inputs) if inputs])
    return [_rounding(graph, values, required, root) for root in roots]


def _rounding(graph: Graph, values: Sequence[Any], required: bytearray, root: int) -> float:
    adjoints = {root: 1.0}
    total = 0.0
    for node in reversed(reachable(graph.inputs, [root])):
        adjoint = adjoints.get(node, 0.0)
        if not adjoint or not required[node]:
            continue
        if not _is_exact(graph, values, node):
            error = abs(adjoint * values[node])
            total += 0.0 if isnan(error) else error
        for index, slope in local_derivatives(graph, values, node, required):
            x = graph.inputs[node][index]
            adjoints[x] = adjoints.get(x, 0.0) + passed_on(graph, values, node, index, adjoint, slope)
    return float_info.epsilon * total


def _is_exact(graph: Graph, values: Sequence[Any], node: int) -> bool:
    """Whether nothing is rounded: a choice, a sign, or among numbers of few bits an infix operation or a call at 0."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    if operator.chooses or (len(inputs) == 1 and operator.symbol):
        return True
    arguments = [values[x] for x in inputs]
    if not operator.symbol and any(arguments):
        return False
    return all(abs(n) < 2.0**30 and (n * FEW_BITS).is_integer() for n in (*arguments, values[node]))
