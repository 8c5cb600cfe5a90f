"""`gradcli diff`: the gradient as expressions, from the graph, and derivatives of higher order."""

from collections.abc import Iterable
from typing import Any

import click

from gradcli.commands.common import (
    expression_command,
    finish,
    output_options,
    print_report,
    refuse_with,
)
from gradcli.commands.question import Question
from gradcli.report.output import Output


@expression_command(
    "diff",
    examples=(
        'gradcli diff "a*x + b*y"',
        'gradcli diff "sin(x)/x" --order 3 --inline',
        'gradcli diff "x @ A @ x" --shape A=3x3,x=3',
        'gradcli diff "tanh(w*x + b)" --wrt w,b --order 2 --at w=1,x=2,b=0 --json',
    ),
)
@click.option("--order", type=int, metavar="N", default=1, help="help.order")
@click.option("--inline", is_flag=True, help="help.inline")
@click.option("--elements", is_flag=True, help="help.diff.elements")
@click.option("--digits", type=int, metavar="N", help="help.diff.digits")
@click.option("--fractions", is_flag=True, help="help.diff.fractions")
@click.option("--strict", is_flag=True, help="help.strict")
@click.option("--allow-nonfinite", is_flag=True, help="help.allow-nonfinite")
@output_options
def command(
    question: Question,
    order: int,
    inline: bool,
    elements: bool,
    digits: int | None,
    fractions: bool,
    strict: bool,
    allow_nonfinite: bool,
    output: Output,
) -> None:
    """Derive EXPRESSION: the backward pass builds formulas instead of numbers."""
    graph = question.graph()
    names = question.targets()
    formulary = formulary_of(graph, names, order, inline, elements)
    if fractions:
        others = {"--digits": digits is not None, "--allow-nonfinite": allow_nonfinite}
        refuse_with("fractions", others, has_point=bool(question.at))
        formulary.settle(question.exact_point(graph), names)
    elif digits is not None:
        refuse_with("digits", {"--allow-nonfinite": allow_nonfinite}, has_point=bool(question.at))
        formulary.settle(question.exact_point(graph), names, digits)
    elif question.at:
        formulary.evaluate(question.point(graph), names, allow_nonfinite)
    has_variable = bool(formulary.keys)
    print_report(output, formulary.as_dict, "derivatives", formulary, has_variable=has_variable)
    succeeded = (formulary.is_finite or allow_nonfinite) and (has_variable or not strict)
    finish(formulary.notes, succeeded=succeeded, strict=strict, output=output)


def formulary_of(graph: Any, names: Iterable[str] | None, order: int, inline: bool, by_elements: bool) -> Any:
    """The derivatives of a graph: formulas over arrays, where it has some, unless they are asked for by elements."""
    if graph.arrays is not None and not by_elements:
        from gradcli.symbolic.arrays.formulary import formulary_over_arrays

        found = formulary_over_arrays(graph, names, order, inline)
        if found is not None:
            return found
    from gradcli.symbolic.derive import derive
    from gradcli.symbolic.formulary import Formulary

    return Formulary(graph, derive(graph, names, order), inline)
