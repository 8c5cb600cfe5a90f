"""The paths from the output to a node, and what comes to the node through them at a point."""

from dataclasses import dataclass
from functools import cached_property

from gradcli.check.samples import Sample
from gradcli.engine.passes import requires_gradient
from gradcli.graph import Graph


@dataclass(frozen=True, slots=True)
class Paths:
    """The nodes above a target on its paths to the output, from the output down, and the edges among them."""

    graph: Graph
    target: int
    nodes: dict[int, None]
    edges: list[tuple[int, int]]


def paths_to(graph: Graph, target: int) -> Paths:
    """The paths from the output to a node."""
    above, used = requires_gradient(graph, [target]), graph.used()
    nodes = dict.fromkeys(x for x in range(len(graph) - 1, target, -1) if above[x] and used[x])
    edges = [
        (node, index)
        for node in nodes
        for index, x in enumerate(graph.inputs[node])
        if (x == target or x in nodes) and index not in graph.operators[node].conditions
    ]
    return Paths(graph, target, nodes, edges)


@dataclass(frozen=True)
class Flows:
    """A sample seen from one target. ∂node/∂target for all nodes is computed when it is first asked for."""

    sample: Sample
    target: int

    @cached_property
    def tangents(self) -> list[float]:
        """∂node/∂target for each node."""
        return self.sample.tangents({self.target: 1.0})

    @property
    def value(self) -> float:
        """The output's value."""
        return float(self.sample.values[self.sample.graph.output])

    @property
    def derivative(self) -> float:
        """∂output/∂target."""
        return self.sample.adjoints[self.target]

    def slope(self, node: int, index: int) -> float:
        """The local derivative of an edge."""
        return self.sample.edges[node].get(index, 0.0)

    def arguments(self, node: int) -> list[float] | None:
        """The arguments of a node, or None if it is not evaluated."""
        values = self.sample.values
        return None if values[node] is None else [values[x] for x in self.sample.graph.inputs[node]]

    def through(self, node: int, index: int) -> float:
        """What comes to the target through an edge."""
        x = self.sample.graph.inputs[node][index]
        return self.sample.adjoints[node] * self.slope(node, index) * self.tangents[x]

    def with_slope(self, node: int, index: int, slope: float) -> float:
        """The derivative if the edge had another local derivative."""
        x = self.sample.graph.inputs[node][index]
        return self.derivative + self.sample.adjoints[node] * (slope - self.slope(node, index)) * self.tangents[x]
