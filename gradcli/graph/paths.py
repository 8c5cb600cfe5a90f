"""The ways of gradients through a graph: the paths to one node, and what is held constant on the way."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from gradcli.graph import Edge, Graph
from gradcli.operators.table import CONSTANT

SWEPT = 1_000_000  # nodes that are looked at for what is held constant in all

Pair = tuple[int, int]  # a node and one of its inputs, be it one or several of its arguments


@dataclass(frozen=True)
class Paths:
    """The nodes above a target on its paths to the output, from the output down, and the edges among them."""

    graph: Graph
    target: int
    nodes: dict[int, None]
    edges: list[Edge]

    @cached_property
    def uses(self) -> dict[int, list[Edge]]:
        """The edges that lead to each node, from below up."""
        found: dict[int, list[Edge]] = {}
        for node, index in reversed(self.edges):
            found.setdefault(self.graph.inputs[node][index], []).append((node, index))
        return found

    def __contains__(self, node: object) -> bool:
        """Whether the node is on one of the paths, the target included."""
        return node == self.target or node in self.nodes


def paths_to(graph: Graph, target: int) -> Paths:
    """The paths from the output to a node."""
    above, used = graph.requires_gradient([target]), graph.used()
    nodes = dict.fromkeys(x for x in range(len(graph) - 1, target, -1) if above[x] and used[x])
    on_the_way = {target, *nodes}
    edges = [edge for edge in graph.backward_edges(nodes) if graph.inputs[edge[0]][edge[1]] in on_the_way]
    return Paths(graph, target, nodes, edges)


def held_constant(graph: Graph, required: Sequence[int]) -> dict[Pair, list[int]]:
    """For each pair (node, x) of which the local derivative is not the whole one, since other inputs of the node depend
    on its input x too: these inputs.

    Where the graph is too large to look at all of them, every other input after x is taken for one.
    """
    varies = [not (row.condition or row is CONSTANT) for row in graph.operators]
    found: dict[Pair, list[int]] = {}
    left = SWEPT
    for x, nodes in _readers(graph, required).items():
        left -= nodes[-1] - x
        depends: Container[int] = _dependents(graph, x, nodes[-1]) if left >= 0 else range(x + 1, len(graph))
        for node in nodes:
            others = [y for y in dict.fromkeys(graph.inputs[node]) if y in depends and varies[y]]
            if others:
                found[node, x] = others
    return found


def _readers(graph: Graph, required: Sequence[int]) -> dict[int, list[int]]:
    """For each node that requires a gradient the nodes that read it and others."""
    readers: dict[int, list[int]] = {}
    for node, inputs in enumerate(graph.inputs):
        if required[node] and len(set(inputs)) > 1:
            for x in filter(required.__getitem__, dict.fromkeys(inputs)):
                readers.setdefault(x, []).append(node)
    return readers


def _dependents(graph: Graph, x: int, last: int) -> set[int]:
    """The nodes before `last` from which a gradient comes to x, without x itself."""
    found = {x}
    for node, index in graph.backward_edges(range(x + 1, last)):
        if graph.inputs[node][index] in found:
            found.add(node)
    return found - {x}
