"""Measure every row of the operator table against arithmetic with 80 digits: `python -m tests.accuracy`.

For each operator the table that is printed gives the largest error of its value and of each of its slopes in ulp
(units in the last place; for a subnormal result the spacing of the subnormal numbers), where it was found, and the
limit. The points are reproducible: random ones of every magnitude, of the range where the function bends, and
neighbours of special points; no part of a domain is left out. The exit code is 1 if a limit is broken.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from random import Random
from typing import Any, NamedTuple

from mpmath import mp  # type: ignore[import-untyped]
from mpmath.libmp import to_rational  # type: ignore[import-untyped]

from gradcli.engine.doubles import rules
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, INFIX, PREFIX
from tests.helpers.definitions import Truth, attempt, references

DIGITS = 80
POINTS = 3000
LARGEST = sys.float_info.max
NORMAL = sys.float_info.min
SUBNORMAL = math.ulp(0.0)

VALUE_LIMIT = 2.0
SLOPE_LIMIT = 5.0
VALUE_LIMITS = {
    "erfc": (8.0, "it is the C library's"),
    "gelu": (8.0, "it contains the C library's erfc"),
    **dict.fromkeys(("csch", "asech", "acsch"), (2.5, "it is made of two functions of the C library")),
    "sum": (0.51, "arrays round it after what its roundings lose, which is rounded too"),
    "silu": (4.0, "in the tail it is x times e^(x/2) twice"),
}
SLOPE_LIMITS = {"gelu": (32.0, "it is the sum of the C library's erfc and a term of the other sign")}

Point = tuple[Any, ...]


# What is true ---------------------------------------------------------------------------------------------------------


def _power(x: Any, y: Any) -> Any:
    if x == 0 or y == 0:
        return mp.mpf(y == 0)
    size = mp.exp(y * mp.log(abs(x)))
    return -size if x < 0 and y % 2 == 1 else size


def _power_slope_base(x: Any, y: Any) -> Any:
    if x == 0:
        return mp.mpf(y == 1) if y == 0 or y >= 1 else mp.nan
    return y * _power(x, y) / x


def _power_slope_exponent(x: Any, y: Any) -> Any:
    if x > 0:
        return _power(x, y) * mp.log(x)
    return mp.zero if x == 0 and y > 0 else mp.nan


def _exact(x: Any) -> Fraction:
    """The number as a fraction: 80 digits are too few for the quotient of two floats."""
    return Fraction(*to_rational(x._mpf_))


def _modulus(x: Any, y: Any) -> Any:
    rest = _exact(x) % _exact(y)
    return mp.mpf(rest.numerator) / rest.denominator


def _inverse_square(x: Any) -> Any:
    return 1 / mp.sqrt((1 - x) * (1 + x))


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


def _clamped(x: Any) -> Any:
    """x, or ±10000 beyond: e^(−x²) is 0 long before, and mpmath's erfc cannot do without."""
    return max(min(x, mp.mpf(10**4)), mp.mpf(-(10**4)))


def _normal(x: Any) -> Any:
    return mp.erfc(-_clamped(x) / mp.sqrt(2)) / 2


def _sinc(x: Any) -> Any:
    return mp.sin(x) / x if x else mp.one


def _sinc_slope(x: Any) -> Any:
    """−j₁(x), the spherical Bessel function; by its power series where the difference would cancel."""
    if abs(x) < 1:
        return -x / 3 * mp.hyp0f1(mp.mpf(5) / 2, -x * x / 4)
    return (mp.cos(x) - mp.sin(x) / x) / x


def _total(*arguments: Any) -> Any:
    whole = sum(map(_exact, arguments), Fraction())
    return mp.mpf(whole.numerator) / whole.denominator


def _length(*arguments: Any) -> Any:
    return mp.sqrt(mp.fsum(x**2 for x in arguments))


def _logsumexp(*arguments: Any) -> Any:
    *rest, largest = sorted(arguments)
    return largest + mp.log1p(mp.fsum(mp.exp(x - largest) for x in rest))


def _softmax(index: int) -> Truth:
    return lambda *arguments: 1 / mp.fsum(mp.exp(x - arguments[index]) for x in arguments)


def _first(index: int, extreme: Callable[..., Any]) -> Truth:
    """1 if the first argument that holds the extreme value is the one with this index."""
    return lambda *arguments: mp.mpf(arguments.index(extreme(arguments)) == index)


def _gamma(x: Any) -> Any:
    if abs(x) < 10**5:
        return mp.gamma(x)
    return mp.exp(mp.loggamma(x)) if x > 0 else mp.pi / (mp.sinpi(x) * mp.exp(mp.loggamma(1 - x)))


def _log_gamma(x: Any) -> Any:
    return mp.log(abs(_gamma(x)))


def _polygamma(n: Any, x: Any) -> Any:
    """ψₙ; below 0 by reflection, where π·cot πx has the poles of ψ for the distances to the whole numbers beside x."""
    if not 0 <= n <= 10**4 or n != int(n):
        return mp.nan  # no order, or one that takes too long
    psi = partial(_right_polygamma, int(n), precision=mp.prec)
    if x > 0:
        return psi(x)
    sign = 1 if n % 2 else -1
    return psi(x - mp.floor(x)) + sign * psi(mp.ceil(x) - x) - sign * psi(1 - x)


@lru_cache(1000)
def _right_polygamma(n: int, x: Any, precision: int) -> Any:
    """Kept, since the distances to whole numbers come again."""
    with mp.workprec(precision):
        return mp.polygamma(n, x)


def _digamma(x: Any) -> Any:
    return _polygamma(0, x)


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
    "detach": (lambda x: x,),
    "floor": (mp.floor, _ZERO),
    "ceil": (mp.ceil, _ZERO),
    "round": (mp.nint, _ZERO),
    "mod": (_modulus, _ONE, lambda x, y: mp.mpf(-(_exact(x) // _exact(y)))),
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
    "gelu": (lambda x: x * _normal(x), lambda x: _normal(x) + x * mp.exp(-(x**2) / 2) / mp.sqrt(2 * mp.pi)),
    "sum": (_total, *_each(lambda _: _ONE)),
    "hypot": (
        lambda x, y: mp.sqrt(x**2 + y**2),
        lambda x, y: x / mp.sqrt(x**2 + y**2) if x else mp.zero,
        lambda x, y: y / mp.sqrt(x**2 + y**2) if y else mp.zero,
    ),
    "length": (_length, *_each(lambda index: lambda *x: x[index] / _length(*x) if x[index] else mp.zero)),
    "erf": (lambda x: mp.erf(_clamped(x)), lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-(x**2))),
    "erfc": (lambda x: mp.erfc(_clamped(x)), lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-(x**2))),
    "sinc": (_sinc, _sinc_slope),
    "logsumexp": (_logsumexp, *_each(_softmax)),
    "erfinv": (mp.erfinv, lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(mp.erfinv(x) ** 2)),
    "lgamma": (_log_gamma, _digamma),
    "gamma": (_gamma, lambda x: _gamma(x) * _digamma(x)),
    "digamma": (_digamma, lambda x: _polygamma(1, x)),
    "polygamma": (_polygamma, lambda n, x: _polygamma(n + 1, x)),
}


def truths(row: Operator) -> tuple[Truth, ...]:
    """The references for an operator's value and slopes: those here, else what its definition says.

    A row without either is an error, so that none is forgotten.
    """
    found = TRUTHS.get(row.name) or (references(row, truths) if row.definition else ())
    if len(found) != 1 + len(differentiable(row)) and not (found and row.variadic):
        raise LookupError(f"TRUTHS in tests/accuracy.py lacks references for {row.name!r}")
    return found


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
    *(0.0, 0.5, 1.0, 1.5, 2.0, math.e, 10.0, 1e8, 2.0**52, 2.0**53, 2.0**512, LARGEST, 1 / LARGEST, NORMAL, SUBNORMAL),
    *(k * math.pi / 2 for k in (1, 2, 3, 4, 5, 6, 11, 710, 10**5, 10**9, 2**50)),
)
EXPONENTIAL = Region(-750, 715, (709.782712893384, 708.3964185322641, 745.1332191019411, 36.7, 18.0, 710.475860073944))
GAMMA = Region(
    -60,
    60,
    (
        *(-0.5, -1.0, -2.0, -3.0, -20.0, -28.0, -29.0, -57.0, 3.0, 28.0, 29.0),
        *(1.4616321449683622, -0.5040830082644554, -1.5734984731623905, -10.70274523826951),  # zeros of digamma
        *(-2.457024738220801, -2.7476826467274126, -3.143580888349981, -3.955294284858598, -10.00000027536),
    ),  # of lgamma
)
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
    "erfinv": Region(-1, 1, (0.5, 1 - 2**-53)),
    "lgamma": GAMMA,
    "gamma": Region(-186, 172, (*GAMMA.special, 171.6243769563027, -176.5, -184.5)),
    "digamma": GAMMA,
    "polygamma": GAMMA,
}


EVERYWHERE = Region()
MADE_OF_OTHERS = Region(-750, 750)  # whatever bends in them


def _magnitude(random: Random, low: float = -1074.0, high: float = 1024.0) -> float:
    """A positive number whose exponent lies between the two given."""
    return math.ldexp(random.uniform(0.5, 1.0), math.ceil(random.uniform(low, high)))


def _number(random: Random, region: Region = EVERYWHERE) -> float:
    """A number of any magnitude, in the region, around 0, or (two in five) the neighbour of a special point."""
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
        for _ in range(random.randrange(4)):
            near = math.nextafter(near, sign * math.inf)
        return near
    return near + sign * abs(near or 1.0) * _magnitude(random, -54, -2)


def _two_of_a_kind(random: Random) -> Point:
    """Two numbers that are less than 2^60 apart, of either sign; also the largest and the smallest there are."""
    x = random.choice((_magnitude(random), SUBNORMAL * random.randrange(1, 9), LARGEST * random.uniform(0.2, 1)))
    y = min(x * _magnitude(random, -random.choice((2, 60)), random.choice((2, 60))), LARGEST)
    pair = (random.choice((-1, 1)) * x, random.choice((-1, 1)) * y + 0.0)
    return random.choice((pair, pair[::-1]))


def _dividend_of_small_divisor(random: Random) -> Point:
    """A quotient of any magnitude, subnormal ones included, by a divisor of moderate magnitude."""
    y = random.choice((-1, 1)) * _magnitude(random, -40, 40)
    return y * _magnitude(random), y


def _base_and_exponent(random: Random) -> Point:
    """A power with a chosen magnitude of the result, or a base of either sign with a whole exponent."""
    x = random.choice((_magnitude(random), _neighbour(random, 1.0), random.uniform(0, 4)))
    log = math.log2(x) if x > 0 else 0.0
    result = random.choice((random.uniform(-1078, 1024), _neighbour(random, random.choice((-1074.0, -1022.0, 1024.0)))))
    y = result / log if log else random.uniform(-9, 9)
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
        depth = random.choice((1.0, 10.0, 740.0))
        rest = [-random.uniform(0, depth) - math.log(size - 1) for _ in numbers[1:]]
        last = math.log1p(-math.fsum(map(math.exp, rest)))
        numbers = [*rest, last + random.randrange(-2, 3) * math.ulp(last)]
        random.shuffle(numbers)
    return tuple(numbers)


def _with_ties(random: Random) -> Point:
    """Up to five numbers, of which some are equal."""
    few = [_number(random) for _ in range(3)]
    return tuple(random.choice(few) for _ in range(random.randrange(2, 6)))


def _cancelling(random: Random) -> Point:
    """Up to five numbers of which all but the last digits cancel."""
    numbers = [_number(random) for _ in range(random.randrange(1, 5))]
    return (*numbers, _neighbour(random, -math.fsum(numbers)))


# Points whose arguments depend on each other; they are half of an operator's points.
JOINT: dict[str, Callable[[Random], Point]] = {
    "div": _dividend_of_small_divisor,
    "pow": _base_and_exponent,
    "mod": _dividend_and_divisor,
    "atan2": _two_of_a_kind,
    "hypot": _two_of_a_kind,
    "min": _with_ties,
    "max": _with_ties,
    "sum": _cancelling,
    "length": lambda random: (*_two_of_a_kind(random), *_two_of_a_kind(random)),
    "clip": lambda random: tuple(_neighbour(random, 1.0) for _ in range(3)),
    "logsumexp": _several,
}


def _argument(row: Operator, index: int, random: Random, region: Region = EVERYWHERE) -> float | bool:
    """An argument of one row: a condition, an order, or a number."""
    if index in row.conditions:
        return random.random() < 0.5
    if index in row.orders:
        return float(random.choice((0, 1, 2, random.randrange(60))))
    return _number(random, region)


def points(row: Operator) -> Iterator[Point]:
    """Points of the operator's domain, without end and always the same."""
    random = Random(row.name)
    region = REGIONS.get(row.name, MADE_OF_OTHERS if row.definition else EVERYWHERE)
    domain = [rules.expression(condition, row.parameters) for condition in row.domain]
    while True:
        if row.name in JOINT and random.random() < 0.5:
            point = JOINT[row.name](random)
        else:
            size = random.randrange(max(row.least, 1), 6) if row.variadic else len(row.parameters)
            point = tuple(_argument(row, index, random, region) for index in range(size))
        if all(map(math.isfinite, point)) and all(condition(*point) for condition in domain):
            yield point


# What gradcli computes ------------------------------------------------------------------------------------------------


def differentiable(row: Operator) -> list[int]:
    """The indices of the parameters that have a slope."""
    return [index for index in range(len(row.parameters)) if index not in row.discrete and not row.condition]


def slopes(row: Operator, point: Point, out: float) -> list[float]:
    """All slopes of an operator at a point, found as the backward pass finds them."""
    if row.variadic:
        return list(rules.slopes(row, tuple(range(len(point))), True)(list(point), out))
    return [_slope(row, index, point, out) for index in differentiable(row)]


def _slope(row: Operator, index: int, point: Point, out: float) -> float:
    try:
        return float(rules.slopes(row, (index,), False)(*point, out))
    except rules.ARITHMETIC_ERRORS:
        return float(rules.slopes(row, (index,), True)(*point, out))


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

    def __str__(self) -> str:
        mark = " <- BROKEN" if self.broken else f"  ({self.reason})" if self.reason else ""
        where = ", ".join(map(repr, self.at)) if self.error else "-"
        error = f"{self.error:.2f}" if self.error < 1e6 else f"{self.error:.1e}"
        return f"{self.operator:<11}{self.quantity:<10}{self.points:>7}{error:>12}{self.limit:>7g}  {where}{mark}"

    @property
    def broken(self) -> bool:
        """Whether the error is larger than allowed."""
        return self.error > self.limit


def measure(row: Operator, count: int = POINTS) -> list[Worst]:
    """The largest errors of an operator's value and slopes, over points with a representable value."""
    value, *partials = truths(row)
    names = [row.parameters[index] for index in differentiable(row)]
    if row.variadic:
        names = [names[0] + str(number) for number in range(1, 1 + len(partials))]
    quantities = ["value", *(f"d/d{name}" for name in names)]
    worst: dict[str, tuple[float, Point]] = dict.fromkeys(quantities, (0.0, ()))
    measured = dict.fromkeys(quantities, 0)
    with mp.workdps(DIGITS):
        for point in points(row):
            for quantity, (got, true) in zip(quantities, compared(row, point, value, partials), strict=False):
                measured[quantity] += bool(abs(true) <= LARGEST)
                error = ulp_error(got, true)
                if error > worst[quantity][0]:
                    worst[quantity] = error, point
            if measured["value"] >= count:
                break
    return [Worst(row.name, of, measured[of], *worst[of], *limit(row, of)) for of in quantities]


def compared(
    row: Operator, point: Point, value: Callable[..., Any], partials: Sequence[Callable[..., Any]]
) -> list[tuple[float, Any]]:
    """The value and, where it is finite, the slopes at a point, each with what is true."""
    exact = [x if isinstance(x, bool) else mp.mpf(x) for x in point]
    got, true = [float(attempt(row.forward, *point))], [mp.mpf(value(*exact))]
    if math.isfinite(got[0]) and not row.condition:
        got += slopes(row, point, got[0])
        true += [attempt(partial, *exact) for partial in partials[: len(point)]]
    return list(zip(got, true, strict=False))


def limit(row: Operator, quantity: str) -> tuple[float, str]:
    """The allowed error in ulp, and the reason where it is not the general one."""
    if quantity == "value":
        return VALUE_LIMITS.get(row.name, (VALUE_LIMIT, ""))
    return SLOPE_LIMITS.get(row.name, (SLOPE_LIMIT, ""))


ROWS = {row.name: row for row in (*INFIX, *PREFIX, *CALLS)}


def main() -> int:
    """Print the table for the operators named on the command line, or for all."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="FUNCTION", help="an operator or a function; default: all")
    parser.add_argument("--points", type=int, default=POINTS, help="points for each operator (default %(default)s)")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ROWS]
    if unknown:
        parser.error(f"unknown function {unknown[0]!r}")
    print(f"{'function':<11}{'of':<10}{'points':>7}{'worst ulp':>12}{'limit':>7}  at")
    broken = 0
    for name in options.names or ROWS:
        for found in measure(ROWS[name], options.points):
            broken += found.broken
            print(found, flush=True)
    print(f"{broken} limits broken" if broken else "all within their limits")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
