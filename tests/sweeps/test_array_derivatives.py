"""Formulas over arrays of random programs, each equal to the gradient of the numbers."""

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from tests.helpers.array_formulas import differences, somewhere
from tests.helpers.random_arrays import Programs

PARTS, COUNT = 20, 20


@pytest.mark.parametrize("part", range(PARTS))
def test_formulas_of_random_programs(part: int) -> None:
    """Away from kinks, and from points at which the program has no value."""
    checked = 0
    for seed in range(part * COUNT, (part + 1) * COUNT):
        programs = Programs(seed)
        text = programs.program()
        at = somewhere(programs.shapes, seed, -2.0, 2.0)
        try:
            notes = gradient(text, at).notes
        except GradcliError:
            continue
        if not {note.code for note in notes} & {"kink", "tie", "edge"}:
            assert not differences(text, at, 1e-7), seed
            checked += 1
    assert checked > COUNT / 2
