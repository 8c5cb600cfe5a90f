"""`gradcli functions`: the operator table for people."""

import click

from gradcli.commands.common import ExpressionCommand, Output, output_options


@click.command(
    "functions",
    cls=ExpressionCommand,
    short_help="The functions, their derivatives and their conventions.",
    examples=("gradcli functions", "gradcli functions --json", "gradcli functions relu"),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@output_options
def command(names: tuple[str, ...], output: Output) -> None:
    """List the operators and functions with their derivatives, or just those named."""
    from gradcli.report.views.functions import function_facts, write_functions

    facts = function_facts(names)
    if output.form == "json":
        from gradcli.report.forms.json import write_json

        write_json(facts, output.stream, output.ascii_json)
    else:
        write_functions(facts, output.form, output.language, output.ascii_only, output.stream)
