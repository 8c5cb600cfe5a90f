"""A rectangle, and a grid that finds the rectangles near another one."""

from collections.abc import Iterable
from dataclasses import dataclass

CELL = 64.0  # px: about as large as a label


@dataclass(slots=True)
class Box:
    """A rectangle by its middle and half its sides, in px."""

    x: float
    y: float
    half_width: float
    half_height: float

    def touches(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the two overlap, or come closer than the gap."""
        return (
            abs(self.x - other.x) < self.half_width + other.half_width + gap
            and abs(self.y - other.y) < self.half_height + other.half_height + gap
        )


class Boxes:
    """Boxes by the cells of the plane that they cover."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Put a box in."""
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append(box)

    def near(self, box: Box) -> list[Box]:
        """The boxes in the cells that this one covers."""
        return [other for cell in _cells(box) for other in self.cells.get(cell, ())]

    def touched(self, box: Box, gap: float = 0.0) -> bool:
        """Whether any box in the grid touches this one, or comes closer than the gap."""
        x, y, width, height = box.x, box.y, box.half_width + gap, box.half_height + gap
        for cell in _cells(box, gap):
            for other in self.cells.get(cell, ()):
                # As Box.touches, without a call: most of a layout's time goes here.
                if abs(x - other.x) < width + other.half_width and abs(y - other.y) < height + other.half_height:
                    return True
        return False


def _cells(box: Box, gap: float = 0.0) -> list[tuple[int, int]]:
    left, right = int((box.x - box.half_width - gap) // CELL), int((box.x + box.half_width + gap) // CELL)
    top, bottom = int((box.y - box.half_height - gap) // CELL), int((box.y + box.half_height + gap) // CELL)
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
