"""The route of each edge from the rim of one node to the rim of another. It knows no labels and no colours.

A route is the middle line between the two arrows. An edge to the next column is straight; a longer one, or one of
several between the same two nodes, is a curve through its bends that never goes back in x.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, sin

from gradcli.draw.layout.isotonic import isotonic
from gradcli.draw.layout.layers import Layers
from gradcli.draw.scene import Scene

Position = tuple[float, float]

LANE = 3.4  # half the distance of the two arrows of an edge
LANES_GAP = 54.0  # between edges that join the same two nodes: room for a gradient above a value
RIM_GAP = 3.0  # between a node's rim and an arrow
TEXT_RADIUS = 17.0  # of the round on which edges meet the end of a text
STEP = 16.0  # px between the points of a curve
LEAST_ANGLE = 0.5  # radians between neighbouring arrows at a node, where there is room
STEEPEST = 1.25  # radians from the horizontal at which an edge meets a node


@dataclass(slots=True)
class Route:
    """The middle line of an edge, from its source to its target."""

    points: list[Position]


def make_routes(
    scene: Scene, layers: Layers, places: Sequence[Position], sizes: Sequence[tuple[float, float]]
) -> list[Route]:
    """The routes of the scene's edges, given the places of all vertices and the sizes of the items."""
    inner = _inner_points(layers, places)
    starts = _rim_points(scene, layers, places, sizes, inner, side=1)
    ends = _rim_points(scene, layers, places, sizes, inner, side=-1)
    return [
        Route(_smooth([start, *points, end]) if points else [start, end])
        for start, points, end in zip(starts, inner, ends, strict=True)
    ]


def _rim_points(
    scene: Scene,
    layers: Layers,
    places: Sequence[Position],
    sizes: Sequence[tuple[float, float]],
    inner: Sequence[Sequence[Position]],
    side: int,
) -> list[Position]:
    """Where each edge leaves its source (side 1) or meets its target (side −1)."""
    at: list[list[int]] = [[] for _ in range(layers.count)]
    towards: list[Position] = []
    for number, path in enumerate(layers.paths):
        own, other = (path[0], path[-1]) if side > 0 else (path[-1], path[0])
        at[own].append(number)
        towards.append(inner[number][0 if side > 0 else -1] if inner[number] else places[other])
    found = [(0.0, 0.0)] * len(towards)
    for item, numbers in enumerate(at):
        shape = scene.items[item].shape
        ports = _ports(places[item], sizes[item], shape, side, [towards[number] for number in numbers])
        for number, point in zip(numbers, ports, strict=True):
            found[number] = point
    return found


def _inner_points(layers: Layers, places: Sequence[Position]) -> list[list[Position]]:
    """The points that each edge passes between its ends: its bends, or the middle of its lane."""
    twins: dict[tuple[int, int], list[int]] = {}
    for number, path in enumerate(layers.paths):
        if len(path) == 2:
            twins.setdefault((path[0], path[1]), []).append(number)
    inner = [[places[vertex] for vertex in path[1:-1]] for path in layers.paths]
    for (source, target), numbers in twins.items():
        if len(numbers) < 2:
            continue
        (x1, y1), (x2, y2) = places[source], places[target]
        for lane, number in enumerate(numbers):
            offset = (lane - (len(numbers) - 1) / 2) * LANES_GAP
            inner[number] = [((x1 + x2) / 2, (y1 + y2) / 2 + offset)]
    return inner


def _ports(
    place: Position, size: tuple[float, float], shape: str, side: int, towards: Sequence[Position]
) -> list[Position]:
    """Where the edges to these points meet the rim: on one side of the node, in order, apart from each other."""
    if not towards:
        return []
    x, y = place
    angles = [max(-STEEPEST, min(STEEPEST, atan2(py - y, max(1.0, side * (px - x))))) for px, py in towards]
    order = sorted(range(len(angles)), key=angles.__getitem__)
    least = min(LEAST_ANGLE, 2 * STEEPEST / max(1, len(angles) - 1))
    apart = _apart([angles[i] for i in order], least)
    ports = [(0.0, 0.0)] * len(angles)
    for i, angle in zip(order, apart, strict=True):
        ports[i] = boundary(place, size, shape, side, angle)
    return ports


def _apart(angles: Sequence[float], least: float) -> list[float]:
    """The ascending angles moved as little as may be to lie at least so far apart, within the steepest ones."""
    level = isotonic([angle - index * least for index, angle in enumerate(angles)], [1.0] * len(angles))
    highest = STEEPEST - (len(angles) - 1) * least
    return [max(-STEEPEST, min(highest, base)) + index * least for index, base in enumerate(level)]


def boundary(place: Position, size: tuple[float, float], shape: str, side: int, angle: float) -> Position:
    """The point just outside a shape's rim in the direction of the angle, on the left (side −1) or right side (1)."""
    (x, y), (w, h) = place, size
    if shape == "circle":
        radius = w + RIM_GAP
        return x + side * radius * cos(angle), y + radius * sin(angle)
    if shape == "text":
        return x + side * (w - 11 + TEXT_RADIUS * cos(angle)), y + TEXT_RADIUS * sin(angle)
    # A pill is a box with a half circle at each end; its ports are on the half circle.
    radius = h + RIM_GAP
    return x + side * (w - h + radius * cos(angle)), y + radius * sin(angle)


def _smooth(points: Sequence[Position]) -> list[Position]:
    """Points of a curve y(x) through the given ones that does not overshoot (Fritsch and Carlson 1980)."""
    slopes = [(y2 - y1) / max(1e-9, x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    tangents = [slopes[0]]
    for before, after in pairwise(slopes):
        tangents.append(0.0 if before * after <= 0 else 2 * before * after / (before + after))
    tangents.append(slopes[-1])
    found = [points[0]]
    for (x1, y1), (x2, y2), m1, m2 in zip(points, points[1:], tangents, tangents[1:], strict=False):
        length = x2 - x1
        pieces = max(2, round(length / STEP))
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
