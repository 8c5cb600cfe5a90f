"""CSV, TSV and JSON Lines of value and gradient. Numbers read back as the same doubles."""

import csv
import json
from collections.abc import Iterable, Sequence
from functools import partial
from math import isfinite, isnan
from types import SimpleNamespace
from typing import Any

from gradcli.batch.block import Block, Computed
from gradcli.batch.engine import Column
from gradcli.batch.forms.lists import in_texts
from gradcli.batch.forms.names import ColumnNames, check_apart
from gradcli.graph.arrays import Shape

_BREAK = "\r\n"  # of a line for Python's writer, which quotes cells that have one of its signs


class CsvWriter:
    """Writes CSV (RFC 4180, but lines end with a newline alone): an empty cell where there is no finite number.

    A line of JSON that is no object has its text in the first cell that is kept.
    """

    def __init__(self, names: ColumnNames, delimiter: str = ",") -> None:
        self.names = names
        self.delimiter = delimiter

    def begin(self, block: Block) -> list[bytes]:
        """The names."""
        check_apart(block.kept, self.names.columns)
        return [self._lines([[*block.kept, *self.names.columns]])]

    def rows(self, computed: Computed) -> list[bytes]:
        """The rows of a block."""
        block, columns = computed.block, _numbers(computed, self.names, "")
        if not block.size:
            return []
        notes = [] if computed.notes is None else [computed.notes]
        plain, kept = self._kept(block)
        rows = zip(*kept, *columns, *notes, strict=True)
        if not plain:
            return [self._lines(rows)]
        text = "\n".join(map(self.delimiter.join, rows))
        return [f"{text}\n".encode("utf-8", "surrogatepass")]

    def _kept(self, block: Block) -> tuple[bool, list[list[str]]]:
        """Whether no cell that is kept is to be quoted, and these: of plain ones those of a row as one text."""
        if not block.kept:
            return True, []
        columns = list(block.kept.values())
        if block.is_text and not isinstance(columns[0], list):
            from gradcli.batch.forms.arrow import joined

            cells, lines = [], joined(columns, self.delimiter)
        else:
            cells = [_cells(column) for column in columns]
            if block.objects is not None:
                pairs = zip(block.objects, cells[0], strict=True)
                cells[0] = [cell if isinstance(found, dict) else text.strip() for (text, found), cell in pairs]
            lines = list(map(self.delimiter.join, zip(*cells, strict=True)))
        text = "\n".join(lines)
        signs = (block.size - 1, block.size * (len(columns) - 1), 0, 0)
        if tuple(map(text.count, ("\n", self.delimiter, "\r", '"'))) == signs:
            return True, [lines]
        return False, cells or list(map(_cells, columns))

    def end(self) -> list[bytes]:
        """Nothing."""
        return []

    def _lines(self, rows: Iterable[Sequence[str]]) -> bytes:
        lines: list[str] = []
        stream = SimpleNamespace(write=lambda line: lines.append(line.removesuffix(_BREAK)))
        csv.writer(stream, delimiter=self.delimiter, lineterminator=_BREAK).writerows(rows)
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")


class JsonWriter:
    """Writes JSON Lines: {"value":…,"gradient":{…}}, with null where there is no finite number."""

    def __init__(self, names: ColumnNames) -> None:
        self.names = names
        gradient = ",".join(f"{_key(group.name)}:{_places(group.shape)}" for group in names.groups)
        self.pattern = f"{_key(names.value)}:%s,{_key(names.gradient)}:{{{gradient}}}"
        if names.has_notes:
            self.pattern += f",{_key(names.notes)}:%s"

    def begin(self, block: Block) -> list[bytes]:
        """Nothing: each row has the names."""
        check_apart(block.kept, self.names.keys)
        return []

    def rows(self, computed: Computed) -> list[bytes]:
        """The rows of a block."""
        notes = [] if computed.notes is None else [(_json(codes.split()) for codes in computed.notes)]
        rows: Iterable[str] = map(
            self.pattern.__mod__, zip(*_numbers(computed, self.names, "null"), *notes, strict=True)
        )
        if computed.block.objects is not None:
            taken = frozenset(self.names.keys)
            rows = (
                _joined(text, found, row, taken)
                for (text, found), row in zip(computed.block.objects, rows, strict=True)
            )
        elif computed.block.kept:
            kept = {name: _values(computed.block, name) for name in computed.block.kept}
            objects = (dict(zip(kept, row, strict=True)) for row in zip(*kept.values(), strict=True))
            rows = map(",".join, zip((_json(found)[1:-1] for found in objects), rows, strict=True))
        return ["".join([f"{{{row}}}\n" for row in rows]).encode("utf-8", "surrogatepass")]

    def end(self) -> list[bytes]:
        """Nothing."""
        return []


def _joined(text: str, found: Any, row: str, taken: frozenset[str]) -> str:
    """A row as it was read, with what is computed behind it; of a line that is no object its text."""
    if not isinstance(found, dict):
        return f'"line":{_json(text.strip())},{row}'
    if not found:
        return row
    if not taken.isdisjoint(found):
        check_apart(found, taken)
    if "NaN" in text or "Infinity" in text:  # of which JSON has none
        text = _json(found)
    return f"{text.strip()[1:-1].strip()},{row}"


def _places(shape: Shape) -> str:
    """Where the numbers of an array stand."""
    text = "%s"
    for length in reversed(shape):
        text = f"[{','.join([text] * length)}]"
    return text


def _key(name: str) -> str:
    return _json(name).replace("%", "%%")


def _json(value: Any) -> str:
    """As JSON has it: null for a number that it has not."""
    write = partial(json.dumps, ensure_ascii=False, default=_spelled, separators=(",", ":"))
    try:
        return write(value, allow_nan=False)
    except ValueError:
        return write(json.loads(write(value), parse_constant=lambda _: None))


def _spelled(value: Any) -> str:
    """What JSON has no form for: bytes in hexadecimal digits."""
    return value.hex() if isinstance(value, bytes) else str(value)


def _numbers(computed: Computed, names: ColumnNames, missing: str) -> list[list[str]]:
    """The texts of value and gradient, column by column."""
    columns = [computed.value, *map(computed.gradient.__getitem__, names.elements)]
    return [_texts(column, missing if computed.bad else None) for column in columns]


def _texts(column: Column, missing: str | None) -> list[str]:
    numbers = _listed(column)
    if missing is None:
        return list(map(repr, numbers))
    return [missing if isnan(number) else repr(number) for number in numbers]


def _listed(column: Any) -> list[Any]:
    """The values of a column of any kind."""
    if isinstance(column, list):
        return column
    if hasattr(column, "null_count"):  # of Arrow
        from gradcli.batch.forms.arrow import values

        return values(column)
    found: list[Any] = column.tolist()
    return found


def _values(block: Block, name: str) -> list[Any]:
    """A column that is kept, as JSON has it: numbers where the expression has some, else the text."""
    if block.is_text and name in block.columns:
        pairs = zip(_listed(block.columns[name]), _listed(block.kept[name]), strict=True)
        return [number if isfinite(number) else text or None for number, text in pairs]
    if lists := in_texts(block, name):
        return [cell or text or None for cell, text in zip(lists[1], block.kept[name], strict=True)]
    return [None if isinstance(value, float) and not isfinite(value) else value for value in _listed(block.kept[name])]


def _cells(column: Any) -> list[str]:
    """A column that is kept, as cells."""
    values = _listed(column)
    if set(map(type, values)) <= {float, int}:
        return list(map(repr, values))
    return list(map(_cell, values))


def _cell(value: Any) -> str:
    """A value that is kept, as a cell."""
    if value is None:
        return ""
    return (
        value if isinstance(value, str) else _json(value) if isinstance(value, dict | list | bool) else _spelled(value)
    )
