"""The numbers of sums and products: whole ones and fractions exactly, those with decimals as doubles."""

from fractions import Fraction
from math import isfinite

from gradcli.numerals import format_number
from gradcli.symbolic.simplify import SHORT

SMALL = 64  # the largest power of a number that is computed
LARGEST = 10**22  # numerators and denominators are smaller

Number = int | Fraction | float  # a fraction only where it is not whole


def number_of(value: float) -> Number:
    """A whole number as such, so that its quotients are exact; another one as it is."""
    return int(value) if value.is_integer() else value


def exact(number: Number) -> Number:
    """The number, as such where it is whole."""
    if isinstance(number, int):
        return number
    if isinstance(number, float):
        return number_of(number) if isfinite(number) else number
    return number.numerator if number.denominator == 1 else number


def quotient(number: Number, by: Number) -> Number:
    """The quotient, exact if both are."""
    return exact(number / by if isinstance(number, float) or isinstance(by, float) else Fraction(number) / by)


def raised(number: Number, exponent: Number) -> Number:
    """A whole power."""
    power: Number = number ** abs(int(exponent))
    return exact(power) if exponent >= 0 else quotient(1, power)


def without_sign(number: Number) -> Number:
    """The absolute value."""
    return -number if number < 0 else number


def is_whole(number: Number) -> bool:
    """Whether it is a whole number."""
    return isinstance(number, int)


def is_small(number: Number, exponent: Number) -> bool:
    """Whether a power of the number may have a short text."""
    return number in (1, -1) or -SMALL <= exponent <= SMALL


def parts_of(number: Number) -> tuple[float, float]:
    """Numerator and denominator."""
    if isinstance(number, float):
        return number, 1.0
    return float(number.numerator), float(number.denominator)


def is_short(number: Number) -> bool:
    """Whether the number has a short text or, if it is exact, is exact as doubles."""
    if isinstance(number, float):
        return isfinite(number) and len(format_number(abs(number))) <= SHORT
    parts = (abs(number.numerator), number.denominator)
    return max(parts) < LARGEST and all(part == int(float(part)) for part in parts)
