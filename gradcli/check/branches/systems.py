"""Systems of polynomials that are above 0: whether they can have a solution."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Literal, NamedTuple

from gradcli.check.branches.polynomials import Monomial, Polynomial, is_short, product, replaced, total

MOST = 200  # conditions that elimination may lead to
MOST_FACTORS = 8  # conditions of which products are made

Relation = Literal[">", ">=", "="]


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
        found = replaced(self.polynomial, unknown, value)
        return None if found is None else Constraint(found, self.relation)


System = Sequence[Constraint]


def inside(system: System) -> System:
    """The system without its edges."""
    return [x._replace(relation=">") if x.relation == ">=" and x.constant is None else x for x in system]


def may_hold(system: System) -> bool:
    """Whether no contradiction is found, each monomial taken for a number of its own, a square for none below 0,
    and the product of two that are not below 0 for another one.

    By elimination of Fourier and Motzkin; where that takes too many conditions, the rest may hold.
    """
    squares = {_square_in(monomial) for x in system for monomial in x.polynomial} - {()}
    alone = [*system, *(Constraint({square: Fraction(1)}, ">=") for square in sorted(squares))]
    return _may_hold(alone) and _may_hold([*alone, *_products(alone)])


def _may_hold(system: System) -> bool:
    left = _distinct(system)
    while left is not None and len(left) <= MOST:
        monomial = _cheapest(left)
        if monomial is None:
            return True
        left = _eliminated(left, monomial)
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


def _distinct(system: Iterable[Constraint]) -> list[Constraint] | None:
    """Without those that hold and are there twice; None where one never holds."""
    found: dict[object, Constraint] = {}
    for each in system:
        if each.constant is False:
            return None
        if each.constant is None:
            scale = abs(next(iter(sorted(each.polynomial.items())))[1])
            scaled = {monomial: c / scale for monomial, c in each.polynomial.items()}
            found[frozenset(scaled.items()), each.relation] = Constraint(scaled, each.relation)
    return list(found.values())


def _cheapest(system: Sequence[Constraint]) -> Monomial | None:
    """The monomial whose elimination leaves the fewest conditions; None where none is left."""
    costs: dict[Monomial, tuple[int, Monomial]] = {}
    for monomial in sorted({monomial for x in system for monomial in x.polynomial if monomial}):
        signs = [x.polynomial[monomial] > 0 for x in system if monomial in x.polynomial]
        is_equal = any(x.relation == "=" for x in system if monomial in x.polynomial)
        costs[monomial] = (-1 if is_equal else sum(signs) * (len(signs) - sum(signs)), monomial)
    return min(costs, key=costs.__getitem__, default=None)


def _eliminated(system: Sequence[Constraint], monomial: Monomial) -> list[Constraint] | None:
    """What follows for the other monomials."""
    rest = [x for x in system if monomial not in x.polynomial]
    having = [x for x in system if monomial in x.polynomial]
    equal = next((x for x in having if x.relation == "="), None)
    if equal is not None:
        of = equal.polynomial[monomial]
        others = (x for x in having if x is not equal)
        return _distinct(
            [
                *rest,
                *(
                    Constraint(total(x.polynomial, equal.polynomial, -x.polynomial[monomial] / of), x.relation)
                    for x in others
                ),
            ]
        )
    return _distinct([*rest, *_pairs(having, monomial)])


def _pairs(having: Sequence[Constraint], monomial: Monomial) -> Iterator[Constraint]:
    """Each lower bound below each upper one."""
    for low in having:
        for high in having:
            if low.polynomial[monomial] > 0 > high.polynomial[monomial]:
                times = -low.polynomial[monomial] / high.polynomial[monomial]
                is_strict = ">" in (low.relation, high.relation)
                yield Constraint(total(low.polynomial, high.polynomial, times), ">" if is_strict else ">=")
