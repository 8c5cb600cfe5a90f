"""Views and forms by name: a view is a module of `views` with `blocks`, a form is one of `forms` with a `Writer`.

The words in `choices.FORMS` are the names of forms. Both are imported when they are needed, as JSON needs no view.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from gradcli.report.output import Output, Report


def blocks_of(view: str, *subject: Any) -> Callable[[], Iterable[Any]]:
    """The blocks that a view makes of its subject."""
    return lambda: import_module(f"gradcli.report.views.{view}").blocks(*subject)


def write(report: Report, output: Output) -> bool:
    """Write a report in the form that is asked for, and say whether that is one for people."""
    writer = import_module(f"gradcli.report.forms.{output.form}").Writer(output)
    writer.write(report)
    return bool(writer.is_for_people)
