"""Branches that exclude each other: where one of them is taken the other one is not, but maybe on an edge.

What must hold for a branch are polynomials above 0 in unknowns: variables, and functions, which are the same where
their arguments are. A function with branches is what it is on each of them. If no solution is left, there is none.
Numbers mean what is written, so that 0.1*x and x/10 are the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache, cached_property
from itertools import product
from typing import Any, NamedTuple

from gradcli.check.branches import polynomials
from gradcli.check.branches.distances import is_equality
from gradcli.check.branches.polynomials import Polynomial
from gradcli.check.branches.systems import Constraint, Relation, System, TooManyError, Work, inside, may_hold
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Graph, reachable
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import CBRT, CONSTANT, SQRT, VARIABLE

ROOTS = {SQRT: 2, CBRT: 3}
MOST = 100  # systems for one question: beyond, branches are not known to exclude each other

_rule = cache(parse_rule)


class _Case(NamedTuple):
    """What a function with branches is where one of these systems holds."""

    systems: Sequence[System]
    value: Polynomial


class Unknowns:
    """Unknowns as numbers: what is computed alike has the same one."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._cases: dict[int, Sequence[_Case]] = {}
        self._places: dict[int, tuple[Scope, int]] = {}
        self._functions: dict[int, tuple[Operator, Polynomial]] = {}  # those of one argument

    def of(self, operator: Operator, *arguments: Any) -> int:
        """The unknown for an operation on such arguments."""
        return self._numbers.setdefault((operator.name, *arguments), len(self._numbers))

    def put(self, unknown: int, scope: "Scope", node: int) -> None:
        """That it is a function with branches, and where that stands."""
        self._places.setdefault(unknown, (scope, node))

    def put_function(self, unknown: int, operator: Operator, argument: Polynomial) -> None:
        """That it is a function of one argument."""
        self._functions.setdefault(unknown, (operator, argument))

    def facts(self, system: System) -> Iterator[Constraint]:
        """What is known of the functions in a system: which are above 0, which rise, and what a root is."""
        found = sorted({x for each in system for x in polynomials.unknowns(each.polynomial) if x in self._functions})
        for place, unknown in enumerate(found):
            operator, argument = self._functions[unknown]
            value = polynomials.unknown(unknown)
            if operator.never_0 and operator.forward(1.0) > 0:
                yield Constraint(value, ">")
                yield Constraint(polynomials.power(value, -1) or {}, ">")
            if operator is SQRT:
                yield from _root(system, unknown, argument)
            if operator.rises:
                others = [(self._functions[x], polynomials.unknown(x)) for x in found[:place]]
                known = [(y, of) for (row, y), of in others if row is operator] + list(_known(operator))
                known += _powers(operator, system, unknown)
                for other, of in known:
                    apart = polynomials.total(argument, other, -1)
                    yield Constraint(polynomials.product(apart, polynomials.total(value, of, -1)), ">=")

    def with_branches(self, system: System) -> int | None:
        """The last unknown of a system that is a function with branches: no other one is made of it."""
        found = {x for each in system for x in polynomials.unknowns(each.polynomial) if x in self._places}
        return max(found, default=None)

    def cases(self, unknown: int) -> Sequence[_Case]:
        """What it is on its branches."""
        if unknown not in self._cases:
            scope, node = self._places[unknown]
            self._cases[unknown] = list(scope.cases(node))
        return self._cases[unknown]


class Scope:
    """A graph whose nodes are seen as polynomials, variables as those in `leaves`, where it has some."""

    def __init__(self, unknowns: Unknowns, graph: Graph, leaves: Mapping[str, Polynomial]) -> None:
        self.unknowns = unknowns
        self.graph = graph
        self.values: list[Polynomial] = []
        self._alternatives: dict[tuple[int, int], list[tuple[System, bool]]] = {}
        for node in range(len(graph)):
            self.values.append(self._value(node, leaves))

    def _value(self, node: int, leaves: Mapping[str, Polynomial]) -> Polynomial:
        operator, arguments = self.graph.operators[node], self._arguments(node)
        if operator is VARIABLE:
            name = self.graph.names[node]
            return leaves[name] if name in leaves else polynomials.unknown(self.unknowns.of(operator, name))
        if operator is CONSTANT:
            return written(self.graph.values[node])
        if operator.cone:  # a root like those that are written
            letters = operator.parameters if not operator.variadic else [f"x{place}" for place in range(len(arguments))]
            there = Scope(
                self.unknowns, _rule(operator.in_textbooks(letters)), dict(zip(letters, arguments, strict=True))
            )
            return there.values[there.graph.output]
        found = polynomials.arithmetic(operator, arguments)
        if found is None:
            unknown = self.unknowns.of(operator, *map(polynomials.key, arguments))
            found = polynomials.unknown(unknown)
            if operator.branches or operator.ties or operator.chooses or operator.jump in operator.parameters:
                self.unknowns.put(unknown, self, node)
            elif len(arguments) == 1:
                self.unknowns.put_function(unknown, operator, arguments[0])
        return found

    def _arguments(self, node: int) -> Sequence[Polynomial]:
        return [self.values[x] for x in self.graph.inputs[node]]

    def cases(self, node: int) -> Iterator[_Case]:
        """What a function with branches is on each of them, and a step on each side and between them."""
        operator, inputs, arguments = self.graph.operators[node], self.graph.inputs[node], self._arguments(node)
        if operator.chooses:
            for holds in (True, False):
                yield _Case(self.conditions(inputs[0], holds), arguments[operator.chooses(holds)])
        elif operator.ties:
            for number, argument in enumerate(arguments):
                yield _Case(self.taken(node, number), argument)
        elif operator.branches:
            for number, branch in enumerate(operator.branches):
                there = self._rule(node, branch.takes)
                yield _Case(self.taken(node, number), there.values[there.graph.output])
        else:
            side = arguments[operator.parameters.index(operator.jump)]
            for sign, system in ((-1, _above(side, -1)), (0, Constraint(side, "=")), (1, _above(side, 1))):
                yield _Case([[system]], written(operator.forward(float(sign))))

    def taken(self, node: int, number: int) -> list[System]:
        """The systems of which one holds where a node takes the branch of that number."""
        operator, arguments = self.graph.operators[node], self._arguments(node)
        if operator.condition:
            return self.conditions(node, bool(number))
        if operator.ties:
            sign, own = 1 if operator.forward(0.0, 1.0) else -1, arguments[number]
            apart = [polynomials.scaled(polynomials.total(own, x, -1), sign) for x in arguments]
            # Of equal arguments it is the first.
            return [[Constraint(x, ">" if place < number else ">=") for place, x in enumerate(apart)]]
        if operator.branches:
            conditions = [branch.condition for branch in operator.branches[: number + 1] if branch.condition]
            found: list[System] = [[]]
            for place, condition in enumerate(conditions):
                there = self._rule(node, condition)
                found = _both(found, there.conditions(there.graph.output, place == number))
            return found
        return [[_above(arguments[operator.parameters.index(operator.jump)], 1 if number else -1)]]

    def _rule(self, node: int, text: str) -> "Scope":
        """A rule of the table for a node's arguments."""
        names = self.graph.operators[node].parameters
        return Scope(self.unknowns, _rule(text), dict(zip(names, self._arguments(node), strict=True)))

    def conditions(self, condition: int, holds: bool) -> list[System]:
        """The systems of which one holds where a condition does, or does not."""
        found: dict[tuple[int, bool], list[System]] = {}
        for node in reachable(self.graph.inputs, [condition]):
            if self.graph.operators[node].condition:
                found |= {(node, wanted): self._condition(node, wanted, found) for wanted in (False, True)}
        return found[condition, holds]

    def _condition(self, node: int, holds: bool, found: Mapping[tuple[int, bool], list[System]]) -> list[System]:
        """The same of one condition, given what holds for its operands."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if not operator.conditions:
            return self._compared(node, holds)
        if len(inputs) == 1:
            return found[inputs[0], not holds]
        one, other = (found[x, holds] for x in inputs)
        return [*one, *other] if bool(operator.forward(True, False)) == holds else _both(one, other)

    def _compared(self, node: int, holds: bool) -> list[System]:
        operator, arguments = self.graph.operators[node], self._arguments(node)
        if not arguments:
            return [[]] if operator.forward() == holds else []
        apart = polynomials.total(arguments[0], arguments[1], -1)
        is_alike = bool(operator.forward(0.0, 0.0)) == holds
        if is_equality(operator):
            return [[Constraint(apart, "=")]] if is_alike else [[_above(apart, sign)] for sign in (-1, 1)]
        above = _above(apart, 1 if bool(operator.forward(1.0, 0.0)) == holds else -1)
        return [[above._replace(relation=">=") if is_alike else above]]

    def alternatives(self, node: int, number: int, work: Work) -> list[tuple[System, bool]]:
        """The systems of which one holds where a node is evaluated and takes that branch, and which are edges alone."""
        if (node, number) not in self._alternatives:
            systems = _both(self.taken(node, number), self._reached[node])
            self._alternatives[node, number] = [(system, not may_hold(inside(system), work)) for system in systems]
        return self._alternatives[node, number]

    @cached_property
    def _reached(self) -> Sequence[list[System]]:
        """By node the systems of which one holds where it is evaluated: on one of the ways to it the conditions of all
        choices; of many nothing is known.
        """
        graph = self.graph
        found: list[list[System]] = [[] for _ in range(len(graph))]
        found[graph.output] = [[]]
        for node in range(len(graph) - 1, -1, -1):
            if not all(found[node]) or sum(map(len, found[node])) > MOST:
                found[node] = [[]]
            for index, x in enumerate(graph.inputs[node]):
                ways = found[node]
                if condition := graph.condition_of(node, index):
                    with suppress(TooManyError):
                        ways = _both(ways, self.conditions(*condition))
                found[x] += [way for way in ways if len(found[x]) <= MOST and way not in found[x]]
        return found


def written(value: float) -> Polynomial:
    """A number as it is written."""
    return polynomials.number(Fraction(repr(value)))


class _Together(NamedTuple):
    """What must hold for two branches, and on the branches that functions in it take.

    `is_edge` says that one of them is an edge alone: x >= 7 and x <= 7.
    """

    system: System
    is_edge: bool

    def replaced(self, unknown: int, case: _Case) -> "list[_Together]":
        """With the value that a function has in a case; what it cannot be put into is left out."""
        found = [each.replaced(unknown, case.value) for each in self.system]
        known = [each for each in found if each is not None]
        return [self._replace(system=[*known, *more]) for more in case.systems]


def exclude(one: tuple[Scope, int, int], other: tuple[Scope, int, int], work: Work) -> bool:
    """Whether a node takes no branch of that number where another node takes one, but maybe on an edge; False too where
    that is more work than may be done.
    """
    work.begin()
    try:
        sides = [scope.alternatives(node, number, work) for scope, node, number in (one, other)]
        pending = [_Together([*x, *y], p or q) for (x, p), (y, q) in product(*sides)]
        return not _may_hold(one[0].unknowns, pending, work)
    except TooManyError:
        return False


def _may_hold(unknowns: Unknowns, pending: list[_Together], work: Work) -> bool:
    """Whether one of these may hold, off edges if it is none, each function with branches tried on all of them."""
    for _ in range(MOST):
        if not pending:
            return False
        both = pending.pop()
        unknown = unknowns.with_branches(both.system)
        system = inside(both.system) if unknown is None and not both.is_edge else both.system
        if not may_hold([*system, *unknowns.facts(system)], work):
            continue
        if unknown is None:
            return True
        cases = unknowns.cases(unknown)
        work.spend(sum(len(each.polynomial) for each in system) * len(cases))
        for case in cases:
            pending += both.replaced(unknown, case)
    return True


def _known(operator: Operator) -> Iterator[tuple[Polynomial, Polynomial]]:
    """Arguments at which a function is a whole number or a half, exactly, and that number."""
    for x in (0.0, 1.0):
        with suppress(*ARITHMETIC_ERRORS):
            if (2.0 * operator.forward(x)).is_integer():
                yield written(x), written(operator.forward(x))


def _powers(operator: Operator, system: System, unknown: int) -> Iterator[tuple[Polynomial, Polynomial]]:
    """Arguments at which a root is a number that a system compares it with, and that number."""
    for each in system if operator in ROOTS else ():
        slope = each.polynomial.get(((unknown, 1),))
        if slope and set(each.polynomial) <= {(), ((unknown, 1),)}:
            number = -each.polynomial.get((), Fraction(0)) / slope
            if number > 0:
                yield polynomials.number(number ** ROOTS[operator]), polynomials.number(number)


def _root(system: System, unknown: int, argument: Polynomial) -> Iterator[Constraint]:
    """What a square root is, and what it makes of the numbers that a system compares it with: s^2 < 3*s if s < 3."""
    value = polynomials.unknown(unknown)
    yield Constraint(value, ">=")
    yield Constraint(polynomials.total(polynomials.product(value, value), argument, -1), "=")
    for each in system:
        if set(each.polynomial) <= {(), ((unknown, 1),)}:
            relation: Relation = "=" if each.relation == "=" else ">="
            yield Constraint(polynomials.product(value, each.polynomial), relation)


def _above(x: Polynomial, sign: int) -> Constraint:
    return Constraint(polynomials.scaled(x, sign), ">")


def _both(some: Iterable[System], others: Sequence[System]) -> list[System]:
    """The systems of which one holds where one of each does."""
    found: list[System] = [[*one, *other] for one, other in product(some, others)]
    if len(found) > MOST:
        raise TooManyError
    return found
