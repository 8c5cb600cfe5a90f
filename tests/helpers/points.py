"""The points at which exported code may go wrong: for every row of the operator table, and for compositions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import isfinite

from gradcli.api import Result, gradient
from gradcli.errors import GradcliError, MathError
from gradcli.export.export import export
from gradcli.language.parser import parse
from gradcli.operators.table import CALLS, INFIX, PREFIX
from tests.helpers.calls import call

_SIZES = (
    1e-200, 1e-9, 0.05, 0.1, 0.5, 1 - 1e-12, 1.0, 1 + 1e-12, 1.5, 2.0, 2.5, 8.3, 20.0, 37.3, 700.0, 709.5, 800.0, 1e10,
    1e160, 1e200,
)  # fmt: skip
ONE = (0.0, *_SIZES, *(-x for x in _SIZES))
TWO = (0.0, 1e-200, -1e-200, 1e-9, -0.5, 0.5, 1.0, -1.0, 2.0, -2.0, 2.5, 3.0, -3.0, 1e10, 1e160, -1e160, 1e200)
THREE = (-1.0, 0.0, 0.5, 1.0, 2.0)
# What is passed on is 0 times infinity there, or the point lies on a kink, a tie or a pole of a derivative.
COMPOSED = {
    "x*sqrt(x)": [(0.0,), (4.0,)],
    "x*cbrt(x) + x^3*x^0.5": [(0.0,), (8.0,)],
    "y*sqrt(x)": [(0.0, 0.0), (2.0, 9.0)],
    "x*acos(1 - x) + x*asin(1 - x) + x*acosh(1 + x)": [(0.0,), (0.5,)],
    "hypot(x, y)*atan2(y, x)": [(0.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (3.0, 4.0)],
    "hypot(x, 2*y, 3*x)*y": [(0.0, 0.0), (0.0, -1.0), (1e-200, 2e-200), (1e200, 1e180), (3.0, 4.0)],
    "1/sum(x, -y, 1, -1)": [(1e-9, 0.0), (1.0, 1.0 - 1e-16), (1e300, 1e290)],
    "b*(a/x)": [(0.0, 1.0, 1e-200), (2.0, 1.0, 4.0)],
    "relu(sqrt(x) - 1)*sqrt(x)": [(0.0,), (1.0,), (4.0,)],
    "where(x > 0, log(x), x)*x": [(0.0,), (-1.0,), (2.0,)],
    "where(x > 0 and log(x) < 1 or not y >= 0, sqrt(abs(x)), y*x)": [(0.5, 1.0), (5.0, 1.0), (5.0, -1.0), (-2.0, 0.0)],
    "where(x == 0, 1, sin(x)/x)": [(0.0,), (2.0,)],
    "where((x > 0 or x > 0) and (1/y > 2 or sqrt(y)*sin(sqrt(y)) > 1), x*y, y)": [
        (0.0, 0.0),
        (0.0, -1.0),
        (1.0, 0.1),
        (1.0, 1.0),
        (2.0, 4.0),
    ],
    "where(x > 1, sqrt(x)*2, 0) + where(x > 2, sin(sqrt(x)), 0)": [(-1.0,), (1.5,), (3.0,)],
    "s = a*log(x); where(x > 1, s, 0) + where(x > 2, 2*s, 0)": [(2.0, -1.0), (2.0, 0.0), (2.0, 1.5), (2.0, 3.0)],
    "where(z < y, exp(y), max(z*asin(y), exp(asin(y))))": [(0.5, 2.0), (2.0, 0.5)],
    "x + (relu(z)^0.5)^0.5 + sqrt(relu(z))": [(1.0, -2.0), (1.0, 2.0)],
    "s = where(x < y, 1, x); t = where(y > 2, x, s); asin(t)*exp(asin(t))": [(0.0, 1.0), (0.5, 0.2)],
    "s = x^2; t = where(x > 5, s, 0); s": [(1.0,)],
    "x^y + y^2": [(0.0, 2.0), (0.0, 1.0), (2.0, 0.0), (1.0, -1.5), (1e-200, 1.0)],
    "x^0 + 0^x + x^1": [(0.0,), (2.0,)],
    "max(x, y, x) - min(x, y) + abs(x - y) + relu(x - y)": [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0)],
    "clip(x, 2, 1) + clip(x, y, y)": [(0.0, 1.0), (1.0, 1.0), (1.5, 3.0), (5.0, 2.0)],
    "1e20*tanh(x) + 1e20*sigmoid(x) + 1e20*expm1(x)": [(-20.0,), (-40.0,)],
    "logsumexp(x, y, 0) - max(x, y, 0)": [(0.0, 0.0), (800.0, 1.0), (-800.0, -700.0)],
    "logsumexp(x, y)": [(1e15, 1e15), (1e300, 1e300), (0.0, -40.0), (-1e300, -1e300), (3.0, -1e300)],
    "mod(z, y)": [(-0.36, 1e-8), (0.36, 1e-8), (-0.36, 3.0), (6.0, 0.1), (-6.0, -0.1)],
    "elu(x)*softplus(y)": [(1000.0, -800.0), (-1000.0, 800.0), (0.0, 0.0)],
    "pi*e + 2*pi": [()],
}

# A slope is infinite there, and what it is multiplied by is 0 for every x: no number.
_ZEROS = ("0*x", "(x - x)", "(x/x - 1)", "(x^0 - 1)", "0/x", "where(x > 0, 0*x, x - x)", "(2*x - x - x)")
_AT_ZERO = (
    "sqrt({})", "cbrt({})", "({})^0.5", "asin(1 + {})", "acos({} - 1)", "acosh(1 + {})", "asec(1 + {})",
    "asech(1 + {})", "1e3*sqrt({})/3", "relu(3 - sqrt({}))", "-cbrt({}*3)", "sqrt(sqrt({}))",
)  # fmt: skip
VANISHING = tuple(outer.format(zero) for outer in _AT_ZERO for zero in _ZEROS)


@dataclass(frozen=True)
class Case:
    """An expression with points at which its exported code may go wrong."""

    text: str
    points: Sequence[Sequence[float]]

    @cached_property
    def results(self) -> list[Result]:
        """Of gradcli, at the points at which they are all finite."""
        found = self.some(0, 1)
        assert found
        return found

    def some(self, start: int, step: int) -> list[Result]:
        """Those at every so many points."""
        return list(_finite(self.text, self.points[start::step]))


@cache
def cases() -> tuple[Case, ...]:
    """For each row a call, and w times the call, where w is 0, small and large; then the compositions."""
    return (*_rows(), *(Case(text, points) for text, points in COMPOSED.items()))


@cache
def cases_for(backend: str) -> tuple[Case, ...]:
    """The cases whose functions, and those of whose gradients, the backend has."""
    return tuple(case for case in cases() if _is_written(case.text, backend))


def _is_written(text: str, backend: str) -> bool:
    try:
        export(parse(text), backend)
    except GradcliError as error:
        if error.code != "unspelled-function":
            raise
        return False
    return True


def _rows() -> Iterator[Case]:
    for row in (*INFIX, *PREFIX, *CALLS):
        if row.condition:
            continue
        for size in range(max(2, row.least), 4) if row.variadic else (len(row.parameters),):
            text = f"({call(row, 'xyz'[:size])})"
            count = size - len(row.orders)
            points = list(product({1: ONE, 2: TWO, 3: THREE}[count], repeat=count))
            yield Case(text, points)
            yield Case(f"w*{text}", [(w, *point) for w in (0.0, 1e20) for point in points])


def _finite(text: str, points: Sequence[Sequence[float]]) -> Iterator[Result]:
    graph = parse(text)
    for point in points:
        try:
            result = gradient(graph, dict(zip(graph.variables, point, strict=True)))
        except MathError:
            continue
        if all(map(isfinite, result.gradient.values())):
            yield result
