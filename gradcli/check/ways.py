"""The ways from the output to a node, and what a mistake on them is: a wrong derivative and the words for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from gradcli.check.naming import Names
from gradcli.check.views import View
from gradcli.graph import Graph
from gradcli.symbolic.derive import reachable

Facts = Callable[[Names], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mistake: its kind, the derivative it leads to (None: not at this point), and what its sentence speaks of."""

    code: str
    leads_to: Callable[[View], float | None]
    facts: Facts = lambda _: {}
    node: int = -1  # where a rule or a branch was mistaken
    rules: Mapping[str, str] = field(default_factory=dict)  # more facts, in the table's names for the node's arguments


@dataclass(frozen=True, slots=True)
class Ways:
    """The nodes above a target on its ways to the output, from the output down, and the edges among them."""

    graph: Graph
    target: int
    nodes: dict[int, None]
    edges: list[tuple[int, int]]


def ways_of(graph: Graph, target: int) -> Ways:
    """The ways from the output to a node."""
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
    return Ways(graph, target, nodes, edges)


# What the sentences speak of.


def fixed(facts: dict[str, str], _names: Names) -> dict[str, str]:
    """Facts that need no names."""
    return facts


def named(node: int, key: str, names: Names) -> dict[str, str]:
    """The name of one node."""
    return {key: names[node]}


def place_of(node: int, others: Mapping[str, int], names: Names) -> dict[str, str]:
    """The node as a place, and the names of other nodes."""
    return {"at": names.place(node)} | {key: names[x] for key, x in others.items()}


def edge_facts(graph: Graph, node: int, index: int, **others: int) -> Facts:
    """The node as a place, its input there, and the names of other nodes."""
    return partial(place_of, node, {"input": graph.inputs[node][index], **others})
