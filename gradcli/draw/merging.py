"""Sums and products of more than two terms as one node of a picture: which nodes are drawn in the place of which.

The graph stays as it is, and so do its numbers: an edge of such a node is that of the row of the sum or product that
reads the term.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gradcli.graph import Graph
from gradcli.operators.table import ADD, MUL


class Term(NamedTuple):
    """What a drawn node reads: a node, the row that reads it, and as which argument of that row."""

    node: int
    reader: int
    argument: int


def merged(graph: Graph, binary: bool = False) -> list[int]:
    """For each node the one in whose place it is drawn: itself, or the last row of its sum or product.

    A row is drawn in another one's place if only that one reads it and it has no name; with `binary` none is.
    """
    place = list(range(len(graph)))
    if binary:
        return place
    used = graph.used()
    readings = graph.readings(node for node in place if used[node])
    for node in reversed(range(len(graph))):
        if used[node] and graph.operators[node] in (ADD, MUL):
            for x in graph.inputs[node]:
                if graph.operators[x] is graph.operators[node] and readings[x] == 1 and x not in graph.names:
                    place[x] = place[node]
    return place


def terms(graph: Graph, place: Sequence[int], node: int) -> list[Term]:
    """What a drawn node reads, in the order of the expression."""
    return [term for term in _rows(graph, place, node) if place[term.node] != node]


def rows(graph: Graph, place: Sequence[int], node: int) -> tuple[int, ...]:
    """The rows that a drawn node stands for, itself the last."""
    return (*sorted(term.node for term in _rows(graph, place, node) if place[term.node] == node), node)


def _rows(graph: Graph, place: Sequence[int], node: int) -> Iterator[Term]:
    pending = [Term(x, node, index) for index, x in reversed(list(enumerate(graph.inputs[node])))]
    while pending:
        term = pending.pop()
        yield term
        if place[term.node] == node:
            pending += [Term(x, term.node, index) for index, x in reversed(list(enumerate(graph.inputs[term.node])))]
