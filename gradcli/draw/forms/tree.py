"""The graph as a tree of lines, for what is too wide for the picture in a terminal: one line for each use of a node.

A shared operation is written out where it is used first. What would be indented too deep is written below, as a tree
of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.draw.forms.signs import Line, LinePart, Signs
from gradcli.draw.layout.sizes import shown_extent
from gradcli.draw.matrices import Matrix
from gradcli.draw.numbers import DIGITS
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.text import Ratio, cell_width
from gradcli.words.catalogue import say

INDENT = 4
DEEPEST = 20  # levels, where the terminal is wide enough


class Entry(NamedTuple):
    """A use of an item in the tree: what stands before its line and before the next ones, and where the item is."""

    edge: Edge
    head: str
    tail: str
    begins: bool  # a tree of its own
    above: bool  # written out before
    below: bool  # written out later, as a tree of its own


def tree(scene: Scene, signs: Signs, room: int | None = None) -> list[Line]:
    """The lines, none wider than `room` cells (None: as wide as they are). The scene must repeat its leaves."""
    deepest = DEEPEST if room is None else max(1, min(DEEPEST, room // 2 // INDENT))
    totals = {item.node: item for item in reversed(scene.items) if item.badge}  # at whichever copy the badge is
    lines: list[Line] = []
    for entry in _entries(scene.edges_into(), signs, deepest):
        repeated = entry.begins and bool(lines)
        if repeated:
            lines.append([])
        lines += wrapped(entry.head, entry.tail, _pieces(scene, entry, signs, totals, repeated), room)
    return lines


def _entries(into: Sequence[Sequence[Edge]], signs: Signs, deepest: int) -> Iterator[Entry]:
    """The entries from top to bottom; none is indented by more than so many levels."""
    written = bytearray(len(into))
    roots = [into[-1][0]]  # edges whose sources begin a tree
    for root in roots:
        pending: list[tuple[Edge, str, str]] = [(root, "", "")]
        while pending:
            edge, head, tail = pending.pop()
            children = into[edge.source]
            above = bool(written[edge.source]) and edge is not root
            below = bool(children) and not above and len(tail) >= deepest * INDENT
            yield Entry(edge, head, tail, edge is root, above, below)
            written[edge.source] = 1
            if below:
                roots.append(edge)
            elif not above:
                pending += _indented(children, tail, signs)


def _indented(children: Sequence[Edge], tail: str, signs: Signs) -> Iterator[tuple[Edge, str, str]]:
    """The children, the last one first, with what stands before their lines and before the next ones."""
    heads, tails = (signs.last, signs.branch), (" " * INDENT, signs.through)
    for place, child in enumerate(reversed(children)):
        yield child, tail + heads[place > 0], tail + tails[place > 0]


def _pieces(scene: Scene, entry: Entry, signs: Signs, totals: Mapping[int, Item], repeated: bool) -> Line:
    """What a line says of a use of a node: name, operator, value, contribution, sum, remarks."""
    edge, item = entry.edge, scene.items[entry.edge.source]
    language = scene.language
    operation = item.shape != "text"
    pieces: Line = []
    if operation:
        name = item.name or scene.items[-1].text
        pieces += [LinePart(signs.text(name + shown_extent(item)) + " = ", "name"), LinePart(signs.label(item))]
    else:
        pieces.append(LinePart(signs.label(item), "muted" if item.upright else "leaf"))
    variable = operation or item.node in scene.graph.names
    if variable and (edge.taken or not operation):
        pieces.append(LinePart(signs.value(edge, DIGITS, language), "value" if edge.taken else "muted"))
    if not repeated:
        pieces.append(LinePart(signs.gradient(edge, DIGITS), "muted" if edge.gradient == 0 else "gradient"))
    total = totals.get(item.node)
    if total is not None:
        pieces.append(LinePart(signs.sum(total, DIGITS, language), _role(total.total)))
    remarks = _remarks(scene, entry, signs, language)
    return [piece for piece in pieces if piece.text] + [LinePart(remark, "muted") for remark in remarks]


def _remarks(scene: Scene, entry: Entry, signs: Signs, language: str) -> Iterator[str]:
    """What else there is to say of a use: a kink, a branch that is not taken, where the item is written out."""
    item = scene.items[entry.edge.source]
    if item.mark:
        yield say(f"label.{item.mark}", language)
    if scene.has_values and not entry.edge.taken:
        yield say("label.not-taken", language)
    if entry.above and item.shape != "text":
        yield f"{signs.above} {say('tree.above', language)}"
    if entry.below:
        yield f"{signs.below} {say('tree.below', language)}"


def _role(gradient: float | Ratio | Matrix | None) -> str:
    return "gradient" if gradient else "muted"


def wrapped(head: str, tail: str, pieces: Sequence[LinePart], room: int | None) -> list[Line]:
    """One line, or several where the pieces do not fit side by side; a single long piece is broken."""
    lines: list[Line] = [[LinePart(head, "line")]]
    used, start = len(head), len(head)
    for index, piece in enumerate(pieces):
        gap = 2 if index and not pieces[index - 1].text.endswith("= ") else 0
        text = piece.text
        if room is not None and used > start and used + gap + cell_width(text) > room:
            lines.append([LinePart(tail + "  ", "line")])
            used = start = len(tail) + 2
            gap = 0
        if gap:
            lines[-1].append(LinePart(" " * gap, "line"))
            used += gap
        while room is not None and used + cell_width(text.rstrip()) > room:
            cut = _fitting(text, max(1, room - used))
            lines[-1].append(LinePart(text[:cut].rstrip(), piece.role))
            lines.append([LinePart(tail + "  ", "line")])
            used = start = len(tail) + 2
            text = text[cut:]
        lines[-1].append(LinePart(text, piece.role))
        used += cell_width(text)
    return lines


def _fitting(text: str, room: int) -> int:
    """How many characters fit into so many cells, at least one; of a matrix whole rows or numbers, if any do."""
    cut = 0
    while cut < len(text) and cell_width(text[: cut + 1].rstrip()) <= room:
        cut += 1
    for end in ("], ", ", "):
        if found := text.rfind(end, 0, cut) + 1:
            return found - 1 + len(end)
    return max(1, cut)
