"""What is plotted of a function: over one range its curve and its derivative's, over two a field of gradients."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import lines_of
from gradcli.language.missing import missing_values
from gradcli.plot import field as two
from gradcli.plot import figure as one
from gradcli.plot.points import Points
from gradcli.text import format_number

LONGEST = 60  # characters of an expression as a title


class Range(NamedTuple):
    """A variable, from where and to where."""

    name: str
    low: float
    high: float


def answer_at(graph: Graph, point: Mapping[str, float], across: Sequence[Range], by: Sequence[str]) -> Answer | None:
    """The function at the point, if there is one: where the variables that move have values too.

    Raises `GradcliError` where another variable has none, and for a point that is not within the ranges.
    """
    targets_of(graph, by)
    moving = [moved.name for moved in across]
    has_point = any(name in point for name in moving)
    missing = [name for name in graph.variables if name not in point and (has_point or name not in moving)]
    if missing:
        raise missing_values(graph, missing, point)
    if not has_point:
        return None
    for moved in across:
        if not moved.low <= point[moved.name] <= moved.high:
            facts = {"name": moved.name, "value": point[moved.name], "low": moved.low, "high": moved.high}
            raise GradcliError("point-outside", facts, source="option")
    return Answer.of(graph, point, by)


def plotted(
    graph: Graph,
    point: Mapping[str, float],
    across: Sequence[Range],
    by: Sequence[str],
    samples: int | None = None,
    answer: Answer | None = None,
    title: str = "",
) -> one.Figure | two.Field | None:
    """What is drawn over one or two ranges, `by` these names; None where the function has no value.

    `point` has the values of the other variables, `answer` what there is at the point where the tangent touches.
    """
    moving = [moved.name for moved in across]
    title = title or _title(graph, point, moving)
    points = Points(graph, point, moving, [(graph.variables | graph.steps)[name] for name in by])
    known = answer if answer and answer.is_finite else None
    if len(across) == 1:
        touch = one.Touch(point[moving[0]], known.value, known.slopes[by[0]]) if known else None
        return one.figure(graph, title, across[0], points, by[0], samples or one.SAMPLES, touch)
    x, y = moving
    arrow = ((point[x], point[y]), known.value, (known.slopes[x], known.slopes[y])) if known else None
    return two.field(graph, title, across[0], across[1], points, samples or two.SAMPLES, arrow)


def _title(graph: Graph, point: Mapping[str, float], moving: Sequence[str]) -> str:
    """The expression on one line, and the values of what does not move."""
    text = "; ".join(lines_of(graph))
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    values = [f"{name} = {format_number(value)}" for name, value in point.items() if name not in moving]
    return f"{text}  ({', '.join(values)})" if values else text
