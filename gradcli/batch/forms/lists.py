"""Columns whose cells are lists: an array in each row. Its elements have the names of variables, x[0] and W[0,1]."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import nan
from typing import Any

from gradcli.arrays.shapes import MisfitError, literal, said
from gradcli.batch.block import Reason
from gradcli.graph.arrays import Shape, flattened, size_of

_ELEMENT = re.compile(r"(.+)\[([0-9]{1,9})(?:,([0-9]{1,9}))?\]")

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

    def from_cells(self, array: str, cells: Iterable[Any], number: Any) -> list[list[float]]:
        """The columns of a list's elements, NaN where a cell has another shape; `number` reads an element."""
        shape = self.shapes[array]
        gap = [nan] * size_of(shape)
        rows = [[*map(number, flattened(cell))] if shape_of(cell) == shape else gap for cell in cells]
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
