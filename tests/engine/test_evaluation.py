"""A graph at a point: what the one owner of the passes answers for nodes, edges and directions."""

import pytest

from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.graph import Builder
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS, WRITTEN

TEXT = "s = a*x; t = tanh(s + b); u = where(a > 0, t*s, 1/t); max(u, s, t) + logsumexp(s, t, u)"
AT = {"a": 0.5, "x": 1.5, "b": -0.25}


def here(text: str = TEXT, at: dict[str, float] = AT, kink: str = "branch") -> Evaluation:
    """All variables and steps as targets."""
    graph = parse(text)
    return evaluate(graph, at, [*graph.variables.values(), *graph.steps.values()], kink)


def test_point_value_and_gradient() -> None:
    """By name, in the order of the program."""
    found = here("s = a*x; s + a", {"x": 3.0, "a": 2.0})
    assert [("a", 2.0), ("x", 3.0)] == list(found.at.items())
    assert 8.0 == found.value
    assert [("a", 4.0), ("x", 2.0), ("s", 1.0)] == list(found.gradient.items())


def test_forward_mode_agrees_with_reverse_mode() -> None:
    """The tangent of the output is the adjoint of what moves, steps included."""
    found = here()
    for node in found.targets:
        assert found.tangents({node: 1.0})[found.graph.output] == pytest.approx(found.adjoints[node], rel=1e-14)
        assert found.one_sided(node, 1.0) == pytest.approx(found.adjoints[node], rel=1e-14)


def test_a_direction_of_several() -> None:
    """Weights add up."""
    found = here()
    a, b = (found.graph.variables[name] for name in "ab")
    moved = found.tangents({a: 2.0, b: -1.0})[found.graph.output]
    assert moved == pytest.approx(2 * found.adjoints[a] - found.adjoints[b], rel=1e-14)


def test_what_reaches_a_node() -> None:
    """Through the branches that are taken alone."""
    found = here("s = a*x; where(x > 0, s, b*x) + a", {"a": 1.0, "b": 2.0, "x": 3.0})
    graph = found.graph
    marks = found.reaching([graph.output])
    assert [bool(marks[graph.variables[name]]) for name in "ax"] == [True, True]
    assert all(marks[node] for node in found.order if found.adjoints[node])
    assert not any(marks[node] for node in range(len(graph)) if found.values[node] is None)
    only = found.reaching([graph.steps["s"]])
    assert {node for node in range(len(graph)) if only[node]} == {
        graph.steps["s"], graph.variables["a"], graph.variables["x"],
    }  # fmt: skip


def test_edges_carry_the_adjoints() -> None:
    """What comes to a node through all its edges is its adjoint."""
    found = here()
    sums = [0.0] * len(found.graph)
    sums[found.graph.output] = 1.0
    for node in reversed(found.order):
        for index, slope in found.edges[node].items():
            sums[found.graph.inputs[node][index]] += found.passed_on(node, index, slope)
    assert sums == pytest.approx([mark and d for mark, d in zip(found.required, found.adjoints, strict=True)])


@pytest.mark.parametrize("targets", [("x",), ("x", "y")])
@pytest.mark.parametrize("point", [(0.5, 0.5), (0.0, 0.75), (-0.5, 2.0)])
def test_slopes_are_those_of_edges(point: tuple[float, float], targets: tuple[str, ...]) -> None:
    """Of every function, also where Python's arithmetic raises; for arguments that require no gradient they are 0."""
    builder = Builder()
    x, y = (builder.variable(one) for one in "xy")
    condition = builder.make(WRITTEN["<"], (x, y))
    for operator in OPERATORS.values():
        if not operator.condition:
            arguments = (condition if operator.conditions else x, y, x)[: len(operator.parameters)]
            builder.make(operator, (*arguments, y) if operator.variadic else arguments)
    graph = builder.graph(len(builder) - 1)
    found = evaluate(graph, dict(zip("xy", point, strict=True)), [graph.variables[one] for one in targets], total=True)
    for edges, slopes, inputs in zip(found.edges, found.slopes, graph.inputs, strict=True):
        assert list(slopes) == pytest.approx([edges.get(i, 0.0) for i in range(len(inputs))], abs=0, rel=0, nan_ok=True)


@pytest.mark.parametrize(("x", "chosen", "takes"), [(2.0, 1, "x"), (-2.0, 2, "0")])
def test_branches_and_choices(x: float, chosen: int, takes: str) -> None:
    """What is chosen, which branch is taken, and what is not evaluated."""
    found = here("s = relu(x); where(x > 1, 2*s, -s)", {"x": x})
    nodes = {operator.name: node for node, operator in enumerate(found.graph.operators)}
    assert chosen == found.chosen(nodes["where"])
    assert [chosen == 1, chosen == 2] == [found.is_evaluated(nodes[name]) for name in ("mul", "neg")]
    assert takes == OPERATORS["relu"].branches[found.taken(nodes["relu"])].takes
    assert [x] == found.arguments(nodes["relu"])


def test_bends_to_which_no_gradient_comes() -> None:
    """They are on a kink all the same."""
    found = here("relu(x) + 0*abs(x)", {"x": 0.0})
    names = [[found.graph.operators[at.node].name for at in bends] for bends in (found.bends, found.all_bends)]
    assert [["relu"], ["relu", "abs"]] == names


def test_the_rule_at_kinks() -> None:
    """It changes the local derivatives, and so the adjoints; not the derivatives from both sides."""
    for kink, slope in (("branch", 1.0), ("minnorm", 0.0)):
        found = here("relu(x)", {"x": 0.0}, kink)
        assert {"x": slope} == found.gradient
        assert [0.0, 1.0] == [found.one_sided(0, side) for side in (-1.0, 1.0)]
