"""The gamma function and its derivatives in `decimal`.

By Stirling's series (DLMF 5.11) behind enough steps of the recurrence.
"""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from functools import cache, lru_cache
from math import prod

from gradcli.operators.decimals.precision import GUARD, HALF, LARGEST, ONE, ZERO, context, more_digits, pi, resolved
from gradcli.operators.decimals.trigonometric import cos, sin

MOST_STEPS = 20_000
REFLECTED = (
    -100
)  # to its left by reflection (DLMF 5.5.3, 5.5.4, 5.15.6), which takes a sine in the place of so many steps
MOST_REFLECTED = 100  # derivatives; the polynomial of the cotangent has as many terms
STEP = 100  # digits between those with which the Bernoulli numbers are kept


@lru_cache(maxsize=4096)
def _bernoulli(k: int, digits: int) -> Decimal:
    """The Bernoulli number B_(2k) for k > 0, from the tangent number T_k (DLMF 24.15.4)."""
    tangent = (-1) ** (k - 1) * 2 * k * _tangents(max(64, 1 << k.bit_length()))[k]
    with localcontext(context(digits)):
        return Decimal(tangent) / Decimal(4**k * (4**k - 1))


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


def _steps(x: Decimal) -> int:
    """After how many steps Stirling's series has all digits."""
    if x <= 0 and x == x.to_integral_value():
        raise DivisionByZero
    steps = (getcontext().prec * HALF + 10 - x).to_integral_value(ROUND_CEILING)
    if steps > MOST_STEPS:
        raise Overflow
    return int(steps) if steps > 0 else 0


def _beyond_whole(x: Decimal) -> Decimal:
    """How far a number is from the nearest whole one, which is a pole if it is that."""
    rest = x - x.to_integral_value()
    if not rest:
        raise DivisionByZero
    return rest


def _stirling(square: Decimal, factor: Callable[[int], Decimal]) -> Decimal:
    """Σ B_(2k)·factor(k)/square^k for k = 1, 2, … until a term counts no more."""
    digits = getcontext().prec
    kept = -(-digits // STEP) * STEP
    total, power, inverse, k = ZERO, ONE, 1 / square, 0
    while True:
        k += 1
        power *= inverse
        found = _bernoulli(k, kept) * factor(k) * power
        total += found
        if not found or found.adjusted() < total.adjusted() - digits:
            return total


def lgamma_and_size(x: Decimal) -> tuple[Decimal, Decimal]:
    """The logarithm of |Γ(x)|."""
    if x in (1, 2):
        return ZERO, ZERO
    if x < REFLECTED:
        parts = pi().ln(), abs(sin(pi() * _beyond_whole(x))).ln(), *lgamma_and_size(1 - x)
        return parts[0] - parts[1] - parts[2], max(map(abs, parts))
    steps, product = _steps(x), ONE
    for k in range(steps):
        product *= x + k
    x += steps
    logarithm = x.ln()
    rest = x * _stirling(x * x, lambda k: 1 / Decimal(2 * k * (2 * k - 1)))
    whole = (x - HALF) * logarithm - x + (2 * pi()).ln() / 2 + rest
    taken = abs(product).ln()
    return whole - taken, max(abs(whole), abs(taken), abs(x * logarithm))


lgamma = resolved(lgamma_and_size)


def gamma(x: Decimal) -> Decimal:
    """Γ(x)."""
    with localcontext(context(GUARD)):
        size = lgamma(x)
    with more_digits(GUARD + max(0, min(size.adjusted(), LARGEST))):
        found = lgamma(x).exp()
    negative = x < 0 and int(x.to_integral_value(ROUND_FLOOR)) % 2
    return -found if negative else +found


def digamma_and_size(x: Decimal) -> tuple[Decimal, Decimal]:
    """ψ(x), the derivative of log Γ."""
    if x < REFLECTED:
        angle = pi() * _beyond_whole(x)
        parts = pi() * cos(angle) / sin(angle), *digamma_and_size(1 - x)
        return parts[1] - parts[0], max(map(abs, parts))
    taken = largest = ZERO
    steps = _steps(x)
    for k in range(steps):
        part = 1 / (x + k)
        taken += part
        largest = max(largest, abs(part))
    x += steps
    whole = x.ln() - 1 / (2 * x) - _stirling(x * x, lambda k: 1 / Decimal(2 * k))
    return whole - taken, max(abs(whole), abs(taken), largest)


digamma = resolved(digamma_and_size)


def polygamma(n: Decimal, x: Decimal) -> Decimal:
    """The n-th derivative of ψ, for a whole n >= 0."""
    if n < 0 or n != n.to_integral_value():
        raise InvalidOperation
    if n > MOST_STEPS:
        raise Overflow
    return _polygamma(int(n), x) if n else digamma(x)


def _polygamma_and_size(n: int, x: Decimal) -> tuple[Decimal, Decimal]:
    """(−1)^(n+1)·n!·Σ 1/(x + k)^(n+1) (DLMF 5.15.1), the end of the sum by its asymptotic series (5.15.8)."""
    if x < REFLECTED and n <= MOST_REFLECTED:
        angle, sign = pi() * _beyond_whole(x), (-1) ** n
        cotangent, (rest, size) = cos(angle) / sin(angle), _polygamma_and_size(n, 1 - x)
        turned = pi() ** (n + 1) * sum(factor * cotangent**k for k, factor in enumerate(_cotangent_slope(n)))
        return sign * rest - turned, max(size, abs(turned))
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

    def rising(k: int) -> Decimal:
        return Decimal(prod(range(2 * k + 1, 2 * k + n)))

    rest = factorial / n / x**n + factorial / 2 / x ** (n + 1) + _stirling(x * x, rising) / x**n
    found = taken + rest
    return (found if n % 2 else -found), max(abs(rest), abs(taken), largest)


_polygamma = resolved(_polygamma_and_size)


@cache
def _cotangent_slope(order: int) -> list[int]:
    """The factors of the polynomial of cot(x) that its derivative of this order is, of one sign all of them."""
    found = [0, 1]
    for _ in range(order):
        slope = [k * factor for k, factor in enumerate(found)][1:]
        found = [-(x + y) for x, y in zip([*slope, 0, 0], [0, 0, *slope], strict=True)]
    return found
