"""Windows, lines cut to them, and round numbers along them."""

from math import inf, nan

import pytest

from gradcli.plot.ticks import ticks
from gradcli.plot.window import clipped, framed, spread


@pytest.mark.parametrize(
    ("values", "diverges", "expected"),
    [
        ([1.0, 2.0, nan, 3.0], False, (1.0, 3.0)),
        ([*range(101), 1e9], False, (0.0, 171.0)),
        ([*range(101), 1e9], True, (0.0, 171.0)),
        ([nan, inf], False, (0.0, 0.0)),
        ([5.0], True, (5.0, 5.0)),
    ],
)
def test_a_spike_is_left_out(values: list[float], diverges: bool, expected: tuple[float, float]) -> None:
    """And everything else is in."""
    assert expected == pytest.approx(spread(values, diverges), abs=2.0)


def test_a_window_has_room() -> None:
    """A constant too, whatever its size; all that it must show is in it."""
    assert (-1.0, 1.0) == framed((0.0, 0.0))
    assert framed((1e9, 1e9))[0] < 0.6e9
    low, high = framed((0.0, 1.0), 3.0, nan)
    assert low < 0
    assert high > 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([(0.0, 0.0), (1.0, 2.0)], [[(0.0, 0.0), (0.5, 1.0)]]),
        ([(0.0, -3.0), (4.0, 1.0)], [[(2.0, -1.0), (4.0, 1.0)]]),
        ([(0.0, -2.0), (4.0, 2.0)], [[(1.0, -1.0), (3.0, 1.0)]]),
        ([(0.0, 2.0), (1.0, 3.0)], []),
        ([(0.0, 0.0), (1.0, 2.0), (2.0, 0.0)], [[(0.0, 0.0), (0.5, 1.0)], [(1.5, 1.0), (2.0, 0.0)]]),
        ([(0.0, 0.0)], [[(0.0, 0.0)]]),
        ([(0.0, -1e300), (2.0, 1e300)], [[(1.0, -1.0), (1.0, 1.0)]]),
    ],
)
def test_lines_are_cut(line: list[tuple[float, float]], expected: list[list[tuple[float, float]]]) -> None:
    """Where they leave the window from −1 to 1, and begin where they come back."""
    found = clipped(line, (-1.0, 1.0))
    assert len(expected) == len(found)
    for want, part in zip(expected, found, strict=True):
        assert [pytest.approx(place) for place in want] == part


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-3, 3, [-2, 0, 2]), (0, 1, [0, 0.5, 1]), (-700, 700, [-500, 0, 500]), (0.1, 0.4, [0.1, 0.2, 0.3, 0.4]),
     (0, 1e300, [0, 5e299, 1e300]), (-1e-9, 1e-9, [-1e-9, 0, 1e-9])],
)  # fmt: skip
def test_round_numbers(low: float, high: float, expected: list[float]) -> None:
    """At most so many, without the noise of their products."""
    assert expected == ticks(low, high, 3)
