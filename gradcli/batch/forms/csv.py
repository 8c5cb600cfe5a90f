"""CSV and TSV as spreadsheets and programs write them: names in the first line, then a row a line."""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import StringIO
from itertools import islice
from math import isfinite, nan
from typing import Any, BinaryIO, NamedTuple

from gradcli.batch.block import Block, Reason
from gradcli.batch.forms.lists import LOOKED_AT, Needed, Told, parsed
from gradcli.batch.forms.pieces import Piece, first_end, part_of, pieces
from gradcli.batch.needs import has_arrays
from gradcli.errors import GradcliError
from gradcli.language.characters import plain

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")
_OF_EXCEL = re.compile(rb'"?sep=([,;\t|])"?\s*')  # a line before the names that says what stands between cells
_Records = list[tuple[int, list[str]]]  # the line on which each row begins, and its cells


class Dialect(NamedTuple):
    """What stands between cells, and the decimal sign in them."""

    delimiter: str = ","
    decimal: str = "."


class Csv:
    """A file of rows. Raises `GradcliError` when it is made if there is no line of names."""

    def __init__(self, stream: BinaryIO, file: str | None, dialect: Dialect) -> None:
        self.stream = stream
        self.file = file
        self.dialect = dialect
        self.rest = pieces(stream, file, quotes=True)
        self.first, self.names = self._begin()
        self.told = self._told()
        self.lists = self.told.lists

    def _begin(self) -> tuple[Piece | None, list[str]]:
        """What follows the names in the first piece, and the names."""
        for piece in self.rest:
            begin = 0
            while begin < len(piece.data):
                end = begin + first_end(piece.data[begin:])
                head = piece._replace(data=piece.data[begin:end])
                if sign := _OF_EXCEL.fullmatch(head.data):
                    self.dialect = self.dialect._replace(delimiter=sign[1].decode())
                    begin = end
                    continue
                for _, cells in self._records(head):
                    line, offset = piece.line + piece.data.count(b"\n", 0, end), piece.offset + end
                    names = [plain(name).strip() for name in cells]
                    return Piece(piece.data[end:], line, offset, self.file), names
                begin = end
        raise GradcliError("rows-empty", {"file": self.file}, source="rows")

    def _told(self) -> Told:
        """What the first rows tell of the columns, where there is a sign of a list."""
        if not (self.first and b"[" in self.first.data):
            return Told(())
        rows = islice(self._records(self.first), LOOKED_AT)
        return Told((name, self.value(cell)) for _, row in rows for name, cell in zip(self.names, row, strict=False))

    @property
    def part(self) -> float | None:
        """Which part of the file has been read, if it is known."""
        return part_of(self.stream)

    def hint(self) -> dict[str, Any]:
        """What may be wrong with the names, where one is missing."""
        if len(self.names) == 1 and (sign := next((sign for sign in "\t;,|" if sign in self.names[0]), "")):
            return {"hint": "tsv"} if sign == "\t" else {"hint": "delimiter", "sign": sign}
        return {"hint": "names-first"} if all(map(_NUMBER.fullmatch, self.names)) else {}

    def blocks(self, needed: Sequence[str], keep: bool) -> Iterator[Block]:
        """All rows; there is a block even where there is none.

        Raises `GradcliError` for a name that two columns have, and for a column of which neither the rows nor the
        expression say whether it has lists.
        """
        for name in self.names if keep else needed:
            if self.names.count(name) > 1:
                raise GradcliError("column-twice", {"file": self.file, "name": name}, source="rows")
        wanted = self.told.needed(needed, self.names, self.file)
        first = self.first or Piece(b"", 1, 0, self.file)
        yield self._block(first, wanted, keep)
        for piece in self.rest:
            yield self._block(piece, wanted, keep)

    def _block(self, piece: Piece, needed: Needed, keep: bool) -> Block:
        rows = _Rows(self, piece, needed)
        fast = None if needed.shapes else self._fast(piece, needed.plain, keep)
        if fast is None:
            kept = rows.kept() if keep else {}
            return Block(len(rows.records), rows.columns(), kept, rows.place, rows.problem, is_text=True)
        return Block(*fast, rows.place, rows.problem, is_text=True)

    def _fast(
        self, piece: Piece, needed: Sequence[str], keep: bool
    ) -> tuple[int, dict[str, Any], dict[str, Any]] | None:
        """How many rows there are, their numbers and all their cells, as pyarrow reads them; None where it does not."""
        if not (has_arrays() and self.dialect.delimiter.isascii() and piece.data.strip()):
            return None
        from gradcli.batch.forms.tables import read_csv

        return read_csv(piece.data, self.names, needed, keep, self.dialect)

    def number(self, text: str) -> float:
        """The number in a cell, NaN for what is none."""
        if self.dialect.decimal != ".":
            text = text.replace(".", "_").replace(self.dialect.decimal, ".")
        return float(text) if _NUMBER.fullmatch(text) else nan

    def value(self, cell: str | None, is_told: bool = False) -> Any:
        """What JSON has for a cell: a list, a number, the text of what is neither, None where it is empty."""
        text = (cell or "").strip()
        if text.startswith("["):
            found = parsed(text, is_told)
            return text if found is None else found
        return number if isfinite(number := self.number(text)) else text or None

    def _records(self, piece: Piece) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not empty."""
        reader = csv.reader(StringIO(piece.text(), newline=""), delimiter=self.dialect.delimiter)
        line = piece.line
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = piece.line + reader.line_num
        except csv.Error:  # there is no other one
            facts = {"file": self.file, "line": line, "limit": csv.field_size_limit()}
            raise GradcliError("cell-too-long", facts, source="rows") from None


class _Rows:
    """The rows of one piece, parted when they are needed."""

    def __init__(self, source: Csv, piece: Piece, needed: Needed) -> None:
        self.source = source
        self.piece = piece
        self.needed = needed

    @cached_property
    def records(self) -> _Records:
        """All of them."""
        return list(self.source._records(self.piece))

    def columns(self) -> dict[str, list[float]]:
        """The numbers of the columns that are needed."""
        names = self.source.names
        rows = [cells if len(cells) == len(names) else [None] * len(names) for _, cells in self.records]
        cells = {name: [row[names.index(name)] for row in rows] for name in (*self.needed.plain, *self.needed.shapes)}
        found = {name: [self._number(name, cell) for cell in cells[name]] for name in self.needed.plain}
        lists = {name: self.needed.from_cells(name, map(self.source.value, cells[name])) for name in self.needed.shapes}
        return found | self.needed.columns(lists)

    def kept(self) -> dict[str, list[str | None]]:
        """All cells. A row that has too many has those that are left over in its last one, and where it has too few
        there are none.
        """
        names = self.source.names
        rows = [self._fitted(cells, len(names)) for _, cells in self.records]
        return {name: [cells[place] for cells in rows] for place, name in enumerate(names)}

    def _fitted(self, cells: list[str], count: int) -> Sequence[str | None]:
        if len(cells) == count:
            return cells
        last = self.source.dialect.delimiter.join(cells[count - 1 :])
        return [*cells[: count - 1], last] if len(cells) > count else [*cells, *[None] * (count - len(cells))]

    def _number(self, name: str, cell: str | None) -> float:
        """The number in a cell, NaN for what is none."""
        if cell is None:
            return nan
        text = cell.strip()
        if self.source.dialect.decimal == "." and _WITH_COMMA.fullmatch(text):
            options = "--decimal , --delimiter ," if self.source.dialect.delimiter == "," else "--decimal ,"
            raise GradcliError("column-decimal-comma", self._facts(name, cell) | {"options": options}, source="rows")
        return self.source.number(text)

    def _facts(self, name: str, cell: str) -> dict[str, Any]:
        line = next(line for line, cells in self.records if cell in cells)
        return {"file": self.source.file, "line": line, "name": name, "cell": cell}

    def place(self, index: int) -> dict[str, Any]:
        """The file, and the line as an editor counts them."""
        return {"file": self.source.file, "line": self.records[index][0]}

    def problem(self, index: int) -> Reason | None:
        """What is wrong with a cell of a row."""
        cells, names = self.records[index][1], self.source.names
        if len(cells) != len(names):
            return {"code": "row.cells", "facts": {"count": len(cells), "names": len(names)}}
        for name in self.needed.shapes:
            if problem := self.needed.wrong(name, self.source.value(cells[names.index(name)], is_told=True)):
                return problem
        for name in self.needed.plain:
            cell = cells[names.index(name)]
            if not isfinite(self._number(name, cell)):
                code = "row.no-number" if cell.strip() else "row.empty"
                return {"code": code, "facts": {"name": name, "cell": cell.strip()}}
        return None
