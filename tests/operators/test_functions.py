"""The numeric functions of the operator table: their accuracy, their special values, and what they raise."""

import math
from itertools import islice

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.engine.doubles import rules
from gradcli.frozen import with_other
from gradcli.operators.records import Operator
from tests import accuracy
from tests.accuracy import ROWS, TRUTHS, Point, differentiable, measure, points, slopes, truths, ulp_error

INF, NAN = math.inf, math.nan
SMALLEST = math.ulp(0.0)

VALUES = [
    ("abs", (-3.0,), 3.0),
    ("cbrt", (27.0,), 3.0),
    ("cbrt", (-8e300,), -2e100),
    ("cbrt", (0.0,), 0.0),
    ("ceil", (-2.5,), -2.0),
    ("clip", (5.0, 1.0, 3.0), 3.0),
    ("clip", (2.0, 3.0, 1.0), 1.0),
    ("elu", (-1000.0,), -1.0),
    ("erfinv", (-0.0,), -0.0),
    ("floor", (-2.5,), -3.0),
    ("gamma", (5.0,), 24.0),
    ("gamma", (0.5,), 1.772453850905516),
    ("gamma", (-200.5,), -0.0),
    ("gamma", (-201.5,), 0.0),
    ("gelu", (0.0,), 0.0),
    ("gelu", (1e300,), 1e300),
    ("hypot", (3e300, 4e300), 5e300),
    ("length", (2.0**1001, 3 * 2.0**1000, 6 * 2.0**1000), 7 * 2.0**1000),
    ("leaky_relu", (-2.0, 0.25), -0.5),
    ("lgamma", (2.0,), 0.0),
    ("lgamma", (-SMALLEST,), math.log(2) * 1074),
    ("logsumexp", (-7.5,), -7.5),
    ("logsumexp", (1000.0, -1000.0), 1000.0),
    ("logsumexp", (0.0, -100.0), math.exp(-100.0)),
    ("mod", (-7.0, 3.0), 2.0),
    ("mod", (7.0, -3.0), -2.0),
    ("mod", (-1e-20, 1.0), 1.0),
    ("polygamma", (0.0, 1.0), -0.5772156649015329),
    ("polygamma", (1.0, 1.0), math.pi**2 / 6),
    ("polygamma", (2.0, 1e200), -0.0),
    ("pow", (-2.0, 3.0), -8.0),
    ("pow", (0.0, 0.0), 1.0),
    ("relu", (-2.0,), 0.0),
    ("round", (2.5,), 2.0),
    ("round", (3.5,), 4.0),
    ("sigmoid", (0.0,), 0.5),
    ("sigmoid", (-1e300,), 0.0),
    ("sign", (-0.0,), 0.0),
    ("sign", (-SMALLEST,), -1.0),
    ("silu", (1e300,), 1e300),
    ("sinc", (0.0,), 1.0),
    ("softplus", (1000.0,), 1000.0),
    ("sum", (1e16, 1.5, -1e16), 1.5),
    ("sum", (1e308, 1e308, -1e308), 1e308),
    ("sum", (-0.0, -0.0), -0.0),
    ("sum", (1.0, -1.0, -0.0), 0.0),
    ("where", (True, 1.0, None), 1.0),
]

RAISING = [
    ("acosh", (0.5,), ValueError),
    ("asin", (2.0,), ValueError),
    ("atanh", (1.0,), ValueError),
    ("cosh", (-1000.0,), OverflowError),
    ("digamma", (-3.0,), ZeroDivisionError),
    ("div", (1.0, 0.0), ZeroDivisionError),
    ("erfinv", (1.0,), ZeroDivisionError),
    ("erfinv", (-1.5,), ValueError),
    ("exp", (1000.0,), OverflowError),
    ("expm1", (1000.0,), OverflowError),
    ("gamma", (0.0,), ZeroDivisionError),
    ("gamma", (172.0,), OverflowError),
    ("lgamma", (-1e300,), ZeroDivisionError),
    ("lgamma", (1e308,), OverflowError),
    ("log", (0.0,), ValueError),
    ("log1p", (-1.0,), ValueError),
    ("log2", (-1.0,), ValueError),
    ("mod", (1.0, 0.0), ZeroDivisionError),
    ("polygamma", (0.5, 1.0), ValueError),
    ("polygamma", (-1.0, 1.0), ValueError),
    ("polygamma", (1.0, 0.0), ZeroDivisionError),
    ("pow", (-8.0, 1 / 3), ValueError),
    ("pow", (0.0, -1.0), ValueError),
    ("pow", (1e200, 2.0), OverflowError),
    ("sinh", (1000.0,), OverflowError),
    ("sqrt", (-1.0,), ValueError),
]

IEEE = [
    ("acos", (2.0,), NAN),
    ("atanh", (-1.0,), -INF),
    ("atanh", (1.5,), NAN),
    ("cbrt", (-INF,), -INF),
    ("ceil", (INF,), INF),
    ("clip", (NAN, 0.0, 1.0), NAN),
    ("clip", (0.5, NAN, 1.0), NAN),
    ("clip", (0.5, 0.0, NAN), NAN),
    ("clip", (INF, 0.0, 1.0), 1.0),
    ("cosh", (-1000.0,), INF),
    ("digamma", (0.0,), -INF),
    ("digamma", (-0.0,), INF),
    ("digamma", (-1.0,), NAN),
    ("digamma", (-SMALLEST,), INF),
    ("digamma", (INF,), INF),
    ("digamma", (-INF,), NAN),
    ("digamma", (NAN,), NAN),
    ("div", (1.0, -0.0), -INF),
    ("div", (-INF, 0.0), -INF),
    ("div", (0.0, 0.0), NAN),
    ("div", (NAN, 0.0), NAN),
    ("elu", (-INF,), -1.0),
    ("elu", (NAN,), NAN),
    ("erfinv", (1.0,), INF),
    ("erfinv", (-1.0,), -INF),
    ("erfinv", (1.5,), NAN),
    ("erfinv", (-INF,), NAN),
    ("erfinv", (NAN,), NAN),
    ("exp", (1000.0,), INF),
    ("exp", (-INF,), 0.0),
    ("expm1", (1000.0,), INF),
    ("floor", (-INF,), -INF),
    ("floor", (NAN,), NAN),
    ("gamma", (0.0,), INF),
    ("gamma", (-0.0,), -INF),
    ("gamma", (-1.0,), NAN),
    ("gamma", (SMALLEST,), INF),
    ("gamma", (-SMALLEST,), -INF),
    ("gamma", (172.0,), INF),
    ("gamma", (INF,), INF),
    ("gamma", (-INF,), NAN),
    ("gamma", (NAN,), NAN),
    ("gelu", (INF,), INF),
    ("gelu", (-INF,), -0.0),
    ("gelu", (NAN,), NAN),
    ("hypot", (-INF, NAN), INF),
    ("length", (1.0, -INF, NAN), INF),
    ("length", (1e308, 1e308, 1.6e308), INF),
    ("leaky_relu", (NAN, 0.1), NAN),
    ("lgamma", (-2.0,), INF),
    ("lgamma", (INF,), INF),
    ("lgamma", (-INF,), INF),
    ("lgamma", (NAN,), NAN),
    ("log", (0.0,), -INF),
    ("log", (-0.0,), -INF),
    ("log", (-1.0,), NAN),
    ("log10", (0.0,), -INF),
    ("log1p", (-1.0,), -INF),
    ("log1p", (-2.0,), NAN),
    ("log2", (-INF,), NAN),
    ("logsumexp", (-INF, -INF), -INF),
    ("logsumexp", (-INF, 2.0), 2.0),
    ("logsumexp", (1.0, INF), INF),
    ("logsumexp", (INF, NAN), NAN),
    ("max", (1.0, NAN), NAN),
    ("max", (INF, -INF, 0.0), INF),
    ("max", (INF, -INF, NAN), NAN),
    ("min", (1.0, NAN), NAN),
    ("min", (INF, -INF), -INF),
    ("mod", (1.0, 0.0), NAN),
    ("mod", (5.0, INF), 5.0),
    ("mod", (-5.0, INF), INF),
    ("mod", (INF, 5.0), NAN),
    ("polygamma", (1.0, -2.0), INF),
    ("polygamma", (2.0, -2.0), NAN),
    ("polygamma", (2.0, -0.0), INF),
    ("polygamma", (300.0, -3.25), INF),
    ("polygamma", (300.0, -3.75), -INF),
    ("polygamma", (300.0, -3.5), -INF),
    ("polygamma", (1.0, INF), 0.0),
    ("polygamma", (2.0, INF), -0.0),
    ("polygamma", (0.0, INF), INF),
    ("polygamma", (1.0, -INF), NAN),
    ("polygamma", (0.5, 1.0), NAN),
    ("polygamma", (INF, 1.0), NAN),
    ("polygamma", (NAN, 1.0), NAN),
    ("polygamma", (1.0, NAN), NAN),
    ("pow", (-8.0, 1 / 3), NAN),
    ("pow", (-0.0, -3.0), -INF),
    ("pow", (-0.0, -2.0), INF),
    ("pow", (0.0, -0.5), INF),
    ("pow", (-1e200, 3.0), -INF),
    ("pow", (-1e200, 2.0), INF),
    ("pow", (NAN, 0.0), 1.0),
    ("relu", (NAN,), NAN),
    ("round", (INF,), INF),
    ("sigmoid", (-INF,), 0.0),
    ("sign", (NAN,), NAN),
    ("sign", (-INF,), -1.0),
    ("silu", (-INF,), -0.0),
    ("sin", (INF,), NAN),
    ("sinc", (INF,), NAN),
    ("sinh", (-1000.0,), -INF),
    ("softplus", (INF,), INF),
    ("softplus", (-INF,), 0.0),
    ("softplus", (NAN,), NAN),
    ("sqrt", (-1.0,), NAN),
    ("sum", (1e308, -1e308, 1e308, 1e308), INF),
    ("sum", (-1e308, -1e308), -INF),
    ("sum", (1e308, 1e308, -INF), -INF),
    ("sum", (INF, 1.0, -INF), NAN),
    ("sum", (1.0, NAN, INF), NAN),
]

SLOPES = [
    ("atan", (1e160,), [1e-320]),
    ("atan", (-INF,), [0.0]),
    ("clip", (1.0, 1.0, 2.0), [1.0, 0.0, 0.0]),
    ("div", (5 * SMALLEST, 0.75 / 1024), [1024 / 0.75, -9320676 * SMALLEST]),
    ("elu", (0.0,), [1.0]),
    ("erfinv", (0.0,), [0.886226925452758]),
    ("erfinv", (NAN,), [NAN]),
    ("gamma", (1.0,), [-0.5772156649015329]),
    ("gamma", (INF,), [INF]),
    ("gamma", (NAN,), [NAN]),
    ("gelu", (INF,), [1.0]),
    ("gelu", (-INF,), [0.0]),
    ("hypot", (0.0, 0.0), [0.0, 0.0]),
    ("hypot", (3 * SMALLEST, -4 * SMALLEST), [0.6, -0.8]),
    ("length", (0.0, 0.0, 0.0), [0.0, 0.0, 0.0]),
    ("length", (8 * SMALLEST, -4 * SMALLEST, SMALLEST), [8 / 9, -4 / 9, 1 / 9]),
    ("lgamma", (1e305,), [702.288453363184]),
    ("polygamma", (0.0, 1.0), [math.pi**2 / 6]),
    ("logsumexp", (1000.0, 1000.0), [0.5, 0.5]),
    ("logsumexp", (0.0, -INF), [1.0, 0.0]),
    ("max", (2.0, 3.0, 3.0), [0.0, 1.0, 0.0]),
    ("max", (1.0, NAN), [0.0, 1.0]),
    ("min", (2.0, 2.0), [1.0, 0.0]),
    ("mod", (7.0, 2.0), [1.0, -3.0]),
    ("mod", (1.7e308, -1e308), [1.0, 2.0]),
    ("pow", (-2.0, 3.0), [12.0, NAN]),
    ("pow", (0.0, 1.0), [1.0, 0.0]),
    ("pow", (0.0, 2.0), [0.0, 0.0]),
    ("pow", (0.0, 0.0), [0.0, -INF]),
    ("pow", (1e-200, 2.0), [2e-200, 0.0]),
    ("pow", (SMALLEST, SMALLEST), [1.0, math.log(SMALLEST)]),
    ("relu", (0.0,), [1.0]),
    ("silu", (1e300,), [1.0]),
    ("silu", (-1e300,), [0.0]),
    ("sinc", (0.0,), [0.0]),
    ("sqrt", (0.0,), [INF]),
    ("tanh", (1000.0,), [0.0]),
    ("tanh", (-INF,), [0.0]),
]


@pytest.mark.parametrize("name", ROWS)
def test_values_and_slopes_are_within_their_limits(name: str) -> None:
    """A sample of what `python -m tests.accuracy` measures."""
    assert not [str(found) for found in measure(ROWS[name], 15) if found.broken]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if not row.condition])
def test_reference_slopes_are_the_derivatives_of_reference_values(name: str) -> None:
    """Numeric differentiation with 80 digits finds the slopes that the comparison uses."""
    value, *partials = truths(ROWS[name])
    with mp.workdps(80):
        harmless = (point for point in points(ROWS[name]) if is_harmless(ROWS[name], point))
        for point in islice(harmless, 5):
            exact = list(map(mp.mpf, point))
            indices = range(len(point)) if ROWS[name].variadic else differentiable(ROWS[name])
            for index, partial in zip(indices, partials, strict=not ROWS[name].variadic):
                derivative = mp.diff(lambda x, i=index, at=exact: value(*at[:i], x, *at[i + 1 :]), exact[index])
                assert abs(partial(*exact) - derivative) < mp.mpf("1e-25")


def is_harmless(row: Operator, point: Point) -> bool:
    """Whether all numbers that have a slope are of moderate size, none an integer or half of one, and no two equal."""
    return len(set(point)) == len(point) and all(
        index in row.discrete or (0.1 < abs(x) < 4 and x % 0.5 != 0) for index, x in enumerate(point)
    )


@pytest.mark.parametrize(("name", "point", "expected"), VALUES)
def test_special_values_are_exact(name: str, point: Point, expected: float) -> None:
    """The number itself, not one beside it."""
    assert repr(expected) == repr(float(ROWS[name].forward(*point)))


@pytest.mark.parametrize(("name", "point", "error"), RAISING)
def test_outside_the_domain_functions_raise_what_math_raises(name: str, point: Point, error: type[Exception]) -> None:
    """A domain error, a pole and an overflow are told apart."""
    with pytest.raises(error):
        ROWS[name].forward(*point)


@pytest.mark.parametrize(("name", "point", "expected"), IEEE)
def test_ieee_arithmetic_goes_on(name: str, point: Point, expected: float) -> None:
    """Infinite and NaN arguments, and results of IEEE 754 where plain arithmetic raises."""
    assert repr(expected) == repr(float(rules.ieee(ROWS[name])(*point)))


@pytest.mark.parametrize(("name", "point", "expected"), SLOPES)
def test_special_slopes_are_exact(name: str, point: Point, expected: list[float]) -> None:
    """At kinks, poles and infinities, and where a part of the formula alone over- or underflows."""
    assert repr(expected) == repr([slope + 0.0 for slope in slopes(ROWS[name], point, rules.ieee(ROWS[name])(*point))])


def test_cube_roots_of_cubes_are_exact() -> None:
    """Newton's step leads to the whole number."""
    assert not [n for n in range(-2000, 2000) if ROWS["cbrt"].forward(float(n) ** 3) != n]


def test_every_reference_belongs_to_a_row() -> None:
    """No reference, region or generator is left over from a row that is gone."""
    assert {name for name, row in ROWS.items() if not row.definition} <= set(TRUTHS) <= set(ROWS)
    assert set(ROWS) >= {*accuracy.REGIONS, *accuracy.JOINT, *accuracy.VALUE_LIMITS, *accuracy.SLOPE_LIMITS}


def test_a_row_without_reference_is_an_error() -> None:
    """A new row cannot be forgotten in the comparison, nor can a new parameter of a row."""
    with pytest.raises(LookupError, match="'new'"):
        measure(with_other(ROWS["exp"], name="new"))
    with pytest.raises(LookupError, match="'exp'"):
        measure(with_other(ROWS["exp"], parameters=("x", "y")))


def test_errors_are_counted_in_ulp() -> None:
    """Of the true value; by the subnormal spacing below the normal numbers."""
    assert ulp_error(1.0 + 3 * math.ulp(1.0), mp.mpf(1)) == 3.0
    assert ulp_error(4 * SMALLEST, mp.mpf(SMALLEST) * 1.5) == 2.5
    assert ulp_error(0.0, mp.mpf(0)) == 0.0
    assert ulp_error(NAN, mp.inf) == 0.0
    assert ulp_error(INF, mp.mpf(2) ** 1024) == 0.0
    assert ulp_error(INF, mp.mpf(1)) == INF
    assert ulp_error(1.0, mp.nan) == INF


def test_the_command_prints_a_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for the value and one for each slope; a broken limit is marked and gives exit code 1."""
    monkeypatch.setattr("sys.argv", ["accuracy", "div", "--points", "50"])
    assert accuracy.main() == 0
    assert [line[:19].split() for line in capsys.readouterr().out.splitlines()[1:4]] == [
        ["div", "value"],
        ["div", "d/dx"],
        ["div", "d/dy"],
    ]
    monkeypatch.setattr(accuracy, "VALUE_LIMIT", 0.1)
    assert accuracy.main() == 1
    assert "BROKEN" in capsys.readouterr().out.splitlines()[1]
