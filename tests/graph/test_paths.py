"""The ways of gradients through a graph."""

import pytest

from gradcli.graph import paths
from gradcli.language.parser import parse


def test_the_edges_of_gradients() -> None:
    """All but those of conditions, node by node."""
    graph = parse("s = x*x; where(s > 1, s, y)")
    square, choice = graph.steps["s"], graph.output
    nodes = range(len(graph) - 1, -1, -1)
    assert [(choice, 1), (choice, 2), (square, 0), (square, 1)] == list(graph.backward_edges(nodes))


def test_the_paths_to_a_node() -> None:
    """Through what the output depends on alone, from the output down; what is no path has no edge."""
    graph = parse("s = a*x; t = s + b; unused = s*b; t*s")
    s, t, x = graph.steps["s"], graph.steps["t"], graph.variables["x"]
    found = paths.paths_to(graph, x)
    assert [graph.output, t, s] == list(found.nodes)
    assert {s: [(t, 0), (graph.output, 1)], t: [(graph.output, 0)], x: [(s, 1)]} == found.uses
    assert [node in found for node in (x, s, graph.variables["b"])] == [True, True, False]


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ({}, "s = a*x; s + b"),
        ({"x": ["s"]}, "s = a*x; s + x"),
        ({}, "where(x > 2, x, 3)"),
        ({"x": ["b"]}, "b = 2*x; x*b"),
    ],
)
def test_what_is_held_constant(held: dict[str, list[str]], text: str) -> None:
    """At the output for x, the inputs that depend on x too."""
    graph = parse(text)
    found = paths.held_constant(graph, graph.requires_gradient([graph.variables["x"]]))
    names = {(node, x): [graph.names[y] for y in others] for (node, x), others in found.items()}
    assert {(graph.output, graph.variables[x]): others for x, others in held.items()} == names


def test_how_often_nodes_are_read() -> None:
    """Twice by a square; by some nodes alone, if these are given."""
    graph = parse("s = x*x; s + x")
    x, s = graph.variables["x"], graph.steps["s"]
    assert (3, 1) == (graph.readings()[x], graph.readings()[s])
    assert (2, 0) == (graph.readings([s])[x], graph.readings([s])[s])
