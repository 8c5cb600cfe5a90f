"""Points to practise at: small, readable, off kinks, on both sides of branches, the same everywhere."""

import pytest

from gradcli.api import gradient
from gradcli.engine.digits import lost
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.worksheet import points as choice
from gradcli.worksheet.points import good_points
from tests.helpers.array_programs import ATTENTION


def test_a_seed_gives_the_same_points_everywhere() -> None:
    """These were drawn once; another machine or version of Python must draw them too."""
    assert good_points(parse("a*x + b*y"), 3, 7) == GOLDEN
    assert good_points(parse("a*x + b*y"), 3, 8) != GOLDEN


GOLDEN = [{"a": 4, "x": -5, "b": 6, "y": 2}, {"a": -3, "x": 2, "b": 4, "y": -5}, {"a": 5, "x": 4, "b": 3, "y": -2}]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "text", ["a*x + b*y", "relu(a*x)", "(x + y)*(x - y)", "s = x*y; s^2 + s", "where(x > 100, x^2, 3*x)"]
)
def test_numbers_are_whole_and_small_where_they_can_be(text: str) -> None:
    """At the start points, at all nodes and in all gradients."""
    graph = parse(text)
    points = good_points(graph, 10, 1)
    assert len({tuple(at.values()) for at in points}) == 10
    for at in points:
        here = evaluate(graph, at, tuple(graph.variables.values()))
        assert all(number == int(number) for number in [*at.values(), here.value, *here.gradient.values()])
        assert all(abs(number) <= 20 or 100 < number < 130 for number in at.values())


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "branches"),
    [
        ("relu(a*x)", 2), ("abs(x - 3)*y", 2), ("where(x > 100, x, 2*x)", 2), ("max(a, b, c)", 3),
        ("clip(x, -2, 2)*y", 3), ("where(x > 0 and y > 5, x, y)", 2), ("relu(x) + relu(-x)", 4),
    ],
)  # fmt: skip
def test_branches_are_met_both_ways(text: str, branches: int) -> None:
    """By ten points, and none is met by a single one of them."""
    graph = parse(text)
    seen: list[tuple[int, int]] = []
    for at in good_points(graph, 10, 3):
        here = evaluate(graph, at)
        assert not here.all_bends
        for node in here.order:
            operator = graph.operators[node]
            if operator.chooses and not operator.condition:
                seen.append((node, here.chosen(node)))
            elif operator.ties:
                seen.append((node, here.holder(node) or 0))
            elif operator.branches:
                seen.append((node, here.taken(node)))
    assert len(set(seen)) == branches
    assert all(seen.count(branch) > 1 for branch in seen)


@pytest.mark.parametrize(
    "text", ["log(x - 20)", "sqrt(x - 1000)", "asin(x)", "floor(x)*y", "log(p) + log(1 - p)", "1/(x - 3)"]
)
def test_domains_are_kept(text: str) -> None:
    """There is a value, and no jump, at each point."""
    graph = parse(text)
    points = good_points(graph, 5, 0)
    assert len(points) == 5
    for at in points:
        assert not evaluate(graph, at, tuple(graph.variables.values())).all_bends


def test_edges_of_conditions_are_avoided() -> None:
    """Where equal numbers are compared the point does not say which branch is meant."""
    assert all(at["x"] != at["y"] for at in good_points(parse("where(x < y, x, 2*y)"), 20, 0))


def test_what_is_held_is_at_all_points() -> None:
    """The others move."""
    points = good_points(parse("a*x + b"), 5, 0, held={"a": 0.5})
    assert {at["a"] for at in points} == {0.5}
    assert len({at["x"] for at in points}) > 1


def test_fewer_points_are_found_where_there_are_no_more() -> None:
    """None where nothing has a value."""
    assert good_points(parse("acosh(sin(x)) + y"), 3, 0) == []
    assert good_points(parse("2*x"), 3, 0, held={"x": 4.0}) == [{"x": 4.0}]


def test_a_network_practises_all_of_its_units() -> None:
    """None is closed with all others, dead or saturated where that can be otherwise."""
    graph = parse("h1 = relu(w1*x1 + w2*x2 + b1); h2 = tanh(w3*x1 + w4*x2 + b2); v1*h1 + v2*h2")
    for at in good_points(graph, 2, 0):
        here = evaluate(graph, at, tuple(graph.variables.values()))
        assert 0 not in (at["v1"], at["v2"])
        assert all(here.gradient[name] for name in ("w3", "w4", "b2"))
        assert all(abs(slope) > 0.01 for slope in here.local_derivatives(graph.steps["h2"]).values())


def test_what_only_practises_nothing_is_met_less_often() -> None:
    """A relu alone is open in most exercises, and in the first one; closed it is not if that is not wanted."""
    graph = parse("relu(a*x)")
    values = [evaluate(graph, at).value for at in good_points(graph, 10, 3)]
    assert values[0] > 0
    assert 2 <= values.count(0.0) <= 4
    assert all(evaluate(graph, at).value for at in good_points(graph, 10, 3, may_idle=False))


def test_numbers_that_lose_their_digits_are_no_exercise() -> None:
    """1e17 + 3 is 1e17 in doubles."""
    assert good_points(parse("(1e17 + x) - 1e17"), 3, 0, held={"x": 3.0}) == []


@pytest.mark.sweep
def test_few_points_are_looked_into_where_nearly_all_lose_their_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A softmax of large whole numbers: it takes many digits to know each of hundreds."""
    graph, looked, look = gradient(*ATTENTION).graph, list[object](), lost.looked_into
    monkeypatch.setattr(lost, "looked_into", lambda *asked: looked.append(asked) or look(*asked))
    assert len(good_points(graph, 8, 1)) == 8
    assert choice.LOST <= len(looked) <= choice.LOST + 8
