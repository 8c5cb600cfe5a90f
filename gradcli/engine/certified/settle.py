"""As many digits of the work as settle all the digits that are asked for.

Both passes over balls (see `exact`), where every number means what is written and nothing is taken from doubles. The
digits of the work rise until the balls settle every digit that is asked for, and at the most by `FURTHER`: what no
digits settle, as that sin(pi) is 0, is given as a bound.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from math import inf, isfinite
from typing import Any

from gradcli.engine.describer import Describer
from gradcli.engine.digits.ball_passes import NOT_KNOWN, BallPasses
from gradcli.engine.digits.balls import UNDERFLOWED, ZERO, Ball, Nowhere, Undecided
from gradcli.engine.digits.exact import size_of
from gradcli.engine.digits.problem import Problem
from gradcli.engine.undefined import broken_condition, no_finite_value
from gradcli.errors import GradcliError, MathError
from gradcli.graph import Graph
from gradcli.operators.decimals.precision import context
from gradcli.text import Settled, short_exponent

MOST = 1000  # digits that can be asked for
FURTHER = 1000  # digits of the work beyond those
GUARD = 20  # digits more than asked for, to begin with
# Sums and products times digits squared, which the time grows with: 5,000 with 2,000 digits, two seconds, or of
# functions a fortieth of that.
WORK = 2e10
FUNCTION = 40  # sums that a function takes as long as
UNKNOWN = Settled("", None, is_known=False)
NOT_FINITE = Settled("", inf, is_known=False)


class StuckError(Exception):
    """The forward pass goes no further than `node`."""

    def __init__(self, node: int, reason: BaseException, values: Sequence[Any]) -> None:
        super().__init__(node)
        self.node = node
        self.is_undecided = isinstance(reason, Undecided)
        self.is_final = isinstance(reason, Nowhere)  # more digits tell no value
        self.values = values


class CertifiedPasses(BallPasses):
    """Both passes without anything taken from doubles."""

    nothing = vanishing = ZERO

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem, 0)
        self.may_grow = False  # with more digits something may be known that is not

    def run(self) -> None:
        """Both passes. Raises `StuckError`."""
        self.forward()
        self.backward()

    def value(self, node: int) -> Any:
        """The value of a node."""
        try:
            return super().value(node)
        except NOT_KNOWN as error:
            raise StuckError(node, error, self.values) from None

    def slope(self, node: int, index: int) -> Ball:
        """The local derivative for one argument."""
        try:
            return super().slope(node, index)
        except NOT_KNOWN as error:
            self.may_grow |= not isinstance(error, Nowhere)
            raise


class Values(CertifiedPasses):
    """The values of all nodes, with or without a value of the output: None where there is none."""

    def run(self) -> None:
        """The forward pass, through all branches."""
        for node, number in self.problem.leaves.items():
            self.values[node] = number if isinstance(number, Ball) else Ball(number)
        for node, inputs in enumerate(self.graph.inputs):
            operator = self.graph.operators[node]
            if not inputs or (
                not (operator.chooses or operator.condition) and any(self.values[x] is None for x in inputs)
            ):
                continue
            try:
                self.values[node] = self.value(node)
            except StuckError as stuck:
                self.may_grow |= not stuck.is_final


# A number that is asked for, and what it is called in a bound.
Wanted = tuple[str, Ball | None]


def settle(
    make: Callable[[], CertifiedPasses], asked: int, wanted: Callable[[Any], Iterable[Wanted]]
) -> tuple[list[Settled], CertifiedPasses]:
    """The numbers `wanted` of a piece of work with so many correct digits, and the work that has settled them.

    `make` makes it anew in the present precision.

    Raises `GradcliError` for less than one or more than 1,000 digits, and `MathError` where there is no value, or no
    digits decide a branch.
    """
    check_asked(asked)
    digits, most = asked + GUARD, asked + FURTHER
    while True:
        with localcontext(context(digits)):
            work = make()
            is_last = digits >= most or _cost(work.graph) * (2 * digits) ** 2 > WORK
            try:
                work.run()
            except StuckError as stuck:
                if is_last or stuck.is_final:
                    raise _no_value(work.graph, stuck, digits) from None
            else:
                found = _settled(work, wanted(work), asked, is_last)
                if found is not None:
                    return found, work
        digits = min(most, 2 * digits)


def _cost(graph: Graph) -> int:
    """How long a pass takes, in sums."""
    simple = sum(not operator.parameters or bool(operator.arithmetic) for operator in graph.operators)
    return FUNCTION * size_of(graph) - (FUNCTION - 1) * simple


def check_asked(asked: int) -> None:
    """Raise `GradcliError` for less than one or more than 1,000 digits."""
    if not isinstance(asked, int) or isinstance(asked, bool) or not 1 <= asked <= MOST:
        raise GradcliError("digits-range", {"given": str(asked), "most": MOST}, source="option")


def _settled(work: CertifiedPasses, wanted: Iterable[Wanted], asked: int, is_last: bool) -> list[Settled] | None:
    """The numbers of a piece of work; None where more digits may settle one that is not settled."""
    found = []
    for called, number in wanted:
        one = written(called, number, asked, is_last)
        if not is_last and not one.is_known and _may_settle(number, work):
            return None
        found.append(one if number is not None or work.may_grow else NOT_FINITE)
    return found


def _may_settle(number: Ball | None, work: CertifiedPasses) -> bool:
    """Whether more digits may settle a number that is not settled."""
    return work.may_grow if number is None else not (number.may_be_zero and number.radius <= UNDERFLOWED)


def _no_value(graph: Graph, stuck: StuckError, digits: int) -> MathError:
    """Why the forward pass stops: as in doubles, where these say it too."""
    node, operator = stuck.node, graph.operators[stuck.node]
    doubles = [float(x.middle) if isinstance(x, Ball) else x for x in stuck.values]
    arguments = [doubles[x] for x in graph.inputs[node]]
    if stuck.is_final and all(map(isfinite, arguments)) and broken_condition(operator, arguments):
        return no_finite_value(graph, doubles, node)
    facts: dict[str, Any] = {"function": operator.word, "column": graph.place(node)[1]}
    facts |= {"digits": digits} | Describer(graph, doubles).call_facts(node)
    start = graph.starts[node]
    code = "digits-undecided" if stuck.is_undecided else "digits-undefined"
    return MathError(code, facts, graph.text, start, start + len(operator.word))


def written(called: str, number: Ball | None, asked: int, is_last: bool) -> Settled:
    """A number with so many digits, if its ball settles them; where it may be 0, a bound."""
    if number is None:
        return UNKNOWN
    near = float(number.middle)
    wide = context(2 * MOST + FURTHER)
    own = len(number.middle.normalize(wide).as_tuple().digits)
    if not number.radius and own <= asked:
        return Settled(_text(number.middle, own, is_exact=True), near, is_exact=True)
    wide.rounding = ROUND_FLOOR
    low = wide.subtract(number.middle, number.radius)
    wide.rounding = ROUND_CEILING
    high = wide.add(number.middle, number.radius)
    if low <= 0 <= high:
        bound = max(-low, high).adjusted() + 1
        return Settled(f"|{called}| < 1e{bound}", 0.0 if bound < -324 else None, is_known=False)
    # A number in the middle between two texts never settles; the digits behind it do.
    for digits in range(asked, asked + (GUARD if is_last else 1)):
        rounded = context(digits).plus(low)
        if rounded == context(digits).plus(high):
            return Settled(_text(rounded, digits), near)
    return Settled("", near, is_known=False)


def _text(number: Decimal, digits: int, is_exact: bool = False) -> str:
    """A number with so many significant digits: without an exponent where that is short and no 0 means nothing."""
    if not number:
        return "0"
    power = number.adjusted()
    if -7 < power < (max(digits, 16) if is_exact else digits):
        return f"{number:.{max(0, digits - 1 - power)}f}"
    return short_exponent(f"{number:.{digits - 1}e}")
