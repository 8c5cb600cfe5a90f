"""Tests of what is said of a picture to those who do not see it."""

import pytest

from gradcli.draw.description import description, tooltip
from gradcli.draw.scene import Scene, make_scene
from gradcli.draw.steps import show_step
from gradcli.language.parser import parse
from tests.helpers.pictures import Example

POINT = {"a": 2, "b": 3, "c": 4}


def after(step: int, expression: str, at: dict[str, float], language: str = "en") -> Scene:
    """The picture after a step."""
    scene = Example(expression, at, None, language).scene()
    scene.step = step
    show_step(scene)
    return scene


def test_without_a_point_it_says_the_products() -> None:
    """Added where several arrive, in the order in which they do; and how they begin anew."""
    said = description(make_scene(parse("s = x*y; s*a + sin(s)  # a comment")))
    assert said == (
        "s = x*y; s*a + sin(s); "
        "∂z/∂x = ∂z/∂s·∂s/∂x, ∂z/∂y = ∂z/∂s·∂s/∂y, "
        "∂z/∂s = ∂z/∂z·∂z/∂u·∂u/∂s + "
        "∂z/∂z·∂z/∂t·∂t/∂s, "
        "∂z/∂a = ∂z/∂z·∂z/∂t·∂t/∂a"
    )


def test_without_the_way_back_it_has_no_gradients() -> None:
    """With a point and without."""
    assert description(make_scene(parse("a*b"), forward_only=True)) == "a*b"
    assert description(Example("a*b", {"a": 2, "b": 3}).scene(forward_only=True)) == "a*b; a = 2, b = 3; y = 6"


@pytest.mark.parametrize(("language", "rows"), [("en", "y stands for {}"), ("ja", "y は {} をまとめたものです")])
def test_it_lists_the_rows_that_a_node_stands_for(language: str, rows: str) -> None:
    """So does the node's tooltip."""
    scene = Example("a + 2 + b*c", POINT, None, language).scene()
    assert description(scene).endswith("; " + rows.format("s = a + 2, y = s + t"))
    assert [tooltip(scene, item) for item in scene.items if tooltip(scene, item)] == ["s = a + 2, y = s + t"]


def test_it_names_what_was_not_evaluated() -> None:
    """And the node itself says so."""
    scene = Example("where(a > 0, a, log(a))", {"a": 2}, None, "ja").scene()
    assert description(scene).endswith("; 通らない: t")
    assert [tooltip(scene, item) for item in scene.items if item.text == "log"] == ["通らない"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (0, "a*b + c; a = 2, b = 3, c = 4; after step 0 of 5"),
        (2, "a*b + c; a = 2, b = 3, c = 4; after step 2 of 5; y = 10"),
        (4, "a*b + c; a = 2, b = 3, c = 4; after step 4 of 5; y = 10; ∂y/∂c = 1"),
        (5, "a*b + c; a = 2, b = 3, c = 4; y = 10; ∂y/∂a = 3, ∂y/∂b = 2, ∂y/∂c = 1"),
    ],
)
def test_after_a_step_it_says_no_more_than_is_shown(step: int, said: str) -> None:
    """Neither values nor gradients that lie ahead."""
    assert description(after(step, "a*b + c", POINT)) == said


def test_after_a_step_what_lies_ahead_is_neither_closed_nor_at_a_kink_nor_left_out() -> None:
    """That depends on values which are not there yet."""
    expression, at = "relu(a) + where(a > 0, log(a), 1)", {"a": 0}
    assert "not taken: u" in description(Example(expression, at).scene())
    scene = after(0, expression, at)
    assert not any(item.closed or item.mark or not item.evaluated for item in scene.items)
    assert all(edge.taken for edge in scene.edges)
    assert "relu" not in description(scene).removeprefix(expression)


@pytest.mark.parametrize(("count", "end"), [(150, "∂y/∂x149"), (151, "∂y/∂y·∂y/∂x149, …")])
def test_lists_have_an_end(count: int, end: str) -> None:
    """At a graph that no picture shows as a whole."""
    graph = parse("max(" + ", ".join(f"x{n}" for n in range(count)) + ")")
    assert description(make_scene(graph)).endswith(end)
