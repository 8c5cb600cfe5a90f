"""The scalar nodes of a program over arrays as a trace of their own: what an operation over arrays is made of."""

from collections.abc import Iterator

from gradcli.graph.arrays import element_names
from gradcli.operators.table import CONSTANT
from gradcli.text import format_number
from gradcli.trace.arrays.records import Records
from gradcli.trace.rows import Row
from gradcli.trace.tracing import Trace


class Scalars(Trace):
    """The trace of the scalar nodes, with short chains. Elements of arrays have the names of their places, s[0,1]."""

    def __init__(self, records: Records) -> None:
        super().__init__(records.here, "short")
        self.names[:] = _names(records)
        self.output = self.names[self.graph.output]

    def row(self, pass_: str, node: int) -> Row:
        """The row of a node; in the backward pass without what comes in, but for its number."""
        if pass_ == "forward":
            return self._row(pass_, node, [self.quantity(x) for x in self._read(node)], [self.quantity(node)])
        arriving = self._arriving(node) if self._chains.reaches(node) else []
        return self._row(pass_, node, arriving, self._leaving(node), self.here.adjoints[node])


def _names(records: Records) -> list[str]:
    """The name of every scalar node: elements of the arrays that have names, constants by value, others n1, n2, …"""
    graph = records.here.graph
    names = [""] * len(graph)
    for node in [*records.starts, *filter(records.is_record, range(len(records.program)))]:
        for one, name in zip(
            records.elements[node], element_names(records.names[node], records.shapes[node]), strict=True
        ):
            names[one] = names[one] or name
    fresh = _numbered({*names, *records.names})
    for node, name in enumerate(names):
        if not name and graph.operators[node] is CONSTANT:
            names[node] = graph.names.get(node) or format_number(graph.values[node])
        elif not name:
            names[node] = next(fresh)
    return names


def _numbered(taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"n{number}" not in taken:
            yield f"n{number}"
