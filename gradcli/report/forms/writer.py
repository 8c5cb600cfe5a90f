"""What every form of output can do, and which form is which: commands write titles, lines and tables through this."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TextIO

from gradcli.report.forms.notation import ARTICLE, ASCII, UNICODE, Notation
from gradcli.report.views.cells import Cell, Line
from gradcli.text import encodable

# Makes the rows of a table; called again where a table is measured before it is drawn.
Rows = Callable[[], Iterable[Sequence[Cell]]]

SIGNS = "∂·×≈─│╭╮╰╯├┤┬┴┼"  # what tables need beyond letters


class Writer(Protocol):
    """A form of output for people: a sequence of titles, lines and tables."""

    @property
    def notation(self) -> Notation:
        """The signs of this form."""

    def title(self, text: str) -> None:
        """A heading above a table."""

    def line(self, text: str) -> None:
        """A line of text."""

    def equation(self, name: str, value: str) -> None:
        """A line `name = value`."""

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:
        """A table; the columns in `right` are aligned to the right, and lines divide rows of several lines."""


def writer(form: str, stream: TextIO, language: str, ascii_only: bool = False) -> Writer:
    """The writer of a form (not json, which commands write as one object)."""
    if form == "latex":
        from gradcli.report.forms.latex import LatexWriter

        return LatexWriter(stream)
    notation = notation_for(stream, language, ascii_only)
    if form == "csv":
        from gradcli.report.forms.csv import CsvWriter

        return CsvWriter(stream, notation)
    if form == "markdown":
        from gradcli.report.forms.markdown import MarkdownWriter

        return MarkdownWriter(stream, notation)
    from gradcli.report.forms.table import TableWriter

    return TableWriter(stream, notation)


def notation_for(stream: TextIO, language: str, ascii_only: bool) -> Notation:
    """The article's spacing with its words; signs in ASCII where it is asked for, or the encoding has no others."""
    encoding = stream.encoding or "utf-8"
    if ascii_only:
        return ASCII
    if not encodable(SIGNS, encoding):
        return replace(ASCII, encoding=encoding)
    return ARTICLE if language == "ja" else UNICODE


def cell(text: str) -> Cell:
    """A cell of one line."""
    return [Line(text)]
