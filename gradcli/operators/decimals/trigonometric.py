"""Trigonometric functions and their inverses, in radians, in `decimal`."""

from decimal import Decimal, Overflow, getcontext

from gradcli.operators.decimals.precision import GUARD, ONE, ZERO, more_digits, pi, pi_to, series, with_guard

FARTHEST = 5000  # decimal exponent of an argument that sine and its like are reduced from


def _reduced(x: Decimal) -> tuple[Decimal, int]:
    """The rest r and the number n with x = r + n·π/2 and |r| <= π/4; r has all its digits."""
    size = max(0, x.adjusted())
    if size > FARTHEST:
        raise Overflow
    lost = 0
    while True:
        with more_digits(GUARD + size + lost) as digits:
            half = pi_to(digits + 5) / 2
            n = (x / half).to_integral_value()
            r = x - n * half
        if not n or (r and lost >= -r.adjusted()):
            return r, int(n) % 4
        lost = max(2 * lost, -r.adjusted() + 2) if r else 2 * lost + 20


def _sine(r: Decimal) -> Decimal:
    square = -r * r
    return series(r, lambda k: (square, 2 * k * (2 * k + 1)))


def _cosine(r: Decimal) -> Decimal:
    square = -r * r
    return series(ONE, lambda k: (square, 2 * k * (2 * k - 1)))


def sin(x: Decimal) -> Decimal:
    """The sine of x radians."""
    r, n = _reduced(x)
    found = _cosine(r) if n % 2 else _sine(r)
    return -found if n > 1 else found


def cos(x: Decimal) -> Decimal:
    """The cosine of x radians."""
    r, n = _reduced(x)
    found = _sine(r) if n % 2 else _cosine(r)
    return -found if n in (1, 2) else found


@with_guard
def tan(x: Decimal) -> Decimal:
    """The tangent of x radians."""
    r, n = _reduced(x)
    return -_cosine(r) / _sine(r) if n % 2 else _sine(r) / _cosine(r)


@with_guard
def atan(x: Decimal) -> Decimal:
    """The arctangent, by halving (atan x = 2·atan(x/(1 + √(1 + x²)))) until its series is short."""
    if x.copy_abs() > 1:
        return (pi() / 2 - atan(1 / x.copy_abs())).copy_sign(x)
    halvings = 0
    while x.adjusted() >= -3 and x:
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    square, power_, total, k = -x * x, x, x, 1
    least = total.adjusted() - getcontext().prec
    while power_ and power_.adjusted() > least:
        power_ *= square
        k += 2
        total += power_ / k
    return total * (1 << halvings)


@with_guard
def asin(x: Decimal) -> Decimal:
    """The arcsine: atan(x/√(1 − x²))."""
    if x.copy_abs() == 1:
        return (pi() / 2).copy_sign(x)
    return atan(x / ((1 - x) * (1 + x)).sqrt())


@with_guard
def acos(x: Decimal) -> Decimal:
    """The arccosine: 2·atan(√((1 − x)/(1 + x)))."""
    if x == -1:
        return pi()
    return 2 * atan(((1 - x) / (1 + x)).sqrt())


@with_guard
def atan2(y: Decimal, x: Decimal) -> Decimal:
    """The angle of (x, y), 0 at the origin; for y = 0 and x < 0 it has the sign of y."""
    if y.copy_abs() > x.copy_abs():
        return (pi() / 2).copy_sign(y) - atan(x / y)
    if not x:
        return ZERO
    found = atan(y / x)
    return found if x > 0 else found + pi().copy_sign(y)
