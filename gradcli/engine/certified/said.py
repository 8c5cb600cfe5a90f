"""What notes say at a point in fractions: these themselves, in place of the doubles that show what is to be said."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
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
            beside = self._beside(turn, sign)
            numbers = beside and (beside.values[self.graph.output], _along(beside, turn))
            if numbers and all(map(_is_seen, numbers, side[:2])):
                found[f"value_{name}"], found[name] = numbers
        return _texts(**found)

    def _beside(self, turn: "Turn", sign: int) -> RationalPasses | None:
        """The passes with the conditions as they are on one side; None where that is not known from these alone."""
        passes, graph = self.passes, self.graph
        leaves = {x: value for x, value in enumerate(self.values) if graph.is_leaf(x) and value is not None}
        if self.here.all_bends or not leaves.keys() >= turn.moves.keys():
            return None
        moved = {node: leaves[node] + sign * Fraction(speed) * BESIDE for node, speed in turn.moves.items()}
        try:
            there = RationalPasses(graph, leaves | moved)
            undecided = [node for node in self.order if self.is_undecided(node)]
            decided = {node: there.values[node] for node in undecided if there.values[node] is not None}
            return RationalPasses(graph, leaves, passes.targets, passes.kink, decided)
        except MathError:
            return None


def _branch_slope(operator: Operator, branch: int, index: int) -> Any:
    return rationals.expression(operator.branches[branch].partials[index], (*operator.parameters, "out"))


FRACTIONS = kinks.Arithmetic(rationals.function, _branch_slope, ZERO)


def _is_seen(number: Fraction, found: float | None) -> bool:
    """Whether a number is the one that was found beside the point, if one was."""
    return found is None or isclose(nearest_double(number), found, rel_tol=NEAR, abs_tol=NEAR)


def _along(passes: RationalPasses, turn: "Turn") -> Fraction:
    return sum((passes.adjoints[node] * Fraction(speed) for node, speed in turn.moves.items()), ZERO)


def _texts(**numbers: Any) -> dict[str, Any]:
    """Those that are fractions."""
    return {name: shown(Fraction(number)) for name, number in numbers.items() if not isinstance(number, float)}
