"""Claims where doubles lie on a kink, a jump or an edge on which the numbers do not."""

import pytest

from tests.helpers.judging import judged


@pytest.mark.parametrize(
    ("text", "at", "right", "wrong"),
    [
        ("max(x + y, x)*2", {"x": 1.0, "y": -1e-20}, "y=0", "y=2"),
        ("floor(x - 1e-17)*x", {"x": 1.0}, "x=0", "x=1"),
        ("relu(x + y - x)", {"x": 1.0, "y": -1e-20}, "y=0", "y=1"),
        ("abs(x + y - x)", {"x": 1.0, "y": -1e-20}, "y=-1", "y=0"),
        ("clip(1 + x, 0, 1)", {"x": 1e-20}, "x=0", "x=1"),
        ("where(x + 1e-17 > 1, 1, x)", {"x": 1.0}, "x=0", "x=1"),
        ("relu(1 - sigmoid(x))", {"x": 50.0}, "x=-1.9287498479639178e-22", "x=0"),
    ],
)
def test_off_the_kink(text: str, at: dict[str, float], right: str, wrong: str) -> None:
    """The numbers decide."""
    assert ["right", "wrong"] == [judged(text, at, claim).verdict for claim in (right, wrong)]


@pytest.mark.parametrize(
    ("text", "at", "claim"),
    [
        ("relu(x)", {"x": 0.0}, "x=0"),
        ("relu(x*10 - 3)", {"x": 0.3}, "x=0"),  # as it is written
        ("max(x, y)", {"x": 1.0, "y": 1.0}, "y=1"),
        ("abs(x - y)", {"x": 0.1, "y": 0.1}, "y=0"),
        ("where(x > 1, 1, x)", {"x": 1.0}, "x=0"),
        ("relu(x + y - x)", {"x": 1.0, "y": 0.0}, "y=0"),
    ],
)
def test_on_the_kink(text: str, at: dict[str, float], claim: str) -> None:
    """A claim between the slopes from both sides is open."""
    assert "wrong" != judged(text, at, claim).verdict
