"""Tests of the layout: nothing touches, nothing depends on values, and it does not take long."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from math import ceil, hypot
from time import process_time

import pytest

from gradcli.api import gradient
from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.draw.layout import layout as layouts
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.layout.routes import LANE, Position, shifted
from gradcli.draw.numbers import number
from gradcli.draw.scene import Scene, make_scene
from tests.draw.examples import EXAMPLES, SHARED, Example, random_program

# The height of figures, signs and capitals in a font size: Noto Sans Regular's capital height is 0.714.
FIGURE_HEIGHT = 0.75
HALO = 2.0  # px that a text's halo reaches out

CROSSING = {
    "logsumexp(a,b,c)-a": {"a": 1, "b": 2, "c": 3},
    "max(x,y,z,w)+hypot(x,y)": {"x": 1, "y": 2, "z": 3, "w": 4},
    "s = x + y; t = x*y; s*t + s/t": {"x": 1, "y": 2},
    "h1 = relu(a*x+b*y); h2 = relu(c*x+d*y); u*h1+v*h2": {
        "a": 1, "x": 2, "b": -1, "y": 1, "c": 0.5, "d": 0.25, "u": 1.5, "v": -2,
    },
    "relu(a*x)+tanh(a)*x": {"a": -1, "x": 2},
}  # fmt: skip


def edge_label_boxes(scene: Scene, layout: Layout) -> Iterator[tuple[int, Box]]:
    """The boxes of the texts on the edges, from font metrics, each with its edge."""
    for number_of_edge, (edge, slots) in enumerate(zip(scene.edges, layout.slots, strict=True)):
        texts = (number(edge.value, language=scene.language), number(edge.gradient))
        for slot, text in zip(slots, texts, strict=True):
            if text:
                wide = width(text, LABEL_FONT)
                shrunk = min(1.0, 2 * slot.half_width / wide)
                x = slot.anchor() - slot.align * wide * shrunk / 2
                yield number_of_edge, Box(x, slot.y, wide * shrunk / 2, LABEL_FONT * FIGURE_HEIGHT * shrunk / 2)


def label_boxes(scene: Scene, layout: Layout) -> Iterator[Box]:
    """The boxes of the texts on the edges."""
    return (box for _, box in edge_label_boxes(scene, layout))


def misread(scene: Scene, layout: Layout) -> list[tuple[int, Box]]:
    """The labels that another edge's arrow crosses, halo included, or that are nearer to another edge."""
    arrows = [
        [shifted(route.points, -LANE), *([shifted(route.points, LANE)] if edge.backward else [])]
        for edge, route in zip(scene.edges, layout.routes, strict=True)
    ]
    found = []
    for own, box in edge_label_boxes(scene, layout):
        reached = Box(box.x, box.y, box.half_width + HALO, box.half_height + HALO)
        crossed = any(
            runs_through(reached, *piece)
            for edge, lines in enumerate(arrows)
            if edge != own
            for line in lines
            for piece in pairwise(line)
        )
        distances = [min(distance(box, *piece) for piece in pairwise(route.points)) for route in layout.routes]
        if crossed or distances.index(min(distances)) != own:
            found.append((own, box))
    return found


def runs_through(box: Box, start: Position, end: Position) -> bool:
    """Whether a straight line has a point in a box; it is looked at every half px where it is near."""
    (x1, y1), (x2, y2) = start, end
    if not Box((x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2, abs(y2 - y1) / 2).touches(box):
        return False
    steps = ceil(2 * hypot(x2 - x1, y2 - y1)) or 1
    points = ((x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps) for k in range(steps + 1))
    return any(abs(x - box.x) < box.half_width and abs(y - box.y) < box.half_height for x, y in points)


def distance(box: Box, start: Position, end: Position) -> float:
    """From the middle of a box to a straight line between two points."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    share = max(0.0, min(1.0, ((box.x - x1) * dx + (box.y - y1) * dy) / (dx * dx + dy * dy or 1.0)))
    return hypot(box.x - x1 - share * dx, box.y - y1 - share * dy)


def fixed_boxes(layout: Layout) -> list[Box]:
    """Nodes, names and badges."""
    nodes = [Box(*place, *size) for place, size in zip(layout.places, layout.sizes, strict=True)]
    return nodes + [box for box in (*layout.names, *layout.badges) if box is not None]


@cache
def random_layout(seed: int) -> tuple[Scene, Layout]:
    """The picture of a random program, laid out once for all tests."""
    scene = random_program(seed).scene()
    return scene, make_layout(scene)


@pytest.mark.parametrize("block", range(10))
def test_no_two_labels_overlap_on_200_random_graphs(block: int) -> None:
    """No label touches a label, a node, a name or a badge, and none of those touches another."""
    for seed in range(20 * block, 20 * block + 20):
        scene, layout = random_layout(seed)
        labels, fixed = list(label_boxes(scene, layout)), fixed_boxes(layout)
        assert len(labels) >= len(scene.edges) - sum(edge.value is None for edge in scene.edges)
        assert [(seed, a, b) for a, b in combinations(labels, 2) if a.touches(b)] == []
        assert [(seed, a, b) for a in labels for b in fixed if a.touches(b)] == []
        assert [(seed, a, b) for a, b in combinations(fixed, 2) if a.touches(b)] == []


@pytest.mark.parametrize("expression", CROSSING)
@pytest.mark.parametrize("scale", [1.0, -0.123456, 1.2345e-150])
def test_no_number_is_read_at_the_wrong_arrow_where_arrows_cross(expression: str, scale: float) -> None:
    """With short numbers and long ones."""
    scene = Example(expression, {name: scale * x for name, x in CROSSING[expression].items()}).scene()
    assert misread(scene, make_layout(scene)) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_of_the_examples_is_read_at_the_wrong_arrow(name: str) -> None:
    """The article's figures, shared nodes, the network."""
    scene = EXAMPLES[name].scene()
    assert misread(scene, make_layout(scene)) == []


def test_few_numbers_of_tangled_graphs_are_read_at_the_wrong_arrow() -> None:
    """Of the labels of the random graphs up to 24 nodes at most 14 in 2,134: there is no clear place."""
    pictures = [(scene, layout) for scene, layout in map(random_layout, range(100)) if len(scene.graph) <= 24]
    wrong = [len(misread(scene, layout)) for scene, layout in pictures]
    labels = sum(1 + edge.backward for scene, _ in pictures for edge in scene.edges)
    assert (len(pictures), labels) == (55, 2134)
    assert sum(wrong) <= 14


@pytest.mark.parametrize("name", EXAMPLES)
def test_everything_lies_inside_the_picture(name: str) -> None:
    """No box reaches over the edge."""
    scene = EXAMPLES[name].scene()
    layout = make_layout(scene)
    for box in (*fixed_boxes(layout), *label_boxes(scene, layout)):
        assert box.half_width <= box.x <= layout.width - box.half_width
        assert box.half_height <= box.y <= layout.height - box.half_height


def test_the_article_needs_no_more_than_the_plain_gaps() -> None:
    """Columns 100 px apart, rows 40 px: leaves stand 76 px apart, in the order of the expression."""
    scene = EXAMPLES["article"].scene()
    layout = make_layout(scene)
    places = {item.text: place for item, place in zip(scene.items, layout.places, strict=True) if item.shape == "text"}
    heights = [places[name][1] for name in ("a", "x", "b", "y")]
    assert [y - heights[0] for y in heights] == pytest.approx([0, 76, 152, 228], abs=0.5)
    ends = [
        (x - w, x + w)
        for item, (x, _), (w, _) in zip(scene.items, layout.places, layout.sizes, strict=True)
        if item.text in ("+", "z") or item.name == "s" or item.text == "x"
    ]
    ends.sort()
    gaps = [right[0] - left[1] for left, right in pairwise(ends)]
    assert gaps == pytest.approx([100, 100, 100])


def test_positions_do_not_depend_on_values() -> None:
    """Two points, one picture: only numbers and colours differ."""
    first, second = (make_layout(Example(SHARED, at).scene()) for at in ({"a": 1.5, "x": 0.8}, {"a": -1e-9, "x": 0.0}))
    assert first == second


def test_the_two_arrows_of_an_edge_are_parallel_and_6_8_px_apart() -> None:
    """On straight pieces their distance is exact."""
    layout = make_layout(EXAMPLES["article"].scene())
    for route in layout.routes:
        above, below = shifted(route.points, -LANE), shifted(route.points, LANE)
        assert all(
            hypot(x1 - x2, y1 - y2) == pytest.approx(6.8) for (x1, y1), (x2, y2) in zip(above, below, strict=True)
        )
        assert above[0][1] < below[0][1]


def test_two_lanes_of_x_times_x_have_room_for_both_labels() -> None:
    """The two edges are curves that keep away from each other."""
    layout = make_layout(Example("x*x", {"x": 3}).scene())
    upper, lower = layout.routes[0].points, layout.routes[1].points
    middle = len(upper) // 2
    assert lower[middle][1] - upper[middle][1] > 40


def network(units: int) -> Scene:
    """Units of four inputs each."""
    sums = [f"v{u}*relu({' + '.join(f'w{u}{x}*x{x}' for x in range(4))} + b{u})" for u in range(units)]
    names = [f"w{u}{x}" for u in range(units) for x in range(4)] + [f"{k}{u}" for u in range(units) for k in "vb"]
    at = dict.fromkeys([*names, *(f"x{x}" for x in range(4)), "c"], 0.1)
    result = gradient(f"sigmoid({' + '.join(sums)} + c)", at)
    return make_scene(result.graph, result)


def dense(steps: int) -> Scene:
    """Every step reads two far apart ones."""
    lines = ["n0 = x", "n1 = y", *(f"n{n} = 0.5*n{n - 1} - n{n // 2}" for n in range(2, steps))]
    result = gradient("; ".join(lines), {"x": 0.3, "y": 0.7})
    return make_scene(result.graph, result)


@pytest.mark.parametrize("scene", [network(8), dense(50)], ids=["network", "dense"])
def test_150_nodes_are_laid_out_in_half_a_second(scene: Scene) -> None:
    """The best of three, in the time of this process."""
    assert 140 <= len(scene.graph) <= 150
    times = []
    for _ in range(3):
        start = process_time()
        make_layout(scene)
        times.append(process_time() - start)
    assert min(times) < 0.5


def test_the_last_attempt_always_finds_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one attempt is all there is, labels go further away, but touch nothing."""
    monkeypatch.setattr(layouts, "ATTEMPTS", 1)
    for seed in (2, 5, 20, 46, 191):
        scene = random_program(seed).scene()
        layout = make_layout(scene)
        labels = list(label_boxes(scene, layout))
        assert [(a, b) for a, b in combinations(labels, 2) if a.touches(b)] == []
        assert [(a, b) for a in labels for b in fixed_boxes(layout) if a.touches(b)] == []


def test_isotonic_regression() -> None:
    """Numbers in order stay; others meet at their weighted mean."""
    assert isotonic([1, 2, 3], [1, 1, 1]) == [1, 2, 3]
    assert isotonic([3, 1, 5], [1, 1, 1]) == [2, 2, 5]
    assert isotonic([4, 1], [1, 2]) == [2, 2]
