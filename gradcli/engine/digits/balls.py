"""Ball arithmetic: numbers of many digits that know how far off they may be at the most.

A ball is a midpoint and a radius, both Decimals; its midpoint has the digits of the current context (see
`operators.decimals.precision`). Sums, products and quotients bound their error exactly to first order and above; what
functions make of balls is in `enclosures`. A comparison that the balls do not decide raises `Undecided`, what has no
value `Unknown`: nothing is guessed here.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, Inexact, Underflow, getcontext
from operator import add, mul, sub, truediv
from typing import Any

from gradcli.operators.decimals.precision import pi

ZERO, ONE = Decimal(0), Decimal(1)
# Of what is less than any number of `decimal`; larger, so that products with it stay numbers.
LEAST = Decimal("1e-900000000000000000")
UNDERFLOWED = Decimal("1e-800000000000000000")  # more than that, and products with it
FEW = 8  # units of the last digit by which a function of `decimals` may be off


class Undecided(ArithmeticError):  # noqa: N818 (a state of knowledge, no mistake)
    """A comparison, or which side of a jump it is, depends on digits that are not known."""


class Unknown(ArithmeticError):  # noqa: N818
    """There is no value, or none is known: a pole within the ball, an argument outside of the domain."""


class Nowhere(Unknown):
    """There is no value, and more digits would tell none."""


class Ball:
    """All numbers that are no farther than `radius` from `middle`."""

    __slots__ = ("middle", "radius")

    def __init__(self, middle: Decimal, radius: Decimal = ZERO) -> None:
        self.middle = middle
        self.radius = radius

    def __repr__(self) -> str:
        """Short, for tests."""
        return f"{self.middle:.20} ± {self.radius:.2}"

    @property
    def is_zero(self) -> bool:
        """Whether it is 0 and nothing else."""
        return not self.middle and not self.radius

    @property
    def may_be_zero(self) -> bool:
        """Whether 0 is among its numbers."""
        return self.middle.copy_abs() <= self.radius  # abs() rounds, which may be beyond all exponents

    @property
    def has_underflowed(self) -> bool:
        """Whether it is less than any number of `decimal`, and no number of digits says whether it is 0."""
        return ZERO < self.radius < UNDERFLOWED and self.may_be_zero

    @property
    def size(self) -> Decimal:
        """The largest absolute value among its numbers."""
        return abs(self.middle) + self.radius

    # Arithmetic

    def __neg__(self) -> "Ball":
        return Ball(self.middle.copy_negate(), self.radius)

    def __abs__(self) -> "Ball":
        return Ball(self.middle.copy_abs(), self.radius)

    def __add__(self, other: Any) -> "Ball":
        other = ball(other)
        return _rounded(add, self.middle, other.middle, self.radius + other.radius)

    def __sub__(self, other: Any) -> "Ball":
        if other is self:
            return Ball(ZERO)
        other = ball(other)
        return _rounded(sub, self.middle, other.middle, self.radius + other.radius)

    def __mul__(self, other: Any) -> "Ball":
        other = ball(other)
        if self.is_zero or other.is_zero:
            return Ball(ZERO)
        x, y, r, s = self.middle, other.middle, self.radius, other.radius
        return _rounded(mul, x, y, abs(x) * s + abs(y) * r + r * s or LEAST if r or s else ZERO)

    def __truediv__(self, other: Any) -> "Ball":
        other = ball(other)
        if other.may_be_zero:
            raise Nowhere if other.is_zero else Unknown
        if other is self:
            return Ball(ONE)
        x, y, r, s = self.middle, other.middle, self.radius, other.radius
        return _rounded(truediv, x, y, (r + abs(x / y) * s) / (abs(y) - s) if r or s else ZERO)

    def __radd__(self, other: float) -> "Ball":
        return ball(other) + self

    def __rsub__(self, other: float) -> "Ball":
        return ball(other) - self

    def __rmul__(self, other: float) -> "Ball":
        return ball(other) * self

    def __rtruediv__(self, other: float) -> "Ball":
        return ball(other) / self

    # Comparisons

    def _difference(self, number: Any) -> Decimal:
        if number is self:
            return ZERO
        other = ball(number)
        difference, radius = self.middle - other.middle, self.radius + other.radius
        if radius and abs(difference) <= radius:
            raise Undecided
        return difference

    def __lt__(self, other: Any) -> bool:
        return self._difference(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._difference(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._difference(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._difference(other) >= 0

    def __eq__(self, other: object) -> bool:
        return not self._difference(other)

    def __ne__(self, other: object) -> bool:
        return bool(self._difference(other))

    __hash__ = None  # type: ignore[assignment]


def ball(number: Any) -> Ball:
    """A number as a ball: exactly the number that a float or Decimal is."""
    return number if isinstance(number, Ball) else Ball(Decimal(number))


def unit() -> Decimal:
    """The relative error of a rounded number at the most."""
    return ONE.scaleb(1 - getcontext().prec)


def _rounded(operation: Callable[[Decimal, Decimal], Decimal], x: Decimal, y: Decimal, radius: Decimal) -> Ball:
    """The result of an operation of `decimal`, with the error of its rounding, if there is one."""
    context = getcontext()
    context.clear_flags()
    middle = operation(x, y)
    if context.flags[Inexact]:
        radius += abs(middle) * unit()
        if context.flags[Underflow]:
            radius += LEAST
    return Ball(middle, radius)


def _constant(of: Callable[[], Decimal]) -> Callable[[], Ball]:
    def constant() -> Ball:
        middle = of()
        return Ball(middle, middle * unit() * FEW)

    return constant


# The named constants are what mathematics means by them, not the floats nearest to them.
CONSTANTS: Mapping[str, Callable[[], Ball]] = {
    "pi": _constant(pi),
    "e": _constant(ONE.exp),
}
