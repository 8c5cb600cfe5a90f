"""Rules that are remembered wrongly."""

import pytest

from tests.helpers.judging import said


@pytest.mark.parametrize("claim", ["x=6", "x=x*(x - 1)", "x=3 - 1"])
def test_nothing_absurd(claim: str) -> None:
    """What nobody takes for a derivative is not offered: an exponent, what is below a fraction, an argument."""
    assert not any("for the derivative" in sentence for sentence in said("x^3", "x=2.5", claim))
    assert [] == said("1/sqrt(x)", "x=2.5", "x=2*x + 1")
