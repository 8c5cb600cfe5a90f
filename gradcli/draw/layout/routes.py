"""The route of each edge from the rim of one node to the rim of another. It knows no labels and no colours.

A route is the middle line between the two arrows. An edge to the next column is straight unless it is steep; a steep
one, a longer one, or one of several between the same two nodes is a curve that never goes back along the flow.

Here x runs along the flow and y across it, whatever the direction is on the page: a half size is (along, across).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, inf, sin, sqrt

from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.layers import Layers
from gradcli.draw.layout.sizes import PORT_GAP, corner

Position = tuple[float, float]

LANE = 3.4  # half the distance of the two arrows of an edge
RIM_GAP = 3.0  # between a node's rim and an arrow
TEXT_RADIUS = 17.0  # of the round on which edges meet the end of a text
STEP = 16.0  # px between the points of a curve
LEAST_RUN = 1.0  # px along the flow that a slope is taken over
ROUND_GAP = 12.5  # between neighbouring arrows on a round
LEAST_ANGLE = 0.5  # radians between neighbouring arrows at a node, where there is room
LEAST_ANGLE_AT_GATE = 0.6  # the same where they are level: they must be apart across the flow
STEEPEST = 1.25  # radians from the flow at which an edge meets a node
STEEPEST_AT_GATE = 0.75  # the same where edges must be level beside the node
LEVEL_END = 14.0  # px that a steep edge is level beside what it leaves or meets, so that its arrowhead is
STAGGER = 9.0  # px by which the level end of a steep edge is longer than that of the next one
STEEP = 1.0  # rise of an edge from which on it is a curve that begins level


@dataclass(slots=True)
class Route:
    """The middle line of an edge, from its source to its target.

    `level` is the middle of a level piece for its labels, if it has one.
    """

    points: list[Position]
    level: Position | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """What edges meet or pass: the middle of a vertex, half its size, and how far from it its column begins and ends.

    `clear` is how far from the middle edges are level beside an operation or past what stands in a column (0: they need
    not be), and for a text how far off the middle is of the round on which they meet its end.
    """

    place: Position
    size: Position = (0.0, 0.0)
    column: Position = (0.0, 0.0)
    is_text: bool = False
    clear: float = 0.0


@dataclass(frozen=True, slots=True)
class Bands:
    """The room that labels need: `shelf` px along the flow and `lanes` px between edges that join the same nodes."""

    shelf: float
    lanes: float


def make_routes(layers: Layers, stops: Sequence[Stop], bands: Bands) -> list[Route]:
    """The routes of the edges, given what stands at each vertex, in coordinates along and across the flow."""
    ways = _ways(layers, stops, bands)
    starts = _rim_points(layers, stops, ways, side=1)
    ends = _rim_points(layers, stops, ways, side=-1)
    routes = []
    for way, path, start, end in zip(ways, layers.paths, starts, ends, strict=True):
        before = [start, *_gate(stops[path[0]], start, 1, way.leaves)]
        after = [*_gate(stops[path[-1]], end, -1, way.arrives)[::-1], end]
        line = [*before, *way.points, *after]
        level = None
        if way.shelf:
            (x1, y1), (x2, _) = before[-2:] if way.shelf > 0 else after[:2]
            level = ((x1 + x2) / 2, y1)
        routes.append(Route(_smooth(line) if len(line) > 2 else line, level))
    return routes


@dataclass(slots=True)
class _Way:
    """What is known of an edge before its ends are: the points between, and where it is level at its ends.

    `leaves` is the x up to which it is level behind its source, `arrives` that from which on it is before its target
    (None: it need not be); `shelf` says at which of the two its labels stand, 1 or −1, or 0 for neither.
    """

    points: list[Position]
    leaves: float | None = None
    arrives: float | None = None
    shelf: int = 0


def _ways(layers: Layers, stops: Sequence[Stop], bands: Bands) -> list[_Way]:
    """The ways of all edges between their ends."""
    ways = [_way(layers, stops, path, bands.shelf) for path in layers.paths]
    twins: dict[tuple[int, ...], list[int]] = {}
    for number, path in enumerate(layers.paths):
        if len(path) == 2:
            twins.setdefault(tuple(path), []).append(number)
    for (source, target), numbers in twins.items():
        for lane, number in enumerate(numbers if len(numbers) > 1 else ()):
            (x1, y1), (x2, y2) = stops[source].place, stops[target].place
            middle = (x1 + stops[source].size[0] + x2 - stops[target].size[0]) / 2
            offset = (lane - (len(numbers) - 1) / 2) * bands.lanes
            way = _Way([(middle, (y1 + y2) / 2 + offset)])
            if ways[number].leaves is not None:
                way.leaves, way.arrives = x1 + stops[source].column[1], x2 - stops[target].column[0]
            ways[number] = way
    _agree(layers, stops, ways)
    _stagger(layers, stops, ways)
    return ways


def _agree(layers: Layers, stops: Sequence[Stop], ways: Sequence[_Way]) -> None:
    """Where one edge is level, those at the same side of the same node are: they would cross its arrowhead."""
    leaving = {path[0] for path, way in zip(layers.paths, ways, strict=True) if way.leaves is not None}
    arriving = {path[-1] for path, way in zip(layers.paths, ways, strict=True) if way.arrives is not None}
    for path, way in zip(layers.paths, ways, strict=True):
        source, target = stops[path[0]], stops[path[-1]]
        if way.leaves is None and path[0] in leaving:
            way.leaves = source.place[0] + source.column[1]
        if way.arrives is None and path[-1] in arriving:
            way.arrives = target.place[0] - target.column[0]


def _stagger(layers: Layers, stops: Sequence[Stop], ways: Sequence[_Way]) -> None:
    """Of the edges that come steeply from one side, those from near are level before those from far."""
    beside: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for number, (path, way) in enumerate(zip(layers.paths, ways, strict=True)):
        if way.arrives is not None and len(path) == 2:
            rise = stops[path[1]].place[1] - stops[path[0]].place[1]
            beside.setdefault((path[1], rise > 0), []).append((abs(rise), number))
    for found in beside.values():
        for rank, (_, number) in enumerate(sorted(found, reverse=True)):
            way, target = ways[number], stops[layers.paths[number][1]]
            room = target.place[0] - target.column[0] - (way.leaves or -inf)
            if way.arrives is not None:
                way.arrives -= min(rank * STAGGER, 0.3 * room)


def _way(layers: Layers, stops: Sequence[Stop], path: Sequence[int], shelf: float) -> _Way:
    """Through its bends, or straight. What is steep rises between the columns only, where nothing stands; an edge to
    the next column then has a shelf at an end where there are no others.
    """
    source, target = stops[path[0]], stops[path[-1]]
    leaves, arrives = source.place[0] + source.column[1], target.place[0] - target.column[0]
    way = _Way([point for vertex in path[1:-1] for point in _past(stops[vertex])])
    x1, y1 = way.points[0] if way.points else (arrives, target.place[1])
    x2, y2 = way.points[-1] if way.points else (leaves, source.place[1])
    if abs(y1 - source.place[1]) > STEEP * (x1 - leaves):
        way.leaves = leaves
    if abs(y2 - target.place[1]) > STEEP * (arrives - x2):
        way.arrives = arrives
    if way.leaves is None or way.points:
        return way
    length = min(shelf, 0.6 * (arrives - leaves))
    if len(layers.right[path[0]]) == 1:
        way.shelf, way.leaves = 1, leaves + length
    elif len(layers.left[path[1]]) == 1:
        way.shelf, way.arrives = -1, arrives - length
    return way


def _gate(stop: Stop, port: Position, side: int, level: float | None) -> list[Position]:
    """The point up to which an edge is level beside what it leaves or meets, if it must be."""
    x = stop.place[0] + side * (0.0 if stop.is_text else stop.clear)
    if level is not None:
        x = side * max(side * x, side * level, side * port[0] + LEVEL_END)
    return [(x, port[1])] if side * (x - port[0]) > 4 else []


def _past(stop: Stop) -> list[Position]:
    """Where an edge passes a column: level as far as what stands there reaches."""
    x, y = stop.place
    return [(x - stop.clear, y), (x + stop.clear, y)] if stop.clear > STEP else [(x, y)]


def _rim_points(layers: Layers, stops: Sequence[Stop], ways: Sequence[_Way], side: int) -> list[Position]:
    """Where each edge leaves its source (side 1) or meets its target (side −1)."""
    at: list[list[int]] = [[] for _ in range(layers.count)]
    angles: list[float] = []
    for number, (path, way) in enumerate(zip(layers.paths, ways, strict=True)):
        own, other = (path[0], path[-1]) if side > 0 else (path[-1], path[0])
        at[own].append(number)
        px, py = way.points[0 if side > 0 else -1] if way.points else stops[other].place
        x, y = stops[own].place
        angles.append(atan2(py - y, max(1.0, side * (px - x))))
    found = [(0.0, 0.0)] * len(angles)
    for item, numbers in enumerate(at):
        level = [(way.leaves if side > 0 else way.arrives) is not None for way in (ways[number] for number in numbers)]
        ports = _ports(stops[item], side, [angles[number] for number in numbers], level)
        for number, point in zip(numbers, ports, strict=True):
            found[number] = point
    return found


def _ports(stop: Stop, side: int, wanted: Sequence[float], level: Sequence[bool]) -> list[Position]:
    """Where edges in these directions meet the rim: on one side of the node, in order, apart from each other.

    Edges that are level first meet it no steeper than they can be led to where they are.
    """
    if not wanted:
        return []
    steepest = STEEPEST_AT_GATE if stop.clear and not stop.is_text else STEEPEST
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    flat = 0.0 if len(wanted) == 1 else STEEPEST_AT_GATE
    angles = [
        max(-most, min(most, angle))
        for angle, most in ((a, flat if b else steepest) for a, b in zip(wanted, level, strict=True))
    ]
    straight = stop.size[1] - corner(stop.size)
    ports = [(0.0, 0.0)] * len(angles)
    if straight > 1 and not stop.is_text:
        gap = min(PORT_GAP, 2 * (straight + 0.5 * corner(stop.size)) / max(1, len(angles) - 1))
        for rank, index in enumerate(order):
            ports[index] = _on_side(stop, side, (rank - (len(angles) - 1) / 2) * gap)
        return ports
    least = LEAST_ANGLE_AT_GATE if any(level) and not stop.is_text else LEAST_ANGLE
    least = min(least, 2 * steepest / max(1, len(angles) - 1))
    apart = _apart([angles[index] for index in order], least, steepest)
    closest = min((y - x for x, y in pairwise(apart)), default=1.0)
    radius = max(TEXT_RADIUS, ROUND_GAP / closest) if stop.is_text else 0.0
    for index, angle in zip(order, apart, strict=True):
        ports[index] = _on_round(stop, side, angle, radius)
    return ports


def _apart(angles: Sequence[float], least: float, steepest: float) -> list[float]:
    """The ascending angles moved as little as may be to lie at least so far apart, within the steepest ones."""
    level = isotonic([angle - index * least for index, angle in enumerate(angles)], [1.0] * len(angles))
    highest = steepest - (len(angles) - 1) * least
    return [max(-steepest, min(highest, base)) + index * least for index, base in enumerate(level)]


def _on_round(stop: Stop, side: int, angle: float, radius: float) -> Position:
    """The point just outside a round end in the direction of the angle; for a text on a round of the given radius."""
    (x, y), (a, b) = stop.place, stop.size
    if stop.is_text:
        return x + side * (stop.clear + radius * cos(angle)), y + radius * sin(angle)
    radius = b + RIM_GAP
    return x + side * (a - b + radius * cos(angle)), y + radius * sin(angle)


def _on_side(stop: Stop, side: int, offset: float) -> Position:
    """The point just outside a long side of a shape, so far from its middle; the corners are round."""
    (x, y), (a, b) = stop.place, stop.size
    radius = corner(stop.size)
    past = max(0.0, abs(offset) - (b - radius))
    return x + side * (a - radius + sqrt(max(0.0, (radius + RIM_GAP) ** 2 - past * past))), y + offset


def _smooth(points: Sequence[Position]) -> list[Position]:
    """Points of a curve y(x) through the given ones that does not overshoot (Fritsch and Carlson 1980)."""
    # Beside a node's long side points may come to lie above each other: there a curve is steep, and not endless.
    slopes = [(y2 - y1) / max(LEAST_RUN, x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    tangents = [slopes[0]]
    for before, after in pairwise(slopes):
        tangents.append(0.0 if before * after <= 0 else 2 * before * after / (before + after))
    tangents.append(slopes[-1])
    found = [points[0]]
    for (x1, y1), (x2, y2), m1, m2 in zip(points, points[1:], tangents, tangents[1:], strict=False):
        length = x2 - x1
        pieces = max(2, round(hypot(length, y2 - y1) / STEP))
        for piece in range(1, pieces + 1):
            t = piece / pieces
            a, b = (1 + 2 * t) * (1 - t) ** 2, t * (1 - t) ** 2
            c, d = t * t * (3 - 2 * t), t * t * (t - 1)
            found.append((x1 + t * length, a * y1 + b * length * m1 + c * y2 + d * length * m2))
    return found


def shifted(points: Sequence[Position], distance: float) -> list[Position]:
    """The line beside another one, to its right as one looks along it (below, for a line that goes to the right)."""
    found = []
    for index, (x, y) in enumerate(points):
        (x1, y1), (x2, y2) = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
        length = hypot(x2 - x1, y2 - y1) or 1.0
        found.append((x - (y2 - y1) / length * distance, y + (x2 - x1) / length * distance))
    return found
