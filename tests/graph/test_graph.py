"""Questions about graphs, and graphs made of others."""

import pytest

from gradcli.graph import Builder, Graph, reachable
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS

SHARED = "s = a*x; unused = s + b; t = sin(s); t*s + y"


def named(graph: Graph, marks: bytearray) -> set[str]:
    """The names of the variables and steps that are marked."""
    return {name for name, node in (graph.variables | graph.steps).items() if marks[node]}


def test_what_the_output_depends_on() -> None:
    """What it is made of, and no step beside."""
    graph = parse(SHARED)
    assert {"a", "x", "y", "s", "t"} == named(graph, graph.used())
    used = [node for node, mark in enumerate(graph.used()) if mark]
    assert used == reachable(graph.inputs, [graph.output])


def test_what_depends_on_nodes() -> None:
    """All that is made of one of them, directly or not, and they themselves."""
    graph = parse(SHARED)
    assert {"a", "s", "t", "unused"} == named(graph, graph.dependents([graph.variables["a"]]))
    assert {"y", "b", "unused"} == named(graph, graph.dependents([graph.variables["y"], graph.variables["b"]]))


def test_what_is_computed() -> None:
    """All but leaves and conditions."""
    graph = parse("where(a > 2 and not b < 1, a*b, 3)")
    assert ["mul", "where"] == [graph.operators[node].name for node in graph.computed()]


def test_where_a_gradient_goes() -> None:
    """Down to the targets, and not through a condition; what nothing comes back to may require one all the same."""
    graph = parse("c = a*x; unused = c*x; where(c > 0, x*y, c)")
    required = graph.requires_gradient([graph.variables["x"]])
    assert {"x", "c", "unused"} == named(graph, required)
    assert {"x", "c"} == named(graph, graph.reached(required))
    comparison, choice = graph.inputs[graph.output][0], graph.output
    assert [False, True, True] == [graph.passes_back(choice, index) for index in range(3)]
    assert not required[comparison]
    assert not graph.passes_back(comparison, 0)


def test_what_is_evaluated_in_any_case() -> None:
    """What stands in no branch, or is a step beside the output."""
    graph = parse("t = x + y; s = log(x); beside = z^2; where(x > 0, s*t, 1/y)")
    assert {"x", "z", "beside"} == named(graph, graph.unconditional)


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        ("s = a*x; sin(s) + a", "s", "sin(s) + a"),
        ("s = a*x; t = s^2; s*t", "t", "s = a*x; s*t"),
        ("s = log(a); t = 2*s; t", "t", "t"),
    ],
)
def test_a_step_as_a_variable(text: str, step: str, expected: str) -> None:
    """The function of a step speaks of it as of a variable, and computes nothing that it alone was made of."""
    graph = parse(text)
    cut = graph.cut(graph.steps[step], step)
    assert step in cut.variables
    assert "log" not in [cut.operators[node].name for node in range(len(cut))]
    builder = Builder(cut)
    pruned, _ = builder.pruned(cut.output, [node for node in cut.steps.values() if cut.used()[node]])
    assert expected == format_graph(pruned)


def test_an_edited_graph_leaves_the_original_as_it_was() -> None:
    """A builder copies what it begins with."""
    graph = parse("a + b*c")
    builder = Builder(graph)
    builder.replace(graph.output, OPERATORS["mul"], graph.inputs[graph.output])
    assert "a*(b*c)" == format_graph(builder.graph(graph.output))
    assert "a + b*c" == format_graph(graph)


def test_a_function_of_functions() -> None:
    """A graph with nodes of another one in the place of its variables."""
    builder = Builder(parse("a + b"))
    output = builder.insert(parse("x^2 - pi*y"), {"x": 2, "y": 0})
    assert "(a + b)^2 - pi*a" == format_graph(builder.graph(output))


def test_pruning_keeps_what_is_asked_for() -> None:
    """The places of the nodes that stay are told."""
    graph = parse(SHARED)
    pruned, place = Builder(graph).pruned(graph.steps["t"], [graph.variables["y"]])
    assert "s = a*x; t = sin(s)" == format_graph(pruned)
    assert pruned.variables == {name: place[graph.variables[name]] for name in ("a", "x", "y")}
