"""Tables for the terminal and for pipes, in Rich's frames and colours.

A terminal's table fits its width: the numbers of a cell go below the chain, then long lines wrap; where the columns
have no room left, each row becomes a small block. A pipe's table has its natural width. Rows are measured in a first
pass and drawn in a second one, line by line (Rich's own table keeps all rows), so that a table of any length takes
bounded memory. Nothing is ever cut.
"""

import os
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.box import ASCII as ASCII_BOX
from rich.box import ROUNDED, Box
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from gradcli.report.forms.notation import ASCII, Notation
from gradcli.report.forms.writer import Rows
from gradcli.report.views.cells import Cell, Line

WIDEST = 1000  # cells of a column in a pipe: one enormous cell must not make every row as wide
NARROWEST = 12  # cells of a column, below which rows become blocks
FRAME = 3  # cells of border and padding for each column
STYLES = ("bold", "cyan", "yellow")  # of the first columns, in a terminal


class Paper:
    """Where lines are written: a stream, with the width and the colours that it has if it is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.width = terminal_width(stream)
        self.colours = None if self.width is None or os.environ.get("NO_COLOR") else _colour_system(stream)

    def write(self, text: str = "") -> None:
        """One line."""
        self.stream.write(text + "\n")

    def paint(self, text: str, style: str) -> str:
        """The text in a style of Rich, where there are colours."""
        if self.colours is None or not style:
            return text
        return Style.parse(style).render(text, color_system=self.colours)


def _colour_system(stream: TextIO) -> ColorSystem | None:
    """The colours that Rich finds a terminal to have; none for TERM=dumb."""
    from rich.console import COLOR_SYSTEMS, Console

    return COLOR_SYSTEMS.get(Console(file=stream).color_system or "")


def terminal_width(stream: TextIO) -> int | None:
    """How many cells a line of the terminal has, None for a pipe or a file."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


class TableWriter:
    """Writes titles, lines and tables for people."""

    def __init__(self, stream: TextIO, notation: Notation) -> None:
        self.notation = notation
        self.paper = Paper(stream)
        self._begun = False

    def title(self, text: str) -> None:
        """A heading, with an empty line above it if something stands there."""
        if self._begun:
            self.paper.write()
        self.line(text)

    def line(self, text: str) -> None:
        """A line of text, folded to the terminal's width."""
        for piece in _folded(text, self.paper.width) if self.paper.width else (text,):
            self.paper.write(piece)
        self._begun = True

    def equation(self, name: str, value: str) -> None:
        """A line `name = value`."""
        self.line(f"{self.notation.name(name)} = {value}")

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A table in a frame."""
        frame = ASCII_BOX if self.notation.partial == ASCII.partial else ROUNDED
        Grid(headers, rows, right, frame, self.paper).write()
        self._begun = True


class Grid:
    """Columns of multi-line cells. `rows` is called twice: to measure, and to draw."""

    def __init__(self, headers: Sequence[str], rows: Rows, right: Sequence[int], frame: Box, paper: Paper) -> None:
        self.headers = headers
        self.rows = rows
        self.right = right
        self.frame = frame
        self.paper = paper
        self.separate = False  # a line between the rows, where some have several lines

    def write(self) -> None:
        """Draw the table."""
        one_line, two_lines = self._measure()
        width = self.paper.width
        room = None if width is None else width - FRAME * len(self.headers) - 1
        if room is None:
            self._draw([min(width, WIDEST) for width in one_line], apart=False)
        elif sum(one_line) <= room:
            self._draw(one_line, apart=False)
        elif sum(two_lines) <= room:
            self._draw(two_lines, apart=True)
        elif room >= NARROWEST * len(self.headers):
            self._draw(_shrunk(two_lines, room), apart=True)
        else:
            self._draw_blocks()

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

    def _draw(self, widths: Sequence[int], apart: bool) -> None:
        frame, padded = self.frame, [width + 2 for width in widths]
        write = self.paper.write
        write(frame.get_top(padded))
        headers = [Line(header) for header in self.headers]
        sides = (frame.head_left, frame.head_vertical, frame.head_right)
        write(self._line([line.head for line in headers], widths, sides, ["bold"] * len(headers)))
        write(frame.get_row(padded, "head"))
        sides = (frame.mid_left, frame.mid_vertical, frame.mid_right)
        for number, row in enumerate(self.rows()):
            if number and self.separate:
                write(frame.get_row(padded, "row"))
            cells = [list(_wrapped(cell, width, apart)) for cell, width in zip(row, widths, strict=True)]
            for place in range(max(map(len, cells))):
                texts = [cell[place] if place < len(cell) else "" for cell in cells]
                write(self._line(texts, widths, sides, STYLES))
        write(frame.get_bottom(padded))

    def _line(
        self, texts: Sequence[str], widths: Sequence[int], sides: tuple[str, str, str], styles: Sequence[str]
    ) -> str:
        """One line of the table: each text padded to its column and coloured, between the frame's sides."""
        left, between, right = sides
        parts = []
        for column, text in enumerate(texts):
            space = " " * (widths[column] - cell_len(text))
            painted = self.paper.paint(text, styles[column] if column < len(styles) else "")
            parts.append(f" {space}{painted} " if column in self.right else f" {painted}{space} ")
        return left + between.join(parts) + right

    def _draw_blocks(self) -> None:
        """Each row as a block: the first cell, then the others with their headers."""
        width = max(1, self.paper.width or 1)
        for row in self.rows():
            for column, cell in enumerate(row):
                indent, label = ("  ", f"{self.headers[column]}: ") if column else ("", "")
                for line in (line for line in cell if line.joined):
                    parts = [f"{indent}{label}{line.joined}"]
                    if line.tail and cell_len(parts[0]) > width:
                        parts = [f"{indent}{label}{line.head}", f"{indent}  {line.tail}"]
                    for part in parts:
                        for piece in _folded(part, width, indent + "  "):
                            self.paper.write(self.paper.paint(piece, "" if column else "bold"))


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
