"""The check of gradcli's own gradient: reverse mode, forward mode and the Taylor tests."""

import json
from collections import Counter
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.check import agreements as module
from gradcli.check.agreements import agreements
from gradcli.check.trials.samples import Sample, sample
from gradcli.language.parser import parse
from tests.helpers.examples import FEW
from tests.helpers.judging import verdicts
from tests.helpers.random_expressions import hostile
from tests.helpers.running import run


def test_a_right_gradient_is_never_wrong() -> None:
    """Not where rounding, oscillation, poles, bends and edges of conditions make it hard to tell."""
    found = [(example, one) for example in hostile(80) for one in verdicts(example)]
    assert [] == [pair for pair in found if pair[1].verdict == "wrong"]
    assert Counter(one.verdict for _, one in found)["right"] > 0.75 * len(found)


def test_a_tame_gradient_is_right() -> None:
    """In 99 of 100 cases: for the others rounding hides the answer."""
    found = [one.verdict for example in list(FEW.values())[::2] for one in verdicts(example)]
    assert "wrong" not in found
    assert found.count("right") > 0.99 * len(found)


def test_two_modes_that_do_not_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are wrong, whatever the Taylor test says."""

    def spoiled(graph: Any, at: Any) -> Sample | None:
        found = sample(graph, at)
        assert found is not None
        found.adjoints[0] *= 1.000001
        return found

    monkeypatch.setattr(module, "sample", spoiled)
    found = agreements(parse("exp(x)"), {"x": 1.0}, ["x"])
    assert [("wrong", ("disagree", {}))] == [(one.verdict, one.remark) for one in found]


@pytest.mark.parametrize(
    ("text", "x", "verdict", "remark"),
    [
        ("relu(x)", 0.0, "inconclusive", "jump"),
        ("floor(x) + x", 2.0, "inconclusive", "jump"),
        ("floor(x)*(x - 1)", 1.0, "inconclusive", "jump"),  # no gradient comes to floor there
        ("floor(1 - (x - 1)^2)", 1.0, "inconclusive", "jump"),  # the argument has slope 0
        ("where(x > 0, x, 0)", 0.0, "inconclusive", "jump"),
        ("where(x == 1, 5, x)", 1.0, "inconclusive", "jump"),
        ("where((x - 1)^2 > 0, x, 0)", 1.0, "inconclusive", "jump"),  # the condition's numbers part to second order
        ("where(x == 1 and x < 3, 5, x)", 1.0, "inconclusive", "jump"),
        ("where(2 > x, x^2, x)", 1.0, "right", ""),
        ("where(x == x, x^2, x)", 1.0, "right", ""),
        ("relu(x)^2", 0.0, "right", ""),  # smooth though relu is not
        ("relu(x - 1)^2 + 3*x + 5", 1.0, "right", ""),
        ("2*x - x*abs(x)", 0.0, "right", ""),
        ("relu(x) - relu(-x)", 0.0, "inconclusive", "jump"),  # smooth, with another slope than that of the branches
        ("abs(x^3)", 0.0, "right", ""),
        ("sqrt(x)", 0.0, "inconclusive", "not-finite"),
        ("x + 1e16", 1.0, "inconclusive", "hides"),
        ("(1 - cos(x))/x^2", 1e-9, "inconclusive", "lost"),
        ("(x - sin(x))/x^3", 1e-6, "inconclusive", "lost"),
        ("1/tanh(x) - 1/x", 1e-7, "inconclusive", "lost"),
        ("sin(1e20*x)", 0.5, "inconclusive", "hides"),
        ("1e-200*(1e-200*(1e200*(1e100*x)))", 1.0, "inconclusive", "lost"),
        ("-log(1/(1 + exp(-x)))", -400.0, "inconclusive", "lost"),
        ("sin(1e8*x)", 0.5, "right", "operations"),
        ("sin(x)", 1.5707963267948966, "right", ""),
        ("1e-30/x + 1", 1e-15, "right", "operations"),  # a pole nearer than any step that the sum shows
        ("sqrt(x^2 + 1e-30) + 1", 1e-15, "right", "operations"),
        ("relu(x) + 1", 1e-15, "right", "operations"),
        ("floor(x)", 1e15 + 0.5, "right", "operations"),
        ("mod(x, 3)", 1e17 + 64, "inconclusive", "hides"),
        ("mod((0.5 - 1.735111879840833e19)*1.735111879840833e19, x)", 1.735111879840833e19, "inconclusive", "hides"),
        ("relu(x)", 5e-324, "inconclusive", "hides"),  # no step is small enough
        ("max(x, 0)", 1e-323, "inconclusive", "hides"),
        ("3*x + 1", 5e-324, "right", ""),
        ("cbrt(x)^3", 0.0, "inconclusive", "not-finite"),
        ("cos(x)", 0.0, "right", ""),
        ("x^3", 0.0, "right", ""),
        ("erf(x)", 30.0, "inconclusive", "too-small"),
        ("x^2", 0.0, "right", ""),
        ("3*x + 1", 2.0, "right", ""),
        ("5 + 0*x", 2.0, "right", ""),
    ],
)
def test_hard_cases(text: str, x: float, verdict: str, remark: str) -> None:
    """Right where it can be known, else inconclusive with the reason."""
    found = agreements(parse(text), {"x": x}, ["x"])
    assert [(verdict, remark)] == [(one.verdict, one.remark[0] if one.remark else "") for one in found]


def test_the_quotient() -> None:
    """It is that of the function: above the slope of x^3, below that of a root, a little."""
    above, below = (agreements(parse(text), {"x": 1.0}, ["x"])[0].taylor or 0.0 for text in ("x^3", "x - x^3/9"))
    assert 3 < above < 3.00001
    assert 2 / 3 - 0.00001 < below < 2 / 3


@pytest.mark.sweep
def test_a_sum_of_thousands_of_waves() -> None:
    """Their noise hides the answer in the sum, not in its terms."""
    graph = parse(" + ".join(f"sin({number}*x)" for number in range(1, 1_501)))
    assert ["right"] == [one.verdict for one in agreements(graph, {"x": 0.5}, ["x"])]


def test_many_variables_are_tested_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ones each alone, the others in one direction, those that reach a kink apart."""
    monkeypatch.setattr(module, "WORK", 100)
    graph = parse(" + ".join(f"x{n}*x{n}" for n in range(8)) + " + relu(y) + abs(z)")
    at = dict.fromkeys(graph.variables, 0.5) | {"y": 0.0, "z": 0.0}
    found = agreements(graph, at, list(graph.variables))
    assert [("x0", "right"), ("x1", "right")] == [(one.name, one.verdict) for one in found[:2]]
    rest = [(one.name, one.verdict) for one in found[-2:]]
    assert "right" == rest[0][1]
    assert rest[0][0].endswith(", …")
    assert ("y, z", "inconclusive") == rest[1]


def test_too_many_steps_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row says which, and that they were not tested."""
    monkeypatch.setattr(module, "WORK", 30)
    graph = parse("; ".join(f"s{number} = sin(x) + {number}" for number in range(8)) + "; s0 + s1 + s2 + s3")
    found = agreements(graph, {"x": 0.5}, list(graph.steps))
    assert [("s0", "right"), ("s1, s2, s3, …", "inconclusive")] == [(one.name, one.verdict) for one in found]
    rest = found[-1].as_dict()
    assert [None] * 3 == [rest[key] for key in ("reverse", "forward", "taylor")]
    assert ["left out"] == [rest["remark"]["code"]]
    assert "7 named steps are left out" in found[-1].phrases("en")[0]


def test_named_steps() -> None:
    """Are tested like variables, and agree with `gradcli eval`."""
    text, point = "s = a*x; t = sin(s); t*s + a", {"a": 2.0, "x": 3.0}
    names = ["a", "x", "s", "t"]
    found = agreements(parse(text), point, names)
    assert ["right"] * 4 == [one.verdict for one in found]
    assert dict(gradient(text, point, names).gradient) == {one.name: one.reverse for one in found}
    rows = json.loads(run("check", text, "--at", "a=2,x=3", "--wrt", "s", "--json").out)["gradient"]
    assert [("s", "right")] == [(row["name"], row["verdict"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("s = 3 + 0; s*x", "right"),
        ("s = x; s", "right"),
        ("s = x^2; where(x > 0, x, s)", "inconclusive"),
        ("s = where(x > 0, x, log(-x)); s*x", "right"),
    ],
)
def test_steps_of_every_kind(text: str, verdict: str) -> None:
    """One of constants alone, the output itself, one that is not evaluated here."""
    assert [verdict] == [one.verdict for one in agreements(parse(text), {"x": 1.0}, ["s"])]


def test_a_number_that_shows_nothing_is_not_shown() -> None:
    """Found right by its operations, whose difference quotients together are far from the small derivative."""
    (found,) = agreements(parse("x^3 - 3*x^2 + 3*x - 1"), {"x": 1.001}, ["x"])
    assert ("right", None) == (found.verdict, found.taylor)
    assert ["by the operations on the way, each tested by itself"] == found.phrases("en")


@pytest.mark.parametrize(
    ("text", "at", "right"), [("x+y-x", {"x": 1e20, "y": 1.0}, 1.0), ("(x + 3*y) - x", {"x": -1e25, "y": 2.0}, 3.0)]
)
def test_the_right_number_where_rounding_hides_the_answer(text: str, at: dict[str, float], right: float) -> None:
    """Is said, also where the doubles have it."""
    found = agreements(parse(text), at, ["y"])[0]
    assert found.remark is not None
    assert ("inconclusive", "hides", right) == (found.verdict, found.remark.code, found.remark.facts["right"])
