"""JSON Lines: an object a line (jsonlines.org)."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, BinaryIO

from gradcli.batch.block import Block, Reason
from gradcli.batch.forms.lists import LOOKED_AT, Needed, Row, Told, number_of, parsed, wrong
from gradcli.batch.forms.pieces import Piece, part_of, pieces
from gradcli.batch.needs import has_arrays
from gradcli.errors import GradcliError


class JsonLines:
    """A file of rows. Raises `GradcliError` when it is made if there is none."""

    def __init__(self, stream: BinaryIO, file: str | None) -> None:
        self.stream = stream
        self.file = file
        self.rest = pieces(stream, file)
        self.first = next(self.rest, Piece(b"", 1, 0, file))
        if _begins_array(self.first.data):
            raise GradcliError("rows-array", {"file": file, "command": "jq -c '.[]'"}, source="rows")
        head = _Rows(self, self._head(), Needed((), (), {}))
        self.names = self.kept = head.names()
        self.told = head.told()
        self.lists = self.told.lists

    def _head(self) -> Piece:
        """The first rows."""
        end = 0
        for _ in range(LOOKED_AT):
            end = self.first.data.find(b"\n", end) + 1 or len(self.first.data)
        return self.first._replace(data=self.first.data[:end])

    @property
    def part(self) -> float | None:
        """Which part of the file has been read, if it is known."""
        return part_of(self.stream)

    def hint(self) -> dict[str, Any]:
        """What may be wrong with the names, where one is missing."""
        return {} if self.names else {"hint": "objects"}

    def blocks(self, needed: Sequence[str], keep: bool) -> Iterator[Block]:
        """All rows; there is a block even where there is none.

        Raises `GradcliError` for a column of which neither the rows nor the expression say whether it has lists.
        """
        wanted = self.told.needed(needed, self.names, self.file)
        yield self._block(self.first, wanted, keep)
        for piece in self.rest:
            yield self._block(piece, wanted, keep)

    def _block(self, piece: Piece, needed: Needed, keep: bool) -> Block:
        rows = _Rows(self, piece, needed)
        if not keep and has_arrays() and piece.data.strip():
            from gradcli.batch.forms.tables import read_json

            if fast := read_json(piece.data, needed):
                return Block(*fast, {}, rows.place, rows.problem)
        columns = rows.columns()
        if not keep:
            return Block(len(rows.records), columns, {}, rows.place, rows.problem)
        self.kept = list(dict.fromkeys([*self.kept, *rows.names()]))
        kept = {name: rows.cells(name) for name in self.kept}
        return Block(len(rows.records), columns, kept, rows.place, rows.problem, objects=rows.objects())


class _Rows:
    """The rows of one piece, read when they are needed. What is no JSON is there as None."""

    def __init__(self, source: JsonLines, piece: Piece, needed: Needed) -> None:
        self.source = source
        self.piece = piece
        self.needed = needed

    @cached_property
    def records(self) -> list[tuple[int, Any]]:
        """The line of each row, and what stands there."""
        return [(line, parsed(text)) for line, text in self._lines]

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        lines = self.piece.text().split("\n")
        return [(line, text) for line, text in enumerate(lines, self.piece.line) if text.strip()]

    def names(self) -> list[str]:
        """Those that rows have."""
        return list(dict.fromkeys(name for _, row in self.records if isinstance(row, dict) for name in row))

    def told(self) -> Told:
        """What they tell of the columns."""
        return Told(pair for _, row in self.records if isinstance(row, dict) for pair in row.items())

    def columns(self) -> dict[str, list[float]]:
        """The numbers of the columns that are needed."""
        found = {name: list(map(number_of, self._once(name))) for name in self.needed.plain}
        lists = {name: self.needed.from_cells(name, self._once(name)) for name in self.needed.shapes}
        return found | self.needed.columns(lists)

    def objects(self) -> list[tuple[str, Any]]:
        """The text of each row, and what stands there."""
        return [(text, row) for (_, text), (_, row) in zip(self._lines, self.records, strict=True)]

    def cells(self, name: str) -> list[Any]:
        """What each row has under a name."""
        return [row.get(name) if isinstance(row, dict) else None for _, row in self.records]

    def _once(self, name: str) -> list[Any]:
        """The same without what stands under the name more than once."""
        rows = (row for _, row in self.records)
        return [
            None if isinstance(row, Row) and name in row.twice else cell
            for row, cell in zip(rows, self.cells(name), strict=True)
        ]

    def place(self, index: int) -> dict[str, Any]:
        """The file, and the line as an editor counts them."""
        return {"file": self.source.file, "line": self.records[index][0]}

    def problem(self, index: int) -> Reason | None:
        """What is wrong with a cell of a row."""
        row = parsed(self._lines[index][1], is_told=True)
        if not isinstance(row, dict):
            return {"code": "row.no-object", "facts": {}}
        if isinstance(row, Row):
            for name in (*self.needed.plain, *self.needed.shapes):
                if name in row.twice:
                    return {"code": "row.twice", "facts": {"name": name}}
        for name in self.needed.plain:
            if problem := wrong(name, row.get(name)):
                return problem
        for name in self.needed.shapes:
            if problem := self.needed.wrong(name, row.get(name)):
                return problem
        return None


def _begins_array(data: bytes) -> bool:
    """Whether the first line is not a row that is a list of numbers, but begins the list of all rows."""
    line = data.lstrip()[:LOOKED_AT].partition(b"\n")[0].rstrip()
    return re.fullmatch(rb"\[\s*(\{.*)?", line) is not None
