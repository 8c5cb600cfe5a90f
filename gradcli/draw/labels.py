"""Where the labels of edges stand: the value above its edge and the gradient below, touching nothing.

Each label gets a slot, a box with room for most numbers, so that its place does not depend on the number; a longer
number is set smaller. A slot touches no other slot, no node, no name and no badge; it keeps off lines where it can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from math import hypot

from gradcli.draw.box import Box, Grid, Ink
from gradcli.draw.ways import LANE, Way

HALF_WIDTHS = (27.0, 20.0)  # of a slot: `−0.08517` at 13 px, or where that finds no place `0.1779`
HALF_HEIGHT = 7.0
NOMINAL = 15.0  # half the width of a common number, by which the distance from the line is chosen
MOST = 40.0  # a slot grows up to this half width where there is room: `−1.234e−05`
CLEAR = 2.5  # px between a line and a label, and between two labels
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8, 0.14, 0.86)  # along the edge, the best first
LIFTS = (0.0, 5.0, 11.0, 18.0)  # additional distances from the line


@dataclass(slots=True)
class Slot:
    """The place of a label: its middle, and half the width that it may have."""

    x: float
    y: float
    half_width: float


def place_labels(
    ways: Sequence[Way], obstacles: Sequence[Box], lines: Ink, last: bool = False
) -> list[tuple[Slot, Slot]] | None:
    """For each way a slot above and one below; None where one finds no place, unless this is the last attempt."""
    nodes, taken = Grid(obstacles), Grid()
    boxes: list[Box] = []
    for way in ways:
        for side in (-1, 1):
            box = next(filter(None, (_best(way, side, nodes, taken, lines, half) for half in HALF_WIDTHS)), None)
            if box is None:
                if not last:
                    return None
                box = _anywhere(way, side, nodes, taken)
            taken.add(box)
            boxes.append(box)
    return _widened(boxes, nodes)


def _best(way: Way, side: int, nodes: Grid, taken: Grid, lines: Ink, half_width: float) -> Box | None:
    """The free place that lies on the fewest lines; of equal ones the nearest to the line and its middle."""
    best: Box | None = None
    least = float("inf")
    spots = _spots(way)
    for lift_rank, lift in enumerate(LIFTS):
        for rank, ((x, y), (nx, ny)) in enumerate(spots):
            cost = lift_rank * 1.6 + rank * 0.25
            if cost >= least:
                break
            reach = LANE + CLEAR + lift + abs(nx) * NOMINAL + abs(ny) * HALF_HEIGHT
            box = Box(x + side * nx * reach, y + side * ny * reach, half_width, HALF_HEIGHT)
            if nodes.touched(box, CLEAR) or taken.touched(box, 1.0):
                continue
            cost += 0.6 * lines.under(Box(box.x, box.y, NOMINAL, HALF_HEIGHT - 2))
            if cost < least:
                best, least = box, cost
    return best


def _anywhere(way: Way, side: int, nodes: Grid, taken: Grid) -> Box:
    """A free place as near to the middle of the way as there is one."""
    (x, y), _ = _spots(way)[0]
    for ring in count(1):
        for dx in range(-ring, ring + 1):
            for dy in (side * ring, side * (ring - abs(dx))):
                box = Box(x + dx * 12.0, y + dy * 12.0, HALF_WIDTHS[0], HALF_HEIGHT)
                if not nodes.touched(box, CLEAR) and not taken.touched(box, 1.0):
                    return box
    raise AssertionError("the plane has no end")


def _spots(way: Way) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Points along a way, the best first, each with the normal that points down."""
    points = way.points
    found = []
    lengths = [0.0]
    for (x1, y1), (x2, y2) in pairwise(points):
        lengths.append(lengths[-1] + hypot(x2 - x1, y2 - y1))
    for share in SPOTS:
        wanted = share * lengths[-1]
        piece = next(i for i in range(1, len(lengths)) if lengths[i] >= wanted)
        (x1, y1), (x2, y2) = points[piece - 1], points[piece]
        length = lengths[piece] - lengths[piece - 1] or 1.0
        t = (wanted - lengths[piece - 1]) / length
        found.append(((x1 + t * (x2 - x1), y1 + t * (y2 - y1)), (-(y2 - y1) / length, (x2 - x1) / length)))
    return found


def _widened(boxes: Sequence[Box], nodes: Grid) -> list[tuple[Slot, Slot]]:
    """Slots as wide as their surroundings let them be."""
    taken = Grid(boxes)
    slots = []
    for box in boxes:
        wide = Box(box.x, box.y, MOST, box.half_height)
        others = [other for other in taken.near(wide) if other is not box]
        if not nodes.touched(wide, CLEAR) and not any(wide.touches(other, 1.0) for other in others):
            box.half_width = MOST
            taken.add(box)
        slots.append(Slot(box.x, box.y, box.half_width))
    return list(zip(slots[::2], slots[1::2], strict=True))
