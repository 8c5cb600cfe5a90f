"""Edges of conditions, and jumps to which no gradient comes: noted where they make a difference, and only there."""

import json
from math import inf
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.engine import turns
from gradcli.text import format_number
from tests.helpers.running import run

Sides = tuple[float | None, float | None]


def turning(text: str, at: dict[str, float], **options: Any) -> list[tuple[str, str, int]]:
    """The code, the function and the column of each node that is said to jump or to turn."""
    found = gradient(text, at, **options).notes
    return [
        (note.code, note.facts["function"], note.facts["column"]) for note in found if note.code in ("jump", "edge")
    ]


JUMPS = [
    ("sign(x)*x", {"x": 0}, ["sign"]),
    ("floor(x)*(x - 1)", {"x": 1}, ["floor"]),
    ("min(-0.5, floor(x))", {"x": 0}, ["floor"]),
    ("max(0, floor(x) - 2)*x + ceil(x)*(x - 3)", {"x": 3}, ["floor", "ceil"]),
    ("round(x)*(x - 2.5)", {"x": 2.5}, ["round"]),
    ("hypot(1, mod(y, 1))", {"y": 0}, ["mod"]),
    ("where(floor(x) > 0.5, 1, x)", {"x": 1}, ["floor"]),
    ("detach(floor(x))*x", {"x": 1}, ["floor"]),
    ("x + detach(round(x) - x)", {"x": 0.5}, ["round"]),
    ("0*detach(floor(x)) + x", {"x": 1}, []),
    ("floor(x)*ceil(x)", {"x": 0}, []),
    ("heaviside(x)*x", {"x": 0}, ["heaviside"]),
    ("y*trunc(x) + 1", {"x": 2, "y": 0}, []),
    ("floor(x)*(x - 1)^2", {"x": 1}, []),
    ("0*floor(x)", {"x": 1}, []),
    ("max(0.5, floor(x))", {"x": 0}, []),
    ("relu(floor(x))", {"x": -3}, []),
    ("where(x > 1, floor(x), 0)", {"x": 0}, []),
    ("floor(2)*x", {"x": 0}, []),
    ("s = floor(x); x^2", {"x": 0}, []),
]


@pytest.mark.parametrize(("text", "at", "expected"), JUMPS)
def test_jumps_under_a_gradient_of_0(text: str, at: dict[str, float], expected: list[str]) -> None:
    """They are noted where the expression jumps or bends because of them."""
    assert [name for code, name, _ in turning(text, at) if code == "jump"] == expected


EDGES = [
    ("where(x == 0, 0, x)", {"x": 0}, [("x", (1, 1))]),
    ("where(x == 1, 0, log(x))", {"x": 1}, [("x", (1, 1))]),
    ("where(x != 0, exp(-1/x^2) + x, 0)", {"x": 0}, [("x", (1, 1))]),
    ("where(x > 0, x*log(x), 0)", {"x": 0}, [("x", (0, -inf))]),
    ("where(x == 0, 0, x*log(y))", {"x": 0, "y": 23}, [("x", (3.1354942159291497, 3.1354942159291497))]),
    ("where(x == 0, 0, x*log(y))", {"x": 0, "y": 1e10}, [("x", (23.025850929940457, 23.025850929940457))]),
    ("where(x > 0, x, 0)", {"x": 0}, [("x", (0, 1))]),
    ("where(x > 0, sqrt(x), 0)", {"x": 0}, [("x", (0, inf))]),
    ("where(x == 0, 1, x/expm1(x))", {"x": 0}, [("x", (-0.5, -0.5))]),
    ("where(x == y, x, y)", {"x": 1, "y": 1}, [("x", (0, 0)), ("y", (1, 1))]),
    ("relu(x) + where(x > 0, 2*x, 0)", {"x": 0}, [("x", (0, 3))]),
    ("relu(x) + where(x^2 > 0, 5, 0)", {"x": 0}, [("x", (0, 1))]),
    ("where(0.125*x > 0.375, 1, 2)*(x - 3)", {"x": 3}, [("x", (2, 1))]),
    ("where(x^3 != detach(x^3), -x, x)", {"x": 2}, []),  # they are equal beside the point too
    ("where(detach(x) > 2, 3*x, x)", {"x": 2}, [("x", (1, 3))]),
    ("where(x > 2, detach(x), x)", {"x": 2}, [("x", (1, 0))]),
    ("detach(where(x >= 2, 3, 4))*x", {"x": 2}, [("x", (4, 3))]),
    ("where(x == 2, 7, max(detach(x), x))", {"x": 2}, [("x", (0, 1))]),  # what is held stays behind
    ("where(x == 2, 0, sqrt(x - detach(x)))", {"x": 2}, [("x", (None, inf))]),
    ("where(x > -1e-300, exp(x), cos(x))", {"x": -1e-300}, [("x", (1e-300, 1))]),
    ("where(0.1*x > 0.30000000000000004, 1, 2)*(x - 3)", {"x": 3}, []),
    ("s = erfc(mod(x, 8)); where((s^3)^(1/3) == s, 1, 3)", {"x": 8}, []),  # be 1/3 rounded
    ("where(x > 1, floor(1e60*x), 1e60)", {"x": 1}, [("x", (0, None))]),
    ("where(x > 1, mod(1e60*x, 3), mod(1e60, 3))", {"x": 1}, [("x", (0, None))]),
    ("where(x == 0, 0, x*sin(1/x))", {"x": 0}, [("x", (None, None))]),
    ("where(x > 0 and x < 1, x, 0)", {"x": 1}, [("x", (1, 0))]),
    ("where(not (x > 0) or x > 2, x, -x)", {"x": 0}, [("x", (1, -1))]),
    ("where(x >= 0, where(x <= 0, 0, x), -x)", {"x": 0}, [("x", (-1, 1)), ("x", (-1, 1))]),
    ("t = 2*x\nwhere(t >= 4, t^2, 4*t)", {"x": 2}, [("x", (8, 16))]),
    ("where(x == 0, 1, sin(x)/x)", {"x": 0}, []),
    ("where(x == 0, 0.5, (1 - cos(x))/x^2)", {"x": 0}, []),
    ("where(x == 0, 1/6, (x - sin(x))/x^3)", {"x": 0}, []),
    ("where(x != 0, exp(-1/x^2), 0)", {"x": 0}, []),
    ("where(x == 0, 0, x^2*sin(1/x))", {"x": 0}, []),
    ("where(x > 0, x, x)", {"x": 0}, []),
    ("where(x > 0, x^2, 0)", {"x": 0}, []),
    ("where(x >= 0, x^1.5, 0)", {"x": 0}, []),
    ("where(x > 0, x*sqrt(x), 0)", {"x": 0}, []),
    ("where(x > 1, 2*x - 1, x^2)", {"x": 1}, []),
    ("where(x <= 1, 3*(0.1*x), 0.3*x) - 0.3", {"x": 1}, []),
    ("relu(x) - where(x >= 0, x, 0)", {"x": 0}, []),
    ("where(gamma(x + 1) > x*gamma(x), sin(x), y)", {"x": 0.7, "y": 2}, []),
    ("where(digamma(x + 1) > digamma(x) + 1/x, sin(x), y)", {"x": 0.7, "y": 2}, []),
    ("relu(x) + where(x > 0, x, x)", {"x": 0}, []),
    ("where(x > x, 1, x)", {"x": 0}, []),
    ("where(1 > 1, 1, x)", {"x": 0}, []),
    ("where(y > 0, x, 2*x)", {"x": 0, "y": 1}, []),
    ("where(x > 0, where(y > 0, x, 2*x), 0)", {"x": -1, "y": 0}, []),
    ("x^1.5 + where(x > 0, x^2, 0)", {"x": 0}, []),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "at", "expected"), EDGES)
def test_edges(text: str, at: dict[str, float], expected: list[tuple[str, Sides]]) -> None:
    """An edge is noted for each variable with other slopes or values beside it, with the slopes on both sides."""
    found = [note.facts for note in gradient(text, at).notes if note.code == "edge"]
    assert [(facts["variable"], (facts["left"], facts["right"])) for facts in found] == expected


def test_values_on_both_sides() -> None:
    """Where the value jumps the note has them too."""
    (note,) = gradient("where(x >= 0, 5, 2)*(x + 1)", {"x": 0}).notes
    facts = {"function": "ge", "node": "s", "column": 9, "variable": "x", "value": 5.0}
    facts |= {"value_left": 2.0, "value_right": 5.0, "used": 5.0, "left": 2.0, "right": 5.0}
    assert (note.code, note.variant, note.facts) == ("edge", "edge-jump", facts)


def test_values_of_what_derivatives_hold() -> None:
    """It has no slope, but values, which move and jump."""
    (_, edge) = gradient("detach(floor(x)) + where(x == 1, 0, 5)", {"x": 1}).notes
    assert (edge.facts["value_left"], edge.facts["value_right"]) == (5.0, 6.0)


def test_only_the_edge_that_makes_a_difference_is_named() -> None:
    """Of several the one that does; and those that do so together."""
    text = "where(x > 0, x, x) + where(x > 0, x^2, 0) + where(x > 0, 3*x, 0)"
    assert turning(text, {"x": 0}) == [("edge", "gt", 53)]
    assert turning("where(x > 0, x, 0) + where(x < 0, -x, 0)", {"x": 0}) == [("edge", "gt", 9), ("edge", "lt", 30)]
    assert turning("where(x > 0, x, 0) - where(x > 0, x, 0)", {"x": 0}) == []


def test_only_for_what_is_asked_for() -> None:
    """An edge that only another variable moves is none; a step moves by itself."""
    assert turning("where(x > 0, x, 0)*y", {"x": 0, "y": 1}, wrt=["y"]) == []
    assert turning("s = 2*x; where(s > 0, s, 0)", {"x": 0}, wrt=["s"]) == [("edge", "gt", 18)]


@pytest.mark.parametrize("text", ["where(x > 0, x, 0)", "sign(x)*x"])
@pytest.mark.parametrize("command", ["eval", "diff"])
def test_strict(command: str, text: str) -> None:
    """Such a note makes the exit code 1, and stands in JSON."""
    assert (0, 1) == (run(command, text, "--at", "x=0").code, run(command, text, "--at", "x=0", "--strict").code)
    (note,) = json.loads(run(command, text, "--at", "x=0", "--json").out)["notes"]
    assert note["code"] in ("edge", "jump")


def test_an_infinite_slope_is_null_in_json() -> None:
    """As every number that is not finite."""
    (note,) = json.loads(run("eval", "where(x > 0, sqrt(x), 0)", "--at", "x=0", "--json").out)["notes"]
    assert (0.0, None) == (note["left"], note["right"])


def test_what_is_shown_has_them() -> None:
    """The description of a picture, the mark in a trace."""
    picture = run("draw", "where(x > 0, x, 0)", "--at", "x=0", "--format", "svg").out
    assert "at column 9 turns here" in picture[picture.index("<desc>") : picture.index("</desc>")]
    trace = run("eval", "sign(x)*x", "--at", "x=0", "--trace", "--format", "markdown").out
    assert "s = sign(x) (jump)" in trace


def test_too_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it would take too long all jumps are noted, and of edges that they are not looked at."""
    monkeypatch.setattr(turns, "WORK", 10)
    left_out = (
        "a condition turns here; what the whole expression does beside its edge is left out: there are too many nodes"
    )
    assert [note.message for note in gradient("where(x > 0, x, x)", {"x": 0}).notes] == [left_out]
    assert turning("floor(x)*(x - 1)^2", {"x": 1}) == [("jump", "floor", 1)]


def test_the_work_has_a_limit() -> None:
    """Many edges are looked at up to a number; slow functions count as much as they take."""
    text = " + ".join(["where(x > 0, x/32, 0)"] * 32)
    assert len(turning(text, {"x": 0})) == turns.MOST
    for function, expected in (("sin(x)", [{"x"}]), ("gamma(x + 1.5)", [{None}])):
        text = f"where(x > 0, x, 0)*({' + '.join([function] * 20)} + 1)"
        assert [{note.facts["variable"]} for note in gradient(text, {"x": 0}).notes] == expected


TOGETHER = [
    ("where(x > 0 and y > 0, 5, 0)", {"x": 0, "y": 0}, [1.0, 1.0], (0.0, 5.0)),
    ("where(x < 1 and y > 0, x^2, 2*x)", {"x": 1, "y": 0}, [1.0, -1.0], (1.0, 2.0)),
    ("where(x > 0, where(y > 0, 5, 0), 0)", {"x": 0, "y": 0}, [1.0, 1.0], (0.0, 5.0)),
    ("where(x > 0, floor(y), 0)", {"x": 0, "y": 0}, [1.0, -1.0], (0.0, -1.0)),
    ("where(x*y > 0, 5, 0)", {"x": 0, "y": 0}, [1.0, 1.0], (5.0, 5.0)),
    ("where(y > x and y < 2*x, 5, 0)", {"x": 0, "y": 0}, [1.0, 0.625], (0.0, 5.0)),
    ("where(x > 1e20 and y > 1e-5, 5, 0)", {"x": 1e20, "y": 1e-5}, [1.0, 1e-25], (0.0, 5.0)),
    ("where(x > 0 and y > 0 and z < 0 and w < 0, 5, 0)", dict.fromkeys("xyzw", 0), [1.0, 1.0, -1.0, -1.0], (0.0, 5.0)),
]


@pytest.mark.parametrize(("text", "at", "direction", "sides"), TOGETHER)
def test_edges_that_no_variable_meets_alone(
    text: str, at: dict[str, float], direction: list[float], sides: tuple[float, float]
) -> None:
    """They are seen where variables move together; the note says how fast each does."""
    (note,) = [note for note in gradient(text, at).notes if note.code == "edge"]
    assert set(note.facts["variable"].split(", ")) == set(at)
    assert note.facts["direction"] == pytest.approx(direction)
    assert (note.facts["value_left"], note.facts["value_right"]) == sides
    assert f"along ({', '.join(map(format_number, note.facts['direction']))}) the whole expression" in note.message


@pytest.mark.parametrize("text", ["floor(x)*floor(y)", "sign(x)*sign(y)", "floor(x)*ceil(y)*y", "mod(x, 1)*floor(y)"])
def test_jumps_that_no_variable_meets_alone(text: str) -> None:
    """Both are noted, since each makes a difference beside the other."""
    assert [note.code for note in gradient(text, {"x": 0, "y": 0}).notes] == ["jump", "jump"]


@pytest.mark.parametrize(
    "text", ["where(x > 0, x*y, x*y)", "where(x > 0 and y > 0, x*y, x*y)", "0*floor(x)*floor(y)", "where(x > y, y, y)"]
)
def test_what_no_way_shows_is_no_edge(text: str) -> None:
    """Neither alone nor together."""
    assert not gradient(text, {"x": 0, "y": 0}).notes


IDENTITY = "((x + 1)^2 - x^2 - 1)/2"  # x, which doubles at 1e150 and at 1e-300 make nothing of


@pytest.mark.parametrize("x", [-1e150, 1e150, -1e-300])
@pytest.mark.parametrize("sign", ["==", ">="])
@pytest.mark.parametrize("other", ["x", "x + (x - 1)^2 - x^2 + 2*x - 1"])
def test_an_identity_is_no_edge(x: float, sign: str, other: str) -> None:
    """Where doubles lose the digits of its sides too: beside the point they are what they are made of, not what those
    doubles move by that are next to them.
    """
    notes = gradient(f"where({IDENTITY} {sign} {other}, z, 3*z)", {"x": x, "z": 0.5}).notes
    assert {note.code for note in notes} <= {"lost-digits"}


def test_an_edge_at_a_remainder_of_many_digits() -> None:
    """It is no double: beside it the other side moves."""
    text = "s = 1e20 + y/4; where(mod(s, 7) >= s - 1e20 + 2 + x, z, 3*z)"
    (note, *_) = gradient(text, {"x": 0.0, "y": 1e-20, "z": 0.5}).notes
    assert note.code == "edge"
    assert (note.facts["value_left"], note.facts["value_right"]) == (0.5, 1.5)


@pytest.mark.parametrize("how", [{}, {"digits": 20}, {"fractions": True}])
def test_an_edge_of_what_doubles_lose(how: dict[str, Any]) -> None:
    """It is seen by how its sides move."""
    found = gradient(f"where({IDENTITY} >= y, z, 3*z)", {"x": -1e150, "y": -1e150, "z": 0.5}, **how)
    (note,) = [note for note in found.notes if note.facts.get("variable") == "x"]
    assert (note.facts["value_left"], note.facts["value_right"]) == (1.5, 0.5)


UNREACHED = [
    ("where(y <= x, 1, 57/(where(0 <= x, y, pi) - x*z))", {"y": 1e-150, "x": 0, "z": 4e-15}, "x"),
    ("gelu(z*where(z <= x, x, cos(y))/cos(x)/x)/10", {"z": 1.5707963267948966, "x": 1.5707963267948966, "y": -2}, "x"),
    ("where(x >= 0, 1/(x + 1e-150), 1)", {"x": 0}, "x"),
]


@pytest.mark.parametrize(("text", "at", "variable"), UNREACHED)
def test_nothing_is_said_of_sides_that_are_not_seen(text: str, at: dict[str, float], variable: str) -> None:
    """Where rounding alone turns a condition, or a pole or another edge lies nearer than the points that are tried."""
    (note,) = [note for note in gradient(text, at).notes if note.facts.get("variable") == variable]
    assert note.code == "edge"
    assert [note.facts[fact] for fact in ("value_left", "value_right", "left", "right")] == [None] * 4
    assert "beside the point is not known" in note.message


def test_a_bend_beside_an_edge_takes_the_slope_alone() -> None:
    """The value is known all the same."""
    (note,) = gradient("where(x >= 0, relu(x - 1e-150), -x)", {"x": 0}).notes
    assert [note.facts[fact] for fact in ("value_left", "value_right", "left", "right")] == [0.0, 0.0, -1.0, None]


@pytest.mark.parametrize(
    ("condition", "sides"), [("x + x^2 <= x", (3.0, 3.0)), ("x + x^5 <= x", (1.0, 3.0)), ("x^5 >= x^2", (3.0, 3.0))]
)
def test_powers_are_told_from_what_rounding_leaves(condition: str, sides: tuple[float, float]) -> None:
    """A power that parts two numbers by far less than they move."""
    (note,) = gradient(f"where({condition}, x, 3*x)", {"x": 0}).notes
    assert (note.facts["left"], note.facts["right"]) == sides
