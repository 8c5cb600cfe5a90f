"""Both passes once more with as many digits as it takes: what value and gradient are, whatever cancels or underflows.

The passes are those of `passes`, over balls in place of floats. Where a ball does not decide a comparison, a jump, a
branch or a tie, that is taken which the floats took; the answer then counts only if more digits change nothing.
Digits begin at 50 and grow as the radii ask for. At `ZERO_DIGITS` a number that may be 0 is 0; what is undecided then
stays as the floats had it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException, localcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from gradcli.engine import passes, rules
from gradcli.engine.digits import balls
from gradcli.engine.digits.balls import ONE, UNDERFLOWED, ZERO, Ball, Undecided, Unknown
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.operators.decimals import table as decimals
from gradcli.operators.decimals.precision import context
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

FIRST_DIGITS = 50
# With 120 digits a gradient of 1e-138 beside terms of 1 was taken for 0; the smallest float is 5e-324.
ZERO_DIGITS = 340
# What 340 digits do not compare is equal as a rule: log(exp(x)) and x, where no number of digits would do. At 5e-324
# expm1(x) and x part after 324 digits; mod(1e300, 0.7) has its side of a jump after 300.
BRANCH_DIGITS = 340
NOTHING = Decimal("1e-330")  # what is smaller is no double
VANISHING = Decimal("1e-650")  # of a number: what is no double beside any other
MOST_DIGITS = 680
UNROUNDED = Decimal("1e-2000")  # of numbers: less than what rounding them leaves, be it multiplied by any doubles
ENOUGH = Decimal("1e-20")  # of a number: its radius at the most
# A node, and where in it: "operation" is its value, "sum" its adjoint.
Place = tuple[int, str]
NOT_KNOWN = (Unknown, Undecided, DecimalException)
# Nodes times digits squared, which the time grows with: 20,000 nodes are computed with 50 digits alone, 430 with 340,
# and 100 with 680. Larger graphs are computed once, with FIRST_DIGITS.
WORK = 5e7
SLOW = 50  # with 1000 digits a gamma function takes as long as so many sums


@dataclass(frozen=True, eq=False)
class Exact:
    """Both passes with many digits. Entries are None where the branches taken do not need them, or nothing is known.

    `slopes` are the local derivatives on the way to targets, by node and index of the argument. `order` has
    the nodes evaluated, and `largest` for each
    node the largest of the products that its adjoint is the sum of, `terms` for a value of 0 the largest term likewise.
    `assumed` has the places where more is taken than the balls say: a branch, as the floats took it (true), or a 0.
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


class Problem(Frozen):
    """What is to be computed with many digits: the graph at a point.

    `leaves` are the exact numbers of variables and constants. `floats` are the values of the pass in doubles, None
    where there is none: they decide what no digits do. `required` marks the nodes that a gradient passes, `targets`
    are those whose adjoints are asked for; `slopes` are local derivatives that a rule at kinks fixes, by node and index
    of the argument.
    """

    graph: Graph
    leaves: Mapping[int, Ball | Decimal]
    floats: Sequence[Any]
    required: bytearray
    targets: Sequence[int] = ()
    slopes: Mapping[tuple[int, int], float] = MappingProxyType({})

    @classmethod
    def written(
        cls, graph: Graph, leaves: Mapping[int, Ball | Decimal], floats: Sequence[Any] = (), targets: Iterable[int] = ()
    ) -> Self:
        """The value of a graph and the adjoints of some nodes by these numbers, with or without those of doubles."""
        targets = tuple(targets)
        return cls(graph, leaves, floats or [None] * len(graph), graph.requires_gradient(targets), targets)

    @classmethod
    def at(
        cls,
        here: "Evaluation",
        leaves: Mapping[int, Ball | Decimal] | None = None,
        slopes: Mapping[tuple[int, int], float] = MappingProxyType({}),
    ) -> Self:
        """Both passes of doubles over again: at their point, or where the leaves are these numbers."""
        if leaves is None:
            leaves = {node: Decimal(number) for node, number in here.graph.leaves_at(here.at).items()}
        return cls(here.graph, leaves, here.values, here.required, here.targets, slopes)


def settled(problem: Problem) -> Exact | None:
    """The passes with so many digits that the output's value and the adjoints of the targets are known.

    What stays unknown has a radius of more than `ENOUGH` of itself. None where the value is not known.
    """
    digits, found = FIRST_DIGITS, None
    while True:
        found = exact_passes(problem, digits)
        with localcontext(context(FIRST_DIGITS)):  # numbers may be beyond those of the usual context
            more = min(MOST_DIGITS, _digits_wanted(found, problem))
        if more <= digits or len(problem.graph) * more**2 > WORK:
            return found
        digits = more


def _digits_wanted(found: Exact | None, problem: Problem) -> int:
    """How many digits the numbers that are asked for need, as far as is seen from these."""
    if found is None:
        return ZERO_DIGITS
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
        return ZERO_DIGITS + found.excess if found.digits < ZERO_DIGITS else MOST_DIGITS
    return found.digits + (number.radius / abs(number.middle)).adjusted() - ENOUGH.adjusted() + 5


def size_of(graph: Graph) -> int:
    """How long a pass with many digits takes, in sums."""
    slow = sum(decimals.function_of(operator) in decimals.SLOW for operator in graph.operators)
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


class BallPasses:
    """The two passes while they are made.

    A number that may be 0 is taken for 0 where it is less than any double, `nothing`, beside what it is the difference
    of; beside what is more than 1 it must be so on its own, but may be part of what is more than any double. Beside
    what is less than any double nothing is known to be 0.
    """

    nothing, vanishing = NOTHING, VANISHING

    def __init__(self, problem: Problem, digits: int) -> None:
        self.problem = problem
        self.graph = graph = problem.graph
        self.required = problem.required
        self.digits = digits
        self.values: list[Any] = [None] * len(graph)
        self.adjoints: list[Ball | None] = [Ball(ZERO)] * len(graph)
        self.found: dict[tuple[int, int], Ball] = {}
        self.largest = [ZERO] * len(graph)
        self.terms: dict[int, Decimal] = {}
        self.order: list[int] = []
        self.assumed: dict[Place, bool] = {}

    def forward(self) -> None:
        """Evaluate what the branches taken need."""
        for node, number in self.problem.leaves.items():
            self.values[node] = balls.ball(number)
        for node in passes.demanded(self.graph, self.values, self.order):
            found = self.value(node)
            if isinstance(found, Ball) and found.may_be_zero:
                size = max(map(self.size, self.graph.inputs[node]))
                self.terms[node] = size
                found = self.zero_if_tiny(found, size, (node, "operation"))
            self.values[node] = found

    def zero_if_tiny(self, number: Ball, size: Decimal, place: Place) -> Ball:
        """A number that may be 0 as the difference of numbers of this size; but not one that is known to be less than
        what their rounding leaves, as it has underflowed.
        """
        if not number.may_be_zero or number.radius <= size * UNROUNDED or size < self.nothing:
            return number
        if number.radius < max(min(size, ONE) * self.nothing, size * self.vanishing):
            self.assumed.setdefault(place, False)
            return self.taken_for_zero(number, place)
        return number

    def taken_for_zero(self, _number: Ball, _place: Place) -> Ball:
        """What counts for a number that is taken for 0."""
        return Ball(ZERO)

    def size(self, node: int) -> Decimal:
        """The size of a value; of a 0 the largest term that it is the sum of."""
        number = self.values[node]
        return max(abs(number.middle), self.terms.get(node, ZERO)) if isinstance(number, Ball) else ZERO

    def value(self, node: int) -> Any:
        """The value of a node, from those of its inputs."""
        operator, known = self.graph.operators[node], self.problem.floats[node]
        arguments = [self.values[x] for x in self.graph.inputs[node]]
        try:
            if operator is IDENTITY:
                return arguments[0]
            if operator.branches:
                branch = operator.branches[self.taken(node)]
                return balls.ball(balls.expression(branch.takes, operator.parameters)(*arguments))
            return balls.apply(operator, arguments)
        except Undecided:
            is_step = bool(operator.condition or operator.jump)
            if known is None or not is_step or any(isinstance(x, Ball) and x.has_underflowed for x in arguments):
                raise
            self.assumed[node, "operation"] = True
            return self.stepped(node, known)

    def stepped(self, node: int, known: Any) -> Any:
        """The value of a condition or jump that the balls do not decide, given that of the floats."""
        return known if self.graph.operators[node].condition else balls.ball(known)

    def taken(self, node: int) -> int:
        """The branch that a node takes; that of the floats where the balls do not say."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        arguments = [self.values[x] for x in inputs]
        for index, branch in enumerate(operator.branches[:-1]):
            try:
                if balls.expression(branch.condition, operator.parameters)(*arguments):
                    return index
            except Undecided:
                numbers = [self.problem.floats[x] for x in inputs]
                if None in numbers:
                    raise
                self.assumed[node, "operation"] = True
                return self.branched(node, rules.taken(operator, numbers))
        return len(operator.branches) - 1

    def branched(self, _node: int, known: int) -> int:
        """The branch that the balls do not decide, given that of the floats."""
        return known

    def backward(self) -> None:
        """The adjoints. What an unknown slope is behind of is None."""
        graph, adjoints = self.graph, self.adjoints
        adjoints[graph.output] = Ball(ONE) if self.required[graph.output] else Ball(ZERO)
        for node in reversed(self.order):
            adjoint = adjoints[node]
            if not self.required[node] or graph.operators[node].condition:
                continue
            if adjoint and adjoint.is_zero and not self.largest[node]:
                continue
            for index, x in enumerate(graph.inputs[node]):
                if self.required[x] and index not in graph.operators[node].discrete and self.values[x] is not None:
                    self._pass_on(node, index, x, adjoint)

    def _pass_on(self, node: int, index: int, x: int, adjoint: Ball | None) -> None:
        before = self.adjoints[x]
        if before is None:
            return
        try:
            slope = self.slope(node, index)
        except NOT_KNOWN:
            if adjoint is None or not adjoint.is_zero:  # a gradient of 0 stops
                self.adjoints[x] = None
            return
        if adjoint is None:  # it may be infinite, and 0 times that anything, but where the branch taken is without x
            if not (slope.is_zero and _is_constant_slope(self.graph.operators[node], index)):
                self.adjoints[x] = None
            return
        self.found[node, index] = slope
        if slope.is_zero:
            term = max(self.terms.get(place, ZERO) for place in (node, *self.graph.inputs[node]))
            self.largest[x] = max(self.largest[x], abs(adjoint.middle) * term)
            return
        product = adjoint * slope
        self.largest[x] = max(self.largest[x], abs(product.middle) or abs(slope.middle) * self.largest[node])
        self.adjoints[x] = self.zero_if_tiny(before + product, self.largest[x], (x, "sum"))

    def slope(self, node: int, index: int) -> Ball:
        """The local derivative for one argument."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        arguments = [self.values[x] for x in inputs]
        fixed = self.problem.slopes.get((node, index))
        if fixed is not None:
            return balls.ball(fixed)
        if operator.chooses:
            return Ball(ONE if operator.chooses(arguments[0]) == index else ZERO)
        if operator.ties:
            return Ball(ONE if self._holds(node) == index else ZERO)
        out = self.values[node]
        if operator.variadic:
            letters: tuple[str, ...] = ("x", "before", "out")
            return balls.ball(balls.expression(operator.partials[0].formula, letters)(arguments[index], None, out))
        letters = (*operator.parameters, "out")
        if operator.branches:
            text = operator.branches[self.taken(node)].partials[index]
            return balls.ball(balls.expression(text, letters)(*arguments, out))
        return _partial(operator, index, [*arguments, out], letters)

    def _holds(self, node: int) -> int:
        """The argument that a maximum or minimum is; that of the floats where several may be."""
        inputs = self.graph.inputs[node]
        arguments = [self.values[x] for x in inputs]
        first = min(range(len(arguments)), key=lambda i: abs(arguments[i].middle - self.values[node].middle))
        rivals = [
            index
            for index, x in enumerate(arguments)
            if abs(x.middle - arguments[first].middle) <= x.radius + arguments[first].radius
        ]
        distinct = {inputs[index]: arguments[index] for index in rivals}.values()
        if len(distinct) > 1 and any(x.radius for x in distinct):
            floats = self.problem.floats
            numbers = [floats[x] for x in inputs]
            if None in numbers or floats[node] not in numbers:
                raise Undecided
            self.assumed[node, "operation"] = True
            return self.held(node, rivals, numbers.index(floats[node]))
        return rivals[0]

    def held(self, _node: int, _rivals: Sequence[int], known: int) -> int:
        """Which of several arguments holds a maximum that the balls do not decide, given that of the floats."""
        return known


def _is_constant_slope(operator: Operator, index: int) -> bool:
    """Whether a slope of 0 is that of a branch, a choice or a step, and no number that happens to be 0."""
    if operator.branches or operator.ties or operator.chooses:
        return True
    return not operator.variadic and operator.partials[index].formula == "0"


def _partial(operator: Operator, index: int, numbers: Sequence[Ball], letters: tuple[str, ...]) -> Ball:
    """A partial derivative by the formula for people, which is exact, or where that is 0/0 by that for machines."""
    partial = operator.partials[index]
    try:
        return balls.ball(balls.expression(partial.formula, letters)(*numbers))
    except (Unknown, DecimalException):
        if not partial.stable:
            raise
        return balls.ball(balls.expression(partial.stable, letters)(*numbers))
