"""The shape of an arrow: a line, straight or of cubic Bézier pieces, and the triangle that is its head."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from gradcli.draw.layout.routes import Position

FORWARD_HEAD = (9.0, 3.8)  # length and half the width
BACKWARD_HEAD = (11.0, 5.4)
COVERED = 0.8  # of a head's length that the line ends behind its tip
MOST_TURN = 0.8  # radians by which one piece of a curve turns at most
MOST_OFF = 0.8  # px by which the middle of a piece is off the route: its two arrows must stay parallel
MOST_POINTS = 30  # of the route that one piece of a curve stands for


class Arrow(NamedTuple):
    """A line's points, of a curve behind the first one in threes: two control points, and the end of the piece.

    The head has its tip first.
    """

    line: list[Position]
    is_curve: bool
    head: list[Position]


def make_arrow(points: Sequence[Position], head: tuple[float, float]) -> Arrow:
    """A line that ends in a head; the line stops inside the head, so that its tip is sharp."""
    (x1, y1), (x2, y2) = points[-2:]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    size, half = head
    bx, by = x2 - ux * size, y2 - uy * size
    corners = [(x2, y2), (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half)]
    inside = (x2 - ux * size * COVERED, y2 - uy * size * COVERED)
    # On a curve, points may lie inside the head already.
    rest = [p for p in points[:-1] if hypot(p[0] - x2, p[1] - y2) > size]
    line = [*(rest or points[:1]), inside]
    return Arrow(line, False, corners) if len(line) < 4 else Arrow(_curve(line), True, corners)


def _curve(points: Sequence[Position]) -> list[Position]:
    """Pieces of a curve that have the line's directions at their ends."""
    directions = [_direction(points, place) for place in range(len(points))]
    kept, turned = [0], 0.0
    for place in range(1, len(points) - 1):
        (ux, uy), (vx, vy) = directions[place], directions[place + 1]
        turned += abs(ux * vy - uy * vx)  # the sine of a small angle
        is_off = place + 1 - kept[-1] > 1 and _off(points, directions, kept[-1], place + 1) > MOST_OFF
        if is_off or turned > MOST_TURN or place - kept[-1] >= MOST_POINTS:
            kept.append(place)
            turned = 0.0
    found = [points[0]]
    for first, second in pairwise([*kept, len(points) - 1]):
        found += _piece(points, directions, first, second)
    return found


def _piece(
    points: Sequence[Position], directions: Sequence[Position], first: int, second: int
) -> tuple[Position, Position, Position]:
    """The control points and the end of a piece between two points."""
    (x1, y1), (x2, y2) = points[first], points[second]
    (ux, uy), (vx, vy) = directions[first], directions[second]
    reach = hypot(x2 - x1, y2 - y1) / 3
    return (x1 + ux * reach, y1 + uy * reach), (x2 - vx * reach, y2 - vy * reach), (x2, y2)


def _off(points: Sequence[Position], directions: Sequence[Position], first: int, second: int) -> float:
    """How far the middle of a piece is from the line there."""
    (x1, y1), ((x2, y2), (x3, y3), (x4, y4)) = points[first], _piece(points, directions, first, second)
    x, y = (x1 + 3 * (x2 + x3) + x4) / 8, (y1 + 3 * (y2 + y3) + y4) / 8
    low, high = points[(first + second) // 2], points[(first + second + 1) // 2]
    ux, uy = directions[(first + second) // 2]
    return abs(ux * (y - (low[1] + high[1]) / 2) - uy * (x - (low[0] + high[0]) / 2))


def _direction(points: Sequence[Position], place: int) -> Position:
    """The direction of the line at one of its points, of length 1."""
    (x1, y1), (x2, y2) = points[max(0, place - 1)], points[min(len(points) - 1, place + 1)]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    return (x2 - x1) / length, (y2 - y1) / length
