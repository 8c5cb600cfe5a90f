"""`gradcli compare`: the algebraic way beside the graph way: work, size, result."""

from functools import partial

import click

from gradcli.choices import ALGEBRA_SECONDS
from gradcli.commands.common import (
    InRange,
    expression_command,
    finish,
    output_options,
    print_report,
)
from gradcli.commands.question import Question
from gradcli.report.output import Output

MOST_SECONDS = 24 * 60 * 60


@expression_command(
    "compare",
    examples=(
        'gradcli compare "l2 = 4*x*(1-x); l3 = 4*l2*(1-l2); 4*l3*(1-l3)" --at x=0.2',
        'gradcli compare "relu(a*x)" --at a=2,x=3',
        'gradcli compare "sin(x)^2*exp(x)" --no-seconds --json',
    ),
)
@click.option(
    "--limit",
    type=InRange(min=0, min_open=True, max=MOST_SECONDS),
    default=ALGEBRA_SECONDS,
    metavar="SECONDS",
    help="help.limit",
)
@click.option("--no-seconds", is_flag=True, help="help.no-seconds")
@click.option("--show", is_flag=True, help="help.show")
@output_options
def command(
    question: Question,
    limit: float,
    no_seconds: bool,
    show: bool,
    output: Output,
) -> None:
    """Derive EXPRESSION by algebra (SymPy) and by the graph, and compare the work."""
    from gradcli.compare.comparison import compare

    graph = question.graph()
    point = question.point(graph) if question.at else None
    found = compare(graph, point, question.targets(), limit)
    seconds = not no_seconds
    print_report(
        output,
        partial(found.as_dict, seconds, show=show),
        "compare",
        found,
        seconds,
        show,
        has_variable=bool(found.names),
    )
    remarks = found.over_arrays.notes if found.over_arrays else []
    finish([*found.notes, *remarks], succeeded=found.is_finite and found.agree is not False, output=output)
