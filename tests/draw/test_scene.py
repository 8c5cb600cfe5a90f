"""Tests of what a picture shows."""

import pytest

from gradcli.api import gradient
from gradcli.draw.numbers import number
from gradcli.draw.scene import Edge, Scene, check_size, make_scene
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES, Example


def edges(scene: Scene) -> dict[tuple[str, str], Edge]:
    """The edges by the texts or names of their ends."""
    names = [item.name or item.text for item in scene.items]
    return {(names[edge.source], names[edge.target]): edge for edge in scene.edges}


def test_the_article_has_values_forward_and_gradients_backward() -> None:
    """Every edge carries the value of its source and its own contribution to the gradient."""
    found = edges(EXAMPLES["article"].scene())
    shown = {ends: (edge.value, edge.gradient) for ends, edge in found.items()}
    assert shown == {
        ("a", "s"): (2.0, 3.0),
        ("x", "s"): (3.0, 2.0),
        ("b", "t"): (4.0, 5.0),
        ("y", "t"): (5.0, 4.0),
        ("s", "+"): (6.0, 1.0),
        ("t", "+"): (20.0, 1.0),
        ("+", "z"): (26.0, 1.0),
    }


def test_an_edge_carries_its_contribution_and_the_badge_the_sum() -> None:
    """At a shared node only the badge has the sum."""
    scene = EXAMPLES["shared"].scene()
    badges = {item.name or item.text: number(item.total) for item in scene.items if item.badge}
    found = edges(scene)
    assert badges == {"a": "2.062", "x": "4.867", "s": "2.578", "t": "1.378"}
    assert (number(found["t", "u"].gradient), number(found["t", "v"].gradient)) == ("1.2", "0.1779")


def test_what_is_not_taken_has_a_zero_that_is_seen() -> None:
    """The branch not taken is dashed, and its gradient is 0 and not left out."""
    edge = edges(EXAMPLES["shared_closed"].scene())["x", "q"]
    assert (edge.taken, edge.backward, edge.gradient, edge.value) == (False, True, 0.0, 0.8)


def test_a_closed_relu_and_a_comparison() -> None:
    """A closed ReLU is closed; a comparison passes no gradient."""
    scene = EXAMPLES["shared_closed"].scene()
    items = {item.name: item for item in scene.items if item.name}
    assert (items["t"].closed, items["p"].condition) == (True, True)
    assert not edges(scene)["a", "p"].backward
    assert not edges(EXAMPLES["shared"].scene())["p", "q"].backward
    assert not any(item.closed for item in EXAMPLES["shared"].scene().items)


def test_variables_without_gradient_are_upright_and_have_a_forward_arrow_only() -> None:
    """--wrt decides who takes part in the backward pass."""
    scene = Example("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5}, ["a"]).scene()
    assert {item.text for item in scene.items if item.upright} == {"x", "b", "y"}
    assert {ends for ends, edge in edges(scene).items() if edge.backward} == {("a", "s"), ("s", "+"), ("+", "z")}


def test_a_variable_in_a_condition_alone_shows_its_zero() -> None:
    """No gradient comes to it along an arrow, so its badge says 0."""
    scene = Example("where(x > 0, 2, 3)", {"x": 1}).scene()
    assert [(item.text, item.total) for item in scene.items if item.badge] == [("x", 0.0)]


def test_two_uses_in_one_product_are_two_edges() -> None:
    """x*x has two lanes, each with its own contribution."""
    scene = Example("x*x", {"x": 3}).scene()
    assert [edge.gradient for edge in scene.edges] == [3.0, 3.0, 1.0]


def test_leaves_are_repeated_in_large_graphs_with_one_sum() -> None:
    """From 25 nodes on a leaf stands at each use; its sum stands at the first."""
    expression = " + ".join(f"x*w{n}" for n in range(12))
    scene = Example(expression, {"x": 1.0} | {f"w{n}": float(n) for n in range(12)}).scene()
    copies = [item for item in scene.items if item.text == "x"]
    assert len(copies) == 12
    assert [(item.badge, item.total) for item in copies] == [(True, 66.0)] + [(False, None)] * 11


def test_a_kink_is_marked() -> None:
    """A node on a kink says so."""
    scene = Example("y = relu(x)*2", {"x": 0}).scene()
    assert {item.name: item.mark for item in scene.items if item.mark} == {"s": "kink"}


def test_without_a_point_there_are_names_only() -> None:
    """No numbers, no badges; backward arrows only if it was said what requires a gradient."""
    graph = parse("x*x + a")
    plain, asked = make_scene(graph), make_scene(graph, None, ["a"])
    assert all(edge.value is None and edge.gradient is None for edge in plain.edges + asked.edges)
    assert not any(item.badge for item in plain.items + asked.items)
    assert [edge.backward for edge in plain.edges] == [False] * 5
    assert {ends for ends, edge in edges(asked).items() if edge.backward} == {("a", "+"), ("+", "y")}


def test_what_the_output_does_not_need_is_named() -> None:
    """A step that nothing uses is not drawn, and the scene says so."""
    result = gradient("s = a*x; b*2", {"a": 1, "x": 2, "b": 3})
    scene = make_scene(result.graph, result)
    assert scene.left_out == ["a", "x", "s"]
    assert [item.text for item in scene.items] == ["×", "b", "2", "y"]


@pytest.mark.parametrize("count", [76, 200])
def test_a_graph_that_is_too_large_is_refused(count: int) -> None:
    """The message names the limit's option and the forms without one."""
    graph = parse(" + ".join(f"x{n}" for n in range(count)))
    with pytest.raises(GradcliError, match=rf"{2 * count - 1} nodes.*--max-nodes.*--format dot"):
        check_size(graph, 150)


def test_the_limit_counts_what_is_drawn() -> None:
    """A graph of exactly so many nodes is drawn."""
    check_size(parse(" + ".join(f"x{n}" for n in range(75))), 149)


def test_a_constant_alone_is_drawn_as_its_value() -> None:
    """Only the end of the arrow has the output's name."""
    scene = make_scene(parse("5"), None)
    assert ["5", "y"] == [item.text for item in scene.items]
