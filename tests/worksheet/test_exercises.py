"""Exercises: what is asked for, and made expressions that take turns on their branches."""

from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.worksheet.exercises import exercises, made


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


def test_made_exercises_take_both_ways() -> None:
    """Of ten with branches, some relu or where goes either way."""
    ways = set()
    for one in made(4, 10, 1):
        here = evaluate(one.graph, one.at)
        for node in here.order:
            operator = one.graph.operators[node]
            if operator.chooses and not operator.condition:
                ways.add(here.chosen(node))
            elif operator.branches:
                ways.add(here.taken(node) + 1)
    assert {1, 2} <= ways
