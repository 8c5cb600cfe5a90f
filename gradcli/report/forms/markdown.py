"""Markdown tables (GitHub's), to be pasted into notes."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcli.frozen import attributes
from gradcli.report.blocks import Column, Part, Sentence, Table, Title, Value
from gradcli.report.cells import Cell
from gradcli.report.notation import Notation
from gradcli.report.output import Output
from gradcli.report.writer import Writer as BlockWriter

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid

WIDE = 2  # letters that have as much room as an `&emsp;`


class MarkdownNotation(Notation):
    """The signs of a terminal; matrices are nested lists."""

    def matrices(self, parts: "Sequence[Grid | str]") -> list[str]:
        """Matrices and the signs between them, in one line."""
        return [self.crowded(parts)]


class Writer(BlockWriter):
    """Writes Markdown to a stream."""

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self._begun = False

    def notation_for(self, output: Output) -> Notation:
        """The usual signs, but for matrices."""
        return MarkdownNotation(**attributes(super().notation_for(output)))

    def part(self, block: Part) -> None:
        """A heading."""
        self._paragraph(f"## {self.titled(block, _escaped(block.fact.written(self.notation)), _as_typed)}")

    def title(self, block: Title) -> None:
        """A paragraph in bold."""
        self._paragraph(f"**{self.notation.words(block.code)}**")

    def sentence(self, block: Sentence) -> None:
        """A paragraph."""
        self._paragraph(_escaped(block.fact.written(self.notation)))

    def value(self, block: Value) -> None:
        """A paragraph."""
        self._paragraph(_escaped(" = ".join(block.equation.sides(self.notation))))

    def table(self, block: Table) -> None:
        """A table; the lines of a cell are separated by `<br>`."""
        self._paragraph(f"| {' | '.join(map(self.heading, block.columns))} |")
        self.stream.write(f"|{'|'.join('---:' if column.right else '---' for column in block.columns)}|\n")
        for row in block.rows():
            self.stream.write(f"| {' | '.join(map(self._text, row))} |\n")

    def heading(self, column: Column) -> str:
        """What people call a column; behind that, spaces for what they are to write in it."""
        return super().heading(column) + "&emsp;" * (column.room // WIDE)

    def _text(self, cell: Cell) -> str:
        lines = [_escaped(line.joined) for line in cell.lines(self.notation)]
        return "<br>".join(line or "&nbsp;" for line in lines) if len(lines) > 1 else lines[0]

    def _paragraph(self, text: str) -> None:
        self.stream.write(f"\n{text}\n" if self._begun else f"{text}\n")
        self._begun = True


_SIGN = re.compile(r"[|]|<(?=[A-Za-z/!?])")  # begins a cell or a tag
_TYPED = re.compile(r"[\\`*_\[\]|~$]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")  # may mean something in what somebody has typed
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # begins or ends emphasis


def _escaped(text: str) -> str:
    """Text without signs that mean something in Markdown; so do several `*`."""
    text = _SIGN.sub(r"\\\g<0>", text)
    if text.count("*") > 1:
        text = text.replace("*", "\\*")
    return _EDGE.sub(r"\_", text) if "_" in text else text


def _as_typed(text: str) -> str:
    """A title, which may have any signs, as it was typed."""
    return _TYPED.sub(r"\\\g<0>", text)
