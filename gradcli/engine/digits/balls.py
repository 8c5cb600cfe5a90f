"""Ball arithmetic: numbers of many digits that know how far off they may be at the most.

A ball is a midpoint and a radius, both Decimals; its midpoint has the digits of the current context (see
`operators.decimals.precision`). What the operator table says is evaluated over balls as over floats: sums, products and
quotients bound their error exactly to first order and above, a function by its values at both ends of the ball. A
comparison that the balls do not decide raises `Undecided`, what has no value `Unknown`: nothing is guessed here.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DecimalException, Inexact, Underflow, getcontext
from functools import cache
from itertools import product
from operator import add, mul, sub, truediv
from typing import Any

from gradcli.operators import numeric
from gradcli.operators.decimals import table as decimals
from gradcli.operators.decimals.arithmetic import floor, mod
from gradcli.operators.decimals.elementary import power
from gradcli.operators.decimals.exactly import is_exact
from gradcli.operators.decimals.precision import more_digits, pi
from gradcli.operators.records import Operator
from gradcli.operators.table import WRITTEN

ZERO, ONE = Decimal(0), Decimal(1)
# Of what is less than any number of `decimal`; larger, so that products with it stay numbers.
LEAST = Decimal("1e-900000000000000000")
UNDERFLOWED = Decimal("1e-800000000000000000")  # more than that, and products with it
_WIDE = Decimal("1e-3")
_FEW = 8  # units of the last digit by which a function of `decimals` may be off


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
        return abs(self.middle) <= self.radius

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


def _unit() -> Decimal:
    """The relative error of a rounded number at the most."""
    return ONE.scaleb(1 - getcontext().prec)


def _rounded(operation: Callable[[Decimal, Decimal], Decimal], x: Decimal, y: Decimal, radius: Decimal) -> Ball:
    """The result of an operation of `decimal`, with the error of its rounding, if there is one."""
    context = getcontext()
    context.clear_flags()
    middle = operation(x, y)
    if context.flags[Inexact]:
        radius += abs(middle) * _unit()
        if context.flags[Underflow]:
            radius += LEAST
    return Ball(middle, radius)


def _constant(of: Callable[[], Decimal]) -> Callable[[], Ball]:
    def constant() -> Ball:
        middle = of()
        return Ball(middle, middle * _unit() * _FEW)

    return constant


# The named constants are what mathematics means by them, not the floats nearest to them.
CONSTANTS: Mapping[str, Callable[[], Ball]] = {
    "pi": _constant(pi),
    "e": _constant(ONE.exp),
}

# The table's functions


def apply(operator: Operator, arguments: Sequence[Any]) -> Any:
    """What an operator of the table makes of balls (conditions are bools). Raises `Undecided` and `Unknown`."""
    function = _of(operator)
    if function is None:
        if not (operator.symbol or operator.chooses):
            raise Unknown  # a function of floats alone
        return operator.forward(*arguments)
    try:
        return ball(function(*arguments))
    except DecimalException:
        raise Unknown from None


@cache
def _of(operator: Operator) -> Callable[..., Any] | None:
    """The function of balls for an operator; None where that of floats is as good for balls."""
    own = decimals.function_of(operator)
    definition = decimals.DEFINITIONS.get(operator.name) or (operator.definition if own is None else "")
    if definition:
        return expression(definition, operator.parameters)
    if own is None:
        return None
    if own is Decimal.copy_abs:
        return abs
    if operator.variadic:
        return _extreme(own) if operator.ties else _not_expanding(own)
    if own is mod:
        return _mod
    if operator.jump:
        return _stepping(own) if set(operator.formulas) == {"0"} else _jumping(own, operator)
    if own in decimals.WAVES:
        return _wave(own)
    if own in decimals.WITH_SIZE:
        return _narrow(_continuous(_to_the_point(decimals.WITH_SIZE[own]), least=10))
    if own in decimals.POLES:
        return _narrow(_continuous(own))
    found = _continuous(own, own in decimals.NEVER_0)
    return _with_pole(found) if own is power else found


def _at_middle(function: Callable[..., Decimal], arguments: Sequence[Ball]) -> Decimal:
    """The value at the middles. `Nowhere` where there is none at the ends of the balls either."""
    try:
        return function(*[x.middle for x in arguments])
    except DecimalException:
        ends = [(x.middle - _step(x), x.middle + _step(x)) if x.radius else (x.middle,) for x in arguments]
        raise Unknown if any(_has_value(function, corner) for corner in product(*ends)) else Nowhere from None


def _step(x: Ball) -> Decimal:
    """The radius, or what is larger: one below the last digit would not move the middle."""
    return max(x.radius, abs(x.middle) * _unit() * 2)


def _has_value(function: Callable[..., Decimal], numbers: Sequence[Decimal]) -> bool:
    try:
        function(*numbers)
    except DecimalException:
        return False
    return True


def _to_the_point(with_size: Callable[..., tuple[Decimal, Decimal]]) -> Callable[..., Decimal]:
    """A slow function with zeros, near which its error is a few units of the last digit of 10: as small a one as
    elsewhere would take as many digits more of the work as the function has zeros behind the point.
    """

    def to_the_point(*numbers: Decimal) -> Decimal:
        more = 2 * _FEW
        while True:
            with more_digits(more):
                found, size = with_size(*numbers)
            lost = size.adjusted() - max(0, found.adjusted() if found else 0) if size else 0
            if lost + _FEW <= more:
                return +found
            more = lost + 2 * _FEW

    return to_the_point


def _continuous(function: Callable[..., Decimal], is_never_0: bool = False, least: int = 0) -> Callable[..., Ball]:
    """A function with an error of few units of its last digit, or of that of `least` where it is smaller and not 0."""

    def of_balls(*numbers: Any) -> Ball:
        arguments = list(map(ball, numbers))
        middles = [x.middle for x in arguments]
        middle = _at_middle(function, arguments)
        radius = _rounding(function, middle, arguments, least)
        if is_never_0 and not middle and (middles[0] or len(middles) == 1):
            radius = LEAST
        for index, x in enumerate(arguments):
            if x.radius:
                step = _step(x)
                radius += 2 * max(abs(function(*_moved(middles, index, d)) - middle) for d in (step, -step))
                radius = radius or LEAST  # it has underflowed
        if is_never_0 and not middle and len(middles) > 1 and arguments[0].is_zero:
            radius = ZERO  # a power of 0
        return Ball(middle, radius)

    return of_balls


def _rounding(function: Callable[..., Decimal], middle: Decimal, arguments: Sequence[Ball], least: int) -> Decimal:
    """How far the value at the middles may be off."""
    if not any(x.radius for x in arguments) and is_exact(function, middle, *[x.middle for x in arguments]):
        return ZERO
    size = max(abs(middle), Decimal(least)) if middle or arguments[0].radius else ZERO
    return size * _unit() * _FEW


def _wave(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """A sine or cosine: it moves no more than its argument."""

    def of_balls(number: Any) -> Ball:
        x = ball(number)
        middle = _at_middle(function, (x,))
        rounding = ZERO if is_exact(function, middle, x.middle) else abs(middle) * _unit() * _FEW
        return Ball(middle, x.radius + rounding)

    return of_balls


def _narrow(function: Callable[..., Ball]) -> Callable[..., Ball]:
    """A function with a row of poles from 0 to the left, known to its right and for narrow balls between them."""

    def of_balls(*numbers: Any) -> Ball:
        x = ball(numbers[-1])
        if x.radius and x.middle <= x.radius + 1:
            nearest = min(ZERO, x.middle.to_integral_value())
            if x.radius > _WIDE or abs(x.middle - nearest) <= x.radius:
                raise Unknown
        return function(*numbers)

    return of_balls


def _with_pole(function: Callable[..., Ball]) -> Callable[..., Ball]:
    """A power, which has a pole at 0 if the exponent is negative."""

    def of_balls(base: Any, exponent: Any) -> Ball:
        x, y = ball(base), ball(exponent)
        if x.radius and x.may_be_zero and y.middle < 0:
            raise Unknown
        return function(x, y)

    return of_balls


def _moved(middles: Sequence[Decimal], index: int, step: Decimal) -> list[Decimal]:
    moved = list(middles)
    moved[index] += step
    return moved


def _stepping(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """A function that is constant but for its jumps: its argument must lie on one side of them."""

    def of_balls(number: Any) -> Ball:
        x = ball(number)
        middle = function(x.middle)
        if x.radius and not function(x.middle - x.radius) == middle == function(x.middle + x.radius):
            raise Undecided
        return Ball(middle)

    return of_balls


def _jumping(function: Callable[..., Decimal], operator: Operator) -> Callable[..., Ball]:
    """A function with slopes that jumps where a rule of its arguments and its value is 0."""
    continuous = _continuous(function)

    def of_balls(*numbers: Any) -> Ball:
        out = continuous(*numbers)
        at = ball(expression(operator.jump, (*operator.parameters, "out"))(*numbers, out))
        if at.radius and at.may_be_zero:
            raise Undecided
        return out

    return of_balls


def _mod(first: Any, second: Any) -> Ball:
    """The remainder, if the balls say how many times it goes."""
    x, y = ball(first), ball(second)
    if not x.radius and not y.radius:
        middle = _at_middle(mod, (x, y))
        return Ball(middle, abs(middle) * _unit() * _FEW)
    quotient = x / y
    low, high = (floor(quotient.middle + end) for end in (-quotient.radius, quotient.radius))
    if low != high:
        raise Undecided
    return x - y * Ball(low)


def _not_expanding(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """A function of any number of arguments: none of the table moves by more than they do at the most."""

    def of_balls(*numbers: Any) -> Ball:
        arguments = list(map(ball, numbers))
        middle = function(*[x.middle for x in arguments])
        return Ball(middle, max(x.radius for x in arguments) + abs(middle) * _unit() * _FEW)

    return of_balls


def _extreme(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """A maximum or minimum: what it may be is as uncertain as those arguments that may hold it."""

    def of_balls(*numbers: Any) -> Ball:
        arguments = list(map(ball, numbers))
        middle = function(*[x.middle for x in arguments])
        radius = min(x.radius for x in arguments if x.middle == middle)
        rivals = [x for x in arguments if abs(x.middle - middle) <= x.radius + radius]
        # Where one alone may hold it, it is that one, and equal to it.
        return rivals[0] if len(rivals) == 1 else Ball(middle, max(x.radius for x in rivals))

    return of_balls


@cache
def expression(text: str, parameters: tuple[str, ...]) -> Callable[..., Any]:
    """A rule's text as a function of balls."""
    return numeric.function(text, parameters, _spelled, CONSTANTS)


def _spelled(name: str) -> Callable[..., Any] | None:
    operator = WRITTEN[name]
    if operator.chooses:
        return None
    return _of(operator) or operator.read()
