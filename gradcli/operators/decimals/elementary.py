"""Exponentials, logarithms, powers, roots, and hyperbolic functions and their inverses, in `decimal`."""

from decimal import Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext

from gradcli.operators.decimals.precision import (
    GUARD,
    LARGEST,
    ONE,
    TWO,
    ZERO,
    context,
    more_digits,
    series,
    with_guard,
)


def exp(x: Decimal) -> Decimal:
    """e^x."""
    return x.exp()


def log(x: Decimal) -> Decimal:
    """The natural logarithm."""
    if x <= 0:
        raise InvalidOperation
    return x.ln()


@with_guard
def log2(x: Decimal) -> Decimal:
    """The logarithm to base 2."""
    return log(x) / TWO.ln()


def log10(x: Decimal) -> Decimal:
    """The logarithm to base 10."""
    if x <= 0:
        raise InvalidOperation
    return x.log10()


def expm1(x: Decimal) -> Decimal:
    """e^x − 1: the series below 1e-3."""
    if not x:
        return x
    if x.adjusted() < -3:
        return series(x, lambda k: (x, k + 1))
    with more_digits(GUARD + max(0, -x.adjusted())):
        found = x.exp() - 1
    return +found


def log1p(x: Decimal) -> Decimal:
    """The logarithm of 1 + x: 2·artanh(x/(2 + x)) by its series where x is small."""
    if x <= -1:
        raise InvalidOperation
    if not x:
        return x
    if x.adjusted() < -3:
        with more_digits(GUARD):
            found = 2 * _artanh_series(x / (2 + x))
        return +found
    with more_digits(GUARD + max(0, -x.adjusted())):
        found = (1 + x).ln()
    return +found


def _artanh_series(x: Decimal) -> Decimal:
    square, power, total, k = x * x, x, x, 1
    least = total.adjusted() - getcontext().prec
    while power and power.adjusted() > least:
        power *= square
        k += 2
        total += power / k
    return total


def sqrt(x: Decimal) -> Decimal:
    """The square root."""
    return x.sqrt()


@with_guard
def cbrt(x: Decimal) -> Decimal:
    """The real cube root, by one of Newton's steps from e^(log x/3), which makes cubes exact."""
    if not x:
        return x
    root = (x.copy_abs().ln() / 3).exp()
    root -= (root - x.copy_abs() / (root * root)) / 3
    return root.copy_sign(x)


def power(x: Decimal, y: Decimal) -> Decimal:
    """x^y; 0^0 is 1."""
    if not y:
        return ONE
    if not x:
        if y < 0:
            raise DivisionByZero
        return ZERO
    with more_digits(GUARD):
        if y == y.to_integral_value() and y.copy_abs() < 10**9:
            found = x ** int(y)
        else:
            if x < 0 and y != y.to_integral_value():
                raise InvalidOperation
            with localcontext(context(GUARD)):
                size = (x.copy_abs().ln() * y).adjusted()
            with more_digits(max(0, min(size, LARGEST) + 2)):
                found = (x.copy_abs().ln() * y).exp()
            found = -found if x < 0 and _is_odd(y) else found
    return +found


def _is_odd(y: Decimal) -> bool:
    """Whether a whole number is odd; a large one, of which not all digits are written, is not."""
    return int(y.as_tuple().exponent) <= 0 and int(y) % 2 == 1


@with_guard
def sinh(x: Decimal) -> Decimal:
    """The hyperbolic sine, by expm1."""
    grown = expm1(x.copy_abs())
    return ((grown + grown / (grown + 1)) / 2).copy_sign(x)


@with_guard
def cosh(x: Decimal) -> Decimal:
    """The hyperbolic cosine."""
    power_ = x.exp()
    return (power_ + 1 / power_) / 2


@with_guard
def tanh(x: Decimal) -> Decimal:
    """The hyperbolic tangent: by expm1 where it is small, else by what is less than 1 and may underflow."""
    if x.adjusted() >= 0:
        shrunk = (-2 * x.copy_abs()).exp()
        return ((1 - shrunk) / (1 + shrunk)).copy_sign(x)
    grown = expm1(2 * x.copy_abs())
    return (grown / (grown + 2)).copy_sign(x)


@with_guard
def asinh(x: Decimal) -> Decimal:
    """The inverse hyperbolic sine, by log1p."""
    size = x.copy_abs()
    return log1p(size + size * size / (1 + (1 + size * size).sqrt())).copy_sign(x)


@with_guard
def acosh(x: Decimal) -> Decimal:
    """The inverse hyperbolic cosine, by log1p."""
    over = x - 1
    if over < 0:
        raise InvalidOperation
    return log1p(over + (over * (over + 2)).sqrt())


@with_guard
def atanh(x: Decimal) -> Decimal:
    """The inverse hyperbolic tangent, by log1p."""
    if x.copy_abs() >= 1:
        raise DivisionByZero
    return (log1p(2 * x.copy_abs() / (1 - x.copy_abs())) / 2).copy_sign(x)
