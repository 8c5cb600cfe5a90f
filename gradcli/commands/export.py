"""`gradcli export`: the function and its gradient as code that stands alone."""

import click

from gradcli.choices import TARGETS
from gradcli.commands.common import expression_command, stdout
from gradcli.commands.question import Question


@expression_command(
    "export",
    "The function and its gradient as code: Python, NumPy, PyTorch, JAX, C, JavaScript, LaTeX.",
    examples=(
        'gradcli export "a*x + b*y" --to python',
        'gradcli export "relu(a*x)" --to torch --wrt a --at a=2,x=3',
        'gradcli export "tanh(w*x + b)" --to c --name neuron',
    ),
)
@click.option("--to", "target", type=click.Choice(TARGETS), required=True, help="The language of the code.")
@click.option("--name", metavar="NAME", help="What the function (for torch, the output) is called in the code.")
def command(
    question: Question,
    target: str,
    name: str | None,
) -> None:
    """Write EXPRESSION and its gradient as code.

    EXPRESSION is the text, - for standard input, or @FILE. With --at, the scripts for PyTorch and JAX assert the
    gradient at that point, and the others say in a comment what it is.
    """
    from gradcli.export import export

    graph = question.graph()
    point = question.point(graph) if question.at else None
    stdout().write(export(graph, target, question.targets(), point, name))
