"""Tests of the layout: nothing touches, nothing depends on values, and the work is in proportion."""

from functools import partial
from itertools import pairwise
from math import hypot

import pytest

from gradcli.choices import DIRECTIONS
from gradcli.draw.layout import layout as layouts
from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.layout import make_layout
from gradcli.draw.layout.routes import Bands, make_routes
from gradcli.draw.numbers import number
from gradcli.draw.scene import Scene, make_scene
from gradcli.engine.certified.fractions import with_fractions
from gradcli.language.parser import parse
from tests.helpers.boxes import (
    blunted,
    crossed,
    example_layout,
    fixed_boxes,
    label_boxes,
    misread,
    on_their_own_arrow,
    random_layout,
    touching,
)
from tests.helpers.pictures import (
    EXAMPLES,
    ROOMS,
    SHARED,
    Example,
    dense,
    layered,
    network,
    products,
    random_program,
)
from tests.helpers.work import calls_of

CROSSING = {
    "logsumexp(a,b,c)-a": {"a": 1, "b": 2, "c": 3},
    "max(x,y,z,w)+hypot(x,y)": {"x": 1, "y": 2, "z": 3, "w": 4},
    "s = x + y; t = x*y; s*t + s/t": {"x": 1, "y": 2},
    "h1 = relu(a*x+b*y); h2 = relu(c*x+d*y); u*h1+v*h2": {
        "a": 1, "x": 2, "b": -1, "y": 1, "c": 0.5, "d": 0.25, "u": 1.5, "v": -2,
    },
    "relu(a*x)+tanh(a)*x": {"a": -1, "x": 2},
}  # fmt: skip

SMALL = (2, 4, 6, 7, 8)  # the seeds below 10 of random programs of up to 24 nodes


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("direction", "at_a_point"), [(DIRECTIONS[0], True), (DIRECTIONS[1], False)])
@pytest.mark.parametrize("name", ROOMS)
def test_everything_has_its_room(name: str, direction: str, at_a_point: bool) -> None:
    """Numbers one way, products the other way; the other way round in tests/sweeps."""
    check_room(name, direction, at_a_point)


def check_room(name: str, direction: str, at_a_point: bool) -> None:
    """Long names, lanes and fans: nothing touches, no arrow runs over a name, an arrowhead or its own label."""
    example = ROOMS[name]
    scene = example.scene(direction=direction) if at_a_point else example.without_point(direction=direction)
    layout = make_layout(scene)
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert blunted(scene, layout) == []
    assert on_their_own_arrow(scene, layout) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_long_fractions_have_their_room(direction: str) -> None:
    """They are wide as products are, and so are their sums."""
    graph = parse("s = a*x/7; t = b*x/1234567; s*t + t/s")
    found = with_fractions(graph, {"a": "22/7", "b": "355/113", "x": "-1234567/7654321"})
    scene = make_scene(graph, found, direction=direction)
    layout = make_layout(scene)
    assert max(len(number(edge.gradient)) for edge in scene.edges) > 24
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert on_their_own_arrow(scene, layout) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("example", [products(6), layered(2, 2, 1)], ids=["fan", "network"])
def test_products_are_read_at_their_arrows(example: Example, direction: str) -> None:
    """Wide as they are, also beside steep edges that go to the left."""
    scene = example.without_point(direction=direction)
    layout = make_layout(scene)
    assert touching(scene, layout) == []
    assert misread(scene, layout) == []
    assert on_their_own_arrow(scene, layout) == []


@pytest.mark.sweep
def test_a_network_of_60_nodes_has_its_room() -> None:
    """To the right; down in tests/sweeps."""
    check_network(DIRECTIONS[0])


def check_network(direction: str) -> None:
    """Four units of three inputs."""
    scene, layout = example_layout("network", direction)
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert misread(scene, layout) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_equal_layers_of_a_network_stand_in_one_column(direction: str) -> None:
    """Units of a layer, their sums and their weights; values flow one way."""
    scene = layered(2, 2, 2, 1).scene(direction=direction)
    layout = make_layout(scene)
    along = [place[direction == "down"] for place in layout.places]
    units = [{x for item, x in zip(scene.items, along, strict=True) if item.name.startswith(f"h{k}")} for k in (1, 2)]
    assert [len(columns) for columns in units] == [1, 1]
    assert all(along[edge.source] < along[edge.target] for edge in scene.edges)


def test_a_sum_of_twenty_products_is_a_fan() -> None:
    """All products in one column, in a height that is in proportion to the 40 factors."""
    scene = products(20).scene()
    layout = make_layout(scene)
    assert len({x for item, (x, _) in zip(scene.items, layout.places, strict=True) if item.text == "×"}) == 1
    assert layout.width < 1_000
    assert layout.height < 40 * 70
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert blunted(scene, layout) == []


def check_rows(scene: Scene, widest: float) -> None:
    """In turn nearer and further off, as side by side they would be twice as wide; each row has its order."""
    layout = make_layout(scene)
    found = [place for item, place in zip(scene.items, layout.places, strict=True) if item.text == "×"]
    assert len({y for _, y in found}) == 4
    assert all(
        [x for x, y in found if y == row] == sorted(x for x, y in found if y == row) for row in {y for _, y in found}
    )
    assert layout.width < widest
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert misread(scene, layout) == []


@pytest.mark.sweep
def test_twenty_products_that_flow_down_stand_in_rows() -> None:
    """With their numbers; without a point in tests/sweeps."""
    check_rows(products(20).scene(direction="down"), 3_000)


def test_a_route_to_a_very_wide_fan_is_no_longer_than_the_picture() -> None:
    """Where an edge has no room along the flow its curve is steep, and its lines can be counted."""
    plan = layouts._Plan(products(70).scene())
    stops = plan._stops(1.0)
    rows = [stop.place[1] for stop in stops]
    routes = make_routes(plan.layers, stops, Bands(plan.widest + 12, layouts.LANES_GAP))
    assert all(min(rows) - 50 < y < max(rows) + 50 for route in routes for _, y in route.points)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seed", SMALL)
def test_nothing_touches_in_random_pictures(seed: int) -> None:
    """No label touches a label, a node, a name or a badge, and none of those touches another; more in tests/sweeps."""
    scene, layout = random_layout(seed)
    assert len(list(label_boxes(scene, layout))) >= len(scene.edges) - sum(edge.value is None for edge in scene.edges)
    assert touching(scene, layout) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("expression", CROSSING)
@pytest.mark.parametrize("scale", [1.0, -0.123456, 1.2345e-150])
def test_no_number_is_read_at_the_wrong_arrow_where_arrows_cross(expression: str, scale: float) -> None:
    """With short numbers and long ones."""
    scene = Example(expression, {name: scale * x for name, x in CROSSING[expression].items()}).scene()
    assert misread(scene, make_layout(scene)) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_of_the_examples_is_read_at_the_wrong_arrow(name: str) -> None:
    """The article's figures, shared nodes, the network."""
    assert misread(*example_layout(name)) == []


def test_few_numbers_of_tangled_graphs_are_read_at_the_wrong_arrow() -> None:
    """Of the labels of the random graphs at most 3 in 190: there is no clear place."""
    pictures = [random_layout(seed) for seed in SMALL]
    wrong = [len(misread(scene, layout)) for scene, layout in pictures]
    labels = sum(1 + edge.backward for scene, _ in pictures for edge in scene.edges)
    assert labels == 190
    assert sum(wrong) <= 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_everything_lies_inside_the_picture(name: str) -> None:
    """No box reaches over the edge."""
    scene, layout = example_layout(name)
    for box in (*fixed_boxes(layout), *label_boxes(scene, layout)):
        assert box.half_width <= box.x <= layout.width - box.half_width
        assert box.half_height <= box.y <= layout.height - box.half_height


def test_the_article_needs_no_more_than_the_plain_gaps() -> None:
    """Columns 100 px apart, rows 40 px: leaves stand 76 px apart, in the order of the expression."""
    scene, layout = example_layout("article")
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
    scene, layout = example_layout("article")
    for edge in range(len(scene.edges)):
        above, below = layout.arrows(edge)
        below = below[::-1]
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


def check_work(small: Scene, large: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the picture takes little more than twice the steps, and far less than four times."""
    monkeypatch.setattr(layouts, "ATTEMPTS", 1)
    assert calls_of(partial(make_layout, large)) < 2.6 * calls_of(partial(make_layout, small))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scenes", [(network(2), network(4)), (dense(15), dense(30))], ids=["network", "dense"])
def test_the_work_of_an_attempt_grows_with_the_picture(
    scenes: tuple[Scene, Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of small ones, and of nodes that are used again and again; of larger networks in tests/sweeps."""
    check_work(*scenes, monkeypatch)


def test_the_last_attempt_always_finds_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one attempt is all there is, labels go further away, but touch nothing."""
    monkeypatch.setattr(layouts, "ATTEMPTS", 1)
    for seed in (2, 5, 46):
        scene = random_program(seed).scene()
        layout = make_layout(scene)
        assert touching(scene, layout) == []


def test_isotonic_regression() -> None:
    """Numbers in order stay; others meet at their weighted mean."""
    assert isotonic([1, 2, 3], [1, 1, 1]) == [1, 2, 3]
    assert isotonic([3, 1, 5], [1, 1, 1]) == [2, 2, 5]
    assert isotonic([4, 1], [1, 2]) == [2, 2]
