"""What hangs on a number that is taken for 0, or on a branch that no digits decide."""

from collections.abc import Mapping

import pytest

from gradcli.api import gradient
from gradcli.engine.digits import bounds


@pytest.mark.parametrize(
    ("text", "at", "value", "slope"),
    [
        ("((1+x^4)-1)/x/x/x/x", 1e-180, 1.0, 0.0),
        ("((1+x^3)-1)/x/x/x", 1e-240, 1.0, 0.0),
        ("((1+x^4)-1)*1e300*1e300*1e300", 1e-200, 1e100, 4e300),
        ("1e300*(1e300*(1e300*(exp(x^4)-1)))", 1e-200, 1e100, 4e300),
        ("(cos(x^2)-1)*1e300*1e300", 1e-150, -0.5, -2e150),
    ],
)
def test_terms_below_the_usual_digits(text: str, at: float, value: float, slope: float) -> None:
    """They are looked for where the result hangs on them."""
    found = gradient(text, {"x": at})
    assert found.value == pytest.approx(value, rel=1e-15)
    assert found.gradient["x"] == pytest.approx(slope, rel=1e-15, abs=0)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("text", ["cbrt(exp(log(x)) - x)", "cbrt(sqrt(x)^2 - x)*x", "abs(sqrt(x)^2 - x)^0.25 + 0*x"])
def test_roots_of_what_cancels(text: str) -> None:
    """They are 0 to all doubles with more digits than what is below them takes; the slopes are not known."""
    found = gradient(text, {"x": 0.3}, allow_nonfinite=True)
    assert found.value == 0
    assert not [note for note in found.notes if note.facts.get("of") == "value" and note.facts["corrected"] is None]
    assert [note for note in found.notes if note.facts.get("name") == "x"]


def test_terms_below_all_digits() -> None:
    """Nothing is said to be right."""
    note = gradient("((1+x^9)-1)" + "*1e300" * 9, {"x": 1e-300}).notes[0]
    assert (note.facts["of"], note.facts["corrected"], note.facts["column"]) == ("value", None, 9)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("acot(tan(atan(x)) - x)", 3.0000000000000004),
        ("csc(acos(logsumexp(sign(tan(atan(x)) - x))))", 2.9075157685760153),
    ],
)
def test_a_value_that_there_may_not_be(text: str, x: float) -> None:
    """Where what is taken for 0 is on its other side, or is 0, the function has none: nothing is said to be right."""
    notes = [note for note in gradient(text, {"x": x}).notes if note.code == "lost-digits"]
    assert [note.facts["corrected"] for note in notes] == [None, None]


@pytest.mark.parametrize(
    ("text", "at", "column"),
    [
        ("floor(log(x)/log(10))*y", {"x": 1000.0, "y": 1.0}, 1),
        ("ceil(exp(log(x)))*y", {"x": 3.0, "y": 1.0}, 1),
        ("floor(sqrt(x)^2)*y", {"x": 3.0, "y": 1.0}, 1),
        ("where(sqrt(x)^2 >= x, y, 3*y)", {"x": 3.0, "y": 1.0}, 17),
        ("where(sqrt(2)^2 > 2, y, 3*y)+x*y", {"x": 1.0, "y": 2.0}, 17),
        ("where(sqrt(x)^2 == x, y, 3*y)", {"x": 3.0, "y": 1.0}, 17),
        ("mod(sqrt(x)^2, 3)*y", {"x": 3.0, "y": 1.0}, 1),
        ("(heaviside(mod(cbrt(x)^3, x)) + 1)*y", {"x": -1.9544297937430612, "y": 1.0}, 12),  # 0 on the jump alone
        ("sign(sqrt(x)^2-x)*y", {"x": 3.0, "y": 1.0}, 15),
        ("sign(exp(-1e19)*(sqrt(3)^2-3))*y", {"y": 1.0}, 27),  # beside 0 by less than any digits tell
        ("sign(tan(atan(1e150*x)) - 1e150*x)*y", {"x": -1.0, "y": 1.0}, 25),  # a pole within the error of atan
        ("relu(x)*floor(5*y)*0 + round(sqrt(x)^2/2)*y", {"x": 3.0, "y": 1.0}, 24),
    ],
)
def test_a_branch_that_no_digits_decide(text: str, at: Mapping[str, float], column: int) -> None:
    """The branch of the doubles is kept, and the note on each number that hangs on it names the node."""
    notes = [note for note in gradient(text, at).notes if note.code == "lost-digits"]
    assert {note.facts.get("name", "") for note in notes} == {"", "y"}
    assert {(note.facts["corrected"], note.facts["column"]) for note in notes} == {(None, column)}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("max(log(exp(x)), x)*y", {"x": 0.5, "y": 2.0}),  # both have the same value and slope
        ("x*y + floor(sqrt(x)^2)*0 + abs(sqrt(x)^2-x)*0", {"x": 3.0, "y": 1.0}),  # multiplied by 0
        ("where(sqrt(x)^2 >= x, y, 3*y - 2*y)", {"x": 3.0, "y": 1.0}),
        ("relu(x)*y", {"x": 0.0, "y": 1.0}),  # exactly equal
        ("s = exp(x); where(s == max(s, y), x, y)*x", {"x": 3.0, "y": 1.0}),  # one of them alone may be the largest
        ("floor(x)*y + where(x == 3, y, x)", {"x": 3.0, "y": 1.0}),
        ("floor(log10(1000*x))*y + where(x/3*3 == x, y, 3*y) + floor(sqrt(9*x)^2)", {"x": 1.0, "y": 1.0}),  # quotients
        ("(sin(x)^2 + cos(x)^2 - 1)*y", {"x": 0.7, "y": 1.0}),
    ],
)
def test_what_hangs_on_nothing(text: str, at: Mapping[str, float]) -> None:
    """No note where all ways come to the same, or no way is open."""
    assert not [note for note in gradient(text, at).notes if note.code in ("lost-digits", "underflow")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("max(sqrt(x)^2, cbrt(x)^3 + y, exp(log(x)))", {"x": 3.0, "y": 0.0}),  # one between the others
        ("max(x, sqrt(x)^2, cbrt(x)^3, exp(log(x)) + y, x + sqrt(x)^2 - x)", {"x": 3.0, "y": 0.0}),
        ("s = tanh(x + y); s*s/min(y, s, y)", {"x": 400.0, "y": 1.0}),  # and others that are one node
    ],
)
def test_each_that_may_be_a_maximum(text: str, at: Mapping[str, float]) -> None:
    """The slope hangs on which of them is taken for it."""
    notes = [note for note in gradient(text, at).notes if note.code == "lost-digits"]
    assert [(note.facts["name"], note.facts["corrected"]) for note in notes] == [("y", None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("leaky_relu(-exp(-x), y)", {"", "x", "y"}),
        ("max(0, exp(-x)*y)", {"", "x", "y"}),
        ("min(0, -exp(-x), y)", {"", "x"}),
        ("clip(y + exp(-x), 1.5, 2)", {"x"}),
        ("exp(-x/1e12)*where(sqrt(y)^2 >= y, x, 3*x)", {"", "x"}),  # on each branch another number
        ("exp(-x/1e12)/clip(-y, -2, mod(tan(atan(1)), -1) - 1)", {"", "x", "y"}),
    ],
)
def test_a_branch_that_what_is_below_all_exponents_decides(text: str, names: set[str]) -> None:
    """What is 0 on the branch of the doubles alone is less than any double, and said to be; and no more of what other
    branches make another such number.
    """
    found = gradient(text, {"x": 1e20, "y": 1.5})
    assert found.gradient["x"] == 0
    below = [note for note in found.notes if note.code == "underflow"]
    assert {note.facts.get("name", "") for note in below} == names
    assert all("less than" in note.message for note in below)


@pytest.mark.parametrize(
    "text", ["1000*floor((exp(x)-1)/x)*y", "1e6*where((exp(x)-1)/x >= 1, y, 5*y)", "max(1e6*((exp(x)-1)/x), 1e6)*y"]
)
def test_branches_that_may_turn_in_large_graphs(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not computed with more digits: what hangs on them may be wrong, and the note names the node."""
    monkeypatch.setattr(bounds, "MOST", 3_000)
    found = gradient(text + " + y*0.5" * (bounds.MOST // 3), {"x": 1e-8, "y": 1.0}, wrt=["y"])
    assert len(found.graph) > bounds.MOST
    assert {note.facts["name"] for note in found.notes if note.facts.get("of") == "gradient"} == {"y"}
    assert {note.facts["corrected"] for note in found.notes} == {None}
