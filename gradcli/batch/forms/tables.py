"""What pyarrow reads and writes: Parquet and Arrow, and numbers in text that are as they should be."""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.json
import pyarrow.parquet
from pyarrow import types

from gradcli.batch.block import Block, Reason
from gradcli.errors import GradcliError
from gradcli.text import format_number

if TYPE_CHECKING:
    from gradcli.batch.forms.csv import Dialect

_ROWS = 1 << 17  # of a block
_SLICE = 1 << 22  # rows of which the reading takes a second and starting something else nothing


def numbers(column: Any) -> Any:
    """A column of Arrow as an array of doubles, NaN for what is null."""
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if types.is_decimal(kind):  # of which pyarrow's own doubles are not the nearest ones
        column = column.cast(pyarrow.string())
    if not types.is_float64(kind):
        column = column.cast(pyarrow.float64(), safe=False)
    return column.to_numpy(zero_copy_only=False)


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


def read_json(data: bytes, needed: Sequence[str]) -> tuple[int, dict[str, Any]] | None:
    """The same of JSON Lines, without other columns."""
    if not needed:
        return None
    schema = pyarrow.schema([(name, pyarrow.float64()) for name in needed])
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
    return lines, {name: numbers(table.column(name)) for name in needed}


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
        for name in needed:
            kind = self.types[name]
            value = kind.value_type if types.is_dictionary(kind) else kind
            if not (types.is_floating(value) or types.is_integer(value) or types.is_decimal(value)):
                facts = {"file": self.file, "name": name, "type": str(kind)}
                raise GradcliError("column-type", facts, source="rows")
        begin, rows = self._extent()
        first = begin
        wanted = self.names if keep else list(needed)
        try:
            for batch in self._batches(wanted):
                if rows:
                    self.part = (first - begin + batch.num_rows) / rows
                yield self._block(batch, first, needed, keep)
                first += batch.num_rows
        except (pyarrow.ArrowInvalid, OSError):
            raise self._unreadable() from None
        if first == begin:
            empty = pyarrow.schema([(name, self.types[name]) for name in wanted]).empty_table()
            yield self._block(pyarrow.RecordBatch.from_pydict(empty.to_pydict(), empty.schema), begin, needed, keep)

    def _batches(self, wanted: Sequence[str]) -> Iterator[Any]:
        if isinstance(self.opened, pyarrow.parquet.ParquetFile):
            yield from self.opened.iter_batches(_ROWS, self.groups, columns=list(wanted), use_threads=False)
            return
        for batch in _parts(self.opened):
            chosen = batch.select(list(wanted))
            for begin in range(0, batch.num_rows, _ROWS):
                yield chosen.slice(begin, _ROWS)

    def _block(self, batch: Any, first: int, needed: Sequence[str], keep: bool) -> Block:
        columns = {name: numbers(batch.column(name)) for name in needed}
        kept = {name: batch.column(name) for name in self.names} if keep else {}

        def place(index: int) -> dict[str, Any]:
            return {"file": self.file, "row": first + index + 1}

        def problem(index: int) -> Reason | None:
            for name in needed:
                number = float(columns[name][index])
                if not abs(number) < float("inf"):
                    is_empty = batch.column(name)[index].as_py() is None
                    cell = "" if isnan(number) and is_empty else format_number(number)
                    return {"code": "row.no-number" if cell else "row.empty", "facts": {"name": name, "cell": cell}}
            return None

        return Block(batch.num_rows, columns, kept, place, problem)

    def _unreadable(self) -> GradcliError:
        return GradcliError("rows-no-table", {"file": self.file, "form": self.form}, source="rows")


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
