"""JSON for scripts: one object on one line, strict, streamed row by row where there is a trace."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from gradcli.engine.answer import Answer
    from gradcli.trace.rows import Row
    from gradcli.trace.tracing import Trace


def write_json(facts: Any, stream: TextIO, ascii_only: bool) -> None:
    """One JSON value on one line. Raises `ValueError` for a number that is not finite: JSON has none."""
    stream.write(_encoded(facts, ascii_only) + "\n")


def write_result(result: "Answer", trace: "Trace | None", stream: TextIO, ascii_only: bool) -> None:
    """A result, with the rows of its trace as they are made."""
    text = _encoded(result.as_dict(), ascii_only)
    if trace is None:
        stream.write(text + "\n")
        return
    stream.write(text[:-1] + ',"trace":{"forward":[')
    _write_rows(trace.forward(), stream, ascii_only)
    stream.write('],"backward":[')
    _write_rows(trace.backward(), stream, ascii_only)
    stream.write("]}}\n")


def _write_rows(rows: "Iterable[Row]", stream: TextIO, ascii_only: bool) -> None:
    comma = ""
    for row in rows:
        stream.write(comma + _encoded(row.as_dict(), ascii_only))
        comma = ","


def _encoded(facts: Any, ascii_only: bool) -> str:
    return json.dumps(facts, ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":"))
