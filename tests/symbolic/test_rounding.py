"""Rounding of formulas: what cancels is found, what is exact or ordinary is not."""

import pytest

from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.rounding import rounding
from tests.helpers.derivatives import check_noise, formulary
from tests.helpers.examples import ALL


@pytest.mark.parametrize(
    ("text", "order", "at", "true"),
    [
        ("sinc(x)", 2, {"x": 1e-8}, -1 / 3),
        ("sin(x)/x", 3, {"x": 1e-5}, 2e-6),
        ("logsumexp(x, y)", 2, {"x": 40.0, "y": 0.0}, 4.248354255291589e-18),
    ],
)
def test_lost_digits_are_noted(text: str, order: int, at: dict[str, float], true: float) -> None:
    """The true number is within the rounding that the note tells, and the printed one is wrong."""
    found = formulary(text, order, **at)
    (note,) = [note for note in found.notes if note.facts["of"] == found.label(("x",) * order)]
    assert "rounding" == note.code
    assert (
        f"the formula for {note.facts['of']} loses its digits to cancellation here: rounding is about" in note.message
    )
    assert abs(note.facts["value"] - true) > 1e-6 * abs(true)
    assert abs(note.facts["value"] - true) <= note.facts["rounding"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x^4 - 6*x^2", {"x": 1.0}),  # 12 - 12, exactly
        ("x*y - y^2*x", {"x": 3.0, "y": 0.5}),
        ("sin(x)", {"x": 0.0}),
        ("where(x > 0, x^3, sqrt(x))", {"x": 2.0}),
        ("sigmoid(x)", {"x": 0.0}),  # 1/8 - 1/8
        ("1/(1 + exp(-x))", {"x": 0.0}),
        ("x^2*log(x) - 3*x^2/2", {"x": 1.0}),
        ("tanh(x)*exp(y)", {"x": 0.3, "y": 0.1}),
        ("sinc(x)", {"x": 0.5}),
        ("a/b - b/a", {"a": 1.5, "b": 2.5}),
    ],
)
def test_ordinary_numbers_are_not_noted(text: str, at: dict[str, float]) -> None:
    """Zeros that are exact neither."""
    assert [] == formulary(text, 2, **at).notes


def test_what_is_noted_of_random_examples_is_noise() -> None:
    """Of a few of them here, of more in tests/sweeps."""
    check_noise(list(ALL.values())[::20])


def test_rounding_adds_up_over_operations() -> None:
    """1e8*x and the sine of it, for which the first error counts 1e8*cos(1e8*x) times."""
    derivatives = derive(parse("sin(1e8*x)*y"))
    here = derivatives.evaluated({"x": 1.1, "y": 1.0})
    assert 1e-9 < rounding(here, derivatives.root("y")) < 1e-7
