"""Where a function of `decimal` is no approximation: roots and powers of few digits, and 1 at 0."""

from collections.abc import Callable
from decimal import Decimal, getcontext

from gradcli.operators.decimals import elementary


def is_exact(function: Callable[..., Decimal], found: Decimal, *numbers: Decimal) -> bool:
    """Whether `found` is the very value at these numbers, as far as that is easily seen."""
    if function is elementary.power:
        return _is_power(found, *numbers)
    if function is elementary.sqrt:
        return _is_power(numbers[0], found, Decimal(2))
    if function is elementary.cbrt:
        return _is_power(numbers[0], found, Decimal(3))
    return len(numbers) == 1 and not numbers[0] and found == 1


def _is_power(found: Decimal, x: Decimal, y: Decimal) -> bool:
    """Whether x to the whole number y takes no more digits than the context has, and is this."""
    exponent = abs(y)
    if not exponent:
        return found == 1  # of 0 too
    if exponent > getcontext().prec or exponent != exponent.to_integral_value():
        return False
    if (_length(x) + 1) * exponent > getcontext().prec:
        return False
    power = x ** int(exponent)
    if y >= 0:
        return power == found
    return _length(found) + _length(power) <= getcontext().prec and found * power == 1


def _length(x: Decimal) -> int:
    return len(x.normalize().as_tuple().digits)
