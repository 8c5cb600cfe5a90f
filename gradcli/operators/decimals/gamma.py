"""The gamma function and its derivatives in `decimal`.

By Stirling's series (DLMF 5.11) behind enough steps of the recurrence.
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, DivisionByZero, InvalidOperation, Overflow, getcontext
from fractions import Fraction
from functools import cache

from gradcli.operators.decimals.precision import GUARD, HALF, ONE, ZERO, more_digits, pi, resolved

MOST_STEPS = 20_000


def _bernoulli(n: int) -> Fraction:
    """The Bernoulli number B_n for an even n > 0, from the tangent number T_(n/2) (DLMF 24.15.4)."""
    k = n // 2
    tangent = _tangents(max(64, 1 << k.bit_length()))[k]
    return Fraction((-1) ** (k - 1) * n * tangent, 4**k * (4**k - 1))


@cache
def _tangents(count: int) -> list[int]:
    """The tangent numbers T_0 = 0, T_1, … in integers, by the algorithm of Brent and Harvey (2011)."""
    found = [0, 1]
    for k in range(2, count):
        found.append((k - 1) * found[-1])
    for k in range(2, count):
        for j in range(k, count):
            found[j] = (j - k) * found[j - 1] + (j - k + 2) * found[j]
    return found


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _steps(x: Decimal) -> int:
    """After how many steps Stirling's series has all digits."""
    if x <= 0 and x == x.to_integral_value():
        raise DivisionByZero
    steps = max(0, int((getcontext().prec * HALF + 10 - x).to_integral_value(ROUND_CEILING)))
    if steps > MOST_STEPS:
        raise Overflow
    return steps


def _stirling(first: int, term: Callable[[int], Decimal]) -> Decimal:
    """Σ of the terms k = first, first + 1, … until they count no more."""
    total, k = ZERO, first
    while True:
        found = term(k)
        total += found
        if not found or found.adjusted() < total.adjusted() - getcontext().prec:
            return total
        k += 1


@resolved
def lgamma(x: Decimal) -> tuple[Decimal, Decimal]:
    """The logarithm of |Γ(x)|."""
    steps, product = _steps(x), ONE
    for k in range(steps):
        product *= x + k
    x += steps
    square = x * x

    def term(k: int) -> Decimal:
        return _decimal(_bernoulli(2 * k)) / (2 * k * (2 * k - 1)) / x / square ** (k - 1)

    whole = (x - HALF) * x.ln() - x + (2 * pi()).ln() / 2 + _stirling(1, term)
    taken = abs(product).ln()
    return whole - taken, max(abs(whole), abs(taken), abs(x * x.ln()))


def gamma(x: Decimal) -> Decimal:
    """Γ(x)."""
    size = lgamma(x)
    with more_digits(GUARD + max(0, size.adjusted())):
        found = lgamma(x).exp()
    negative = x < 0 and int(x.to_integral_value(ROUND_FLOOR)) % 2
    return -found if negative else +found


@resolved
def digamma(x: Decimal) -> tuple[Decimal, Decimal]:
    """ψ(x), the derivative of log Γ."""
    taken = largest = ZERO
    steps = _steps(x)
    for k in range(steps):
        part = 1 / (x + k)
        taken += part
        largest = max(largest, abs(part))
    x += steps
    square = x * x
    whole = x.ln() - 1 / (2 * x) - _stirling(1, lambda k: _decimal(_bernoulli(2 * k)) / (2 * k) / square**k)
    return whole - taken, max(abs(whole), abs(taken), largest)


def polygamma(n: Decimal, x: Decimal) -> Decimal:
    """The n-th derivative of ψ, for a whole n >= 0."""
    if n < 0 or n != n.to_integral_value():
        raise InvalidOperation
    return _polygamma(int(n), x) if n else digamma(x)


@resolved
def _polygamma(n: int, x: Decimal) -> tuple[Decimal, Decimal]:
    """(−1)^(n+1)·n!·Σ 1/(x + k)^(n+1) (DLMF 5.15.1), the end of the sum by its asymptotic series (5.15.8)."""
    factorial = ONE
    for k in range(2, n + 1):
        factorial *= k
    taken = largest = ZERO
    steps = _steps(x) + n
    for k in range(steps):
        part = factorial / (x + k) ** (n + 1)
        taken += part
        largest = max(largest, abs(part))
    x += steps

    def term(k: int) -> Decimal:
        rising = ONE
        for j in range(1, n):
            rising *= 2 * k + j
        return _decimal(_bernoulli(2 * k)) * rising / x ** (2 * k + n)

    rest = factorial / n / x**n + factorial / 2 / x ** (n + 1) + _stirling(1, term)
    found = taken + rest
    return (found if n % 2 else -found), max(abs(rest), abs(taken), largest)
