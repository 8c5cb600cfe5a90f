"""Enclosures: the operator table's functions and rules over balls.

What the table says is evaluated over balls as over floats. A function is bounded by its values at both ends of the
ball, or by what is known of it: that it moves no more than its argument, that it never is 0, where its poles are.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, DecimalException, getcontext
from functools import cache, lru_cache
from itertools import product
from typing import Any

from gradcli.engine.digits.balls import CONSTANTS, FEW, LEAST, ZERO, Ball, Nowhere, Undecided, Unknown, ball, unit
from gradcli.operators import numeric
from gradcli.operators.decimals import counterparts
from gradcli.operators.decimals.arithmetic import floor, mod, total
from gradcli.operators.decimals.elementary import power
from gradcli.operators.decimals.exactness import is_exact
from gradcli.operators.decimals.precision import more_digits
from gradcli.operators.records import Operator
from gradcli.operators.table import WRITTEN

_WIDE = Decimal("1e-3")
# The values of functions that are kept: a slope is often made of its function, or of another one that is there, and one
# program is looked into several times with the same digits.
_KEPT = 32


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
    own = counterparts.function_of(operator)
    definition = operator.parts or (operator.definition if own is None else "")
    if definition:
        return expression(definition, operator.parameters)
    if own is None:
        return None
    if own is Decimal.copy_abs:
        return abs
    if own is total:
        return _total
    if operator.variadic:
        return _extreme(own) if operator.ties else _length(own) if operator.cone else _not_expanding(own)
    if own is mod:
        return _mod
    if operator.jump:
        return _stepping(own) if set(operator.formulas) == {"0"} else _jumping(own, operator)
    if operator.waves:
        return _wave(own)
    if own in counterparts.WITH_SIZE:
        return _narrow(_continuous(_to_the_point(counterparts.WITH_SIZE[own]), least=10))
    if operator.poles:
        return _narrow(_continuous(own))
    found = _continuous(own, operator.never_0)
    return _with_pole(found) if own is power else found


def _total(*numbers: Any) -> Ball:
    """The sum."""
    return sum(map(ball, numbers), Ball(ZERO))


def _at_middle(function: Callable[..., Decimal], arguments: Sequence[Ball]) -> Decimal:
    """The value at the middles. `Nowhere` where there is none at the ends of the balls either."""
    middles = [x.middle for x in arguments]
    try:
        # What is equal may still be 0 and −0, which are not the same to atan2.
        return _known(getcontext().prec, function, *middles) if all(middles) else function(*middles)
    except DecimalException:
        ends = [(x.middle - _step(x), x.middle + _step(x)) if x.radius else (x.middle,) for x in arguments]
        raise Unknown if any(_has_value(function, corner) for corner in product(*ends)) else Nowhere from None


@lru_cache(_KEPT)
def _known(digits: int, function: Callable[..., Decimal], *numbers: Decimal) -> Decimal:  # noqa: ARG001 (the context's)
    return function(*numbers)


def _step(x: Ball) -> Decimal:
    """The radius, or what is larger: one below the last digit would not move the middle."""
    return max(x.radius, abs(x.middle) * unit() * 2)


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
        more = 2 * FEW
        while True:
            with more_digits(more):
                found, size = with_size(*numbers)
            lost = size.adjusted() - max(0, found.adjusted() if found else 0) if size else 0
            if lost + FEW <= more:
                return +found
            more = lost + 2 * FEW

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
    return size * unit() * FEW


def _wave(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """A sine or cosine: it moves no more than its argument."""

    def of_balls(number: Any) -> Ball:
        x = ball(number)
        middle = _at_middle(function, (x,))
        rounding = ZERO if is_exact(function, middle, x.middle) else abs(middle) * unit() * FEW
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
        return Ball(middle, abs(middle) * unit() * FEW)
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
        return Ball(middle, max(x.radius for x in arguments) + abs(middle) * unit() * FEW)

    return of_balls


def _length(function: Callable[..., Decimal]) -> Callable[..., Ball]:
    """The length of a vector: it moves by no more than the length of what its arguments may be off."""

    def of_balls(*numbers: Any) -> Ball:
        arguments = list(map(ball, numbers))
        middle = function(*[x.middle for x in arguments])
        return Ball(middle, function(*[x.radius for x in arguments]) * 2 + abs(middle) * unit() * FEW)

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
