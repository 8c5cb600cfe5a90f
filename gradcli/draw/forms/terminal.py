"""The picture in a terminal: values above the lines with ▸, gradients below with ◂. What does not fit is a tree.

Leaves stand below each other, three rows each; an operation stands in the middle of its arguments. A shared operation
is drawn where it is used first, and named with ↑ at its other uses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from gradcli.draw.forms.signs import Line, LinePart, Signs, signs_in
from gradcli.draw.forms.tree import tree, wrapped
from gradcli.draw.layout.sizes import shown_extent
from gradcli.draw.matrices import Matrix
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.text import ALL, Characters, Ratio, cell_width, cells
from gradcli.words.catalogue import say

MOST_LEAVES = 12  # more of them are easier to read as a tree
DIGITS = (4, 3)
WIDEST = 160  # cells, in a pipe or file


@dataclass(slots=True)
class Use:
    """A use of a node in the picture: a leaf, an operation with its arguments, or a mention of one drawn before."""

    edge: Edge
    depth: int
    reader: int  # the use that reads it, −1 for the output
    arguments: list[int] = field(default_factory=list)
    mention: bool = False
    row: int = 0
    label: str = ""
    name: str = ""
    total: str = ""
    value: str = ""
    gradient: str = ""


class Canvas:
    """Characters by row and column; a wide character takes two columns."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, LinePart]] = {}

    def put(self, row: int, column: int, text: str, role: str) -> None:
        """Write a text; what stood there is overwritten."""
        for character in text:
            self.rows.setdefault(row, {})[column] = LinePart(character, role)
            column += cells(character)

    def lines(self) -> list[Line]:
        """The rows from the first to the last."""
        found = []
        for row in range(min(self.rows), max(self.rows) + 1):
            line: Line = []
            end = 0
            for column, piece in sorted(self.rows.get(row, {}).items()):
                if column > end:
                    line.append(LinePart(" " * (column - end), "line"))
                if line and line[-1].role == piece.role:
                    line[-1] = LinePart(line[-1].text + piece.text, piece.role)
                else:
                    line.append(piece)
                end = column + cells(piece.text)
            found.append(line)
        return found


def picture(scene: Scene, room: int | None = None, characters: Characters = ALL) -> list[Line]:
    """The picture of a scene with repeated leaves, or its tree; no line is wider than `room` cells.

    Without `room`, as in a pipe or file, the picture is at most 160 cells wide, and the tree as wide as it is. Its
    characters are those that can be written.
    """
    signs = signs_in(characters)
    return [*_title(scene, signs, room), *_picture_or_tree(scene, signs, room)]


def _title(scene: Scene, signs: Signs, room: int | None) -> list[Line]:
    if not scene.caption:
        return []
    lines = [wrapped("", "", [LinePart(signs.text(line), "leaf")], room) for line in scene.caption.splitlines()]
    return [*chain.from_iterable(lines), []]


def _picture_or_tree(scene: Scene, signs: Signs, room: int | None) -> list[Line]:
    uses = _uses(scene)
    if sum(not use.arguments for use in uses) <= MOST_LEAVES:
        _put_rows(uses, 3 if scene.has_labels else 2)
        for digits in DIGITS:
            for use in uses:
                _put_texts(use, scene.items[use.edge.source], signs, digits, scene.language)
            lines = _drawn(scene, uses, signs)
            if max(cell_width("".join(piece.text for piece in line).rstrip()) for line in lines) <= (room or WIDEST):
                return lines
    return tree(scene, signs, room)


def _uses(scene: Scene) -> list[Use]:
    """The uses in the order of the expression, each after the one that reads it."""
    into = scene.edges_into()
    uses: list[Use] = []
    drawn = bytearray(len(scene.items))
    pending = [(into[-1][0], -1)]
    while pending:
        edge, reader = pending.pop()
        use = Use(edge, uses[reader].depth + 1 if reader >= 0 else 0, reader, mention=bool(drawn[edge.source]))
        if reader >= 0:
            uses[reader].arguments.append(len(uses))
        drawn[edge.source] = 1
        if not use.mention:
            pending += [(child, len(uses)) for child in reversed(into[edge.source])]
        uses.append(use)
    return uses


def _put_rows(uses: Sequence[Use], pitch: int) -> None:
    """The leaves below each other, so many rows apart, and each operation in the middle of its arguments."""
    leaves = [use for use in uses if not use.arguments]
    for place, leaf in enumerate(leaves):
        leaf.row = 1 + place * pitch
    for use in reversed(uses):
        if use.arguments:
            use.row = (uses[use.arguments[0]].row + uses[use.arguments[-1]].row) // 2


def _put_texts(use: Use, item: Item, signs: Signs, digits: int, language: str) -> None:
    """What is written at a use of an item, and on the line that leaves it."""
    use.label, use.name, use.total = signs.label(item), "", ""
    if use.mention:
        use.label = signs.above + signs.text(item.name)
    elif item.shape != "text":
        mark = say(f"label.{item.mark}", language) if item.mark else ""
        mark = mark if item.evaluated else say("label.not-taken", language)
        use.label = f"({use.label})"
        use.name = " ".join(part for part in (signs.text(item.name + shown_extent(item)), mark) if part)
    if not use.mention:
        use.total = signs.sum(item, digits, language)
    use.value = signs.value(use.edge, digits, language)
    use.gradient = signs.gradient(use.edge, digits)


def _drawn(scene: Scene, uses: Sequence[Use], signs: Signs) -> list[Line]:
    """Put everything on a canvas: for each depth a column of nodes and behind it a zone for lines and labels."""
    depths = max(use.depth for use in uses) + 1
    nodes, zones = [0] * depths, [0] * depths
    for use in uses:
        nodes[use.depth] = max(nodes[use.depth], *(cell_width(t) for t in (use.label, use.name)), _total_width(use))
        zones[use.depth] = max(zones[use.depth], *(cell_width(t) + 2 for t in (use.value, use.gradient)), 4)
    columns, x = [0] * depths, 0
    for depth in reversed(range(depths)):
        columns[depth] = x
        x += nodes[depth] + zones[depth] + 2  # the spine and the arrow head
    canvas = Canvas()
    for use in uses:
        _draw(canvas, scene, use, uses, signs, columns[use.depth], nodes[use.depth], zones[use.depth])
    for use in uses:
        if len(use.arguments) > 1:
            _draw_spine(canvas, use, uses, signs, columns[use.depth] - 2)
    return canvas.lines()


def _total_width(use: Use) -> int:
    return cell_width(use.total) + (1 if use.total and use.gradient else 0)


def _draw(
    canvas: Canvas, scene: Scene, use: Use, uses: Sequence[Use], signs: Signs, left: int, nodes: int, zone: int
) -> None:
    """A node, its name, its sum, the line that leaves it, and the labels on that line."""
    item: Item = scene.items[use.edge.source]
    own = cell_width(use.label)
    operation = bool(use.arguments)
    start = left if operation else left + nodes - own
    grey = item.upright or item.closed or item.condition or not item.evaluated
    canvas.put(use.row, start, use.label, "muted" if grey else "ink" if operation else "leaf")
    canvas.put(use.row - 1, start + max(0, (own - cell_width(use.name)) // 2), use.name, "name")
    canvas.put(use.row + 1, left if operation else left + nodes - _total_width(use), use.total, _role(item.total))
    spine = left + nodes + zone
    single = use.reader >= 0 and len(uses[use.reader].arguments) == 1
    stroke = signs.line if use.edge.taken else signs.dashed
    role = "line" if use.edge.taken else "muted"
    canvas.put(use.row, start + own + 1, stroke * (spine - start - own - 1 + (single or use.reader < 0)), role)
    if operation:
        canvas.put(use.row, start + own, stroke, role)
    if use.reader < 0:
        canvas.put(use.row, spine, signs.forward, "line")
        canvas.put(use.row, spine + 2, signs.text(scene.items[-1].text), "leaf")
    elif single:
        canvas.put(use.row, spine + 1, signs.forward, "line")
    middle = left + nodes
    canvas.put(
        use.row - 1, middle + (zone - cell_width(use.value)) // 2, use.value, "value" if use.edge.taken else "muted"
    )
    shift = middle + (zone - cell_width(use.gradient)) // 2
    canvas.put(use.row + 1, shift, use.gradient, "muted" if use.edge.gradient == 0 else "gradient")


def _draw_spine(canvas: Canvas, use: Use, uses: Sequence[Use], signs: Signs, column: int) -> None:
    """The vertical line that gathers a node's arguments, and the head that points to it."""
    rows = [uses[argument].row for argument in use.arguments]
    for row in range(rows[0], rows[-1] + 1):
        canvas.put(row, column, signs.upright, "line")
    for row in rows:
        sign = signs.down if row == rows[0] else signs.up if row == rows[-1] else signs.left
        canvas.put(row, column, sign, "line")
    canvas.put(use.row, column, signs.cross if use.row in rows else signs.right, "line")
    canvas.put(use.row, column + 1, signs.forward, "line")


def _role(gradient: float | Ratio | Matrix | None) -> str:
    return "gradient" if gradient else "muted"
