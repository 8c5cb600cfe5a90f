"""Forward mode, for comparison with the backward pass: a tangent beside each value, in 50-digit arithmetic.

The functions and their derivatives are written here once more, by hand and with mpmath; nothing is shared with the
operator table but the names, and the definitions of functions that are made of others.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from mpmath import mp, mpf

from gradcli.graph import Graph
from gradcli.language.parser import parse_rule
from gradcli.operators.table import CONSTANT, OPERATORS, VARIABLE

mp.dps = 50

# Shown the place (a node; in a definition those around it before), the name and the arguments of what is applied, it
# gives the arguments to apply it to.
Look = Callable[[tuple[int, ...], str, list[Any]], list[Any]]
Row = tuple[Callable[..., Any], Callable[..., Sequence[Any]]]


MOST_ORDER = 10_000  # of a polygamma: mpmath adds up four times as many powers
MOST_BITS = 10_000  # of an exponent: mpmath multiplies e by itself as often as a whole number has bits


def _exp(x: mpf) -> mpf:
    """e^x; of what has more bits one beyond all others, or below them."""
    if MOST_BITS < mp.mag(x) < mp.inf:
        return mp.ldexp(mpf(1), int(mp.sign(x)) << MOST_BITS)
    return mp.exp(x)


def _power(x: mpf, y: mpf) -> mpf:
    """x^y, by e^(y·log(x)) where y has more bits."""
    return _exp(y * mp.log(x)) if MOST_BITS < mp.mag(y) < mp.inf and x > 0 else x**y


def _sigmoid(x: mpf) -> mpf:
    return 1 / (1 + _exp(-x))


def _pick(best: Callable[..., mpf]) -> Row:
    return best, lambda *x: [int(index == x.index(best(*x))) for index in range(len(x))]


def _sinc_slope(x: mpf) -> mpf:
    if abs(x) < mpf("1e-60"):  # where the terms cancel
        return -x / 3 * (1 - x**2 / 10 * (1 - x**2 / 28 * (1 - x**2 / 54)))
    return (mp.cos(x) - mp.sin(x) / x) / x


def _power_slopes(x: mpf, y: mpf) -> Sequence[mpf]:
    by_exponent = _power(x, y) * mp.log(x) if x > 0 else mpf(0) if x == 0 and y > 0 else mpf("nan")
    return y * _power(x, y - 1), by_exponent


def _order(number: mpf) -> int:
    """A whole number; raises `ValueError` for one that is none but for rounding, or that would take hours."""
    nearest = mp.nint(number)
    if abs(nearest) > MOST_ORDER or abs(number - nearest) > mp.eps * 2**20 * max(1, abs(nearest)):
        raise ValueError
    return int(nearest)


def _polygamma(n: int, x: mpf) -> mpf:
    """By reflection far below 0, where mpmath goes up to 0 in steps of 1."""
    if x > -100:
        return mp.polygamma(n, x)
    rest, sign = x - mp.floor(x), (-1) ** (n + 1)
    return mp.polygamma(n, rest) + sign * (mp.polygamma(n, 1 - rest) - mp.polygamma(n, 1 - x))


TABLE: Mapping[str, Row] = {
    "identity": (lambda x: x, lambda _: [1]),
    "detach": (lambda x: x, lambda _: [0]),
    "add": (lambda x, y: x + y, lambda *_: [1, 1]),
    "sub": (lambda x, y: x - y, lambda *_: [1, -1]),
    "mul": (lambda x, y: x * y, lambda x, y: [y, x]),
    "div": (lambda x, y: x / y, lambda x, y: [1 / y, -x / y**2]),
    "pow": (_power, _power_slopes),
    "neg": (lambda x: -x, lambda _: [-1]),
    "lt": (lambda x, y: x < y, lambda *_: [0, 0]),
    "le": (lambda x, y: x <= y, lambda *_: [0, 0]),
    "gt": (lambda x, y: x > y, lambda *_: [0, 0]),
    "ge": (lambda x, y: x >= y, lambda *_: [0, 0]),
    "eq": (lambda x, y: x == y, lambda *_: [0, 0]),
    "ne": (lambda x, y: x != y, lambda *_: [0, 0]),
    "and": (lambda x, y: x and y, lambda *_: [0, 0]),
    "or": (lambda x, y: x or y, lambda *_: [0, 0]),
    "not": (lambda x: not x, lambda _: [0]),
    "where": (lambda c, a, b: a if c else b, lambda c, _a, _b: [0, int(c), int(not c)]),
    "exp": (_exp, lambda x: [_exp(x)]),
    "expm1": (mp.expm1, lambda x: [_exp(x)]),
    "log": (mp.log, lambda x: [1 / x]),
    "log2": (lambda x: mp.log(x, 2), lambda x: [1 / (x * mp.log(2))]),
    "log10": (mp.log10, lambda x: [1 / (x * mp.log(10))]),
    "log1p": (mp.log1p, lambda x: [1 / (1 + x)]),
    "sqrt": (mp.sqrt, lambda x: [1 / (2 * mp.sqrt(x))]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: [1 / (3 * mp.cbrt(abs(x)) ** 2)]),
    "sin": (mp.sin, lambda x: [mp.cos(x)]),
    "cos": (mp.cos, lambda x: [-mp.sin(x)]),
    "tan": (mp.tan, lambda x: [mp.sec(x) ** 2]),
    "asin": (mp.asin, lambda x: [1 / mp.sqrt(1 - x * x)]),
    "acos": (mp.acos, lambda x: [-1 / mp.sqrt(1 - x * x)]),
    "atan": (mp.atan, lambda x: [1 / (1 + x * x)]),
    "atan2": (mp.atan2, lambda y, x: [x / (x * x + y * y), -y / (x * x + y * y)]),
    "sinh": (mp.sinh, lambda x: [mp.cosh(x)]),
    "cosh": (mp.cosh, lambda x: [mp.sinh(x)]),
    "tanh": (mp.tanh, lambda x: [mp.sech(x) ** 2]),
    "asinh": (mp.asinh, lambda x: [1 / mp.sqrt(x * x + 1)]),
    "acosh": (mp.acosh, lambda x: [1 / mp.sqrt(x * x - 1)]),
    "atanh": (mp.atanh, lambda x: [1 / (1 - x * x)]),
    "abs": (abs, lambda x: [1 if x >= 0 else -1]),
    "sign": (mp.sign, lambda _: [0]),
    "min": _pick(min),
    "max": _pick(max),
    "clip": (
        lambda x, low, high: min(max(x, low), high),
        lambda x, low, high: [0, 0, 1] if max(x, low) > high else [0, 1, 0] if x < low else [1, 0, 0],
    ),
    "floor": (mp.floor, lambda _: [0]),
    "ceil": (mp.ceil, lambda _: [0]),
    "round": (mp.nint, lambda _: [0]),
    "mod": (lambda x, y: x - y * mp.floor(x / y), lambda x, y: [1, -mp.floor(x / y)]),
    "relu": (lambda x: max(x, mpf(0)), lambda x: [int(x >= 0)]),
    "leaky_relu": (lambda x, a: x if x >= 0 else a * x, lambda x, a: [1, 0] if x >= 0 else [a, x]),
    "elu": (lambda x: x if x >= 0 else mp.expm1(x), lambda x: [1 if x >= 0 else _exp(x)]),
    "sigmoid": (_sigmoid, lambda x: [_sigmoid(x) * _sigmoid(-x)]),
    "softplus": (lambda x: mp.log1p(_exp(x)), lambda x: [_sigmoid(x)]),
    "silu": (lambda x: x * _sigmoid(x), lambda x: [_sigmoid(x) + x * _sigmoid(x) * _sigmoid(-x)]),
    "gelu": (lambda x: x * mp.ncdf(x), lambda x: [mp.ncdf(x) + x * mp.npdf(x)]),
    "hypot": (mp.hypot, lambda x, y: [x / mp.hypot(x, y), y / mp.hypot(x, y)]),
    "erf": (mp.erf, lambda x: [2 / mp.sqrt(mp.pi) * _exp(-x * x)]),
    "erfc": (mp.erfc, lambda x: [-2 / mp.sqrt(mp.pi) * _exp(-x * x)]),
    "erfinv": (mp.erfinv, lambda x: [mp.sqrt(mp.pi) / 2 * _exp(mp.erfinv(x) ** 2)]),
    "lgamma": (lambda x: mp.re(mp.loggamma(x)), lambda x: [mp.digamma(x)]),
    "gamma": (mp.gamma, lambda x: [mp.gamma(x) * mp.digamma(x)]),
    "digamma": (mp.digamma, lambda x: [_polygamma(1, x)]),
    "polygamma": (lambda n, x: _polygamma(_order(n), x), lambda n, x: [0, _polygamma(_order(n) + 1, x)]),
    "sinc": (mp.sinc, lambda x: [_sinc_slope(x)]),
    "length": (
        lambda *x: mp.sqrt(mp.fsum(t * t for t in x)),
        lambda *x: [t / mp.sqrt(mp.fsum(s * s for s in x)) for t in x],
    ),
    "sum": (lambda *x: mp.fsum(x), lambda *x: [1] * len(x)),
    "logsumexp": (
        lambda *x: mp.log(mp.fsum(map(_exp, x))),
        lambda *x: [_exp(t) / mp.fsum(map(_exp, x)) for t in x],
    ),
}


def tangent(graph: Graph, at: Mapping[str, float], variable: str) -> float:
    """The derivative of the output with respect to a variable, by one forward sweep. Raises where it has no value."""
    return float(sweep(graph, at, variable)[1])


def sweep(
    graph: Graph,
    at: Mapping[str, float],
    variable: str = "",
    computed: Sequence[Any] | None = None,
    look: Look | None = None,
) -> tuple[Any, Any]:
    """The output's value and tangent. Nodes that are None in `computed` are passed over: no branch takes them."""
    values, tangents = sweep_of_all(graph, at, variable, computed, look)
    return values[graph.output], tangents[graph.output]


def sweep_of_all(
    graph: Graph,
    at: Mapping[str, float],
    variable: str = "",
    computed: Sequence[Any] | None = None,
    look: Look | None = None,
) -> tuple[Sequence[Any], Sequence[Any]]:
    """The values and tangents of all nodes."""
    leaves = {name: (mpf(number), mpf(name == variable)) for name, number in at.items()}
    return _swept(graph, leaves, computed, look)


def slope(name: str, arguments: list[Any], index: int) -> Any:
    """The local derivative for one argument; None where there is none."""
    return _apply(name, arguments, [mpf(place == index) for place in range(len(arguments))], None, ())[1]


def _swept(
    graph: Graph,
    leaves: Mapping[str, tuple[Any, Any]],
    computed: Sequence[Any] | None = None,
    look: Look | None = None,
    within: tuple[int, ...] = (),
) -> tuple[Sequence[Any], Sequence[Any]]:
    values: list[Any] = []
    tangents: list[Any] = []
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        if operator is VARIABLE:
            value, tangent_ = leaves[graph.names[node]]
            values.append(value)
            tangents.append(tangent_)
        elif operator is CONSTANT:
            # In a definition π is π; in what a user writes it is the float nearest to it.
            values.append(+mp.pi if within and graph.names.get(node) == "pi" else mpf(graph.values[node]))
            tangents.append(mpf(0))
        elif computed is not None and computed[node] is None:
            values.append(None)
            tangents.append(mpf(0))
        else:
            arguments, place = [values[x] for x in inputs], (*within, node)
            if look is not None:
                arguments = look(place, operator.name, arguments)
            value, tangent_ = _apply(operator.name, arguments, [tangents[x] for x in inputs], look, place)
            values.append(value)
            tangents.append(tangent_)
    return values, tangents


@cache
def _read(definition: str) -> Graph:
    return parse_rule(definition)


def _apply(
    name: str, arguments: list[Any], tangents: list[Any], look: Look | None, place: tuple[int, ...]
) -> tuple[Any, Any]:
    """Value and tangent of one node; None where there is none. A function that is made of others is its definition."""
    if name not in TABLE:
        row = OPERATORS[name]
        leaves = zip(arguments, tangents, strict=True)
        definition = _read(row.definition)
        made = _swept(definition, dict(zip(row.parameters, leaves, strict=True)), look=look, within=place)
        return made[0][definition.output], made[1][definition.output]
    function, slopes = TABLE[name]
    if None in (arguments[:1] if name in ("where", "and", "or") else arguments):
        return None, None
    try:
        value = function(*arguments)
    except (ZeroDivisionError, ValueError, TypeError):
        return None, None
    if value is None or not any(tangents):
        return value, mpf(0)
    try:
        return value, mp.fsum(slope * t for slope, t in zip(slopes(*arguments), tangents, strict=True) if slope and t)
    except (ZeroDivisionError, ValueError, TypeError):
        return value, None
