"""The scalar nodes of a program over arrays as a trace of their own: what an operation over arrays is made of."""

from gradcli.arrays.names import scalar_names
from gradcli.trace.arrays.records import Records
from gradcli.trace.rows import Row
from gradcli.trace.tracing import Trace


class Scalars(Trace):
    """The trace of the scalar nodes, with short chains. Elements of arrays have the names of their places, s[0,1]."""

    def __init__(self, records: Records) -> None:
        super().__init__(records.here, "short")
        self.names[:] = scalar_names(self.graph, records.arrays)
        self.output = self.names[self.graph.output]

    def row(self, pass_: str, node: int) -> Row:
        """The row of a node; in the backward pass without what comes in, but for its number."""
        if pass_ == "forward":
            return self._row(pass_, node, [self.quantity(x) for x in self._read(node)], [self.quantity(node)])
        arriving = self._arriving(node) if self._chains.reaches(node) else []
        return self._row(pass_, node, arriving, self._leaving(node), self.here.adjoints[node])
