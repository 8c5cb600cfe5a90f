"""The gamma function, its logarithm, and the derivatives of that: gamma, lgamma, digamma and polygamma.

Those of the C library and of Python are wrong by 6 ulp, and beside a zero of lgamma in all digits. Here all is done
in fixed point with Python's integers, which takes 10 to 60 µs; the result is the nearest float but for near ties,
beside zeros and poles too.

All four go the same way: by the recurrence upwards to where Stirling's series converges (Euler's and Maclaurin's for
polygamma), and from far below 0 by reflection. DLMF is the Digital Library of Mathematical Functions. A number x is
given to inner functions as n/d, which is exact.
"""

import math
from collections.abc import Callable
from functools import cache

from gradcli.operators.fixed import BITS, PI, Scaled, exp, log, power, sine_and_cosine, to_float

_BITS = 144  # some 65 of them cancel beside a zero
_FAR = _BITS // 5  # from here on the series converge
_PI = PI >> BITS - _BITS
_HALF_LOG_TAU = 0xEB3F8E4325F5A53494BC900144192023CFB08F8D13458B4DDEC6A3133DAA155D >> BITS - _BITS


def lgamma(x: float) -> float:
    """log|Γ(x)|, with the poles 0, −1, −2, …"""
    if math.isinf(x) or math.isnan(x):
        return abs(x)
    if x in (1, 2):
        return 0.0
    n, d = _ratio(x)
    if n < -_FAR * d:
        sine, _ = _sine_and_cosine(n, d)
        return to_float(log(_PI, abs(sine), _BITS) - _log_gamma(d - n, d), -_BITS)
    product, count = _rising(n, d)
    return to_float(_log_gamma(n + count * d, d) - log(abs(product), d**count, _BITS), -_BITS)


def gamma(x: float) -> float:
    """Γ(x), with the poles 0, −1, −2, …; a 0 has the sign of Γ."""
    return x if x == math.inf or math.isnan(x) else to_float(*_gamma(*_ratio(x)))


def gamma_exceptional(x: float) -> float:
    """The IEEE 754 result of gamma at its poles, at −∞ and on overflow."""
    return math.nan if x <= -1 else math.copysign(math.inf, x)


def gamma_slope(x: float, _out: float) -> float:
    """Γ(x)·ψ(x), which has its digits where Γ(x) is subnormal too."""
    if x == math.inf or math.isnan(x):
        return x
    n, d = _ratio(x)
    value, exponent = _gamma(n, d)
    return to_float(value * _digamma(n, d), exponent - _BITS)


def digamma(x: float) -> float:
    """ψ(x) = Γ'(x)/Γ(x), with the poles 0, −1, −2, …"""
    return x if x == math.inf or math.isnan(x) else to_float(_digamma(*_ratio(x)), -_BITS)


def digamma_exceptional(x: float) -> float:
    """The IEEE 754 result of digamma at its poles, at −∞ and on overflow."""
    return math.nan if x <= -1 else math.copysign(math.inf, -x)


def polygamma(n: float, x: float) -> float:
    """The n-th derivative of ψ at x, for whole n from 0 to below 2^53, with the poles 0, −1, −2, …"""
    if math.isnan(n) or math.isnan(x):
        return math.nan
    if not _is_order(n):
        raise ValueError("math domain error")
    if not n:
        return digamma(x)
    return -0.0 * (-1) ** int(n) if x == math.inf else to_float(*_polygamma(int(n), *_ratio(x)))


def polygamma_exceptional(n: float, x: float) -> float:
    """The IEEE 754 result of polygamma for n that are no orders, at its poles, at −∞ and on overflow."""
    if not _is_order(n) or x == -math.inf:
        return math.nan
    if n % 2:
        return math.inf
    if x == 0:
        return math.copysign(math.inf, -x)
    if x < 0 and x == int(x):
        return math.nan
    return -math.inf if _polygamma(int(n), *_ratio(x))[0] < 0 else math.inf


def _is_order(n: float) -> bool:
    return 0 <= n < 2**53 and n == int(n)


def _ratio(x: float) -> tuple[int, int]:
    """A number that is not a pole, as n/d."""
    if x == -math.inf:
        raise ValueError("math domain error")
    n, d = x.as_integer_ratio()
    if d == 1 and n <= 0:
        raise ZeroDivisionError("pole of the gamma function")
    return n, d


def _gamma(n: int, d: int) -> Scaled:
    if n < -_FAR * d:
        sine, _ = _sine_and_cosine(n, d)
        above, exponent = exp(_log_gamma(d - n, d), _BITS)
        return (_PI << 2 * _BITS) // (sine * above), -exponent - 2 * _BITS
    product, count = _rising(n, d)
    above, exponent = exp(_log_gamma(n + count * d, d), _BITS)
    cut = product.bit_length()
    return (above * d**count << cut) // product, exponent - cut


def _rising(n: int, d: int) -> tuple[int, int]:
    """The numerator of x·(x + 1)·(x + 2)· … up to where the series converge, and the number of factors."""
    product, count = 1, 0
    while n < _FAR * d:
        product *= n
        n += d
        count += 1
    return product, count


def _log_gamma(n: int, d: int) -> int:
    """Stirling's series of log Γ (DLMF 5.11.1)."""
    w = (d << _BITS) // n
    series = _series(_bernoulli_over(_stirling_divisor, _BITS), w * w >> _BITS) * w >> _BITS
    return (2 * n - d) * log(n, d, _BITS) // (2 * d) - (n << _BITS) // d + _HALF_LOG_TAU + series


def _stirling_divisor(k: int) -> int:
    return k * (k - 1)


def _digamma(n: int, d: int) -> int:
    """ψ, by its asymptotic series (DLMF 5.11.2)."""
    if n < -_FAR * d:
        sine, cosine = _sine_and_cosine(n, d)
        return _digamma(d - n, d) - _PI * cosine // sine
    total = 0
    while n < _FAR * d:
        total -= (d << _BITS) // n
        n += d
    w = (d << _BITS) // n
    square = w * w >> _BITS
    return total + log(n, d, _BITS) - w // 2 - (_series(_bernoulli_over(int, _BITS), square) * square >> _BITS)


def _polygamma(order: int, n: int, d: int) -> Scaled:
    """(−1)^s·order!·Σ 1/(x + k)^s over k = 0, 1, … with s = order + 1 (DLMF 5.15.1).

    All is divided by the largest term. Below 0 the sum goes over all whole k, less those that do not belong to it.
    """
    s = order + 1
    sign = -1 if s % 2 else 1
    bits = _BITS + s.bit_length()
    rest = n % d
    if n > 0:
        unit = n
        total = _zeta(s, unit, n, d, bits)
    elif 2 * rest == d and sign < 0:  # the terms on both sides cancel, but for one of them
        unit = d - n
        total = _zeta(s, unit, unit, d, bits)
    else:
        unit = min(rest, d - rest)
        left = _zeta(s, unit, d - rest, d, bits) - _zeta(s, unit, d - n, d, bits)
        total = _zeta(s, unit, rest, d, bits) + sign * left
    factorial, exponent = (math.factorial(order), 0) if order < 200 else exp(_log_gamma(s, 1), _BITS)
    cut = unit.bit_length() + bits
    scale, scale_exponent = power(((d << cut) // unit, -cut), s, bits)
    return sign * total * factorial * scale, exponent + scale_exponent - bits


def _zeta(s: int, unit: int, n: int, d: int, bits: int) -> int:
    """Σ (u/(x + k))^s over k = 0, 1, … for u = unit/d ≤ x: Hurwitz' ζ times u^s (DLMF 25.11.5)."""
    total = 0
    while True:
        ratio, exponent = power(((unit << bits) // n, -bits), s, bits + 1)  # at most 1, which has bits + 1 bits
        term = ratio >> -exponent - bits
        if not term:
            return total
        if n >= (s + bits // 5) * d:
            break
        total += term
        n += d
    w = (d << bits) // n
    tail, product = (n << bits) // (d * (s - 1)) + (1 << bits - 1), s * w
    for k, coefficient in enumerate(_bernoulli_over(math.factorial, bits)):
        tail += coefficient * product >> bits
        product = (product * (s + 2 * k + 1) * (s + 2 * k + 2) * w >> bits) * w >> bits
    return total + (term * tail >> bits)


def _sine_and_cosine(n: int, d: int) -> tuple[int, int]:
    """The sine and the cosine of πx."""
    k = (2 * n + d) // (2 * d)
    sine, cosine = sine_and_cosine(_PI * (n - k * d) // d, _BITS)
    return (-sine, -cosine) if k % 2 else (sine, cosine)


def _series(coefficients: tuple[int, ...], x: int) -> int:
    """c₁ + c₂·x + c₃·x² + …"""
    total = 0
    for coefficient in reversed(coefficients):
        total = (total * x >> _BITS) + coefficient
    return total


@cache
def _bernoulli_over(divisor: Callable[[int], int], bits: int) -> tuple[int, ...]:
    """B₂/divisor(2), B₄/divisor(4), … with Bernoulli's numbers, as many as give all bits from bits/5 on.

    They come from the tangent numbers T by B₂ₖ = (−1)^(k−1)·2k·T₂ₖ₋₁/(4ᵏ·(4ᵏ − 1)) (DLMF 24.15.4), and those as in
    Brent and Harvey, Fast computation of Bernoulli, tangent and secant numbers (2011).
    """
    count = bits // 6
    tangent = [math.factorial(k) for k in range(count)]
    for k in range(1, count):
        for j in range(k, count):
            tangent[j] = (j - k) * tangent[j - 1] + (j - k + 2) * tangent[j]
    return tuple(
        (-1) ** (k - 1) * (2 * k * tangent[k - 1] << bits) // (4**k * (4**k - 1) * divisor(2 * k))
        for k in range(1, count + 1)
    )
