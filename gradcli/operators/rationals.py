"""The table's functions over rational numbers, for what is to be exactly true: the exact result, or `Irrational`.

Of the functions that are not algebraic only the values are here that are known to be rational: by Lindemann and
Weierstrass exp, log, the trigonometric and hyperbolic functions and their inverses have no other ones at rational
arguments. What nobody knows (digamma, erf) counts as irrational.
"""

import math
import operator as python
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from typing import Any

from gradcli.operators import erfinv, functions, gamma, numeric
from gradcli.operators import logsumexp as sums
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, WRITTEN

LARGEST = 10_000  # bits of a power; larger ones are not computed


class Irrational(ArithmeticError):  # noqa: N818 (a property, no mistake)
    """The result is no rational number, or nobody knows."""


class TooLong(Irrational):
    """The result is rational, and has too many digits to be computed."""


def apply(operator: Operator, arguments: Sequence[Fraction]) -> Fraction:
    """The exact result; raises `Irrational`, or what the arithmetic of fractions raises where there is none."""
    return Fraction(function(operator)(*arguments))


@cache
def function(operator: Operator) -> Callable[..., Any]:
    """The operator's function over rational numbers, of a condition that over truth values."""
    if operator.function in _SAME:
        return _SAME[operator.function]
    if operator.definition:
        return expression(operator.definition, operator.parameters)
    return operator.forward if operator.condition else _irrational


@cache
def expression(text: str, parameters: tuple[str, ...]) -> Callable[..., Any]:
    """A rule's text as a function of its parameters; a choice evaluates only what it takes."""
    return numeric.function(text, parameters, _spelled, dict.fromkeys(CONSTANTS, _irrational), _number)


def _spelled(name: str) -> Callable[..., Any] | None:
    return None if WRITTEN[name].chooses else function(WRITTEN[name])


def _number(value: float) -> int | Fraction:
    """A number of a rule, which means what is written."""
    return int(value) if value == int(value) else Fraction(repr(value))


def _irrational(*_: Any) -> Fraction:
    raise Irrational


def _only(*values: tuple[int, int]) -> Callable[..., Fraction]:
    """A function that is rational at some arguments alone, given with its values there."""
    known = {Fraction(x): Fraction(value) for x, value in values}

    def function(x: Fraction) -> Fraction:
        if x not in known:
            raise Irrational
        return known[x]

    return function


def _whole_root(number: int, degree: int) -> int:
    """The root of a whole number, by Newton's method in integers."""
    root = 1 << -(-number.bit_length() // degree)
    while True:
        step = ((degree - 1) * root + number // root ** (degree - 1)) // degree
        if step >= root:
            break
        root = step
    if root**degree != number:
        raise Irrational
    return root


def root(x: Fraction, degree: int = 2) -> Fraction:
    """The root of a number."""
    if x < 0:
        raise ValueError
    if degree == 2:
        found = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
        if found * found != x:
            raise Irrational
        return found
    return Fraction(_whole_root(x.numerator, degree), _whole_root(x.denominator, degree)) if x else x


def cbrt(x: Fraction) -> Fraction:
    """The real cube root."""
    return root(abs(x), 3) * sign(x)


def power(x: Fraction, y: Fraction) -> Fraction:
    """x^y."""
    y = Fraction(y)
    bits = max(Fraction(x).numerator.bit_length(), Fraction(x).denominator.bit_length())
    if abs(y.numerator) * bits > LARGEST or y.denominator > LARGEST:
        raise TooLong
    if y.denominator > 1:
        x = root(Fraction(x), y.denominator)
    return Fraction(x) ** y.numerator


def sign(x: Fraction) -> int:
    """-1, 0 or 1."""
    return (x > 0) - (x < 0)


def atan2(y: Fraction, x: Fraction) -> Fraction:
    """The angle of (x, y), which is 0 or irrational."""
    if y or x <= 0:
        raise Irrational
    return Fraction(0)


def hypot(*arguments: Fraction) -> Fraction:
    """The length of a vector."""
    return root(sum((x * x for x in arguments), Fraction()))


def logarithm(base: int) -> Callable[[Fraction], Fraction]:
    """The logarithm to a base, of its powers."""

    def log(x: Fraction) -> Fraction:
        numerator, denominator, found = x.numerator, x.denominator, 0
        while numerator > 1 and not numerator % base:
            numerator, found = numerator // base, found + 1
        while denominator > 1 and not denominator % base:
            denominator, found = denominator // base, found - 1
        if (numerator, denominator) != (1, 1):
            raise Irrational
        return Fraction(found)

    return log


def factorial(x: Fraction) -> Fraction:
    """Γ of a whole number."""
    if x.denominator > 1 or not 0 < x < 200:
        raise Irrational
    return Fraction(math.factorial(int(x) - 1))


def mod(x: Fraction, y: Fraction) -> Fraction:
    """The remainder, which has the sign of y."""
    return x - y * math.floor(Fraction(x) / y)


def logsumexp(*arguments: Fraction) -> Fraction:
    """That of one argument is the argument; by Lindemann and Weierstrass there is no other rational one."""
    if len(arguments) > 1:
        raise Irrational
    return arguments[0]


# The same as a numeric function of the operator table; a row whose function is not here has a definition, or no value
# that is known to be rational.
_SAME: Mapping[Callable[..., Any] | None, Callable[..., Any]] = {
    float: Fraction, python.add: python.add, python.sub: python.sub, python.mul: python.mul, python.neg: python.neg,
    python.truediv: lambda x, y: Fraction(x) / y, math.pow: power, python.abs: abs, functions.sign: sign,
    functions.floor: math.floor, functions.ceil: math.ceil, functions.round_half_even: round, functions.mod: mod,
    functions.minimum: lambda *xs: reduce(min, xs), functions.maximum: lambda *xs: reduce(max, xs),
    functions.total: lambda *xs: sum(xs), math.sqrt: root, functions.cbrt: cbrt, math.hypot: hypot, math.atan2: atan2,
    math.log2: logarithm(2), math.log10: logarithm(10), gamma.gamma: factorial, sums.logsumexp: logsumexp,
    **dict.fromkeys(
        (math.expm1, math.log1p, math.sin, math.tan, math.asin, math.atan, math.sinh, math.tanh, math.asinh,
         math.atanh, math.erf, erfinv.erfinv), _only((0, 0))),
    **dict.fromkeys((math.exp, math.cos, math.cosh, math.erfc), _only((0, 1))),
    **dict.fromkeys((math.log, math.acos, math.acosh), _only((1, 0))),
    gamma.lgamma: _only((1, 0), (2, 0)),
}  # fmt: skip
