"""`gradcli worksheet`: exercises with empty tables, and their key."""

import os
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, TextIO

import click

from gradcli.choices import BLANKS, CHAINS, FORMS, LEVELS, MOST_COPIES
from gradcli.commands.common import (
    ascii_option,
    completed,
    expression_command,
    finish,
    form_asked,
    json_option,
    lang_option,
    not_empty,
    output_option,
    stdout,
    tell,
)
from gradcli.commands.question import Question
from gradcli.report.output import Output, Report

if TYPE_CHECKING:
    from gradcli.worksheet.exercises import Exercise

ENDINGS = {
    "md": "markdown", "markdown": "markdown", "tex": "latex", "html": "html", "htm": "html", "txt": "table",
    "json": "json", "csv": "csv",
}  # fmt: skip
WITHOUT_TABLES = ("json", "csv")


@expression_command(
    "worksheet",
    examples=(
        'gradcli worksheet "a*x + b*y" --copies 10 --seed 7 --output sheets.md --key key.md',
        "gradcli worksheet --level 3 --copies 5 --output sheets.html --key key.html",
        'gradcli worksheet "y = a*x + b*z" --wrt a --blank outputs --lang ja',
    ),
    is_optional=True,
)
@click.option("--copies", type=click.IntRange(1, MOST_COPIES), metavar="N", default=1, help="help.copies")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", default=0, help="help.worksheet.seed")
@click.option("--level", type=click.IntRange(LEVELS[0], LEVELS[-1]), metavar="N", help="help.level")
@click.option("--blank", type=click.Choice(BLANKS), help="help.blank")
@click.option("--chain", type=click.Choice(CHAINS), default="auto", help="help.chain")
@click.option("--fractions", is_flag=True, help="help.worksheet.fractions")
@click.option("--explain", is_flag=True, help="help.worksheet.explain")
@click.option("--title", callback=not_empty, metavar="TEXT", help="help.worksheet.title")
@output_option
@click.option("--key", metavar="FILE", callback=not_empty, shell_complete=completed("any_file"), help="help.key")
@click.option("--format", "-f", "form", type=click.Choice(FORMS), help="help.worksheet.format")
@json_option
@lang_option
@ascii_option
def command(
    question: Question | None,
    copies: int,
    seed: int,
    level: int | None,
    blank: str | None,
    chain: str,
    fractions: bool,
    explain: bool,
    title: str | None,
    output: str | None,
    key: str | None,
    form: str | None,
    as_json: bool,
    lang: str,
    ascii_only: bool,
) -> None:
    """Write exercises with EXPRESSION, or with made expressions, and their answers."""
    from gradcli.commands.files import form_of
    from gradcli.engine.notes import information
    from gradcli.errors import GradcliError
    from gradcli.report.views import worksheet as view
    from gradcli.text import printable

    asked = form_asked(form, as_json)
    forms = [asked or form_of(file, ENDINGS, without="table") for file in (output, key)]
    if blank is not None and forms[0] in WITHOUT_TABLES:
        raise GradcliError("worksheet-blank", {"form": forms[0]}, source="option")
    if explain and (key is None or forms[1] == "csv"):
        raise GradcliError("worksheet-explain", source="option")
    if key is not None and _place(key) == _place(output):
        raise GradcliError("worksheet-one-place", source="option")
    found = _exercises(question, copies, seed, level)
    style = view.Style(printable(" ".join((title or "").split())), chain, fractions, explain)
    sheet = Report(
        partial(view.blocks, found, blank or BLANKS[0], style),
        lambda: view.facts(found),
        view.name("sheet", style, lang),
    )
    answers = Report(
        partial(view.key_blocks, found, style),
        lambda: view.key_facts(found, style, lang),
        view.name("key", style, lang),
    )
    written = [(output, sheet, forms[0])] + ([] if key is None else [(key, answers, forms[1])])
    _write(written, lang, ascii_only)
    finish(information(found[0].graph) if question else (), succeeded=True, language=lang)


def _place(file: str | None) -> str:
    """Where a file is; standard output has no other name."""
    return "-" if file is None or file == "-" else os.path.realpath(file)


def _exercises(question: Question | None, copies: int, seed: int, level: int | None) -> "list[Exercise]":
    from gradcli.errors import GradcliError
    from gradcli.worksheet.exercises import exercises, made

    if question is None:
        given = click.get_current_context().params
        for name in ("at", "wrt"):
            if given[name]:
                raise GradcliError("worksheet-no-expression", {"option": f"--{name}"}, source="option")
        return made(level or 1, copies, seed)
    if level is not None:
        raise GradcliError("worksheet-level", source="option")
    graph = question.graph()
    return exercises(graph, copies, seed, question.targets(), question.point(graph))


def _write(written: "list[tuple[str | None, Report, str]]", language: str, ascii_only: bool) -> None:
    """Write the reports to their files, all or none, and then what goes to standard output."""
    from gradcli.commands.files import write_files
    from gradcli.commands.languages import writable
    from gradcli.report.factory import write

    def put(report: Report, form: str, stream: TextIO, language: str) -> None:
        write(report, Output(form, language, ascii_only, stream, lambda note: tell(note, language)))

    files = []
    for file, report, form in written:
        if file is not None and file != "-":
            text = StringIO()
            put(report, form, text, language)
            files.append((file, [text.getvalue().encode()]))
    if files:
        write_files(files)
    for file, report, form in written:
        if file is None or file == "-":
            stream = stdout()
            put(report, form, stream, writable(language, stream))
