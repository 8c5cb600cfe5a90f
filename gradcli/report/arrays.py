"""Cells of arrays: a name with its shape, and a matrix of numbers."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradcli.arrays.grids import ENDS
from gradcli.graph.arrays import shaped
from gradcli.report.cells import Cell, Line, Mathematics, Numeral
from gradcli.report.notation import Notation
from gradcli.text import Settled, finite_or_none

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid

# Digits of a matrix, and how much of it is shown: less where there is less room.
WAYS = ((6, ENDS), (4, ENDS), (3, ENDS))
IN_BLOCKS = (*WAYS, (3, (1, 1), True), (2, (1, 1), True))


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
        """As exactly as a form with enough room has it."""
        return [Line(line, is_whole=True) for line in notation.matrices(self._signed(notation, *WAYS[0]))]

    def parts(self, notation: Notation, in_block: bool = False) -> list[Sequence[Sequence[Line]]]:
        """The same, and with fewer digits and elements."""
        forms = [self._signed(notation, *way) for way in (IN_BLOCKS if in_block else WAYS)]
        found = [notation.matrices(form) for form in forms]
        if in_block and not notation.breaks:
            found.append([notation.crowded(forms[-1])])
        ways = (tuple(Line(line, is_whole=True) for line in lines) for lines in found)
        return [list(dict.fromkeys(ways))]

    def _signed(self, notation: Notation, *way: Any) -> "list[Grid | str]":
        grid = notation.grid(self.texts(notation), self.shape, *way)
        return [*([] if grid.is_exact else [notation.approximately]), grid]

    def texts(self, notation: Notation) -> list[Any]:
        """The elements; of those that are not known to the digits asked for, what is known."""
        return [Numeral(x).written(notation) if isinstance(x, Settled) and not x.is_known else x for x in self.values]

    def datum(self, notation: Notation) -> str:  # noqa: ARG002
        """Nested lists as JSON has them, with all digits."""
        numbers = [x.text or None if isinstance(x, Settled) else finite_or_none(x) for x in self.values]
        return json.dumps(shaped(numbers, tuple(self.shape)), allow_nan=False, separators=(",", ":"))
