"""Where everything stands: the one layered layout that SVG, PNG and the page share. Positions do not depend on values.

Lengths are in px; x grows to the right and y downwards. The columns and their order come from `layers`, the room that
things take from `sizes`, the ways of edges from `routes`, the places of labels from `labels`; this module gives nodes
their place. It works in coordinates along and across the flow, which are x and y in a picture that flows to the right;
for one that flows down they change places at the end, and its columns are rows on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from gradcli.draw import numbers
from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.labels import NUMBER, Rooms, Slot, place_labels
from gradcli.draw.layout.layers import Layers, make_layers
from gradcli.draw.layout.lines import Lines
from gradcli.draw.layout.routes import LANE, LEVEL_END, Bands, Position, Route, Stop, make_routes, shifted
from gradcli.draw.layout.sizes import (
    BEND_ROOM,
    BIGGEST_ROUND,
    Size,
    across,
    along,
    badge_size,
    name_size,
    size_of,
)
from gradcli.draw.matrices import ROW, Matrix, block
from gradcli.draw.products import product
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.text import Ratio

COLUMN_GAP, ROW_GAP = 100.0, 40.0  # along and across the flow to the right
COLUMN_GAP_DOWN, ROW_GAP_DOWN = 90.0, 84.0  # the same for the flow down: labels stand beside the arrows
ROOMY = 12  # things in a column up to which the rows have all of their gap
LEAST_ROW_GAP = 28.0
MOST_BESIDE = 6  # arguments of an operation that stand side by side in a picture that flows down
BESIDE_LABEL = 32.0  # px of an edge that its label leaves free: arrows' heads, and ends that are steep
BESIDE_MATRIX = 3.0  # px at each side of a matrix: two side by side do not look like one
SLANT = 0.45  # px along the flow for each px that an edge goes across it
LONGEST_GAP = 480.0
LEVEL_ENDS = 60.0  # px of a steep edge besides, a shelf for its labels and a level end
LANES_GAP = 54.0  # between edges that join the same two nodes: room for a gradient above a value
SHELF_DOWN = 44.0
MARGIN = 24.0
MORE = 1.15  # room of each attempt over that of the one before
MOST_ROOM = 2.0  # times the least gaps: a label that is not clear even so is better than a picture that is not seen
MANY = 0.06  # of the edges: where more labels have no place at all, the next attempt has still more room
ATTEMPTS = 7  # with more room each time, until every label has a clear place
WORK = 600  # vertices, bends included, in all attempts: the time is bounded


@dataclass(slots=True)
class Layout:
    """The places of everything: one entry for each item (`places`, its middle) or edge (`routes`, `slots`).

    `sizes` are half widths and half heights of the items' shapes. A slot is where an edge's label stands: value and
    gradient. `names` and `badges` are the boxes of what stands beside items (None: there is none). `down` says that
    values flow down, and not to the right.
    """

    width: float
    height: float
    down: bool
    places: list[Position]
    sizes: list[Size]
    names: list[Box | None]
    badges: list[Box | None]
    routes: list[Route]
    slots: list[tuple[Slot, Slot]] = field(default_factory=list)

    def arrows(self, edge: int) -> tuple[list[Position], list[Position]]:
        """The lines of an edge's arrows from tail to head: the forward one (above or to the left), the backward one."""
        lane = LANE if self.down else -LANE
        points = self.routes[edge].points
        return shifted(points, lane), shifted(points, -lane)[::-1]


def make_layout(scene: Scene) -> Layout:
    """Lay a scene out. The time grows little faster than the picture: half a second is enough for 150 nodes.

    Where a label finds no clear place, all is tried again with more room; of several attempts the best is kept. A large
    picture in which many find none at once, as a wide fan, is given much more room without a second look.
    """
    plan = _Plan(scene)
    best, labels = None, None
    room = 1.0
    many = max(2, MANY * len(scene.edges))
    attempts = max(1, min(ATTEMPTS, WORK // len(plan.layers.column_of)))
    for left in reversed(range(attempts)):
        layout, lines = plan.attempt(room)
        if not any(above or below for above, below in plan.rooms):
            return _moved_to_origin(layout)
        obstacles = _obstacles(layout)
        gives_up = left > 0 and room == 1.0 and attempts < ATTEMPTS
        found = place_labels(
            layout.routes,
            plan.rooms,
            obstacles,
            lines,
            labels,
            down=layout.down,
            heights=plan.heights,
            most_hard=many if gives_up else inf,
        )
        if found is not None:
            best, labels = layout, found
            best.slots = found.slots
            if not found.bad:
                break
        if labels is None:
            room = MORE**4
        else:
            room *= MORE * MORE if len(labels.hard) > many else MORE
        if room > MOST_ROOM:
            break
    assert best is not None
    return _moved_to_origin(best)


def _rooms(scene: Scene, edge: Edge) -> Rooms:
    """The widths that the labels of an edge may have."""
    above = _room(edge.value) if scene.has_values else ()
    if not edge.backward:
        return above, ()
    if edge.chain:
        return above, (max(width(product(edge.label), LABEL_FONT) / 2 + 1, above[-1] if above else 0.0),)
    return above, _room(edge.gradient) if scene.has_values else ()


def _room(value: object) -> tuple[float, ...]:
    """The widths that a number may have; a long fraction and a matrix stand as they are."""
    if isinstance(value, Matrix):
        return (max(block(value).half_width + BESIDE_MATRIX, NUMBER[-1]),)
    half = width(numbers.number(value), LABEL_FONT) / 2 + 1 if isinstance(value, Ratio) else 0.0
    return (half,) if half > NUMBER[0] else NUMBER


def _height(value: object) -> float:
    """Half the height of a label of several lines, 0 of another."""
    rows = block(value).rows if isinstance(value, Matrix) else []
    return ROW * len(rows) / 2 if len(rows) > 1 else 0.0


class _Plan:
    """What all attempts share: columns, sizes, and what labels need."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.down = down = scene.direction == "down"
        ends = [(edge.source, edge.target) for edge in scene.edges]
        self.layers = make_layers(len(scene.items), ends, MOST_BESIDE if down else None)
        self.rooms = [_rooms(scene, edge) for edge in scene.edges]
        self.heights = [(_height(edge.value), _height(edge.gradient)) for edge in scene.edges] if scene.arrays else []
        self.taller = sum(max((pair[side] for pair in self.heights), default=0.0) for side in (0, 1))
        count = self.layers.count
        pairs = zip(self.layers.left[:count], self.layers.right, strict=False)
        met = [max(len(left), len(right)) for left, right in pairs]
        self.sizes = [size_of(item, edges, down) for item, edges in zip(scene.items, met, strict=True)]
        least = [2 * max((*above[-1:], *below[-1:]), default=0.0) for above, below in self.rooms]
        self.widest = max(least)
        self.longest = [0.0] * len(self.layers.columns)
        for path, length in zip(self.layers.paths, least, strict=True):
            if len(path) == 2 and not down:
                column = self.layers.column_of[path[0]]
                self.longest[column] = max(self.longest[column], 1.2 * length + BESIDE_LABEL)

    def attempt(self, room: float) -> tuple[Layout, Lines]:
        """A layout without labels, its gaps this many times the least ones."""
        stops = self._stops(room)
        shelf = SHELF_DOWN + self.taller if self.down else self.widest + 12
        lanes = room * (self.widest + 20 if self.down else LANES_GAP + 2 * self.taller)
        routes = make_routes(self.layers, stops, Bands(shelf, lanes))
        count = self.layers.count
        places = [stop.place for stop in stops[:count]]
        if self.down:
            places = [(x, y) for y, x in places]
            routes = [_turned(route) for route in routes]
        each = list(zip(self.scene.items, places, self.sizes, strict=True))
        names = [_name_box(*one, self.down) for one in each]
        lines = Lines(routes)
        badges = [_badge_box(*one, lines, self.down) for one in each]
        return Layout(0.0, 0.0, self.down, places, self.sizes, names, badges, routes), lines

    def _stops(self, room: float) -> list[Stop]:
        """The vertices, bends included. Leaves stand at the end of their column, close to their consumers."""
        items, layers, count = self.scene.items, self.layers, self.layers.count
        ys = self._across(room)
        stops = [Stop((0.0, 0.0))] * len(layers.column_of)
        edge = 0.0
        for number, column in enumerate(layers.columns):
            if number:
                edge -= self._gap(number, ys, room)
            lengths = {v: along(items[v], self.sizes[v], self.down) for v in column if v < count}
            whole = max(lengths.values(), default=2.0)
            for vertex in column:
                stops[vertex] = self._stop(vertex, ys[vertex], edge, whole)
            edge -= whole
        return stops

    def _stop(self, vertex: int, y: float, edge: float, whole: float) -> Stop:
        """What stands in a column that ends at an edge and is so wide as a whole."""
        x = edge - whole / 2
        if vertex >= self.layers.count:
            return Stop((x, y), clear=whole / 2)
        item, size = self.scene.items[vertex], self.sizes[vertex]
        half = (size[1], size[0]) if self.down else size
        if item.shape == "text":
            x = edge - whole + half[0] if item.node < 0 else edge - half[0]
            clear = half[0] - (2.0 if self.down else 11.0)
        else:
            clear = _clear(item, size, self.down)
        return Stop((x, y), half, (x - edge + whole, edge - x), item.shape == "text", clear)

    def _gap(self, column: int, ys: Sequence[float], room: float) -> float:
        """The gap between a column and the one before it, nearer to the output: wide for long labels, steep edges."""
        layers = self.layers
        rise = max(abs(ys[x] - ys[y]) for x in layers.columns[column] for y in layers.right[x])
        least = COLUMN_GAP_DOWN + self.taller if self.down else COLUMN_GAP
        gap = max(least, self.longest[column]) * room
        return max(gap, min(SLANT * rise, LONGEST_GAP) + LEVEL_ENDS) if rise > gap else gap

    def _across(self, room: float) -> list[float]:
        """The place of each vertex across the flow: close to the mean of its neighbours, their order and room kept.

        Sweeps over the columns; each solves its column exactly, as a weighted isotonic regression. Edges over several
        columns weigh more, so that they come out straight (Gansner et al. 1993 use the same weights), and those of a
        wide fan less, so that what is before them stands before what reads it.
        """
        layers = self.layers
        offsets = self._offsets(room)
        ys = [0.0] * len(layers.column_of)
        for column, offset in zip(layers.columns, offsets, strict=True):
            for vertex, y in zip(column, offset, strict=True):
                ys[vertex] = y - offset[-1] / 2
        weights = [4.0 if vertex >= layers.count else 1.0 for vertex in range(len(ys))]
        sweeps = max(3, min(16, 16_000 // len(ys)))
        fans = [
            1 / max(1.0, len(left) - 4.0, len(right) - 4.0)
            for left, right in zip(layers.left, layers.right, strict=True)
        ]
        columns = list(zip(layers.columns, offsets, strict=True))
        for sweep in range(2 * sweeps):
            for column, offset in columns if sweep % 2 == 0 else reversed(columns):
                _settle(column, offset, layers, weights, fans, ys)
        return ys

    def _offsets(self, room: float) -> list[list[float]]:
        """For each column the least distance of each vertex from the first."""
        items, count = self.scene.items, self.layers.count
        extents = [across(item, size, self.down) for item, size in zip(items, self.sizes, strict=True)]
        gap = self._row_gap() * room
        found = []
        for column in self.layers.columns:
            offset, total, before = [], 0.0, 0.0
            for index, vertex in enumerate(column):
                up, down = extents[vertex] if vertex < count else (BEND_ROOM, BEND_ROOM)
                if index:
                    total += before + up + (gap if vertex < count or column[index - 1] < count else gap / 2)
                offset.append(total)
                before = down
            found.append(offset)
        return found

    def _row_gap(self) -> float:
        if self.down:
            return max(ROW_GAP_DOWN, self.widest + 24)
        most = max(sum(vertex < self.layers.count for vertex in column) for column in self.layers.columns)
        return max(LEAST_ROW_GAP, ROW_GAP * min(1.0, ROOMY / most)) + 2 * self.taller


def _turned(route: Route) -> Route:
    """The route with x and y exchanged."""
    return Route([(y, x) for x, y in route.points], route.level and (route.level[1], route.level[0]))


def _settle(
    column: Sequence[int],
    offset: Sequence[float],
    layers: Layers,
    weights: Sequence[float],
    fans: Sequence[float],
    ys: list[float],
) -> None:
    """Move the vertices of a column as near to the means of their neighbours as their order and room let them."""
    wanted, pulls = [], []
    for vertex, at in zip(column, offset, strict=True):
        total = pull = 0.0
        for x in (*layers.left[vertex], *layers.right[vertex]):
            weight = weights[x] * weights[vertex] * min(fans[x], fans[vertex])
            total += weight * ys[x]
            pull += weight
        wanted.append((total / pull if pull else ys[vertex]) - at)
        pulls.append(pull or 1.0)
    for vertex, at, level in zip(column, offset, isotonic(wanted, pulls), strict=True):
        ys[vertex] = level + at


def _clear(item: Item, size: Size, down: bool) -> float:
    """How far from an operation's middle its edges are level, lest they run into its name or into each other."""
    name = name_size(item)
    if down:
        return size[1] + (LEVEL_END if item.badge or size[0] > BIGGEST_ROUND else 0.0)
    beside = name[0] + 6 if name and name[0] > size[0] - 4 else 0.0
    return max(beside, size[0] + LEVEL_END if size[1] > BIGGEST_ROUND else 0.0)


def _name_box(item: Item, place: Position, size: Size, down: bool) -> Box | None:
    """Above an operation; beside it in a picture that flows down, and there above its badge."""
    half = name_size(item) if item.shape != "text" else None
    if half is None:
        return None
    if down:
        return Box(place[0] + size[0] + 8 + half[0], place[1] - (10 if item.badge else 0), *half)
    return Box(place[0], place[1] - size[1] - 10, *half)


def _badge_box(item: Item, place: Position, size: Size, lines: Lines, down: bool) -> Box | None:
    """Below an operation, where it covers the fewest lines, or below its name in a picture that flows down; before a
    leaf.
    """
    if not item.badge:
        return None
    x, y = place
    half = (badge_size(item)[0] / 2, badge_size(item)[1] / 2)
    if item.shape == "text":
        return Box(x, y - size[1] - 6 - half[1], *half) if down else Box(x - size[0] - 10 - half[0], y, *half)
    if down:
        return Box(x + size[0] + 8 + half[0], y + (half[1] + 1 if name_size(item) else 0), *half)
    below = y + size[1] + 5 + half[1]
    spots = [Box(x + shift, below + drop, *half) for drop in (0.0, 12.0) for shift in (0.0, 24.0, -24.0, 40.0, -40.0)]
    # Arrows that only touch the rim of a badge are better than those that end under it.
    return min(spots, key=lambda box: lines.cross(box) + lines.cross(Box(box.x, box.y, half[0] - 9, half[1] - 9)))


def _obstacles(layout: Layout) -> list[Box]:
    """What a label must not touch: shapes, names, badges."""
    shapes = [Box(x, y, w, h) for (x, y), (w, h) in zip(layout.places, layout.sizes, strict=True)]
    return shapes + [box for box in (*layout.names, *layout.badges) if box is not None]


def _moved_to_origin(layout: Layout) -> Layout:
    """Shift everything so that the picture begins at (0, 0) with a margin."""
    slots = [slot for pair in layout.slots for slot in pair]
    boxes = _obstacles(layout) + [Box(one.x, one.y, one.half_width, max(8.0, one.half_height)) for one in slots]
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
