"""The picture as SVG: real text, literal colours in classes, a title and a description for screen readers.

The groups `.e` and the pairs of labels stand in the order of the scene's edges, the groups `.q` in that of its items:
by that order the page finds them.
"""

import re
from collections.abc import Sequence
from html import escape
from math import hypot

from gradcli.draw.description import description, tooltip
from gradcli.draw.fonts import CAPTION_FONT, LABEL_FONT, LEAF_FONT, PILL_FONT, SYMBOL_FONT, is_italic, width
from gradcli.draw.forms.arrows import BACKWARD_HEAD, COVERED, FORWARD_HEAD, make_arrow
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.labels import Slot
from gradcli.draw.layout.layout import MARGIN, Layout, make_layout
from gradcli.draw.layout.routes import Position
from gradcli.draw.layout.sizes import BADGE_MARGIN, SUM_WIDTH, corner, shown_extent, shown_name, shown_text, whole_text
from gradcli.draw.matrices import DIGITS, ROW, Matrix, block
from gradcli.draw.numbers import fitting
from gradcli.draw.products import product
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.draw.style import stylesheet
from gradcli.text import visible
from gradcli.words.catalogue import say

CAPTION_LINE = 1.4 * CAPTION_FONT
CAPTION_WIDTH = 420.0  # px that a title may have above a narrower picture
LONG_PIECE = 40.0  # px
# The heads of a page's lines, each drawn once; in a file of its own each line has its head as a path, which all read.
MARKED = ".f{marker-end:url(#f)}.b{marker-end:url(#b)}.nt .f,.a .f{marker-end:url(#fz)}.z .b{marker-end:url(#bz)}"
BASELINE = 0.36  # from the middle of a line of text to its baseline, in font sizes


def svg(scene: Scene, theme: str = "auto", layout: Layout | None = None) -> str:
    """A whole SVG document. `theme` is light, dark or auto (as the reader's system prefers)."""
    layout = layout or make_layout(scene)
    caption = caption_lines(scene.caption, layout.width)
    room = max((width(line, CAPTION_FONT) + 2 * MARGIN for line in caption), default=0.0)
    x, w = min(0.0, (layout.width - room) / 2), max(layout.width, room)
    y = -(CAPTION_LINE * len(caption) + MARGIN / 2) if caption else 0.0
    box = f'width="{_px(w)}" height="{_px(layout.height - y)}"'
    label = escape_text(scene.title)
    lines = [
        f'<text class="c" x="{_px(layout.width / 2)}" y="{_px(y + MARGIN + CAPTION_LINE * place)}">{escape_text(line)}'
        "</text>\n"
        for place, line in enumerate(caption)
    ]
    inside = "".join(f"{part}\n" for part in parts_of(scene, layout))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} '
        f'viewBox="{_px(x)} {_px(y)} {_px(w)} {_px(layout.height - y)}" role="img" '
        f'lang="{scene.language}" aria-label="{label}">\n'
        f"<title>{label}</title>\n<desc>{escape_text(description(scene))}</desc>\n"
        f"<style>{stylesheet(theme)}</style>\n"
        f'<rect class="bg" x="{_px(x)}" y="{_px(y)}" {box}/>\n{"".join(lines)}{inside}</svg>\n'
    )


def caption_lines(text: str, room: float) -> list[str]:
    """The lines of a title to be seen, none wider than the picture or a page's column, unless by a single word."""
    lines: list[str] = []
    most = max(room - 2 * MARGIN, CAPTION_WIDTH)
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and width(longer, CAPTION_FONT) > most:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def parts_of(scene: Scene, layout: Layout, marked: bool = False) -> list[str]:
    """The lines of each edge, then each item, then the labels of each edge over both.

    Where they are `marked`, the lines have no heads: `markers` are to be in the document, and `MARKED` in its style.
    """
    parts = [_lines(edge, *layout.arrows(number), marked) for number, edge in enumerate(scene.edges)]
    parts += [_item(scene, layout, number) for number in range(len(scene.items))]
    return parts + [_labels(scene, edge, *pair) for edge, pair in zip(scene.edges, layout.slots, strict=False)]


def markers() -> str:
    """The heads of lines that are marked, in the colours of both ways and of what is dead."""
    return "".join(
        f'<marker id="{name}{end}" class="{dead}" orient="auto" markerUnits="userSpaceOnUse" overflow="visible">'
        f'<path class="{name}h" d="M{_px(size * COVERED)},0L{_px(size * (COVERED - 1))},{half:g}V{-half:g}z"/>'
        "</marker>"
        for name, (size, half), grey in (("f", FORWARD_HEAD, "nt"), ("b", BACKWARD_HEAD, "z"))
        for end, dead in (("", ""), ("z", grey))
    )


def escape_text(text: str) -> str:
    """Text for XML and HTML, in content and in attributes; what XML does not allow is shown as its code."""
    shown = "".join(c if c == "\n" else visible(c) for c in text)
    return escape(shown)


def edge_classes(edge: Edge) -> tuple[str, str]:
    """The classes of the forward and of the backward part: ` nt` for not taken, ` z` for a gradient of zero.

    A value that is still to come (` a`) makes the way forward grey.
    """
    return ("" if edge.taken else " nt") + ("" if edge.done else " a"), " z" if edge.gradient == 0 else ""


def _lines(edge: Edge, forward_line: Sequence[Position], backward_line: Sequence[Position], marked: bool) -> str:
    forward, zero = edge_classes(edge)
    parts = [f'<g class="e{forward}{zero}">', _arrow("f", forward_line, FORWARD_HEAD, marked)]
    if edge.backward and edge.sent:
        parts.append(_arrow("b", backward_line, BACKWARD_HEAD, marked))
    return "".join([*parts, "</g>"])


def _arrow(name: str, points: Sequence[Position], head: tuple[float, float], marked: bool) -> str:
    arrow = make_arrow(points, head)
    line = _relative("c" if arrow.is_curve else "l", arrow.line)
    tip = "" if marked else f'<path class="{name}h" d="{_relative("l", arrow.head)}z"/>'
    return f'<path class="{name}" d="{line}"/>{tip}'


def _relative(command: str, points: Sequence[Position]) -> str:
    """Path data in relative coordinates, which are short: lines (l), or curves (c) with their control points.

    Differences are taken between rounded positions, so that errors do not add up. The control points of a long piece
    are whole: its direction is off by no more than a degree or two, and it by a quarter of a px.
    """
    group = 3 if command == "c" else 1
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    start = rounded[0]
    parts = [f"M{_point(start)}{command}"]
    for place in range(1, len(rounded), group):
        *controls, end = ((x - start[0], y - start[1]) for x, y in rounded[place : place + group])
        if hypot(*end) >= LONG_PIECE:
            controls = [(round(x), round(y)) for x, y in controls]
        parts += (f"{_point(point)} " for point in (*controls, end))
        start = rounded[place + group - 1]
    # A sign separates, too, and a fraction needs no 0.
    return re.sub(r"(?<!\d)0\.", ".", re.sub("[, ]-", "-", "".join(parts).rstrip()))


def _item(scene: Scene, layout: Layout, index: int) -> str:
    item, (x, y), (w, h) = scene.items[index], layout.places[index], layout.sizes[index]
    font = {"circle": SYMBOL_FONT, "pill": PILL_FONT, "text": LEAF_FONT}[item.shape]
    shape = ""
    if item.shape == "circle" and w == h:
        shape = f'<circle class="r" cx="{_px(x)}" cy="{_px(y)}" r="{_px(w)}"/>'
    elif item.shape != "text":
        shape = (
            f'<rect class="r" x="{_px(x - w)}" y="{_px(y - h)}" width="{_px(2 * w)}" '
            f'height="{_px(2 * h)}" rx="{_px(corner((w, h)))}"/>'
        )
    kind = {"circle": "", "pill": " p", "text": " x" if item.upright or not is_italic(item.text) else " x i"}[
        item.shape
    ]
    name = _name(scene, item, layout, index)
    return (
        f'<g class="{item_classes(item)}">{_tooltip(scene, item)}{shape}<text class="t{kind}" x="{_px(x)}" '
        f'y="{_px(y + BASELINE * font)}">{escape_text(shown_text(item))}</text>{name}'
        f"{_badge(item, layout, index)}</g>"
    )


def _tooltip(scene: Scene, item: Item) -> str:
    """The whole text of what is cut, and what there is to say besides."""
    text = "; ".join(filter(None, (whole_text(item), tooltip(scene, item))))
    return f"<title>{escape_text(text)}</title>" if text else ""


def item_classes(item: Item) -> str:
    """`q` for all; `o` the output's node, `k` a closed branch or a comparison, `u` what needs no gradient, `na` what
    was not evaluated.
    """
    output = " o" if item.output and item.shape != "text" else ""
    grey = " k" if item.closed or item.condition else ""
    return f"q{output}{grey}{' u' if item.upright else ''}{'' if item.evaluated else ' na'}"


def name_text(item: Item, language: str, name: str | None = None) -> str:
    """What stands beside a node: its name, or what is shown of it, its shape, and that the point lies on a kink."""
    mark = say(f"label.{item.mark}", language) if item.mark else ""
    return " · ".join(part for part in ((item.name if name is None else name) + shown_extent(item), mark) if part)


def _name(scene: Scene, item: Item, layout: Layout, index: int) -> str:
    box = layout.names[index]
    if box is None:
        return ""
    name = shown_name(item)
    text, slant = escape_text(name_text(item, scene.language, name)), " i" if is_italic(name) else ""
    if (item.mark or item.extent) and slant:  # what is said of a kink or shape is no name
        text, slant = f'<tspan class="i">{escape_text(name)}</tspan>{text.removeprefix(escape_text(name))}', ""
    # What is said of a kink has room behind the name: beside a node the name begins at the node.
    x, end = (box.x - box.half_width, " h") if layout.down else (box.x, "")
    return f'<text class="n{slant}{end}" x="{_px(x)}" y="{_px(box.y + BASELINE * LABEL_FONT)}">{text}</text>'


def _badge(item: Item, layout: Layout, index: int) -> str:
    box = layout.badges[index]
    if box is None or not item.summed:
        return ""
    if isinstance(item.total, Matrix):
        return _sum_of_arrays(item.total, box)
    text, size = fitting(item.total, 2 * (box.half_width - BADGE_MARGIN) - width("Σ ", LABEL_FONT))
    return (
        f'<rect class="d" x="{_px(box.x - box.half_width)}" y="{_px(box.y - box.half_height)}" '
        f'width="{_px(2 * box.half_width)}" height="{_px(2 * box.half_height)}" rx="4"/>'
        f'<text class="s" x="{_px(box.x)}" y="{_px(box.y + BASELINE * LABEL_FONT)}"'
        f"{_font(size)}>{f'Σ {text}'.strip()}</text>"
    )


def _sum_of_arrays(total: Matrix, box: Box) -> str:
    left = box.x - box.half_width + BADGE_MARGIN
    shown = _matrix("s", total, (left + SUM_WIDTH + box.x + box.half_width - BADGE_MARGIN) / 2, box.y)
    if not block(total).rows:
        shown = f'<text class="s h" x="{_px(left + SUM_WIDTH)}" y="{_px(box.y + BASELINE * LABEL_FONT)}">'
        shown += f"{total.text(DIGITS)}</text>"
    return (
        f'<rect class="d" x="{_px(box.x - box.half_width)}" y="{_px(box.y - box.half_height)}" '
        f'width="{_px(2 * box.half_width)}" height="{_px(2 * box.half_height)}" rx="4"/>'
        f'<text class="s h" x="{_px(left)}" y="{_px(box.y + BASELINE * LABEL_FONT)}">Σ</text>{shown}'
    )


def _labels(scene: Scene, edge: Edge, above: Slot, below: Slot) -> str:
    forward, zero = edge_classes(edge)
    value = edge.value if edge.done else None
    if isinstance(value, Matrix):
        parts = [_array(f"v{forward}", value, above)]
    else:
        parts = [_label(f"v{forward}", *fitting(value, 2 * above.half_width, scene.language), above)]
    if edge.backward and edge.sent and isinstance(edge.gradient, Matrix):
        parts.append(_array(f"g{zero}", edge.gradient, below))
    elif edge.backward and edge.sent:
        parts.append(_label(f"g{zero}{' m' if edge.chain else ''}", *_gradient(edge, below), below))
    return "".join(parts)


def _array(name: str, matrix: Matrix, slot: Slot) -> str:
    """A matrix in its slot, or the shape of a large one."""
    written = block(matrix)
    if not written.rows:
        return _label(name, matrix.text(DIGITS), LABEL_FONT, slot)
    return f"<g>{_matrix(name, matrix, slot.anchor() - slot.align * written.half_width, slot.y)}</g>"


def _matrix(name: str, matrix: Matrix, middle: float, y: float) -> str:
    """A matrix about its middle: each number by itself, and a bracket at each side."""
    written = block(matrix)
    top = y - ROW * len(written.rows) / 2
    numbers = "".join(
        f'<text class="l {name} j" x="{middle + end:.0f}" '
        f'y="{top + ROW * (place + 0.5) + BASELINE * LABEL_FONT:.0f}">{text}</text>'
        for place, row in enumerate(written.rows)
        for end, text in zip(written.ends, row, strict=True)
    )
    height = ROW * len(written.rows) - 2
    sides = "".join(
        f"M{_px(middle - side * (written.half_width - 6))},{_px(top + 1)}h{-4 * side}v{_px(height)}h{4 * side}v-1.2"
        f"h{_px(-2.8 * side)}v{_px(2.4 - height)}h{_px(2.8 * side)}z"
        for side in (1, -1)
    )
    return f'{numbers}<path class="{name}" d="{sides}"/>'


def _gradient(edge: Edge, slot: Slot) -> tuple[str, float]:
    """What stands on the way back, as marked-up text, and its font size; of a product that is cut the whole one too."""
    if not edge.chain:
        return fitting(edge.gradient, 2 * slot.half_width)
    text, whole = product(edge.label), product(edge.chain)
    tooltip = f"<title>{escape_text(whole)}</title>" if text != whole else ""
    return escape_text(text) + tooltip, LABEL_FONT


def _label(name: str, text: str, size: float, slot: Slot) -> str:
    y = slot.y + BASELINE * LABEL_FONT
    end = {-1: " h", 0: "", 1: " j"}[slot.align]
    start = f'<text class="l {name}{end}" x="{slot.anchor():.0f}" y="{y:.0f}"{_font(size)}'
    return f"{start}>{text}</text>" if text else f"{start}/>"


def _font(size: float) -> str:
    """An attribute that sets a text smaller than others; "" for nearly all."""
    return f' style="font-size:{size:.1f}px"' if size < LABEL_FONT else ""


def _px(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _point(point: Position) -> str:
    return f"{_px(point[0])},{_px(point[1])}"
