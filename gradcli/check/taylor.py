"""Taylor tests: whether f(x + h·v) − f(x) − h·D·v vanishes faster than h.

They take no fixed step: h is halved again and again.

For a right D of a whole function what remains, divided by h, falls until rounding takes over. That test can only
acquit: a remainder that stays may come from a bend or a pole so near that no step is small enough.

A single operation is a known function of a few numbers, so that its own test can tell what the whole function's cannot.
A local derivative is found wrong only where what remains of f(x + h) − f(x − h) after the derivative is taken off goes
on in proportion to h over many halvings, down to where rounding begins, while the rule itself says that the derivative
hardly changes from x − h to x + h and no kink or jump comes near. Anything else is no evidence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, ulp
from random import Random
from typing import Any, NamedTuple

from gradcli.check.trials import estimates
from gradcli.check.trials.estimates import EPSILON
from gradcli.check.trials.remarks import Ruling
from gradcli.check.trials.samples import Sample
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.passes import Fault, forward
from gradcli.operators.records import Operator

CLOSE = 1e-6  # the part of the derivative that may remain
STEPS = 45  # halvings of the first step, which is an eighth of the size of the variables, or of 1
SMALL_STEPS = 25  # halvings of an eighth of the variables' size, where that is much less than 1
SMALL = 1e-6
HALVINGS = 48  # of the first step of an operation's test
ULPS = 16  # what values of the operator table and the difference of two of them can be off by, with room
EVIDENCE = 8  # halvings over which a remainder must be in proportion
FLAT = 0.02  # relative change of a remainder that counts as none
SURE = 0.01  # the part of a remainder that rounding may be
WIDE = 8  # operations with more arguments are first tested in one direction for all


@dataclass(frozen=True)
class Direction:
    """A direction from the point, given as weights of leaves, and the derivative in it."""

    here: Sample
    weights: Mapping[int, float]

    @cached_property
    def tangents(self) -> list[float]:
        """The derivative of each node in this direction, by forward mode."""
        return self.here.tangents(self.weights)

    @property
    def forward(self) -> float:
        """The output's derivative, by forward mode."""
        return self.tangents[self.here.graph.output]

    @property
    def reverse(self) -> float:
        """The output's derivative, by reverse mode."""
        return sum((self.here.adjoints[node] * weight for node, weight in self.weights.items()), 0.0)

    @cached_property
    def spread(self) -> float:
        """The contributions to the derivative without their signs: what its rounding is in proportion to."""
        return estimates.spread(self.here, self.tangents)

    @cached_property
    def is_rough(self) -> bool:
        """Whether a kink, a jump or a comparison of equal numbers is reached."""
        return any(self.here.above_rough[node] for node in self.weights)


# Of a whole function.


class _Remainder(NamedTuple):
    """What remains at one step, divided by it: in all, what rounding can make of it, the function's own change."""

    signed: float
    hidden: float
    change: float


def taylor_test(along: Direction, slope: float) -> float | None:
    """The derivative that a difference quotient gives, if it proves that `slope` is right, else None.

    Where the point lies on a bend or a jump, both sides must vanish, each by itself.
    """
    floor = estimates.noise(along.here, along.tangents)
    widest, before, stays = 0.0, float("inf"), 0
    for number, step in enumerate(_steps(along)):
        found = _remainder(along, step, floor)
        if found is None:
            continue
        size = abs(found.signed)
        if number < 3:
            widest = max(widest, size)
        tolerance = CLOSE * max(abs(slope) or widest, found.change) + 16 * EPSILON * along.spread
        vanishes = size + found.hidden <= tolerance
        if vanishes or (slope == 0 and not found.signed and not found.change):
            return slope + found.signed
        stays = stays + 1 if size > 0.9 * before else 0
        if along.is_rough and (stays > 8 or size > max(1.5 * before, 10 * found.hidden)):
            break  # a kink, or a jump: there it would vanish where x ± h and x begin to give the same value
        before = size
        if number > 3 and found.hidden > 100 * tolerance:
            break  # and more at every smaller step
    return None


def _steps(along: Direction) -> Iterator[float]:
    size = max(abs(along.here.values[node]) for node in along.weights)
    for first, count in ((max(1.0, size), STEPS), (size, SMALL_STEPS if 0 < size < SMALL else 0)):
        steps = (first * 0.125 * 0.5**halvings for halvings in range(count))
        yield from filter(None, steps)  # 0: it has underflowed


def _remainder(along: Direction, step: float, floor: float) -> _Remainder | None:
    """(f(x + h) − f(x − h) − 2h·D)/2h, which falls with h²; on a bend the greater of the two sides.

    x ± h are rounded numbers: the derivative is multiplied by how far apart they really are.
    """
    right, left = (_moved(along, sign * step) for sign in (1.0, -1.0))
    if right is None or left is None:
        return None
    if along.is_rough:
        sides = ((right.change - right.expected) / step, (left.expected - left.change) / step)
        found = _Remainder(max(sides, key=abs), 2 * floor / step, 0.0)
    else:
        change = max(abs(right.change), abs(left.change)) / step
        apart = right.value - left.value - (right.expected - left.expected)
        found = _Remainder(apart / (2 * step), floor / step, change)
    return found if isfinite(found.signed) else None


class _Moved(NamedTuple):
    """The output at another point: its value, how far it is from the value here, and how far it should be."""

    value: float
    change: float
    expected: float


def _moved(along: Direction, step: float) -> _Moved | None:
    """The output a step away; None where it has no value or the step is too small to be one."""
    here, graph = along.here, along.here.held
    moved = {node: here.values[node] + step * weight for node, weight in along.weights.items()}
    if all(x == here.values[node] for node, x in moved.items()):
        return None
    try:
        value = float(forward(graph, graph.leaves_at(here.at) | moved).values[graph.output])
    except Fault:
        return None
    expected = sum(here.adjoints[node] * (x - here.values[node]) for node, x in moved.items())
    return _Moved(value, value - here.value, expected)


# Of single operations.


class Finding(NamedTuple):
    """What the test of an edge says of its local derivative, and the one that the difference quotients lead to."""

    verdict: Ruling
    derivative: float


def tested(here: Sample) -> dict[tuple[int, int], Finding]:
    """A finding for each edge (node, index of the input) that a gradient other than 0 comes to.

    Linear in the number of edges: the arguments of a wide operation are tested one by one only if the test in one
    random direction for all of them does not say that they are right.
    """
    random = Random(0)
    findings: dict[tuple[int, int], Finding] = {}
    for node in here.order:
        arguments = here.arguments(node)
        slopes = {i: slope for i, slope in here.edges[node].items() if isfinite(slope) and arguments[i] is not None}
        if slopes and here.adjoints[node]:
            operation = _Operation(here.graph.operators[node], arguments, here.values[node], slopes)
            found = operation.findings(random)
            findings |= {(node, index): finding for index, finding in found.items()}
    return findings


class _Difference(NamedTuple):
    """What remains at one step, divided by it; what of that rounding can make; how far the rule's slope changes."""

    remainder: float
    noise: float
    drift: float


class _Operation(NamedTuple):
    """An operation at the point; `slopes` are the local derivatives that are tested, by index of the argument.

    Directions are weights of arguments.
    """

    operator: Operator
    arguments: Sequence[Any]
    out: Any
    slopes: Mapping[int, float]

    def findings(self, random: Random) -> dict[int, Finding]:
        """A finding for each argument."""
        if len(self.slopes) > WIDE:
            verdict = self.tested({index: random.choice((-1.0, 1.0)) for index in self.slopes}).verdict
            if verdict != "wrong":
                return {index: Finding(verdict, slope) for index, slope in self.slopes.items()}
        return {index: self.tested({index: 1.0}) for index in self.slopes}

    def tested(self, direction: Mapping[int, float]) -> Finding:
        """The finding in a direction."""
        size = max(abs(self.arguments[index]) for index in direction)
        for first in dict.fromkeys((max(1.0, size), size)):
            found = self._tested_from(first, direction)
            if found is not None:
                return found
        return Finding("inconclusive", self._expected(direction))

    def _expected(self, changes: Mapping[int, float]) -> float:
        """The change that the local derivatives make of changes of the arguments."""
        return sum(self.slopes[index] * change for index, change in changes.items())

    def _tested_from(self, first: float, direction: Mapping[int, float]) -> Finding | None:
        """What the steps from a first one on say: right, wrong or nothing."""
        slope, run, before = self._expected(direction), 0, 0.0
        for halvings in range(HALVINGS):
            step = first * 0.25 * 0.5**halvings
            found = self._difference(direction, step) if step else None
            if found is None:
                run = 0
                continue
            size = abs(found.remainder)
            if size + found.noise <= CLOSE * abs(slope):
                return Finding("right", slope + found.remainder)
            if found.noise > SURE * size:
                break
            flat = run == 0 or abs(found.remainder - before) <= FLAT * size
            run = run + 1 if flat and found.drift <= 0.1 * size else 0
            before = found.remainder
        return Finding("wrong", slope + before) if run > EVIDENCE else None

    def _difference(self, direction: Mapping[int, float], step: float) -> _Difference | None:
        values, slopes, expected = [], [], 0.0
        for sign in (1.0, -1.0):
            moved = list(self.arguments)
            for index, weight in direction.items():
                moved[index] += sign * step * weight
            try:
                value = float(self.operator.forward(*moved))
            except rules.ARITHMETIC_ERRORS:
                return None
            change = self._expected({index: moved[index] - self.arguments[index] for index in direction})
            if not isfinite(value) or self._is_near_bend(moved, value, step, change):
                return None
            values.append(value)
            expected += sign * change
            slopes.append(self._slope(moved, value, direction))
        remainder = (values[0] - values[1] - expected) / (2 * step)
        noise = ULPS * max(ulp(values[0]), ulp(values[1]), ulp(float(self.out))) / (2 * step)
        drift = abs(sum(slopes) / 2 - self._slope(self.arguments, self.out, direction))
        return _Difference(remainder, noise, drift) if isfinite(drift) and isfinite(remainder) else None

    def _slope(self, arguments: Sequence[Any], out: Any, direction: Mapping[int, float]) -> float:
        """The rule's derivative in a direction, at other arguments."""
        if self.operator.variadic:
            local = rules.slopes(self.operator, tuple(direction), True)(arguments, out)
            return float(sum(local[index] * weight for index, weight in direction.items()))
        return sum(
            float(rules.slopes(self.operator, (index,), True)(*arguments, out)) * weight
            for index, weight in direction.items()
        )

    def _is_near_bend(self, moved: Sequence[Any], value: Any, step: float, change: float) -> bool:
        """Whether a kink or a jump is as near as the step: its expression, a distance, is small or changes much, or the
        change of the value that the rule expects leads across a jump; or a tie is decided otherwise.
        """
        operator = self.operator
        if operator.ties:
            return [x == self.out for x in self.arguments] != [x == value for x in moved]
        if operator.jump and self._is_near(operator.jump, moved, value, max(step, abs(change))):
            return True
        return any(self._is_near(kink.at, moved, value, step) for kink in operator.kinks)

    def _is_near(self, distance_of: str, moved: Sequence[Any], value: Any, reach: float) -> bool:
        distance = rules.expression(distance_of, (*self.operator.parameters, "out"), total=True)
        before, after = distance(*self.arguments, self.out), distance(*moved, value)
        return not before or not max(reach, abs(after - before)) <= abs(before) / 2
