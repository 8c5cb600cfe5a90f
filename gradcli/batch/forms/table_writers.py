"""Parquet and Arrow of value and gradient, by pyarrow, as pieces of bytes."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any

import pyarrow
import pyarrow.ipc
import pyarrow.parquet

from gradcli.batch.block import Block, Computed
from gradcli.batch.forms.lists import in_texts
from gradcli.batch.forms.names import ColumnNames, check_apart
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Shape

_GROUP = 1 << 17  # rows of a row group


class _Pieces(RawIOBase):
    """A file to which pyarrow writes, that keeps what is written until it is taken.

    What is taken is to be written before there is more: it stands in memory that is used again, as fresh memory costs
    more than what is written to it.
    """

    def __init__(self) -> None:
        self.memory = bytearray()
        self.kept = 0
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keep some bytes."""
        count = memoryview(data).nbytes
        end = self.kept + count
        if end > len(self.memory):
            larger = bytearray(2 * end)  # another one, as somebody may still look at the old one
            larger[: self.kept] = self.memory[: self.kept]
            self.memory = larger
        self.memory[self.kept : end] = data
        self.kept = end
        self.size += count
        return count

    def tell(self) -> int:
        """How much was written so far."""
        return self.size

    def taken(self) -> list[bytes]:
        """What has been written since this was asked the last time."""
        found: Any = memoryview(self.memory)[: self.kept]
        self.kept = 0
        return [found] if found else []


class TableWriter:
    """Writes Parquet, an Arrow file or an Arrow stream: null where there is no finite number."""

    def __init__(self, names: ColumnNames, form: str, is_stream: bool = False) -> None:
        self.names = names
        self.form = form
        self.is_stream = is_stream
        self.sink = _Pieces()
        self.waiting: list[Any] = []
        self.schema: Any = None
        self.writer: Any = None

    def begin(self, block: Block) -> list[bytes]:
        """The beginning of the file."""
        check_apart(block.kept, self.names.lists)
        kept = {name: _kept(block, name, None) for name in block.kept}
        fields = [
            (name, pyarrow.string() if column.type == pyarrow.null() else column.type) for name, column in kept.items()
        ]
        kinds = [pyarrow.float64(), *(_kind(group.shape) for group in self.names.groups)]
        fields += zip(self.names.lists, [*kinds, *[pyarrow.string()] * self.names.has_notes], strict=True)
        return self._open(pyarrow.schema(fields))

    def _open(self, schema: Any) -> list[bytes]:
        self.schema = schema
        if self.form == "parquet":
            texts = [field.name for field in schema if not _is_numeric(field.type)]
            self.writer = pyarrow.parquet.ParquetWriter(self.sink, self.schema, use_dictionary=texts)
        elif self.is_stream:
            self.writer = pyarrow.ipc.new_stream(self.sink, self.schema)
        else:
            self.writer = pyarrow.ipc.new_file(self.sink, self.schema)
        return self.sink.taken()

    def rows(self, computed: Computed) -> list[bytes]:
        """What is to be written after this block."""
        block = computed.block
        columns = [_kept(block, name, self.schema.field(name).type) for name in block.kept]
        is_kept_waiting = not self.is_stream and block.size < _GROUP
        has_gaps = bool(computed.bad)
        columns.append(_answers(computed.value, has_gaps, is_kept_waiting))
        for group in self.names.groups:
            slopes = [computed.gradient[name] for name in group.elements]
            columns.append(
                _lists(slopes, group.shape, has_gaps) if group.shape else _answers(slopes[0], has_gaps, is_kept_waiting)
            )
        if computed.notes is not None:
            columns.append(pyarrow.array(computed.notes, pyarrow.string()))
        self.waiting.append(pyarrow.RecordBatch.from_arrays(columns, schema=self.schema))
        return self._taken(not is_kept_waiting)

    def joined(self, part: str) -> Iterator[bytes]:
        """What is to be written after the rows of a file of Arrow that this has written elsewhere."""
        with pyarrow.OSFile(part) as stream, pyarrow.ipc.open_file(stream) as reader:
            if self.writer is None:
                yield from self._open(reader.schema)
            for place in range(reader.num_record_batches):
                batch = reader.get_batch(place)
                self.waiting.append(batch if batch.schema == self.schema else _cast(batch, self.schema))
                yield from self._taken(batch.num_rows >= _GROUP)

    def _taken(self, is_due: bool) -> list[bytes]:
        if is_due or sum(batch.num_rows for batch in self.waiting) >= _GROUP:
            self._write()
        return self.sink.taken()

    def _write(self) -> None:
        table = pyarrow.Table.from_batches(self.waiting, self.schema)
        if table.num_rows:
            self.writer.write_table(table)
        self.waiting.clear()

    def end(self) -> list[bytes]:
        """What is left, and the end of the file."""
        self._write()
        self.writer.close()
        return self.sink.taken()


def _cast(batch: Any, schema: Any) -> Any:
    """Rows with the types that those of the first ones are."""
    columns = []
    for field, column in zip(schema, batch.columns, strict=True):
        try:
            columns.append(column.cast(field.type))
        except pyarrow.ArrowException:
            raise GradcliError("column-mixed", {"name": field.name}, source="rows") from None
    return pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _answers(column: Any, has_gaps: bool, is_copied: bool = True) -> Any:
    """Numbers as a column of Arrow: a copy where they are to stay, as an engine may use its own again."""
    import numpy

    numbers = (numpy.array if is_copied else numpy.ascontiguousarray)(column, numpy.float64)
    there = pyarrow.py_buffer(numpy.packbits(~numpy.isnan(numbers), bitorder="little")) if has_gaps else None
    # `pyarrow.array` would import numpy.ma, which takes longer than many a file
    return pyarrow.Array.from_buffers(pyarrow.float64(), len(numbers), [there, pyarrow.py_buffer(numbers)])


def _is_numeric(kind: Any) -> bool:
    while pyarrow.types.is_fixed_size_list(kind):
        kind = kind.value_type
    return bool(pyarrow.types.is_floating(kind))


def _kind(shape: Shape) -> Any:
    """The type of a column of numbers or arrays."""
    kind = pyarrow.float64()
    for length in reversed(shape):
        kind = pyarrow.list_(kind, length)
    return kind


def _lists(columns: list[Any], shape: Shape, has_gaps: bool) -> Any:
    """The columns of an array's elements as one of lists."""
    import numpy

    found = _answers(numpy.stack([numpy.asarray(column, numpy.float64) for column in columns], 1).reshape(-1), has_gaps)
    for length in reversed(shape):
        found = pyarrow.FixedSizeListArray.from_arrays(found, length)
    return found


def _kept(block: Block, name: str, kind: Any) -> Any:
    """A column that is passed on: of texts and of JSON the numbers that the expression has, of Arrow as it is."""
    column = block.kept[name]
    if name in block.columns and (block.is_text or isinstance(column, list)):
        return _answers(block.columns[name], has_gaps=True)
    if lists := in_texts(block, name):
        return pyarrow.array(lists[1], _kind(lists[0]))
    try:
        if isinstance(column, list):
            return pyarrow.array(column, kind)
        return column if kind is None or column.type == kind else column.cast(kind)
    except (pyarrow.ArrowException, OverflowError, ValueError):  # numbers and signs that it has no form for, too
        raise GradcliError("column-mixed", {"name": name}, source="rows") from None
