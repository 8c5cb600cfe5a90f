"""Markdown tables (GitHub's), to be pasted into notes."""

import re
from collections.abc import Sequence
from typing import TextIO

from gradcli.report.forms.notation import Notation
from gradcli.report.forms.writer import Rows
from gradcli.report.views.cells import Cell


class MarkdownWriter:
    """Writes Markdown to a stream."""

    def __init__(self, stream: TextIO, notation: Notation) -> None:
        self.stream = stream
        self.notation = notation
        self._begun = False

    def title(self, text: str) -> None:
        """A paragraph in bold."""
        self._paragraph(f"**{text}**")

    def line(self, text: str) -> None:
        """A paragraph."""
        self._paragraph(_escaped(text))

    def equation(self, name: str, value: str) -> None:
        """A paragraph `name = value`."""
        self.line(f"{name} = {value}")

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A table; the lines of a cell are separated by `<br>`."""
        rules = ["---:" if column in right else "---" for column in range(len(headers))]
        self._paragraph(f"| {' | '.join(headers)} |")
        self.stream.write(f"|{'|'.join(rules)}|\n")
        for row in rows():
            self.stream.write(f"| {' | '.join(map(_text, row))} |\n")

    def _paragraph(self, text: str) -> None:
        self.stream.write(f"\n{text}\n" if self._begun else f"{text}\n")
        self._begun = True


def _text(cell: Cell) -> str:
    return "<br>".join(_escaped(line.joined) for line in cell)


def _escaped(text: str) -> str:
    """The signs that would begin emphasis or a cell: several `*`, and `_` at the edge of a word."""
    text = text.replace("|", "\\|")
    if text.count("*") > 1:
        text = text.replace("*", "\\*")
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
