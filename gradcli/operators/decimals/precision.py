"""How many digits `decimal` computes with, and what keeps them: guard digits, more where something cancels, series."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from functools import cache
from math import isqrt

GUARD = 12  # digits more than asked for, inside of a function
MOST_MORE = 50_000  # digits more than the context has: mod(exp(1e9), 1) would take 400 million
LARGEST = 20  # digits before the point of a logarithm; what is larger over- or underflows
ZERO, ONE, TWO, HALF = Decimal(0), Decimal(1), Decimal(2), Decimal("0.5")


def context(digits: int) -> Context:
    """A context of its own for work with so many digits; nothing under- or overflows in it."""
    return Context(
        digits,
        ROUND_HALF_EVEN,
        MIN_EMIN,
        MAX_EMAX,
        capitals=0,
        clamp=0,
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


@contextmanager
def more_digits(more: int) -> Iterator[int]:
    """So many digits more than the context has, and their number."""
    if more > MOST_MORE:
        raise Overflow
    with localcontext() as inner:
        inner.prec += more
        yield inner.prec


def with_guard(function: Callable[..., Decimal]) -> Callable[..., Decimal]:
    """A function computed with guard digits, and its result rounded."""

    def guarded(*arguments: Decimal) -> Decimal:
        with more_digits(GUARD):
            found = function(*arguments)
        return +found

    guarded.__doc__ = function.__doc__
    return guarded


def series(first: Decimal, ratio: Callable[[int], tuple[Decimal, int]]) -> Decimal:
    """first·(1 + r₁ + r₁r₂ + …) with rₖ = numerator/denominator, until a term counts no more."""
    with more_digits(GUARD) as digits:
        term = total = +first
        k = 0
        while term and term.adjusted() > total.adjusted() - digits:
            k += 1
            numerator, denominator = ratio(k)
            term = term * numerator / denominator
            total += term
    return +total


def resolved(function: Callable[..., tuple[Decimal, Decimal]]) -> Callable[..., Decimal]:
    """A function that gives its result and the size of what was added, with as many digits as cancel between them."""

    def resolved(*arguments: Decimal) -> Decimal:
        more = 2 * GUARD
        while True:
            with more_digits(more):
                found, size = function(*arguments)
            lost = size.adjusted() - found.adjusted() if found and size else 0
            if not found and size:
                if more > 400:
                    raise Overflow
                more = 2 * more + 20
            elif lost <= more - GUARD:
                return +found
            else:
                more = lost + 2 * GUARD

    resolved.__doc__ = function.__doc__
    return resolved


@cache
def pi_to(digits: int) -> Decimal:
    """π by Chudnovsky's series in integers."""
    scale = 10 ** (digits + 10)
    k, a, total, second = 1, scale, scale, 0
    while a:
        a = -a * (6 * k - 5) * (2 * k - 1) * (6 * k - 1) // (k * k * k * 10939058860032000)
        total += a
        second += k * a
        k += 1
    root = isqrt(10005 * scale * scale)
    value = 426880 * root * scale // (13591409 * total + 545140134 * second)
    with localcontext(context(digits + 5)):
        return Decimal(value).scaleb(-(digits + 10)) + 0


def pi() -> Decimal:
    """The number π."""
    return +pi_to(getcontext().prec + GUARD)
