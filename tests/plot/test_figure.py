"""What a plot of one variable shows: lines that are interrupted where the curve is, and what is said of them."""

from math import inf

import pytest

from tests.helpers.plots import TWENTY, check_figure, figure_of, said


@pytest.mark.parametrize(("text", "low", "high"), TWENTY[::3], ids=[text for text, _, _ in TWENTY[::3]])
def test_everything_is_in_its_window(text: str, low: float, high: float) -> None:
    """Of some functions; of the others in tests/sweeps/test_plots.py."""
    check_figure(figure_of(text, low, high))


@pytest.mark.parametrize(("text", "place"), [("1/x", 0), ("tan(x + pi/2)", 0), ("sign(x)", 0), ("floor(x)", 1)])
def test_no_line_goes_through(text: str, place: float) -> None:
    """A pole or a jump: each line ends at the place."""
    for line in figure_of(text, -1.5, 1.4).panels[0].lines:
        assert line[-1][0] <= place + 1e-9 or line[0][0] >= place - 1e-9


def test_the_signs_of_a_jump() -> None:
    """A dot for the value that is held, a ring for the one that is only come to; both where neither side has it."""
    values = figure_of("floor(x)", 0.5, 1.5).panels[0]
    assert ([(1.0, 1.0)], [(1.0, 0.0)]) == (list(values.dots), list(values.rings))
    values = figure_of("sign(x)", -1, 1).panels[0]
    assert ([(0.0, 0.0)], [(0.0, -1.0), (0.0, 1.0)]) == (list(values.dots), list(values.rings))


def test_a_kink() -> None:
    """A sign on the curve, two rings in the derivative, whose line is interrupted there."""
    values, slopes = figure_of("relu(x)", -1, 1).panels
    assert [(0.0, 0.0)] == list(values.kinks)
    assert [(0.0, 0.0), (0.0, 1.0)] == list(slopes.rings)
    assert (1, 2) == (len(values.lines), len(slopes.lines))


def test_nothing_where_there_is_no_value() -> None:
    """The logarithm has a line on the right alone, sqrt begins with a dot."""
    assert all(x >= 0 for line in figure_of("log(x)", -1, 3).panels[0].lines for x, _ in line)
    values, slopes = figure_of("sqrt(x)", -1, 3).panels
    assert ((0.0, 0.0), [0.0]) == (pytest.approx(values.dots[0]), list(slopes.bounds))


def test_the_tangent() -> None:
    """Goes through the point with the slope that the derivative has there, as far as the window."""
    values, slopes = figure_of("x^3 - x", -2, 2, 1.0).panels
    (x, y), (a, b) = values.tangent[0], values.tangent[-1]
    assert 2 == pytest.approx((b - y) / (a - x))
    assert 0 == pytest.approx(y + 2 * (1 - x))
    assert ((1.0, 0.0), (1.0, 2.0)) == (values.point, slopes.point)
    assert ["tangent at x = 1: value 0, slope 2"] == said(figure_of("x^3 - x", -2, 2, 1.0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abs(x)", ["kink at x = 0: slope -1 from the left, 1 from the right"]),
        ("heaviside(x)", ["jump at x = 0: from 0 to 1"]),
        ("sin(x)/x", ["no value at x = 0: beside it 1"]),
        ("cbrt(x)", ["vertical tangent at x = 0", "∂y/∂x is shown from 0.2 to 1.8; the rest is cut off"]),
        ("x*sqrt(x)", ["no value to the left of x = 0"]),
        ("x*sqrt(-x)", ["no value to the right of x = 0"]),
    ],
)
def test_what_is_said(text: str, expected: list[str]) -> None:
    """Of each kind of place."""
    found = said(figure_of(text, -2, 2))
    assert [line.split(" from 0.")[0] for line in expected] == [line.split(" from 0.")[0] for line in found]


def test_many_jumps() -> None:
    """The first are told, and how many more there are; too many to see are not marked."""
    figure = figure_of("floor(x)", -10.5, 9.5)
    assert ["and 14 more"] == said(figure)[6:]
    assert figure.panels[0].rings
    assert not figure_of("floor(x)", -40.5, 39.5).panels[0].rings


def test_a_spike_is_cut_off_and_an_end_is_not() -> None:
    """A hundred times higher than the rest; but a curve that grows goes on to its end."""
    low, high = figure_of("1/(x^2 + 1e-6)", -2, 2.1).panels[0].window
    assert high < 1e4
    assert "is shown from" in said(figure_of("1/(x^2 + 1e-6)", -2, 2.1))[0]
    assert figure_of("exp(x)", -100, 100).panels[0].window[1] > 2e43
    assert low < inf
