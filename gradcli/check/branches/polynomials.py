"""Polynomials in unknowns, exactly: what sums, products and whole powers are made of."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, IDENTITY, MUL, NEG, POW, SUB, TOTAL

MOST_TERMS = 24
MOST_POWER = 6
MOST_DIGITS = 10**40  # no numerator and no denominator is larger

Monomial = tuple[tuple[int, int], ...]  # unknowns, each with its exponent other than 0, in order
Polynomial = Mapping[Monomial, Fraction]  # the coefficient of each monomial, none of them 0


def number(value: Fraction) -> Polynomial:
    """A number."""
    return {(): value} if value else {}


def unknown(index: int) -> Polynomial:
    """An unknown."""
    return {((index, 1),): Fraction(1)}


def key(x: Polynomial) -> frozenset[tuple[Monomial, Fraction]]:
    """What equal polynomials have in common."""
    return frozenset(x.items())


def total(x: Polynomial, y: Polynomial, times: Fraction | int = 1) -> Polynomial:
    """The sum x + times·y."""
    found = dict(x)
    for monomial, coefficient in y.items():
        found[monomial] = found.get(monomial, Fraction(0)) + times * coefficient
    return _without_zeros(found)


def scaled(x: Polynomial, times: Fraction | int) -> Polynomial:
    """The product times·x."""
    return total({}, x, times)


def product(x: Polynomial, y: Polynomial) -> Polynomial:
    """The product x·y."""
    found: dict[Monomial, Fraction] = {}
    for one, factor in x.items():
        for other, coefficient in y.items():
            monomial = _together(one, other)
            found[monomial] = found.get(monomial, Fraction(0)) + factor * coefficient
    return _without_zeros(found)


def power(x: Polynomial, exponent: int) -> Polynomial | None:
    """A whole power; None for one over a sum or over 0, and for a large one."""
    if exponent < 0:
        if len(x) != 1:
            return None
        ((monomial, coefficient),) = x.items()
        x = {tuple((index, -n) for index, n in monomial): 1 / coefficient}
    if abs(exponent) > MOST_POWER:
        return None
    found = number(Fraction(1))
    for _ in range(abs(exponent)):
        found = product(found, x)
    return found


def replaced(x: Polynomial, index: int, value: Polynomial) -> Polynomial | None:
    """With a value in place of an unknown; None where one would be divided by a sum."""
    found: Polynomial = {}
    for monomial, coefficient in x.items():
        exponent = dict(monomial).get(index, 0)
        factor = power(value, exponent)
        if factor is None:
            return None
        rest = {tuple(pair for pair in monomial if pair[0] != index): coefficient}
        found = total(found, product(rest, factor))
    return found if is_short(found) else None


def is_short(x: Polynomial) -> bool:
    """Whether it has few terms and no long numbers."""
    return len(x) <= MOST_TERMS and all(max(abs(c.numerator), c.denominator) < MOST_DIGITS for c in x.values())


def unknowns(x: Polynomial) -> set[int]:
    """All unknowns in it."""
    return {index for monomial in x for index, _ in monomial}


def arithmetic(operator: Operator, arguments: Iterable[Polynomial]) -> Polynomial | None:
    """What an operation makes of polynomials; None where that is no short polynomial."""
    function = _ARITHMETIC.get(operator)
    found = function(*arguments) if function else None
    return found if found is not None and is_short(found) else None


def _divided(x: Polynomial, y: Polynomial) -> Polynomial | None:
    inverse = power(y, -1)
    return None if inverse is None else product(x, inverse)


def _raised(x: Polynomial, y: Polynomial) -> Polynomial | None:
    exponent = y.get((), Fraction(0))
    if set(y) - {()} or exponent.denominator != 1 or abs(exponent) > MOST_POWER:
        return None
    return power(x, int(exponent))


_ARITHMETIC: Mapping[Operator, Callable[..., Any]] = {
    IDENTITY: lambda x: x,
    NEG: lambda x: scaled(x, -1),
    ADD: total,
    TOTAL: lambda *terms: reduce(total, terms),
    SUB: lambda x, y: total(x, y, -1),
    MUL: product,
    DIV: _divided,
    POW: _raised,
}


def _together(one: Monomial, other: Monomial) -> Monomial:
    exponents = dict(one)
    for index, exponent in other:
        exponents[index] = exponents.get(index, 0) + exponent
    return tuple(sorted((index, exponent) for index, exponent in exponents.items() if exponent))


def _without_zeros(x: Mapping[Monomial, Fraction]) -> Polynomial:
    return {monomial: coefficient for monomial, coefficient in x.items() if coefficient}
