"""Writes results as `gradcli eval` does."""

from collections.abc import Callable
from typing import Any, TextIO

from gradcli.api import Result
from gradcli.report.factory import blocks_of, write
from gradcli.report.output import Output, Report
from gradcli.trace.tracing import Trace


def print_result(
    result: Result,
    trace: Trace | None,
    form: str,
    stream: TextIO,
    language: str = "en",
    ascii_only: bool = False,
    note: Callable[..., None] = print,
) -> None:
    """A result, with its trace if there is one."""

    def facts() -> dict[str, Any]:
        return result.as_dict() | ({} if trace is None else {"trace": trace.as_dict()})

    write(
        Report(blocks_of("result", result, trace, result.notes), facts),
        Output(form, language, ascii_only, stream, note),
    )
