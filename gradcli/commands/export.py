"""`gradcli export`: the function and its gradient as code that stands alone."""

import click

from gradcli.choices import TARGETS
from gradcli.commands.common import expression_command, finish, write_bytes
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
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any note, at a kink for example.")
@click.option("--allow-nonfinite", is_flag=True, help="Go on with infinities and NaN (IEEE 754).")
def command(
    question: Question,
    target: str,
    name: str | None,
    strict: bool,
    allow_nonfinite: bool,
) -> None:
    """Write EXPRESSION and its gradient as code.

    EXPRESSION is the text, - for standard input, or @FILE. With --at, the scripts for PyTorch and JAX assert the
    gradient at that point, and the others say in a comment what it is. The code is UTF-8 text in every locale.
    """
    from gradcli.engine.answer import Answer
    from gradcli.engine.binding import targets_of
    from gradcli.engine.notes import Note
    from gradcli.export.export import export

    graph = question.graph()
    names = question.targets()
    result = Answer.of(graph, question.point(graph), names, allow_nonfinite=allow_nonfinite) if question.at else None
    write_bytes([export(graph, target, names, result, name).encode()])
    notes = [] if targets_of(graph, names) else [Note("no-variable", {})]
    succeeded = result is None or result.is_finite or allow_nonfinite
    finish([*notes, *(result.notes if result else ())], succeeded=succeeded, strict=strict)
