"""A task: what one worker does with some of the rows, and what it hands back.

All of it can be sent from one process to another, and none of it holds rows: those go by files.
"""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gradcli.batch.block import Block
from gradcli.batch.forms.files import Reading, Source, writer_of
from gradcli.batch.forms.names import ColumnNames
from gradcli.batch.forms.text_writers import CsvWriter
from gradcli.batch.run.engines import engine_of
from gradcli.batch.run.job import Job, Tally
from gradcli.batch.run.total import Total
from gradcli.batch.run.writing import written
from gradcli.batch.sums import ExactSum
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Group, Shape
from gradcli.language.parser import parse


class Work(NamedTuple):
    """What is the same for all rows: the text of the expression, and what is asked of it.

    `variables` has the names of those that may be constants elsewhere. `form` is what is written by `write`, which
    puts pieces of bytes in a file as a whole or not at all; without a form there are sums.
    """

    text: str
    variables: tuple[str, ...]
    shapes: Mapping[str, Shape]
    targets: tuple[str, ...]
    groups: Sequence[Group]
    fixed: Mapping[str, float]
    engine: str
    kink: str
    keep: bool
    notes: bool
    fail_fast: bool
    delimiter: str | None
    decimal: str
    form: str | None
    prefix: str
    write: Callable[[str, Iterable[bytes]], None]

    def job(self) -> Job:
        """The same as graph and engine."""
        graph = parse(self.text, len(self.text) + 1, self.variables)
        if self.shapes or graph.has_arrays:
            from gradcli.arrays.lowering import lowered

            graph = lowered(graph, self.shapes, sys.maxsize)
        targets = targets_of(graph, list(self.targets))
        engine = engine_of(self.engine, graph, targets, self.kink)
        return Job(graph, targets, self.fixed, engine, self.kink, self.keep, self.notes, self.fail_fast)


class Task(NamedTuple):
    """Some of the rows, and the file that they get: the whole of one, or a part that is joined to others."""

    source: Source
    path: str | None = None
    is_first: bool = True  # the names of the columns stand before it


class Done(NamedTuple):
    """What is known of the rows of a task: how many, their sums, the names of columns that are kept, or an error."""

    tally: Tally
    sums: Sequence[ExactSum] = ()
    names: Sequence[str] = ()
    error: GradcliError | None = None


class _Here(threading.local):
    """The job of a thread's last task. An engine's buffers are for one thread."""

    work: Work | None = None
    job: Job


_HERE = _Here()


def run(work: Work, task: Task) -> Done:
    """Do a task. What is wrong with the rows is handed back, as it would be no better the second time."""
    tally = Tally()
    try:
        if work != _HERE.work:
            _HERE.job, _HERE.work = work.job(), work
        with Reading([task.source], work.delimiter, work.decimal) as reading:
            return _done(work, _HERE.job, task, reading, tally)
    except GradcliError as error:
        return Done(tally, error=error)


def _done(work: Work, job: Job, task: Task, reading: Reading, tally: Tally) -> Done:
    if work.form is None or task.path is None:
        total = Total(job, tally, is_mean=False, skips=False)
        total.read(job, reading, lambda *_: None)
        return Done(tally, total.sums)
    part = _Part(_writer(work, work.form), task.is_first)
    work.write(task.path, written(job, reading, work.form, part, tally, lambda *_: None))
    return Done(tally, names=part.names)


def _writer(work: Work, form: str) -> Any:
    return writer_of(form, ColumnNames(work.groups, work.prefix, work.notes), is_stream=False)


class _Part:
    """A writer that remembers the columns that are passed on, and writes no line of names if it is not the first."""

    def __init__(self, writer: Any, is_first: bool) -> None:
        self.writer = writer
        self.has_names = is_first or not isinstance(writer, CsvWriter)
        self.names: list[str] = []
        self.rows = writer.rows
        self.end = writer.end

    def begin(self, block: Block) -> list[bytes]:
        """What stands before the first block."""
        self.names = list(block.kept)
        found: list[bytes] = self.writer.begin(block)
        return found if self.has_names else []


def joined(work: Work, form: str, parts: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a file of a form that has the rows of all parts, one after the other.

    Parts of text are written in that form, those of tables in Arrow.
    """
    if form not in ("parquet", "arrow"):
        for part in parts:
            with open(part, "rb") as stream:
                while data := stream.read(1 << 20):
                    yield data
        return
    writer = _writer(work, form)
    for part in parts:
        yield from writer.joined(part)
    yield from writer.end()
