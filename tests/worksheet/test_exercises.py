"""Exercises: what is asked for, and made expressions that take turns on their branches."""

import pytest

from gradcli.choices import LEVELS
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.worksheet.exercises import exercises, made
from gradcli.worksheet.expressions import FORMS
from gradcli.worksheet.points import FEWEST


def test_the_targets_are_those_that_are_asked_for() -> None:
    """A step may be one of them."""
    assert exercises(parse("s = a*x; s*b"), 1, 0, ["s", "b"])[0].targets == ("b", "s")
    assert exercises(parse("a*x"), 1, 0)[0].targets == ("a", "x")


def test_a_seed_fixes_made_exercises() -> None:
    """Expressions and numbers, of which more copies keep the first."""
    first, more = made(2, 3, 5), made(2, 5, 5)
    assert [(one.graph.text, one.at) for one in first] == [(one.graph.text, one.at) for one in more[:3]]
    assert [one.graph.text for one in made(2, 3, 6)] != [one.graph.text for one in first]
    assert len({one.graph.text for one in more}) == 5


@pytest.mark.parametrize("level", LEVELS)
def test_no_form_comes_again_before_all_others(level: int) -> None:
    """Under other letters, with another number or function it is the same exercise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gradcli.worksheet.exercises.filled", lambda form, *_: form.translate(LETTERS).format(**SAME))
        patch.setattr("gradcli.worksheet.exercises.good_points", lambda *_, **__: [{}])
        count = len(FORMS[level])
        texts = [one.graph.text for one in made(level, 2 * count, 7)]
    assert len(set(texts)) == len(set(texts[:count])) == len(set(texts[count:])) == count


def test_made_exercises_practise_something() -> None:
    """More in the sweeps."""
    for one in made(4, 2, 3):
        gradient = evaluate(one.graph, one.at, tuple(one.graph.variables.values())).gradient
        assert sum(map(bool, gradient.values())) >= FEWEST


LETTERS = str.maketrans("XYZW", "axbc")
SAME = {"m": "2", "f": "exp"}
