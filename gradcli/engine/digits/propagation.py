"""How errors of its arguments pass an operator: the error of its value, its slopes, and theirs.

Slopes are looked at over the uncertainty of the arguments, by the functions that the backward pass made of the rows.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from math import inf
from typing import Any

from gradcli.engine.doubles import rules
from gradcli.operators.exceptional import NORMAL
from gradcli.operators.records import Operator
from gradcli.operators.table import POW

ROUNDING = 2.0**-53  # relative, of an operation in IEEE 754
FUNCTION = 2.0**-51  # the same of a function or slope of the table; 4 or 32 units make no difference to a gate
TINY = 5e-324  # what an underflow may have lost: a bound that would underflow becomes this
NEAR = 1e-3  # of a base, times the exponent: over smaller errors the slope of a power is known without a look
STEEP = 4  # with a pole within the argument's error, a value is no more than so many times what the slope makes of it
# Of an argument: over larger errors a slope is looked at on both sides, and for the value that is there.
FAR = 1e-6
# An error that is larger too may hide all that a function does between two places where it is flat, as tanh(-20) and
# tanh(20): nothing is known.
LARGE = 0.5
_HOLE = re.compile(r"(\w+) [!=]= (-?\d+)")  # a condition of where there is no value, or a slope is infinite

# What leaves a node towards its arguments: index or node of the argument, the size of the slope and the slope's error.
Edges = Sequence[tuple[int, float, float]]

SAME, SUM, PRODUCT, UNARY, QUOTIENT, BINARY, TIE, SHARES, GENERAL, TOTAL, LENGTH = range(11)
ARITHMETIC = {"sum": SUM, "product": PRODUCT, "quotient": QUOTIENT}
BOTH = 2  # arguments of two are wanted


@cache
def kind(operator: Operator) -> tuple[int, Any]:
    """How errors pass an operator: the kind, and the slopes or what finds them."""
    count = len(operator.parameters)
    if operator.arithmetic and operator.variadic:
        return TOTAL, None
    if operator.arithmetic:
        return SAME if count == 1 else ARITHMETIC[operator.arithmetic], None
    if operator.ties:
        return TIE, None
    if operator.weight:
        return SHARES, rules.slopes(operator, (), False)
    if operator.variadic and operator.cone:
        return LENGTH, rules.slopes(operator, (), False)
    if not operator.partials or operator.jump or operator.variadic or operator.discrete or count > 2:
        return GENERAL, None
    has_holes = operator.poles or any(holes(operator))
    if count == 2:
        return (GENERAL, None) if has_holes else (BINARY, _OfTwo(operator))
    found = _straight(operator) or _of_one(operator)
    return UNARY, _around_holes(operator, found) if has_holes else found


# Each argument is moved by its error, one at a time; where a slope has branches or the error is large, to both sides.


def _of_one(operator: Operator) -> Callable[..., tuple[float, float, float]]:
    """The error of a function's value, the size of its slope and the slope's error, from the argument, the value and
    the argument's error.
    """
    slope, far, forward = rules.slopes(operator, (0,)), far_of(operator), operator.read()
    tiny = tiny_of(operator, 0)

    def found(x: float, out: float, error: float) -> tuple[float, float, float]:
        here, total = slope(x, out), abs(out)
        size, rounding = abs(here), total * FUNCTION
        off = size * FUNCTION
        if size < NORMAL:
            off += tiny
        if total < NORMAL and (x or error):
            rounding += TINY
        if not error:
            return rounding, size, off
        moved = here * error
        if total > 1 and STEEP * abs(moved) >= total:
            return inf, size, inf
        if error > FAR * abs(x):
            if error > LARGE:
                return inf, size, inf
            change = abs(slope(x + error, forward(x + error)) - here) + abs(slope(x - error, forward(x - error)) - here)
        else:
            change = abs(slope(x + error, out + moved) - here)
            if error > far * abs(x):
                change += abs(slope(x - error, out - moved) - here)
        return rounding + (size + change) * error, size, off + change

    return found


def _around_holes(
    operator: Operator, found: Callable[..., tuple[float, float, float]]
) -> Callable[..., tuple[float, float, float]]:
    """That of a function with holes: where one is within the error nothing is known, be there no pole, as of acot."""

    def around(x: float, out: float, error: float) -> tuple[float, float, float]:
        return (inf, inf, inf) if error and meets_hole(operator, 0, x, error) else found(x, out, error)

    return around


@cache
def holes(operator: Operator) -> tuple[tuple[float, ...], ...]:
    """For each parameter the numbers at which a function has no value or an infinite slope."""
    conditions = [*operator.domain, *(partial.steep for partial in operator.partials)]
    found = [hole for hole in map(_HOLE.fullmatch, conditions) if hole]
    return tuple(tuple({float(hole[2]) for hole in found if hole[1] == name}) for name in operator.parameters)


def meets_hole(operator: Operator, index: int, x: float, error: float) -> bool:
    """Whether one of them is within the error of an argument, or one of a row of poles."""
    if operator.poles and x - error <= 0 and error >= abs(x - min(round(x), 0)):
        return True
    return any(error >= abs(x - hole) for hole in holes(operator)[index])


def _of_one_of_two(operator: Operator, index: int) -> Callable[..., tuple[float, float, float]]:
    """The same for a function of two arguments of which one has no error, and no slope is asked for."""
    slope, far, forward = _own_first(operator, index), far_of(operator), _own_first_value(operator, index)
    tiny = tiny_of(operator, index)
    is_base = operator is POW and index == 0

    def found(x: float, other: float, out: float, error: float) -> tuple[float, float, float]:
        here, total = slope(x, other, out), abs(out)
        size, rounding = abs(here), total * FUNCTION
        off = size * FUNCTION
        if size < NORMAL:
            off += tiny
        if total < NORMAL and (x or error):
            rounding += TINY
        if not error:
            return rounding, size, off
        moved = here * error
        if total > 1 and STEEP * abs(moved) >= total:
            return inf, size, inf
        if is_base and error * (1 + abs(other)) <= NEAR * abs(x):
            change = 2 * size * (1 + abs(other)) * error / abs(x)  # as (1 + e)^(y - 1) is not far from 1 + (y - 1)·e
        elif error > FAR * abs(x):
            change = abs(slope(x + error, other, forward(x + error, other)) - here)
            change += abs(slope(x - error, other, forward(x - error, other)) - here)
        else:
            change = abs(slope(x + error, other, out + moved) - here)
            if error > far * abs(x):
                change += abs(slope(x - error, other, out - moved) - here)
        return rounding + (size + change) * error, size, off + change

    return found


def _own_first(operator: Operator, index: int) -> Callable[..., float]:
    """The slope by one of two arguments, as a function that takes this one first."""
    slope = rules.slopes(operator, (index,))

    def swapped(x: float, other: float, out: float) -> float:
        return slope(other, x, out)  # type: ignore[no-any-return]

    return swapped if index else slope


def _own_first_value(operator: Operator, index: int) -> Callable[..., float]:
    """The function as one that takes this argument first."""
    forward = operator.read()
    return (lambda x, other: forward(other, x)) if index else forward


def _of_both(operator: Operator) -> Callable[..., tuple[float, ...]]:
    """The same for a function of two arguments, with both slopes and their errors."""
    slopes, far = rules.slopes(operator, (0, 1)), far_of(operator)
    far_changes = _far_of_cone if operator.cone else _far_of_two(operator)
    tiny_x, tiny_y = tiny_of(operator, 0), tiny_of(operator, 1)

    def found(x: float, y: float, out: float, error_x: float, error_y: float) -> tuple[float, ...]:
        by_x, by_y = slopes(x, y, out)
        size_x, size_y, total = abs(by_x), abs(by_y), abs(out)
        error, off_x, off_y = total * FUNCTION, size_x * FUNCTION, size_y * FUNCTION
        if size_x < NORMAL:
            off_x += tiny_x
        if size_y < NORMAL:
            off_y += tiny_y
        if total < NORMAL and not x == y == error_x == error_y == 0:
            error += TINY
        if error_x:
            if error_x > far * abs(x):
                change, other = far_changes(x, y, out, by_x, by_y, error_x, 0.0)
            else:
                change, other = _changes(slopes(x + error_x, y, out + by_x * error_x), by_x, by_y)
            error, off_x, off_y = error + (size_x + change) * error_x, off_x + change, off_y + other
        if error_y:
            if error_y > far * abs(y):
                other, change = far_changes(x, y, out, by_x, by_y, 0.0, error_y)
            else:
                other, change = _changes(slopes(x, y + error_y, out + by_y * error_y), by_x, by_y)
            error, off_x, off_y = error + (size_y + change) * error_y, off_x + other, off_y + change
        return error, size_x, off_x, size_y, off_y

    return found


def _far_of_two(operator: Operator) -> Callable[..., tuple[float, float]]:
    """How much both slopes change as one argument is moved by a large error to both sides."""
    slopes, forward = rules.slopes(operator, (0, 1)), operator.read()

    def changes(
        x: float, y: float, _out: float, by_x: float, by_y: float, error_x: float, error_y: float
    ) -> tuple[float, float]:
        total_x = total_y = 0.0
        for u, v in ((x + error_x, y + error_y), (x - error_x, y - error_y)):
            change_x, change_y = _changes(slopes(u, v, forward(u, v)), by_x, by_y)
            total_x, total_y = total_x + change_x, total_y + change_y
        return total_x, total_y

    return changes


def _far_of_cone(
    _x: float, _y: float, out: float, _by_x: float, _by_y: float, error_x: float, error_y: float
) -> tuple[float, float]:
    """The same of a length; between two sides on which its slopes are alike they may be others."""
    turn = turned(error_x + error_y, out)
    return turn, turn


def turned(moved: float, out: float) -> float:
    """How far a vector of length 1 in the direction of one of length `out` moves at the most as that moves by `moved`.

    The distance of two such vectors is at most twice that of the vectors divided by the sum of their lengths (C. F.
    Dunkl and K. S. Williams, A Simple Norm Inequality, 1964).
    """
    return 2 * moved / (2 * out - moved) if 0 < moved < out else 2.0 if moved else 0.0


def _changes(there: tuple[float, float], by_x: float, by_y: float) -> tuple[float, float]:
    return abs(there[0] - by_x), abs(there[1] - by_y)


class _OfTwo(dict[int, Callable[..., Any]]):
    """Those of a function of two arguments, by the index of the one that is wanted or 2 for both; made when needed."""

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator

    def __missing__(self, wanted: int) -> Callable[..., Any]:
        self[wanted] = _of_both(self.operator) if wanted == BOTH else _of_one_of_two(self.operator, wanted)
        return self[wanted]


def _straight(operator: Operator) -> Callable[..., tuple[float, float, float]] | None:
    """That of a function that is x times a number on both sides of a kink at 0; None for another one."""
    if [kink.at for kink in operator.kinks] != ["x"]:
        return None
    branches = [operator.branches[index] for index in (operator.kinks[0].above, operator.kinks[0].below)]
    if {branch.takes for branch in branches} - {"x", "-x", "0"}:
        return None
    right, left = (abs(float(slope)) for branch in branches for slope in branch.partials)
    otherwise = _of_one(operator)

    def found(x: float, out: float, error: float) -> tuple[float, float, float]:
        if x > error:
            return right * error, right, 0.0
        return (left * error, left, 0.0) if -x > error else otherwise(x, out, error)

    return found


def far_of(operator: Operator) -> float:
    """From which error of an argument on, relative to it, a slope is looked at on both sides."""
    return 0.0 if operator.branches else FAR


def is_lost(x: float, error: float) -> bool:
    """Whether a function may be any number where its argument has this error."""
    return error > LARGE and error > FAR * abs(x)


def tiny_of(operator: Operator, index: int) -> float:
    """How far off a slope below the normal doubles is; a slope of 0 that is written so, be it of a branch, is exact."""
    branches = [branch.partials[index] for branch in operator.branches]
    return 0.0 if "0" in (branches or [operator.partials[index].formula]) else TINY


def quotient(x: float, y: float, out: float, error_x: float, error_y: float) -> tuple[float, ...]:
    """The same of a quotient, in one place since quotients are frequent: its slopes are ±1/y and ±out/y."""
    size, far = abs(y), abs(out)
    if error_y > FAR * size:
        return inf, inf, inf, inf, inf
    steep = 1.0 / size
    by_y = far * steep
    off = 2 * error_y * steep + FUNCTION if error_y else FUNCTION  # relative, of 1/y
    error = (error_x + far * error_y) * steep + far * FUNCTION
    off_x, off_y = steep * off, by_y * off + error * steep
    if steep < NORMAL or far < NORMAL or by_y < NORMAL or size < NORMAL:
        lost = TINY if x or error_x else 0.0
        error, off_x, off_y = (error_x + far * error_y) / size + far * FUNCTION + lost, off_x + TINY, off_y + lost
    return error, steep, off_x, by_y, off_y
