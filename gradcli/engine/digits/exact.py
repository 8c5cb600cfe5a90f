"""Both passes once more with as many digits as it takes: what value and gradient are, whatever cancels or underflows.

The passes are those of `ball_passes`. Where a ball does not decide a branch, the answer counts only if more digits
change nothing. Digits begin at 50 and grow as the radii ask for. At `ZERO_DIGITS` a number that may be 0 is 0; what is
undecided then stays as the floats had it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from gradcli.engine.digits.ball_passes import NOT_KNOWN, NOTHING, BallPasses, Place
from gradcli.engine.digits.balls import UNDERFLOWED, Ball
from gradcli.engine.digits.problem import Problem
from gradcli.graph import Graph
from gradcli.operators.decimals import counterparts
from gradcli.operators.decimals.precision import context

FIRST_DIGITS = 50
# With 120 digits a gradient of 1e-138 beside terms of 1 was taken for 0; the smallest float is 5e-324.
ZERO_DIGITS = 340
# What 340 digits do not compare is equal as a rule: log(exp(x)) and x, where no number of digits would do. At 5e-324
# expm1(x) and x part after 324 digits; mod(1e300, 0.7) has its side of a jump after 300.
BRANCH_DIGITS = 340
MOST_DIGITS = 680
ENOUGH = Decimal("1e-20")  # of a number: its radius at the most
GROWN_DIGITS = 1600  # where the radii of a long recurrence have grown: 1,200 logistic steps take 1,500
# A second or two: functions times digits squared, and SUMS for each digit of a sum or product. 20,000 functions are
# computed with 50 digits alone, 430 with 340, and 100 with 680; 50,000 sums and products with 340 digits, and 10,000
# with GROWN_DIGITS. Larger graphs are computed once, with FIRST_DIGITS.
WORK = 5e7
SUMS = 3
SLOW = 50  # with 1000 digits a gamma function takes as long as so many sums


@dataclass(frozen=True, eq=False)
class Exact:
    """Both passes with many digits. Entries are None where the branches taken do not need them, or nothing is known.

    `slopes` are the local derivatives on the way to targets, by node and index of the argument. `order` has the nodes
    evaluated, `largest` for each node the largest of the products that its adjoint is the sum of, `terms` for a value
    of 0 the largest term likewise. `assumed` has the places where more is taken than the balls say: a branch, as the
    floats took it (true), or a 0.
    """

    values: Sequence[Any]
    adjoints: Sequence[Ball | None]
    slopes: Mapping[tuple[int, int], Ball]
    largest: Sequence[Decimal]
    terms: Mapping[int, Decimal]
    order: Sequence[int]
    digits: int
    assumed: Mapping[Place, bool]

    @property
    def assumes_zeros(self) -> bool:
        """Whether more digits may find what is taken for 0 to be less than any double beside 1."""
        return not all(self.assumed.values())

    @property
    def excess(self) -> int:
        """The digits before the point of the largest number that others are the difference of."""
        sizes = [*self.terms.values(), *self.largest]
        return max(0, *(size.adjusted() for size in sizes if size)) if any(sizes) else 0

    @property
    def is_undecided(self) -> bool:
        """Whether a branch is taken because the floats took it."""
        return any(self.assumed.values())


def settled(problem: Problem) -> Exact | None:
    """The passes with so many digits that the output's value and the adjoints of the targets are known.

    What stays unknown has a radius of more than `ENOUGH` of itself. None where the value is not known.
    """
    digits, found = FIRST_DIGITS, None
    while True:
        found = exact_passes(problem, digits)
        with localcontext(context(FIRST_DIGITS)):  # numbers may be beyond those of the usual context
            more = min(GROWN_DIGITS, _digits_wanted(found, problem, digits))
        if more <= digits or _work(problem.graph, more) > WORK:
            return found
        digits = more


def _work(graph: Graph, digits: int) -> float:
    """How long the passes take with so many digits."""
    simple = sum(not operator.parameters or bool(operator.arithmetic) for operator in graph.operators)
    return (len(graph) - simple) * digits**2 + simple * digits * SUMS


def _digits_wanted(found: Exact | None, problem: Problem, digits: int) -> int:
    """How many digits the numbers that are asked for need, as far as is seen from these, which were so many."""
    if found is None:  # a long recurrence loses more than ZERO_DIGITS, and a digit or less at each node
        most = GROWN_DIGITS if len(problem.graph) > MOST_DIGITS else MOST_DIGITS
        return next((more for more in (ZERO_DIGITS, MOST_DIGITS, most) if digits < more), most)
    digits = max(found.digits, BRANCH_DIGITS if found.is_undecided else 0)
    numbers = (found.values[problem.graph.output], *(found.adjoints[node] for node in problem.targets))
    return max([digits, *(_digits_of(number, found) for number in numbers)])


def _digits_of(number: Ball | None, found: Exact) -> int:
    """How many digits one number needs; 0 if it is known well."""
    if number is None:
        return ZERO_DIGITS
    if number.is_zero:
        return MOST_DIGITS if found.assumes_zeros else 0
    if number.radius < UNDERFLOWED or (found.digits >= ZERO_DIGITS and number.size < NOTHING):
        return 0  # it is less than any double, and whether it is 0 may take any number of digits
    if number.radius <= abs(number.middle) * ENOUGH:
        return 0
    if number.may_be_zero:
        if found.digits < ZERO_DIGITS:
            return ZERO_DIGITS + found.excess
        return MOST_DIGITS if number.radius < NOTHING else max(MOST_DIGITS, found.digits + _grown(number))
    return found.digits + (number.radius / abs(number.middle)).adjusted() - ENOUGH.adjusted() + 5


def _grown(number: Ball) -> int:
    """The digits that a radius is above all doubles."""
    return number.radius.adjusted() - NOTHING.adjusted()


def size_of(graph: Graph) -> int:
    """How long a pass with many digits takes, in sums."""
    slow = sum(map(counterparts.is_slow, graph.operators))
    return len(graph) + SLOW * slow


def exact_passes(problem: Problem, digits: int) -> Exact | None:
    """Both passes with so many digits. None where the output has no known value."""
    return made(BallPasses(problem, digits))


def made(work: "BallPasses") -> Exact | None:
    """What both passes give. None where the output has no known value."""
    with localcontext(context(work.digits)):
        try:
            work.forward()
        except NOT_KNOWN:
            return None
        work.backward()
        return Exact(
            work.values, work.adjoints, work.found, work.largest, work.terms, work.order, work.digits, work.assumed
        )
