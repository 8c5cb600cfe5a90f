"""`gradcli eval`: value and gradient at a point, with the tables of both passes on request."""

from typing import Any

import click

from gradcli.choices import CHAINS
from gradcli.commands.common import (
    ExpressionCommand,
    expression_argument,
    finish,
    number_options,
    output_of,
    output_options,
    point_options,
    read_expression,
    read_point,
    read_wrt,
)


@click.command(
    "eval",
    cls=ExpressionCommand,
    short_help="Value and gradient at a point; --trace adds the tables of both passes.",
    examples=(
        'gradcli eval "a*x + b*y" --at a=2,x=3,b=4,y=5 --trace',
        'gradcli eval "relu(a*x)" --at a=-2,x=3 --wrt a --json',
        "gradcli eval @model.txt --at @parameters.json",
    ),
)
@expression_argument
@point_options
@click.option("--trace", "with_trace", is_flag=True, help="Print the forward and the backward pass, node by node.")
@click.option(
    "--chain",
    type=click.Choice(CHAINS),
    default="auto",
    help="Chain-rule products written from the output on, from one node to the next, or as is shorter [auto].",
)
@number_options
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    expression: str,
    max_length: int | None,
    at: tuple[str, ...],
    wrt: tuple[str, ...],
    with_trace: bool,
    chain: str,
    kink: str,
    strict: bool,
    allow_nonfinite: bool,
    **output_choice: Any,
) -> None:
    """Evaluate EXPRESSION and its gradient at a point.

    EXPRESSION is the text, - for standard input, or @FILE.
    """
    from gradcli.gradient import gradient

    output = output_of(**output_choice)
    graph = read_expression(expression, max_length)
    point = read_point(graph, at, expression)
    result = gradient(graph, point, read_wrt(wrt), kink=kink, allow_nonfinite=allow_nonfinite)
    trace = result.trace(chain) if with_trace else None
    if output.form == "json":
        from gradcli.report.json import write_result as write_json

        write_json(result, trace, output.stream, output.ascii_json)
    else:
        from gradcli.report.result import write_result

        write_result(result, trace, output.form, output.language, output.ascii_only, output.stream)
    are_shown = trace is not None and output.form not in ("json", "csv")
    finish(ctx, result.notes, strict, result.is_finite or allow_nonfinite, are_shown)
