"""Steps, and functions of several arguments, in `decimal`."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, DivisionByZero, getcontext

from gradcli.operators.decimals.elementary import log1p
from gradcli.operators.decimals.precision import GUARD, ONE, ZERO, more_digits


def _whole(mode: str) -> Callable[[Decimal], Decimal]:
    def whole(x: Decimal) -> Decimal:
        with more_digits(max(0, x.adjusted())):
            return x.to_integral_value(mode)

    return whole


floor = _whole(ROUND_FLOOR)
ceil = _whole(ROUND_CEILING)
nearest = _whole(ROUND_HALF_EVEN)  # the even one of two


def sign(x: Decimal) -> Decimal:
    """-1, 0 or 1."""
    return Decimal((x > 0) - (x < 0))


def hypot(*arguments: Decimal) -> Decimal:
    """The length of a vector."""
    with more_digits(GUARD):
        found = sum((x * x for x in arguments), ZERO).sqrt()
    return +found


def mod(x: Decimal, y: Decimal) -> Decimal:
    """The remainder x − y·⌊x/y⌋, which has the sign of y."""
    if not y:
        raise DivisionByZero
    if not x:
        return x
    with more_digits(
        max(0, x.adjusted() - y.adjusted()) + GUARD + max(len(x.as_tuple().digits), len(y.as_tuple().digits))
    ):
        rest = x % y  # has the sign of x
        found = rest + y if rest and (rest < 0) != (y < 0) else rest
    return +found


def maximum(*arguments: Decimal) -> Decimal:
    """The largest argument."""
    return max(arguments)


def minimum(*arguments: Decimal) -> Decimal:
    """The smallest argument."""
    return min(arguments)


def total(*arguments: Decimal) -> Decimal:
    """The sum."""
    return sum(arguments, ZERO)


def logsumexp(*arguments: Decimal) -> Decimal:
    """The logarithm of Σ e^xᵢ."""
    largest = max(arguments)
    more = GUARD
    while True:
        with more_digits(more):
            found = largest + log1p(sum(((x - largest).exp() for x in arguments), -ONE))
        lost = largest.adjusted() - found.adjusted() if found and largest else 0
        if lost <= more - GUARD or more > getcontext().prec + 2 * GUARD:
            return +found
        more = lost + 2 * GUARD
