"""`gradcli export`: the function and its gradient as code that stands alone."""

import click

from gradcli.choices import BACKENDS
from gradcli.commands.common import ascii_option, expression_command, finish, lang_option, write_bytes
from gradcli.commands.languages import ENGLISH
from gradcli.commands.question import Question


@expression_command(
    "export",
    examples=(
        'gradcli export "a*x + b*y" --to python',
        'gradcli export "relu(a*x)" --to torch --wrt a --at a=2,x=3',
        'gradcli export "tanh(w*x + b)" --to c --name neuron',
        'gradcli export "a*x + b" --to c --columns',
    ),
)
@click.option("--to", "backend", type=click.Choice(BACKENDS), required=True, help="help.to")
@click.option("--name", metavar="NAME", help="help.name")
@click.option("--columns", is_flag=True, help="help.columns")
@lang_option
@ascii_option
@click.option("--strict", is_flag=True, help="help.strict")
@click.option("--allow-nonfinite", is_flag=True, help="help.allow-nonfinite")
def command(
    question: Question,
    backend: str,
    name: str | None,
    columns: bool,
    lang: str,
    ascii_only: bool,
    strict: bool,
    allow_nonfinite: bool,
) -> None:
    """Write EXPRESSION and its gradient as code."""
    from gradcli.engine.answer import Answer
    from gradcli.engine.binding import targets_of
    from gradcli.engine.notes import Note
    from gradcli.export.export import export

    graph = question.graph()
    names = question.targets()
    result = Answer.of(graph, question.point(graph), names, allow_nonfinite=allow_nonfinite) if question.at else None
    is_ascii = ascii_only and lang == ENGLISH
    write_bytes([export(graph, backend, names, result, name, lang, is_ascii, columns).encode()])
    notes = [] if targets_of(graph, names) else [Note("no-variable", {})]
    succeeded = result is None or result.is_finite or allow_nonfinite
    finish([*notes, *(result.notes if result else ())], succeeded=succeeded, strict=strict, language=lang)
