"""Exercises: a function, a point, and what is to be derived for; all with other numbers, or with made functions."""

from collections.abc import Iterable, Mapping

from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError, MathError
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.language.parser import parse
from gradcli.worksheet.draws import Draws
from gradcli.worksheet.expressions import FORMS, filled
from gradcli.worksheet.points import good_points

MOST_NODES = 40  # that are computed, in one exercise: two pages of A4
MOST_NUMBERS = 300  # the same of arrays, which have many in a row
ATTEMPTS = 50  # at a made expression that is new and has good points


class Exercise(Frozen):
    """A function, a point with a number for each variable, and the names for which it is to be derived."""

    graph: Graph
    at: Mapping[str, float]
    targets: tuple[str, ...]


def exercises(
    graph: Graph, copies: int, seed: int, wrt: Iterable[str] | None = None, held: Mapping[str, float] | None = None
) -> list[Exercise]:
    """So many exercises with one function, each with other numbers; see `good_points` for `seed` and `held`.

    Raises `GradcliError` where there is nothing to derive for, for unknown names in `wrt`, for too large a function
    and where there are not so many points; `MathError` where there is none.
    """
    text = graph.text
    if not graph.variables:
        raise GradcliError("worksheet-no-variable", {}, text, 0, len(text))
    targets = targets_of(graph, wrt)
    most = MOST_NODES if graph.arrays is None else MOST_NUMBERS
    if (count := len(graph.computed())) > most:
        raise GradcliError("worksheet-too-large", {"nodes": count, "most": most}, text, 0, len(text))
    points = good_points(graph, copies, seed, tuple(targets.values()), held)
    if not points:
        raise MathError("worksheet-no-points", {}, text, 0, len(text))
    if len(points) < copies:
        raise GradcliError("worksheet-few-points", {"found": len(points)}, text, 0, len(text))
    return [Exercise(graph, at, tuple(targets)) for at in points]


def made(level: int, copies: int, seed: int) -> list[Exercise]:
    """So many exercises with made functions of a level: with all forms before one comes again, and with different ones
    as long as there are others.
    """
    draws = Draws(seed)
    found: list[Exercise] = []
    seen: set[str] = set()
    forms: list[str] = []
    for number in range(copies):
        forms = forms or list(FORMS[level])
        for _ in range(ATTEMPTS):
            form = draws.one_of(forms)
            text = filled(form, level, draws)
            if text not in seen:
                break
        forms.remove(form)
        seen.add(text)
        graph = parse(text)
        # Of two points the second has the branches which the first has not: they take turns.
        points = good_points(graph, 2, draws.below(1 << 30), may_idle=False)
        found.append(Exercise(graph, points[number % len(points)], tuple(graph.variables)))
    return found
