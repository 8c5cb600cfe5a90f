"""Where the texts and shapes of a picture lie, from font metrics, and what of it touches."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from math import hypot

from gradcli.draw.fonts import LABEL_FONT, width
from gradcli.draw.forms.svg import BACKWARD_HEAD, FORWARD_HEAD
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.layout.routes import Position
from gradcli.draw.numbers import fitting
from gradcli.draw.products import product
from gradcli.draw.scene import Edge, Scene
from tests.helpers.pictures import EXAMPLES, random_program

# The height of figures, signs and capitals in a font size: Noto Sans Regular's capital height is 0.714.
FIGURE_HEIGHT = 0.75
DESCENT = 0.24  # how far the y and / of a product reach below
LONGEST_NUMBER = 38.0  # px, half of it
HALF_BREADTH = 1.2  # px of the thicker arrow
HALO = 2.0  # px that a text's halo reaches out


def edge_label_boxes(scene: Scene, layout: Layout) -> Iterator[tuple[int, Box]]:
    """The boxes of the texts on the edges, from font metrics, each with its edge."""
    for number_of_edge, (edge, slots) in enumerate(zip(scene.edges, layout.slots, strict=bool(layout.slots))):
        room = [2 * slot.half_width for slot in slots]
        below = (product(edge.label), LABEL_FONT) if edge.chain else fitting(edge.gradient, room[1])
        for slot, (text, size) in zip(slots, (fitting(edge.value, room[0], scene.language), below), strict=True):
            if text:
                wide = width(text, size)
                x = slot.anchor() - slot.align * wide / 2
                below = size * DESCENT / 2 if "∂" in text else 0.0
                yield number_of_edge, Box(x, slot.y + below, wide / 2, size * FIGURE_HEIGHT / 2 + below)


def label_boxes(scene: Scene, layout: Layout) -> Iterator[Box]:
    """The boxes of the texts on the edges."""
    return (box for _, box in edge_label_boxes(scene, layout))


def misread(scene: Scene, layout: Layout) -> list[tuple[int, Box]]:
    """The labels that another edge's arrow crosses, halo included, or that are nearer to another edge: their middle,
    and where a text is longer than a number its ends.
    """
    arrows = [_lines(layout, number, edge) for number, edge in enumerate(scene.edges)]
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
        distances = [_distance(box, route.points) for route in layout.routes]
        if crossed or distances.index(min(distances)) != own:
            found.append((own, box))
    return found


def _distance(box: Box, line: Sequence[Position]) -> float:
    """From the middle of a text to a line; from its ends, too, where it is longer than a number."""
    end = max(0.0, box.half_width - LONGEST_NUMBER)
    parts = [Box(box.x + shift, box.y, 0.0, 0.0) for shift in {-end, 0.0, end}]
    return min(distance(part, *piece) for part in parts for piece in pairwise(line))


def on_their_own_arrow(scene: Scene, layout: Layout) -> list[tuple[int, Box]]:
    """The labels that an arrow of their own edge touches, with half its breadth."""
    return [
        (own, box)
        for own, box in edge_label_boxes(scene, layout)
        for line in _lines(layout, own, scene.edges[own])
        for reached in [Box(box.x, box.y, box.half_width + HALF_BREADTH, box.half_height + HALF_BREADTH)]
        if any(runs_through(reached, *piece) for piece in pairwise(line))
    ]


def _lines(layout: Layout, number: int, edge: Edge) -> list[list[Position]]:
    """The lines of an edge's arrows."""
    forward, backward = layout.arrows(number)
    return [forward, backward] if edge.backward else [forward]


def crossed(scene: Scene, layout: Layout) -> list[tuple[int, Box]]:
    """The names and the texts of leaves that an arrow runs over, with its edge; it may touch the corner of a text."""
    texts = [
        Box(*place, size[0] - 2, size[1] - 4)
        for item, place, size in zip(scene.items, layout.places, layout.sizes, strict=True)
        if item.shape == "text"
    ]
    texts += [Box(box.x, box.y, box.half_width - 2, box.half_height - 2) for box in layout.names if box is not None]
    return [
        (number, box)
        for number, edge in enumerate(scene.edges)
        for line in _lines(layout, number, edge)
        for piece in pairwise(line)
        for box in texts
        if runs_through(box, *piece)
    ]


def blunted(scene: Scene, layout: Layout) -> list[tuple[int, int]]:
    """The pairs of edges of which one's line runs over an arrowhead of the other, near enough to its tip to hide it."""
    lines = [_lines(layout, number, edge) for number, edge in enumerate(scene.edges)]
    heads = [
        (number, Box(*_along(line[::-1], size[0] / 2), 3.0, 3.0))
        for number, pair in enumerate(lines)
        for line, size in zip(pair, (FORWARD_HEAD, BACKWARD_HEAD), strict=False)
    ]
    return [
        (own, other)
        for own, head in heads
        for other, pair in enumerate(lines)
        if other != own
        if any(runs_through(head, *piece) for line in pair for piece in pairwise(line))
    ]


def _along(line: Sequence[Position], distance: float) -> Position:
    """The point of a line so far from its beginning."""
    for (x1, y1), (x2, y2) in pairwise(line):
        length = hypot(x2 - x1, y2 - y1)
        if length >= distance:
            return x1 + (x2 - x1) * distance / length, y1 + (y2 - y1) * distance / length
        distance -= length
    return line[-1]


def runs_through(box: Box, start: Position, end: Position) -> bool:
    """Whether a straight line has a point in a box: if they are not apart along x, y or the normal of the line."""
    (x1, y1), (x2, y2) = start, end
    if max(x1, x2) <= box.x - box.half_width or min(x1, x2) >= box.x + box.half_width:
        return False
    if max(y1, y2) <= box.y - box.half_height or min(y1, y2) >= box.y + box.half_height:
        return False
    dx, dy = x2 - x1, y2 - y1
    return abs((box.x - x1) * dy - (box.y - y1) * dx) <= box.half_width * abs(dy) + box.half_height * abs(dx)


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
def example_layout(name: str, direction: str = "right") -> tuple[Scene, Layout]:
    """The picture of an example, laid out once for all tests."""
    scene = EXAMPLES[name].scene(direction=direction)
    return scene, make_layout(scene)


@cache
def random_layout(seed: int, direction: str = "right") -> tuple[Scene, Layout]:
    """The picture of a random program, laid out once for all tests."""
    scene = random_program(seed).scene(direction=direction)
    return scene, make_layout(scene)
