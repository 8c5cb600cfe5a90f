"""What is made of the normal distribution: gelu, and the slopes of erf and erfc.

HMF is the Handbook of Mathematical Functions (Abramowitz and Stegun).
"""

import math

_ROOT_HALF = math.sqrt(0.5)
_DENSITY = 1 / math.sqrt(math.tau)  # of the normal distribution at 0


def gelu(x: float) -> float:
    """x·Φ(x) with the normal distribution function Φ; by the fraction HMF 26.2.14 where Φ is nearly subnormal."""
    if x > -37:
        return x * _normal(x)
    t = fraction = min(-x, 40.0)
    for k in range(8, 0, -1):
        fraction = t + k / fraction
    return -t / fraction * _DENSITY * _bell(t, 0.5)


def gelu_slope(x: float, _out: float) -> float:
    """Φ(x) + x·φ(x); near its zero z = −0.7517… by its power series.

    The coefficients pₙ of φ at z follow from φ' = −x·φ, those of the slope from its derivative 2·φ + x·φ'.
    """
    z = -0.7517915246935645
    if abs(x - z) > 0.125:
        power = _bell(x, 0.5)
        return _normal(x) + x * _DENSITY * power if power else _normal(x)
    d = x - z - 1.4956759177009883e-17
    total, power = 0.0, 1.0
    before, p = 0.0, 0.3007325998969753
    for n in range(1, 16):
        before, p = p, -(z * p + before) / n
        power *= d
        total += power * (before + before / n + z * p)
    return total


def erf_slope(x: float, _out: float) -> float:
    """2/√π·e^(−x²)."""
    return 2 / math.sqrt(math.pi) * _bell(x, 1)


def erfc_slope(x: float, out: float) -> float:
    """−2/√π·e^(−x²)."""
    return -erf_slope(x, out)


def _normal(x: float) -> float:
    """Φ(x) = erfc(−x/√2)/2; in the left tail erfc(z)/2·e^(z² − x²/2), as −x/√2 is rounded to z."""
    x = max(x, -40.0)  # where it is 0
    z = -x * _ROOT_HALF
    if x > -1:
        return math.erfc(z) / 2
    square, error = _square(z)
    half, half_error = _square(x)
    return math.erfc(z) / 2 * (1 + (square - half / 2 + (error - half_error / 2)))


def _bell(x: float, factor: float) -> float:
    """e^(−factor·x²) for a factor of 1 or 1/2, with the rounding error of x² put back; it is 0 from 39 on."""
    if abs(x) > 40:
        return 0.0
    square, error = _square(x)
    return math.exp(-factor * square) * (1 - factor * error)


def _square(x: float) -> tuple[float, float]:
    """x² as the sum of a float and a smaller one (Dekker 1971, with Veltkamp's splitting of x)."""
    split = 134217729.0 * x
    high = split - (split - x)
    low = x - high
    square = x * x
    return square, high * high - square + 2 * high * low + low * low
