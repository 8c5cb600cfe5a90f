"""Where everything stands: the one layered layout that SVG, PNG and the page share. Positions do not depend on values.

Lengths are in px; x grows to the right and y downwards. The columns and their order come from `layers`, the places of
labels from `labels`; this module gives nodes their size and place, and edges their route.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gradcli.choices import LANGUAGES
from gradcli.draw.fonts import LABEL_FONT, LEAF_FONT, PILL_FONT, width
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.labels import Slot, place_labels
from gradcli.draw.layout.layers import Layers, make_layers
from gradcli.draw.layout.lines import Lines
from gradcli.draw.layout.routes import Position, Route, make_routes
from gradcli.draw.scene import Item, Scene
from gradcli.words.catalogue import say

RADIUS = 22.0
PILL_HEIGHT = 38.0
COLUMN_GAP = 100.0
ROW_GAP = 40.0
BEND_ROOM = 12.0  # half the height that a passing edge keeps free
BADGE_WIDTH, BADGE_HEIGHT = 64.0, 20.0
MARGIN = 24.0
ATTEMPTS = 7  # with more room each time, until every label has a clear place
WORK = 600  # vertices, bends included, in all attempts: the time is bounded


@dataclass(slots=True)
class Layout:
    """The places of everything: one entry for each item (`places`, its middle) or edge (`routes`, `slots`).

    `sizes` are half widths and half heights of the items' shapes. A slot is where an edge's label stands: value and
    gradient. `names` and `badges` are the boxes of what stands above and beside items (None: there is none).
    """

    width: float
    height: float
    places: list[Position]
    sizes: list[tuple[float, float]]
    names: list[Box | None]
    badges: list[Box | None]
    routes: list[Route]
    slots: list[tuple[Slot, Slot]]


def make_layout(scene: Scene) -> Layout:
    """Lay a scene out. The time grows little faster than the picture: half a second is enough for 150 nodes.

    Where a label finds no clear place, all is tried again with more room; of several attempts the best is kept.
    """
    layers = make_layers(len(scene.items), [(edge.source, edge.target) for edge in scene.edges])
    backward = [edge.backward for edge in scene.edges]
    column_gap, row_gap = COLUMN_GAP, ROW_GAP
    best, labels = Layout(0.0, 0.0, [], [], [], [], [], []), None
    for _ in range(max(1, min(ATTEMPTS, WORK // len(layers.column_of)))):
        layout, lines = _attempt(scene, layers, column_gap, row_gap)
        if not scene.has_labels:
            return _moved_to_origin(layout)
        found = place_labels(layout.routes, backward, _obstacles(layout), lines, labels)
        if found is not None:
            best, labels = layout, found
            best.slots = found.slots
            if not found.bad:
                break
        column_gap, row_gap = column_gap * 1.15, row_gap * 1.15
    return _moved_to_origin(best)


def _attempt(scene: Scene, layers: Layers, column_gap: float, row_gap: float) -> tuple[Layout, Lines]:
    sizes = [_size(item) for item in scene.items]
    places = _places(scene, layers, sizes, column_gap, row_gap)
    count = len(scene.items)
    names = [_name_box(*each) for each in zip(scene.items, places, sizes, strict=False)]
    routes = make_routes(scene, layers, places, sizes)
    lines = Lines(routes)
    badges = [_badge_box(*each, lines) for each in zip(scene.items, places, sizes, strict=False)]
    return Layout(0.0, 0.0, places[:count], sizes, names, badges, routes, []), lines


def _size(item: Item) -> tuple[float, float]:
    """Half the width and height of an item's shape; a text has the height of its line."""
    if item.shape == "circle":
        return RADIUS, RADIUS
    if item.shape == "pill":
        return max(28.0, width(item.text, PILL_FONT) / 2 + 15), PILL_HEIGHT / 2
    return width(item.text, LEAF_FONT) / 2 + 2, LEAF_FONT * 0.65


def _extent(item: Item, size: tuple[float, float]) -> tuple[float, float]:
    """How far an item reaches up and down, with what is written above and below it."""
    up = down = max(size[1], 18.0)
    if item.shape != "text":
        up += 16.0 if item.name or item.bends else 0.0
        down += BADGE_HEIGHT + 6 if item.badge else 0.0
    return up, down


def _name_box(item: Item, place: Position, size: tuple[float, float]) -> Box | None:
    if not item.name and not item.bends:
        return None
    half = (width(item.name, LABEL_FONT) + (_mark_width() if item.bends else 0)) / 2
    return Box(place[0], place[1] - size[1] - 10, half + 2, LABEL_FONT * 0.6)


@cache
def _mark_width() -> float:
    """The room for what is said of a node that bends: enough for every language, so that places are equal."""
    texts = (say(f"label.{mark}", language) for mark in ("kink", "tie", "jump", "edge") for language in LANGUAGES)
    return max(width(f" · {text}", LABEL_FONT) for text in texts)


def _badge_box(item: Item, place: Position, size: tuple[float, float], lines: Lines) -> Box | None:
    """Below an operation, where it covers the fewest lines; to the left of a leaf."""
    if not item.badge:
        return None
    x, y = place
    if item.shape == "text":
        return Box(x - size[0] - 10 - BADGE_WIDTH / 2, y, BADGE_WIDTH / 2, BADGE_HEIGHT / 2)
    below = y + size[1] + 5 + BADGE_HEIGHT / 2
    half = (BADGE_WIDTH / 2, BADGE_HEIGHT / 2)
    spots = [Box(x + shift, below + drop, *half) for drop in (0.0, 12.0) for shift in (0.0, 24.0, -24.0, 40.0, -40.0)]
    # Arrows that only touch the rim of a badge are better than those that end under it.
    return min(spots, key=lambda box: lines.cross(box) + lines.cross(Box(box.x, box.y, half[0] - 9, half[1] - 9)))


def _places(
    scene: Scene, layers: Layers, sizes: Sequence[tuple[float, float]], column_gap: float, row_gap: float
) -> list[Position]:
    """The middle of each vertex, bends included. Leaves are flush right in their column, close to their consumers."""
    count = layers.count
    xs = [0.0] * len(layers.column_of)
    right = 0.0
    for column in layers.columns:
        widths = [_column_width(scene.items[v], sizes[v]) for v in column if v < count]
        whole = max(widths, default=2.0)
        for vertex in column:
            xs[vertex] = right - whole / 2
            if vertex < count and scene.items[vertex].shape == "text":
                last = scene.items[vertex].node < 0
                xs[vertex] = right - whole + sizes[vertex][0] if last else right - sizes[vertex][0]
        right -= whole + column_gap
    ys = _heights(scene, layers, sizes, row_gap)
    return list(zip(xs, ys, strict=True))


def _column_width(item: Item, size: tuple[float, float]) -> float:
    badge = BADGE_WIDTH + 10 if item.badge and item.shape == "text" else 0
    return 2 * size[0] + badge


def _heights(scene: Scene, layers: Layers, sizes: Sequence[tuple[float, float]], row_gap: float) -> list[float]:
    """The y of each vertex: close to the mean of its neighbours, the order and the room between kept.

    Sweeps over the columns; each solves its column exactly, as a weighted isotonic regression. Edges over several
    columns weigh more, so that they come out straight (Gansner et al. 1993 use the same weights).
    """
    count = layers.count
    offsets = _offsets(scene, layers, sizes, row_gap)
    ys = [0.0] * len(layers.column_of)
    for column, offset in zip(layers.columns, offsets, strict=True):
        for vertex, y in zip(column, offset, strict=True):
            ys[vertex] = y - offset[-1] / 2
    weights = [4.0 if vertex >= count else 1.0 for vertex in range(len(ys))]
    sweeps = max(3, min(16, 16_000 // len(ys)))
    columns = list(zip(layers.columns, offsets, strict=True))
    for sweep in range(2 * sweeps):
        for column, offset in columns if sweep % 2 == 0 else reversed(columns):
            _settle(column, offset, layers, weights, ys)
    return ys


def _settle(
    column: Sequence[int], offset: Sequence[float], layers: Layers, weights: Sequence[float], ys: list[float]
) -> None:
    """Move the vertices of a column as near to the means of their neighbours as their order and room let them."""
    wanted, pulls = [], []
    for vertex, at in zip(column, offset, strict=True):
        total = pull = 0.0
        for x in (*layers.left[vertex], *layers.right[vertex]):
            weight = weights[x] * weights[vertex]
            total += weight * ys[x]
            pull += weight
        wanted.append((total / pull if pull else ys[vertex]) - at)
        pulls.append(pull or 1.0)
    for vertex, at, level in zip(column, offset, isotonic(wanted, pulls), strict=True):
        ys[vertex] = level + at


def _offsets(scene: Scene, layers: Layers, sizes: Sequence[tuple[float, float]], row_gap: float) -> list[list[float]]:
    """For each column the least distance of each vertex from the first."""
    count = layers.count
    extents = [_extent(item, size) for item, size in zip(scene.items, sizes, strict=True)]
    found = []
    for column in layers.columns:
        offset, total, before = [], 0.0, 0.0
        for index, vertex in enumerate(column):
            up, down = extents[vertex] if vertex < count else (BEND_ROOM, BEND_ROOM)
            if index:
                total += before + up + (row_gap if vertex < count or column[index - 1] < count else row_gap / 2)
            offset.append(total)
            before = down
        found.append(offset)
    return found


def _obstacles(layout: Layout) -> list[Box]:
    """What a label must not touch: shapes, names, badges."""
    shapes = [Box(x, y, w, h) for (x, y), (w, h) in zip(layout.places, layout.sizes, strict=True)]
    return shapes + [box for box in (*layout.names, *layout.badges) if box is not None]


def _moved_to_origin(layout: Layout) -> Layout:
    """Shift everything so that the picture begins at (0, 0) with a margin."""
    boxes = _obstacles(layout) + [Box(slot.x, slot.y, slot.half_width, 8.0) for pair in layout.slots for slot in pair]
    xs = [x for route in layout.routes for x, _ in route.points]
    ys = [y for route in layout.routes for _, y in route.points]
    left = min(*(box.x - box.half_width for box in boxes), *xs) - MARGIN
    top = min(*(box.y - box.half_height for box in boxes), *ys) - MARGIN
    layout.width = max(*(box.x + box.half_width for box in boxes), *xs) + MARGIN - left
    layout.height = max(*(box.y + box.half_height for box in boxes), *ys) + MARGIN - top
    layout.places = [(x - left, y - top) for x, y in layout.places]
    for box in (*layout.names, *layout.badges):
        if box is not None:
            box.x, box.y = box.x - left, box.y - top
    for route in layout.routes:
        route.points = [(x - left, y - top) for x, y in route.points]
    for slot in (slot for pair in layout.slots for slot in pair):
        slot.x, slot.y = slot.x - left, slot.y - top
    return layout
