"""What `gradcli batch` is asked for, checked, and the rows that it writes: to a file, a stream or a folder."""

import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from gradcli.batch.forms.files import (
    ENDINGS,
    Output,
    Reading,
    Source,
    check_apart,
    is_address,
    write_to_address,
    writer_of,
)
from gradcli.batch.run.engines import engine_of
from gradcli.batch.run.job import Job, Tally
from gradcli.batch.run.total import notes_on
from gradcli.batch.run.writing import columns_differ, names_of, written
from gradcli.choices import FORMS, ROW_FORMS
from gradcli.commands.common import finish, is_quiet, write_bytes
from gradcli.commands.files import form_of, is_stream
from gradcli.commands.parts import to_do
from gradcli.commands.progress import Progress
from gradcli.commands.question import Question
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError

if TYPE_CHECKING:
    from gradcli.commands.batch import Asked

_BINARY = ("parquet", "arrow")


def check(asked: "Asked", form: str | None, question: Question) -> None:
    """Raise `GradcliError` for options that have no meaning together."""
    over = "--sum" if asked.is_sum else "--mean"
    of_rows = {"--keep": asked.keep, "--prefix": asked.prefix, "--notes": asked.notes, "--output": asked.output}
    others: list[tuple[str, Mapping[str, object]]] = [
        ("--fail-fast", {"--skip-bad": asked.fail_fast and asked.skip_bad})
    ]
    if asked.is_over_all:
        others.append((over, of_rows | {"--resume": asked.resume, "--mean": asked.is_sum and asked.is_mean}))
    for option, given in others:
        for other in filter(given.__getitem__, given):
            raise GradcliError("options-apart", {"option": option, "other": other}, source="option")
    if asked.skip_bad and not asked.is_over_all:
        raise GradcliError("option-alone", {"option": "--skip-bad", "needs": ["--sum", "--mean"]}, source="option")
    if asked.delimiter is not None and not re.fullmatch(r"[^\w\s\"'.+-]|[\t ]", asked.delimiter):
        raise GradcliError("delimiter-sign", {"value": asked.delimiter}, source="option")
    known = FORMS if asked.is_over_all else (*ROW_FORMS, "json")
    if form is not None and form not in known:
        facts = {"form": form, "choices": list(known), "over": over if asked.is_over_all else None}
        raise GradcliError("batch-form", facts, source="option")
    _check_workers(asked)
    if asked.rows == "-" and "-" in (question.expression, *question.at):
        raise GradcliError("stdin-twice", source="rows")


def _check_workers(asked: "Asked") -> None:
    """What goes to other processes goes by files."""
    if asked.cluster is None:
        return
    output = asked.output
    for other, is_given in (
        ("--workers", asked.cluster != "--workers" and asked.workers is not None),
        ("--rows -", asked.rows == "-"),
        ("--output -", output is not None and is_stream(output)),
        ("--output ADDRESS", output is not None and is_address(output)),
    ):
        if is_given:
            raise GradcliError("options-apart", {"option": asked.cluster, "other": other}, source="option")
    if output is None and not asked.is_over_all:
        needs = ["--output", "--sum", "--mean"]
        raise GradcliError("option-alone", {"option": asked.cluster, "needs": needs}, source="option")


def job_of(question: Question, asked: "Asked", reading: Reading) -> Job:
    """What is asked of each row of files with these columns."""
    graph = question.graph(reading.names, reading.shapes)
    targets = targets_of(graph, question.targets())
    fixed = question.point(graph)
    if question.uncertainties(graph):
        raise GradcliError("options-apart", {"option": "--rows", "other": "±"}, source="option")
    engine = engine_of(asked.engine, graph, targets, asked.kink)
    return Job(graph, targets, fixed, engine, asked.kink, asked.keep, asked.notes or asked.strict, asked.fail_fast)


def write_rows(question: Question, asked: "Asked", form: str | None, files: list[Source]) -> None:
    """Write value and gradient of each row."""
    is_folder = _is_folder(asked, files)
    if asked.resume and not is_folder:
        raise GradcliError("resume-without-folder", source="option")
    chosen = {"json": "jsonl"}.get(form or "", form) or _form(asked, files, is_folder)
    on_screen = asked.output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    if on_screen and chosen in _BINARY:
        raise GradcliError("rows-in-terminal", {"form": chosen}, source="option")
    outputs = _parts(question, asked, files, chosen) if is_folder else _one(asked, files)
    job = _checked_job(question, asked, chosen, outputs) if len(files) > 1 else None
    with Progress(asked.lang, is_shown=not on_screen) as progress:
        write = _write_by_workers if asked.cluster and outputs else _write_here
        tally = write(question, asked, chosen, outputs, progress, job)
    notes = notes_on(tally, "bad-rows" if chosen in ("csv", "tsv") else "bad-rows-null")
    finish(() if is_quiet() else notes, succeeded=not tally.bad, strict=asked.strict, language=asked.lang)


def _checked_job(question: Question, asked: "Asked", form: str, outputs: list[Output]) -> Job | None:
    """What is asked; raises `GradcliError`, before a row is written, where the columns of a file will not do."""
    job = None
    for _, parts in outputs:
        with Reading(parts, asked.delimiter, asked.decimal) as reading:
            first = reading.names
            job = job or job_of(question, asked, reading)
            for source, (reader, file) in zip(parts, reading, strict=True):
                job.check(reader, file)
                # Objects of JSON may have any names: which are kept is known when they are read.
                if asked.keep and "jsonl" not in (form, source.form) and reader.names != first:
                    raise columns_differ(file)
    return job


def _write_here(
    question: Question, asked: "Asked", form: str, outputs: list[Output], progress: Progress, job: Job | None
) -> Tally:
    """Write one file after the other."""
    tally = Tally()
    for path, parts in outputs:
        with Reading(parts, asked.delimiter, asked.decimal) as reading:
            job = job or job_of(question, asked, reading)
            writer = writer_of(form, names_of(job, asked.prefix), is_stream(path))
            chunks = written(job, reading, form, writer, tally, progress.show)
            if path is not None and is_address(path):
                write_to_address(path, chunks)
            else:
                write_bytes(chunks, path)
    return tally


def _write_by_workers(
    question: Question, asked: "Asked", form: str, outputs: list[Output], progress: Progress, job: Job | None
) -> Tally:
    from gradcli.commands.workers import write_by_workers

    if job is None:
        with Reading(outputs[0][1], asked.delimiter, asked.decimal) as reading:
            job = job_of(question, asked, reading)
    return write_by_workers(asked, job, form, outputs, progress)


def _is_folder(asked: "Asked", files: list[Source]) -> bool:
    """Whether the output is a folder with a part for each file."""
    output = asked.output
    if output is None or is_stream(output) or is_address(output):
        return False
    return output.endswith(os.sep) or os.path.isdir(output) or (len(files) > 1 and not _is_named(output))


def _is_named(output: str) -> bool:
    """Whether the ending of a file's name is that of a form."""
    return output.rpartition(".")[2].lower() in ENDINGS


def _form(asked: "Asked", files: list[Source], is_folder: bool) -> str:
    """The form of what is written where none is asked for: that of the rows, or what a file's name says."""
    output, first = asked.output, files[0].form
    if is_folder or output is None or (is_stream(output) and not _is_named(output)):
        return first
    return form_of(output, ENDINGS)


def _one(asked: "Asked", files: list[Source]) -> list[Output]:
    """The path of one output for all files."""
    if asked.output is not None and asked.output != "-":
        check_apart([asked.output], asked.rows, files)
    return [(asked.output, files)]


def _parts(question: Question, asked: "Asked", files: list[Source], form: str) -> list[Output]:
    """The path of the part of each file, and that file; to resume, those that do not stand."""
    assert asked.output is not None
    parts: dict[str, Source] = {}
    for source in files:
        stem = os.path.basename(source.file or "rows").removesuffix(".gz")
        path = os.path.join(asked.output, f"{stem.rpartition('.')[0] or stem}.{form}")
        if path in parts:
            raise GradcliError("parts-clash", {"file": source.file, "other": parts[path].file}, source="rows")
        parts[path] = source
    check_apart(parts, asked.rows, files)
    return [(path, [source]) for path, source in to_do(question, asked, form, parts).items()]
