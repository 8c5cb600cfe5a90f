"""Cells of arrays: a name with its shape, and a matrix of numbers."""

import json
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from gradcli.graph.arrays import shaped
from gradcli.report.cells import Cell, Line, Mathematics, Numeral
from gradcli.report.matrices import ENDS, beside
from gradcli.report.notation import Notation
from gradcli.text import Settled, finite_or_none

# Digits of a matrix, and how much of it is shown: less where there is less room.
WAYS = ((6, ENDS), (4, ENDS), (3, ENDS))
IN_BLOCKS = (*WAYS, (3, (1, 1)), (2, (1, 1)))
WIDER = 8  # cells by which a matrix of a result may be wider than one of a trace


class ArrayName(Cell):
    """`W (2×3)`."""

    def __init__(self, name: str, shape: Sequence[int]) -> None:
        self.name = name
        self.shape = shape

    def written(self, notation: Notation) -> str:
        """The name and the shape."""
        return f"{notation.inline(self.name)} ({notation.math(notation.shape(self.shape))})"

    def datum(self, notation: Notation) -> str:  # noqa: ARG002
        """The name."""
        return self.name


class Nested(Mathematics):
    """The elements of an array, given row by row, as a part of a formula; behind ≈ if they are rounded."""

    def __init__(self, values: Sequence[Any], shape: Sequence[int]) -> None:
        self.matrix = MatrixCell(values, shape)

    def inside(self, notation: Notation) -> str:
        """The matrix."""
        return notation.array(self.matrix.texts(notation), self.matrix.shape)[0]

    def written(self, notation: Notation) -> str:
        """The matrix, alone."""
        text, is_exact = notation.array(self.matrix.texts(notation), self.matrix.shape)
        return notation.math(text if is_exact else f"{notation.approximately} {text}")

    def after(self, formula: str, notation: Notation) -> str:
        """A formula and what it comes to."""
        text, is_exact = notation.array(self.matrix.texts(notation), self.matrix.shape)
        return f"{formula} {'=' if is_exact else notation.approximately} {text}"

    def datum(self, notation: Notation) -> str:
        """Nested lists as JSON has them."""
        return self.matrix.datum(notation)


class MatrixCell(Cell):
    """The elements of an array, given row by row: numbers, what is true or false, or None; behind ≈ if rounded."""

    def __init__(self, values: Sequence[Any], shape: Sequence[int]) -> None:
        self.values = values
        self.shape = shape

    def lines(self, notation: Notation) -> list[Line]:
        """As exactly as a form with enough room has it; in a column of a known width the first that fits."""
        room = notation.cells + WIDER if notation.cells else 0
        ways = IN_BLOCKS if room else WAYS[:1]
        for way in ways[:-1]:
            grid = notation.grid(self.texts(notation), self.shape, *way)
            if cell_len(beside([grid])[0]) <= room:
                return self._lines(notation, *way)
        return self._lines(notation, *ways[-1])

    def parts(self, notation: Notation, in_block: bool = False) -> list[Sequence[Sequence[Line]]]:
        """The same, and with fewer digits and elements."""
        ways = (tuple(self._lines(notation, *way)) for way in (IN_BLOCKS if in_block else WAYS))
        return [list(dict.fromkeys(ways))]

    def _lines(self, notation: Notation, digits: int, ends: tuple[int, int]) -> list[Line]:
        grid = notation.grid(self.texts(notation), self.shape, digits, ends)
        sign = [] if grid.is_exact else [notation.approximately]
        return [Line(line, is_whole=True) for line in notation.matrices([*sign, grid])]

    def texts(self, notation: Notation) -> list[Any]:
        """The elements; of those that are not known to the digits asked for, what is known."""
        return [Numeral(x).written(notation) if isinstance(x, Settled) and not x.is_known else x for x in self.values]

    def datum(self, notation: Notation) -> str:  # noqa: ARG002
        """Nested lists as JSON has them, with all digits."""
        numbers = [x.text or None if isinstance(x, Settled) else finite_or_none(x) for x in self.values]
        return json.dumps(shaped(numbers, tuple(self.shape)), allow_nan=False, separators=(",", ":"))
