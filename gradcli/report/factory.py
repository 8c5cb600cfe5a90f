"""Which form is which: the word in `choices.FORMS` is the name of a module in `forms`, whose `Writer` writes it."""

from importlib import import_module

from gradcli.report.blocks import Report
from gradcli.report.output import Output


def write(report: Report, output: Output) -> None:
    """Write a report in the form that is asked for."""
    import_module(f"gradcli.report.forms.{output.form}").Writer(output).write(report)
