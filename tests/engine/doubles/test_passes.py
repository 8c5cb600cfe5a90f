"""Both passes, checked against a forward-mode sweep of dual numbers and against known answers."""

import math

import pytest

from gradcli.api import gradient
from gradcli.engine.doubles.passes import Fault, Tape, backward, forward
from gradcli.graph import Graph
from gradcli.language.parser import parse
from tests.helpers.oracle import tangent


def leaves(text: str, **at: float) -> tuple[Graph, dict[int, float]]:
    """A graph and the values of its leaves."""
    graph = parse(text)
    return graph, {node: at[name] for name, node in graph.variables.items()} | graph.values


CASES = [
    ("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5}),
    ("(x + y)*y - x/y", {"x": 2, "y": 3}),
    ("s = x*y; t = s^2; s*t + x", {"x": 0.7, "y": -1.3}),
    ("x^3 + 2^x + x^y", {"x": 1.7, "y": -0.4}),
    ("max(x, y, z)*min(x, y) + abs(x - y)", {"x": 1, "y": 3, "z": 2}),
    ("where(x > y and not y > 1, x*y, x/y) + clip(x, 0, y)", {"x": 2, "y": 3}),
    ("logsumexp(x, 2*y, x*y)", {"x": 0.3, "y": -0.8}),
    ("tanh(w*x + b)*sigmoid(x)*gelu(w)*silu(b)*softplus(w)*elu(-x)", {"w": 0.4, "x": 1.1, "b": -0.6}),
    ("erf(x)*erfc(y)*sinc(x + y)*hypot(x, y)*atan2(x, y)*mod(x, y)", {"x": 2.3, "y": 0.9}),
    ("x*x*x*x/x - x", {"x": 1.5}),
]


@pytest.mark.parametrize(("text", "at"), CASES)
def test_reverse_agrees_with_forward_mode(text: str, at: dict[str, float]) -> None:
    """One backward pass gives what a sweep of tangents gives for each variable."""
    result = gradient(text, at)
    for name, slope in result.gradient.items():
        assert slope == pytest.approx(tangent(parse(text), at, name), rel=1e-12)


def test_values_in_order() -> None:
    """One value for each node; the order of evaluation is that of the nodes where nothing chooses."""
    done = forward(*leaves("a*x + 2", a=3, x=4))
    assert [3, 4, 12, 2, 14] == done.values
    assert [0, 1, 2, 3, 4] == list(done.order)


def test_what_is_not_taken_has_no_value() -> None:
    """Nodes that only another branch reaches are None; what a step shares with the branch taken is evaluated."""
    graph, given = leaves("s = x + 1; where(x > 0, s*2, s/0 + log(x))", x=1)
    done = forward(graph, given)
    values, order = done.values, done.order
    kinds = {graph.operators[node].name: values[node] for node in range(len(graph))}
    assert kinds["add"] is None or kinds["add"] == 2
    assert (kinds["mul"], kinds["div"], kinds["log"]) == (4, None, None)
    inner = [node for node in range(len(graph)) if graph.inputs[node]]
    assert {node for node in order if node in inner} == {node for node in inner if values[node] is not None}


def test_a_fault_is_the_first_node_without_a_finite_value() -> None:
    """A silent overflow counts before the operation that raises because of it."""
    graph, given = leaves("1/(1/(a*b)) + log(-a)", a=1e200, b=1e200)
    with pytest.raises(Fault) as caught:
        forward(graph, given)
    assert graph.operators[caught.value.node].name == "mul"
    assert caught.value.values[caught.value.node] == math.inf


def test_ieee_arithmetic_goes_on() -> None:
    """With `total` there are infinities and NaN instead of a fault."""
    values = forward(*leaves("1/x + log(x)", x=0.0), total=True).values
    assert [1.0, 0.0, math.inf, -math.inf] == values[:4]
    assert math.isnan(values[4])


def test_only_required_nodes_take_part() -> None:
    """Marked are the nodes on a way from the targets to the output; conditions pass nothing on."""
    graph, given = leaves("s = a*x; t = b*y; where(a > 0, s + t, b)", a=2, x=3, b=4, y=5)
    required = graph.requires_gradient([graph.variables["a"]])
    names = {graph.names.get(node, graph.operators[node].name) for node in range(len(graph)) if required[node]}
    assert names == {"a", "s", "add", "where"}
    adjoints = backward(Tape(graph, *forward(graph, given), required))
    assert (3, 0) == (adjoints[graph.variables["a"]], adjoints[graph.variables["x"]])


def test_a_zero_gradient_stops() -> None:
    """It passes nothing on, so 0 times an infinite slope makes no NaN."""
    assert gradient("0*sqrt(x)", {"x": 0}).gradient == {"x": 0}
    assert gradient("relu(x)*sqrt(y) + y", {"x": -1, "y": 0}).gradient == {"x": 0, "y": 1}


def test_an_output_that_is_a_leaf() -> None:
    """A variable alone has slope 1; a constant has none."""
    assert gradient("x", {"x": 3}).gradient == {"x": 1}
    assert gradient("3", {}).gradient == {}
    assert gradient("s = x; 3", {"x": 1}).gradient == {"x": 0}


def test_an_output_that_also_stands_in_a_branch_is_evaluated() -> None:
    """The branch is not taken, and belongs to a step that nothing uses."""
    assert {"x": 2.0} == gradient("s = x^2; t = where(x > 5, s, 0); s", {"x": 1}).gradient
