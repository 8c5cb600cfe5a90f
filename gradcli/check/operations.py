"""The Taylor test of single operations: which local derivatives are right, which are wrong, which it cannot tell.

An operation is a known function of a few numbers, so that its own test can tell what the whole function's cannot. A
local derivative is found wrong only where what remains of f(x + h) − f(x − h) after the derivative is taken off goes
on in proportion to h over many halvings, down to where rounding begins, while the rule itself says that the derivative
hardly changes from x − h to x + h and no kink or jump comes near. Anything else is no evidence.
"""

from collections.abc import Mapping, Sequence
from math import isfinite, ulp
from random import Random
from typing import Any, NamedTuple

from gradcli.check.samples import Sample
from gradcli.engine import rules
from gradcli.operators.records import Operator

HALVINGS = 48
ROUNDING = 16  # ulp: what values of the operator table and the difference of two of them can be off by, with room
EVIDENCE = 8  # halvings over which a remainder must be in proportion
FLAT = 0.02  # relative change of a remainder that counts as none
SURE = 0.01  # the part of a remainder that rounding may be
CLOSE = 1e-6
WIDE = 8  # operations with more arguments are first tested in one direction for all


class Finding(NamedTuple):
    """What the test of an edge says of its local derivative, and the one that the difference quotients lead to."""

    verdict: str  # "right", "wrong" or "inconclusive"
    derivative: float


def tested(here: Sample) -> dict[tuple[int, int], Finding]:
    """A finding for each edge (node, index of the input) that a gradient other than 0 comes to.

    Linear in the number of edges: the arguments of a wide operation are tested one by one only if the test in one
    random direction for all of them does not say that they are right.
    """
    graph, random = here.graph, Random(0)
    findings: dict[tuple[int, int], Finding] = {}
    for node in here.order:
        operator = graph.operators[node]
        arguments = [here.values[x] for x in graph.inputs[node]]
        edges = {i: slope for i, slope in here.edges[node].items() if isfinite(slope) and arguments[i] is not None}
        if not edges or not here.adjoints[node]:
            continue
        if len(edges) > WIDE:
            direction = {index: random.choice((-1.0, 1.0)) for index in edges}
            verdict = _tested(operator, arguments, here.values[node], direction, edges).verdict
            if verdict != "wrong":
                findings |= {(node, index): Finding(verdict, slope) for index, slope in edges.items()}
                continue
        for index in edges:
            findings[node, index] = _tested(operator, arguments, here.values[node], {index: 1.0}, edges)
    return findings


def _tested(
    operator: Operator, arguments: Sequence[Any], out: Any, direction: Mapping[int, float], edges: Mapping[int, float]
) -> Finding:
    slope = sum(edges[index] * weight for index, weight in direction.items())
    size = max(abs(arguments[index]) for index in direction)
    for first in dict.fromkeys((max(1.0, size), size)):
        run, before = 0, 0.0
        for halvings in range(HALVINGS):
            step = first * 0.25 * 0.5**halvings
            difference = _difference(operator, arguments, out, direction, edges, step) if step else None
            if difference is None:
                run = 0
                continue
            remainder, noise, drift = difference
            if abs(remainder) + noise <= CLOSE * abs(slope):
                return Finding("right", slope + remainder)
            if noise > SURE * abs(remainder):
                break
            flat = run == 0 or abs(remainder - before) <= FLAT * abs(remainder)
            run = run + 1 if flat and drift <= 0.1 * abs(remainder) else 0
            before = remainder
        if run > EVIDENCE:
            return Finding("wrong", slope + before)
    return Finding("inconclusive", slope)


def _difference(
    operator: Operator,
    arguments: Sequence[Any],
    out: Any,
    direction: Mapping[int, float],
    edges: Mapping[int, float],
    step: float,
) -> tuple[float, float, float] | None:
    """What remains at one step, divided by it; what of that rounding can make; how far the rule's slope changes."""
    values, slopes, expected = [], [], 0.0
    for sign in (1.0, -1.0):
        moved = list(arguments)
        for index, weight in direction.items():
            moved[index] += sign * step * weight
        try:
            value = float(operator.forward(*moved))
        except rules.ARITHMETIC_ERRORS:
            return None
        change = sum(edges[index] * (moved[index] - arguments[index]) for index in direction)
        if not isfinite(value) or _is_near_bend(operator, arguments, out, moved, value, step, change):
            return None
        values.append(value)
        expected += sign * change
        slopes.append(_slope(operator, moved, value, direction))
    remainder = (values[0] - values[1] - expected) / (2 * step)
    noise = ROUNDING * max(ulp(values[0]), ulp(values[1]), ulp(float(out))) / (2 * step)
    drift = abs(sum(slopes) / 2 - _slope(operator, arguments, out, direction))
    return (remainder, noise, drift) if isfinite(drift) and isfinite(remainder) else None


def _slope(operator: Operator, arguments: Sequence[Any], out: Any, direction: Mapping[int, float]) -> float:
    """The rule's derivative in a direction."""
    if operator.variadic:
        local = rules.slopes(operator, tuple(direction), True)(arguments, out)
        return float(sum(local[index] * weight for index, weight in direction.items()))
    return sum(
        float(rules.slopes(operator, (index,), True)(*arguments, out)) * weight for index, weight in direction.items()
    )


def _is_near_bend(
    operator: Operator,
    arguments: Sequence[Any],
    out: Any,
    moved: Sequence[Any],
    value: Any,
    step: float,
    change: float,
) -> bool:
    """Whether a kink or a jump is as near as the step: its expression, a distance, is small or changes much, or the
    change of the value that the rule expects leads across a jump; or a tie is decided otherwise.
    """
    if operator.ties:
        return [x == out for x in arguments] != [x == value for x in moved]
    texts = [(kink.at, operator.parameters) for kink in operator.kinks]
    if operator.jump:
        texts.append((operator.jump, (*operator.parameters, "out")))
    for text, parameters in texts:
        distance = rules.expression(text, parameters, total=True)
        before = distance(*[*arguments, out][: len(parameters)])
        after = distance(*[*moved, value][: len(parameters)])
        reach = max(step, abs(change)) if text == operator.jump else step
        if not before or not max(reach, abs(after - before)) <= abs(before) / 2:
            return True
    return False
