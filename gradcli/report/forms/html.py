"""HTML for notebooks: the value and the table of gradients, every name escaped."""

from html import escape

from gradcli.engine.answer import Answer
from gradcli.report.forms.notation import UNICODE
from gradcli.report.views.cells import row_cells
from gradcli.text import format_number
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import word


def result_table(result: Answer) -> str:
    """What a notebook shows of a result."""
    nodes = result.graph.variables | result.graph.steps
    rows = "".join(
        f"<tr><td><i>{escape(name)}</i></td><td>{_number(result.evaluation.values[nodes[name]])}</td>"
        f"<td>{_number(slope)}</td></tr>"
        for name, slope in result.gradient.items()
    )
    notes = "".join(f"<p>note: {escape(note.message)}</p>" for note in result.notes)
    head = "<tr><th>Variable</th><th>Value</th><th>Gradient</th></tr>"
    value = f"<p><i>{escape(result.output)}</i> = {_number(result.value)}</p>"
    return f"{value}<table><thead>{head}</thead><tbody>{rows}</tbody></table>{notes}"


def trace_tables(trace: Trace) -> str:
    """What a notebook shows of a trace: the tables of both passes."""
    headers = "".join(f"<th>{word(key, 'en')}</th>" for key in ("node", "input", "output"))
    tables = []
    for title, rows in (("forward", trace.forward()), ("backward", trace.backward())):
        body = "".join(
            "<tr>"
            + "".join(f"<td>{'<br>'.join(escape(line.joined) for line in cell)}</td>" for cell in cells)
            + "</tr>"
            for cells in (row_cells(row, UNICODE, "en") for row in rows)
        )
        caption = f"<caption>{word(title, 'en')}</caption>"
        tables.append(f"<table>{caption}<thead><tr>{headers}</tr></thead><tbody>{body}</tbody></table>")
    return "".join(tables)


def _number(value: float | None) -> str:
    return "not taken" if value is None else escape(format_number(value))
