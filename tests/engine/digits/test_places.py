"""Kinks, jumps and edges at points whose numbers mean what is written."""

import json
from collections.abc import Mapping

import pytest

from gradcli.api import gradient
from gradcli.engine.certified.traced import traced
from gradcli.language.parser import parse
from tests.helpers.running import run


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("relu(0.1+x-0.3)", {"x": "0.2"}, "kink"),
        ("floor(100*x)*x", {"x": "0.29"}, "jump"),
        ("where(x+0.1 == 0.3, 0, x)", {"x": "0.2"}, "edge"),
        ("mod(x, 0.1)", {"x": "0.5"}, "jump"),
        ("max(0.1*x, 0.3)", {"x": "3"}, "tie"),
        ("clip(x, 0.1*3, 1)", {"x": "0.3"}, "kink"),
        ("hypot(x - 0.1*3, y)", {"x": "0.3", "y": "0"}, "kink"),
        ("atan2(0.1 + y - 0.3, x)", {"x": "-1", "y": "0.2"}, "jump"),
    ],
)
def test_what_is_met_as_written(text: str, at: Mapping[str, str], code: str) -> None:
    """Doubles do not meet it."""
    assert gradient(text, at, digits=20).notes[0].code == code
    assert code in traced(parse(text), at, 20)[1].marks.values()
    point = ",".join(f"{name}={value}" for name, value in at.items())
    assert run("eval", text, "--at", point, "--digits", "20", "--strict").code == 1
    assert json.loads(run("diff", text, "--at", point, "--digits", "20", "--json").out)["notes"][0]["code"] == code


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("abs(0.1*3-x)", {"x": "0.30000000000000004"}),
        ("where(x > 0.3, x, 2*x)", {"x": "0.3000000000000000000001"}),
        ("relu(x*1e-300)", {"x": "1e-200"}),
        ("max(x, y)", {"x": "1e-400", "y": "0"}),
        ("hypot(1e-300*x, y)", {"x": "1e-300", "y": "0"}),
        ("floor(x)", {"x": "2.00000000000000000001"}),
    ],
)
def test_what_only_doubles_meet(text: str, at: Mapping[str, str]) -> None:
    """Nothing is said of it."""
    assert gradient(text, at, digits=20).notes == ()


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("mod(2, x/y)", {"x": 1, "y": 25}, "jump"),
        ("abs(1e16 + x - 1e16 - 1)", {"x": 1}, "kink"),
        ("max(1e16 + x - 1e16, 1)*x", {"x": 1}, "tie"),
        ("where(1e16 + x - 1e16 >= 1, x, 2*x)", {"x": 1}, "edge"),
        ("hypot(1e16 + x - 1e16 - 1, y)", {"x": 1, "y": 0}, "kink"),
        ("floor(1e16 + x - 1e16)*x", {"x": 1}, "jump"),
    ],
)
def test_what_doubles_lose_and_many_digits_meet(text: str, at: Mapping[str, float], code: str) -> None:
    """It is said beside the right numbers, and marked."""
    result = gradient(text, at)
    assert result.notes[0].code == code
    assert "1e16" not in text or result.notes[0].facts["argument" if code in ("tie", "jump") else "column"] != 0
    assert code in result.evaluation.marks.values()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("abs(1e16 + x - 1e16)", {"x": 1}),
        ("max(1e16 + x - 1e16, 0)", {"x": 1}),
        ("relu(x/y*3 - 0.12)", {"x": 1, "y": 25}),
        ("where(x/y*3 == 0.12, 1, x)", {"x": 1, "y": 25}),
        ("floor(1e17 + x - 1e17)", {"x": 2.5}),
        ("s = x + z - 1; max(s, s, y) - y", {"x": 1e150, "y": 1e150, "z": 2.5}),
    ],
)
def test_what_only_rounding_meets(text: str, at: Mapping[str, float]) -> None:
    """It is no kink, jump or edge, under any rule; only digits are lost."""
    result = gradient(text, at)
    assert {note.code for note in result.notes} == {"lost-digits"}
    assert {note.code for note in gradient(text, at, kink="minnorm").notes} == {"lost-digits"}
    assert gradient(text, at, kink="minnorm").gradient == pytest.approx(result.gradient, rel=1e-15)


def test_conditions_that_doubles_do_not_part() -> None:
    """They are what they are on both sides too, where s1 is less than s0 by e^-1360."""
    text = "s0 = x; s1 = acosh(sinh(s0)); where(where(s1 >= s0, 2*s0, clip(s0, s0, s0)) == s0, y, 3)*x"
    result = gradient(text, {"x": 680.0, "y": 2.0})
    assert result.value == 1360.0
    assert {note.facts["corrected"] for note in result.notes} == {1360.0, 2.0, 680.0}


def test_no_sides_are_known_where_a_jump_is_nearer_than_doubles() -> None:
    """The remainder jumps at 5e-324 from the point."""
    notes = gradient("relu(x) + mod(1, z - y)", {"x": 0, "y": 1, "z": 5e-324}).notes
    assert {note.code for note in notes} == {"kink", "lost-digits"}


def test_the_numbers_of_an_edge() -> None:
    """They are those of the digits, whatever doubles make of the point."""
    (note,) = gradient("where(x+0.1 == 0.3, 0, x)", {"x": "0.2"}, digits=20).notes
    assert (note.facts["value"], note.facts["used"]) == (0.0, 0.0)
    assert (note.facts["value_left"], note.facts["value_right"]) == pytest.approx((0.2, 0.2))


def test_one_sided_derivatives_of_what_doubles_lose() -> None:
    """They are not said."""
    found = gradient("(exp(x)-1)/x + relu(y)", {"x": "1e-8", "y": "0"}, digits=20).notes
    assert [(note.code, note.facts.get("variable")) for note in found] == [("kink", None), ("one-sided", "y")]
