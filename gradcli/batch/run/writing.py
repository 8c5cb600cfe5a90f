"""The bytes of one output, one piece after the other, while the rows are read."""

from collections.abc import Callable, Iterator

from gradcli.batch.forms.files import Reading, RowWriter
from gradcli.batch.forms.names import ColumnNames
from gradcli.batch.run.job import Job, Tally
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Group


def written(
    job: Job, reading: Reading, form: str, writer: RowWriter, tally: Tally, seen: Callable[[int, float | None], None]
) -> Iterator[bytes]:
    """What stands in a file of this form.

    `seen` is told after each block how many rows there were so far, and which part of all, if that is known. Raises
    `GradcliError` where the files that are read have not the same columns, and these are passed on.
    """
    names: list[str] | None = None
    for reader, file in reading:
        job.check(reader, file)
        for found in job.computed(reader, tally):
            kept = list(found.block.kept)
            if names is None:
                names = kept
                yield from writer.begin(found.block)
            elif kept != names and form != "jsonl":
                raise columns_differ(file)
            yield from writer.rows(found)
            seen(tally.rows, reading.part)
    yield from writer.end()


def names_of(job: Job, prefix: str) -> ColumnNames:
    """What the columns that are written are called."""
    arrays = job.graph.arrays
    groups = list(arrays.groups(list(job.targets))) if arrays else [Group(name, (), (name,)) for name in job.targets]
    return ColumnNames(groups, prefix, job.notes)


def columns_differ(file: str | None) -> GradcliError:
    """The error of a file whose columns are not those of the one before."""
    return GradcliError("columns-differ", {"file": file}, source="rows")
