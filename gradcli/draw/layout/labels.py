"""Where the labels of edges stand: the value above its edge and the gradient below, touching nothing.

Each label gets a slot. That of a number has room for most numbers, so that its place does not depend on the number; a
longer one is set a little smaller or with fewer digits. A product has one that is as wide as it is. A slot touches no
other slot, no node, no name and no badge. It is clear if besides no other edge crosses it and its label is nearer to
its own edge than to any other, so that nobody reads it at the wrong one.
Beside a slope the text begins at the end of the slot that is near the edge: a short number is no further off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from math import copysign, hypot, inf

from gradcli.draw.layout.boxes import Box, Boxes
from gradcli.draw.layout.lines import Lines
from gradcli.draw.layout.routes import LANE, Position, Route

# Half widths that a label may have, the widest first; () for no label at all.
Rooms = tuple[tuple[float, ...], tuple[float, ...]]

NUMBER = (38.0, 27.0)  # `−1.234e−150` at 12 px, or where that finds no place `−0.08517`
HALF_HEIGHT = 7.0
FIGURE_HEIGHT = 5.0  # half the height of a figure, which lines may come near to
PRODUCT_HEIGHT = 8.0  # the same of a product, whose y and / reach below the line of figures
SHORTEST = 4.0  # half the width of a number of one digit
WIDER = (38.0, 34.0, 30.0)  # a number's slot grows to the first of these for which there is room
CLEAR = 3.2  # px between a line and a label, and between two labels
LEAST_LEAD = 2.0  # px by which a label is nearer to its own edge than to others
GOOD_LEAD = 14.0  # from here on more is no better
LEVEL = 0.12  # an edge that rises less than this has its numbers in the middle of their slots
SHARES = sorted((k / 28 for k in range(2, 27)), key=lambda share: (abs(share - 0.5), share))  # of the edge's length
LIFTS = (0.0, 5.0, 11.0)  # additional distances from the line
FAR = 18.0  # such a distance of a label that is not clear
FARTHER = (30.0, 44.0, 60.0)  # of one of several lines, through which another edge would make numbers hard to read
CROSSED = 20.0  # px of distance that are better than an edge through a line of text
TRIED = 9_000  # places that are tried in all, for each of which there is time
ENOUGH = 20  # clear places of a label, two for each spot
NEAR_ENDS = (46.0, 58.0, 72.0, 90.0)  # px from an end of a long edge, where there often is more room
LONG = 320.0  # px
HEAD = 16.0  # px at both ends of an edge that are left to the arrows' heads
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
    half_height: float = HALF_HEIGHT

    def anchor(self) -> float:
        """The x of the text's beginning, middle or end."""
        return self.x + self.align * self.half_width


@dataclass(slots=True)
class _Place:
    """A place that a label may take, the cheaper the better."""

    cost: float
    box: Box
    align: int


@dataclass(frozen=True, slots=True)
class _Label:
    """What is to be placed: at which edge, on which side of it (by the direction of the normal), how wide."""

    edge: int
    side: int
    widths: tuple[float, ...]
    rows: float = 0.0  # half the height of several lines

    @property
    def height(self) -> float:
        """Half the height of what is seen of the text."""
        if self.rows:
            return self.rows
        return PRODUCT_HEIGHT if len(self.widths) == 1 else FIGURE_HEIGHT

    def shortest(self) -> float:
        """Half the width of the shortest text that may stand there: a product has its width, a number may be `1`."""
        return self.widths[-1] if len(self.widths) == 1 else SHORTEST


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
    rooms: Sequence[Rooms],
    obstacles: Sequence[Box],
    lines: Lines,
    better_than: Labels | None = None,
    *,
    down: bool = False,
    heights: Sequence[tuple[float, float]] = (),
    most_hard: float = inf,
) -> Labels | None:
    """The places of the labels, or None if they would be no better than those of another attempt, or if more than
    `most_hard` have no clear place at all.

    `rooms` says how wide the label of the forward arrow and that of the backward arrow may be. The forward one stands
    above its edge, or to the left of it in a picture that flows down. `heights` are half those of labels of several
    lines, 0 of others.
    """
    nodes = Boxes(obstacles)
    sides = (1, -1) if down else (-1, 1)
    labels = [
        _Label(edge, side, widths, rows)
        for edge, (pair, high) in enumerate(zip(rooms, heights or [(0.0, 0.0)] * len(rooms), strict=True))
        for side, widths, rows in zip(sides, pair, high, strict=True)
        if widths
    ]
    most = max(12, TRIED // len(labels))
    spots = [_spots(route) for route in routes]
    choices: list[list[_Place]] = [[] for _ in labels]
    hard = []
    first = better_than.hard if better_than else []
    if better_than:
        most_hard = min(most_hard, (better_than.bad - 1) // MUDDLED)
    for number in (*first, *sorted(set(range(len(labels))) - set(first))):
        label = labels[number]
        choices[number] = _clear_places(label, spots[label.edge], nodes, lines, most)
        if not choices[number]:
            hard.append(number)
            if len(hard) > most_hard:
                return None
    places, bad = _all_placed(labels, _chosen(choices), spots, nodes, lines)
    if better_than and bad >= better_than.bad:
        return None
    keys = [(label.edge, label.side) for label in labels]
    slots = dict(zip(keys, _widened(places, nodes, lines, labels), strict=True))
    middles = [Slot(*spots[edge][0][0], 0.0) for edge in range(len(routes))]
    pairs = [
        (slots.get((edge, sides[0]), middle), slots.get((edge, sides[1]), middle))
        for edge, middle in enumerate(middles)
    ]
    return Labels(pairs, bad, hard)


def _all_placed(
    labels: Sequence[_Label],
    chosen: Sequence[_Place | None],
    spots: Sequence[Sequence[tuple[Position, Position]]],
    nodes: Boxes,
    lines: Lines,
) -> tuple[list[_Place], int]:
    """A place for each label, also for those for which no clear one was chosen; and how bad these places are."""
    taken = Boxes(place.box for place in chosen if place)
    places: list[_Place] = []
    bad = 0
    for label, clear in zip(labels, chosen, strict=True):
        place = clear
        if place is None:
            place = _muddled_place(label, spots[label.edge], nodes, taken, lines)
            bad += MUDDLED if place else ASTRAY
            place = place or _anywhere(label, spots[label.edge], nodes, taken)
            taken.add(place.box)
        places.append(place)
    return places, bad


def _clear_places(
    label: _Label, spots: Sequence[tuple[Position, Position]], nodes: Boxes, lines: Lines, most: int
) -> list[_Place]:
    """Where a label would be clear, the cheapest first; not more than a number of places are tried."""
    found: list[_Place] = []
    tried = 0
    least = label.widths[-1]
    for lift in LIFTS:
        for rank, spot in enumerate(spots):
            tried += 1
            if len(found) >= ENOUGH or (tried > most and found):
                break
            narrow = _clear_place(spot, label, lift, least, nodes, lines)
            if narrow is None or (lead := _least_lead(narrow, label, lines)) < LEAST_LEAD:
                continue
            cost = lift * 0.3 + rank * 0.1 + 0.3 * max(0.0, GOOD_LEAD - lead)
            narrow.cost = cost + 2.0
            found.append(narrow)
            for half_width in label.widths[:-1]:
                wide = _clear_place(spot, label, lift, half_width, nodes, lines)
                if wide is not None:
                    wide.cost = cost
                    found.append(wide)
    return sorted(found, key=lambda place: place.cost)


def _clear_place(
    spot: tuple[Position, Position], label: _Label, lift: float, half_width: float, nodes: Boxes, lines: Lines
) -> _Place | None:
    place = _place(spot, label, lift, half_width)
    clear = not nodes.touched(place.box, CLEAR) and not _crossed(place.box, lines, label)
    return place if clear else None


def _place(spot: tuple[Position, Position], label: _Label, lift: float, half_width: float) -> _Place:
    """The slot beside a point of the edge: on a slope its corner is there, on the level the middle of its side."""
    (x, y), (nx, ny) = spot
    side, half_height = label.side, max(HALF_HEIGHT, label.height)
    reach = LANE + CLEAR + lift
    if abs(nx) < LEVEL:
        reach += abs(nx) * half_width + ny * half_height
        return _Place(0.0, Box(x + side * nx * reach, y + side * ny * reach, half_width, half_height), 0)
    away = side if nx > 0 else -side
    left, top = x + side * nx * reach, y + side * ny * reach
    # In a picture that flows down edges go to the left, too: then the corner is the other one.
    middle = top + (side * copysign(label.height, ny) if abs(ny) > LEVEL else 0.0)
    return _Place(0.0, Box(left + away * half_width, middle, half_width, half_height), -away)


def _crossed(box: Box, lines: Lines, label: _Label) -> bool:
    return lines.cross(Box(box.x, box.y, box.half_width, label.height), label.edge)


def _least_lead(place: _Place, label: _Label, lines: Lines) -> float:
    """By how much the middle of the shortest and of the longest text is nearer to its own edge than to others.

    A product beside a slope begins there, and its middle may be far from all edges: then its beginning must be nearer
    to its own edge than all of it is to others.
    """
    longest, shortest = label.widths[-1], label.shortest()
    if not place.align or shortest < longest:
        lead = _lead(place, longest, lines, label.edge)
        return lead if shortest == longest else min(lead, _lead(place, shortest, lines, label.edge))
    box, begin = place.box, min(longest, NUMBER[-1])
    x = box.x + place.align * (longest - begin)
    near, others = lines.distances(x, box.y, label.edge)
    ends = (x, box.x, box.x - place.align * (longest - begin))
    return min(others, *(lines.distances(end, box.y, label.edge)[1] for end in ends[1:])) - near


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
    label: _Label, spots: Sequence[tuple[Position, Position]], nodes: Boxes, taken: Boxes, lines: Lines
) -> _Place | None:
    """The free place beside the edge that the fewest lines cross and that is least near to another edge."""
    best: _Place | None = None
    least = label.widths[-1]
    crossed = CROSSED * max(1.0, label.rows / HALF_HEIGHT)
    for lift in (*LIFTS, FAR, *(FARTHER if label.rows else ())):
        for spot in spots:
            place = _place(spot, label, lift, least)
            if nodes.touched(place.box, CLEAR) or taken.touched(place.box, 1.0):
                continue
            lead = _least_lead(place, label, lines)
            place.cost = crossed * _crossed(place.box, lines, label) + lift + max(0.0, GOOD_LEAD - lead)
            if best is None or place.cost < best.cost:
                best = place
    return best


def _anywhere(label: _Label, spots: Sequence[tuple[Position, Position]], nodes: Boxes, taken: Boxes) -> _Place:
    """A free place as near to the middle of the route as there is one."""
    (x, y), _ = spots[0]
    for ring in count(1):
        for dx in range(-ring, ring + 1):
            for dy in (label.side * ring, label.side * (ring - abs(dx))):
                box = Box(x + dx * 12.0, y + dy * 12.0, label.widths[-1], max(HALF_HEIGHT, label.height))
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
    for wanted in _wanted(lengths[-1]):
        piece = next(i for i in range(1, len(lengths)) if lengths[i] >= wanted)
        (x1, y1), (x2, y2) = points[piece - 1], points[piece]
        length = lengths[piece] - lengths[piece - 1] or 1.0
        t = (wanted - lengths[piece - 1]) / length
        found.append(((x1 + t * (x2 - x1), y1 + t * (y2 - y1)), (-(y2 - y1) / length, (x2 - x1) / length)))
    if route.level:
        x0, y0 = route.level
        found.sort(key=lambda spot: hypot(spot[0][0] - x0, spot[0][1] - y0))
    return found


def _wanted(whole: float) -> list[float]:
    """How far from the beginning of a route of this length labels are tried, those in the middle first."""
    ends = [at for near in NEAR_ENDS for at in (near, whole - near)] if whole > LONG else []
    inner = [at for share in SHARES if HEAD <= (at := share * whole) <= whole - HEAD]
    return [*inner, *ends] or [whole / 2]


def _widened(places: Sequence[_Place], nodes: Boxes, lines: Lines, labels: Sequence[_Label]) -> list[Slot]:
    """Numbers' slots as wide as their surroundings let them be; the end where a text begins stays where it is."""
    taken = Boxes(place.box for place in places)
    slots = []
    for place, label in zip(places, labels, strict=True):
        box = place.box
        for half_width in WIDER if len(label.widths) > 1 else ():
            wide = Box(box.x - place.align * (half_width - box.half_width), box.y, half_width, box.half_height)
            others = [other for other in taken.near(wide) if other is not box]
            free = not nodes.touched(wide, CLEAR) and not any(wide.touches(other, 1.0) for other in others)
            clear = not _crossed(wide, lines, label) and lines.lead(wide.x, wide.y, label.edge) >= LEAST_LEAD
            if half_width > box.half_width and free and clear:
                box.x, box.half_width = wide.x, half_width
                taken.add(box)
                break
        slots.append(Slot(box.x, box.y, box.half_width, place.align, box.half_height))
    return slots
