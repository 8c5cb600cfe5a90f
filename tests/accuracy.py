"""Measure every row of the operator table against arithmetic with 80 digits: `python -m tests.accuracy`.

For each operator the table that is printed gives the largest error of its value and of each of its slopes in ulp
(units in the last place; for a subnormal result the spacing of the subnormal numbers), where it was found, and the
limit. The points are reproducible: random ones of every magnitude, of the range where the function bends, and
neighbours of special points. The exit code is 1 if a limit is broken.
"""

import argparse
import ast
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from mpmath import mp  # type: ignore[import-untyped]

from gradcli.operators import CALLS, CONSTANTS, FUNCTIONS, INFIX, PREFIX, Operator

DIGITS = 80
POINTS = 3000
LARGEST = sys.float_info.max
NORMAL = sys.float_info.min
SUBNORMAL = math.ulp(0.0)

VALUE_LIMIT = 2.0
SLOPE_LIMIT = 5.0
VALUE_LIMITS = {"erfc": (8.0, "erfc of the C library"), "gelu": (8.0, "contains erfc")}
SLOPE_LIMITS: dict[str, tuple[float, str]] = {}

Truth = Callable[..., Any]
Point = tuple[Any, ...]


# What is true ---------------------------------------------------------------------------------------------------------


def _power(x: Any, y: Any) -> Any:
    if x == 0 or y == 0:
        return mp.mpf(y == 0)
    size = mp.exp(y * mp.log(abs(x)))
    return -size if x < 0 and y % 2 == 1 else size


def _power_slope_base(x: Any, y: Any) -> Any:
    if y == 0:
        return mp.zero
    return y * (mp.mpf(1 / (y >= 1)) * (y == 1) if x == 0 else _power(x, y) / x)


def _power_slope_exponent(x: Any, y: Any) -> Any:
    return mp.zero if x == 0 and y > 0 else _power(x, y) * mp.log(x) if x > 0 else mp.nan


def _quotient(x: Any, y: Any) -> Fraction:
    """x/y without rounding, which 80 digits are too few for."""
    return Fraction(float(x)) / Fraction(float(y))


def _modulus(x: Any, y: Any) -> Any:
    rest = Fraction(float(x)) % Fraction(float(y))
    return mp.mpf(rest.numerator) / rest.denominator


def _inverse_square(x: Any) -> Any:
    return 1 / mp.sqrt((1 - x) * (1 + x))


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


def _normal(x: Any) -> Any:
    return mp.erfc(-x / mp.sqrt(2)) / 2


def _sinc(x: Any) -> Any:
    return mp.sin(x) / x if x else mp.one


def _sinc_slope(x: Any) -> Any:
    """−j₁(x), the spherical Bessel function; by its power series where the difference would cancel."""
    if abs(x) < 1:
        return -x / 3 * mp.hyp0f1(mp.mpf(5) / 2, -x * x / 4)
    return (mp.cos(x) - mp.sin(x) / x) / x


def _logsumexp(*arguments: Any) -> Any:
    *rest, largest = sorted(arguments)
    return largest + mp.log1p(mp.fsum(mp.exp(x - largest) for x in rest))


def _softmax(index: int) -> Truth:
    return lambda *arguments: 1 / mp.fsum(mp.exp(x - arguments[index]) for x in arguments)


def _first(index: int, extreme: Callable[..., Any]) -> Truth:
    """1 if the first argument that holds the extreme value is the one with this index."""
    return lambda *arguments: mp.mpf(arguments.index(extreme(arguments)) == index)


def _each(truth: Callable[[int], Truth]) -> tuple[Truth, ...]:
    return tuple(map(truth, range(5)))


def _constant(value: int) -> Truth:
    return lambda *_: mp.mpf(value)


_ZERO, _ONE = _constant(0), _constant(1)

# The function, then its partial derivatives; a derivative that does not exist raises or is not finite.
TRUTHS: dict[str, tuple[Truth, ...]] = {
    "add": (lambda x, y: x + y, _ONE, _ONE),
    "sub": (lambda x, y: x - y, _ONE, _constant(-1)),
    "mul": (lambda x, y: x * y, lambda _, y: y, lambda x, _: x),
    "div": (lambda x, y: x / y, lambda _, y: 1 / y, lambda x, y: -x / y**2),
    "pow": (_power, _power_slope_base, _power_slope_exponent),
    "lt": (lambda x, y: x < y,),
    "le": (lambda x, y: x <= y,),
    "gt": (lambda x, y: x > y,),
    "ge": (lambda x, y: x >= y,),
    "eq": (lambda x, y: x == y,),
    "ne": (lambda x, y: x != y,),
    "and": (lambda x, y: x and y,),
    "or": (lambda x, y: x or y,),
    "neg": (lambda x: -x, _constant(-1)),
    "not": (lambda x: not x,),
    "exp": (mp.exp, mp.exp),
    "expm1": (mp.expm1, mp.exp),
    "log": (mp.log, lambda x: 1 / x),
    "log2": (lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2))),
    "log10": (lambda x: mp.log(x) / mp.log(10), lambda x: 1 / (x * mp.log(10))),
    "log1p": (mp.log1p, lambda x: 1 / (1 + x)),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x))),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: 1 / (3 * mp.cbrt(abs(x)) ** 2)),
    "sin": (mp.sin, mp.cos),
    "cos": (mp.cos, lambda x: -mp.sin(x)),
    "tan": (mp.tan, lambda x: 1 / mp.cos(x) ** 2),
    "asin": (mp.asin, _inverse_square),
    "acos": (mp.acos, lambda x: -_inverse_square(x)),
    "atan": (mp.atan, lambda x: 1 / (1 + x**2)),
    "atan2": (mp.atan2, lambda y, x: x / (x**2 + y**2), lambda y, x: -y / (x**2 + y**2)),
    "sinh": (mp.sinh, mp.cosh),
    "cosh": (mp.cosh, mp.sinh),
    "tanh": (mp.tanh, lambda x: 1 / mp.cosh(x) ** 2),
    "asinh": (mp.asinh, lambda x: 1 / mp.sqrt(1 + x**2)),
    "acosh": (mp.acosh, lambda x: 1 / mp.sqrt((x - 1) * (x + 1))),
    "atanh": (mp.atanh, lambda x: 1 / ((1 - x) * (1 + x))),
    "abs": (abs, lambda x: mp.mpf(1 if x >= 0 else -1)),
    "sign": (mp.sign, _ZERO),
    "min": (lambda *arguments: min(arguments), *_each(lambda index: _first(index, min))),
    "max": (lambda *arguments: max(arguments), *_each(lambda index: _first(index, max))),
    "clip": (
        lambda x, low, high: min(max(x, low), high),
        lambda x, low, high: mp.mpf(low <= x <= high),
        lambda x, low, high: mp.mpf(x < low <= high),
        lambda x, low, high: mp.mpf(max(x, low) > high),
    ),
    "floor": (mp.floor, _ZERO),
    "ceil": (mp.ceil, _ZERO),
    "round": (lambda x: mp.mpf(round(float(x))), _ZERO),
    "mod": (_modulus, _ONE, lambda x, y: mp.mpf(-(_quotient(x, y) // 1))),
    "where": (lambda condition, a, b: a if condition else b, lambda c, *_: mp.mpf(c), lambda c, *_: mp.mpf(not c)),
    "relu": (lambda x: max(x, mp.zero), lambda x: mp.mpf(x >= 0)),
    "leaky_relu": (
        lambda x, slope: x if x >= 0 else slope * x,
        lambda x, slope: mp.one if x >= 0 else slope,
        lambda x, _: mp.zero if x >= 0 else x,
    ),
    "elu": (lambda x: x if x >= 0 else mp.expm1(x), lambda x: mp.exp(min(x, 0))),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * _sigmoid(-x)),
    "softplus": (lambda x: max(x, 0) + mp.log1p(mp.exp(-abs(x))), _sigmoid),
    "silu": (lambda x: x * _sigmoid(x), lambda x: _sigmoid(x) * (1 + x * _sigmoid(-x))),
    "gelu": (lambda x: x * _normal(x), lambda x: _normal(x) + x * mp.npdf(x)),
    "hypot": (
        lambda x, y: mp.sqrt(x**2 + y**2),
        lambda x, y: x / mp.sqrt(x**2 + y**2) if x else mp.zero,
        lambda x, y: y / mp.sqrt(x**2 + y**2) if y else mp.zero,
    ),
    "erf": (mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-(x**2))),
    "erfc": (mp.erfc, lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-(x**2))),
    "sinc": (_sinc, _sinc_slope),
    "logsumexp": (_logsumexp, *_each(_softmax)),
}


# Where it is measured -------------------------------------------------------------------------------------------------


class Region(NamedTuple):
    """Where a function of one variable bends, and its special points beside those that all functions share."""

    low: float = -50.0
    high: float = 50.0
    special: tuple[float, ...] = ()


def _sinc_extremes() -> Iterator[float]:
    """The zeros of sinc': the solutions of tan x = x, by the fixed-point iteration x = q − atan(1/x)."""
    for k in (*range(1, 16), 100, 10**4, 10**6, 2**40, 2**52):
        x = q = (k + 0.5) * math.pi
        for _ in range(8):
            x = q - math.atan(1 / x)
        yield x


SPECIAL = (
    *(0.0, 0.5, 1.0, 1.5, 2.0, math.e, 10.0, 1e8, 2.0**52, 2.0**53, 2.0**512, LARGEST, NORMAL, SUBNORMAL),
    *(k * math.pi / 2 for k in (1, 2, 3, 4, 5, 6, 11, 710, 10**5, 10**9, 2**50)),
)
EXPONENTIAL = Region(-750, 715, (709.782712893384, 708.3964185322641, 745.1332191019411, 36.7, 18.0, 710.475860073944))
REGIONS = {
    "exp": EXPONENTIAL,
    "expm1": EXPONENTIAL,
    "sinh": EXPONENTIAL,
    "cosh": EXPONENTIAL,
    "tanh": Region(-380, 380, (372.6, 354.5, 22.0, 710.475860073944)),
    "elu": EXPONENTIAL,
    "sigmoid": EXPONENTIAL,
    "softplus": EXPONENTIAL,
    "silu": EXPONENTIAL._replace(special=(*EXPONENTIAL.special, 751.75, -1.278464542761074, -2.399357280520547)),
    "gelu": Region(-39, 39, (-0.7517915246935645, -37.5, -38.5, math.sqrt(2))),
    "erf": Region(-28, 28, (5.9, 26.6, 27.2)),
    "erfc": Region(-7, 28, (5.9, 26.54, 27.2)),
    "sinc": Region(special=tuple(_sinc_extremes())),
    "log": Region(0, 4),
    "log2": Region(0, 4),
    "log10": Region(0, 4),
    "log1p": Region(-1, 4),
    "acosh": Region(1, 4),
    "asin": Region(-1, 1),
    "acos": Region(-1, 1),
    "atanh": Region(-1, 1),
}


def _magnitude(random: Random, low: float = -1074.0, high: float = 1024.0) -> float:
    return math.ldexp(random.uniform(0.5, 1.0), math.ceil(random.uniform(low, high)))


def _number(random: Random, region: Region = Region()) -> float:  # noqa: B008 (it is constant)
    """A number of any magnitude, one in the region, or a neighbour of a special point, in equal parts."""
    kind = random.randrange(5)
    if kind == 0:
        return random.choice((-1, 1)) * _magnitude(random)
    if kind == 1:
        return random.uniform(region.low, region.high)
    if kind == 2:
        return random.uniform(-4, 4)
    near = random.choice(region.special if region.special and random.random() < 0.7 else SPECIAL)
    return _neighbour(random, near) * random.choice((1, 1, -1)) + 0.0


def _neighbour(random: Random, near: float) -> float:
    """The number itself, one a few ulp away, or one at a distance of any magnitude."""
    sign = random.choice((-1, 1))
    if random.random() < 0.5:
        return near + sign * random.randrange(4) * math.ulp(near)
    return near + sign * abs(near or 1.0) * _magnitude(random, -54, -2)


def _two_of_a_kind(random: Random) -> Point:
    """Two numbers that are less than 2^60 apart, of either sign; also the largest and the smallest there are."""
    x = random.choice((_magnitude(random), SUBNORMAL * random.randrange(1, 9), LARGEST * random.uniform(0.2, 1)))
    y = min(x * _magnitude(random, -random.choice((2, 60)), random.choice((2, 60))), LARGEST)
    pair = (random.choice((-1, 1)) * x, random.choice((-1, 1)) * y)
    return random.choice((pair, pair[::-1]))


def _base_and_exponent(random: Random) -> Point:
    """A power with a chosen magnitude of the result, or a base of either sign with a whole exponent."""
    x = random.choice((_magnitude(random), _neighbour(random, 1.0), random.uniform(0, 4)))
    log = math.log2(x) if x > 0 else 0.0
    y = random.uniform(-1078, 1024) / log if log else random.uniform(-9, 9)
    if random.random() < 0.5:
        x, y = random.choice((-1, 1)) * x, float(round(y) if random.random() < 0.5 else random.randrange(-9, 10))
    return x, random.choice((y, y, random.uniform(-3, 3) if x > 0 else y))


def _dividend_and_divisor(random: Random) -> Point:
    """A dividend at or beside a multiple of the divisor."""
    y = random.choice((-1, 1)) * random.choice((_magnitude(random), random.uniform(0, 4)))
    multiple = y * random.choice((random.randrange(-9, 10), random.randrange(-(10**17), 10**17)))
    return (_neighbour(random, multiple) if math.isfinite(multiple) else y), y


def _several(random: Random) -> Point:
    """Up to five numbers, near each other, far apart, or with a logsumexp of almost 0."""
    size = random.randrange(1, 6)
    spread = random.choice((0.1, 1.0, 5.0, 50.0, 800.0, 1e300))
    numbers = [random.uniform(-spread, spread) + random.choice((0.0, 0.0, spread, -spread)) for _ in range(size)]
    if size > 1 and random.random() < 0.4:
        *rest, _ = numbers
        above = math.log(size - 1)
        rest = [-abs(x) - above if spread < 800 else -random.uniform(above, 745) for x in rest]
        numbers = [*rest, math.log1p(-min(1.0, math.fsum(map(math.exp, rest))) or -0.5)]
        numbers[-1] = numbers[-1] + random.randrange(-2, 3) * math.ulp(numbers[-1])
        random.shuffle(numbers)
    return tuple(numbers)


def _with_ties(random: Random) -> Point:
    """Up to five numbers, of which some are equal."""
    few = [_number(random) for _ in range(3)]
    return tuple(random.choice(few) for _ in range(random.randrange(2, 6)))


# Points whose arguments depend on each other; they are half of an operator's points.
JOINT: dict[str, Callable[[Random], Point]] = {
    "div": _two_of_a_kind,
    "pow": _base_and_exponent,
    "mod": _dividend_and_divisor,
    "atan2": _two_of_a_kind,
    "hypot": _two_of_a_kind,
    "min": _with_ties,
    "max": _with_ties,
    "clip": lambda random: tuple(_neighbour(random, 1.0) for _ in range(3)),
    "logsumexp": _several,
}


def points(row: Operator) -> Iterator[Point]:
    """Points of the operator's domain, without end and always the same."""
    random = Random(row.name)
    region = REGIONS.get(row.name, Region())
    defined = formula(row.domain or "1")
    while True:
        if row.name in JOINT and random.random() < 0.5:
            point = JOINT[row.name](random)
        else:
            size = random.randrange(max(row.least, 1), 6) if row.variadic else len(row.parameters)
            point = tuple(
                random.random() < 0.5 if index in row.conditions else _number(random, region) for index in range(size)
            )
        if all(map(math.isfinite, point)) and defined(dict(zip(row.parameters, point, strict=not row.variadic))):
            yield point


# What gradcli computes ------------------------------------------------------------------------------------------------


class _ToPython(ast.NodeTransformer):
    """Makes a power in the rule language `math.pow`, and `where` evaluate only the branch that it takes."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802 (the name is Python's)
        self.generic_visit(node)
        if isinstance(node.op, ast.Pow):
            return ast.Call(ast.Name("pow", ast.Load()), [node.left, node.right], [])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802 (the name is Python's)
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "where":
            return ast.IfExp(*node.args)
        return node


def formula(text: str) -> Callable[[dict[str, Any]], Any]:
    """A function that evaluates an expression of the rule language for the values of its names."""
    tree = _ToPython().visit(ast.parse(text.replace("^", "**"), mode="eval"))
    code = compile(ast.fix_missing_locations(tree), text, "eval")
    functions = {name: row.forward for name, row in FUNCTIONS.items()} | CONSTANTS | {"pow": math.pow}
    return lambda values: eval(code, functions, values)


def slopes(row: Operator) -> Callable[[Point, float], list[float]]:
    """The function that gives all slopes of an operator at a point; nan where one raises."""
    if row.variadic:
        return lambda point, out: row.slopes[0](list(point), out)
    rules = [_slope(row, index) for index in range(len(row.partials))]
    return lambda point, out: [attempt(rule, *point, out) for rule in rules]


def _slope(row: Operator, index: int) -> Callable[..., float]:
    if row.slopes and row.slopes[index]:
        return row.slopes[index]
    rule = formula(row.partials[index])
    return lambda *values: float(rule(dict(zip((*row.parameters, "out"), values, strict=True))))


def attempt(function: Callable[..., Any], *arguments: Any) -> Any:
    """The function's value, nan where it raises what arithmetic may raise."""
    try:
        return function(*arguments)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


# The comparison -------------------------------------------------------------------------------------------------------


def ulp_error(got: float, true: Any) -> float:
    """|got − true| in units in the last place of the true value; infinite where only one of them is finite."""
    if not mp.isfinite(true):
        return 0.0 if not math.isfinite(got) else math.inf
    if not math.isfinite(got):
        return 0.0 if abs(true) > LARGEST else math.inf
    exponent = max(mp.frexp(true)[1] - 53, -1074)
    return float(mp.ldexp(abs(mp.mpf(got) - true), -exponent))


class Worst(NamedTuple):
    """The largest error of one quantity: the value of an operator, or its slope with respect to one parameter."""

    operator: str
    quantity: str
    points: int
    error: float
    at: Point
    limit: float
    reason: str

    @property
    def broken(self) -> bool:
        """Whether the error is larger than allowed (also if it is nan)."""
        return not self.error <= self.limit


def measure(row: Operator, count: int = POINTS) -> list[Worst]:
    """The largest errors of an operator's value and slopes over points with a representable value."""
    if row.name not in TRUTHS:
        raise LookupError(f"tests/accuracy.py has no reference for {row.name!r}: add one to TRUTHS")
    value, *partials = TRUTHS[row.name]
    slopes_at = slopes(row)
    worst: list[tuple[float, Point]] = [(0.0, ())] * (1 + len(partials))
    with mp.workdps(DIGITS):
        measured = 0
        for point in points(row):
            exact = [x if isinstance(x, bool) else mp.mpf(x) for x in point]
            true, got = mp.mpf(value(*exact)), float(attempt(row.forward, *point))
            errors = [ulp_error(got, true)]
            if math.isfinite(got) and partials:
                pairs = zip(slopes_at(point, got), partials, strict=not row.variadic)
                errors += [ulp_error(slope, attempt(partial, *exact)) for slope, partial in pairs]
            worst = [max(old, (error, point), key=_first_of) for old, error in zip(worst, [*errors, *[0.0] * 9])]
            measured += abs(true) <= LARGEST
            if measured == count:
                break
    return list(_named(row, measured, worst))
