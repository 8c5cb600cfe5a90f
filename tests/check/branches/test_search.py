"""Claims are tried on every branch, of the function and their own, or it is said on which not.

With other random points in tests/sweeps.
"""

from itertools import islice

import pytest

from gradcli.check.branches import search
from gradcli.check.branches.search import Branches, NodeBranch, Search
from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from tests.helpers.judging import judged
from tests.helpers.layers import layers, point

AT = {"x": 0.7, "y": 1.3, "a": 2.0, "low": -1.0, "high": 3.0}


IN_ONE = [
    ("x^2", "x=where(x > 3.5, 0, 2*x)"),
    ("x^2", "x=where(x > 3.5 and x < 3.55, 0, 2*x)"),
    ("x^2", "x=where(x < -1e6, 0, 2*x)"),
    ("x^2", "x=where(x > 10 or x < -10, x, 2*x)"),
    ("x^2", "x=where(not x < 77, x, 2*x)"),
    ("x^2", "x=2*min(x, 500)"),
    ("x^2", "x=2*clip(x, -90, 90)"),
    ("x^2", "x=2*x + relu(x - 200)"),
    ("x^2", "x=x*(1 + sign(40 - x))"),
    ("a*where(x < 1000, x/10, x/5 - 100)", "a=x/10"),
    ("a*min(x, 100)", "a=x"),
    ("clip(x, -100, 200)", "x=1 + 0*x"),
    ("relu(x + 50)", "x=1 + 0*x"),
    ("max(x, y, -60)", "x=where(x > y, 1, 0)"),
    ("a*abs(x - 30)", "a=30 - x"),
    ("s = x*y; a*where(s > 300, 2*s, s)", "a=s"),
    ("where(x < 20, x, where(x < 40, 2*x, 3*x))", "x=where(x < 20, 1, 2)"),
]


@pytest.mark.parametrize(("text", "claim"), IN_ONE)
def test_wrong_in_one_branch(text: str, claim: str) -> None:
    """Which no random point takes: a point is found that does."""
    assert "wrong" == judged(text, AT, claim).verdict


MEETING = [
    ("max(relu(x), relu(y))", "x=where(relu(x) == max(relu(x), relu(y)), 1, 0)"),
    ("max(relu(x), relu(y))", "x=where(x >= y and x > 0, 1, 0) + where(x < 0 and relu(x) == relu(y), 1e-3, 0)"),
    ("x^2", "x=where(floor(x/10) == 3, 0, 2*x)"),
    ("x^2", "x=where(floor(x) == 12, 0, 2*x)"),
    ("x^2", "x=where(ceil(x) == 12, 0, 2*x)"),
    ("x^2", "x=where(round(x) == 5, 0, 2*x)"),
    ("x^2", "x=where(floor(x) > 1000, 0, 2*x)"),
    ("x^2", "x=where(x == 7, 0, 2*x)"),
    ("x^2", "x=where(x != 7, 2*x, 0)"),
    ("x*y", "x=where(x == 5*y, 0, y)"),
    ("x^2", "x=where(x == 0.1, 0, 2*x)"),
    ("x^2", "x=where(sign(x - 7) == 0, 0, 2*x)"),
    ("x^2", "x=where(x >= 7 and x <= 7, 0, 2*x)"),
    ("x^2", "x=where(not (x < 7 or x > 7), 0, 2*x)"),
    ("x^2", "x=where(x > 1 and x < 1.000001, 0, 2*x)"),
    ("where(x*y > 1e6 and x < 1, 0, x^2)", "x=2*x"),
    ("where(x > 1 and x < 1.000001, 0, x^2)", "x=2*x"),
    ("where(floor(x/10) == 3, x, x^2)", "x=2*x"),
    ("where(relu(x - 50) == 0, x, x^2)", "x=1 + 0*x"),
    ("x^2", "x=2*x + where(x*x > 1e6, x, 0)*where(x < 0, 1, 0)"),
    ("relu(x - 30)*relu(y - 40)", "x=0*x"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), MEETING)
def test_wrong_where_conditions_meet(text: str, claim: str) -> None:
    """At single points, between two edges, on one step of many, and where the branches of two nodes come together."""
    assert "wrong" == judged(text, AT, claim).verdict


EDGES = [
    ("where(x == 0, 1, sin(x)/x)", "x=where(x == 0, 5, (x*cos(x) - sin(x))/x^2)", "wrong"),
    ("where(x == 0, 1, sin(x)/x)", "x=where(x == 0, 0, (x*cos(x) - sin(x))/x^2)", "right"),
    ("relu(x)", "x=where(x == 0, 7, where(x > 0, 1, 0))", "wrong"),
    ("relu(x)", "x=where(x == 0, 0.5, where(x > 0, 1, 0))", "right"),  # between the slopes from both sides
    ("relu(x) - relu(-x)", "x=where(x == 0, 0.5, 1)", "wrong"),  # the kinks cancel
    ("relu(x) - relu(-x)", "x=where(x == 0, 1, 1)", "right"),
    ("max(x, y)", "x=where(x == y, 7, where(x > y, 1, 0))", "wrong"),
    ("max(x, y)", "x=where(x == y, 0, where(x > y, 1, 0))", "right"),
]


@pytest.mark.parametrize(("text", "claim", "verdict"), EDGES)
def test_at_kinks_and_edges_themselves(text: str, claim: str, verdict: str) -> None:
    """A claim that singles out such a point is tried there, beside the slopes from both sides."""
    assert verdict == judged(text, AT, claim).verdict


IN_ALL = [
    ("a*where(x < 1000, x/10, x/5 - 100)", "a=where(x < 1000, x/10, x/5 - 100)"),
    ("where(x < 20, x, where(x < 40, 2*x, 3*x))", "x=where(x >= 40, 3, where(x < 20, 1, 2))"),
    ("clip(x, low, high)", "x=where(x < low or x > high, 0, 1)"),
    ("max(x, y, -60)", "x=where(x > y and x > -60, 1, 0)"),
    ("x*abs(x)", "x=2*x*sign(x)"),
    # Where both are 0 the maximum is, whichever it takes.
    ("max(relu(x), relu(y))", "x=where(x >= y and x > 0, 1, 0)"),
    ("max(relu(x), relu(y))", "x=where(relu(x) == max(relu(x), relu(y)) and x > 0, 1, 0)"),
    ("min(x*y, clip(x, 0.8, 1.2)*y)", "x=where((y > 0 and x > 1.2) or (y < 0 and x < 0.8), 0, y)"),  # a tie all around
    ("min(clip(x, -1, 1), 1)", "x=where(x > -1 and x < 1, 1, 0)"),
    ("where(relu(x) >= relu(y), relu(x), relu(y))", "y=where(y > x and y > 0, 1, 0)"),
    ("where(x == 0, 1, sin(x)/x)", "x=(x*cos(x) - sin(x))/x^2"),  # numbers are equal at single points only
]


@pytest.mark.parametrize(("text", "claim"), IN_ALL)
def test_right_in_all(text: str, claim: str) -> None:
    """Nothing more is said."""
    found = judged(text, AT, claim)
    assert ("right", None) == (found.verdict, found.remark)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("where(relu(x) == relu(y), x, y)", "x=where(x == y, 1, 0)"),
        ("where(relu(x) == relu(y), 5, y)", "y=where(x == y, 0, 1)"),
    ],
)
def test_a_branch_that_is_taken_on_an_edge_alone_is_not_tried(text: str, claim: str, seed: int) -> None:
    """Where x = y the numbers are equal on an edge; where both are below 0, all around."""
    assert "right" != judged(text, AT, claim, seed).verdict


# Each with a number by which there are points on the branch, where the claim is wrong.
IMPOSSIBLE = [
    ("relu(exp(x) - {})", "x=exp(x)", "0", "0.01"),
    ("where(x^2 >= {}, x, 5)", "x=1 + 0*x", "0", "0.01"),
    ("x + 1", "x=where(x^2 < {}, 0, 1)", "0", "0.01"),
    ("x + 1", "x=max(sign(exp(x) - {}), 1)", "0", None),
    ("x^2", "x=where(x > 3 and x < {}, 0, 2*x)", "2", "3.01"),
    ("max(x^2, {}) + abs(y^2)", "x=2*x", "-1", "0.01"),
    ("where(x > 1 and x < {}, 5, x^2)", "x=2*x", "0.5", "1.01"),
]


@pytest.mark.parametrize(("text", "claim", "without", "beyond"), IMPOSSIBLE)
def test_a_branch_that_is_taken_nowhere(text: str, claim: str, without: str, beyond: str | None) -> None:
    """It need not be tried."""
    found = judged(text.format(without), AT, claim.format(without))
    assert ("right", None) == (found.verdict, found.remark)
    if beyond is not None:
        assert "wrong" == judged(text.format(beyond), AT, claim.format(beyond)).verdict


@pytest.mark.parametrize(
    ("text", "claim", "untried"),
    [
        ("relu(2 + sin(x))", "x=cos(x)", ["relu(2 + sin(x)) = 0"]),
        ("where(sin(x) >= -1, x, 5)", "x=1", []),  # a number is tested at the point
        ("where(sin(x) >= -1, x, 5)", "x=1 + 0*x", ["not sin(x) >= -1"]),
        ("x + 1", "x=where(sin(x) > 1, 0, 1)", ["sin(x) > 1"]),
        ("x + 1", "x=max(sign(2 + sin(x)), 1)", ["2 + sin(x) < 0"]),
        ("x^2", "x=where(x^2 == 2, 0, 2*x)", ["x^2 == 2"]),  # no double
        ("max(sin(x), -2) + abs(3 + sin(y))", "x=cos(x)", ["max(sin(x), -2) = -2", "abs(3 + sin(y)) = -(3 + sin(y))"]),
    ],
)
def test_a_branch_that_no_point_takes(text: str, claim: str, untried: list[str]) -> None:
    """The claim is right where it was tried; the branch is named."""
    found = judged(text, AT, claim)
    named = list(found.remark.facts["branches"]) if found.remark and found.remark.code == "untried" else []
    assert untried == named[: len(untried)]
    assert ("right-where-tried" if untried else "right") == found.verdict
    assert all(condition in found.phrases("en")[0] for condition in untried)


def test_data_take_no_other_branch() -> None:
    """What is held fixed has one branch alone."""
    graph = parse("x*where(t > 0.5, 2, 3)")
    found = judge(graph, {"x": 1.0, "t": 1.0}, read_claims(graph, ["x=2 + 0*x"]), varied=["x"])
    assert "right" == found[0].verdict


def test_the_search_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the branches are named."""
    monkeypatch.setattr(search, "WORK", 0)
    assert "right-where-tried" == judged("x^2", AT, "x=where(x > 77, x, 2*x)").verdict


def test_no_point_is_tried_twice() -> None:
    """From two starts, by steps that end at the edge."""
    graph = parse("where(x > 77, x, 2*x)")
    branches = search.Branches(graph, ["x"])
    (node,) = branches.alone
    found = search.Search(["x"]).points(branches.distances(search.NodeBranch(node, 1)), [{"x": 1.0}, {"x": 2.0}])
    points = [at["x"] for at in found]
    assert len(points) == len(set(points)) > 5


@pytest.mark.parametrize("size", [3, 40])
def test_one_of_many_is_made_the_largest_at_once(size: int) -> None:
    """What it is made of alone is moved before anything else."""
    graph = layers("sum(max(X@W, axis=0))", {"X": (size, 2), "W": (2, 1)})
    branches, start = Branches(graph, graph.variables), point(graph)
    (node,) = branches.nodes
    for number in range(size):
        branch = NodeBranch(node, number)
        points = islice(Search(graph.variables).points(branches.distances(branch), [start]), 1)
        assert [{branch}] == [branches.taken(evaluate(graph, at).values) for at in points]
