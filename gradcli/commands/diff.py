"""`gradcli diff`: the gradient as expressions, from the graph, and derivatives of higher order."""

import click

from gradcli.commands.common import (
    expression_command,
    finish,
    output_options,
    print_report,
    refuse_with_digits,
)
from gradcli.commands.question import Question
from gradcli.report.output import Output


@expression_command(
    "diff",
    "The gradient as expressions, from the graph; higher orders.",
    examples=(
        'gradcli diff "a*x + b*y"',
        'gradcli diff "sin(x)/x" --order 3 --inline',
        'gradcli diff "tanh(w*x + b)" --wrt w,b --order 2 --at w=1,x=2,b=0 --json',
    ),
)
@click.option("--order", type=int, default=1, help="1: the gradient, 2: the Hessian, … up to 20 [1].")
@click.option("--inline", is_flag=True, help="Write shared parts out instead of naming them.")
@click.option("--digits", type=int, metavar="N", help="So many correct digits of the numbers, up to 1000.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any note, at a kink for example.")
@click.option("--allow-nonfinite", is_flag=True, help="Go on with infinities and NaN (IEEE 754).")
@output_options
def command(
    question: Question,
    order: int,
    inline: bool,
    digits: int | None,
    strict: bool,
    allow_nonfinite: bool,
    output: Output,
) -> None:
    """Derive EXPRESSION: the backward pass builds formulas instead of numbers.

    EXPRESSION is the text, - for standard input, or @FILE. With --at, the numbers follow.
    """
    from gradcli.symbolic.derive import derive
    from gradcli.symbolic.formulary import Formulary

    graph = question.graph()
    names = question.targets()
    formulary = Formulary(graph, derive(graph, names, order), inline)
    if digits is not None:
        refuse_with_digits({"--allow-nonfinite": allow_nonfinite}, has_point=bool(question.at))
        formulary.settle(question.exact_point(graph), names, digits)
    elif question.at:
        formulary.evaluate(question.point(graph), names, allow_nonfinite)
    has_variable = bool(formulary.derivatives.targets)
    print_report(output, formulary.as_dict, "derivatives", formulary, has_variable=has_variable)
    succeeded = (formulary.is_finite or allow_nonfinite) and (has_variable or not strict)
    finish(formulary.notes, succeeded=succeeded, strict=strict, output=output)
