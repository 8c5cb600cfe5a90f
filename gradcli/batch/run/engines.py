"""Which engine computes the rows."""

from collections.abc import Mapping

from gradcli.batch.engine import Engine
from gradcli.batch.needs import has_arrays, need_arrays
from gradcli.batch.scalar import Scalar
from gradcli.graph import Graph


def engine_of(name: str, graph: Graph, targets: Mapping[str, int], kink: str) -> Engine:
    """The engine of a name: "tape", "scalar", or "auto" for the fastest that there is."""
    if name == "scalar" or (name == "auto" and not has_arrays()):
        return Scalar(graph, targets, kink)
    need_arrays()
    from gradcli.batch.tape.tape import Tape

    return Tape(graph, targets, kink)
