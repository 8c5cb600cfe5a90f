"""What notes say at a point in fractions: these themselves, in place of the doubles that show what is to be said."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import inf, isclose, isfinite
from typing import TYPE_CHECKING, Any, cast

from gradcli.engine.certified.rational import NONE, ZERO, RationalPasses, nearest_double, shown
from gradcli.engine.digits.loss import NOTED, Loss
from gradcli.engine.doubles import kinks
from gradcli.engine.doubles.kinks import AtKink
from gradcli.engine.doubles.tangents import OneSided
from gradcli.engine.evaluation import Evaluation
from gradcli.errors import MathError
from gradcli.operators import rationals
from gradcli.operators.decimals.precision import context
from gradcli.operators.rationals import Irrational
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.turns import Turn

_DIGITS = 40  # of numbers in notes
BESIDE = Fraction(1, 10**40)  # how far beside the point conditions are looked at
POINTS = 6  # beside the point, which tell polynomials of degree 4
LONGEST = 120  # characters of a fraction that a note says
NEAR = 1e-9  # relative: a side that is found in fractions is the one that was seen


def placed(passes: RationalPasses) -> Evaluation | None:
    """Where the numbers of both passes lie, for notes; None where one of them is beyond doubles."""
    # A named constant has no fraction; what lies beside the point may need it.
    constants = passes.graph.values
    values: list[Any] = [
        constants.get(x) if value is None else nearest_double(value) for x, value in enumerate(passes.values)
    ]
    if any(abs(values[node]) == inf for node in passes.order):
        return None
    return Evaluation(passes.graph, values, passes.order, passes.targets, passes.kink, numbers=_Numbers(passes))


class _Numbers:
    """What an evaluation asks that has the nearest doubles of fractions."""

    def __init__(self, passes: RationalPasses) -> None:
        self.passes = passes

    def losses(self, here: Evaluation) -> tuple[Loss, ...]:
        """The value and the slopes that the doubles do not give."""
        passes, output = self.passes, here.graph.output
        numbers: list[tuple[int | None, float, Fraction]] = [(None, here.value, passes.values[output])]
        numbers += [(node, here.adjoints[node], passes.adjoints[node]) for node in here.targets]
        with localcontext(context(_DIGITS)):
            return tuple(
                Loss(target, computed, Decimal(exact.numerator) / exact.denominator, node=output)
                for target, computed, exact in numbers
                if isfinite(computed) and abs(Fraction(computed) - exact) > Fraction(NOTED) * abs(exact)
            )

    def may_meet(self, here: Evaluation, node: int) -> bool:
        """Whether the fractions lie where the function of a node bends, jumps or turns."""
        operator, arguments = here.graph.operators[node], self.passes.arguments(node)
        if operator.condition:
            return bool(arguments[0] == arguments[1])
        if operator.jump:
            jump = rationals.expression(operator.jump, (*operator.parameters, "out"))
            return bool(jump(*arguments, self.passes.values[node]) == 0)
        return kinks.bends(operator, arguments, self.passes.values[node])

    def leaves(self, here: Evaluation) -> Mapping[int, Fraction] | None:
        """The fractions of the leaves; None where one of them is a constant that has none."""
        found = {node: self.passes.values[node] for node in range(len(here.graph)) if here.graph.is_leaf(node)}
        return None if None in found.values() else found

    def said(self, here: Evaluation) -> "NoteNumbers":
        """The fractions."""
        return NoteNumbers(self.passes, here)


class NoteNumbers:
    """The numbers of notes on both passes in fractions; the facts that are left out are no fractions, or not known."""

    def __init__(self, passes: RationalPasses, here: Evaluation) -> None:
        self.passes = passes
        self.here = here
        self.graph = passes.graph
        self.order = passes.order
        self.required = passes.required
        self.is_undecided = here.is_undecided

    @property
    def values(self) -> Sequence[Any]:
        """Each node's value, exactly."""
        return self.passes.values

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs."""
        return self.passes.arguments(node)

    def local_derivatives(self, node: int) -> Mapping[int, Fraction]:
        """The slopes; raises `Irrational` where one is none."""
        found = {index: slope for index, slope in self.passes.slopes[node].items() if slope is not None}
        if len(found) < len(self.passes.slopes[node]):
            raise Irrational
        return found

    @cached_property
    def shown(self) -> Sequence[Any]:
        """Each node's value as a sentence has it: a long fraction as the nearest double."""
        return list(map(shown, self.passes.values))

    def at_kink(self, at: AtKink) -> dict[str, Any]:
        """The slope that is used at a kink, and those on both sides."""
        used = self.passes.slopes[at.node].get(at.argument)
        try:
            left, right = kinks.sides(
                self.graph.operators[at.node], self.arguments(at.node), at.argument, self.values[at.node], FRACTIONS
            )
        except NONE:
            return {}
        return {} if used is None else _texts(used=used, left=left, right=right)

    def one_sided(self, node: int) -> dict[str, Any]:
        """The derivatives of the whole expression from both sides."""
        try:
            right, left = (self._one_sided.tangent(node, cast("float", Fraction(sign))) for sign in (1, -1))
        except (*NONE, OverflowError):  # a slope beyond doubles
            return {}
        return {} if left is None or right is None else _texts(left=-left, right=right)

    @cached_property
    def _one_sided(self) -> OneSided:
        return OneSided(cast("Evaluation", self), FRACTIONS)

    def at_turn(self, turn: "Turn") -> dict[str, Any]:
        """The value and the slope at an edge, and those on both sides."""
        found = {"value": self.values[self.graph.output], "used": _along(self.passes, turn)}
        for name, side, sign in (("left", turn.left, -1), ("right", turn.right, 1)):
            if numbers := self._beside(turn, sign, side[:2]):
                found[f"value_{name}"], found[name] = numbers
        return _texts(**found)

    def _beside(self, turn: "Turn", sign: int, seen: Sequence[float | None]) -> tuple[Fraction, Fraction] | None:
        """The value and the slope that the expression comes to on one side, where doubles have seen these; None where
        they are not known from these alone.
        """
        if not all(self.graph.is_leaf(node) and self.values[node] is not None for node in turn.moves):
            return None
        try:
            # A kink may take another branch there, also one that is not evaluated at the point.
            numbers = None if self.here.all_bends else self._decided(turn, sign)
            return numbers if numbers and all(map(_is_seen, numbers, seen)) else self._extrapolated(turn, sign)
        except MathError:
            return None

    def _decided(self, turn: "Turn", sign: int) -> tuple[Fraction, Fraction]:
        """Those at the point, with the conditions as they are on one side."""
        leaves = self._leaves()
        there = RationalPasses(self.graph, leaves | self._moved(turn, sign))
        undecided = [node for node in self.order if self.is_undecided(node)]
        decided = {node: there.values[node] for node in undecided if there.values[node] is not None}
        passes = RationalPasses(self.graph, leaves, self.passes.targets, self.passes.kink, decided)
        return passes.values[self.graph.output], _along(passes, turn)

    def _extrapolated(self, turn: "Turn", sign: int) -> tuple[Fraction, Fraction] | None:
        """Those of the polynomial that the expression is beside the point, where a kink takes another branch, too; None
        where it is none of a low degree.
        """
        leaves = self._leaves()
        rows = []
        for steps in range(1, POINTS + 1):
            there = RationalPasses(
                self.graph, leaves | self._moved(turn, sign * steps), self.passes.targets, self.passes.kink
            )
            rows.append((there.values[self.graph.output], _along(there, turn)))
        value, slope = map(_at_zero, zip(*rows, strict=True))
        return None if value is None or slope is None else (value, slope)

    def _leaves(self) -> dict[int, Fraction]:
        return {x: value for x, value in enumerate(self.values) if self.graph.is_leaf(x) and value is not None}

    def _moved(self, turn: "Turn", steps: int) -> dict[int, Fraction]:
        return {node: self.values[node] + steps * Fraction(speed) * BESIDE for node, speed in turn.moves.items()}


def _at_zero(numbers: Sequence[Fraction]) -> Fraction | None:
    """The value at 0 of the polynomial with these values at 1, 2, …; None where it has the highest degree that there
    can be, as then the numbers are those of any function.
    """
    found, sign = ZERO, 1
    while len(numbers) > 1:
        # By Newton's formula: f(0) = f(1) − Δf(1) + Δ²f(1) − …
        found += sign * numbers[0]
        numbers = [y - x for x, y in pairwise(numbers)]
        sign = -sign
    return None if numbers[0] else found


def _branch_slope(operator: Operator, branch: int, index: int) -> Any:
    return rationals.expression(operator.branches[branch].partials[index], (*operator.parameters, "out"))


FRACTIONS = kinks.Arithmetic(rationals.function, _branch_slope, ZERO)


def _is_seen(number: Fraction, found: float | None) -> bool:
    """Whether a number is the one that was found beside the point, if one was."""
    return found is None or isclose(nearest_double(number), found, rel_tol=NEAR, abs_tol=NEAR)


def _along(passes: RationalPasses, turn: "Turn") -> Fraction:
    return sum((passes.adjoints[node] * Fraction(speed) for node, speed in turn.moves.items()), ZERO)


def _texts(**numbers: Any) -> dict[str, Any]:
    """Those that are fractions; of a very long one the nearest double."""
    found = {name: Fraction(number) for name, number in numbers.items() if not isinstance(number, float)}
    return {name: number if len(str(number)) <= LONGEST else nearest_double(number) for name, number in found.items()}
