"""The quiz on the page of a picture of arrays: each matrix is asked for in a grid of fields."""

from collections.abc import Iterator, Sequence
from typing import Any

from gradcli.draw.forms.quiz import Quiz, spoken
from gradcli.draw.scene import Scene
from gradcli.graph import Graph
from gradcli.operators.arrays import MATMUL

_SAID = (
    "quiz.score", "quiz.right", "quiz.told", "quiz.wrong", "quiz.some", "quiz.because", "quiz.unread", "quiz.digits",
    "quiz.to", "quiz.over", "consistent",
)  # fmt: skip
_WRONG = (
    "mistake.sign", "mistake.transposed", "mistake.factor", "mistake.own-input", "mistake.batch-sum",
    "mistake.starts-late", "quiz.of-value", "quiz.added", "quiz.times", "quiz.derivative", "quiz.input",
)  # fmt: skip
_OF_FORKS = ("quiz.sum", "part-of", "mistake.path", "mistake.only-path")
STYLE = (
    "#answer input{font:inherit;box-sizing:border-box;width:100%;padding:4px;text-align:right;color:inherit;"
    "background:var(--node);border:1px solid var(--dead);border-radius:4px}"
)

FIELD = """<span id="asked">{answer}</span>
<div id="answer" class="array" role="group" aria-labelledby="asked"></div>"""


class ArrayQuiz(Quiz):
    """What the page has besides where it is a quiz, at these points in turn."""

    style = Quiz.style + STYLE
    field = FIELD

    def facts_of_arrays(self, graph: Graph, scene: Scene, variables: Sequence[int]) -> dict[str, Any]:
        """What the page's code knows besides; `graph` is that of the numbers, `variables` has its variables as the page
        counts them.
        """
        points = self.shown_points()
        quiz = {
            "points": points,
            "products": [node for node, row in enumerate(scene.graph.operators) if row is MATMUL],
            "words": spoken(_codes(graph, scene), scene.language),
        }
        return {"at": dict(zip(variables, points[0], strict=True)), "quiz": quiz}


def _codes(graph: Graph, scene: Scene) -> Iterator[str]:
    """What there can be to say."""
    yield from (*_SAID, *_WRONG)
    operators = scene.graph.operators
    sources = [scene.items[edge.source].node for edge in scene.edges if edge.backward]
    if len(sources) > len(set(sources)):
        yield from _OF_FORKS
    if MATMUL in operators:
        yield "mistake.other-product"
    if any(branch.is_flat for row in operators for branch in row.branches):
        yield "mistake.open"
    if any(row.condition for row in graph.operators):
        yield "quiz.truth"
