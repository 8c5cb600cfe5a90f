"""All forms of made expressions, with all functions: each has points to practise at."""

import pytest

from gradcli.choices import LEVELS
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.worksheet.exercises import Exercise, made
from gradcli.worksheet.expressions import FORMS, FUNCTIONS, NAMES
from gradcli.worksheet.points import FEWEST, good_points

TEXTS = [
    form.replace("{f}", function).replace("{m}", "5")
    for level, forms in FORMS.items()
    for form in forms
    for function in (FUNCTIONS.get(level, ("",)) if "{f}" in form else ("",))
]


@pytest.mark.parametrize("text", sorted(set(TEXTS)))
def test_every_form_has_points(text: str) -> None:
    """Two for each, whatever the variables are called."""
    for letter, name in zip("XYZW", NAMES[0], strict=True):
        text = text.replace(letter, name)
    assert len(good_points(parse(text), 2, 0)) == 2


def ways_of(exercise: Exercise) -> set[tuple[str, int]]:
    """The ways that functions with branches go, each by its name."""
    here = evaluate(exercise.graph, exercise.at)
    found = set()
    for node in here.order:
        operator = exercise.graph.operators[node]
        if operator.chooses and not operator.condition:
            found.add((operator.name, here.chosen(node)))
        elif operator.branches:
            found.add((operator.name, here.taken(node)))
    return found


@pytest.fixture(scope="module")
def sheets() -> dict[int, list[Exercise]]:
    """Some of each level, with several seeds."""
    return {level: [one for seed in range(2) for one in made(level, 10, seed)] for level in LEVELS}


def test_made_exercises_take_both_ways(sheets: dict[int, list[Exercise]]) -> None:
    """Relu is open and closed, where takes the one and the other, in networks too."""
    found: set[tuple[str, int]] = set().union(*map(ways_of, sheets[4]))
    assert {("relu", 0), ("relu", 1), ("where", 1), ("where", 2), ("abs", 0), ("abs", 1)} <= found
    assert {("relu", 0), ("relu", 1)} <= set().union(*map(ways_of, sheets[5]))


def test_made_exercises_have_gradients(sheets: dict[int, list[Exercise]]) -> None:
    """None is practice where all gradients or all but one are 0."""
    for one in (one for found in sheets.values() for one in found):
        gradient = evaluate(one.graph, one.at, tuple(one.graph.variables.values())).gradient
        assert sum(map(bool, gradient.values())) >= min(FEWEST, len(gradient)), (one.graph.text, one.at)
