"""Where the labels of edges stand: the value above its edge and the gradient below, touching nothing.

Each label gets a slot, a box with room for most numbers, so that its place does not depend on the number; a longer
number is set smaller. A slot touches no other slot, no node, no name and no badge. It is clear if besides no other edge
crosses it and its number is nearer to its own edge than to any other, so that nobody reads it at the wrong one.
Beside a slope the text begins at the end of the slot that is near the edge: a short number is no further off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from math import hypot

from gradcli.draw.layout.boxes import Box, Boxes
from gradcli.draw.layout.lines import Lines
from gradcli.draw.layout.routes import LANE, Position, Route

HALF_WIDTHS = (27.0, 20.0)  # of a slot: `−0.08517` at 13 px, or where that finds no place `0.1779`
HALF_HEIGHT = 7.0
FIGURE_HEIGHT = 5.0  # half the height of a figure, which lines may come near to
SHORTEST = 4.0  # half the width of a number of one digit
WIDER = (40.0, 34.0, 28.0, 24.0)  # a slot grows to the first of these half widths for which there is room: `−1.234e−5`
CLEAR = 3.2  # px between a line and a label, and between two labels
LEAST_LEAD = 2.0  # px by which a label is nearer to its own edge than to others
GOOD_LEAD = 14.0  # from here on more is no better
LEVEL = 0.12  # an edge that rises less than this has its numbers in the middle of their slots
SHARES = sorted((k / 28 for k in range(2, 27)), key=lambda share: (abs(share - 0.5), share))  # of the edge's length
LIFTS = (0.0, 5.0, 11.0)  # additional distances from the line
TRIED = 9_000  # places that are tried in all, for each of which there is time
ENOUGH = 20  # clear places of a label, two for each spot
ROUNDS = 6  # of giving places to labels, those that found none first
MUDDLED, ASTRAY = 1, 20  # how bad it is if a label is not clear, or not even beside its edge


@dataclass(slots=True)
class Slot:
    """The place of a label: its middle, half the width that it may have, and where its text begins.

    `align` is −1 if the text begins at the left end of the slot, 1 if it ends at the right end, 0 in the middle.
    """

    x: float
    y: float
    half_width: float
    align: int = 0

    def anchor(self) -> float:
        """The x of the text's beginning, middle or end."""
        return self.x + self.align * self.half_width


@dataclass(slots=True)
class _Place:
    """A place that a label may take, the cheaper the better."""

    cost: float
    box: Box
    align: int


@dataclass(slots=True)
class Labels:
    """For each route a slot above and one below, and how bad they are: 0 if every label is clear.

    `hard` are the numbers of the labels that have no clear place at all: where to look first in another attempt.
    """

    slots: list[tuple[Slot, Slot]]
    bad: int
    hard: list[int]


def place_labels(
    routes: Sequence[Route],
    backward: Sequence[bool],
    obstacles: Sequence[Box],
    lines: Lines,
    better_than: Labels | None = None,
) -> Labels | None:
    """The places of the values and gradients, or None if they would be no better than those of another attempt.

    Edges without a backward arrow need no room below.
    """
    nodes = Boxes(obstacles)
    labels = [(edge, side) for edge, back in enumerate(backward) for side in ((-1, 1) if back else (-1,))]
    most = max(12, TRIED // len(labels))
    spots = [_spots(route) for route in routes]
    choices: list[list[_Place]] = [[] for _ in labels]
    hard = []
    first = better_than.hard if better_than else []
    for label in (*first, *sorted(set(range(len(labels))) - set(first))):
        edge, side = labels[label]
        choices[label] = _clear_places(edge, side, spots[edge], nodes, lines, most)
        if not choices[label]:
            hard.append(label)
            if better_than and len(hard) * MUDDLED >= better_than.bad:
                return None
    places, bad = _all_placed(labels, _chosen(choices), spots, nodes, lines)
    if better_than and bad >= better_than.bad:
        return None
    slots = dict(zip(labels, _widened(places, nodes, lines, labels), strict=True))
    middles = [Slot(*spots[edge][0][0], 0.0) for edge in range(len(routes))]
    pairs = [(slots[edge, -1], slots.get((edge, 1), middles[edge])) for edge in range(len(routes))]
    return Labels(pairs, bad, hard)


def _all_placed(
    labels: Sequence[tuple[int, int]],
    chosen: Sequence[_Place | None],
    spots: Sequence[Sequence[tuple[Position, Position]]],
    nodes: Boxes,
    lines: Lines,
) -> tuple[list[_Place], int]:
    """A place for each label, also for those for which no clear one was chosen; and how bad these places are."""
    taken = Boxes(place.box for place in chosen if place)
    places: list[_Place] = []
    bad = 0
    for (edge, side), clear in zip(labels, chosen, strict=True):
        place = clear
        if place is None:
            place = _muddled_place(edge, side, spots[edge], nodes, taken, lines)
            bad += MUDDLED if place else ASTRAY
            place = place or _anywhere(side, spots[edge], nodes, taken)
            taken.add(place.box)
        places.append(place)
    return places, bad


def _clear_places(
    edge: int, side: int, spots: Sequence[tuple[Position, Position]], nodes: Boxes, lines: Lines, most: int
) -> list[_Place]:
    """Where a label would be clear, the cheapest first; not more than a number of places are tried."""
    found: list[_Place] = []
    tried = 0
    for lift in LIFTS:
        for rank, spot in enumerate(spots):
            narrow = _place(spot, side, lift, HALF_WIDTHS[1])
            tried += 1
            if len(found) >= ENOUGH or (tried > most and found):
                break
            if nodes.touched(narrow.box, CLEAR) or _crossed(narrow.box, lines, edge):
                continue
            lead = min(_lead(narrow, SHORTEST, lines, edge), _lead(narrow, HALF_WIDTHS[1], lines, edge))
            if lead < LEAST_LEAD:
                continue
            cost = lift * 0.3 + rank * 0.1 + 0.3 * max(0.0, GOOD_LEAD - lead)
            wide = _place(spot, side, lift, HALF_WIDTHS[0])
            narrow.cost = cost + 2.0
            found.append(narrow)
            if not nodes.touched(wide.box, CLEAR) and not _crossed(wide.box, lines, edge):
                wide.cost = cost
                found.append(wide)
    return sorted(found, key=lambda place: place.cost)


def _place(spot: tuple[Position, Position], side: int, lift: float, half_width: float) -> _Place:
    """The slot beside a point of the edge: on a slope its corner is there, on the level the middle of its side."""
    (x, y), (nx, ny) = spot
    reach = LANE + CLEAR + lift
    if abs(nx) < LEVEL:
        reach += abs(nx) * half_width + ny * HALF_HEIGHT
        return _Place(0.0, Box(x + side * nx * reach, y + side * ny * reach, half_width, HALF_HEIGHT), 0)
    away = side if nx > 0 else -side
    left, top = x + side * nx * reach, y + side * ny * reach
    return _Place(0.0, Box(left + away * half_width, top + side * FIGURE_HEIGHT, half_width, HALF_HEIGHT), -away)


def _crossed(box: Box, lines: Lines, edge: int) -> bool:
    return lines.cross(Box(box.x, box.y, box.half_width, FIGURE_HEIGHT), edge)


def _lead(place: _Place, half_width: float, lines: Lines, edge: int) -> float:
    """By how much the middle of a text of a width is nearer to its own edge than to others."""
    box = place.box
    return lines.lead(box.x + place.align * (box.half_width - half_width), box.y, edge)


def _chosen(choices: Sequence[Sequence[_Place]]) -> list[_Place | None]:
    """A place for each label, so that none touch: those with few choices first, and then those that found none."""
    order = sorted(range(len(choices)), key=lambda label: len(choices[label]))
    best: list[_Place | None] = []
    least = len(choices) + 1
    for _ in range(ROUNDS):
        taken = Boxes()
        found: list[_Place | None] = [None] * len(choices)
        failed = []
        for label in order:
            place = next((place for place in choices[label] if not taken.touched(place.box, 1.0)), None)
            if place is None:
                failed.append(label)
            else:
                taken.add(place.box)
                found[label] = place
        if len(failed) < least:
            best, least = found, len(failed)
        contested = {label for label in failed if choices[label]}
        if not contested:
            break
        order = [label for label in order if label in contested] + [x for x in order if x not in contested]
    return best


def _muddled_place(
    edge: int, side: int, spots: Sequence[tuple[Position, Position]], nodes: Boxes, taken: Boxes, lines: Lines
) -> _Place | None:
    """The free place beside the edge that the fewest lines cross and that is least near to another edge."""
    best: _Place | None = None
    for lift in (*LIFTS, 18.0):
        for spot in spots:
            place = _place(spot, side, lift, HALF_WIDTHS[1])
            if nodes.touched(place.box, CLEAR) or taken.touched(place.box, 1.0):
                continue
            text = Box(place.box.x, place.box.y, HALF_WIDTHS[1], FIGURE_HEIGHT)
            lead = min(_lead(place, SHORTEST, lines, edge), _lead(place, HALF_WIDTHS[1], lines, edge))
            place.cost = 20.0 * lines.cross(text, edge) + lift + max(0.0, GOOD_LEAD - lead)
            if best is None or place.cost < best.cost:
                best = place
    return best


def _anywhere(side: int, spots: Sequence[tuple[Position, Position]], nodes: Boxes, taken: Boxes) -> _Place:
    """A free place as near to the middle of the route as there is one."""
    (x, y), _ = spots[0]
    for ring in count(1):
        for dx in range(-ring, ring + 1):
            for dy in (side * ring, side * (ring - abs(dx))):
                box = Box(x + dx * 12.0, y + dy * 12.0, HALF_WIDTHS[0], HALF_HEIGHT)
                if not nodes.touched(box, CLEAR) and not taken.touched(box, 1.0):
                    return _Place(0.0, box, 0)
    raise AssertionError("the plane has no end")


def _spots(route: Route) -> list[tuple[Position, Position]]:
    """Points along a route, the best first, each with the normal that points down."""
    points = route.points
    found = []
    lengths = [0.0]
    for (x1, y1), (x2, y2) in pairwise(points):
        lengths.append(lengths[-1] + hypot(x2 - x1, y2 - y1))
    for share in SHARES:
        wanted = share * lengths[-1]
        piece = next(i for i in range(1, len(lengths)) if lengths[i] >= wanted)
        (x1, y1), (x2, y2) = points[piece - 1], points[piece]
        length = lengths[piece] - lengths[piece - 1] or 1.0
        t = (wanted - lengths[piece - 1]) / length
        found.append(((x1 + t * (x2 - x1), y1 + t * (y2 - y1)), (-(y2 - y1) / length, (x2 - x1) / length)))
    return found


def _widened(places: Sequence[_Place], nodes: Boxes, lines: Lines, labels: Sequence[tuple[int, int]]) -> list[Slot]:
    """Slots as wide as their surroundings let them be; the end where a text begins stays where it is."""
    taken = Boxes(place.box for place in places)
    slots = []
    for place, (edge, _) in zip(places, labels, strict=True):
        box = place.box
        for half_width in WIDER:
            wide = Box(box.x - place.align * (half_width - box.half_width), box.y, half_width, box.half_height)
            others = [other for other in taken.near(wide) if other is not box]
            free = not nodes.touched(wide, CLEAR) and not any(wide.touches(other, 1.0) for other in others)
            clear = not _crossed(wide, lines, edge) and lines.lead(wide.x, wide.y, edge) >= LEAST_LEAD
            if half_width > box.half_width and free and clear:
                box.x, box.half_width = wide.x, half_width
                taken.add(box)
                break
        slots.append(Slot(box.x, box.y, box.half_width, place.align))
    return slots
