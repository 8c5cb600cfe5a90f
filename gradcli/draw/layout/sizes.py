"""How much room everything takes in a picture, and how much of a long name is shown. It knows no positions.

Widths and heights are those on the page. What depends on the direction says so: in a picture that flows down the names
and sums of operations stand to their right, in one that flows to the right above and below them.
"""

from functools import cache

from gradcli.draw.fonts import LABEL_FONT, LEAF_FONT, PILL_FONT, cut, width
from gradcli.draw.matrices import ROW, Matrix, block
from gradcli.draw.numbers import number
from gradcli.draw.scene import Item
from gradcli.text import Ratio
from gradcli.words.catalogue import say

RADIUS = 22.0
PILL_HEIGHT = 38.0
BADGE_WIDTH, BADGE_HEIGHT = 64.0, 20.0
BADGE_MARGIN = 4.0  # px at both ends of its text
SUM_WIDTH = width("Σ ", LABEL_FONT)
BEND_ROOM = 12.0  # half the height that a passing edge keeps free
PORT_GAP = 16.0  # between the edges that meet a long side: two arrows, and an arrow's head
BIGGEST_ROUND = 30.0  # half the length from which on a shape has been drawn out
MOST_ROUND = 3  # edges that a circle has room for on one side; where there are more, it is drawn out
NAME_ROOM = 168.0  # px of a name at an operation, some 25 letters
LEAF_ROOM = 240.0  # px of the text of a leaf, some 20 letters

Size = tuple[float, float]  # half the width and half the height


def shown_text(item: Item) -> str:
    """What stands inside an operation, or a leaf's name or number, cut if it is long."""
    return cut(item.text, LEAF_FONT, LEAF_ROOM) if item.shape == "text" else item.text


def shown_extent(item: Item) -> str:
    """The shape of an operation's array behind its name: ` (2×3)`."""
    return f" ({item.extent})" if item.extent and item.name else ""


def shown_name(item: Item) -> str:
    """The name of an operation, cut if it is long."""
    return cut(item.name, LABEL_FONT, NAME_ROOM)


def whole_text(item: Item) -> str:
    """The item's whole text and name where a picture shows less, so that they must stand elsewhere; else ""."""
    if shown_text(item) == item.text and shown_name(item) == item.name:
        return ""
    return f"{item.name} = {item.text}" if item.name else item.text


def size_of(item: Item, edges: int, down: bool) -> Size:
    """The size of an item's shape, of which one side meets so many edges; a text has the height of its line."""
    if item.shape == "text":
        return width(shown_text(item), LEAF_FONT) / 2 + 2, LEAF_FONT * 0.65
    w, h = RADIUS, RADIUS
    if item.shape == "pill":
        w, h = max(28.0, width(item.text, PILL_FONT) / 2 + 15), PILL_HEIGHT / 2
    side = edges * PORT_GAP / 2 + 4 if edges > MOST_ROUND else 0.0
    return (max(w, side), h) if down else (w, max(h, side))


def corner(size: Size) -> float:
    """The radius of the corners of an operation's shape: circles and pills are all corner."""
    return min(*size, RADIUS)


def name_size(item: Item) -> Size | None:
    """The size of an item's name with what may be said of a kink, or None if it has neither."""
    if not item.name and not item.marked_in:
        return None
    length = width(shown_name(item) + shown_extent(item), LABEL_FONT) + (
        _mark_width(item.marked_in) if item.marked_in else 0.0
    )
    return length / 2 + 2, LABEL_FONT * 0.6


def badge_size(item: Item) -> Size:
    """The room for the sum of an item's gradients: enough for most numbers, and for the fraction or matrix that it is.

    Whole sides, not half ones.
    """
    if isinstance(item.total, Matrix):
        shown = block(item.total)
        return 2 * shown.half_width + SUM_WIDTH + 2 * BADGE_MARGIN, max(BADGE_HEIGHT, ROW * len(shown.rows) + 4)
    return _badge_width(item), BADGE_HEIGHT


def _badge_width(item: Item) -> float:
    if not isinstance(item.total, Ratio):
        return BADGE_WIDTH
    return max(BADGE_WIDTH, width(f"Σ {number(item.total)}", LABEL_FONT) + 2 * BADGE_MARGIN)


@cache
def _mark_width(language: str) -> float:
    """The room for what may be said of a node that bends: enough for all of it, so that other values move nothing."""
    texts = (say(f"label.{mark}", language) for mark in ("kink", "tie", "jump", "edge"))
    return max(width(f" · {text}", LABEL_FONT) for text in texts)


def across(item: Item, size: Size, down: bool) -> tuple[float, float]:
    """How far an item reaches from its middle across the flow: up and down, or to the left and the right."""
    name = name_size(item) if item.shape != "text" else None
    if down:
        beside = max(2 * name[0] if name else 0.0, badge_size(item)[0] if item.badge and item.shape != "text" else 0.0)
        above = badge_size(item)[0] / 2 if item.badge and item.shape == "text" else 0.0
        return max(size[0], above), max(size[0], above) + (beside + 8 if beside else 0.0)
    up = below = max(size[1], 18.0)
    if item.shape != "text":
        up += 16.0 if name else 0.0
        below += badge_size(item)[1] + 6 if item.badge else 0.0
    elif item.badge:
        up = below = max(up, badge_size(item)[1] / 2)
    return up, below


def along(item: Item, size: Size, down: bool) -> float:
    """How much room an item takes along the flow, with its name; a leaf has the sum of its gradients before it."""
    if item.shape == "text":
        badge = (badge_size(item)[1] + 6 if down else badge_size(item)[0] + 10) if item.badge else 0.0
        return 2 * size[1 if down else 0] + badge
    name = name_size(item)
    if down:
        return max(2 * size[1], BADGE_HEIGHT + badge_size(item)[1] if item.badge else 0.0)
    return 2 * max(size[0], name[0] if name else 0.0)
