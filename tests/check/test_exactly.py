"""Claims compared with many digits: numbers to the last digit given, and what cancels, underflows or overflows."""

import pytest

from gradcli.check import exactly
from gradcli.check.agreements import agreements
from gradcli.language.parser import parse
from tests.helpers.judging import judged


@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict"),
    [
        ("1e10*x", 1.0, "10000000000", "right"),
        ("1e10*x", 1.0, "10000000001", "wrong"),
        ("1e16*x", 1.0, "10000000000000001", "wrong"),  # the double is the same
        ("1e23*x", 1.0, "100000000000000000000000", "right"),  # as it is written
        ("1e23*x", 1.0, "99999999999999991611392", "right"),  # as the double is
        ("1e23*x", 1.0, "100000000000000000000001", "wrong"),
        ("1234567890123456789*x", 3.0, "1234567890123456789", "right"),  # no double, nor the shortest of its double
        ("1234567890123456789*x", 3.0, "1234567890123456790", "wrong"),
        ("x - 100000000000000000001*x", 3.0, "-100000000000000000000", "right"),
        ("5e17*x^2", 0.1, "100000000000000000", "right"),  # of one tenth
        ("5e17*x^2", 0.1, "-100000000000000000", "wrong"),
        ("-5e17*x^2", 0.1, "−100000000000000000", "right"),
        ("x/3", 1.0, "0.33333333333", "right"),
        ("x/3", 1.0, "0.33333333334", "wrong"),
        ("x/3", 1.0, "0.33333333333333", "right"),
        ("x/3", 1.0, "0.33333333333334", "wrong"),
        ("x/3", 1.0, "0.3333333333333334", "right"),  # half a unit of the double's last place
        ("x/3", 1.0, "0.333333333333333333333333333", "right"),
        ("exp(x)", 1.0, "2.718281828459045", "right"),
        ("exp(x)", 1.0, "2.71828182846", "right"),
        ("exp(x)", 1.0, "2.71828182845", "wrong"),
        ("0.15*x", 1.0, "0.1", "wrong"),
        ("0.125*x", 1.0, "0.12", "right"),
        ("x^2", 0.15, "0.30", "right"),
        ("(1 - cos(x))/x^2", 1e-8, "-8.333333333e-10", "right"),
        ("(1 - cos(x))/x^2", 1e-8, "0.0", "wrong"),
        ("-log(1/(1 + exp(-x)))", -400.0, "-1", "right"),
        ("-log(1/(1 + exp(-x)))", -400.0, "0", "wrong"),
    ],
)
def test_numbers(text: str, at: float, claim: str, verdict: str) -> None:
    """A whole number is exact; of another one all digits that are given are compared."""
    assert verdict == judged(text, {"x": at}, f"x={claim}").verdict


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("exp(-200*(x - y))", "x=-200*exp(-200*x)/exp(-200*y)"),
        ("exp(300*(x - y))", "x=300*exp(300*x)/exp(300*y)"),
        ("log(1 - sigmoid(36*x))", "x=-36*sigmoid(36*x)"),
        ("(exp(x/1e9) - 1)/x", "x=(x/1e9*exp(x/1e9) - exp(x/1e9) + 1)/x^2"),
        ("1/(1 + exp(-300*x))", "x=300*exp(-300*x)/(1 + exp(-300*x))^2"),
    ],
)
def test_forms_that_under_and_overflow(text: str, claim: str) -> None:
    """Are right at samples where doubles cannot compare the two."""
    for seed in range(3):
        assert "right" == judged(text, {"x": 1.0, "y": 1.0}, claim, seed).verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "claim", ["3*x^2*(1 - tanh(x^3)^2)", "3*x^2/cosh(x^3)^2", "3*x^2*(1 - tanh(x^3))*(1 + tanh(x^3))"]
)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_too_small_to_be_told_from_0(claim: str, seed: int) -> None:
    """Below 1e-5000 a number is 0 for one form and not for another, and 1e-30 where terms of 1e300 cancel."""
    assert "right" == judged("tanh(x^3)", {"x": 2.0}, f"x={claim}", seed).verdict
    assert "wrong" != judged("tanh(x^3)", {"x": 20.0}, f"x={claim}", seed).verdict
    assert "wrong" != judged("1e300*tanh(x)", {"x": 391.0}, "x=1e300*(1 - tanh(x)^2)", seed).verdict


@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict"),
    [
        ("1e-200*(1e-200*x)", 1.0, "1e-200*1e-200", "right"),
        ("1e-200*(1e-200*x)", 1.0, "2e-200*1e-200", "wrong"),
        ("1e-200*(1e-200*x)", 1.0, "0*x", "wrong"),
        ("1e-200*(1e-200*x)", 1.0, "0", "inconclusive"),  # as doubles have it
        ("1e-200*(1e-200*x)", 1.0, "1", "wrong"),
        ("tanh(x)", 400.0, "1 - tanh(x)^2", "right"),  # by other points
        ("exp(-x^2)", 30.0, "0", "inconclusive"),
    ],
)
def test_what_is_too_small_for_doubles(text: str, at: float, claim: str, verdict: str) -> None:
    """Is compared as what it is, and said."""
    found = judged(text, {"x": at}, f"x={claim}")
    assert verdict == found.verdict
    assert found.remark is not None
    assert "too-small" == found.remark.code


@pytest.mark.parametrize(("text", "at"), [("1e-200*(1e-200*x)", 1.0), ("tanh(x)", 400.0), ("exp(-x^2)", 30.0)])
def test_a_gradient_that_is_too_small_for_doubles(text: str, at: float) -> None:
    """Is not certified as 0."""
    found = agreements(parse(text), {"x": at}, ["x"])[0]
    assert found.remark is not None
    assert ("inconclusive", "too-small") == (found.verdict, found.remark.code)


@pytest.mark.parametrize(("text", "at"), [("relu(x)", -1.0), ("0*x", 1.0), ("exp(x)", -700.0)])
def test_a_gradient_that_is_0_or_a_double(text: str, at: float) -> None:
    """Is right."""
    assert "right" == agreements(parse(text), {"x": at}, ["x"])[0].verdict


def test_a_gradient_that_is_no_number_in_doubles() -> None:
    """Though more digits have one."""
    found = agreements(parse("2*sqrt(x*1e-200*1e-200) - sqrt(x*1e-200*1e-200)"), {"x": 1.0}, ["x"])[0]
    assert found.remark is not None
    assert ("inconclusive", "not-finite") == (found.verdict, found.remark.code)


def test_what_is_shown() -> None:
    """The right value, not the one that doubles have."""
    assert 0.5000000003333334 == judged("(exp(x) - 1)/x", {"x": 1e-9}, "x=1.5").right


def test_the_work_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then doubles decide as far as they can."""
    monkeypatch.setattr(exactly, "WORK", 0)
    found = judged("(exp(x) - 1)/x", {"x": 1e-9}, "x=0.50")
    assert ("inconclusive", None) == (found.verdict, found.right)
