"""Which engine computes the rows."""

from collections.abc import Mapping

from gradcli.batch.engine import Engine
from gradcli.batch.needs import has_arrays, need_arrays
from gradcli.batch.scalar import Scalar
from gradcli.graph import Graph


def engine_of(name: str, graph: Graph, targets: Mapping[str, int], kink: str) -> Engine:
    """The engine of a name: "tape", "c", "scalar", or "auto": the tape, as a compiler takes longer than most files do.

    Raises `GradcliError` where something is not there.
    """
    if name == "scalar" or (name == "auto" and not has_arrays()):
        return Scalar(graph, targets, kink)
    need_arrays()
    if name == "c":
        from gradcli.batch.compiled.compiled import Compiled

        return Compiled(graph, targets, kink)
    from gradcli.batch.tape.tape import NumPyTape

    return NumPyTape(graph, targets, kink)
