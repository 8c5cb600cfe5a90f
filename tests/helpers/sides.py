"""An expression of one variable beside 0, with hundreds of digits: the limits that notes on both sides are held to."""

import operator
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.graph import Graph
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from tests.accuracy import truths

DIGITS = 400
STEPS = ("1e-40", "1e-70", "1e-100")
NO_VALUE = "no value"
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    name: getattr(operator, name) for name in ("lt", "le", "gt", "ge", "eq", "ne")
}

ATOMS = (
    "x", "x", "-x", "x^2", "2*x", "x^3", "0", "1", "2", "x + 1", "sin(x)", "expm1(x)", "cos(x)", "cbrt(x)", "x^1.5",
    "sqrt(x^2)", "exp(-1/x^2)", "1/x", "log(x)", "sqrt(x)",
)  # fmt: skip
OF_ONE = (
    "relu({})", "abs({})", "sign({})", "floor({})", "ceil({})", "round({})", "elu({})", "sin({})", "tanh({})", "({})^2",
    "-({})", "cbrt({})", "sqrt({})", "exp({})", "softplus({})", "heaviside({})", "trunc({})",
)  # fmt: skip
OF_TWO = (
    "({})*({})", "({}) + ({})", "({}) - ({})", "max({}, {})", "min({}, {})", "where(x > 0, {}, {})",
    "where(x == 0, {}, {})", "where(x >= 0, {}, {})", "where(x != 0, {}, {})", "where(x < 0, {}, {})", "({})/({})",
    "hypot({}, {})", "clip({}, 0, {})", "leaky_relu({}, {})", "xlogy({}, {})", "atan2({}, {})",
)  # fmt: skip


def program(random: Random, depth: int) -> str:
    """A random expression that is at a kink, a jump or an edge of a condition at 0 more often than not."""
    if depth == 0 or random.random() < 0.15:
        return random.choice(ATOMS)
    if random.random() < 0.35:
        return random.choice(OF_ONE).format(program(random, depth - 1))
    return random.choice(OF_TWO).format(program(random, depth - 1), program(random, depth - 1))


class _NoValueError(ArithmeticError):
    """There is no real value."""


_parsed = cache(parse)


def value(text: str, x: Any) -> Any:
    """The value for a number of mpmath, by the references of the table's functions; None where there is none."""
    try:
        return _Values(_parsed(text), x).at(_parsed(text).output)
    except (ArithmeticError, ValueError):
        return None


class _Values:
    """The values of a graph's nodes, each when it is asked for."""

    def __init__(self, graph: Graph, x: Any) -> None:
        self.graph = graph
        self.x = x
        self.found: dict[int, Any] = {}

    def at(self, node: int) -> Any:
        """The value of a node."""
        if node not in self.found:
            self.found[node] = self._value(node)
        return self.found[node]

    def _value(self, node: int) -> Any:
        row, inputs = self.graph.operators[node], self.graph.inputs[node]
        if not inputs:
            return mpf(self.graph.values[node]) if node in self.graph.values else self.x
        if row.chooses:
            return self.at(inputs[row.chooses(self.at(inputs[0]))])
        arguments = [self.at(place) for place in inputs]
        return COMPARISONS[row.name](*arguments) if row.name in COMPARISONS else _called(row, arguments)


def _called(row: Operator, arguments: list[Any]) -> Any:
    if row.jump and abs(arguments[0] - mp.nint(arguments[0])) < mpf("1e-300"):
        arguments[0] = mp.nint(arguments[0])  # sqrt(x^2)/x is 1, whatever rounding makes of it
    if row.name == "pow" and arguments[0] < 0 and arguments[1] != mp.floor(arguments[1]):
        raise _NoValueError
    number = mp.mpc(truths(row)[0](*arguments))
    if number.imag or not mp.isfinite(number.real):
        raise _NoValueError
    return number.real


def beside(text: str, sign: int) -> tuple[Any, Any]:
    """The limit of the value and of the slope on one side: a number, `NO_VALUE`, or None where it is not seen."""
    with mp.workdps(DIGITS):
        steps = [sign * mpf(step) for step in STEPS]
        values = [value(text, step) for step in steps]
        if None in values:
            return (NO_VALUE, NO_VALUE) if values == [None] * 3 else (None, None)
        slopes = [(values[n] - values[n + 1]) / (steps[n] - steps[n + 1]) for n in (0, 1)]
        return _limit(values[1:]), _limit(slopes)


def _limit(numbers: Sequence[Any]) -> Any:
    before, last = numbers
    if are_near(before, last):
        return last
    if abs(last) < 1e-3 and abs(last) < abs(before) / 2:
        return mpf(0)
    return mp.inf * mp.sign(last) if abs(last) > 1.05 * abs(before) and abs(last) > 20 else None


def are_near(some: Any, other: Any) -> bool:
    """Whether two limits are the same number, an infinity included."""
    if isinstance(some, str | None) or isinstance(other, str | None):
        return False
    some, other = mpf(some), mpf(other)
    if mp.isinf(some) or mp.isinf(other):
        return bool(some == other)
    return bool(abs(some - other) <= mpf("1e-8") * max(abs(some), abs(other)) + mpf("1e-13"))


def derivative(text: str, order: int, sign: int) -> Any:
    """The limit of a derivative of higher order on one side, by differences on that side alone."""
    with mp.workdps(DIGITS):
        h, step = sign * mpf("1e-30"), mpf("1e-60")
        terms = (
            (-1) ** (order - k) * mp.binomial(order, k) * value(text, h + sign * k * step) for k in range(order + 1)
        )
        return sum(terms) / (sign * step) ** order
