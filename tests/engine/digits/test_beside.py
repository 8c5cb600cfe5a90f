"""What notes say of both sides, against limits with hundreds of digits, on random programs at 0."""

from random import Random
from typing import Any

import pytest

from gradcli.api import Result, gradient
from gradcli.errors import GradcliError
from tests.helpers.sides import NO_VALUE, are_near, beside, program

PROGRAMS = 800
PARTS = 6
FEW = 1
Sides = tuple[tuple[Any, Any], tuple[Any, Any]]


def programs(part: int) -> list[tuple[str, Result]]:
    """Random programs with a value at 0; always the same ones."""
    found = []
    for seed in range(part, PROGRAMS, PARTS):
        random = Random(seed)
        text = program(random, random.randint(1, 4))
        try:
            result = gradient(text, {"x": 0.0})
        except GradcliError:
            continue
        found.append((text, result))
    return found


def check_sides(part: int) -> None:
    """Claims of one-sided derivatives are true; no edge is noted where the function is smooth; nothing is silent."""
    met = set()
    for text, result in programs(part):
        sides = beside(text, -1), beside(text, 1)
        claims = [note for note in result.notes if note.code in ("one-sided", "edge") and note.facts["variable"]]
        for note in claims:
            assert _is_true(note.facts, sides), (text, note.message, sides)
        met |= {note.code for note in claims}
        point = result.value, result.gradient.get("x", 0.0)
        if all(_are_alike(side, point) for side in sides):
            assert "edge" not in {note.code for note in result.notes}, text
        elif not result.notes:
            assert _ends(sides, point), (text, point, sides)
    assert met == {"one-sided", "edge"}


@pytest.mark.parametrize("part", range(FEW))
def test_right_or_announced(part: int) -> None:
    """Of some of the programs; of the others in tests/sweeps."""
    check_sides(part)


def _ends(sides: Sides, point: tuple[float, float]) -> bool:
    """Whether the function has no value on a side, and on the other one is smooth."""
    return NO_VALUE in {side[0] for side in sides} and all(
        side[0] == NO_VALUE or _are_alike(side, point) for side in sides
    )


def _are_alike(side: tuple[Any, Any], other: tuple[float, float]) -> bool:
    return are_near(side[0], other[0]) and are_near(side[1], other[1])


def _is_true(facts: Any, sides: Sides) -> bool:
    """Whether all numbers that are said are the limits, as far as those are seen."""
    said = [(facts.get("value_left"), facts["left"]), (facts.get("value_right"), facts["right"])]
    pairs = [(number, true) for some, others in zip(said, sides, strict=True) for number, true in zip(some, others)]  # noqa: B905
    return all(number is None or true is None or are_near(true, number) for number, true in pairs)
