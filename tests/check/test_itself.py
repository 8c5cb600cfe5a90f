"""The check of gradcli's own gradient: reverse mode, forward mode and the Taylor test."""

import json

import pytest

from gradcli.check import itself
from gradcli.check.itself import compare
from gradcli.check.samples import Sample, sample
from gradcli.parser import parse
from tests.random_expressions import Example
from tests.running import run
from tests.test_derive import ALL


@pytest.mark.parametrize("example", list(ALL.values())[::5], ids=list(ALL)[::5])
def test_the_gradient_is_never_wrong(example: Example) -> None:
    """Right, or inconclusive where rounding or a kink nearby hides the answer."""
    graph = parse(example.text)
    for found in compare(graph, example.at, list(graph.variables)):
        assert found.verdict in ("right", "inconclusive")


def test_most_are_conclusive() -> None:
    """Over nine in ten."""
    found = [
        c.verdict for e in list(ALL.values())[::5] for c in compare(parse(e.text), e.at, list(parse(e.text).variables))
    ]
    assert found.count("right") > 0.9 * len(found)


@pytest.mark.parametrize("factor", [1.01, 1.0001, -1.0, 0.0])
def test_a_wrong_gradient_is_found(factor: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """If both modes were wrong in the same way, the Taylor test would tell."""

    def spoiled(graph: object, at: object) -> Sample | None:
        found = sample(graph, at)  # type: ignore[arg-type]
        assert found is not None
        edges = [[(index, slope * factor) for index, slope in pairs] for pairs in found.edges]
        adjoints = [adjoint * factor for adjoint in found.adjoints]
        adjoints[found.graph.output] = 1.0
        return Sample(found.graph, found.at, found.forward_pass, adjoints, edges, found.bends)

    monkeypatch.setattr(itself, "sample", spoiled)
    assert ["wrong"] == [found.verdict for found in compare(parse("exp(x)"), {"x": 1.0}, ["x"])]


@pytest.mark.parametrize(
    ("text", "at", "verdict", "remark"),
    [
        ("relu(x)", {"x": 0.0}, "inconclusive", "jump"),
        ("floor(x) + x", {"x": 2.0}, "inconclusive", "jump"),
        ("sqrt(x)", {"x": 0.0}, "inconclusive", "not finite"),
        ("x + 1e16", {"x": 1.0}, "inconclusive", "rounding"),
        ("x^2", {"x": 0.0}, "right", ""),
        ("3*x + 1", {"x": 2.0}, "right", ""),
        ("5 + 0*x", {"x": 2.0}, "right", ""),
    ],
)
def test_where_it_cannot_tell(text: str, at: dict[str, float], verdict: str, remark: str) -> None:
    """It says so."""
    assert [(verdict, remark)] == [(found.verdict, found.remark) for found in compare(parse(text), at, ["x"])]


def test_very_large_graphs_are_tested_in_one_direction() -> None:
    """All variables together, so that the work stays in proportion."""
    text = " + ".join(f"x{number}*x{number}" for number in range(1_500))
    graph = parse(text)
    found = compare(graph, dict.fromkeys(graph.variables, 0.5), list(graph.variables))
    assert [("x0, x1, x2, …", "right")] == [(one.name, one.verdict) for one in found]


def test_the_command() -> None:
    """The three numbers and a verdict for each variable."""
    outcome = run("check", "sin(a)*b", "--at", "a=1,b=2", "--json")
    found = json.loads(outcome.out)
    assert (0, []) == (outcome.code, found["claims"])
    assert ["right", "right"] == [row["verdict"] for row in found["gradient"]]
    assert pytest.approx(found["gradient"][0]["reverse"], rel=1e-6) == found["gradient"][0]["taylor"]


def test_an_infinite_slope_beside_it_makes_no_right_gradient_wrong() -> None:
    """A root at 0 has no finite slope, but that says nothing of the other variable."""
    outcome = run("check", "sqrt(b) + y", "--at", "b=0,y=2", "--json")
    verdicts = [found["verdict"] for found in json.loads(outcome.out)["gradient"]]
    assert ["inconclusive", "inconclusive"] == verdicts
    assert "right" in run("check", "sqrt(b) + y", "--at", "b=0,y=2", "--claim", "y=1").out
