"""Random points of the domain."""

from tests.helpers.judging import judged


def test_many_variables_with_a_narrow_domain() -> None:
    """Other points are found near the point."""
    text = " + ".join(f"log(x{number})" for number in range(60))
    at = {f"x{number}": 0.2 + number / 50 for number in range(60)}
    assert ("right", None) == ((found := judged(text, at, "x7=1/x7")).verdict, found.remark)
    assert "wrong" == judged(text, at, f"x7=2/x7 - 1/{at['x7']}").verdict
