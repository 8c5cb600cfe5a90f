"""`gradcli diff`: the gradient as expressions, from the graph, and derivatives of higher order."""

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
    "diff",
    cls=ExpressionCommand,
    short_help="The gradient as expressions, from the graph; higher orders.",
    examples=(
        'gradcli diff "a*x + b*y"',
        'gradcli diff "sin(x)/x" --order 3 --inline',
        'gradcli diff "tanh(w*x + b)" --wrt w,b --order 2 --at w=1,x=2,b=0 --json',
    ),
)
@expression_argument
@point_options
@click.option("--order", type=int, default=1, help="1: the gradient, 2: the Hessian, … up to 20 [1].")
@click.option("--inline", is_flag=True, help="Write shared parts out instead of naming them.")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    expression: str,
    max_length: int | None,
    at: tuple[str, ...],
    wrt: tuple[str, ...],
    order: int,
    inline: bool,
    **output_choice: Any,
) -> None:
    """Derive EXPRESSION: the backward pass builds formulas instead of numbers.

    EXPRESSION is the text, - for standard input, or @FILE. With --at, the numbers follow.
    """
    from gradcli.derive import derive
    from gradcli.formulary import Formulary

    output = output_of(**output_choice)
    graph = read_expression(expression, max_length)
    names = read_wrt(wrt)
    formulary = Formulary(graph, derive(graph, names, order), inline)
    if at:
        formulary.evaluate(read_point(graph, at, expression), names)
    if output.form == "json":
        from gradcli.report.json import write_json

        write_json(formulary.as_dict(), output.stream, output.ascii_json)
    else:
        from gradcli.report.formulary import write_formulary

        write_formulary(formulary, output.form, output.language, output.ascii_only, output.stream)
    if not formulary.derivatives.targets:
        note_no_variable()
    finish(ctx, formulary.notes, False, formulary.is_finite)
