"""Matrices in pictures: small ones in rows with a bracket at each side, larger ones as their shapes."""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.graph.arrays import Shape, size_of
from gradcli.text import Ratio, short_exponent
from gradcli.words.catalogue import say

ROWS, COLUMNS, NUMBERS = 4, 4, 6  # most rows and columns of a small matrix, and numbers of a small vector
DIGITS = 4  # significant ones of the largest number
ROW = 16.0  # px of a line of numbers
IN_MATRIX = 12  # characters of a fraction in a matrix
GAP, BRACKET = 9.0, 8.0  # px between columns, and of a bracket with what is before and behind it


_SIGNS = {"inf": "∞", "-inf": "-∞", "nan": "NaN"}


class Matrix:
    """The elements of an array, row by row; of one that is large, or without a point, only the shape is shown."""

    MOST = ROWS * COLUMNS

    def __init__(self, shape: Shape, values: Sequence[Any] | None, language: str = "en") -> None:
        self.shape = shape
        self.language = language
        self.values = values if values is not None and is_small(shape) else None

    def rows(self, digits: int) -> list[list[str]] | None:
        """The texts of the numbers, row by row; None where the shape stands for them."""
        return None if self.values is None else self._grid(digits).rows

    def text(self, digits: int) -> str:
        """As it is typed, `[[1, 2], [3, 4]]`; a large one's shape, `(2×30)`."""
        if self.values is None:
            return f"({'×'.join(map(str, self.shape))})"
        return str(self._grid(digits).nested)

    def _grid(self, digits: int) -> Any:
        from gradcli.arrays.grids import grid  # which pictures of numbers do not load

        values = [
            fraction_text(value, digits, IN_MATRIX) if isinstance(value, Ratio) else value
            for value in self.values or ()
        ]
        found = grid(values, self.shape, digits, self._truth, is_tight=True)
        return found._replace(rows=[[_SIGNS.get(text, text) for text in row] for row in found.rows])

    def _truth(self, value: bool) -> str:
        return say("label.true" if value else "label.false", self.language)

    @cached_property
    def is_zero(self) -> bool:
        """Whether every element is 0."""
        return self.values is not None and not any(self.values)

    def __eq__(self, other: object) -> bool:
        """Equal to 0 where every element is: a gradient that is nothing."""
        return self.is_zero if other == 0 else self is other

    def __bool__(self) -> bool:
        """Whether some element is not 0."""
        return not self.is_zero

    __hash__ = None  # type: ignore[assignment]


def fraction_text(value: Ratio, digits: int, most: int) -> str:
    """A fraction as it is, or one of more than so many characters with digits, be it beyond doubles."""
    if len(value.text) <= most:
        return value.text
    from decimal import Decimal  # which pictures without fractions do not load
    from fractions import Fraction

    exact = Fraction(value.text)
    rounded = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.{digits}g}"
    text = f"{Decimal(rounded).normalize():.{digits}g}"
    return ("" if Fraction(text) == exact else "≈") + short_exponent(text)


class MatrixText(NamedTuple):
    """A matrix as it stands in a picture: the texts of its rows, and half the width of it in px.

    `ends` says where each column ends, from the middle on.
    """

    rows: list[list[str]]
    half_width: float
    ends: list[float]


def block(matrix: Matrix) -> MatrixText:
    """The rows of a small matrix, its columns flush right; for a large one its shape."""
    rows = matrix.rows(DIGITS)
    if rows is None:
        return MatrixText([], width(matrix.text(DIGITS), LABEL_FONT) / 2 + 1, [])
    shown = [[text.replace("-", "−") for text in row] for row in rows]
    widths = [max(width(text, LABEL_FONT) for text in column) for column in zip(*shown, strict=True)]
    half = (sum(widths) + GAP * (len(widths) - 1)) / 2 + BRACKET
    ends = [end - half + BRACKET + GAP * place for place, end in enumerate(accumulate(widths))]
    return MatrixText(shown, half, ends)


def is_small(shape: Shape) -> bool:
    """Whether the numbers of an array are shown."""
    if len(shape) < 2:
        return size_of(shape) <= NUMBERS
    return shape[0] <= ROWS and shape[1] <= COLUMNS and size_of(shape) > 0
