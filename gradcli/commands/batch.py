"""`gradcli batch`: value and gradient of every row of a table, or over all of them."""

import os
import sys
from typing import Any, BinaryIO, NamedTuple

import click

from gradcli.choices import ENGINES, FORMS, MOST_WORKERS, ROW_FORMS
from gradcli.commands.common import (
    ascii_option,
    completed,
    expression_command,
    finish,
    form_asked,
    is_quiet,
    json_option,
    kink_option,
    lang_option,
    not_empty,
    output_of,
    output_option,
    print_report,
)
from gradcli.commands.question import Question


class Asked(NamedTuple):
    """What the options ask for, by their names."""

    rows: str
    from_form: str | None
    delimiter: str | None
    decimal: str
    output: str | None
    form: str | None
    as_json: bool
    keep: bool
    prefix: str
    is_sum: bool
    is_mean: bool
    skip_bad: bool
    fail_fast: bool
    resume: bool
    notes: bool
    strict: bool
    kink: str
    engine: str
    workers: int | None
    scheduler: str | None
    lang: str
    ascii_only: bool

    @property
    def is_over_all(self) -> bool:
        """Whether one value is asked for, and not one for each row."""
        return self.is_sum or self.is_mean

    @property
    def cluster(self) -> str | None:
        """The option that asks for the workers of a cluster, if there is one."""
        return "--scheduler" if self.scheduler else "--workers" if self.workers else None


@expression_command(
    "batch",
    examples=(
        'gradcli batch "a*x + b" --rows data.csv --at a=2,b=1 --wrt a,b',
        'gradcli batch "(w*x + b - y)^2" --rows data.csv --at w=0.5,b=0 --wrt w,b --mean --json',
        "gradcli batch @model.txt --rows points.parquet --output gradients.parquet",
    ),
)
@click.option(
    "--rows", required=True, metavar="FILE", callback=not_empty, shell_complete=completed("any_file"), help="help.rows"
)
@click.option("--from", "from_form", type=click.Choice(ROW_FORMS), help="help.from")
@click.option("--delimiter", metavar="SIGN", callback=not_empty, help="help.delimiter")
@click.option("--decimal", type=click.Choice((".", ",")), default=".", help="help.decimal")
@output_option
@click.option(
    "--format", "-f", "form", type=click.Choice(tuple(dict.fromkeys((*ROW_FORMS, *FORMS)))), help="help.batch.format"
)
@json_option
@click.option("--keep", is_flag=True, help="help.keep")
@click.option("--prefix", metavar="TEXT", default="", help="help.prefix")
@click.option("--sum", "is_sum", is_flag=True, help="help.sum")
@click.option("--mean", "is_mean", is_flag=True, help="help.mean")
@click.option("--skip-bad", is_flag=True, help="help.skip-bad")
@click.option("--fail-fast", is_flag=True, help="help.fail-fast")
@click.option("--resume", is_flag=True, help="help.resume")
@click.option("--notes", is_flag=True, help="help.notes")
@click.option("--strict", is_flag=True, help="help.batch.strict")
@kink_option
@click.option("--engine", type=click.Choice(ENGINES), default="auto", help="help.engine")
@click.option("--workers", type=click.IntRange(1, MOST_WORKERS), metavar="N", help="help.workers")
@click.option("--scheduler", metavar="ADDRESS", callback=not_empty, help="help.scheduler")
@lang_option
@ascii_option
def command(question: Question, **options: Any) -> None:
    """Value and gradient of EXPRESSION for every row of a table, or over all of them."""
    from gradcli.batch.forms.files import Reading, sources
    from gradcli.commands.rows import check, write_rows

    asked = Asked(**options)
    form = form_asked(asked.form, asked.as_json)
    check(asked, form, question)
    files = sources(asked.rows, asked.from_form, _stdin, os.getcwd() if asked.cluster else "")
    if asked.is_over_all:
        with Reading(files, asked.delimiter, asked.decimal) as reading:
            _over_all(question, asked, form, reading)
    else:
        write_rows(question, asked, form, files)


def _over_all(question: Question, asked: Asked, form: str | None, reading: Any) -> None:
    """One value and one gradient, in the forms of eval."""
    from gradcli.batch.run.job import Tally
    from gradcli.batch.run.total import Total
    from gradcli.commands.progress import Progress
    from gradcli.commands.rows import job_of

    job = job_of(question, asked, reading)
    total = Total(job, Tally(), asked.is_mean, asked.skip_bad)
    with Progress(asked.lang, is_shown=True) as progress:
        if asked.cluster:
            from gradcli.commands.workers import add_by_workers

            add_by_workers(asked, job, total, reading.files, progress)
        else:
            total.read(job, reading, progress.show)
    output, notes = output_of(form, False, asked.lang, asked.ascii_only), total.notes()
    print_report(output, lambda language: total.as_dict(language, notes), "total", total)
    shown = () if is_quiet() else notes
    finish(shown, succeeded=total.is_finite, strict=asked.strict, output=output)


def _stdin() -> BinaryIO:
    from gradcli.errors import GradcliError

    if sys.stdin is None:
        raise GradcliError("stdin-closed", {"input": "rows"}, source="rows")
    return sys.stdin.buffer
