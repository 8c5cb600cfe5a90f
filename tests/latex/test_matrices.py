"""Matrices in LaTeX that fit their line."""

import pytest

from gradcli.latex.breaking import small
from gradcli.latex.matrices import equal
from gradcli.latex.widths import displayed


@pytest.mark.parametrize("room", [440.0, 300.0, 150.0])
@pytest.mark.parametrize("columns", [1, 3, 6, 7, 50])
def test_a_matrix_has_room(columns: int, room: float) -> None:
    """With fewer digits and elements; rounded numbers are not said to be equal."""
    rounded = equal([-(1 / 3) * 1e-12] * 2 * columns, (2, columns), room)
    assert rounded.startswith(r"\approx \left(\begin{array}")
    assert displayed(small(rounded)) <= room
    exact = equal([2.0] * columns, (columns,), room)
    assert exact.startswith(r"= \left(\begin{array}")
    assert exact.count("2") == (columns if columns <= 6 else 5)
