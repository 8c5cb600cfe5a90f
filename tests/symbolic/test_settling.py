"""Lost digits of derivatives of higher order: what cancels is found and corrected, what is exact or ordinary is not."""

import pytest

from gradcli.symbolic import settling
from tests.helpers.derivatives import check_orders, formulary
from tests.helpers.examples import ALL


@pytest.mark.parametrize(
    ("text", "order", "at", "true"),
    [
        ("sinc(x)", 2, {"x": 1e-8}, -1 / 3),
        ("sin(x)/x", 3, {"x": 1e-5}, 2e-6),
        ("logsumexp(x, y)", 2, {"x": 40.0, "y": 0.0}, 4.248354255291589e-18),
        ("(exp(x) - 1)/x", 3, {"x": 1e-5}, 0.25000200000833334),
        ("log(1 + exp(x))", 2, {"x": 40.0}, 4.248354255291589e-18),
    ],
)
def test_lost_digits_are_noted_and_corrected(text: str, order: int, at: dict[str, float], true: float) -> None:
    """The number is the true one; the note has both."""
    found = formulary(text, order, **at)
    key = ("x",) * order
    (note,) = [note for note in found.notes if note.facts.get("name") == found.label(key)]
    assert (note.code, note.facts["of"]) == ("lost-digits", "derivative")
    assert f"{found.label(key)} has lost its digits to " in note.message
    assert abs(note.facts["computed"] - true) > 1e-6 * abs(true)
    assert found.numbers[key] == note.facts["corrected"] == pytest.approx(true, rel=1e-9)


def test_large_formulas_may_have_lost_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more digits would take too long, the note says no more."""
    monkeypatch.setattr(settling, "MOST", 0)
    found = formulary("sinc(x)", 2, x=1e-8)
    (note,) = found.notes
    assert note.message == "∂²y/∂x² may have lost its digits; what it is was not found"
    assert note.facts["corrected"] is None


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


def test_random_examples_are_right_or_noted() -> None:
    """A few of them here, more in tests/sweeps."""
    check_orders(list(ALL.values())[::60])
