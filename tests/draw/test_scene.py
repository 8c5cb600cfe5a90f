"""Tests of what a picture shows."""

import re
from itertools import chain

import pytest

from gradcli.api import gradient
from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.draw.numbers import number
from gradcli.draw.products import PRODUCT_ROOM, product
from gradcli.draw.scene import Edge, Scene, check_size, make_scene
from gradcli.draw.steps import check_step, show_step
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.trace.passes import WithoutPoint
from gradcli.trace.tracing import Trace
from tests.helpers.pictures import EXAMPLES, ROOMS, Example


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


def test_without_a_point_the_way_back_has_the_articles_products() -> None:
    """No numbers, no badges; arrows back to what requires a gradient."""
    graph = parse("y = a*x + b*z")
    plain, asked = make_scene(graph), make_scene(graph, None, ["a"])
    assert all(edge.value is None and edge.gradient is None for edge in plain.edges + asked.edges)
    assert not any(item.badge for item in plain.items + asked.items)
    assert all(edge.backward for edge in plain.edges)
    assert {ends: product(edge.chain) for ends, edge in edges(asked).items() if edge.chain} == {
        ("+", "y"): "∂y/∂y",
        ("s", "+"): "∂y/∂y·∂y/∂s",
        ("a", "s"): "∂y/∂y·∂y/∂s·∂s/∂a",
    }


@pytest.mark.parametrize(
    "text",
    [
        "s = sin(x); s*relu(s) + exp(exp(exp(exp(x))))",
        "exp(exp(exp(exp(exp(exp(x))))))",
        "u = exp(x); v = exp(u)*u; exp(exp(exp(exp(exp(v)*x))))",
        "x*x*sin(x)",
        "where(x > 0, exp(exp(x)), -x)*y",
    ],
)
def test_products_are_those_of_the_tables(text: str) -> None:
    """However long the way: up to four factors, then two; where several add up they begin anew."""
    graph = parse(text)
    scene = make_scene(graph, binary=True)
    trace = Trace(WithoutPoint(graph, graph.variables.values()))
    table = {product(leaving.chain) for row in trace.backward() for leaving in row.outputs}
    assert table == {product(edge.chain) for edge in scene.edges if edge.backward}


def test_products_pass_what_stands_in_one_node() -> None:
    """The rows of a sum or product of many terms are no factors."""
    found = {ends: product(edge.chain) for ends, edge in edges(make_scene(parse("a + b + c + d + exp(x)"))).items()}
    assert found["a", "+"] == "∂y/∂y·∂y/∂a"
    assert found["x", "v"] == "∂y/∂y·∂y/∂v·∂v/∂x"


@pytest.mark.parametrize("example", ["Japanese names", "long names", "one long name"])
def test_products_have_one_form_and_no_name_twice(example: str) -> None:
    """All short where one would be too long, with the same names cut, each by itself; within the room at an arrow."""
    text = "price_of_one_apple_in_yen = a*b; price_of_one_apple_in_yen*c" if example == "one long name" else ""
    scene = make_scene(parse(text)) if text else ROOMS[example].without_point()
    shown = [edge.label for edge in scene.edges if edge.backward]
    assert 2 == max(map(len, shown))
    names: dict[str, str] = {}
    for edge in scene.edges:
        for whole, cut in zip(chain(*edge.chain), chain(*edge.label), strict=True):
            assert cut == names.setdefault(whole, cut)
    assert max(width(product(label), LABEL_FONT) for label in shown) <= PRODUCT_ROOM
    assert all(re.fullmatch(r"∂[^∂/·]+/∂[^∂/·]+(·∂[^∂/·]+/∂[^∂/·]+)*", product(label)) for label in shown)


def test_forward_only() -> None:
    """With a point and without: no arrow back, no product, no sum."""
    for scene in (make_scene(parse("x*x"), forward_only=True), Example("x*x", {"x": 3}).scene(forward_only=True)):
        assert not any(edge.backward or edge.chain or edge.gradient is not None for edge in scene.edges)
        assert not any(item.badge for item in scene.items)


def test_a_sum_of_more_than_two_terms_is_one_node() -> None:
    """Its edges have the numbers of the rows that read the terms, and it knows these rows."""
    scene = Example("a*b*c + d + (e + 2) - f - g", dict(zip("abcdefg", range(2, 9), strict=True))).scene()
    assert [item.text for item in scene.items] == [*"−−+×abcde2fgy"]
    found = edges(scene)
    assert [found[x, "t"].gradient for x in "abc"] == [12.0, 8.0, 6.0]
    assert (found["t", "w"].value, found["2", "w"].gradient, found["w", "p"].value) == (24.0, None, 37.0)
    by_name = {item.name: [scene.names[row] for row in item.rows] for item in scene.items if item.name}
    assert by_name["t"] == ["s", "t"]
    assert by_name["w"] == ["u", "v", "w"]


@pytest.mark.parametrize("expression", ["s = a + b; s + c", "(a + b)*c*(a + b - c)", "(a + b) - c + d", "a*b + c*d"])
def test_what_has_a_name_or_another_reader_is_drawn_by_itself(expression: str) -> None:
    """Nor does a sum take in a difference."""
    graph = parse(expression)
    shown = [item.node for item in make_scene(graph).items if item.shape == "circle"]
    assert len(shown) == len(graph.computed()) - (expression[0] == "(" and "*c*" in expression)


def test_each_sign_by_itself() -> None:
    """With `binary`."""
    items = make_scene(parse("a + b + c*d*e"), binary=True).items
    assert [item.text for item in items if item.shape == "circle"] == ["+", "+", "×", "×"]


def test_a_node_that_was_not_evaluated() -> None:
    """It is known as such, and so is its way back with a 0."""
    scene = Example("where(x > 0, x, log(x))", {"x": 2}).scene()
    assert [item.text for item in scene.items if not item.evaluated] == ["log"]
    assert [(edge.gradient, edge.taken) for edge in scene.edges if edge.target == 4] == [(0.0, False)]


def test_steps() -> None:
    """Forward in the order of the graph, the output's 1, and back."""
    scene = Example("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5}, ["a"]).scene()
    names = [item.name or item.text for item in scene.items]
    assert [(step.kind, names[step.item]) for step in scene.steps[1:]] == [
        ("forward", "s"), ("forward", "t"), ("forward", "+"), ("end", "z"), ("backward", "+"), ("backward", "s"),
    ]  # fmt: skip
    assert scene.steps[0].kind == "start"
    assert "backward" not in {step.kind for step in Example("relu(x)", {"x": 1}).scene(forward_only=True).steps}


def test_the_picture_after_a_step() -> None:
    """What lies behind it and nothing of what lies ahead; a sum is there when all of its parts are."""
    shown = []
    for step in range(7):
        scene = Example("s = sin(x); s*s", {"x": 1}).scene()
        if step >= len(scene.steps):
            break
        scene.step = step
        show_step(scene)
        done, sent = ([edge for edge in scene.edges if getattr(edge, kind)] for kind in ("done", "sent"))
        shown.append((len(done), len(sent), [item.text for item in scene.items if item.badge and item.summed]))
    assert shown == [
        (1, 0, []), (3, 0, []), (4, 0, []), (4, 1, []), (4, 3, ["sin"]), (4, 4, ["sin"]),
    ]  # fmt: skip


def test_a_step_that_is_not_there() -> None:
    """The message says how many there are."""
    scene = make_scene(parse("a*x"))
    check_step(scene, 3)
    with pytest.raises(GradcliError, match="there is no step 4: this picture has 3 steps"):
        check_step(scene, 4)


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
