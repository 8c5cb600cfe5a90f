"""What a plot of two variables shows: lines of equal value, and arrows that are gradients."""

from math import atan2, hypot, isclose, isnan, nan

import pytest

from gradcli.language.parser import parse
from gradcli.plot.field import Field, along, contour, field
from gradcli.plot.points import Points

ACROSS, UP = ("x", -2.0, 2.0), ("y", -1.0, 1.0)


def field_of(text: str, touch: tuple[tuple[float, float], float, tuple[float, float]] | None = None) -> Field | None:
    """The plot of a function of x and y."""
    graph = parse(text)
    points = Points(graph, {}, ["x", "y"], [graph.variables["x"], graph.variables["y"]])
    return field(graph, text, ACROSS, UP, points, 20, touch)


def shown(text: str) -> Field:
    """The plot of one that has a value."""
    found = field_of(text)
    assert found is not None
    return found


def test_lines_are_where_the_value_is_the_level() -> None:
    """Each end of a piece, as far as a line between two samples goes."""
    found = shown("x^2 + 3*y^2")
    pieces = [(level, place) for level in found.levels for piece in contour(found, level) for place in piece]
    assert len(pieces) > 100
    assert all(isclose(x * x + 3 * y * y, level, abs_tol=0.04) for level, (x, y) in pieces)


def test_arrows_are_gradients() -> None:
    """At their places; in a picture they are no longer than a cell, and stand as the gradient does."""
    found = shown("x^2 + 3*y^2")
    for arrow in found.arrows:
        x, y = arrow.place
        assert (2 * x, 6 * y) == pytest.approx(arrow.gradient)
        dx, dy = along(arrow, found, 400, 200)
        assert hypot(dx * 100, dy * 100) <= 400 / 15 + 1e-9
        assert not dx or atan2(dy, dx) == pytest.approx(atan2(6 * y, 2 * x))


@pytest.mark.parametrize("size", ["1e308", "1e154", "1e-300"])
def test_arrows_at_the_ends_of_double_precision(size: str) -> None:
    """They are those of the same function with numbers that have squares; nothing but a size is lost."""
    found, plain = shown(f"{size}*(x^2/4 + y^2/4)"), shown("x^2 + y^2")
    assert [arrow.length for arrow in plain.arrows] == pytest.approx([arrow.length for arrow in found.arrows])
    for one, other in zip(found.arrows, plain.arrows, strict=True):
        assert along(one, found, 400, 200) == pytest.approx(along(other, plain, 400, 200))


@pytest.mark.parametrize("text", ["1/(x*y)", "1/x + y", "floor(x)*y + 3*x", "where(x > y, 5, 0) + x + y"])
def test_no_line_goes_through_a_pole_or_a_jump(text: str) -> None:
    """On no piece does the value change by more than its slopes make it."""
    found, graph = shown(text), parse(text)
    points = Points(graph, {}, ["x", "y"], [graph.variables["x"]])
    for level in found.levels:
        for one, other in contour(found, level):
            values = [here.value for here in points.at([one, other])]
            assert max(values) - min(values) < 3


def test_a_function_of_steps_has_lines_along_them() -> None:
    """Between its values."""
    found = shown("where(x > y, 1, 2) + 0*x")
    assert [1.5] == found.levels
    assert contour(found, 1.5)


def test_levels_between_the_least_doubles_are_different() -> None:
    """Half of one is no double."""
    levels = shown("1e-323*x*y").levels
    assert sorted(set(levels)) == levels


def test_a_kink_interrupts_nothing() -> None:
    """All values are there."""
    assert not any(map(isnan, sum(map(list, shown("max(x, y) + abs(x - 1)").values), list[float]())))


def test_a_point_has_its_own_line() -> None:
    """Which stands for the nearest of the others."""
    found = field_of("x*y", ((1.0, 0.5), 0.5, (0.5, 1.0)))
    assert found is not None
    assert found.point is not None
    assert 0.5 == found.level
    assert len(found.levels) == len(shown("x*y").levels) - 1


def test_where_there_is_no_value() -> None:
    """There is neither a line nor an arrow; without any there is no plot, of a constant there are no lines."""
    found = shown("log(x) + y")
    assert all(arrow.place[0] > 0 for arrow in found.arrows)
    assert all(x > 0 for piece in contour(found, found.levels[0]) for x, _ in piece)
    assert field_of("log(x - 5) + y") is None
    assert [] == shown("5 + 0*x*y").levels
    assert {0.0} == {arrow.length for arrow in shown("5 + 0*x*y").arrows}
    assert (0.0, 0.0) == along(shown("5 + 0*x*y").arrows[0], found, 4, 2)


def test_one_scale_where_it_fits() -> None:
    """Up as across, unless one range is much wider."""
    assert shown("x*y").is_square
    graph = parse("x*y")
    points = Points(graph, {}, ["x", "y"], [graph.variables["x"], graph.variables["y"]])
    wide = field(graph, "", ("x", 0.0, 100.0), UP, points, 10)
    assert wide is not None
    assert not wide.is_square
    assert isnan(wide.level) == isnan(nan)
