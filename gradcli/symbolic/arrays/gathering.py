"""The adjoint of an array of which parts are used: what comes back to each part, put together."""

from collections.abc import Iterator, Sequence

from gradcli.arrays import shapes as rules
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators.arrays import Position
from gradcli.operators.table import ADD
from gradcli.symbolic.arrays.builder import ArrayBuilder

MOST_WRITTEN = 100  # elements of an array that are written one by one
SMALL = 16  # elements of a matrix that is written so where parts of rows and columns are used


class TooLongError(Exception):
    """There is no short formula."""


class Gathered:
    """What comes back to the elements, rows and other parts of one array."""

    def __init__(self, builder: ArrayBuilder, shape: Shape) -> None:
        self.builder = builder
        self.shape = shape
        self.elements: dict[tuple[int, ...], int] = {}
        self.rows: dict[int, int] = {}
        self.others: list[int] = []
        self.is_long = False

    def add(self, positions: Sequence[Position], adjoint: int, whole: Shape) -> None:
        """The adjoint of one part, which has the shape of the `whole`."""
        _, taken = rules.places(self.shape, positions)
        count = size_of(map(len, taken))
        if len(self.shape) == 1 or count == 1 or (size_of(self.shape) <= SMALL and len(taken[1]) < self.shape[1]):
            if count > MOST_WRITTEN:
                self.is_long = True
                return
            self._add_elements(positions, taken, adjoint, whole)
        elif whole[-1:] == self.shape[1:] and len(taken[1]) == self.shape[1] and len(taken[0]) <= MOST_WRITTEN:
            for index, row in enumerate(taken[0]):
                self._add_row(row, self._element(adjoint, whole, (index,) if len(whole) > 1 else ()))
        elif len(taken[0]) == self.shape[0] and len(whole) == 1:
            self.others.append(self.builder.outer(adjoint, self._unit(taken[1].start, self.shape[1])))
        else:
            self._add_block(taken, adjoint, whole)

    def _add_elements(self, positions: Sequence[Position], taken: Sequence[range], adjoint: int, whole: Shape) -> None:
        builder = self.builder
        is_kept = [place >= len(positions) or not isinstance(positions[place], int) for place in range(len(taken))]
        for indices in _all(list(map(len, taken))):
            place = tuple(chosen[index] for chosen, index in zip(taken, indices, strict=True))
            inside = tuple(index for index, kept in zip(indices, is_kept, strict=True) if kept)
            found = self._element(adjoint, whole, inside)
            before = self.elements.get(place)
            self.elements[place] = found if before is None else builder.make(ADD, (before, found))

    def _add_row(self, row: int, found: int) -> None:
        before = self.rows.get(row)
        self.rows[row] = found if before is None else self.builder.make(ADD, (before, found))

    def _add_block(self, taken: Sequence[range], adjoint: int, whole: Shape) -> None:
        """A part of rows and columns, between matrices of 0 and 1 that put it in its place."""
        builder = self.builder
        longest = max(len(chosen) * length for chosen, length in zip(taken, self.shape, strict=True))
        if len(whole) < rules.MOST_AXES or longest > MOST_WRITTEN or not all(builder.extents(adjoint, whole)):
            self.is_long = True
            return
        rows, columns = taken
        if len(columns) < self.shape[1]:
            adjoint = builder.matmul(adjoint, self._selection(columns, self.shape[1]))
        if len(rows) < self.shape[0]:
            left = self._selection(rows, self.shape[0])
            adjoint = builder.matmul(builder.transposed(left, (len(rows), self.shape[0])), adjoint)
        self.others.append(adjoint)

    def _element(self, adjoint: int, whole: Shape, place: tuple[int, ...]) -> int:
        """An element of an adjoint, or a row."""
        builder = self.builder
        node = builder.plain(adjoint, whole)
        own = builder.shapes[node]
        if not own or not place:
            return node
        if len(own) < len(whole):
            return builder.index(node, place[1:]) if place[1:] else node
        if not builder.extents(node, whole)[-1] and len(whole) == rules.MOST_AXES:
            return builder.index(builder.vector(node), place[:1])
        return builder.index(node, place)

    def parts(self) -> Iterator[int]:
        """Arrays whose sum is what comes back to all of it. Raises `TooLongError` where one would be too long."""
        if self.is_long or (size_of(self.shape) > MOST_WRITTEN and (self.elements or len(self.shape) == 1)):
            raise TooLongError
        if self.elements:
            yield self._of_elements()
        if len(self.rows) == 1 and self.shape[0] > 1:
            ((row, found),) = self.rows.items()
            yield self.builder.outer(self._unit(row, self.shape[0]), found)
        elif self.rows:
            yield self._of_rows()
        yield from self.others

    def _of_elements(self) -> int:
        builder, shape = self.builder, self.shape
        zero = builder.constant(0.0)
        found = [self.elements.get(place, zero) for place in _all(shape)]
        if len(set(found)) == 1:
            return found[0]
        if len(shape) == 1:
            return builder.literal(found)
        width = shape[1]
        return builder.literal([builder.literal(found[at : at + width]) for at in range(0, len(found), width)])

    def _of_rows(self) -> int:
        builder, (height, width) = self.builder, self.shape
        zero = builder.constant(0.0)
        found = [self.rows.get(row, zero) for row in range(height)]
        if len(set(found)) == 1:
            return found[0]
        if size_of(self.shape) > MOST_WRITTEN and not all(builder.shapes[x] for x in found):
            raise TooLongError
        return builder.literal([x if builder.shapes[x] else builder.literal([x] * width) for x in found])

    def _unit(self, place: int, length: int) -> int:
        """The vector with 1 at one place and 0 at others."""
        if length > MOST_WRITTEN:
            raise TooLongError
        return self.builder.literal([self.builder.constant(float(other == place)) for other in range(length)])

    def _selection(self, taken: range, length: int) -> int:
        return self.builder.literal([self._unit(place, length) for place in taken])


def _all(lengths: Sequence[int]) -> list[tuple[int, ...]]:
    """All places of an array."""
    places: list[tuple[int, ...]] = [()]
    for length in lengths:
        places = [(*place, index) for place in places for index in range(length)]
    return places
