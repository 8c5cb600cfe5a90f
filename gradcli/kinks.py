"""Kinks and jumps: which nodes lie on one, the slopes on both sides, the other rule (minnorm), one-sided derivatives.

Where a kink is, and which branch holds there, are facts of the operator table. The default rule is the derivative of
the branch taken, which the table's partial derivatives give by themselves. `minnorm` takes the element of smallest
norm of the subdifferential: PyTorch's documented rule for relu, abs, max and min.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from gradcli import rules
from gradcli.evaluate import Pass, local_derivatives
from gradcli.graph import Graph
from gradcli.operators import Kink, Operator


class AtKink(NamedTuple):
    """A node that lies on a kink or jump.

    For a kink between two branches, `argument` is the index of the argument that moves across it, `left` and `right`
    are the slopes on both sides for it. For a tie, `tied` holds the indices of the equal arguments.
    """

    node: int
    code: str  # "kink", "tie", "cone" or "jump"
    argument: int = 0
    left: float = 0.0
    right: float = 0.0
    tied: tuple[int, ...] = ()


def kinks(graph: Graph, forward_pass: Pass, adjoints: Sequence[float], required: bytearray) -> Iterator[AtKink]:
    """The nodes on a kink or jump that a gradient other than 0 comes to, in the order of evaluation."""
    suspects = {operator for operator in set(graph.operators) if _may_bend(operator)}
    if not suspects:
        return
    values = forward_pass.values
    for node in forward_pass.order:
        operator = graph.operators[node]
        if operator in suspects and adjoints[node] and any(required[x] for x in graph.inputs[node]):
            arguments = [values[x] for x in graph.inputs[node]]
            wanted = [index for index, x in enumerate(graph.inputs[node]) if required[x]]
            yield from _kinks_of(operator, node, arguments, values[node], wanted)


def _may_bend(operator: Operator) -> bool:
    return bool(operator.kinks or operator.ties or operator.cone or operator.jump)


def _kinks_of(operator: Operator, node: int, arguments: list[Any], out: float, wanted: list[int]) -> Iterator[AtKink]:
    if operator.ties:
        tied = tuple(index for index, x in enumerate(arguments) if x == out)
        if len(tied) > 1 and any(index in wanted for index in tied):
            yield AtKink(node, "tie", tied[0], tied=tied)
    elif operator.cone:
        if out == 0:
            yield AtKink(node, "cone", wanted[0])
    elif operator.jump:
        if rules.expression(operator.jump, (*operator.parameters, "out"), total=True)(*arguments, out) == 0:
            yield AtKink(node, "jump", 0)
    for kink in active(operator, arguments):
        for index in wanted:
            left, right = _sides(operator, kink, index, (*arguments, out))
            if left != right:
                yield AtKink(node, "kink", index, left, right)
                break


def active(operator: Operator, arguments: Sequence[float]) -> list[Kink]:
    """The kinks of the operator that these arguments lie on."""
    return [kink for kink in operator.kinks if _linear(operator, kink)(*arguments) == 0]


def _linear(operator: Operator, kink: Kink) -> Callable[..., float]:
    return rules.expression(kink.at, operator.parameters)


def _sides(operator: Operator, kink: Kink, index: int, point: tuple[float, ...]) -> tuple[float, float]:
    """The slopes for one argument when it comes from the left and from the right."""
    below = branch_slope(operator, kink.below, index)(*point)
    above = branch_slope(operator, kink.above, index)(*point)
    unit = [float(parameter == index) for parameter in range(len(operator.parameters))]
    return (below, above) if _linear(operator, kink)(*unit) >= 0 else (above, below)


@cache
def branch_slope(operator: Operator, branch: int, index: int) -> Callable[..., float]:
    """The partial derivative of one branch, as a function of the arguments and the result."""
    return rules.expression(operator.branches[branch].partials[index], (*operator.parameters, "out"), total=True)


def taken(operator: Operator, arguments: Sequence[Any]) -> int:
    """The index of the branch that a function with branches takes."""
    for index, branch in enumerate(operator.branches[:-1]):
        if rules.expression(branch.condition, operator.parameters)(*arguments):
            return index
    return len(operator.branches) - 1


@cache
def minnorm_slopes(operator: Operator, wanted: tuple[int, ...], total: bool) -> Callable[..., Any]:
    """Like `rules.slopes`, but at a kink the subgradient of smallest norm."""
    plain = rules.slopes(operator, wanted, total)
    if operator.ties:
        return _shared
    if not operator.kinks:
        return plain

    def slopes(*point: float) -> Any:
        met = active(operator, point[:-1])
        if not met:
            return plain(*point)
        found = []
        for index in wanted:
            sides = [slope for kink in met for slope in _sides(operator, kink, index, point)]
            found.append(min(max(0.0, min(sides)), max(sides)))  # 0, or the end of the interval nearest to it
        return tuple(found) if len(found) > 1 else found[0]

    return slopes


def _shared(arguments: Sequence[float], out: float) -> list[float]:
    """Slopes of max and min: equal shares for all arguments that hold the extreme value."""
    share = 1.0 / sum(x == out for x in arguments)
    return [share if x == out else 0.0 for x in arguments]


def one_sided(graph: Graph, forward_pass: Pass, required: bytearray, variable: int, direction: float) -> float:
    """The derivative of the output for `variable` from one side (`direction` 1: the right, −1: the left).

    A forward sweep of tangents that at each kink takes the branch into which the tangent leads. At a jump the slope
    beside it is taken.
    """
    values, order = forward_pass
    tangents = [0.0] * len(graph)
    tangents[variable] = direction
    for node in order:
        inputs = graph.inputs[node]
        if required[node] and any(tangents[x] for x in inputs):
            tangents[node] = _tangent(graph, values, node, required, [tangents[x] for x in inputs])
    return tangents[graph.output] * direction + 0.0  # no -0


def _tangent(graph: Graph, values: list[Any], node: int, required: bytearray, tangents: list[float]) -> float:
    operator, inputs = graph.operators[node], graph.inputs[node]
    arguments = [values[x] for x in inputs]
    out = values[node]
    if operator.ties:
        tied = [tangent for x, tangent in zip(arguments, tangents, strict=True) if x == out]
        return operator.forward(*tied) if len(tied) > 1 else tied[0]  # type: ignore[no-any-return]
    if operator.cone and out == 0:
        return float(operator.forward(*tangents))
    for kink in active(operator, arguments):
        side = _linear(operator, kink)(*tangents)
        if side:
            branch = kink.above if side > 0 else kink.below
            return sum(
                branch_slope(operator, branch, index)(*arguments, out) * t for index, t in enumerate(tangents) if t
            )
    local = local_derivatives(graph, values, node, required)
    return sum((slope * tangents[index] for index, slope in local if tangents[index]), 0.0)

