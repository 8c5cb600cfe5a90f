"""Tables for the terminal and for pipes, printed by Rich.

A terminal's table fits its width: the numbers of a cell go below the chain, then lines break where that hurts least;
where the columns have no room left, each row becomes a small block. A pipe's table has its natural width. Nothing is
ever cut. Rich keeps the rows of a table until it prints them, so a long table is printed as several, one below the
other, in columns as wide as a first pass over all rows finds them: a table of any length takes bounded memory.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import NamedTuple, TextIO

from rich.box import ASCII, ROUNDED
from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table as RichTable
from rich.text import Text

from gradcli.engine.notes import Note
from gradcli.report.blocks import Block, Equations, Part, Sentence, Table, Title, Value
from gradcli.report.cells import Line
from gradcli.report.folding import folded
from gradcli.report.output import Output, Report
from gradcli.report.writer import Writer as BlockWriter

MOST_ROWS = 2_000  # of one table of Rich
MANY_ROWS = 20_000  # which take seconds
WIDEST = 1_000  # cells of a column in a pipe: one enormous cell must not make every row as wide
NARROWEST = 12  # cells of a column, below which rows become blocks
PROSE = 48  # cells of a column of sentences, unless what else stands in it is wider
FRAME = 3  # cells of border and padding for each column
FRAMES = "─│╭╮╰╯├┤┬┴┼"  # without one of them all are of ASCII
NO_LIMIT = 1 << 30  # cells of a line in a pipe
STYLES = ("bold", "cyan", "yellow")  # of the first columns, in a terminal


class Writer(BlockWriter):
    """Writes for people. Escape sequences go to terminals alone, and to none with NO_COLOR or TERM=dumb."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self.output = output
        self.console = _console(output.stream)
        self._begun = self._is_noted = False

    def part(self, block: Part) -> None:
        """A heading, with two empty lines above it if something stands there."""
        if self._begun:
            self._print(Folded([Line("")] * 2))
        self._print(Folded([Line(self.titled(block, block.fact.written(self.notation)))]), "bold")

    def title(self, block: Title) -> None:
        """A heading, with an empty line above it if something stands there."""
        if self._begun:
            self._print(Folded([Line("")]))
        self._line(self.notation.words(block.code))

    def sentence(self, block: Sentence) -> None:
        """A line of text."""
        self._line(block.fact.written(self.notation), is_prose=True)

    def value(self, block: Value) -> None:
        """A line."""
        self._line(" = ".join(block.equation.sides(self.notation)))

    def equations(self, block: Equations) -> None:
        """A line for each."""
        for equation in block.equations:
            self._line(" = ".join(equation.sides(self.notation)))

    def table(self, block: Table) -> None:
        """A table in a frame, or a block for each row; below it the sentences for which it has no room."""
        shown = [place for place, column in enumerate(block.columns) if not column.below]
        columns = [
            _Column(self.heading(block.columns[place]), block.columns[place].right, style, block.columns[place].room)
            for place, style in zip(shown, (*STYLES, *[""] * len(shown)), strict=False)
        ]

        def rows() -> Iterator[_Cells]:
            return ([row[place].lines(self.notation) for place in shown] for row in block.rows())

        found = _measured(columns, rows())
        if found.rows > MANY_ROWS and not self._is_noted:
            self.output.note(Note("long-table", {"rows": found.rows}))
            self._is_noted = True
        layout = self._layout(found)
        if layout is None:
            self._print_blocks(columns, rows())
        else:
            self._print_tables(columns, rows(), layout)
        self._print_below(block)

    def _print_below(self, block: Table) -> None:
        """The cells that stand below the table, as sentences."""
        below = [place for place, column in enumerate(block.columns) if column.below]
        for row in block.rows() if below else ():
            for line in (line for place in below for line in row[place].lines(self.notation) if line.head):
                self._line(f"{row[0].written(self.notation)}: {line.joined}", is_prose=True)

    def _layout(self, found: "_Measured") -> "_Layout | None":
        """How wide the columns are; None where they have no room."""
        if not self.console.is_terminal:
            return _Layout([min(width, WIDEST) for width in found.one_line], False, found.has_lines)
        room = self.console.width - FRAME * len(found.one_line) - 1
        if sum(found.one_line) <= room:
            return _Layout(found.one_line, False, found.has_lines)
        if room >= min(sum(found.two_lines), NARROWEST * len(found.two_lines)):
            return _Layout(_shrunk(found.two_lines, room), True, found.has_lines)
        return None

    def _print_tables(self, columns: "Sequence[_Column]", rows: "Iterator[_Cells]", layout: "_Layout") -> None:
        box = ROUNDED if self.notation.characters.has(FRAMES) else ASCII
        is_first = True
        while (chunk := list(islice(rows, MOST_ROWS))) or is_first:
            table = RichTable(box=box, show_lines=layout.has_lines, show_header=is_first)
            for column, width in zip(columns, layout.widths, strict=True):
                table.add_column(
                    Text(column.heading), style=column.style, width=width, justify="right" if column.right else "left"
                )
            for cells in chunk:
                table.add_row(*(Folded(cell, apart=layout.apart) for cell in cells))
            self._print(table)
            is_first = False

    def _print_blocks(self, columns: "Sequence[_Column]", rows: "Iterator[_Cells]") -> None:
        """For each row its first cell, and below it the others behind their headings."""
        for first, *others in rows:
            self._print(Folded(first), "bold")
            for column, cell in zip(columns[1:], others, strict=True):
                lines = [
                    line if line.is_prose else Line(f"{column.heading}: {line.head}", line.tail)
                    for line in cell
                    if line.head
                ]
                self._print(Folded(lines, indent="  "))

    def _line(self, text: str, is_prose: bool = False) -> None:
        self._print(Folded([Line(text)], hanging="", is_prose=is_prose))

    def _print(self, renderable: RenderableType, style: str = "") -> None:
        self.console.print(renderable, style=style, crop=False)
        self._begun = True


def printed(blocks: Iterable[Block]) -> str:
    """Blocks as they are printed into a pipe, in English; without a note on their length."""
    stream = StringIO()
    Writer(Output("table", "en", False, stream, lambda _: None)).write(Report(lambda: blocks, dict))
    return stream.getvalue().rstrip("\n")


class Folded:
    """Lines of a cell, broken to the width that they get.

    With `apart` both parts of a line stand below each other: always, never, or (None) where one line is too short.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        apart: bool | None = None,
        indent: str = "",
        hanging: str = "  ",
        is_prose: bool = False,
    ) -> None:
        self.lines = lines
        self.apart = apart
        self.indent = indent
        self.hanging = indent + hanging
        self.is_prose = is_prose

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, for Rich."""
        for text in self._texts(options.max_width):
            space = options.max_width - cell_len(text) if options.justify == "right" else 0
            yield Segment(" " * space + text)
            yield Segment.line()

    def _texts(self, width: int) -> Iterator[str]:
        for line in self.lines:
            joined = self.indent + line.joined
            apart = cell_len(joined) > width if self.apart is None else self.apart
            if line.tail and apart:
                tail = self.indent if line.is_label and self.apart else self.hanging
                yield from folded(self.indent + line.head, width, self.hanging)
                yield from folded(tail + line.tail, width, self.hanging)
            else:
                yield from folded(joined, width, self.hanging, self.is_prose or line.is_prose)


class _Column(NamedTuple):
    """A column that is shown."""

    heading: str
    right: bool
    style: str
    room: int = 0


_Cells = Sequence[Sequence[Line]]


class _Measured(NamedTuple):
    """The natural widths of columns, with both parts of a line on one line and on two; and what the rows are like."""

    one_line: list[int]
    two_lines: list[int]
    has_lines: bool  # some cell has several
    rows: int


class _Layout(NamedTuple):
    """The widths of columns, whether a line's parts stand below each other, and whether lines divide the rows."""

    widths: Sequence[int]
    apart: bool
    has_lines: bool


def _measured(columns: Sequence[_Column], rows: Iterable[_Cells]) -> _Measured:
    one = [max(cell_len(column.heading), column.room) for column in columns]
    two, has_lines, count = list(one), False, 0
    for count, cells in enumerate(rows, 1):  # noqa: B007
        for place, cell in enumerate(cells):
            has_lines = has_lines or len(cell) > 1 or bool(cell[0].tail)
            for line in cell:
                widths = _widths(line)
                one[place], two[place] = max(one[place], widths[0]), max(two[place], widths[1])
    return _Measured(one, two, has_lines, count)


def _widths(line: Line) -> tuple[int, int]:
    """The widths of a line with both of its parts on one line, and on two."""
    if line.is_prose:
        width = min(cell_len(line.head), PROSE)
        return width, width
    below = cell_len(line.tail) + (0 if line.is_label else 2) if line.tail else 0
    return cell_len(line.joined), max(cell_len(line.head), below)


def _shrunk(widths: Sequence[int], room: int) -> list[int]:
    """Widths that fit the room: the widest columns give way first."""
    shrunk = [min(width, room) for width in widths]
    while sum(shrunk) > room:
        shrunk[shrunk.index(max(shrunk))] -= 1
    return shrunk


class _Console(Console):
    """Rich's console, but a reader that goes away is for the program to notice: Rich's exits with 1."""

    def on_broken_pipe(self) -> None:
        """Called where the error is handled: raise it again."""
        raise  # noqa: PLE0704


def _console(stream: TextIO) -> Console:
    """Rich's console: as wide as the terminal, or as a line may be in a pipe."""
    is_terminal = stream.isatty()
    console = _Console(
        file=stream,
        force_terminal=is_terminal,  # FORCE_COLOR makes no terminal of a pipe
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        width=None if is_terminal else NO_LIMIT,
        markup=False,
        emoji=False,
        highlight=False,
    )
    if console.is_dumb_terminal:  # for Rich these have 80 columns
        from shutil import get_terminal_size  # with all kinds of archives

        console.size = ConsoleDimensions(*get_terminal_size())
    return console
