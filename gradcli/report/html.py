"""HTML for notebooks: the value and the table of gradients, every name escaped."""

from html import escape

from gradcli.gradient import Result
from gradcli.numerals import format_number


def result_table(result: Result) -> str:
    """What a notebook shows of a result."""
    nodes = result.graph.variables | result.graph.steps
    rows = "".join(
        f"<tr><td><i>{escape(name)}</i></td><td>{_number(result.values[nodes[name]])}</td>"
        f"<td>{_number(slope)}</td></tr>"
        for name, slope in result.gradient.items()
    )
    notes = "".join(f"<p>note: {escape(note.message)}</p>" for note in result.notes)
    head = "<tr><th>Variable</th><th>Value</th><th>Gradient</th></tr>"
    value = f"<p><i>{escape(result.output)}</i> = {_number(result.value)}</p>"
    return f"{value}<table><thead>{head}</thead><tbody>{rows}</tbody></table>{notes}"


def _number(value: float | None) -> str:
    return "not taken" if value is None else escape(format_number(value))
