"""What is true of a row of the operator table, with 100 digits: its value, its formulas, its difference quotients.

The functions are the references of tests/accuracy.py.
"""

from collections.abc import Callable, Sequence
from typing import Any

from mpmath import mp  # type: ignore[import-untyped]

from gradcli.operators.records import Operator
from tests.accuracy import Point, truths
from tests.helpers import definitions

DIGITS = 100
STEP = "1e-30"  # of central differences; their error is its square
SIDE = "1e-60"  # of one-sided differences
EQUAL = "1e-25"  # relative distance of what is equal with 100 digits


def exactly(point: Sequence[Any]) -> list[Any]:
    """The numbers of a point for mpmath."""
    return [x if isinstance(x, bool) else mp.mpf(x) for x in point]


def moved(point: Sequence[Any], index: int, by: Any) -> list[Any]:
    """The point with one argument moved, for mpmath."""
    return [x + by if place == index else x for place, x in enumerate(exactly(point))]


def difference(function: Callable[..., Any], point: Sequence[Any], index: int, step: str = STEP) -> Any:
    """The central difference quotient of a function for one argument."""
    h = mp.mpf(step)
    return (function(*moved(point, index, h)) - function(*moved(point, index, -h))) / (2 * h)


def both_sides(row: Operator, point: Sequence[Any], index: int) -> tuple[Any, Any]:
    """The difference quotients of a row to the left and to the right."""
    function, h = truths(row)[0], mp.mpf(SIDE)
    here = function(*exactly(point))
    return (here - function(*moved(point, index, -h))) / h, (function(*moved(point, index, h)) - here) / h


def read(text: str, **arguments: Any) -> Any:
    """A rule of the table at these arguments, with 100 digits."""
    return definitions.read(text, truths, **arguments)


def formula(row: Operator, point: Point, index: int) -> Any:
    """The partial derivative that the table gives."""
    value = truths(row)[0]
    exact = exactly(point)
    if not row.variadic:
        return read(row.formulas[index], **dict(zip(row.parameters, exact, strict=True)), out=value(*exact))
    before = value(*exact[:index]) if index else mp.nan
    return read(row.partial(index).formula, x=exact[index], before=before, out=value(*exact))


def close(got: Any, true: Any) -> bool:
    """Whether two numbers with 100 digits are equal up to the error of a difference quotient."""
    return bool(abs(got - true) <= mp.mpf(EQUAL) * max(1, abs(true)))
