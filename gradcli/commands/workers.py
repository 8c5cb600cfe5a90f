"""Rows that the workers of a cluster compute: what each of them writes is put together here."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gradcli.batch.forms.files import Output, Source
from gradcli.batch.run.job import Job, Tally
from gradcli.batch.run.total import Total
from gradcli.batch.run.writing import columns_differ, names_of
from gradcli.batch.workers.cluster import Cluster
from gradcli.batch.workers.task import Task, Work, joined
from gradcli.commands.common import tell
from gradcli.commands.files import hidden_folder, write_file
from gradcli.commands.progress import Progress
from gradcli.interrupts import raise_when_interrupted

if TYPE_CHECKING:
    from gradcli.commands.batch import Asked


def add_by_workers(asked: "Asked", job: Job, total: Total, files: list[Source], progress: Progress) -> None:
    """Add all rows of the files to a sum."""
    tasks = [Task(part) for source in files for part in source.slices()]
    with _cluster(asked) as cluster:
        for place, done in enumerate(cluster.results(_work(asked, job, None), tasks), 1):
            total.tally.merge(done.tally)
            total.merge(done.sums)
            progress.show(total.tally.rows, place / len(tasks))


def write_by_workers(asked: "Asked", job: Job, form: str, outputs: list[Output], progress: Progress) -> Tally:
    """Write the files of a folder, each of them by one worker; or one file, put together from parts."""
    tally = Tally()
    if len(outputs) > 1:
        _write_each(_work(asked, job, form), asked, outputs, tally, progress)
        return tally
    [(path, sources)] = outputs
    assert path is not None
    work = _work(asked, job, "arrow" if form == "parquet" else form)
    slices = [part for source in sources for part in source.slices()]
    with hidden_folder(path) as folder, _cluster(asked) as cluster:
        tasks = [Task(part, os.path.join(folder, str(place)), not place) for place, part in enumerate(slices)]
        write_file(path, joined(work, form, _parts(cluster, work, tasks, tally, progress)))
    return tally


def _write_each(work: Work, asked: "Asked", outputs: list[Output], tally: Tally, progress: Progress) -> None:
    """Write files that are complete by themselves, and stay whatever happens to others."""
    tasks = [Task(source, os.path.abspath(path or "")) for path, [source] in outputs]
    with _cluster(asked, stays=True) as cluster:
        for place, done in enumerate(cluster.results(work, tasks), 1):
            tally.merge(done.tally)
            progress.show(tally.rows, place / len(tasks))


def _parts(cluster: Cluster, work: Work, tasks: list[Task], tally: Tally, progress: Progress) -> Iterator[str]:
    """The parts in their order, each as soon as it is there; it goes when the next one is asked for."""
    names: Sequence[str] | None = None
    for place, (task, done) in enumerate(zip(tasks, cluster.results(work, tasks), strict=True), 1):
        if work.keep and work.form != "jsonl" and done.names != (names := done.names if names is None else names):
            raise columns_differ(task.source.file)
        tally.merge(done.tally)
        if task.path is not None:
            yield task.path
            os.unlink(task.path)
        progress.show(tally.rows, place / len(tasks))


def _cluster(asked: "Asked", stays: bool = False) -> Cluster:
    raise_when_interrupted()  # there are processes to end
    return Cluster(asked.scheduler, asked.workers, stays, lambda note: tell(note, asked.lang))


def _work(asked: "Asked", job: Job, form: str | None) -> Work:
    """What the workers are told."""
    arrays = job.graph.arrays
    program = arrays.program if arrays else job.graph
    return Work(
        text=job.graph.text,
        variables=tuple(program.variables),
        shapes={} if arrays is None else {name: arrays.shapes[arrays.named[name]] for name in arrays.variables},
        targets=tuple(job.targets),
        groups=tuple(names_of(job, asked.prefix).groups),
        fixed=dict(job.fixed),
        engine="tape" if asked.engine == "auto" else asked.engine,
        kink=job.kink,
        keep=job.keep,
        notes=job.notes,
        fail_fast=job.fail_fast,
        delimiter=asked.delimiter,
        decimal=asked.decimal,
        form=form,
        prefix=asked.prefix,
        write=write_file,
    )
