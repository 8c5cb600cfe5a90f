"""Where the rows are: a file, a folder or a pattern of files, standard input, or an address that pyarrow reads."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from glob import glob, has_magic
from shutil import copyfileobj
from tempfile import TemporaryFile, gettempdir
from typing import Any, BinaryIO, NamedTuple, Protocol, Self, TypeAlias

from gradcli.batch.block import Block
from gradcli.batch.forms.csv import Csv, Dialect
from gradcli.batch.forms.jsonl import JsonLines
from gradcli.batch.forms.lists import Lists, shapes_of
from gradcli.batch.forms.names import ColumnNames
from gradcli.batch.forms.text_writers import CsvWriter, JsonWriter
from gradcli.batch.needs import need_arrays
from gradcli.errors import GradcliError, reason_of

ENDINGS = {
    "csv": "csv", "tsv": "tsv", "tab": "tsv", "jsonl": "jsonl", "ndjson": "jsonl", "parquet": "parquet",
    "pq": "parquet", "arrow": "arrow", "feather": "arrow", "ipc": "arrow",
}  # fmt: skip
_STDIN = 0  # its descriptor
_TABLES = ("parquet", "arrow")
_WORKBOOKS = {"xls", "xlsx", "xlsm", "xlsb", "ods", "numbers"}  # of spreadsheets
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Reader(Protocol):
    """What reads a file of rows: `lists` are those of its columns whose cells are lists."""

    names: list[str]
    lists: Lists

    @property
    def part(self) -> float | None:
        """Which part of the file has been read, if it is known."""
        ...

    def hint(self) -> dict[str, Any]:
        """The facts of what may be wrong where a name is missing."""
        ...

    def blocks(self, needed: list[str], keep: bool) -> Iterator[Block]:
        """All rows, with the columns that are needed and, if asked for, all to be kept; at least one block."""
        ...


class RowWriter(Protocol):
    """What writes rows as bytes."""

    def begin(self, block: Block) -> list[bytes]:
        """What stands before the first block, which is this one."""
        ...

    def rows(self, computed: Any) -> list[bytes]:
        """A block, or what then can be written."""
        ...

    def end(self) -> list[bytes]:
        """What stands at the end."""
        ...


class Source(NamedTuple):
    """A file of rows: its name for messages and files (None: standard input), its form, and what opens it.

    Of Parquet it may be some row groups alone.
    """

    file: str | None
    form: str
    open: Callable[[], Any]
    groups: range | None = None

    @property
    def stays_open(self) -> bool:
        """Whether it is standard input itself."""
        return self.file is None and self.form != "parquet"

    def slices(self) -> "list[Source]":
        """The same rows as sources of some million each, where a file can be parted: one of Parquet."""
        if self.form != "parquet":
            return [self]
        from gradcli.batch.forms.tables import TableReader

        with self.open() as stream:
            return [self._replace(groups=groups) for groups in TableReader(stream, self.file, self.form).slices()]


Output: TypeAlias = tuple[str | None, list[Source]]  # a path, and the files whose rows it gets


def sources(address: str, form: str | None, stdin: Callable[[], BinaryIO], folder: str = "") -> list[Source]:
    """The files at an address, in the order of their names. Raises `GradcliError` where there is none.

    `form` is what they are, whatever their names end with; `stdin` gives standard input; paths begin in `folder`,
    without one in that in which they are opened.
    """
    if address == "-":
        if form is None:
            raise GradcliError("rows-stdin", source="option")
        return [Source(None, form, stdin if form != "parquet" else partial(_kept, stdin))]
    if is_address(address):
        return _at_address(address, form)
    if os.path.isdir(address):
        files = sorted(entry.path for entry in os.scandir(address) if entry.is_file() and _is_rows(entry.name, form))
    elif has_magic(address) and not os.path.exists(address):
        files = sorted(path for path in glob(address, recursive=True) if os.path.isfile(path))
    else:
        files = [address]
    return _listed(address, files, form, partial(_opening, folder))


def _kept(stdin: Callable[[], BinaryIO]) -> Any:
    """Standard input in a file without a name, since it is to be read from its end on."""
    need_arrays()
    file = TemporaryFile()  # noqa: SIM115, whoever asked for it closes it
    try:
        copyfileobj(stdin(), file)
        file.seek(0)
    except OSError as error:
        file.close()
        raise GradcliError("unreadable-file", {"file": gettempdir(), **reason_of(error)}, source="file") from None
    return file


def _listed(address: str, files: list[str], form: str | None, opening: Callable[[str, str], Any]) -> list[Source]:
    if not files:
        raise GradcliError("rows-none", {"file": address}, source="rows")
    forms = [form or form_of(file) for file in files]
    return [Source(file, one, partial(opening, file, one)) for file, one in zip(files, forms, strict=True)]


def _is_rows(name: str, form: str | None) -> bool:
    """Whether a file of a folder is one of rows: not what programs put beside them."""
    return not name.startswith((".", "_")) and (form is not None or _ending(name) in ENDINGS)


def _ending(name: str) -> str:
    """What a file's name ends with, before what says that it is packed."""
    return name.lower().removesuffix(".gz").rpartition(".")[2]


def form_of(file: str) -> str:
    """What a file is by its ending."""
    ending = _ending(file)
    if ending in _WORKBOOKS:
        raise GradcliError("rows-workbook", {"file": file}, source="rows")
    if ending not in ENDINGS:
        raise GradcliError("rows-ending", {"file": file, "endings": [f".{known}" for known in ENDINGS]}, source="rows")
    return ENDINGS[ending]


def _opening(folder: str, file: str, form: str) -> Any:
    path = os.path.join(folder, file)
    try:
        if form in _TABLES:
            need_arrays()
            import pyarrow

            return pyarrow.OSFile(path)
        return open(path, "rb")
    except (OSError, ValueError) as error:
        raise GradcliError("unreadable-file", {"file": file, **reason_of(error)}, source="file") from None


def is_address(text: str) -> bool:
    """Whether it is an address of a file system of pyarrow, and no path."""
    return bool(_ADDRESS.match(text))


def _at_address(address: str, form: str | None) -> list[Source]:
    need_arrays()
    import pyarrow
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(address)
        there = system.get_file_info(path)
        files = [path]
        if there.type == fs.FileType.Directory:
            entries = system.get_file_info(fs.FileSelector(path))
            files = sorted(entry.path for entry in entries if entry.is_file and _is_rows(entry.base_name, form))
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        raise _unusable(address, error) from None

    return _listed(address, files, form, partial(_opening_at, system))


def _opening_at(system: Any, file: str, form: str) -> Any:
    try:
        return system.open_input_file(file) if form in _TABLES else system.open_input_stream(file, compression=None)
    except OSError as error:
        raise _unusable(file, error) from None


def _unusable(address: str, error: Exception) -> GradcliError:
    """The error of an address for which pyarrow has no file; what it says is in English."""
    return GradcliError("address-unusable", {"file": address, "reason": " ".join(str(error).split())}, source="file")


def check_apart(outputs: Iterable[str], rows: str, files: Iterable[Source]) -> None:
    """Raise `GradcliError` where an output would stand in the place of one of the files at the address `rows`."""
    system, _ = _located(rows)
    inputs = {_identity(system, _STDIN if source.file is None else source.file) for source in files}
    for output in outputs:
        other, path = _located(output)
        found = _identity(other, path)
        if other == system and found is not None and found in inputs:
            raise GradcliError("rows-overwritten", {"file": output}, source="option")


def _located(address: str) -> tuple[Any, str]:
    """The file system of an address, None for the one of paths, and where it is there."""
    if not is_address(address):
        return None, address
    need_arrays()
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(address)
    except (OSError, ValueError) as error:
        raise _unusable(address, error) from None
    return None if isinstance(system, fs.LocalFileSystem) else system, path


def _identity(system: Any, path: str | int) -> object:
    """The same for all names of one file; None where nothing can be lost, as there is no file that keeps anything."""
    if system is not None:
        return path
    try:
        there = os.stat(path)
    except (OSError, ValueError):
        return None
    return (there.st_dev, there.st_ino) if stat.S_ISREG(there.st_mode) else None


def reader_of(source: Source, stream: Any, delimiter: str | None, decimal: str) -> Reader:
    """What reads a file that has been opened.

    Without a `delimiter`, cells of CSV have commas between, or semicolons if the `decimal` sign is one; of TSV tabs.
    """
    if source.form in _TABLES:
        need_arrays()
        from gradcli.batch.forms.tables import TableReader

        return TableReader(stream, source.file, source.form, source.groups)
    if source.form == "jsonl":
        return JsonLines(stream, source.file)
    between = "\t" if source.form == "tsv" else ";" if decimal == "," else ","
    return Csv(stream, source.file, Dialect(delimiter or between, decimal))


def writer_of(form: str, names: ColumnNames, is_stream: bool) -> RowWriter:
    """What writes a form, to a file or to a stream."""
    if form in _TABLES:
        need_arrays()
        from gradcli.batch.forms.table_writers import TableWriter

        return TableWriter(names, form, is_stream)
    return JsonWriter(names) if form == "jsonl" else CsvWriter(names, "\t" if form == "tsv" else ",")


class Reading:
    """Files that are read one after the other, the first of them opened to begin with, for its names."""

    def __init__(self, files: list[Source], delimiter: str | None, decimal: str) -> None:
        self.files = files
        self.delimiter = delimiter
        self.decimal = decimal
        self.done = 0
        self.stream = files[0].open()
        try:
            self.reader = self._reader(files[0])
        except GradcliError:
            self.__exit__()
            raise
        self.names = self.reader.names
        self.shapes = shapes_of(self.names, self.reader.lists)

    def _reader(self, source: Source) -> Reader:
        return reader_of(source, self.stream, self.delimiter, self.decimal)

    def __enter__(self) -> Self:
        """To be closed."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close what is open; standard input stays."""
        if not self.files[self.done].stays_open:
            self.stream.close()

    def __iter__(self) -> Iterator[tuple[Reader, str | None]]:
        """What reads each file, and its name."""
        for place, source in enumerate(self.files):
            if place:
                self.stream.close()
                self.stream, self.done = source.open(), place
                self.reader = self._reader(source)
            yield self.reader, source.file

    @property
    def part(self) -> float | None:
        """Which part of all has been read, if it is known."""
        part = self.reader.part
        return None if part is None else (self.done + part) / len(self.files)


def write_to_address(address: str, chunks: Iterator[bytes]) -> None:
    """Write a file at an address: it has its name when it is complete."""
    need_arrays()
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(address)
        temporary = f"{path}.gradcli-{os.urandom(8).hex()}"
        stream = system.open_output_stream(temporary)
    except (OSError, ValueError) as error:
        raise _unusable(address, error) from None
    try:
        with stream:
            for chunk in chunks:
                stream.write(chunk)
        system.move(temporary, path)
    except BaseException:
        with suppress(OSError):
            system.delete_file(temporary)
        raise
