"""The numbers of sums and products: all exact, whole ones, fractions, and decimals as the fractions that they are."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gradcli.symbolic.simplify import SHORT
from gradcli.text import format_number

SMALL = 64  # the largest power of a number that is computed
LARGEST = 10**22  # numerators and denominators are smaller
EXACT = 2**53  # whole numbers up to it are doubles, and their texts these numbers


class DecimalFraction(Fraction):
    """A number that was written with a decimal point, or computed with one: 0.3 is 3/10, three times that 0.9."""

    __slots__ = ()


def _decimal(name: str) -> Callable[..., Any]:
    exactly = getattr(Fraction, name)

    def operation(self: DecimalFraction, *other: Any) -> Any:
        found = exactly(self, *other)
        return DecimalFraction(found) if isinstance(found, Fraction) else found

    return operation


for _name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "pow", "neg"):
    setattr(DecimalFraction, f"__{_name}__", _decimal(f"__{_name}__"))

Number = int | Fraction  # a fraction only where it is not whole


def number_of(value: float) -> Number:
    """The number that the shortest text of a double is."""
    return int(value) if value.is_integer() else DecimalFraction(repr(value))


def exact(number: Number) -> Number:
    """The number, as such where it is whole."""
    return number.numerator if number.denominator == 1 else number


def quotient(number: Number, by: Number) -> Number:
    """The quotient, exactly."""
    return exact((number if isinstance(number, Fraction) else Fraction(number)) / by)


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
    """Numerator and denominator; a decimal whose digits end, with 1."""
    if isinstance(number, DecimalFraction) and _ends(number):
        return float(number), 1.0
    return float(number.numerator), float(number.denominator)


def is_short(number: Number) -> bool:
    """Whether the number has a short text and is what the double of that text stands for."""
    if max(abs(number.numerator), number.denominator) >= LARGEST:
        return False
    if isinstance(number, DecimalFraction) and _ends(number):
        text = format_number(float(abs(number)))
        return len(text) <= SHORT and Fraction(text) == abs(number)
    return all(
        part < EXACT or part == Decimal(repr(float(part))) for part in (abs(number.numerator), number.denominator)
    )


def _ends(number: Fraction) -> bool:
    """Whether the number has finitely many decimals, LARGEST's at most."""
    return LARGEST % number.denominator == 0
