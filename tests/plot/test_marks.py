"""What a curve has besides its line: found at its place whatever the grid is, and nothing where there is nothing."""

from math import inf, isnan, pi

import pytest

from gradcli.plot import marks as package
from tests.helpers.plots import marks_of, samples_of

nan = float("nan")
MARKS = [
    ("abs(x)", -3, 3, [("kink", 0)]),
    ("abs(x)", -3, 2.7, [("kink", 0)]),  # 0 is no place of the grid
    ("relu(2*x - 1)", -1, 2, [("kink", 0.5)]),
    ("abs(x - 1/3)", -1, 1, [("kink", 1 / 3)]),
    ("abs(x - 0.001) - abs(x + 0.001)", -3, 3.1, [("kink", -0.001), ("kink", 0.001)]),  # between two places of it
    ("max(x, x^2)", -1, 2, [("kink", 0), ("kink", 1)]),
    ("where(x > 0.3, x, -x)", -1, 1, [("jump", 0.3)]),
    ("where(x > 0, x^2, 0)", -1, 1.1, []),  # a condition that makes no difference
    ("x*abs(x)", -1, 1.3, []),
    ("sqrt(x^2)", -1, 1.1, [("kink", 0)]),  # no row of the table has this kink
    ("hypot(x, 0)", -1, 1.2, [("kink", 0)]),
    ("sqrt(abs(x))", -1, 1, [("kink", 0)]),
    ("cbrt(x)", -2, 2, [("steep", 0)]),
    ("floor(x)", -1.5, 1.5, [("jump", -1), ("jump", 0), ("jump", 1)]),
    ("round(x)", -1, 1.2, [("jump", -0.5), ("jump", 0.5)]),
    ("sign(x)", -1, 1, [("jump", 0)]),
    ("mod(x, 1.3)", -2, 2, [("jump", -1.3), ("jump", 0), ("jump", 1.3)]),
    ("atan2(x, -1)", -1, 1.1, [("jump", 0)]),
    ("x/abs(x)", -1, 1.1, [("jump", 0)]),
    ("where(x == 1, 5, x)", -1, 3, [("jump", 1)]),
    ("1/x", -3, 3, [("pole", 0)]),
    ("1/x", -3, 2.9, [("pole", 0)]),
    ("1/(x - 0.3)^2", -1, 1, [("pole", 0.3)]),
    ("tan(x)", -2, 2.1, [("pole", -pi / 2), ("pole", pi / 2)]),
    ("log(x)", -1, 3, [("pole", 0)]),
    ("log(abs(x))", -1, 1.1, [("pole", 0)]),
    ("sqrt(x)", -1, 3, [("end", 0)]),
    ("asin(x)", -2, 2, [("end", -1), ("end", 1)]),
    ("x*log(x)", -1, 2, [("end", 0)]),
    ("x^x", -1, 2, [("end", 0)]),
    ("sin(x)/x", -10, 10, [("hole", 0)]),
    ("exp(-1/x)", -1, 1, [("overflow", -1 / 709.78), ("end", 0)]),
    ("sin(1/x)", -1, 1, []),
    ("tanh(1e8*x)", -1, 1.1, []),
    ("exp(x)", -700, 700, []),
    ("5 + 0*x", -1, 1, []),
    ("softplus(x)", -5, 5, []),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "low", "high", "expected"), MARKS, ids=[f"{m[0]} {m[2]}" for m in MARKS])
def test_what_is_found(text: str, low: float, high: float, expected: list[tuple[str, float]]) -> None:
    """Its kind, and its place to many digits."""
    found = marks_of(text, low, high, 30)
    assert [kind for kind, _ in expected] == [mark.kind for mark in found]
    assert [place for _, place in expected] == pytest.approx([mark.x for mark in found], rel=1e-5, abs=1e-13)


@pytest.mark.parametrize(
    ("text", "values", "slopes"),
    [
        ("abs(x)", (0, 0), (-1, 1)),
        ("where(x > 0, x + 1, -2*x)", (0, 1), (-2, 1)),
        ("sqrt(abs(x))", (0, 0), (-inf, inf)),
        ("cbrt(x)", (0, 0), (inf, inf)),
        ("1/x", (-inf, inf), (-inf, -inf)),
        ("1/x^2", (inf, inf), (inf, -inf)),
        ("sqrt(x)", (nan, 0), (nan, inf)),
        ("log(x)", (nan, -inf), (nan, inf)),
        ("atan(1/x)", (-pi / 2, pi / 2), (-1, -1)),
        ("sin(x)/x", (1, 1), (0, 0)),
    ],
)
def test_both_sides(text: str, values: tuple[float, float], slopes: tuple[float, float]) -> None:
    """What value and slope come to at 0: a limit, no bound, or nothing."""
    (mark,) = marks_of(text, -1, 1.1)
    assert values == pytest.approx((mark.left.value, mark.right.value), abs=1e-9, nan_ok=True)
    assert slopes == pytest.approx((mark.left.slope, mark.right.slope), abs=1e-6, nan_ok=True)


def test_an_end_of_the_range() -> None:
    """A jump there is one; what lies beyond is not looked at."""
    assert [("jump", 1.0)] == [(mark.kind, mark.x) for mark in marks_of("floor(x)", 0.5, 1)]
    assert isnan(marks_of("floor(x)", 0.5, 1)[0].right.value)


def test_oscillations_are_not_missed() -> None:
    """Where all even places see the same, the slopes tell; the number of places has a limit."""
    seen = samples_of("sin(200*pi*x)", 0, 1, 100)
    assert (-1, 1) == pytest.approx((min(d.value for d in seen.dots), max(d.value for d in seen.dots)), abs=0.01)
    assert len(samples_of("sin(1/x)", -1, 1, 100).dots) <= 17 * 100 + 1


def test_more_than_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many kinks the others are where a branch changes, to a piece that is not seen; oscillations hide no jump."""
    monkeypatch.setattr(package, "MOST_BRACKETS", 3)
    text = " + ".join(f"relu(x - {number}/4)" for number in range(12))
    found = marks_of(text, -1, 4, 30)
    assert ["kink"] * 12 == [mark.kind for mark in found]
    assert [number / 4 for number in range(12)] == pytest.approx([mark.x for mark in found], abs=5e-4)
    assert ("jump", 0.9) == [(mark.kind, mark.x) for mark in marks_of("sin(1/x) + heaviside(x - 0.9)", -1, 1, 30)][-1]


def test_a_straight_line_needs_no_more() -> None:
    """Than one look between two places."""
    assert 101 == len(samples_of("2*x", 0, 1, 50).dots)
