"""What pyarrow reads and writes: Parquet and Arrow, and numbers in text that are as they should be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isnan, nan
from typing import TYPE_CHECKING, Any

import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.json
import pyarrow.parquet
from pyarrow import types

from gradcli.batch.block import Block, Reason
from gradcli.batch.forms.arrow import numbers
from gradcli.batch.forms.lists import Lists, Needed, shape_of
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Shape, size_of
from gradcli.text import format_number

if TYPE_CHECKING:
    from gradcli.batch.forms.csv import Dialect

_ROWS = 1 << 17  # of a block
_CELLS = 1 << 20  # of a block: as texts some hundred bytes each
_SLICE = 1 << 22  # rows of which the reading takes a second and starting something else nothing


def read_csv(
    data: bytes, names: Sequence[str], needed: Sequence[str], keep: bool, dialect: "Dialect"
) -> tuple[int, dict[str, Any], dict[str, Any]] | None:
    """Rows: how many, the numbers of the columns that are needed, and with `keep` all cells as texts.

    None where a row is not as it should be.
    """
    wanted = names if keep else needed or names[:1]
    places = {name: str(names.index(name)) for name in wanted}
    kind = pyarrow.string() if keep else pyarrow.float64()
    has_quotes = b'"' in data
    try:
        table = pyarrow.csv.read_csv(
            pyarrow.BufferReader(data),
            pyarrow.csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, column_names=[str(place) for place in range(len(names))]
            ),
            pyarrow.csv.ParseOptions(
                delimiter=dialect.delimiter, quote_char='"' if has_quotes else False, newlines_in_values=has_quotes
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(places.values(), kind if needed else pyarrow.string()),
                include_columns=list(places.values()),
                null_values=[""],
                strings_can_be_null=True,
                decimal_point=dialect.decimal,
            ),
        )
        found = {name: table.column(place).combine_chunks() for name, place in places.items()}
        columns = {name: numbers(_decimal(found[name], dialect) if keep else found[name]) for name in needed}
    except pyarrow.ArrowInvalid:
        return None
    return table.num_rows, columns, found if keep else {}


def _decimal(column: Any, dialect: "Dialect") -> Any:
    """Texts with points for decimal commas."""
    if dialect.decimal == ".":
        return column
    import pyarrow.compute

    found = pyarrow.compute.match_substring(column, ".")
    if pyarrow.compute.any(found).as_py():
        raise pyarrow.ArrowInvalid
    return pyarrow.compute.replace_substring(column, dialect.decimal, ".")


def read_json(data: bytes, needed: Needed) -> tuple[int, dict[str, Any]] | None:
    """The same of JSON Lines, without other columns."""
    if not (needed.plain or needed.shapes):
        return None
    kinds = {name: pyarrow.float64() for name in needed.plain}
    for name, shape in needed.shapes.items():
        kind = pyarrow.list_(pyarrow.float64())
        kinds[name] = kind if len(shape) == 1 else pyarrow.list_(kind)
    schema = pyarrow.schema(list(kinds.items()))
    try:
        table = pyarrow.json.read_json(
            pyarrow.BufferReader(data),
            pyarrow.json.ReadOptions(use_threads=False, block_size=len(data) + 1),
            pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except pyarrow.ArrowInvalid:
        return None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if table.num_rows != lines:
        return None
    found = {name: numbers(table.column(name)) for name in needed.plain}
    lists = {}
    for name, shape in needed.shapes.items():
        elements = _elements(table.column(name), shape)
        if elements is None:
            return None
        lists[name] = elements
    return lines, found | needed.columns(lists)


def _elements(column: Any, shape: Shape) -> list[Any] | None:
    """The columns of a list's elements; None where a cell has another shape, or none."""
    import numpy

    count = len(column)
    for length in shape:
        if isinstance(column, pyarrow.ChunkedArray):
            column = column.combine_chunks()
        if column.null_count or not _are_long(column, length):
            return None
        column = column.flatten()
    found = numbers(column).reshape(count, size_of(shape))
    return list(numpy.ascontiguousarray(found.T))


def _are_long(column: Any, length: int) -> bool:
    if types.is_fixed_size_list(column.type):
        return bool(column.type.list_size == length)
    import pyarrow.compute

    lengths = pyarrow.compute.list_value_length(column)
    return bool(pyarrow.compute.all(pyarrow.compute.equal(lengths, length), min_count=0).as_py())


def _is_list(kind: Any) -> bool:
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _fixed_shape(kind: Any) -> Shape | None:
    """The shape of the lists of a type; None where it does not say it."""
    shape = []
    while _is_list(kind):
        if not types.is_fixed_size_list(kind):
            return None
        shape.append(kind.list_size)
        kind = kind.value_type
    return tuple(shape)


class TableReader:
    """A file of Parquet or Arrow, or some row groups of one. Raises `GradcliError` when it is made if it is none."""

    def __init__(self, source: Any, file: str | None, form: str, groups: range | None = None) -> None:
        self.file = file
        self.form = form
        self.groups = groups
        self.part: float | None = None
        try:
            self.opened, schema = _opened(source, form)
        except pyarrow.ArrowInvalid:
            raise self._unreadable() from None
        self.types: dict[str, Any] = dict(zip(schema.names, schema.types, strict=True))
        self.names: list[str] = schema.names
        self.lists: Lists = {
            name: _fixed_shape(kind) or self._first(name) for name, kind in self.types.items() if _is_list(kind)
        }

    def _first(self, name: str) -> Shape | None:
        """The shape of the first cell of a column; None of a stream, which would be read by that."""
        if isinstance(self.opened, pyarrow.ipc.RecordBatchStreamReader):
            return None
        batch = next(iter(self._batches([name], rows=1)), None)
        return shape_of(batch.column(0)[0].as_py()) if batch is not None and batch.num_rows else None

    def slices(self) -> list[range]:
        """The row groups of a file of Parquet, in slices of about as many rows; one slice where there is no group."""
        begin, rows, found = 0, 0, []
        for group, count in enumerate(_sizes(self.opened)):
            rows += count
            if rows >= _SLICE:
                found.append(range(begin, group + 1))
                begin, rows = group + 1, 0
        return [*found, range(begin, self.opened.num_row_groups)] if rows or not found else found

    def _extent(self) -> tuple[int, int | None]:
        """How many rows of the file stand before those that are read, and how many these are, if that is known."""
        if not isinstance(self.opened, pyarrow.parquet.ParquetFile):
            return 0, None
        if self.groups is None:
            return 0, self.opened.metadata.num_rows
        sizes = _sizes(self.opened)
        return sum(sizes[: self.groups.start]), sum(sizes[self.groups.start : self.groups.stop])

    def hint(self) -> dict[str, Any]:
        """Nothing is known of why a name is missing."""
        return {}

    def blocks(self, needed: Sequence[str], keep: bool) -> Iterator[Block]:
        """All rows; there is a block even where there is none."""
        for name in self.names if keep else needed:
            if self.names.count(name) > 1:
                raise GradcliError("column-twice", {"file": self.file, "name": name}, source="rows")
        columns = Needed(needed, self.names, self.lists)
        for name in (*columns.plain, *columns.shapes):
            kind = value = self.types[name]
            while types.is_dictionary(value) or (name in columns.shapes and _is_list(value)):
                value = value.value_type
            if not (types.is_floating(value) or types.is_integer(value) or types.is_decimal(value)):
                facts = {"file": self.file, "name": name, "type": str(kind)}
                raise GradcliError("column-type", facts, source="rows")
        begin, rows = self._extent()
        first = begin
        wanted = self.names if keep else [*columns.plain, *columns.shapes]
        try:
            for batch in self._batches(wanted):
                if rows:
                    self.part = (first - begin + batch.num_rows) / rows
                yield self._block(batch, first, columns, keep)
                first += batch.num_rows
        except (pyarrow.ArrowInvalid, OSError):
            raise self._unreadable() from None
        if first == begin:
            empty = pyarrow.schema([(name, self.types[name]) for name in wanted]).empty_table()
            yield self._block(pyarrow.RecordBatch.from_pydict(empty.to_pydict(), empty.schema), begin, columns, keep)

    def _batches(self, wanted: Sequence[str], rows: int = _ROWS) -> Iterator[Any]:
        rows = max(1, min(rows, _CELLS // max(1, len(wanted))))
        if isinstance(self.opened, pyarrow.parquet.ParquetFile):
            yield from self.opened.iter_batches(rows, self.groups, columns=list(wanted), use_threads=False)
            return
        for batch in _parts(self.opened):
            chosen = batch.select(list(wanted))
            for begin in range(0, batch.num_rows, rows):
                yield chosen.slice(begin, rows)

    def _block(self, batch: Any, first: int, needed: Needed, keep: bool) -> Block:
        columns = {name: numbers(batch.column(name)) for name in needed.plain}
        lists = {name: _cells(batch.column(name), name, needed) for name in needed.shapes}
        columns |= needed.columns(lists)
        kept = {name: batch.column(name) for name in self.names} if keep else {}

        def place(index: int) -> dict[str, Any]:
            return {"file": self.file, "row": first + index + 1}

        def problem(index: int) -> Reason | None:
            return _problem(batch, columns, needed, index)

        return Block(batch.num_rows, columns, kept, place, problem)

    def _unreadable(self) -> GradcliError:
        return GradcliError("rows-no-table", {"file": self.file, "form": self.form}, source="rows")


def _problem(batch: Any, columns: Mapping[str, Any], needed: Needed, index: int) -> Reason | None:
    """What is wrong with a cell of a row."""
    for name in needed.shapes:
        if found := needed.problem(name, batch.column(name)[index].as_py()):
            return found
    for name, column in columns.items():
        number = float(column[index])
        if not abs(number) < float("inf"):
            is_empty = name in needed.places or batch.column(name)[index].as_py() is None
            cell = "" if isnan(number) and is_empty else format_number(number)
            return {"code": "row.no-number" if cell else "row.empty", "facts": {"name": name, "cell": cell}}
    return None


def _cells(column: Any, name: str, needed: Needed) -> list[Any]:
    """The columns of a list's elements, with NaN where a cell has another shape."""
    found = _elements(column, needed.shapes[name])
    if found is not None:
        return found
    import numpy

    rows = needed.from_cells(name, column.to_pylist(), lambda x: nan if x is None else float(x))
    return [numpy.array(one, numpy.float64) for one in rows]


def _opened(source: Any, form: str) -> tuple[Any, Any]:
    """What reads a file, and the schema. Of Arrow there are files and streams."""
    if form == "parquet":
        parquet = pyarrow.parquet.ParquetFile(source, buffer_size=1 << 20, pre_buffer=False)
        return parquet, parquet.schema_arrow
    try:
        is_seekable = source.seekable()
        opened = pyarrow.ipc.open_file(source) if is_seekable else pyarrow.ipc.open_stream(source)
    except pyarrow.ArrowInvalid:
        if not is_seekable:
            raise
        source.seek(0)
        opened = pyarrow.ipc.open_stream(source)
    return opened, opened.schema


def _parts(opened: Any) -> Iterable[Any]:
    if isinstance(opened, pyarrow.ipc.RecordBatchFileReader):
        return (opened.get_batch(place) for place in range(opened.num_record_batches))
    batches: Iterable[Any] = opened
    return batches


def _sizes(parquet: Any) -> list[int]:
    """The rows of each row group."""
    return [parquet.metadata.row_group(group).num_rows for group in range(parquet.num_row_groups)]
