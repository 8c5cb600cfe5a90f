"""Tests of the pictures of programs over arrays, beside the numbers that these are made of."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.arrays.lowering import lowered
from gradcli.draw.arrays import array_scene
from gradcli.draw.description import description
from gradcli.draw.forms.array_page import array_page
from gradcli.draw.forms.svg import svg
from gradcli.draw.forms.tikz import tikz
from gradcli.draw.forms.tree import LinePart, wrapped
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.labels import Slot
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.matrices import Matrix, block
from gradcli.draw.numbers import number
from gradcli.draw.scene import Scene
from gradcli.draw.steps import show_step
from gradcli.language.parser import parse
from tests.helpers.array_programs import AFFINE, ATTENTION, NETWORK, PROGRAMS, SQUARE, VECTOR
from tests.helpers.boxes import distance, runs_through
from tests.helpers.running import run

TOKENS = (  # that of the guide
    "Q = X @ Wq; K = X @ Wk; V = X @ Wv; S = Q @ K.T / sqrt(2); P = softmax(S); Y = P @ V; L = sum(G * Y)",
    {"X": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], "G": [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
     "Wq": [[1.0, 0.0], [0.0, 1.0]], "Wk": [[1.0, 1.0], [0.0, 1.0]], "Wv": [[2.0, 0.0], [0.0, 1.0]]},
)  # fmt: skip


def scene_of(program: tuple[str, dict[str, Any]], language: str = "en", **choices: Any) -> Scene:
    """The picture at the point."""
    text, at = program
    result = gradient(text, at)
    return array_scene(result.graph, result, None, language=language, **choices)


def elements(value: Any) -> Sequence[float]:
    """The numbers on an arrow."""
    return list(value.values) if isinstance(value, Matrix) else [value]


@pytest.mark.parametrize("program", PROGRAMS, ids=[text for text, _ in PROGRAMS])
def test_what_arrives_adds_up_to_the_gradient_of_the_numbers(program: tuple[str, dict[str, Any]]) -> None:
    """At every variable, whichever views it goes back through; and a sum is shown where several arrive."""
    scene = scene_of(program)
    result, arrays = scene.result, scene.arrays
    assert result is not None
    assert arrays is not None
    for node in scene.graph.variables.values():
        edges = [edge for edge in scene.edges if scene.items[edge.source].node == node]
        if not edges:
            continue
        sums = [sum(parts) for parts in zip(*(spread(edge, arrays.shapes[node]) for edge in edges), strict=True)]
        adjoints = [result.passes.adjoints[x] for x in arrays.records.elements[node]]
        assert sums == pytest.approx(adjoints, rel=1e-12, abs=1e-12)
        badges = [item.total for item in scene.items if item.node == node and item.badge]
        assert len(badges) == (len(edges) > 1)
        assert all(elements(total) == adjoints for total in badges)


def spread(edge: Any, shape: Sequence[int]) -> Sequence[float]:
    """The gradient on an edge, 0 for all elements where nothing comes back."""
    found = elements(edge.gradient)
    count = shape[0] * (shape[1] if len(shape) > 1 else 1) if shape else 1
    return found if len(found) == count else [0.0] * count


def test_operations_are_nodes_with_shapes() -> None:
    """A view is one too; a literal of constants is a leaf."""
    scene = scene_of(("sum(W.T @ [[1, 2], [3, 4]])", SQUARE))
    shown = [(item.shape, item.text, item.name, item.extent) for item in scene.items]
    assert shown == [
        ("pill", "Sum", "", ""),
        ("pill", "MatMul", "s", "2×2"),
        ("pill", ".T", "W.T", "2×2"),
        ("text", "W", "", "2×2"),
        ("text", "[[1, 2], [3, 4]]", "", "2×2"),
        ("text", "y", "", ""),
    ]


def test_large_arrays_stand_there_as_their_shapes() -> None:
    """Without a point all do, and products have two factors."""
    scene = scene_of(("sum(x * x)", {"x": [1.0] * 7}))
    assert {number(edge.value) for edge in scene.edges} == {"(7)", "7"}
    graph = lowered(parse(AFFINE[0]), {"X": (2, 2), "W": (2, 3), "b": (3,)})
    without = array_scene(graph, None, ["W"])
    assert [number(edge.value) for edge in without.edges if edge.source == 3] == ["(2×3)"]
    assert description(without).startswith("Y = X @ W + b; L = sum(relu(Y)); ∂L/∂W = ∂L/∂s·∂s/∂W, ∂L/∂s = ")


def boxes(layout: Layout) -> list[Box]:
    """All that may not touch: shapes, names, badges, labels."""
    shapes = [Box(x, y, w, h) for (x, y), (w, h) in zip(layout.places, layout.sizes, strict=True)]
    beside = [box for box in (*layout.names, *layout.badges) if box is not None]
    slots = [slot for pair in layout.slots for slot in pair if slot.half_width]
    return shapes + beside + [Box(slot.x, slot.y, slot.half_width, slot.half_height) for slot in slots]


def matrices(scene: Scene, layout: Layout) -> list[tuple[int, float, Slot]]:
    """All matrices beside arrows: the arrow's number, half the matrix's width, its slot."""
    return [
        (place, block(value).half_width, slot)
        for place, (edge, slots) in enumerate(zip(scene.edges, layout.slots, strict=True))
        for value, slot in zip((edge.value, edge.gradient), slots, strict=True)
        if isinstance(value, Matrix)
    ]


@pytest.mark.parametrize(("program", "direction"), [(NETWORK, "right"), (AFFINE, "down")])
def test_matrices_touch_nothing(program: tuple[str, dict[str, Any]], direction: str) -> None:
    """No node, no name, no sum and no other matrix; all are in the picture."""
    layout = make_layout(scene_of(program, direction=direction))
    found = boxes(layout)
    for place, box in enumerate(found):
        assert not any(box.touches(other) for other in found[:place])
        assert box.half_width <= box.x <= layout.width - box.half_width
        assert box.half_height <= box.y <= layout.height - box.half_height


def test_a_matrix_is_drawn_number_by_number() -> None:
    """In rows between brackets; TikZ has an array."""
    scene = scene_of(AFFINE)
    texts = [line for line in svg(scene).splitlines() if ">11</text>" in line]
    assert len(texts) == 3
    assert all("<path class=" in line for line in texts)
    assert r"\begin{array}{@{}rrr@{}}5 & 3 & -2 \\ 11 & 5 & -4\end{array}" in "\n".join(tikz(scene))


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("sum([X[0,0], 1])", {"X": [[1, 2]]}, ["{$[{X}_{0,0}, 1]$ (2)}"]),
        (
            "sum([[a, x1], [1e-9, -2]] @ x)",
            {"x": [3, 4], "a": 1, "x1": 2},
            [r"{$[1 \times 10^{-9}, -2]$}", "[a, x_{1}]"],
        ),
        ("sum(softmax(X))", {"X": [[1, 2], [3, 4]]}, [r"5.551{\times}10^{-17} & 0\end{array}"]),
    ],
)
def test_tikz_has_arrays_by_what_they_are_made_of(text: str, at: dict[str, Any], parts: list[str]) -> None:
    """Names and numbers in mathematics, wherever they stand, and matrices of any numbers."""
    written = "\n".join(tikz(scene_of((text, at))))
    assert [part for part in parts if part not in written] == []


def test_it_is_described() -> None:
    """With arrays as they are typed, after a step no more than is shown; what is true in the reader's language."""
    scene = scene_of(AFFINE)
    assert description(scene) == (
        "Y = X @ W + b; L = sum(relu(Y)); X = [[1, 2], [3, 4]], W = [[1, 0, −1], [2, 1, 0]], b = [0, 1, −1]; L = 24; "
        "∂L/∂X = [[1, 3], [1, 3]], ∂L/∂W = [[4, 4, 0], [6, 6, 0]], ∂L/∂b = [2, 2, 0]"
    )
    scene.step = 1
    show_step(scene)
    assert description(scene).endswith("b = [0, 1, −1]; after step 1 of 9")
    japanese = scene_of(("sum(where(x > 0, x, 1))", VECTOR), "ja")
    assert "[偽, 真]" in [number(edge.value) for edge in japanese.edges]
    assert r"\hbox{偽} & \hbox{真}" in "\n".join(tikz(japanese))


def test_what_is_not_finite_is_written_as_a_number_is() -> None:
    """In a row with others, too."""
    result = gradient("sum(log(x))", {"x": [0.0, 1.0]}, allow_nonfinite=True)
    scene = array_scene(result.graph, result)
    assert [number(edge.value) for edge in scene.edges] == ["[−∞, 0]", "[0, 1]", "−∞"]
    assert r"\infty & 0\end{array}" in "\n".join(tikz(scene))


def page_of(program: tuple[str, dict[str, Any]], language: str = "en", **choices: Any) -> str:
    """The page at the point."""
    scene = scene_of(program, language)
    assert scene.result is not None
    return array_page(scene, scene.result.graph, **choices)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize("program", [AFFINE, NETWORK, ATTENTION], ids=["affine", "network", "attention"])
def test_a_page_of_two_dozen_nodes_is_at_most_60_kb(program: tuple[str, dict[str, Any]], kink: str) -> None:
    """The network has 23, with matrices of six numbers; nothing comes from outside."""
    page = page_of(program, language="ja", kink=kink)
    assert len(page.encode()) <= 60_000
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)|fetch|XMLHttp|import\(", page)
    assert page.count("</script>") == 1


def test_no_arrow_runs_through_a_matrix() -> None:
    """Be there no place beside its own arrow that is clear: then it stands further off."""
    scene = scene_of(TOKENS)
    layout = make_layout(scene)
    arrows = [line for edge in range(len(scene.edges)) for line in layout.arrows(edge)]
    found = matrices(scene, layout)
    for edge, half, slot in found:
        box = Box(slot.anchor() - slot.align * half, slot.y, half, slot.half_height - 1.0)
        assert not any(runs_through(box, *piece) for line in arrows for piece in pairwise(line)), edge
    assert len(found) == 32


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("program", [AFFINE, TOKENS], ids=["affine", "tokens"])
def test_a_matrix_is_nearest_to_its_own_arrow(program: tuple[str, dict[str, Any]], direction: str) -> None:
    """Also where an input goes three ways, and beside a fork; nobody reads it at another one."""
    scene = scene_of(program, direction=direction)
    layout = make_layout(scene)
    for edge, half, slot in matrices(scene, layout):
        x = slot.anchor() - slot.align * half
        corners = [Box(x + a * half, slot.y + b * slot.half_height, 0, 0) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        far = [
            min(distance(corner, *piece) for piece in pairwise(route.points) for corner in corners)
            for route in layout.routes
        ]
        assert far[edge] == min(far), edge


def test_matrices_side_by_side_do_not_look_like_one() -> None:
    """Between their brackets is more than between a bracket and its numbers."""
    scene = scene_of(TOKENS)
    assert all(half + 3 <= slot.half_width for _, half, slot in matrices(scene, make_layout(scene)))


def test_a_page_of_many_numbers_goes_through_the_steps_and_computes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and what each step does; so does one without a point whose arrays are too large to be typed."""
    monkeypatch.setattr("gradcli.draw.forms.array_page.MOST_NUMBERS", 30)
    page = page_of(AFFINE)
    assert '"→ s = X@W = [[5, 2, −1], [11, 4, −3]]"' in page
    assert '"← ∂L/∂X: [[1, 3], [1, 3]], ∂L/∂W: [[4, 4, 0], [6, 6, 0]]"' in page
    assert "there are 44 scalar nodes, and a page computes at other points up to 30" in page
    assert page.count("<g data-f=") == 2 * 7 + 8
    monkeypatch.undo()
    graph = lowered(parse("sum(x * x)"), {"x": (9,)})
    assert "This page shows shapes alone" in array_page(array_scene(graph), graph)


def test_the_command_draws_arrays_and_with_elements_numbers() -> None:
    """In every form; a tree where there is no room."""
    point = ("--at", "x=[1,2]")
    assert "(Sum)" in run("draw", "sum(x*x)", *point).out
    assert "x[0]" not in run("draw", "sum(x*x)", *point).out
    assert "x[0] ───┐" in run("draw", "sum(x*x)", *point, "--elements").out
    for form in ("svg", "html", "dot", "mermaid", "tikz"):
        for given in (point, ("--shape", "x=2")):
            outcome = run("draw", "sum(x*x)", *given, "--format", form, "--lang", "ja")
            assert (outcome.code, outcome.err) == (0, "")


def test_a_tree_breaks_matrices_behind_their_rows() -> None:
    """Where one has no room on a line; a row behind its numbers where it has none."""
    piece = LinePart("◂[[1, 0, −1], [2, 100, 0]]", "gradient")
    for room, lines in ((20, ["◂[[1, 0, −1],", "[2, 100, 0]]"]), (10, ["◂[[1, 0,", "−1],", "[2, 100,", "0]]"])):
        found = ["".join(part.text for part in line).strip() for line in wrapped("", "", [piece], room)]
        assert found == lines


def test_fractions_stand_in_matrices() -> None:
    """In every form; a long one with digits."""
    written = ("draw", "Y = X @ W; L = sum(Y*Y)", "--at", "X=[[1/3,2],[0.1,1/123456789123]],W=[1,1/2]", "--fractions")
    for form in ("svg", "html", "dot", "mermaid", "tikz", "terminal"):
        outcome = run(*written, "--format", form)
        assert (outcome.code, outcome.err) == (0, "")
        assert re.search(r"\b1(/|#47;)3\b", outcome.out), form
        about = r"{\approx}8.1{\times}10^{-12}" if form == "tikz" else "8.1e−12"
        assert about in outcome.out, form
