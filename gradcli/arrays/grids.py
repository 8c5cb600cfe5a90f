"""The numbers of a matrix as texts: with the same decimals, or each with its own; of large ones the ends."""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any, NamedTuple

from gradcli.text import cell_width, rounded, short_exponent

ENDS = (3, 2)  # of a row or column with more than one element more, so many are shown from its begin and its end
DOTS = "…"  # in the place of what is left out
LEAST, MOST = 1e-4, 1e15  # between these the largest number has no exponent, and all share their decimals
EXPONENT = 3  # letters that an exponent must save where there is little room: as a power of ten it is wider than e12
NOTHING = "-"  # in the place of what there is not


class Grid(NamedTuple):
    """The texts of a matrix, row by row, of a vector in one row; and whether they are exactly its numbers."""

    rows: list[list[str]]
    is_vector: bool
    is_exact: bool

    @property
    def nested(self) -> str:
        """As it is typed: `[[1, 2], [3, 4]]`."""
        rows = [DOTS if is_left_out(row) else f"[{', '.join(row)}]" for row in self.rows]
        return rows[0] if self.is_vector else f"[{', '.join(rows)}]"


def grid(
    values: Sequence[Any],
    shape: Sequence[int],
    digits: int,
    truth: Callable[[bool], str] = str,
    ends: tuple[int, int] = ENDS,
    is_short: bool = False,
    *,
    is_tight: bool = False,
) -> Grid:
    """The texts of an array's elements, given row by row; the largest number has so many significant digits at most.

    Where it `is_short` numbers have exponents as soon as these are shorter. Where it `is_tight`, as on the arrows of a
    picture, smaller ones may be written as 0.0000. `truth` says what is true or false. Of a large array only what is
    shown is looked at: its `ends`.
    """
    columns = shape[-1]
    height = len(values) // columns
    down, right = _shown(height, ends), _shown(columns, ends)
    places = [row * columns + column for row in down if row is not None for column in right if column is not None]
    shown = [values[place] for place in places]
    found, is_exact = _texts(shown, digits, truth, is_tight)
    if is_short:
        alone = _alone(shown, digits, truth, is_short)
        found, is_exact = alone if _longest(alone[0]) + EXPONENT < _longest(found) else (found, is_exact)
    texts = iter(found)
    rows = [[DOTS if row is None or column is None else next(texts) for column in right] for row in down]
    return Grid(rows, len(shape) == 1, is_exact)


def _shown(length: int, ends: tuple[int, int]) -> list[int | None]:
    """The places that are shown; None stands for those that are not."""
    first, last = ends
    return [*range(length)] if length <= first + 1 + last else [*range(first), None, *range(length - last, length)]


def is_left_out(row: Sequence[str]) -> bool:
    """Whether a row stands for those that are not shown."""
    return all(text == DOTS for text in row)


def _texts(values: Sequence[Any], digits: int, truth: Callable[[bool], str], is_tight: bool) -> tuple[list[str], bool]:
    """The texts of some elements, and whether they are exactly what they stand for.

    Numbers have the same decimals. Where their sizes are too different for that, so that one would be written as 0,
    each has its own, if there is room.
    """
    numbers = [value for value in values if type(value) is float and isfinite(value)]
    largest = max(map(abs, numbers), default=0.0)
    if len(numbers) == len(values) and (not largest or LEAST <= largest < MOST):
        texts = _with_places(numbers, digits - 1 - int(f"{largest:.{digits - 1}e}".partition("e")[2]))
        if all(float(text) == number for text, number in zip(texts, numbers, strict=True)):
            return _with_places(numbers, max(len(text.partition(".")[2].rstrip("0")) for text in texts)), True
        if is_tight or all(float(text) or not number for text, number in zip(texts, numbers, strict=True)):
            return texts, False
    return _alone(values, digits, truth)


def _alone(
    values: Sequence[Any], digits: int, truth: Callable[[bool], str], is_short: bool = False
) -> tuple[list[str], bool]:
    """The same of elements of which each has its own decimals."""
    parts = [_text(value, digits, truth, is_short) for value in values]
    return [text for text, _ in parts], all(is_exact for _, is_exact in parts)


def _longest(texts: Sequence[str]) -> int:
    return max(map(cell_width, texts), default=0)


def _with_places(numbers: Sequence[float], places: int) -> list[str]:
    """Numbers with so many decimals, if any, and without the sign of a zero."""
    texts = [f"{number:.{max(0, places)}f}" for number in numbers]
    return [text if text.strip("-0.") else text.removeprefix("-") for text in texts]


def _text(value: Any, digits: int, truth: Callable[[bool], str], is_short: bool = False) -> tuple[str, bool]:
    """The text of one element, and whether that is exactly what it stands for."""
    if value is None or isinstance(value, str):
        return value or NOTHING, True
    if is_short and type(value) is float and isfinite(value):
        text = f"{value + 0.0:.{digits}g}"
        return short_exponent(text), float(text) == value
    return (truth(value), True) if isinstance(value, bool) else rounded(value, digits)
