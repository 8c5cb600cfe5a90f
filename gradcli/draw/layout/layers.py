"""Columns and their order: the first half of the layered layout. It knows numbers of vertices, no sizes and no texts.

A vertex's column is its longest distance to the output, so a leaf stands beside its consumer. An edge over several
columns gets a bend in each one between. The order within the columns is that of the expression; it is changed only
where that removes crossings (Sugiyama, Tagawa and Toda 1981: barycentres, then exchanges of neighbours).
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

WORK = 30_000  # vertices that the sweeps may visit in all, which bounds their number in large graphs
TURNS = 4_000  # the same of turning arguments around, each time in the whole picture: none in one that is very large


@dataclass(slots=True)
class Layers:
    """Vertices 0 … `count`−1 are the items, later ones are bends of edges.

    `columns[c]` lists column c from top to bottom; column 0 is the rightmost. `paths[e]` lists the vertices of edge e
    from left to right; `left` and `right` list each vertex's neighbours in the columns beside it.
    """

    count: int
    columns: list[list[int]]
    paths: list[list[int]]
    left: list[list[int]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    column_of: list[int] = field(default_factory=list)


def make_layers(count: int, edges: Sequence[tuple[int, int]], most_beside: int | None = None) -> Layers:
    """The columns of a graph with one sink, the vertex `count` − 1; `edges` are pairs (source, target).

    Of more than `most_beside` arguments of a vertex not all stand in one column: each in turn is further off, with what
    is before it. The edges must stand in the order of the expression: the first time that a vertex is a source decides
    its place.
    """
    into: list[list[int]] = [[] for _ in range(count)]
    for number, (_, target) in enumerate(edges):
        into[target].append(number)
    column_of = _distances(count, edges, into, _lengths(count, edges, into, most_beside))
    layers = Layers(count, [[] for _ in range(max(column_of) + 1)], [[] for _ in edges], column_of=column_of)
    for number, edge in enumerate(edges):
        _bend(layers, number, edge)
    layers.left = [[] for _ in column_of]
    layers.right = [[] for _ in column_of]
    for path in layers.paths:
        for x, y in pairwise(path):
            layers.right[x].append(y)
            layers.left[y].append(x)
    layers.columns = _columns(layers, into)
    _remove_crossings(layers, into)
    return layers


def _columns(layers: Layers, into: Sequence[Sequence[int]]) -> list[list[int]]:
    """The columns in the order in which vertices are met from the sink, each one's arguments from top to bottom."""
    columns: list[list[int]] = [[] for _ in layers.columns]
    seen = bytearray(layers.count)
    pending = [-1]  # edges to follow to their sources; −1: begin at the sink
    while pending:
        number = pending.pop()
        path = layers.paths[number] if number >= 0 else [layers.count - 1]
        for bend in path[-2:0:-1]:
            columns[layers.column_of[bend]].append(bend)
        if not seen[path[0]]:
            seen[path[0]] = 1
            columns[layers.column_of[path[0]]].append(path[0])
            pending += reversed(into[path[0]])
    return columns


def _lengths(
    count: int, edges: Sequence[tuple[int, int]], into: Sequence[Sequence[int]], most_beside: int | None
) -> list[int]:
    """How many columns further off than its target the source of each edge is, at least."""
    lengths = [1] * len(edges)
    if most_beside is None or all(len(numbers) <= most_beside for numbers in into):
        return lengths
    depths = [0] * count
    for vertex in _from_leaves(count, edges):
        depths[vertex] = max((depths[edges[number][0]] + 1 for number in into[vertex]), default=0)
    for numbers in into:
        ranks = ceil(len(numbers) / most_beside)
        depth = max((depths[edges[number][0]] + 1 for number in numbers), default=0)
        for place, number in enumerate(numbers):
            lengths[number] += place % ranks * depth
    return lengths


def _from_leaves(count: int, edges: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The vertices, each behind those that it reads."""
    consumers: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for source, target in edges:
        consumers[source].append(target)
        waiting[target] += 1
    ready = [vertex for vertex in range(count) if not waiting[vertex]]
    while ready:
        vertex = ready.pop()
        yield vertex
        for target in consumers[vertex]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)


def _distances(
    count: int, edges: Sequence[tuple[int, int]], into: Sequence[Sequence[int]], lengths: Sequence[int]
) -> list[int]:
    """Each vertex's longest distance to the sink: a vertex is settled when all its consumers are."""
    open_uses = [0] * count
    for source, _ in edges:
        open_uses[source] += 1
    distances = [0] * count
    ready = [count - 1]
    while ready:
        vertex = ready.pop()
        for number in into[vertex]:
            source = edges[number][0]
            distances[source] = max(distances[source], distances[vertex] + lengths[number])
            open_uses[source] -= 1
            if not open_uses[source]:
                ready.append(source)
    return distances


def _bend(layers: Layers, number: int, edge: tuple[int, int]) -> None:
    """Put the bends of an edge into the columns between its ends."""
    source, target = edge
    path = [target]
    for column in range(layers.column_of[target] + 1, layers.column_of[source]):
        bend = len(layers.column_of)
        layers.column_of.append(column)
        path.append(bend)
    layers.paths[number] = [source, *reversed(path)]


def crossings(layers: Layers) -> int:
    """How many pairs of edge pieces cross."""
    total = 0
    for column, right in zip(layers.columns[1:], layers.columns, strict=False):
        place = {vertex: index for index, vertex in enumerate(right)}
        seen: list[int] = []
        for vertex in column:
            ends = sorted(place[x] for x in layers.right[vertex])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _remove_crossings(layers: Layers, into: Sequence[list[int]]) -> None:
    best = crossings(layers)
    sweeps = max(2, min(12, WORK // len(layers.column_of)))
    kept = [list(column) for column in layers.columns]
    for sweep in range(sweeps):
        if not best:
            break
        leftwards = sweep % 2 == 0
        _order_by_barycentre(layers, leftwards)
        found = crossings(layers)
        if found < best:
            best, kept = found, [list(column) for column in layers.columns]
    layers.columns[:] = kept
    if best:
        _exchange_neighbours(layers, sweeps)
        _turn_arguments(layers, into)


def _turn_arguments(layers: Layers, into: Sequence[list[int]]) -> None:
    """Turn the arguments of a vertex around, with all that is before them, wherever that leaves fewer crossings.

    A long edge changes sides so, with its bends and what it leads to, which no exchange of neighbours does.
    """
    kept, least = layers.columns, crossings(layers)
    order = list(into)
    layers.columns = _columns(layers, order)
    fewest = crossings(layers)
    several = [vertex for vertex, numbers in enumerate(into) if len(numbers) > 1]
    for vertex in several[: TURNS // len(layers.column_of)]:
        before = layers.columns
        order[vertex] = order[vertex][::-1]
        layers.columns = _columns(layers, order)
        found = crossings(layers)
        if found < fewest:
            fewest = found
        else:
            order[vertex], layers.columns = order[vertex][::-1], before
    if fewest >= least:
        layers.columns = kept


def _order_by_barycentre(layers: Layers, leftwards: bool) -> None:
    """Sort each column by the mean place of its neighbours in the column before it."""
    columns = layers.columns if leftwards else layers.columns[::-1]
    neighbours = layers.right if leftwards else layers.left
    place = {vertex: index for index, vertex in enumerate(columns[0])}
    for column in columns[1:]:
        keys = {}
        for index, vertex in enumerate(column):
            beside = neighbours[vertex]
            keys[vertex] = sum(place[x] for x in beside) / len(beside) if beside else float(index)
        column.sort(key=keys.__getitem__)
        place = {vertex: index for index, vertex in enumerate(column)}


def _exchange_neighbours(layers: Layers, sweeps: int) -> None:
    """Exchange two neighbours of a column wherever that removes crossings; only the difference is counted."""
    place = [0] * len(layers.column_of)
    for column in layers.columns:
        for index, vertex in enumerate(column):
            place[vertex] = index
    for _ in range(sweeps):
        if not sum(_exchange_in(column, layers, place) for column in layers.columns):
            return


def _exchange_in(column: list[int], layers: Layers, place: list[int]) -> int:
    """Exchange neighbours of one column, from top to bottom; how many times."""
    ends = {
        vertex: [sorted(place[x] for x in side[vertex]) for side in (layers.left, layers.right)] for vertex in column
    }
    exchanged = 0
    for index in range(len(column) - 1):
        x, y = column[index], column[index + 1]
        (a, c), (b, d) = ends[x], ends[y]
        if _ordered(a, b) and _ordered(c, d):
            continue
        if _crossed(a, b) + _crossed(c, d) > _crossed(b, a) + _crossed(d, c):
            column[index], column[index + 1] = y, x
            place[x], place[y] = index + 1, index
            exchanged += 1
    return exchanged


def _ordered(above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether no edge of the upper vertex crosses one of the lower."""
    return not above or not below or above[-1] <= below[0]


def _crossed(above: Sequence[int], below: Sequence[int]) -> int:
    """How many edges of the upper vertex cross edges of the lower one, from the places of their other ends."""
    return sum(bisect_left(below, end) for end in above)
