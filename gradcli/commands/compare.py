"""`gradcli compare`: the algebraic way beside the graph way: work, size, result."""

from typing import Any

import click

from gradcli.commands.common import (
    ExpressionCommand,
    expression_argument,
    finish,
    note_no_variable,
    output_of,
    output_options,
    point_options,
    read_expression,
    read_point,
    read_wrt,
)


@click.command(
    "compare",
    cls=ExpressionCommand,
    short_help="The algebraic way beside the graph way: work, size, result.",
    examples=(
        'gradcli compare "l2 = 4*x*(1-x); l3 = 4*l2*(1-l2); 4*l3*(1-l3)" --at x=0.2',
        'gradcli compare "sin(x)^2*exp(x)" --no-seconds --json',
    ),
)
@expression_argument
@point_options
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    metavar="SECONDS",
    help="End the algebra after so many seconds [10].",
)
@click.option("--no-seconds", is_flag=True, help="Leave the times away: output that is the same every time.")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    expression: str,
    max_length: int | None,
    at: tuple[str, ...],
    wrt: tuple[str, ...],
    limit: float,
    no_seconds: bool,
    **output_choice: Any,
) -> None:
    """Derive EXPRESSION by algebra (SymPy) and by the graph, and compare the work.

    EXPRESSION is the text, - for standard input, or @FILE. With --at both ways also give numbers. The exit code is 1
    if these do not agree or are not finite.
    """
    from gradcli.compare import compare
    from gradcli.report.compare import write_comparison
    from gradcli.report.json import write_json

    output = output_of(**output_choice)
    graph = read_expression(expression, max_length)
    point = read_point(graph, at, expression) if at else None
    found = compare(graph, point, read_wrt(wrt), limit)
    if output.form == "json":
        write_json(found.as_dict(not no_seconds), output.stream, output.ascii_json)
    else:
        write_comparison(found, not no_seconds, output.form, output.language, output.ascii_only, output.stream)
    if not found.names:
        note_no_variable()
    finish(ctx, found.notes, False, found.is_finite and found.agree is not False)
