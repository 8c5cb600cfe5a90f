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
from gradcli.report.fitting import Cells, NaturalWidths, TableLayout, chosen, laid_out, measured, tightened
from gradcli.report.folding import folded
from gradcli.report.output import Output, Report
from gradcli.report.writer import Writer as BlockWriter

MOST_ROWS = 2_000  # of one table of Rich
MANY_ROWS = 20_000  # which take seconds
WIDEST = 1_000  # cells of a column in a pipe: one enormous cell must not make every row as wide
INDENT = "  "  # of what belongs to a block
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
            self._print(Folded([Line(" = ".join(equation.sides(self.notation)))], hanging="  "))

    def table(self, block: Table) -> None:
        """A table in a frame, or a block for each row; below it the sentences for which it has no room."""
        shown = [place for place, column in enumerate(block.columns) if not column.below]
        columns = [
            _Column(self.heading(block.columns[place]), block.columns[place].right, style, block.columns[place].room)
            for place, style in zip(shown, (*STYLES, *[""] * len(shown)), strict=False)
        ]

        def rows(in_blocks: bool = False) -> Iterator[Cells]:
            return ([row[place].parts(self.notation, in_blocks) for place in shown] for row in block.rows())

        least = [max(cell_len(column.heading), column.room) for column in columns]
        found = measured(least, rows())
        if found.rows > MANY_ROWS and not self._is_noted:
            self.output.note(Note("long-table", {"rows": found.rows}))
            self._is_noted = True
        layout = self._layout(found)
        if layout is None:
            self._print_blocks(columns, rows(in_blocks=True))
        else:
            layout = tightened(layout, least, rows()) if found.has_choice else layout
            self._print_tables(columns, rows(), layout)
        self._print_below(block)

    def _print_below(self, block: Table) -> None:
        """The cells that stand below the table, as sentences."""
        below = [place for place, column in enumerate(block.columns) if column.below]
        for row in block.rows() if below else ():
            for line in (line for place in below for line in row[place].lines(self.notation) if line.head):
                self._line(f"{row[0].written(self.notation)}: {line.joined}", is_prose=True)

    def _layout(self, found: NaturalWidths) -> TableLayout | None:
        """How wide the columns are; None where they have no room."""
        if not self.console.is_terminal:
            widths = [min(one, max(WIDEST, whole)) for one, whole in zip(found.one_line, found.whole, strict=True)]
            return TableLayout(widths, False, found.has_lines)
        return laid_out(found, self.console.width - FRAME * len(found.one_line) - 1)

    def _print_tables(self, columns: "Sequence[_Column]", rows: Iterator[Cells], layout: TableLayout) -> None:
        box = ROUNDED if self.notation.characters.has(FRAMES) else ASCII
        is_first = True
        while (chunk := list(islice(rows, MOST_ROWS))) or is_first:
            table = RichTable(box=box, show_lines=layout.has_lines, show_header=is_first)
            for column, width in zip(columns, layout.widths, strict=True):
                table.add_column(
                    Text(column.heading), style=column.style, width=width, justify="right" if column.right else "left"
                )
            for cells in chunk:
                table.add_row(*(Folded(cell, apart=layout.apart) for cell in layout.written(cells)))
            self._print(table)
            is_first = False

    def _print_blocks(self, columns: "Sequence[_Column]", rows: Iterator[Cells]) -> None:
        """For each row its first cell, and below it the others behind their headings."""
        room = self.console.width - 2 * len(INDENT)
        for first, *others in rows:
            self._print(Folded(chosen(first, room)), "bold")
            for column, cell in zip(columns[1:], others, strict=True):
                lines = _behind(f"{column.heading}:", chosen(cell, room), room)
                self._print(Folded(list(lines), indent=INDENT))

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
            if line.is_whole:
                yield joined
            elif line.tail and apart:
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


def _behind(heading: str, lines: Sequence[Line], room: int) -> Iterator[Line]:
    """The lines of a cell behind its column's heading; those that are not broken below it, unless it is one or
    begins with a name.
    """
    for place, line in enumerate(lines):
        if line.is_prose or not line.head:
            yield from [line] if line.head else []
        elif not line.is_whole or ((line.tail or len(lines) == 1) and cell_len(f"{heading} {line.joined}") <= room):
            yield line._replace(head=f"{heading} {line.head}", is_label=False)
        else:
            yield from [] if place else [Line(heading)]
            yield line._replace(head=INDENT + line.head)


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
