"""A result and its trace, written in any form."""

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from gradcli.gradient import Result
from gradcli.numerals import format_number
from gradcli.report.cells import row_cells
from gradcli.report.writer import Writer, cell, writer
from gradcli.trace import Trace
from gradcli.words import word


def write_result(result: Result, trace: Trace | None, form: str, language: str, ascii_only: bool, stream: TextIO) -> None:
    """Write a result for people, after its trace if there is one."""
    if trace is not None and form == "csv":
        from gradcli.report.csv import write_trace  # noqa: PLC0415

        write_trace(stream, trace.rows())
        return
    report = writer(form, stream, language, ascii_only)
    if trace is not None:
        _write_trace(trace, report, language)
        report.title(word("result", language))
    write_value(result, report, form, language)


def _write_trace(trace: Trace, report: Writer, language: str) -> None:
    headers = [word(key, language) for key in ("node", "input", "output")]
    notation = report.notation
    report.title(word("forward", language))
    report.table(headers, lambda: (row_cells(row, notation, language) for row in trace.forward()))
    report.title(word("backward", language))
    report.table(headers, lambda: (row_cells(row, notation, language) for row in trace.backward()))
    without = trace.without_gradient()
    if without:
        report.line(f"{word('no gradient', language)}: {', '.join(without)}")
    for note in trace.result.notes:
        report.line(f"{word('note', language)}: {note.message}")


def write_value(result: Result, report: Writer, form: str, language: str) -> None:
    """The value, and the table of variables, values and gradients; in CSV the output is the last row."""
    name = report.notation.name
    value = number_text(result.value, language)
    if form == "latex":
        report.line(f"${name(result.output)} = {report.notation.expression(value)}$")
    else:
        report.line(f"{result.output} = {value}")
    headers = [word(key, language) for key in ("variable", "value", "gradient")]
    rows = list(_rows(result, language))
    if form == "csv":
        headers = ["variable", "value", "gradient"]
        rows.append((result.output, csv_number(result.value), "1.0"))
    report.table(headers, lambda: (list(map(cell, row)) for row in rows), right=(1, 2))


def _rows(result: Result, language: str) -> Iterator[tuple[str, str, str]]:
    """Each variable, and each step whose gradient was asked for."""
    nodes: Mapping[str, int] = result.graph.variables | result.graph.steps
    for name, node in nodes.items():
        if name in result.gradient:
            slope = number_text(result.gradient[name], language)
        elif name in result.at:
            slope = "-"
        else:
            continue
        yield name, number_text(result.values[node], language), slope


def number_text(value: Any, language: str) -> str:
    """A number with all its digits; one that is not finite is said to be so."""
    if value is None:
        return word("not taken", language)
    if value - value != 0:
        return f"{word('not finite', language)} ({format_number(value)})"
    return format_number(value)


def csv_number(value: float) -> str:
    """A number with all its digits, or nothing where it is not finite."""
    return repr(value) if value - value == 0 else ""
