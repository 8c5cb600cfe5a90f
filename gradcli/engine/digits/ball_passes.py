"""Both passes over balls in place of floats.

Where a ball does not decide a comparison, a jump, a branch or a tie, that is taken which the floats took; a number that
may be 0 beside what is far larger is taken for 0. What is taken so is remembered.
"""

from collections.abc import Sequence
from decimal import Decimal, DecimalException
from fractions import Fraction
from math import isfinite
from typing import Any

from gradcli.engine.digits import enclosures, quotients
from gradcli.engine.digits.balls import ONE, ZERO, Ball, Undecided, Unknown, ball
from gradcli.engine.digits.problem import Problem
from gradcli.engine.doubles import passes, rules
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY

NOTHING = Decimal("1e-330")  # what is smaller is no double
VANISHING = Decimal("1e-650")  # of a number: what is no double beside any other
UNROUNDED = Decimal("1e-2000")  # of numbers: less than what rounding them leaves, be it multiplied by any doubles
# A node, and where in it: "operation" is its value, "sum" its adjoint.
Place = tuple[int, str]
NOT_KNOWN = (Unknown, Undecided, DecimalException)


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
        self.rationals: dict[int, Fraction | None] = {}  # where they are looked for

    def forward(self) -> None:
        """Evaluate what the branches taken need."""
        for node, number in self.problem.leaves.items():
            self.values[node] = ball(number)
        if quotients.are_worth_it(self.graph):
            self.rationals = {node: quotients.of_leaf(self.values[node]) for node in self.problem.leaves}
        for node in passes.demanded(self.graph, self.values, self.order):
            rational = self._rational(node) if self.rationals else None
            found = self.value(node) if rational is None else quotients.as_ball(rational)
            if isinstance(found, Ball) and found.may_be_zero:
                size = max(map(self.size, self.graph.inputs[node]))
                self.terms[node] = size
                found = self.zero_if_tiny(found, size, (node, "operation"))
                if found.is_zero and not self.is_same(node):
                    found = Ball(ZERO)  # only a 0 that is given has a sign, not that of 0/-2
            self.values[node] = found

    def is_same(self, node: int) -> bool:
        """Whether a node is its argument, with the sign that a 0 has."""
        operator = self.graph.operators[node]
        return operator is IDENTITY or operator.held

    def _rational(self, node: int) -> Fraction | None:
        """The value, if it is a quotient of whole numbers."""
        arguments = [self.rationals.get(x) for x in self.graph.inputs[node]]
        found = self.rationals[node] = quotients.of(self.graph.operators[node], arguments)
        return found

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
                return ball(enclosures.expression(branch.takes, operator.parameters)(*arguments))
            return enclosures.apply(operator, arguments)
        except Undecided:
            is_step = bool(operator.condition or operator.jump)
            if known is None or not is_step or any(isinstance(x, Ball) and x.has_underflowed for x in arguments):
                raise
            self.assumed[node, "operation"] = True
            return self.stepped(node, known)

    def stepped(self, node: int, known: Any) -> Any:
        """The value of a condition or jump that the balls do not decide, given that of the floats."""
        return known if self.graph.operators[node].condition else ball(known)

    def taken(self, node: int) -> int:
        """The branch that a node takes; that of the floats where the balls do not say."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        arguments = [self.values[x] for x in inputs]
        for index, branch in enumerate(operator.branches[:-1]):
            try:
                if enclosures.expression(branch.condition, operator.parameters)(*arguments):
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
            if not isfinite(fixed):
                raise Unknown
            return ball(fixed)
        if operator.chooses:
            return Ball(ONE if operator.chooses(arguments[0]) == index else ZERO)
        if operator.ties:
            return Ball(ONE if self._holds(node) == index else ZERO)
        out = self.values[node]
        if operator.variadic:
            return _partial(operator, index, [arguments[index], out], ("x", "out"))
        letters = (*operator.parameters, "out")
        if operator.branches:
            text = operator.branches[self.taken(node)].partials[index]
            return ball(enclosures.expression(text, letters)(*arguments, out))
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
    return operator.partial(index).formula == "0"


def _partial(operator: Operator, index: int, numbers: Sequence[Ball], letters: tuple[str, ...]) -> Ball:
    """A partial derivative by the formula for people, which is exact, or where that is 0/0 by that for machines."""
    partial = operator.partial(index)
    try:
        return ball(enclosures.expression(partial.formula, letters)(*numbers))
    except (Unknown, DecimalException):
        if not partial.stable:
            raise
        return ball(enclosures.expression(partial.stable, letters)(*numbers))
