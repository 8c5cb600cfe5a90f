"""CSV for spreadsheets and scripts: numbers with all digits, one table."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from gradcli.report.forms.notation import ASCII, Notation
from gradcli.report.forms.writer import Rows
from gradcli.trace.rows import Row

TRACE_HEADERS = (
    "pass", "node", "operator", "expression", "side", "name", "chain", "equals", "upstream", "local", "value",
)  # fmt: skip


class CsvWriter:
    """Writes tables as CSV (RFC 4180, but lines end with a newline alone); titles and lines have no place in it."""

    def __init__(self, stream: TextIO, notation: Notation) -> None:
        self.notation = notation
        self.rows = csv.writer(stream, lineterminator="\n")

    def title(self, text: str) -> None:
        """A table has no place for it."""

    def line(self, text: str) -> None:
        """A table has no place for it."""

    def equation(self, name: str, value: str) -> None:
        """A table has no place for it."""

    def table(self, headers: Sequence[str], rows: Rows, right: Sequence[int] = ()) -> None:  # noqa: ARG002
        """The header and the rows."""
        self.rows.writerow(headers)
        for row in rows():
            self.rows.writerow("; ".join(line.joined for line in cell) for cell in row)


def write_trace(stream: TextIO, rows: Iterator[Row], notation: Notation) -> None:
    """A trace in long form: one line for each quantity or product that goes in or out of a node."""
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(TRACE_HEADERS)
    for row in rows:
        facts = row.as_dict()
        node = [row.pass_, facts["node"], facts["operator"], facts["expression"]]
        if not row.taken:
            lines.writerow(_text(value, notation) for value in (*node, "not taken", *[""] * 6))
        for side in ("inputs", "outputs"):
            for item in facts[side]:
                name = item.get("name") or item.get("from") or item.get("to")
                values = (*node, side.removesuffix("s"), name, *(item.get(key) for key in TRACE_HEADERS[6:]))
                lines.writerow(_text(value, notation) for value in values)


def _text(value: Any, notation: Notation) -> Any:
    """A number with all its digits, true or false, a text in the notation's characters, or nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return "" if value is None else value
    if notation.partial == ASCII.partial:
        value = value.replace("∂", "d").replace("·", "*")
    return notation.encoded(value)
