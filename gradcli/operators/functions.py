"""Numeric functions that Python's `math` has not, and slopes whose plain formula would lose digits.

Every function takes and returns floats and raises what `math` raises: `ValueError` outside the domain,
`ZeroDivisionError` at a pole, `OverflowError` where the result is too large. Infinite and NaN arguments give what
IEEE 754 arithmetic gives. HMF is the Handbook of Mathematical Functions (Abramowitz and Stegun).

Three things cost digits. The rounded argument of an exponential: its rounding error is computed and put back as a
factor. A product with a subnormal part: its factors are taken in another order, or scaled by a power of two. And a
difference near its zero: it is expanded at the zero, or computed in fixed point with Python's integers, which takes
some 30 µs, but only there. `python -m tests.accuracy` measures what is reached.
"""

import math
from collections.abc import Sequence

from gradcli.operators.exceptional import NORMAL
from gradcli.operators.fixed import BITS, PI, sine_and_cosine, to_fixed

_SCALE = 2.0**600  # takes every subnormal number to a normal one

# Arithmetic and conditions


def conjunction(x: bool, y: bool | None) -> bool:
    """Whether x and y hold, where y is not evaluated if x decides."""
    return bool(x and y)


def disjunction(x: bool, y: bool | None) -> bool:
    """Whether x or y holds, where y is not evaluated if x decides."""
    return bool(x or y)


def where(condition: bool, a: float, b: float) -> float:
    """The number a where the condition holds, else b; the other one may be missing."""
    return a if condition else b


def divide_slope_divisor(x: float, y: float, out: float) -> float:
    """−(x/y)/y; scaled where the quotient is subnormal and has lost digits that the slope has."""
    if abs(out) >= NORMAL or not out:
        return -out / y
    return -(x * _SCALE / y) / y / _SCALE


def power_slope_base(x: float, y: float, _out: float) -> float:
    """y·x^(y−1), 0 for the constant x^0.

    What rounding loses of y − 1 (Knuth's two-sum) would be multiplied by log x; it becomes the factor x^lost. Where
    the power alone over- or underflows, y times the square root of it, twice, need not.
    """
    if not y:
        return 0.0
    less = y - 1
    back = less - y
    lost = y - (less - back) - (1 + back)
    try:
        power = math.pow(x, less)
    except OverflowError:
        power = math.inf
    if (not lost and NORMAL <= abs(power) < math.inf) or not x:
        return y * power
    x_lost = math.pow(abs(x), lost)
    if NORMAL <= abs(power) < 1e300:
        slope = y * (abs(power) * x_lost)
    else:
        root = math.pow(abs(x), less / 2)
        slope = y * root * (root * x_lost)
    return -slope if x < 0 and y % 2 == 0 else slope


def power_slope_exponent(x: float, y: float, out: float) -> float:
    """x^y·log x, 0 for 0^y with a positive y (the limit); √(x^y)·log x·√(x^y) where x^y is subnormal."""
    if x == 0 and y > 0:
        return 0.0
    if out >= NORMAL:
        return out * math.log(x)
    root = math.pow(x, y / 2)
    return math.log(x) * root * root


def log_base(x: float, base: float) -> float:
    """The logarithm to a base."""
    return math.log(x) / math.log(base)


def cbrt(x: float) -> float:
    """The real cube root: that of the C library (3 ulp) after one more of Newton's steps."""
    root = math.cbrt(x)
    return root - (root - x / (root * root)) / 3 if root and math.isfinite(root) else root


def atan2_slope_y(y: float, x: float, _out: float) -> float:
    """x/(x² + y²)."""
    return _over_square(x, y)


def atan2_slope_x(y: float, x: float, _out: float) -> float:
    """−y/(x² + y²)."""
    return -_over_square(y, x)


def _over_square(x: float, y: float) -> float:
    """x/(x² + y²), with both scaled by the power of two that brings the larger one to between 1/2 and 1."""
    exponent = math.frexp(max(abs(x), abs(y)))[1]
    a, b = math.ldexp(x, -exponent), math.ldexp(y, -exponent)
    if exponent >= 0:
        return math.ldexp(a / (a * a + b * b), -exponent)
    return math.ldexp(x, -2 * exponent - 1) / (a * a + b * b) * 2


def tanh_slope(x: float, _out: float) -> float:
    """1/cosh(x)² = 4·e^(−2|x|)/(1 + e^(−2|x|))², without overflow."""
    power = math.exp(-2 * abs(x))
    total = 1 + power
    return 4 * power / (total * total)


# With branches


def sign(x: float) -> float:
    """-1, 0 or 1."""
    return 1.0 if x > 0 else -1.0 if x < 0 else abs(x)  # NaN stays NaN


def minimum(*arguments: float) -> float:
    """The smallest argument, NaN if one is (IEEE 754-2019)."""
    return math.nan if math.isnan(sum(arguments)) and any(map(math.isnan, arguments)) else min(arguments)


def maximum(*arguments: float) -> float:
    """The largest argument, NaN if one is (IEEE 754-2019)."""
    return math.nan if math.isnan(sum(arguments)) and any(map(math.isnan, arguments)) else max(arguments)


def slopes_of_first_extreme(arguments: Sequence[float], out: float) -> list[float]:
    """The slopes of max and min: 1 for the first argument that holds the extreme value (or is NaN)."""
    slopes = [0.0] * len(arguments)
    slopes[list(map(math.isnan, arguments)).index(True) if math.isnan(out) else arguments.index(out)] = 1.0
    return slopes


def clip(x: float, low: float, high: float) -> float:
    """min(max(x, low), high), as NumPy and PyTorch define it for low > high too."""
    return min(max(x, low), high) if low <= high or low > high else math.nan


def floor(x: float) -> float:
    """The largest whole number not above x."""
    return float(math.floor(x))


def ceil(x: float) -> float:
    """The smallest whole number not below x."""
    return float(math.ceil(x))


def round_half_even(x: float) -> float:
    """The nearest whole number, the even one of two."""
    return float(round(x))


def mod(x: float, y: float) -> float:
    """The remainder x − y·⌊x/y⌋, which has the sign of y."""
    return x % y


# Neural networks


def sigmoid(x: float) -> float:
    """1/(1 + e^−x), without overflow: for x < 0 it is p/(1 + p) = p − p²/(1 + p) with p = e^x."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    power = math.exp(x)
    return power - power * power / (1 + power)  # the roundings of the second term, the smaller one, hardly count


def silu(x: float) -> float:
    """x·σ(x)."""
    return x * sigmoid(x) if x > -700 else _times_exp(x, x)


def silu_slope(x: float, _out: float) -> float:
    """σ(x)·(1 + x·σ(−x)), which is σ(x)·σ(−x)·(1 + x + e^x).

    The last factor has a zero z = −1.278…; there 1 + z = −e^z, so that at x = z + d it is d − (1 + z)·(e^d − 1).
    """
    if x >= 0:
        return sigmoid(x) * (1 + x * sigmoid(-x)) if x < 40 else 1.0
    if x < -700:
        return _times_exp(1 + x, x)
    d = x + 1.2784645427610737 + 1.0946994183093437e-16
    power = math.exp(x)
    total = 1 + power
    return power * (d + 0.2784645427610738 * math.expm1(d)) / (total * total)


def _times_exp(factor: float, x: float) -> float:
    """factor·e^x, also where e^x is subnormal; 0 for x = −∞."""
    root = math.exp(x / 2)
    return factor * root * root if root else -0.0


# Other functions


def total(*arguments: float) -> float:
    """The sum, rounded once; 0 has the sign that IEEE 754 arithmetic gives it."""
    try:
        return math.fsum(arguments) or (0.0 if any(arguments) else sum(arguments, -0.0))
    except OverflowError:  # of a part of it
        from fractions import Fraction  # which takes long to load

        return float(sum(map(Fraction, arguments)))


def ones(arguments: Sequence[float], _out: float) -> list[float]:
    """The slopes of a sum."""
    return [1.0] * len(arguments)


def hypot_slope_x(x: float, y: float, out: float) -> float:
    """x/h, 0 at the origin; scaled where h is subnormal and has lost digits."""
    if out >= NORMAL:
        return x / out
    length = math.hypot(x * _SCALE, y * _SCALE)
    return x * _SCALE / length if length else 0.0


def hypot_slope_y(x: float, y: float, out: float) -> float:
    """y/h, 0 at the origin."""
    return hypot_slope_x(y, x, out)


def length_slopes(arguments: Sequence[float], out: float) -> list[float]:
    """xᵢ/h for each argument, as those of two."""
    if out >= NORMAL:
        return [x / out for x in arguments]
    length = math.hypot(*(x * _SCALE for x in arguments))
    return [x * _SCALE / length if length else 0.0 for x in arguments]


def sinc_slope(x: float, out: float) -> float:
    """(cos x − sinc x)/x, which is −j₁(x): at 0 by its power series (HMF 10.1.2), at other zeros in fixed point."""
    if abs(x) < 1.25:
        term = total = -x / 3
        for k in range(2, 22, 2):
            term *= -x * x / (k * (k + 3))
            total += term
        return total
    cosine = math.cos(x)
    if abs(cosine - out) < 0.7 * abs(out) and abs(x) < 2.0**64:
        return _sinc_slope_at_zero(x)
    return (cosine - out) / x


# In fixed point, where floats would cancel


def _sinc_slope_at_zero(x: float) -> float:
    """(x·cos x − sin x)/x² for x = n/d."""
    n, d = x.as_integer_ratio()
    sine, cosine = sine_and_cosine(to_fixed(x, BITS) % (2 * PI), BITS)
    return (n * cosine - d * sine) * d / (n * n << BITS)
