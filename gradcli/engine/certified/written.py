"""What the numbers of a text and of a point mean: what is written, not the doubles nearest to it."""

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isfinite
from typing import Any

from gradcli.engine.binding import usable
from gradcli.engine.digits import balls
from gradcli.engine.digits.ball_passes import NOT_KNOWN, BallPasses
from gradcli.engine.digits.balls import ZERO, Ball, ball
from gradcli.engine.digits.problem import Problem
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.characters import plain
from gradcli.language.missing import missing_values
from gradcli.language.parser import parse
from gradcli.operators.decimals.precision import context
from gradcli.operators.exceptional import NORMAL
from gradcli.text import Settled, short_exponent

NEAREST = 40  # digits that tell the nearest double
SHOWN = 16  # digits of a double
_LITERAL = re.compile(r"[-+(\s]*((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")

Written = str | Decimal | Fraction | float
Meant = Decimal | Fraction | Graph  # a graph is a constant expression


def point_of(graph: Graph, at: Mapping[str, Written]) -> dict[str, Meant]:
    """What the values of the variables mean; raises `GradcliError` for missing and unusable ones."""
    missing = [name for name in graph.variables if name not in at]
    if missing:
        raise missing_values(graph, missing, at)
    return {name: _meant(name, at[name]) for name in graph.variables}


def _meant(name: str, value: Any) -> Meant:
    """A value of the point: a number, or a constant expression."""
    if isinstance(value, (Decimal, Fraction)) and (isinstance(value, Fraction) or value.is_finite()):
        return value
    if not isinstance(value, str):
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return Decimal(value if is_whole else usable(name, value))
    if re.fullmatch(r"\s*-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", value):
        return Decimal(value.strip())
    graph = parse(value)
    try:
        if not graph.variables and isinstance(nearest_double(graph), float):
            return graph
    except NOT_KNOWN:
        pass
    raise GradcliError("value-not-finite", {"name": name, "value": repr(value)}, source="at")


def nearest_double(number: Meant) -> float:
    """The double nearest to a value of the point, infinite beyond them."""
    with localcontext(context(NEAREST)):
        return float(in_digits(number).middle)


def beyond_doubles(number: Meant) -> Settled | None:
    """A value of the point that is too large or too small for a double, with the digits of one; None for another."""
    with localcontext(context(NEAREST)):
        middle = in_digits(number).middle
        if not middle or (isfinite(float(middle)) and abs(float(middle)) >= NORMAL):
            return None
        exact = context(SHOWN).normalize(middle)
    return Settled(short_exponent(str(exact).lower()), float(exact), is_exact=exact == middle)


def in_digits(number: Meant) -> Ball:
    """A value of the point, in the present precision."""
    if isinstance(number, Graph):
        return _evaluated(number)
    return ball(number.numerator) / ball(number.denominator) if isinstance(number, Fraction) else ball(number)


def _evaluated(graph: Graph) -> Ball:
    """The value of a constant expression."""
    work = BallPasses(Problem.written(graph, leaves_of(graph, {})), 0)
    work.nothing = work.vanishing = ZERO
    work.forward()
    found: Ball = work.values[graph.output]
    return found


def leaves_of(graph: Graph, point: Mapping[str, Meant]) -> dict[int, Ball | Decimal]:
    """The values of all leaves in the present precision."""
    found: dict[int, Ball | Decimal] = {node: in_digits(point[name]) for name, node in graph.variables.items()}
    # One ball for each constant: it is equal to itself.
    constants = {name: balls.CONSTANTS[name]() for name in balls.CONSTANTS.keys() & set(graph.names.values())}
    for node, number in literals(graph).items():
        found[node] = constants.get(graph.names.get(node, ""), number)
    return found


def literals(graph: Graph) -> dict[int, Decimal]:
    """The numbers of a graph as its text has them; without a text, the shortest ones that mean the same doubles."""
    text = plain(graph.text)
    starts = graph.starts or [0] * len(graph)
    return {node: _literal(value, text, starts[node]) for node, value in graph.values.items()}


def _literal(value: float, text: str, start: int) -> Decimal:
    match = _LITERAL.match(text, start)
    if match and float(match[1]) == abs(value):
        return Decimal(match[1]).copy_sign(Decimal(value))
    return Decimal(repr(value))
