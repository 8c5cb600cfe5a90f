"""The graph as a tree of lines, for what is too wide for the picture in a terminal: one line for each use of a node.

A shared operation is written out where it is used first. What would be indented too deep is written below, as a tree
of its own.
"""

from collections.abc import Mapping, Sequence

from gradcli.draw import wording
from gradcli.draw.forms.signs import Line, Piece, Signs, cell_width
from gradcli.draw.numbers import DIGITS
from gradcli.draw.scene import Edge, Scene
from gradcli.words import catalogue as words

INDENT = 4
DEEPEST = 20  # levels, where the terminal is wide enough


def tree(scene: Scene, signs: Signs, room: int | None = None) -> list[Line]:
    """The lines, none wider than `room` cells (None: as wide as they are). The scene must repeat its leaves."""
    deepest = DEEPEST if room is None else max(1, min(DEEPEST, room // 2 // INDENT))
    into: list[list[Edge]] = [[] for _ in scene.items]
    for edge in scene.edges:
        into[edge.target].append(edge)
    totals = {item.node: item.total for item in reversed(scene.items) if item.badge}  # at whichever copy the badge is
    lines: list[Line] = []
    written = bytearray(len(scene.items))
    roots = [into[-1][0]]  # edges whose sources begin a tree
    for number, root in enumerate(roots):
        if number:
            lines.append([])
        pending: list[tuple[Edge, str, str]] = [(root, "", "")]  # edge, what stands before its line and the next ones
        while pending:
            edge, head, tail = pending.pop()
            children = into[edge.source]
            above = bool(written[edge.source]) and edge is not root
            below = bool(children) and not above and len(tail) >= deepest * INDENT
            repeated = edge is root and number > 0
            lines += _wrapped(head, tail, _pieces(scene, edge, signs, totals, above, below, repeated), room)
            if below:
                roots.append(edge)
            written[edge.source] = 1
            if above or below:
                continue
            for child in reversed(children):
                last = child is children[-1]
                pending.append((child, tail + (signs.last if last else signs.branch), tail + _guide(signs, last)))
    return lines


def _guide(signs: Signs, last: bool) -> str:
    return " " * INDENT if last else signs.through


def _pieces(
    scene: Scene,
    edge: Edge,
    signs: Signs,
    totals: Mapping[int, float | None],
    above: bool,
    below: bool,
    repeated: bool,
) -> Line:
    """What a line says of a use of a node: name, operator, value, contribution, sum, remarks."""
    item, language = scene.items[edge.source], "en" if signs.ascii_only else scene.language
    operation = item.shape != "text"
    pieces: Line = []
    if operation:
        name = item.name or scene.items[-1].text
        pieces += [Piece(signs.text(name) + " = ", "name"), Piece(signs.text(item.text))]
    else:
        pieces.append(Piece(signs.text(item.text), "muted" if item.upright else "leaf"))
    variable = operation or item.node in scene.graph.names
    value = signs.number(edge.value, DIGITS, language) if variable else ""
    if value and (edge.taken or not operation):
        pieces.append(Piece(f"{value}{signs.forward}", "value" if edge.taken else "muted"))
    if edge.gradient is not None and not repeated:
        pieces.append(Piece(f"{signs.backward}{signs.number(edge.gradient, DIGITS, language)}", _role(edge.gradient)))
    total = totals.get(item.node)
    if total is not None:
        pieces.append(Piece(f"{signs.total}{signs.backward}{signs.number(total, DIGITS, language)}", _role(total)))
    remarks = []
    if item.mark:
        remarks.append(words.word(item.mark, language))
    if scene.has_values and not edge.taken:
        remarks.append(words.word("not taken", language))
    if above and operation:
        remarks.append(f"{signs.above} {wording.text('above', language)}")
    if below:
        remarks.append(f"{signs.below} {wording.text('below', language)}")
    return pieces + [Piece(remark, "muted") for remark in remarks]


def _role(gradient: float) -> str:
    return "gradient" if gradient else "muted"


def _wrapped(head: str, tail: str, pieces: Sequence[Piece], room: int | None) -> list[Line]:
    """One line, or several where the pieces do not fit side by side; a single long piece is broken."""
    lines: list[Line] = [[Piece(head, "line")]]
    used, start = len(head), len(head)
    for index, piece in enumerate(pieces):
        gap = 2 if index and not pieces[index - 1].text.endswith("= ") else 0
        text = piece.text
        if room is not None and used > start and used + gap + cell_width(text) > room:
            lines.append([Piece(tail + "  ", "line")])
            used = start = len(tail) + 2
            gap = 0
        if gap:
            lines[-1].append(Piece(" " * gap, "line"))
            used += gap
        while room is not None and used + cell_width(text.rstrip()) > room:
            cut = _fitting(text, max(1, room - used))
            lines[-1].append(Piece(text[:cut], piece.role))
            lines.append([Piece(tail + "  ", "line")])
            used = start = len(tail) + 2
            text = text[cut:]
        lines[-1].append(Piece(text, piece.role))
        used += cell_width(text)
    return lines


def _fitting(text: str, room: int) -> int:
    """How many characters fit into so many cells, at least one."""
    cut = 0
    while cut < len(text) and cell_width(text[: cut + 1]) <= room:
        cut += 1
    return max(1, cut)
