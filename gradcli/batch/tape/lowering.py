"""A graph and its gradient as one graph of what arrays compute, with the conditions under which a row has a value."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from gradcli.batch.conditions import Conditions
from gradcli.batch.tape.builders import Deriving, Lowering
from gradcli.graph import Graph
from gradcli.symbolic.derive import derive


class TapeGraph(NamedTuple):
    """What is to be computed: nodes of `graph`, which has the operators that are spelled or called one by one.

    `slopes` has a node for each target. `holds` is a condition: that the row has a value. `bends` is one too: that the
    row is apart, or lies where the rule minnorm may take another slope than that of the branch taken. `inner` are the
    nodes inside of functions that are computed by their definitions.
    """

    graph: Graph
    value: int
    slopes: dict[str, int]
    holds: int
    bends: int
    inner: frozenset[int]


def lower(graph: Graph, wrt: Iterable[str] | None, kink: str, lowering: Callable[[], Lowering] = Lowering) -> TapeGraph:
    """The function and its gradient. Raises `GradcliError` for what is wrong with `wrt`."""
    derivatives = derive(graph, wrt, stable=True, slopes=Deriving)
    builder = lowering()
    images = builder.taken(derivatives.graph)
    value = images[derivatives.graph.output]
    slopes = {name: images[derivatives.roots[name,]] for name in derivatives.targets}
    here = Conditions(builder, graph, builder.taken(graph))
    holds = builder.all_of(here.checks())
    bends = builder.any_of([*builder.apart, *here.apart(), *(here.bends() if kink == "minnorm" else ())])
    pruned, place = builder.pruned(value, [*slopes.values(), holds, bends])
    slopes = {name: place[node] for name, node in slopes.items()}
    inner = frozenset(place[node] for node in builder.inner if node in place)
    return TapeGraph(pruned, place[value], slopes, place[holds], place[bends], inner)
