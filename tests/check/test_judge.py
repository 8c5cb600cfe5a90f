"""Many claims: gradcli's own derivatives, which claims break first, and limits."""

from collections import Counter

import pytest

from gradcli.check.judge import breaks_first, judge
from gradcli.check.trials.claims import read_claims
from gradcli.language.parser import parse
from tests.helpers.examples import FEW
from tests.helpers.judging import own_claims, said
from tests.helpers.random_expressions import hostile


def test_the_first_node_where_claims_break() -> None:
    """A wrong claim for a step, carried on correctly: the step is named."""
    text, at, claims = "s = a*x; t = s^2; t*b", "a=2,x=3,b=4", ("t=b", "s=2*s", "a=2*s*x")
    assert "consistent with the wrong claim for s, carried on correctly" == said(text, at, *claims)[0]
    graph = parse(text)
    verdicts = judge(graph, {"a": 2.0, "x": 3.0, "b": 4.0}, read_claims(graph, list(claims)))
    assert ["right", "wrong", "wrong"] == [verdict.verdict for verdict in verdicts]
    assert ["s"] == breaks_first(graph, verdicts)


@pytest.mark.parametrize(
    ("text", "claims", "first"),
    [
        ("s = a*x; t = b*y; s + t", ("t=2", "a=a", "x=x"), []),  # a and x do not pass t
        ("s = a*x; t = b*y; s + t", ("t=2", "s=3", "a=a", "x=x", "b=b"), ["t", "s"]),
        ("s = a*x; t = b*y; s + t", ("s=3", "t=1", "a=a", "b=b"), ["s"]),
        ("s = a*x; t = s*b; t*y", ("t=2*y", "s=s", "a=a"), ["t"]),
        ("s = a*x; t = s*b; t*y", ("s=s",), []),
        ("a*x*b*y", ("a=a", "x=x"), []),
        ("s = a*x; where(s > 0, b*s, y)", ("s=s", "y=3", "x=x"), ["s"]),
        ("s = a*x; t = b*y; where(s > 0, t, y)", ("t=t", "a=17"), []),  # a condition passes nothing on
    ],
)
def test_which_claims_break_first(text: str, claims: tuple[str, ...], first: list[str]) -> None:
    """Wrong ones above other wrong ones, with none above them."""
    graph = parse(text)
    point = {"a": 2.0, "x": 3.0, "b": 4.0, "y": 5.0}
    verdicts = judge(graph, {name: point[name] for name in graph.variables}, read_claims(graph, list(claims)))
    assert first == breaks_first(graph, verdicts)


def test_over_the_limit_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither right nor wrong at a kink whose sides are not known; what fails elsewhere is wrong."""
    monkeypatch.setattr("gradcli.check.branches.sides.SWEEPS", 0)
    monkeypatch.setattr("gradcli.check.branches.sides.BESIDE_WORK", 0)
    graph = parse(" + ".join(f"relu(x{number}) + where(y{number} > 0, y{number}, 0)" for number in range(6)))
    claims = [f"x{number}={number - 2}" for number in range(5)] + ["x5=2*cos(x5)"]
    claims += [f"y{number}={number - 1}" for number in range(5)] + ["y5=2*cos(y5)"]
    found = judge(graph, dict.fromkeys(graph.variables, 0.0), read_claims(graph, claims))
    one, other = ["wrong", "wrong", "inconclusive"], ["wrong", "right", "inconclusive"]
    assert [*one, "inconclusive", "inconclusive", "wrong"] == [verdict.verdict for verdict in found[:6]]
    assert [*other, "wrong", "inconclusive", "wrong"] == [verdict.verdict for verdict in found[6:]]


def test_of_tame_expressions() -> None:
    """Nearly all are right; more of them in tests/sweeps."""
    found = Counter[str]()
    for example in list(FEW.values())[::54]:
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)
            found[verdict.verdict] += 1
    assert found["right"] + found["right-where-tried"] > 0.95 * found.total()


def test_of_hostile_expressions() -> None:
    """Where rounding, oscillation, poles, bends and edges of conditions make it hard to tell; more in tests/sweeps."""
    for example in hostile(2, 5):
        for verdict in own_claims(example):
            assert "wrong" != verdict.verdict, (example, verdict)
