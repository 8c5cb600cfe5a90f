"""The constant e, which is a variable where it is given a value."""

import json
import math

import pytest

from gradcli import GradcliError, gradient
from gradcli.choices import BACKENDS
from gradcli.engine.answer import Answer
from gradcli.language.parser import parse
from tests.helpers.running import run

NOTE = "note: e is a variable here, as it is given a value, and not the constant\n"
POINT = '{"e": 0.5, "x": 2, "unit": "m"}'


def test_e_is_a_constant_unless_it_is_free() -> None:
    """Other names change nothing, and pi stays a constant."""
    assert list(parse("e*x").variables) == list(parse("e*x", free=["x", "pi"]).variables) == ["x"]
    assert list(parse("e*x + pi", free=["e", "pi"]).variables) == ["e", "x"]
    assert gradient("e*x", {"x": 2}).gradient == {"x": math.e}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--at", "e=0.5,x=2"),
        ("--at", "ｅ＝０．５、x=2"),
        ("--at", "x=2", "--at", "e=0.5", "--wrt", "e,x"),
        ("--at", "-"),
    ],
)
def test_a_value_makes_it_a_variable(arguments: tuple[str, ...]) -> None:
    """Pairs and objects of JSON; the note is information, which --strict does not count."""
    found = run("eval", "e*x + e^2", *arguments, "--json", "--strict", stdin=POINT.encode())
    result = json.loads(found.out)
    assert (0, {"e": 3.0, "x": 0.5}) == (found.code, result["gradient"])
    assert [("name", "e")] == [(note["code"], note["name"]) for note in result["notes"]]


def test_strict_counts_other_notes_beside_it() -> None:
    """A kink is one."""
    assert run("eval", "relu(e*x)", "--at", "e=0.5,x=0", "--strict").code == 1


def test_a_step_makes_it_a_name() -> None:
    """From its line on; before, it is the constant, and so the step comes too late."""
    graph = parse("e = 0.2; m - e*sin(m)")
    assert list(graph.steps) == ["e"]
    assert [note.code for note in Answer.of(graph, {"m": 1.0}).notes] == ["name"]
    with pytest.raises(GradcliError, match="used before"):
        parse("y = 2*e; e = 3; y*e")


def test_wrt_and_claims_make_it_a_variable() -> None:
    """A claim by its left side; on the right it is then the same variable, and else the constant."""
    found = run("diff", "e^x", "--wrt", "e")
    assert ("∂y/∂e = x*e^(x - 1)\n", NOTE) == (found.out, found.err)
    claimed = run("check", "e*x", "--at", "e=2,x=3", "--claim", "∂y/∂e=x", "--claim", "x=e", "--json")
    assert ["right", "right"] == [claim["verdict"] for claim in json.loads(claimed.out)["claims"]]
    assert run("check", "e^x", "--at", "x=1", "--claim", "x=e^x").code == 0
    missing = run("check", "e*x", "--at", "x=3", "--claim", "e=x")
    assert (2, "gradcli: no value for e\n  e*x\n  ^\n") == (missing.code, missing.err)


def test_in_the_library_too() -> None:
    """By the point or by wrt, which may be read once."""
    assert gradient("e^x", {"e": 2, "x": 1}, iter(["e"])).gradient == {"e": 1.0}
    assert gradient("e*x", {"e": 2, "x": 1}, "x").gradient == {"x": 2.0}
    assert gradient("e/3", {"e": "1"}, digits=20).digits["value"] == "0.33333333333333333333"


def test_in_code_it_is_an_argument() -> None:
    """In formulas the constant is upright, a variable is not."""
    for backend in BACKENDS:
        assert run("export", "e*x", "--wrt", "e", "--to", backend).code == 0
    assert "def value_and_gradient(e, x):" in run("export", "e*x", "--wrt", "e", "--to", "python").out
    latex = run("export", "e*x", "--to", "latex").out, run("export", "e*x", "--wrt", "e", "--to", "latex").out
    assert [True, False] == [r"\mathrm{e}" in text for text in latex]
