"""Matrices in LaTeX, and those of numbers that fit a line."""

from collections.abc import Callable, Sequence
from typing import Any

from gradcli.arrays.grids import DOTS, ENDS, Grid, grid, is_left_out
from gradcli.latex.breaking import small
from gradcli.latex.symbols import APPROXIMATELY, latex_number
from gradcli.latex.widths import displayed

# Significant digits, and how much of a large matrix is shown: less where there is less room.
WAYS: tuple[tuple[int, tuple[int, int], bool], ...] = (
    (6, ENDS, False), (4, ENDS, False), (3, (1, 1), True), (2, (1, 0), True),
)  # fmt: skip


def in_latex(written: Grid, number: Callable[[str], str]) -> str:
    r"""A matrix as an `array` in parentheses; `number` writes a number or a word."""
    rows = [
        [r"\vdots" if is_row else r"\dots" if text == DOTS else number(text) for text in row]
        for row, is_row in zip(written.rows, map(is_left_out, written.rows), strict=True)
    ]
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\left(\begin{{array}}{{{'r' * len(rows[0])}}} {body} \end{{array}}\right)"


def equal(values: Sequence[Any], shape: Sequence[int], room: float) -> str:
    r"""The sign behind a name, `=` or of rounded numbers `\approx`, and a matrix for a line of so many points."""
    found = ""
    for digits, ends, is_short in WAYS:
        written = grid(values, shape, digits, ends=ends, is_short=is_short)
        found = f"{'=' if written.is_exact else APPROXIMATELY} {in_latex(written, latex_number)}"
        if displayed(small(found)) <= room:
            break
    return found
