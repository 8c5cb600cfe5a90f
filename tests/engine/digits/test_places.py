"""Kinks, jumps and edges at points whose numbers mean what is written."""

import json
from collections.abc import Mapping

import pytest

from gradcli.api import gradient
from gradcli.engine.digits.traced import traced
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


def test_the_numbers_of_an_edge() -> None:
    """They are those of the digits, whatever doubles make of the point."""
    (note,) = gradient("where(x+0.1 == 0.3, 0, x)", {"x": "0.2"}, digits=20).notes
    assert (note.facts["value"], note.facts["used"]) == (0.0, 0.0)
    assert (note.facts["value_left"], note.facts["value_right"]) == pytest.approx((0.2, 0.2))


def test_one_sided_derivatives_of_what_doubles_lose() -> None:
    """They are not said."""
    found = gradient("(exp(x)-1)/x + relu(y)", {"x": "1e-8", "y": "0"}, digits=20).notes
    assert [(note.code, note.facts.get("variable")) for note in found] == [("kink", None), ("one-sided", "y")]
