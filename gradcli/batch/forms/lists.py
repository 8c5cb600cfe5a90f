"""Columns whose cells are lists: an array in each row. Its elements have the names of variables, x[0] and W[0,1]."""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from math import isfinite, nan
from typing import Any

from gradcli.arrays.shapes import MisfitError, literal, said
from gradcli.batch.block import Block, Reason
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Shape, flattened, size_of

_ELEMENT = re.compile(r"(.+)\[([0-9]{1,9})(?:,([0-9]{1,9}))?\]")

LOOKED_AT = 100  # rows that say which columns have lists
Lists = Mapping[str, Shape | None]  # the columns of lists by name, with the shape of these, if that is known


def element_of(name: str) -> tuple[str, tuple[int, ...]] | None:
    """The array and the place of a name of an element; None for another name."""
    match = _ELEMENT.fullmatch(name)
    return (match[1], tuple(int(place) for place in match.groups()[1:] if place is not None)) if match else None


def shapes_of(names: Iterable[str], lists: Lists) -> dict[str, Shape]:
    """The shapes of the arrays that columns hold: of lists, and of those each element of which is a column."""
    found: dict[str, set[tuple[int, ...]]] = {}
    for name in names:
        if element := element_of(name):
            found.setdefault(element[0], set()).add(element[1])
    shapes = {name: _extent(places) for name, places in found.items() if len({*map(len, places)}) == 1}
    whole = {name: shape for name, shape in shapes.items() if size_of(shape) == len(found[name])}
    return whole | {name: shape for name, shape in lists.items() if shape}


def _extent(places: Iterable[tuple[int, ...]]) -> Shape:
    return tuple(max(along) + 1 for along in zip(*places, strict=True))


def shape_of(value: Any) -> Shape | None:
    """The shape of nested lists; None of what is no array."""
    if not isinstance(value, list) or not value:
        return None
    rows = [(len(row),) if isinstance(row, list) else () for row in value]
    if (0,) in rows or any(isinstance(one, list) for one in flattened(value)):
        return None
    try:
        return literal(rows)
    except MisfitError:
        return None


class Told:
    """What the first cells of columns tell of them: of those with no fewer lists than numbers the shape of the first
    list, in `lists`; and in `tied` those of them that have as many of both, of which the shape is not known then.
    """

    def __init__(self, cells: Iterable[tuple[str, Any]]) -> None:
        found: dict[str, Shape | None] = {}
        lead: Counter[str] = Counter()
        for name, cell in cells:
            if isinstance(cell, list):
                found.setdefault(name, shape_of(cell))
                lead[name] += 1
            elif isfinite(number_of(cell)):
                lead[name] -= 1
        self.tied: Lists = {name: shape for name, shape in found.items() if lead[name] == 0}
        self.lists: Lists = {
            name: None if name in self.tied else shape for name, shape in found.items() if lead[name] >= 0
        }

    def needed(self, needed: Sequence[str], names: Collection[str], file: str | None) -> "Needed":
        """The columns that are needed. Raises `GradcliError` for one of which neither the cells nor the expression say
        whether it has lists.
        """
        wanted = Needed(needed, names, self.lists)
        for name in self.tied.keys() & wanted.plain:
            option = (shape := self.tied[name]) and f"--shape {name}={'x'.join(map(str, shape))}"
            raise GradcliError("column-tied", {"file": file, "name": name, "option": option}, source="rows")
        return wanted


class Needed:
    """Of the columns that are needed those that are `plain`, and the lists of which elements are, with their shapes."""

    def __init__(self, needed: Sequence[str], names: Collection[str], lists: Lists) -> None:
        self.places: dict[str, tuple[str, tuple[int, ...]]] = {}
        for name in needed:
            element = None if name in names else element_of(name)
            if element and element[0] in lists:
                self.places[name] = element
        self.plain = [name for name in needed if name not in self.places]
        arrays: dict[str, list[tuple[int, ...]]] = {}
        for array, place in self.places.values():
            arrays.setdefault(array, []).append(place)
        self.shapes = {name: _extent(places) for name, places in arrays.items()}

    def columns(self, of: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        """The columns of the elements, where `of` has those of each list, row by row."""
        found = {}
        for name, (array, place) in self.places.items():
            shape = self.shapes[array]
            found[name] = of[array][place[0] if len(shape) == 1 else place[0] * shape[1] + place[1]]
        return found

    def from_cells(
        self, array: str, cells: Iterable[Any], number: Callable[[Any], float] | None = None
    ) -> list[list[float]]:
        """The columns of a list's elements, NaN where a cell has another shape; `number` reads an element."""
        shape = self.shapes[array]
        gap = [nan] * size_of(shape)
        rows = [[*map(number or number_of, flattened(cell))] if shape_of(cell) == shape else gap for cell in cells]
        return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in gap]

    def problem(self, array: str, cell: Any) -> Reason | None:
        """What is wrong with the shape of a cell."""
        if cell is None:
            return {"code": "row.empty", "facts": {"name": array}}
        shape, wanted = shape_of(cell), self.shapes[array]
        if shape == wanted:
            return None
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        kind = said(shape or ()) if shape or is_number else {"code": "shape.none", "facts": {}}
        return {"code": "row.shape", "facts": {"name": array, "shape": kind, "wanted": said(wanted)}}

    def wrong(self, array: str, cell: Any) -> Reason | None:
        """What is wrong with a cell or with one of its elements."""
        return self.problem(array, cell) or next(filter(None, (wrong(array, x) for x in flattened(cell))), None)


def wrong(name: str, value: Any) -> Reason | None:
    """What is wrong with a number, as JSON has it."""
    if isfinite(number_of(value)):
        return None
    code = "row.empty" if value is None else "row.no-number"
    cell = str(value) if isinstance(value, _Beyond) else json.dumps(value, ensure_ascii=False)
    return {"code": code, "facts": {"name": name, "cell": cell}}


def number_of(value: Any) -> float:
    """The number that a value of JSON is, NaN for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return nan
    try:
        return float(value)
    except OverflowError:
        return nan


class Row(dict[str, Any]):
    """A JSON object that has the names `twice` more than once; of their values it has the last."""

    twice: frozenset[str] = frozenset()


class _Beyond(str):
    """A number beyond doubles, as it is written."""


def _row(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    row = Row(found)
    row.twice = frozenset(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
    return row


def _written(text: str, number: Callable[[str], float]) -> float | _Beyond:
    return number(text) if isfinite(float(text)) else _Beyond(text)


_DECODER = json.JSONDecoder(object_pairs_hook=_row)
_TELLER = json.JSONDecoder(
    object_pairs_hook=_row,
    parse_float=partial(_written, number=float),
    parse_int=partial(_written, number=int),
    parse_constant=_Beyond,
)


def parsed(text: str, is_told: bool = False) -> Any:
    """What JSON has in a text; None where it is none. What `is_told` has numbers beyond doubles as they are written."""
    try:
        return (_TELLER if is_told else _DECODER).decode(text)
    except (ValueError, RecursionError):
        return None


def in_texts(block: Block, name: str) -> tuple[Shape, list[Any]] | None:
    """The lists in a kept column of texts with their shape, None for a cell that is no such list; None of a column of
    which the expression has no elements.
    """
    texts = block.kept[name]
    if not (block.is_text and isinstance(texts, list)) or name in block.columns:
        return None
    names = (one for one in block.columns if one.startswith(f"{name}[") and one not in block.kept)
    places = [element[1] for one in names if (element := element_of(one)) and element[0] == name]
    if not places:
        return None
    shape = _extent(places)
    cells = (parsed(text or "") for text in texts)
    return shape, [
        cell if shape_of(cell) == shape and all(isfinite(number_of(x)) for x in flattened(cell)) else None
        for cell in cells
    ]
