"""Where the texts and shapes of a picture lie, from font metrics, and what of it touches."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from math import ceil, hypot

from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.layout.routes import LANE, Position, shifted
from gradcli.draw.numbers import number
from gradcli.draw.scene import Scene
from tests.helpers.pictures import random_program

# The height of figures, signs and capitals in a font size: Noto Sans Regular's capital height is 0.714.
FIGURE_HEIGHT = 0.75
HALO = 2.0  # px that a text's halo reaches out


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


def touching(scene: Scene, layout: Layout) -> list[tuple[Box, Box]]:
    """Labels that touch a label, a node, a name or a badge, and those that touch one another."""
    labels, fixed = list(label_boxes(scene, layout)), fixed_boxes(layout)
    pairs = [*combinations(labels, 2), *((a, b) for a in labels for b in fixed), *combinations(fixed, 2)]
    return [(a, b) for a, b in pairs if a.touches(b)]


@cache
def random_layout(seed: int) -> tuple[Scene, Layout]:
    """The picture of a random program, laid out once for all tests."""
    scene = random_program(seed).scene()
    return scene, make_layout(scene)
