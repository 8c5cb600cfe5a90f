"""The paths from the output to a node, and what comes to the node through them at a point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from gradcli.check.mentions import Mentions
from gradcli.check.samples import Sample
from gradcli.graph import Graph
from gradcli.symbolic.derive import reachable


@dataclass(frozen=True, slots=True)
class Paths:
    """The nodes above a target on its paths to the output, from the output down, and the edges among them."""

    graph: Graph
    target: int
    nodes: dict[int, None]
    edges: list[tuple[int, int]]


def paths_to(graph: Graph, target: int) -> Paths:
    """The paths from the output to a node."""
    above = {target}
    for node in range(target + 1, len(graph)):
        if not graph.operators[node].condition and any(x in above for x in graph.inputs[node]):
            above.add(node)
    used = set(reachable(graph.inputs, [graph.output]))
    nodes = dict.fromkeys(sorted((above & used) - {target}, reverse=True))
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
        return self.sample.swept({self.target: 1.0})

    @property
    def derivative(self) -> float:
        """∂output/∂target."""
        return self.sample.adjoints[self.target]

    def slope(self, node: int, index: int) -> float:
        """The local derivative of an edge."""
        return self.sample.edges[node].get(index, 0.0)

    def point(self, node: int) -> list[float] | None:
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


Facts = Callable[[Mentions], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake: its kind, the derivative it leads to (None: not at this point), and what its sentence speaks of."""

    code: str
    leads_to: Callable[[Flows], float | None]
    facts: Facts = lambda _: {}
    node: int = -1  # where a rule or a branch was mistaken
    rules: Mapping[str, str] = field(default_factory=dict)  # more facts, in the table's names for the node's arguments


# What the sentences speak of.


def fixed(facts: dict[str, str], _mentions: Mentions) -> dict[str, str]:
    """Facts that need no names."""
    return facts


def named(node: int, key: str, mentions: Mentions) -> dict[str, str]:
    """The name of one node."""
    return {key: mentions[node]}


def place_of(node: int, others: Mapping[str, int], mentions: Mentions) -> dict[str, str]:
    """The node as a place, and the names of other nodes."""
    return {"at": mentions.place(node)} | {key: mentions[x] for key, x in others.items()}


def edge_facts(graph: Graph, node: int, index: int, **others: int) -> Facts:
    """The node as a place, its input there, and the names of other nodes."""
    return partial(place_of, node, {"input": graph.inputs[node][index], **others})
