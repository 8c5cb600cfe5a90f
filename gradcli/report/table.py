"""Tables for the terminal and for pipes, drawn by Rich.

A terminal's table fits its width: the numbers of a cell go below the chain, then long lines wrap; where three columns
have no room left, each row becomes a small block. A pipe's table has its natural width. Rows are measured in a first
pass and drawn in chunks in a second one, so that a table of any length takes bounded memory. Nothing is ever cut.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from gradcli.report.cells import Cell, Line
from gradcli.report.notation import ASCII, Notation
from gradcli.report.writer import Rows

WIDEST = 1000  # cells of a column in a pipe: one enormous cell must not make every row as wide
CHUNK = 200  # rows that are drawn at once
NARROWEST = 12  # cells of a column, below which rows become blocks
FRAME = 3  # cells of border and padding for each column

STYLES = ("bold", "cyan", "yellow")  # of the first columns, in a terminal


class TableWriter:
    """Writes titles, lines and tables for people to a stream; a terminal's width and colours are its own."""

    def __init__(self, stream: TextIO, notation: Notation) -> None:
        self.notation = notation
        self.width = terminal_width(stream)
        self.console = console_for(stream)
        self._begun = False

    def title(self, text: str) -> None:
        """A heading, with an empty line above it if something stands there."""
        self._space()
        self.line(text)

    def line(self, text: str) -> None:
        """A line of text, folded to the terminal's width."""
        for piece in _folded(text, self.width or WIDEST * CHUNK):
            self.console.print(Text(piece))
        self._begun = True

    def equation(self, name: str, value: str) -> None:
        """A line `name = value`."""
        self.line(f"{name} = {value}")

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A table in a frame; in a trace, lines between the rows."""
        Grid(headers, rows, width=self.width, right=right, ascii_only=self.notation.partial == ASCII.partial).write(
            self.console
        )
        self._begun = True

    def _space(self) -> None:
        if self._begun:
            self.console.print()


class Grid:
    """Columns of multi-line cells. `rows` is called twice: to measure, and to draw. A pipe has no `width`."""

    def __init__(
        self, headers: Sequence[str], rows: Rows, *, width: int | None, right: Sequence[int], ascii_only: bool
    ) -> None:
        self.headers = headers
        self.rows = rows
        self.width = width
        self.right = right
        self.box = box.ASCII if ascii_only else box.ROUNDED
        self.separate = False

    def write(self, console: Console) -> None:
        """Draw the table."""
        one_line, two_lines = self._measure()
        frame = FRAME * len(self.headers) + 1
        room = None if self.width is None else self.width - frame
        if room is None:
            self._draw(console, [min(width, WIDEST) for width in one_line], apart=False)
        elif sum(one_line) <= room:
            self._draw(console, one_line, apart=False)
        elif sum(two_lines) <= room:
            self._draw(console, two_lines, apart=True)
        elif room >= NARROWEST * len(self.headers):
            self._draw(console, _shrunk(two_lines, room), apart=True)
        else:
            self._draw_blocks(console)

    def _measure(self) -> tuple[list[int], list[int]]:
        """The natural widths of the columns, with both parts of a line on one line and on two."""
        one = [cell_len(header) for header in self.headers]
        two = list(one)
        for row in self.rows():
            for column, cell in enumerate(row):
                self.separate = self.separate or len(cell) > 1 or bool(cell[0].tail)
                for line in cell:
                    one[column] = max(one[column], cell_len(line.joined))
                    two[column] = max(two[column], cell_len(line.head), cell_len(_indent(line) + line.tail))
        return one, two

    def _draw(self, console: Console, widths: Sequence[int], apart: bool) -> None:
        rows = iter(self.rows())
        options = console.options.update(width=sum(widths) + FRAME * len(widths) + 1)
        first, chunk = True, list(islice(rows, CHUNK))
        while True:
            following = list(islice(rows, CHUNK))
            lines = console.render_lines(self._chunk(chunk, widths, apart, first), options, pad=False)
            # A chunk's bottom border gives way to the separator with which the next one begins.
            start, stop = 0 if first or self.separate else 1, len(lines) - bool(following)
            newline = [Segment.line()]
            console.print(Segments([segment for line in lines[start:stop] for segment in line + newline]), end="")
            if not following:
                return
            first, chunk = False, following

    def _chunk(self, rows: Sequence[Sequence[Cell]], widths: Sequence[int], apart: bool, first: bool) -> Table:
        """One Rich table; all but the first begin with a row separator in place of the top border and the header."""
        frame = self.box if first else _continued(self.box)
        table = Table(box=frame, show_header=first, show_lines=self.separate, header_style="bold", safe_box=False)
        for column, header in enumerate(self.headers):
            align: JustifyMethod = "right" if column in self.right else "left"
            table.add_column(
                Text(header), width=widths[column], style=STYLES[column] if column < len(STYLES) else "", justify=align
            )
        for row in rows:
            table.add_row(
                *[
                    Text("\n".join(_wrapped(cell, widths[column], apart)), no_wrap=True, overflow="crop")
                    for column, cell in enumerate(row)
                ]
            )
        return table

    def _draw_blocks(self, console: Console) -> None:
        """Each row as a block: the first cell, then the others with their headers."""
        width = max(1, self.width or 1)
        for row in self.rows():
            for column, cell in enumerate(row):
                label = "" if column == 0 else f"{self.headers[column]}: "
                indent = "  " if column else ""
                for line in (line for line in cell if line.joined):
                    whole = f"{indent}{label}{line.joined}"
                    parts = [whole]
                    if line.tail and cell_len(whole) > width:
                        parts = [f"{indent}{label}{line.head}", f"{indent}  {line.tail}"]
                    for piece in (piece for part in parts for piece in _folded(part, width, indent + "  ")):
                        console.print(Text(piece, style="bold" if column == 0 else ""), soft_wrap=True)


def _indent(line: Line) -> str:
    """How far the second part of a line stands in when it has a line of its own."""
    return "" if line.is_label or not line.tail else "  "


def _wrapped(cell: Cell, width: int, apart: bool) -> Iterator[str]:
    """The lines of a cell, folded to a width."""
    for line in cell:
        if apart and line.tail:
            yield from _folded(line.head, width)
            yield from _folded(_indent(line) + line.tail, width, _indent(line))
        else:
            yield from _folded(line.joined, width, "  ")


def _folded(text: str, width: int, indent: str = "") -> Iterator[str]:
    """A text in lines of at most `width` cells, broken behind a space or a `·` where there is one."""
    if cell_len(text) <= width:
        yield text
        return
    indent = indent if len(indent) < width else ""
    place, prefix = 0, ""
    while place < len(text):
        used, end, break_ = len(prefix), place, place
        while end < len(text) and (used := used + cell_len(text[end])) <= width:
            end += 1
            if text[end - 1] in " ·*" and text[place:end].strip():
                break_ = end
        cut = end if end == len(text) or break_ == place else break_
        cut = max(cut, place + 1)  # a character wider than the line stands alone
        yield (prefix + text[place:cut]).rstrip()
        place, prefix = cut, indent
        while place < len(text) and text[place] == " ":
            place += 1


def _shrunk(widths: Sequence[int], room: int) -> list[int]:
    """Widths that fit the room: the widest columns give way first."""
    shrunk = list(widths)
    while sum(shrunk) > room:
        shrunk[shrunk.index(max(shrunk))] -= 1
    return shrunk


def _continued(frame: box.Box) -> box.Box:
    """The same box with the row separator as its top border."""
    lines = str(frame).splitlines()
    lines[0] = lines[4]
    return box.Box("\n".join(lines) + "\n", ascii=frame.ascii)


def terminal_width(stream: TextIO) -> int | None:
    """How many cells a line of the terminal has, None for a pipe or a file."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


class _Console(Console):
    """A console that leaves a closed pipe to the program; Rich would end it with exit code 1."""

    def on_broken_pipe(self) -> None:
        """Raise what a closed pipe raises."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def console_for(stream: TextIO) -> Console:
    """A Rich console that writes text as it is, and colours only to a terminal that wants them."""
    plain = not stream.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "unknown")
    return _Console(
        file=stream,
        color_system=None if plain else "auto",
        force_terminal=not plain,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        width=WIDEST * CHUNK,
    )
