"""Where the edges run: which of them cross a box, and how far they are from a point. It knows no labels."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, hypot

from gradcli.draw.layout.boxes import CELL, Box
from gradcli.draw.layout.routes import LANE, Position, Route

REACH = 48.0  # px: how far from a point its edges are found
WIDEST = 40.0  # px: half a box that can be seen from its middle
LONGEST = 64.0  # px of a segment
BENT = 0.1  # px by which a curve is off the segment that stands for a piece of it: a tenth of what labels keep clear
KEEP_OFF = LANE + 5.5  # from an edge's middle to what is not its own: half its breadth, an arrow's head, a halo
KEEP_OFF_OWN = LANE + 1.5  # from an edge's middle to its own label

# An edge, and the middle, half the vector, half the length, half the width and half the height of a straight piece.
Segment = tuple[int, float, float, float, float, float, float, float]


class Lines:
    """The edges' routes in short segments, by the cells of the plane from which they may be seen."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.cells: dict[tuple[int, int], list[Segment]] = {}
        for edge, route in enumerate(routes):
            for (x1, y1), (x2, y2) in pairwise(_straightened(route.points)):
                pieces = max(1, ceil(hypot(x2 - x1, y2 - y1) / LONGEST))
                hx, hy = (x2 - x1) / pieces / 2, (y2 - y1) / pieces / 2
                half = hypot(hx, hy)
                for piece in range(pieces):
                    x, y = x1 + (2 * piece + 1) * hx, y1 + (2 * piece + 1) * hy
                    self._add((edge, x, y, hx, hy, half, abs(hx), abs(hy)))

    def _add(self, segment: Segment) -> None:
        _, x, y, _, _, _, width, height = segment
        across, down = width + REACH, height + REACH
        for column in range(int((x - across) // CELL), int((x + across) // CELL) + 1):
            for row in range(int((y - down) // CELL), int((y + down) // CELL) + 1):
                self.cells.setdefault((column, row), []).append(segment)

    def near(self, x: float, y: float) -> Sequence[Segment]:
        """The segments that may be nearer than the reach to a point."""
        return self.cells.get((int(x // CELL), int(y // CELL)), ())

    def cross(self, box: Box, own: int = -1) -> bool:
        """Whether an edge crosses a box or comes too close to it; the box's own edge may come closer than others."""
        if box.half_width > WIDEST:
            pieces = ceil(box.half_width / WIDEST)
            half = box.half_width / pieces
            left = box.x - box.half_width + half
            parts = (Box(left + 2 * half * piece, box.y, half, box.half_height) for piece in range(pieces))
            return any(self.cross(part, own) for part in parts)
        x, y, width, height = box.x, box.y, box.half_width, box.half_height
        wide, high = width + KEEP_OFF, height + KEEP_OFF
        for edge, mx, my, hx, hy, half, across, down in self.near(x, y):
            # They are apart if they are so along y, x or the normal of the segment.
            dy, reach = my - y, high + down
            if dy > reach or -dy > reach:
                continue
            dx, reach = mx - x, wide + across
            if dx > reach or -dx > reach:
                continue
            gap = KEEP_OFF_OWN if edge == own else KEEP_OFF
            if edge == own and (abs(dx) > width + gap + across or abs(dy) > height + gap + down):
                continue
            if abs(dx * hy - dy * hx) <= width * down + height * across + gap * half:
                return True
        return False

    def lead(self, x: float, y: float, own: int) -> float:
        """By how many px a point is nearer to its own edge than to every other; at most the reach."""
        nearest, others = self.distances(x, y, own)
        return others - nearest

    def distances(self, x: float, y: float, own: int) -> tuple[float, float]:
        """How far a point is from its own edge, and from the nearest other one; at most the reach."""
        nearest = others = REACH * REACH
        for edge, mx, my, hx, hy, half, _, _ in self.near(x, y):
            dx, dy = x - mx, y - my
            # The nearest point of the segment: an end, or the foot of the perpendicular.
            along, whole = dx * hx + dy * hy, half * half
            share = -1.0 if along < -whole else 1.0 if along > whole else along / (whole or 1.0)
            dx -= share * hx
            dy -= share * hy
            distance = dx * dx + dy * dy
            if edge == own:
                nearest = min(nearest, distance)
            elif distance < others:
                others = distance
        return float(nearest**0.5), float(others**0.5)


def _straightened(points: Sequence[Position]) -> list[Position]:
    """The points of a line without those that hardly matter; a segment's ends are not further apart than the longest.

    The curves of a wide fan are long and nearly straight, and all that is asked of lines takes time for each segment.
    """
    kept = [0]
    for place in range(2, len(points)):
        (x1, y1), (x2, y2) = points[kept[-1]], points[place]
        dx, dy = x2 - x1, y2 - y1
        length = hypot(dx, dy)
        off = (abs((x - x1) * dy - (y - y1) * dx) for x, y in points[kept[-1] + 1 : place])
        if length > LONGEST or max(off) > BENT * length:
            kept.append(place - 1)
    return [points[place] for place in (*kept, len(points) - 1)]
