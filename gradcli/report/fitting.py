"""The widths of a table's columns, and of what can be written in several ways those that fit into them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from gradcli.report.cells import Line

NARROWEST = 12  # cells of a column, below which rows become blocks
PROSE = 48  # cells of a column of sentences, unless what else stands in it is wider

Lines = Sequence[Line]
Part = Sequence[Lines]  # one fact of a cell: its lines, and others for less room
Cells = Sequence[Sequence[Part]]  # of a row
Measure = Callable[[str], int]  # how wide a text is, in cells of a terminal or points on paper


class NaturalWidths(NamedTuple):
    """The natural widths of columns, with both parts of a line on one line and on two; and what the rows are like.

    `least_one` and `least_two` are the same of what takes the least room, and `whole` is that of what is not broken.
    """

    one_line: list[int]
    two_lines: list[int]
    least_one: list[int]
    least_two: list[int]
    whole: list[int]
    has_lines: bool  # some cell has several
    has_choice: bool  # something can be written in several ways
    rows: int


class TableLayout(NamedTuple):
    """The widths of columns, whether a line's parts stand below each other, and whether lines divide the rows."""

    widths: Sequence[int]
    apart: bool
    has_lines: bool

    def written(self, cells: Cells) -> Iterator[list[Line]]:
        """The lines of each cell of a row, of what can be written in several ways those that fit."""
        return (chosen(parts, width, self.apart) for parts, width in zip(cells, self.widths, strict=True))


def measured(least: Sequence[int], rows: Iterable[Cells], measure: Measure = cell_len) -> NaturalWidths:
    """What a table's columns take, which are `least` wide at least."""
    found = NaturalWidths([*least], [*least], [*least], [*least], [0] * len(least), False, False, 0)
    has_lines = has_choice = False
    count = 0
    for count, cells in enumerate(rows, 1):  # noqa: B007
        for place, parts in enumerate(cells):
            has_lines = has_lines or len(parts) > 1 or len(parts[0][0]) > 1 or bool(parts[0][0][0].tail)
            for part in parts:
                _widen(found, place, [_widths(lines, measure) for lines in part])
                has_choice = has_choice or len(part) > 1
    return found._replace(has_lines=has_lines, has_choice=has_choice, rows=count)


def _widen(found: NaturalWidths, place: int, widths: "Sequence[_Widths]") -> None:
    """Make room in a column for a fact that can be written so."""
    first = widths[0]
    least = first if len(widths) == 1 else _Widths(*map(min, zip(*widths, strict=True)))
    columns = found.one_line, found.two_lines, found.least_one, found.least_two, found.whole
    for column, width in zip(columns, (first.one_line, first.two_lines, *least), strict=True):
        column[place] = max(column[place], width)


class _Widths(NamedTuple):
    """Those of lines with both of their parts on one line, and on two; and of those that are not broken."""

    one_line: int
    two_lines: int
    whole: int


def _widths(lines: Lines, measure: Measure) -> _Widths:
    one = two = whole = 0
    for line in lines:
        on_one, on_two = _of_line(line, measure)
        one, two = max(one, on_one), max(two, on_two)
        if line.is_whole:
            whole = max(whole, on_one)
    return _Widths(one, two, whole)


def _of_line(line: Line, measure: Measure) -> tuple[int, int]:
    if line.is_prose:
        width = min(measure(line.head), PROSE)
        return width, width
    one = measure(line.joined)
    if line.is_whole or not line.tail:
        return one, one
    return one, max(measure(line.head), measure(line.tail) + (0 if line.is_label else 2))


def laid_out(found: NaturalWidths, room: int) -> TableLayout | None:
    """How wide the columns are; None where they have no room."""
    if sum(found.one_line) <= room:
        return TableLayout(found.one_line, False, found.has_lines)
    if found.has_choice and sum(found.least_one) <= room:
        return TableLayout(_shrunk(found.one_line, room, found.least_one), False, found.has_lines)
    if found.has_choice and sum(found.least_two) <= room:
        return TableLayout(_shrunk(found.two_lines, room, found.least_two), True, found.has_lines)
    if room >= min(sum(found.least_two), sum(max(NARROWEST, width) for width in found.whole)):
        return TableLayout(_shrunk(found.least_two, room, found.whole), True, found.has_lines)
    return None


def _shrunk(widths: Sequence[int], room: int, least: Sequence[int]) -> list[int]:
    """Widths that fit the room, none below its least: the widest columns give way first."""
    shrunk = [max(min(width, room), floor) for width, floor in zip(widths, least, strict=True)]
    while sum(shrunk) > room:
        shrunk[max(range(len(shrunk)), key=lambda place: (shrunk[place] > least[place], shrunk[place]))] -= 1
    return shrunk


def tightened(layout: TableLayout, least: Sequence[int], rows: Iterable[Cells]) -> TableLayout:
    """No column wider than what is written in it."""
    found = measured(least, ([[(lines,)] for lines in layout.written(cells)] for cells in rows))
    natural = found.two_lines if layout.apart else found.one_line
    return layout._replace(widths=list(map(min, layout.widths, natural)))


def chosen(parts: Sequence[Part], width: float, apart: bool = False, measure: Measure = cell_len) -> list[Line]:
    """The lines of a cell: of each fact the first that fit, or do where lines are broken that may be."""
    return [line for part in parts for line in _fitting(part, width, apart, measure)]


def _fitting(part: Part, width: float, apart: bool, measure: Measure) -> Lines:
    if len(part) == 1:
        return part[0]
    found = [_widths(lines, measure) for lines in part]
    fit = [place for place, widths in enumerate(found) if widths[apart] <= width]
    broken = [place for place, widths in enumerate(found) if widths.whole <= width]
    return part[(fit or broken or [-1])[0]]
