"""Tests of the quiz over arrays as text. `tests/slow/test_quiz_of_arrays.py` answers it in a browser."""

from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.draw.arrays import array_scene
from gradcli.draw.forms.array_page import array_page
from gradcli.draw.forms.array_quiz import ArrayQuiz
from gradcli.draw.forms.quiz import points_for
from tests.helpers.array_programs import AFFINE, ATTENTION, NETWORK


def quiz(program: tuple[str, dict[str, Any]], language: str = "en") -> str:
    """The page that asks."""
    result = gradient(*program)
    graph = result.graph
    points = points_for(graph, list(graph.variables.values()), result.point)
    scene = array_scene(graph, language=language, numbers=True)
    return array_page(scene, graph, quiz=ArrayQuiz(points))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("program", [NETWORK, ATTENTION], ids=["network", "attention"])
def test_a_graph_of_twenty_nodes_is_at_most_60_kb(program: tuple[str, dict[str, Any]]) -> None:
    """With the questions, their words and the points."""
    assert len(quiz(program, "ja").encode()) <= 60_000


def test_no_answer_is_written_down() -> None:
    """The page has the points and computes the rest."""
    text = quiz((AFFINE[0], AFFINE[1] | {"b": [70, 71, 72]}))
    assert "points:[[1,2,3,4,1,0,-1,2,1,0,70,71,72]," in text
    assert not {"75", "73", "81", "75.0"} & set(text.replace("<", " ").replace(">", " ").replace(",", " ").split())
