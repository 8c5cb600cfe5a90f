"""The function at points beside one, in decimal: its limits and slopes from both sides, whatever branches are entered.

Every number that stays near what the floats have at the point is that plus how far it moves, so that what is equal
there is equal here: a comparison, a kink or a jump turns exactly where floats meet it. Where the numbers of the leaves
are given, the floats are those nearest to what these make, and every number is what the function makes of them beside
the point: the floats next to (x + 1)^2 - x^2 may move in another way than it does. A limit is believed where it is
seen at four distances, from 1e-30 to 1e-60, or where numbers leave the decimals there, from 1e-5 to 1e-8.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import (
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
    getcontext,
    localcontext,
)
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

from gradcli.engine.digits.decimal_functions import function_of, stair_of
from gradcli.engine.digits.limits import limit
from gradcli.engine.doubles import passes
from gradcli.graph import Graph
from gradcli.operators.decimals.precision import context
from gradcli.operators.table import CONSTANT, VARIABLE

DISTANCES = tuple(Decimal(10) ** -exponent for exponent in (30, 40, 50, 60))  # relative to a coordinate that is not 0
# Of (x - sin(x))/x^3 at 1e-60 some 80 are left, of which a difference takes 60. Where a variable is as small as 1e-300,
# steps are smaller by as much, and cos(x) moves by that twice.
DIGITS = 260
FAR = tuple(Decimal(10) ** -exponent for exponent in (5, 6, 7, 8))  # where exp(1/x^2) leaves even decimals at those
PASSES = 2 * len(DISTANCES)  # over the graph, for both sides
LAST = 40  # of the digits, which are not compared: digamma(x + 1) and digamma(x) + 1/x differ in them
# What numbers that are equal at the point part by if the floats there are to blame: relative to how far they move, or
# behind a jump to what they are.
NOISE = Decimal("1e-19"), Decimal("1e-13")
# Numbers that are compared and are nearer than that are seen again with so many more digits: if what parts them is then
# smaller by as much as this, rounding parts them and nothing else, as in sqrt(x)^2 >= x.
MORE, SHRUNK = 50, Decimal("1e-25")
NEARBY = Decimal("1e-6")  # how far a number moves at the most, relative to itself if it is not 0, unless it jumps


class Side(NamedTuple):
    """The function on one side of a point: its limit and its slope there. None where it is not known.

    `is_defined` says whether the function has values there at all.
    """

    value: float | None
    slope: float | None
    is_defined: bool = True


NO_VALUE = Side(None, None, is_defined=False)
UNKNOWN = Side(None, None)


class Beside:
    """A graph around a point at which floats have given its nodes the values `values` (None: not evaluated).

    Conditions that are `known` stay as they are, be the floats equal that they compare. `leaves` are the numbers of
    which these are the nearest floats, if they are others than those of the pass in floats.
    """

    def __init__(
        self,
        graph: Graph,
        values: Sequence[Any],
        known: Collection[int] = (),
        leaves: Mapping[int, Decimal | Fraction] | None = None,
    ) -> None:
        self.graph = graph
        self.values = values
        self.known = frozenset(known)
        self.leaves = leaves
        # What the leaves make at the point, by digits.
        self._points: dict[int, Sequence[Any]] = {}
        # The functions at the point, at what floats gave them, by node and digits.
        self._bases: dict[tuple[int, int], Decimal] = {}
        # How far numbers that are compared are apart that are nearer than `NOISE`, by step and node.
        self._gaps: dict[tuple[Decimal, int], Decimal] = {}

    def sides(self, root: int, moves: Mapping[int, float], held: Collection[int] = ()) -> tuple[Side, Side]:
        """The value of `root` on the left and on the right as the nodes of `moves` move, each with its speed; the nodes
        `held` stay as they are.
        """
        moving = self.graph.dependents(list(moves))
        return self._side(root, moves, moving, held, -1), self._side(root, moves, moving, held, 1)

    def _side(self, root: int, moves: Mapping[int, float], moving: bytearray, held: Collection[int], sign: int) -> Side:
        unit = sign * max(abs(Decimal(self.values[node])) or 1 for node in moves)
        for distances in (DISTANCES, FAR):
            try:
                steps = [unit * distance for distance in distances]
                self._gaps = {}
                seen = self._seen(root, moves, moving, held, steps)
                if not self._gaps:
                    return seen
                return UNKNOWN if self._are_linear() else self._seen(root, moves, moving, held, steps, MORE)
            except (Overflow, Underflow):
                continue
            except (DecimalException, ArithmeticError):
                break
        return UNKNOWN

    def _are_linear(self) -> bool:
        """Whether numbers that are compared part by less than `NOISE` and as far as the step is long: in what floats
        lose, be it the y of y + 1, slopes differ by as little. What parts as x^2 and x do is of another power.
        """
        shares: dict[int, set[str]] = {}
        for (step, node), gap in self._gaps.items():
            if gap:
                shares.setdefault(node, set()).add(f"{gap / abs(step):.6e}")
        return any(len(found) == 1 for found in shares.values())

    def _seen(
        self,
        root: int,
        moves: Mapping[int, float],
        moving: bytearray,
        held: Collection[int],
        steps: Sequence[Decimal],
        more: int = 0,
    ) -> Side:
        """What is seen at some steps beside the point."""
        points: list[Sequence[Any]] = []
        digits = DIGITS + 2 * max(0, -1 - (steps[0] / DISTANCES[0]).adjusted()) + more
        with localcontext(context(digits)) as current:
            current.traps[Underflow] = True
            for step in steps:
                try:
                    points.append(self._moved(moves, moving, held, step))
                except (InvalidOperation, DivisionByZero):
                    continue
            if len(points) < len(steps):
                return UNKNOWN if points else NO_VALUE
            value = limit([Decimal(values[root]) for values in points])
            is_smooth = value is not None and isfinite(value) and len(set(map(self._stairs, points))) == 1
            if not is_smooth:
                return Side(value, None)
            try:
                ends = self._as_derived(moves, moving, held, steps, points)
            except (InvalidOperation, DivisionByZero):
                return Side(value, None)
            pairs = zip(ends, points[1:], pairwise(steps), strict=True)
            return Side(value, limit([(Decimal(x[root]) - Decimal(y[root])) / (s - t) for x, y, (s, t) in pairs]))

    def _as_derived(
        self,
        moves: Mapping[int, float],
        moving: bytearray,
        held: Collection[int],
        steps: Sequence[Decimal],
        points: Sequence[Sequence[Any]],
    ) -> Sequence[Sequence[Any]]:
        """The values at all steps but the last, from which slopes are differences to those at the next step: what
        derivatives hold at its value is as it is there, and so are conditions, which turn as that moves too.
        """
        if not any(operator.held for operator in self.graph.operators):
            return points[:-1]
        return [
            self._moved(moves, moving, held, step, there) for step, there in zip(steps[:-1], points[1:], strict=True)
        ]

    def _stairs(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """On which steps the functions are that go in steps: between two of them a difference is no slope."""
        inputs = self.graph.inputs
        return tuple(stair([values[x] for x in inputs[node]], values[node]) for node, stair in self._stepping)

    @cached_property
    def _stepping(self) -> Sequence[tuple[int, Callable[[Sequence[Any], Any], Any]]]:
        return [(node, stair) for node, operator in enumerate(self.graph.operators) if (stair := stair_of(operator))]

    def _moved(
        self,
        moves: Mapping[int, float],
        moving: bytearray,
        held: Collection[int],
        step: Decimal,
        there: Sequence[Any] = (),
    ) -> list[Any]:
        """The values when the nodes have moved by a step; conditions and what derivatives hold as they are `there`."""
        graph, before = self.graph, self._point()
        values = self._at_leaves()
        for node, speed in moves.items():
            values[node] = Decimal(before[node]) + Decimal(speed) * step
        for x in passes.demanded(graph, values, []):
            if x in moves:
                continue
            operator, at = graph.operators[x], before[x]
            if there and (operator.condition or operator.held):
                values[x] = there[x]
                continue
            is_number = at is not None and (isinstance(at, bool) or isfinite(at))
            stays = is_number and (x in held or x in self.known or not moving[x])
            values[x] = _exact(at) if stays else self._value(x, values, step)
        return values

    def _at_leaves(self) -> list[Any]:
        """The numbers of the leaves alone."""
        values: list[Any] = [None] * len(self.graph)
        for leaf, operator in enumerate(self.graph.operators):
            if operator in (VARIABLE, CONSTANT):
                values[leaf] = _exact(self.values[leaf] if self.leaves is None else self.leaves[leaf])
        return values

    def _point(self) -> Sequence[Any]:
        """The values at the point: the floats, or what the leaves make; conditions and steps are those of floats."""
        if self.leaves is None:
            return self.values
        digits = getcontext().prec
        if digits not in self._points:
            values = self._at_leaves()
            for x in passes.demanded(self.graph, values, []):
                operator, at = self.graph.operators[x], self.values[x]
                found = at if operator.condition else function_of(operator)(*[values[y] for y in self.graph.inputs[x]])
                values[x] = _exact(at) if operator.jump and not _is_near(found, at) else found
            self._points[digits] = values
        return self._points[digits]

    def _value(self, node: int, values: Sequence[Any], step: Decimal) -> Any:
        """What a node has when its inputs have these values, a step beside the point."""
        operator, inputs, at = self.graph.operators[node], self.graph.inputs[node], self.values[node]
        arguments = [values[x] for x in inputs]
        if operator.condition and not operator.conditions:
            arguments = self._compared(node, arguments, step)
        found = function_of(operator)(*arguments)
        if self.leaves is not None or operator.condition or operator.chooses:
            return found
        if not isinstance(at, float) or not isfinite(at):
            return found
        if not all(map(_is_near, arguments, [self.values[x] for x in inputs])):
            return found
        key = node, getcontext().prec
        if key not in self._bases:
            self._bases[key] = self._base(node)
        return Decimal(at) + (found - self._bases[key])

    def _compared(self, node: int, numbers: Sequence[Decimal], step: Decimal) -> list[Decimal]:
        """The two numbers that a node compares, as far as they are known: twice the first where they may be equal."""
        floats, at = ([found[x] for x in self.graph.inputs[node]] for found in (self.values, self._point()))
        rounded = list(map(context(getcontext().prec - LAST).plus, numbers))
        if not floats[0] == floats[1] != None:  # noqa: E711 (0 is a number)
            return rounded
        moves = [abs(number - Decimal(at[0])) if _is_near(number, at[0]) else abs(number) for number in numbers]
        low, high = (share * max(moves) for share in NOISE)
        gap = abs(numbers[0] - numbers[1])
        if gap > low:
            return rounded[:1] * 2 if gap < high else rounded
        first = self._gaps.setdefault((step, node), gap)
        return rounded[:1] * 2 if first * SHRUNK > gap or not first else rounded

    def _base(self, node: int) -> Decimal:
        found: Decimal = function_of(self.graph.operators[node])(
            *[Decimal(self.values[x]) for x in self.graph.inputs[node]]
        )
        return found


def _is_near(number: Any, at: Any) -> bool:
    """Whether a number is near what it is at the point, so that it may not have jumped."""
    if not isinstance(at, (float, Decimal)) or not isfinite(at):
        return False
    middle = Decimal(at)
    return bool(abs(number - middle) <= NEARBY * (abs(middle) or 1))


def _exact(number: Any) -> Any:
    if isinstance(number, Fraction):
        return Decimal(number.numerator) / number.denominator
    return Decimal(number) if isinstance(number, float) else number
