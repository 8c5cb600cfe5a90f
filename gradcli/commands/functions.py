"""`gradcli functions`: the operator table for people."""

import click

from gradcli.commands.arguments import ExpressionCommand
from gradcli.commands.common import completed, output_options, print_report
from gradcli.report.output import Output


@click.command(
    "functions",
    cls=ExpressionCommand,
    examples=("gradcli functions", "gradcli functions --json", "gradcli functions relu"),
)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completed("functions"))
@output_options
def command(names: tuple[str, ...], output: Output) -> None:
    """List the operators and functions with their derivatives, or say all that is known of those named."""
    from gradcli.report.listing import function_facts

    facts = function_facts(names)
    print_report(output, lambda _: facts, "functions", facts, not names)
