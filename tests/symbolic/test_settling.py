"""Lost digits of derivatives of higher order: what cancels is found and corrected, what is exact or ordinary is not."""

import pytest

from gradcli.operators.records import Operator
from gradcli.symbolic import settling
from tests.helpers import rows
from tests.helpers.derivatives import check_extremes, check_orders, formulary
from tests.helpers.examples import FEW


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


@pytest.mark.parametrize(
    ("text", "order", "x", "true"),
    [
        ("1/(1 + exp(x))", 2, 300.0, 5.148200222412013e-131),
        ("1/(1 + exp(x))", 3, 200.0, -1.3838965267367376e-87),
        ("log(1 + exp(x))", 2, 400.0, 1.9151695967140057e-174),
        ("log(1 + x^2)", 2, 1e80, -2e-160),
        ("x/(1 + x^2)", 2, 1e80, 2e-240),
        ("atan(x)^2", 2, 1e80, -6.283185307179586e-240),
        ("hypot(x, 1)", 2, 1e-120, 1.0),
        ("hypot(x, 3*x)", 2, 1e-120, 0.0),
        ("asinh(x)", 3, 1e100, 2e-300),
    ],
)
def test_overflow_in_a_part_of_a_formula_is_no_value(text: str, order: int, x: float, true: float) -> None:
    """Neither 0, where it is below a bar, nor none."""
    found = formulary(text, order, x=x)
    assert found.numbers[("x",) * order] == pytest.approx(true, rel=1e-12)


def test_what_overflow_took_is_said() -> None:
    """Not that it was rounding."""
    (note,) = formulary("atan(x)", 2, x=1e80).notes
    assert (note.code, note.facts["by"]) == ("lost-digits", "overflow")


@pytest.mark.parametrize(
    ("text", "x", "true"), [("1/x", 1e160, "2e-480"), ("hypot(x, 1)", 2.0**1000, "8.128548625557735e-904")]
)
def test_what_is_below_doubles_has_underflowed(text: str, x: float, true: str) -> None:
    """The 0 is announced."""
    found = formulary(text, 2, x=x)
    note = found.notes[-1]
    assert (note.code, note.facts["by"], note.facts["corrected"]) == ("underflow", "underflow", 0.0)
    assert note.message == f"∂²y/∂x² is too small for double precision: it is {true}"


def test_what_has_no_value_is_said_to_have_none() -> None:
    """At a pole more digits tell no number."""
    assert [note.code for note in formulary("sqrt(x)", 2, x=0.0).notes] == ["not-finite", "not-finite"]


@pytest.mark.sampled(3)
@rows.of(lambda row: not row.condition)
def test_extremes_are_right_or_noted(row: Operator) -> None:
    """Two points here, more of them and the third order in tests/sweeps."""
    check_extremes(row, (1e-160, 1e80), (2,))


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
    check_orders(list(FEW.values())[::9])
