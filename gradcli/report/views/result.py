"""A result and its trace, written in any form."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import TextIO

from gradcli.choices import MOST_NOTES
from gradcli.engine.answer import Answer
from gradcli.engine.notes import Note
from gradcli.report.forms.writer import Writer, cell, notation_for, writer
from gradcli.report.views.cells import row_cells
from gradcli.text import format_number
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import word


def write_result(
    result: Answer, trace: Trace | None, form: str, language: str, ascii_only: bool, stream: TextIO
) -> None:
    """Write a result for people, after its trace if there is one."""
    if trace is not None and form == "csv":
        from gradcli.report.forms.csv import write_trace

        write_trace(stream, trace.rows(), notation_for(stream, language, ascii_only))
        return
    report = writer(form, stream, language, ascii_only)
    if trace is not None:
        _write_trace(trace, result.notes, report, language)
        report.title(word("result", language))
    write_value(result, report, form, language)


def _write_trace(trace: Trace, notes: Sequence[Note], report: Writer, language: str) -> None:
    headers = [word(key, language) for key in ("node", "input", "output")]
    notation = report.notation
    report.title(word("forward", language))
    report.table(headers, lambda: (row_cells(row, notation, language) for row in trace.forward()))
    if any(True for _ in trace.backward()):
        report.title(word("backward", language))
        report.table(headers, lambda: (row_cells(row, notation, language) for row in trace.backward()))
    without = trace.without_gradient()
    if without:
        report.line(f"{word('no gradient', language)}: {', '.join(map(notation.inline, without))}")
    for note in notes[:MOST_NOTES]:
        report.line(f"{word('note', language)}: {note.text(language)}")
    if len(notes) > MOST_NOTES:
        report.line(f"{word('note', language)}: … + {len(notes) - MOST_NOTES}")


def write_value(result: Answer, report: Writer, form: str, language: str) -> None:
    """The value, and the table of variables, values and gradients; in CSV the output is the last row."""
    if form == "csv":
        rows = [(name, _csv(value), _csv(slope)) for name, value, slope in _rows(result)]
        rows.append((result.output, _csv(result.value), "1.0"))
        headers = ["variable", "value", "gradient"]
    else:
        report.equation(result.output, _text(result.value, language))
        headers = [word(key, language) for key in ("variable", "value", "gradient")]
        rows = [
            (report.notation.inline(name), _text(value, language), "-" if slope is None else _text(slope, language))
            for name, value, slope in _rows(result)
        ]
    if rows:
        report.table(headers, lambda: (list(map(cell, row)) for row in rows), right=(1, 2))


def _rows(result: Answer) -> Iterator[tuple[str, float | None, float | None]]:
    """Each variable, and each step whose gradient was asked for: its name, value and gradient, if it has them."""
    nodes: Mapping[str, int] = result.graph.variables | result.graph.steps
    for name, node in nodes.items():
        if name in result.gradient or name in result.at:
            yield name, result.evaluation.values[node], result.gradient.get(name)


def _text(value: float | None, language: str) -> str:
    """A number with all its digits; one that is not finite is said to be so."""
    if value is None:
        return word("not taken", language)
    text = format_number(value)
    return text if isfinite(value) else f"{word('not finite', language)} ({text})"


def _csv(value: float | None) -> str:
    """A number with all its digits, or nothing where there is none."""
    return repr(value) if value is not None and isfinite(value) else ""
