"""Random points of the domain."""

import pytest

from gradcli.check.trials.samples import sample
from gradcli.language.parser import parse
from tests.helpers.judging import judged


def test_many_variables_with_a_narrow_domain() -> None:
    """Other points are found near the point."""
    text = " + ".join(f"log(x{number})" for number in range(60))
    at = {f"x{number}": 0.2 + number / 50 for number in range(60)}
    assert ("right", None) == ((found := judged(text, at, "x7=1/x7")).verdict, found.remark)
    assert "wrong" == judged(text, at, f"x7=2/x7 - 1/{at['x7']}").verdict


@pytest.mark.parametrize(
    ("text", "at", "rough"),
    [
        ("max(relu(x), relu(y))", {"x": -1, "y": -2}, False),
        ("max(relu(x), relu(y), 0)", {"x": -1, "y": -2}, False),
        ("max(relu(x), relu(y))", {"x": 0, "y": -2}, True),  # relu bends
        ("max(relu(x), relu(y))", {"x": 1, "y": 1}, True),
        ("max(x^2, y^2)", {"x": 0, "y": 0}, True),  # a slope of 0 is no branch
        ("max(relu(x), relu(floor(y) - 1))", {"x": -1, "y": 2}, True),
        ("where(relu(x) >= relu(y), x, y)", {"x": -1, "y": -2}, False),
        ("where(relu(x) >= relu(y), x, y)", {"x": -1, "y": 0}, True),
        ("where(x > 0, 1, 2) + max(where(x > 0, 1, 2), where(y > 0, 1, 2))", {"x": 1, "y": 1}, False),
        ("max(where(x > 0, 1, 2), where(y > 0, 1, 2))", {"x": 0, "y": -1}, True),
        ("max(clip(x, 0, 1), clip(y, 0, 1))", {"x": 3, "y": 2}, False),
        ("max(clip(x, 0, y), clip(y, 0, 1))", {"x": 3, "y": 1}, True),
        ("max(detach(x), detach(y))", {"x": 1, "y": 1}, True),
    ],
)
def test_equal_constants_make_no_kink(text: str, at: dict[str, float], rough: bool) -> None:
    """A maximum of two that are 0 all around does not bend."""
    found = sample(parse(text), {name: float(x) for name, x in at.items()})
    assert found is not None
    assert rough == any(found.above_rough)
