"""Systems of polynomials that are above 0: whether they can have a solution."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from math import gcd, lcm
from typing import Literal, NamedTuple

from gradcli.check.branches.polynomials import Monomial, Polynomial, is_short, product, replaced, unknowns

MOST = 200  # conditions that elimination may lead to
MOST_FACTORS = 8  # conditions of which products are made
MOST_WORK = 200_000  # terms that may be looked at for all questions
MOST_FOR_ONE = 10_000  # and for one of them

Relation = Literal[">", ">=", "="]


class TooManyError(Exception):
    """More systems or terms than are looked at."""


class Work:
    """How many terms of polynomials may still be looked at, for all questions and for the one that is asked."""

    def __init__(self, left: int = MOST_WORK) -> None:
        self.left = left
        self._for_one = 0

    def begin(self) -> None:
        """Another question."""
        self._for_one = min(self.left, MOST_FOR_ONE)

    def spend(self, terms: int) -> None:
        """Look at so many; `TooManyError` where it is too much."""
        self.left -= terms
        self._for_one -= terms
        if self._for_one < 0:
            raise TooManyError


class Constraint(NamedTuple):
    """That a polynomial is above 0, not below it, or 0."""

    polynomial: Polynomial
    relation: Relation

    @property
    def constant(self) -> bool | None:
        """Whether it holds, where the polynomial is a number; else None."""
        if self.polynomial and set(self.polynomial) != {()}:
            return None
        x = self.polynomial.get((), Fraction(0))
        return x > 0 if self.relation == ">" else x >= 0 if self.relation == ">=" else not x

    def replaced(self, unknown: int, value: Polynomial) -> "Constraint | None":
        """With a value in place of an unknown; None where that is no short polynomial."""
        if unknown not in unknowns(self.polynomial):
            return self
        found = replaced(self.polynomial, unknown, value)
        return None if found is None else Constraint(found, self.relation)


System = Sequence[Constraint]


def inside(system: System) -> System:
    """The system without its edges."""
    return [x._replace(relation=">") if x.relation == ">=" and x.constant is None else x for x in system]


class _Row(NamedTuple):
    """A constraint with whole coefficients that have no factor in common."""

    coefficients: Mapping[Monomial, int]
    relation: Relation


def may_hold(system: System, work: Work) -> bool:
    """Whether no contradiction is found, each monomial taken for a number of its own, a square for none below 0,
    and the product of two that are not below 0 for another one.

    By elimination of Fourier and Motzkin; where that takes too many conditions, the rest may hold.
    """
    squares = {_square_in(monomial) for x in system for monomial in x.polynomial} - {()}
    alone = [*system, *(Constraint({square: Fraction(1)}, ">=") for square in sorted(squares))]
    return _may_hold(alone, work) and _may_hold([*alone, *_products(alone)], work)


def _may_hold(system: System, work: Work) -> bool:
    work.spend(sum(len(x.polynomial) for x in system))
    left = _distinct(map(_row, system))
    while left is not None and len(left) <= MOST:
        left = _bound(left)
        if not left:
            return True
        work.spend(sum(len(x.coefficients) for x in left))
        left = _eliminated(left, _cheapest(left))
    return left is not None


def _square_in(monomial: Monomial) -> Monomial:
    """The largest square that a monomial is a multiple of."""
    return tuple((index, exponent - exponent % 2) for index, exponent in monomial if exponent not in (0, 1))


def _products(system: System) -> Iterator[Constraint]:
    """The products of two that are not below 0."""
    factors = [x for x in system if x.relation != "="][:MOST_FACTORS]
    for one, other in combinations_with_replacement(factors, 2):
        found = product(one.polynomial, other.polynomial)
        if is_short(found):
            yield Constraint(found, ">" if one.relation == other.relation == ">" else ">=")


def _row(x: Constraint) -> _Row:
    whole = lcm(*(c.denominator for c in x.polynomial.values()))
    return _Row({monomial: int(c * whole) for monomial, c in x.polynomial.items()}, x.relation)


def _distinct(rows: Iterable[_Row], known: Iterable[_Row] = ()) -> list[_Row] | None:
    """Some that are known to be so, and others: without those that hold and are there twice; None where one never
    holds.
    """
    found: dict[object, _Row] = {(frozenset(x.coefficients.items()), x.relation): x for x in known}
    for each in rows:
        if each.coefficients.keys() <= {()}:
            x = each.coefficients.get((), 0)
            if not (x > 0 if each.relation == ">" else x >= 0 if each.relation == ">=" else not x):
                return None
        else:
            factor = gcd(*each.coefficients.values())
            scaled = {monomial: c // factor for monomial, c in each.coefficients.items()}
            found[frozenset(scaled.items()), each.relation] = _Row(scaled, each.relation)
    return list(found.values())


def _bound(rows: Sequence[_Row]) -> list[_Row]:
    """Without those that hold wherever some monomial is large enough, or small enough, which no other row forbids."""
    sides = defaultdict[Monomial, tuple[set[int], set[int]]](lambda: (set(), set()))
    for place, x in enumerate(rows):
        for monomial, side in _sides(x):
            sides[monomial][side].add(place)
    gone = set[int]()
    pending = [monomial for monomial, places in sides.items() if not all(places)]
    while pending:
        for place in set.union(*sides[pending.pop()]):
            gone.add(place)
            for monomial, side in _sides(rows[place]):
                sides[monomial][side].discard(place)
                if not all(sides[monomial]):
                    pending.append(monomial)
    return [x for place, x in enumerate(rows) if place not in gone]


def _sides(x: _Row) -> Iterator[tuple[Monomial, int]]:
    """Each monomial with whether it is bounded from above, 0, or from below, 1; in an equation both."""
    for monomial, c in x.coefficients.items():
        if monomial:
            yield from ((monomial, side) for side in (0, 1) if x.relation == "=" or (c > 0) == side)


def _cheapest(rows: Sequence[_Row]) -> Monomial:
    """The monomial whose elimination leaves the fewest conditions."""
    above, below = defaultdict[Monomial, int](int), defaultdict[Monomial, int](int)
    equal = {monomial for x in rows if x.relation == "=" for monomial in x.coefficients}
    for x in rows:
        for monomial, c in x.coefficients.items():
            (above if c > 0 else below)[monomial] += 1
    every = (above.keys() | below.keys()) - {()}
    return min(every, key=lambda monomial: (-(monomial in equal) or above[monomial] * below[monomial], monomial))


def _eliminated(rows: Sequence[_Row], monomial: Monomial) -> list[_Row] | None:
    """What follows for the other monomials."""
    rest = [x for x in rows if monomial not in x.coefficients]
    having = [x for x in rows if monomial in x.coefficients]
    equal = next((x for x in having if x.relation == "="), None)
    if equal is None:
        return _distinct(_pairs(having, monomial), rest)
    return _distinct((_without(monomial, x, equal, x.relation) for x in having if x is not equal), rest)


def _pairs(having: Sequence[_Row], monomial: Monomial) -> Iterator[_Row]:
    """Each lower bound below each upper one."""
    for low in having:
        for high in having:
            if low.coefficients[monomial] > 0 > high.coefficients[monomial]:
                yield _without(monomial, low, high, ">" if ">" in (low.relation, high.relation) else ">=")


def _without(monomial: Monomial, x: _Row, other: _Row, relation: Relation) -> _Row:
    """A positive multiple of a row and a multiple of another one that have the monomial in them no more."""
    of, to = other.coefficients[monomial], x.coefficients[monomial]
    times, others = abs(of), -to if of > 0 else to
    found = {each: times * c for each, c in x.coefficients.items()}
    for each, c in other.coefficients.items():
        found[each] = found.get(each, 0) + others * c
    return _Row({each: c for each, c in found.items() if c}, relation)
