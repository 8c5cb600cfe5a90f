"""Tests of the quiz as text. `tests/slow/test_quiz_in_browser.py` answers it in a browser."""

import pytest

from gradcli.draw.forms.page import page
from gradcli.draw.forms.quiz import Quiz, points_for
from gradcli.draw.scene import make_scene
from gradcli.language.parser import parse
from tests.helpers.pictures import TWENTY

NETWORK, _, REPEATED = TWENTY
DIFFERENT = (
    "tan(a) + erf(b*a) + gelu(c)*sinc(a*c) + asinh(b) + hypot(a, b) + softplus(c)"
    " + atan2(a, c)*expm1(b) + log1p(c)*sqrt(a)"
)


def quiz(expression: str, language: str = "en", **point: float) -> str:
    """The page that asks."""
    graph = parse(expression)
    points = points_for(graph, list(graph.variables.values()), point)
    return page(make_scene(graph, numbers=True, language=language), quiz=Quiz(points))


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("expression", "language"), [(NETWORK, "en"), (NETWORK, "ja"), (REPEATED, "ja"), (DIFFERENT, "ja")]
)
def test_a_graph_of_twenty_nodes_is_at_most_60_kb(expression: str, language: str) -> None:
    """With the questions, their words and the points."""
    assert len(quiz(expression, language, **TWENTY.get(expression, {})).encode()) <= 60_000


def test_the_given_point_is_the_first_of_the_rounds() -> None:
    """Others follow, none of them twice; without one all are chosen, and an expression of numbers has one."""
    graph = parse("relu(a*x)")
    targets = list(graph.variables.values())
    first, *others = points_for(graph, targets, {"a": 2.5, "x": -3.0})
    assert first == {"a": 2.5, "x": -3.0}
    assert len(others) >= 8
    assert first not in others
    assert {at["a"] * at["x"] > 0 for at in others} == {True, False}
    assert points_for(graph, targets, {}) == others
    assert points_for(parse("2*3"), [], {}) == [{}]


def test_no_answer_is_written_down() -> None:
    """The page has the points and computes the rest."""
    text = quiz("relu(a*x)*7 + a", a=23, x=3)
    assert "points:[[23,3]," in text
    assert not {"69", "483", "506", "148"} & set(text.replace("<", " ").replace(">", " ").replace(",", " ").split())
