r"""The picture as TikZ: a `tikzpicture` for \input, which needs the package tikz alone. Places are those of the SVG.

Names and numbers are LaTeX's mathematics, in its own fonts at standard sizes, none below 9 pt. Letters that are not
Latin need an engine and fonts that have them, which a comment at the top says.
"""

import re
from collections.abc import Iterator, Sequence

from gradcli.draw.description import description
from gradcli.draw.fonts import width
from gradcli.draw.forms.arrows import BACKWARD_HEAD, FORWARD_HEAD, Arrow, make_arrow
from gradcli.draw.forms.svg import CAPTION_LINE, caption_lines
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.labels import Slot
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.layout.routes import Position
from gradcli.draw.layout.sizes import corner, shown_extent, shown_name, shown_text
from gradcli.draw.matrices import DIGITS, Matrix, block
from gradcli.draw.numbers import gradient_label, number, value_label
from gradcli.draw.products import product
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.draw.style import DARK, LIGHT
from gradcli.latex.symbols import Symbols, latex_name, latex_number
from gradcli.text import visible
from gradcli.words.catalogue import say

PT = 0.75  # of a px of the SVG
SIZES = {"symbol": 20.74, "leaf": 14.4, "pill": 12.0, "label": 9.0, "title": 14.4}  # pt that all fonts have
LABEL_PX = SIZES["label"] / PT
LEAF_GAP = 2.0  # px by which a leaf's box is wider than its text
LATIN = 0x17F  # the last letter that every engine has
_STYLES = {
    "forward": "draw=gradcliink, line width=1.1pt",
    "backward": "draw=gradcligradient, line width=1.8pt",
    "untaken": "draw=gradclidead, dash pattern=on 4.5pt off 3pt",
    "ahead": "draw=gradclidead",
    "zero": "draw=gradclidead, line width=1.35pt, dash pattern=on 1.35pt off 2.7pt",
    "node": "draw=gradcliink, fill=gradclinode, line width=1.2pt",
    "output": "fill=gradclioutput",
    "closed": "draw=gradclidead, fill=gradcliclosed",
    "skipped": "draw=gradclidead, dash pattern=on 3.75pt off 3pt",
    "sum": "draw=gradcligradient, fill=gradclibadge, rounded corners=3pt",
}
_SYMBOLS = {"×": r"\times", "−": "-", "÷": r"\div", "≤": r"\le", "≥": r"\ge", "≠": r"\ne"}
_ESCAPED = {c: f"\\{c}" for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": "$<$", ">": "$>$",
    "|": "$|$", '"': "''", "−": "$-$", "·": r"$\cdot$", "…": r"\ldots{}", "∂": r"$\partial$", "Σ": r"$\Sigma$",
}  # fmt: skip
_UNIT, _SIGN = re.compile(r"^(-?)1{\\times}"), r"\1"  # 10^−8 needs no 1 before it
# From the middle of a line to its baseline, in font sizes: of signs, of small letters, of capitals and figures.
_AXIS, _SMALL, _CAPITAL = 0.25, 0.22, 0.33


def tikz(scene: Scene, theme: str = "light", layout: Layout | None = None) -> Iterator[str]:
    """The lines of the picture. A `theme` other than dark has no background, as slides have their own."""
    layout = layout or make_layout(scene)
    caption = caption_lines(scene.caption, layout.width)
    lines = [*_caption(caption, layout.width / 2), *_body(scene, layout)]
    yield from (f"% {line}" for line in description(scene).splitlines())
    yield r"% \usepackage{tikz}"
    if any(ord(c) > LATIN for line in lines for c in line):
        yield f"% {say('picture.engine', scene.language)}"
    yield r"\begin{tikzpicture}[x=0.75pt, y=-0.75pt, inner sep=0pt, outer sep=0pt,"
    yield from (f"  gradcli {name}/.style={{{style}}}," for name, style in _STYLES.items())
    for name, size in SIZES.items():
        yield f"  gradcli {name}/.style={{font=\\fontsize{{{size:g}}}{{{1.2 * size:.1f}}}\\selectfont}},"
    yield "]"
    palette = DARK if theme == "dark" else LIGHT
    yield from (f"\\definecolor{{gradcli{name}}}{{HTML}}{{{color[1:].upper()}}}" for name, color in palette.items())
    if theme == "dark":
        top = (0.0, -CAPTION_LINE * (len(caption) + 0.3)) if caption else (0.0, 0.0)
        yield f"\\fill[gradclibackground] {_point(top)} rectangle {_point((layout.width, layout.height))};"
    yield from lines
    yield r"\end{tikzpicture}"


def _caption(lines: Sequence[str], middle: float) -> Iterator[str]:
    for place, line in enumerate(lines):
        at = (middle, -CAPTION_LINE * (len(lines) - place - 0.7))
        yield _text(rf"\bfseries {_escaped(line)}", at, "title", "ink")


def _body(scene: Scene, layout: Layout) -> Iterator[str]:
    symbols = Symbols()
    for place, edge in enumerate(scene.edges):
        yield from _lines(edge, *layout.arrows(place))
    for index in range(len(scene.items)):
        yield from _item(scene, layout, index, symbols)
    for edge, (above, below) in zip(scene.edges, layout.slots, strict=False):
        value = value_label(edge, scene.language)
        color = "value" if edge.taken else "muted"
        if isinstance(edge.value, Matrix) and edge.done:
            yield _array(edge.value, above, color)
        else:
            yield from _label(_number(value), value, above, color)
        color = "muted" if edge.gradient == 0 else "gradient"
        if isinstance(edge.gradient, Matrix) and edge.sent:
            yield _array(edge.gradient, below, color)
        elif edge.chain:
            yield from _label(_product(edge, symbols), product(edge.label), below, color)
        else:
            gradient = gradient_label(edge)
            yield from _label(_number(gradient), gradient, below, color)


def _array(matrix: Matrix, slot: Slot, color: str) -> str:
    """A matrix in its slot, or the shape of a large one."""
    side = {-1: "west", 0: "center", 1: "east"}[slot.align]
    return _text(_matrix(matrix), (slot.anchor(), slot.y), "label", color, 0.0, f", anchor={side}")


def _matrix(matrix: Matrix) -> str:
    rows = block(matrix).rows
    if not rows:
        return f"${matrix.text(DIGITS)}$".replace("×", r"{\times}")
    lines = r" \\ ".join(" & ".join(map(_entry, row)) for row in rows)
    columns = f"@{{}}{'r' * len(rows[0])}@{{}}"
    return rf"$\left[\setlength\arraycolsep{{3.5pt}}\begin{{array}}{{{columns}}}{lines}\end{{array}}\right]$"


def _entry(text: str) -> str:
    """A number in mathematics, or a word."""
    written = _number(text)
    return written[1:-1] if written.startswith("$") else rf"\hbox{{{written}}}"


def _lines(edge: Edge, forward: Sequence[Position], backward: Sequence[Position]) -> Iterator[str]:
    extra = ", gradcli untaken" if not edge.taken else "" if edge.done else ", gradcli ahead"
    color = "dead" if extra else "ink"
    yield from _arrow(make_arrow(forward, FORWARD_HEAD), f"gradcli forward{extra}", color)
    if edge.backward and edge.sent:
        zero, color = (", gradcli zero", "dead") if edge.gradient == 0 else ("", "gradient")
        arrow = make_arrow(backward, BACKWARD_HEAD)
        yield from _arrow(arrow, f"gradcli backward{zero}", color)


def _arrow(arrow: Arrow, style: str, color: str) -> Iterator[str]:
    points = [_point(point) for point in arrow.line]
    if arrow.is_curve:
        threes = zip(points[1::3], points[2::3], points[3::3], strict=True)
        path = points[0] + "".join(f" .. controls {a} and {b} .. {end}" for a, b, end in threes)
    else:
        path = " -- ".join(points)
    yield f"\\draw[{style}] {path};"
    yield f"\\fill[gradcli{color}] {' -- '.join(map(_point, arrow.head))} -- cycle;"


def _item(scene: Scene, layout: Layout, index: int, symbols: Symbols) -> Iterator[str]:
    item, (x, y), (w, h) = scene.items[index], layout.places[index], layout.sizes[index]
    grey = item.closed or item.condition or item.upright or not item.evaluated
    states = {"output": item.output, "closed": item.closed or item.condition, "skipped": not item.evaluated}
    style = "".join(["gradcli node", *(f", gradcli {name}" for name, holds in states.items() if holds)])
    if item.shape == "circle" and w == h:
        yield f"\\draw[{style}] {_point((x, y))} circle[radius={w:.1f}];"
    elif item.shape != "text":
        corners = f"{_point((x - w, y - h))} rectangle {_point((x + w, y + h))}"
        yield f"\\draw[{style}, rounded corners={corner((w, h)) * PT:.1f}pt] {corners};"
    if item.shape == "circle":
        tex, drop = _symbol(item.text)
        yield _text(tex, (x, y), "symbol", "muted" if grey else "ink", drop)
    elif item.shape == "pill":
        yield _text(_escaped(item.text), (x, y), "pill", "muted" if grey else "ink", _CAPITAL)
    else:
        # Where a text of another width might come under its arrow, the end at the arrow stays.
        side = 0 if scene.direction == "down" else -1 if item.node < 0 else 1
        at = (x + side * (w - LEAF_GAP), y)
        yield _text(_leaf(scene, item, symbols), at, "leaf", "muted" if grey else "ink", _SMALL, f", {_anchor(side)}")
    yield from _name(scene, item, layout.names[index], symbols)
    yield from _badge(item, layout.badges[index])


def _symbol(text: str) -> tuple[str, float]:
    """What stands in a circle, and how far its baseline lies below the middle."""
    if text.isalpha():
        return f"${latex_name(text)}$", _SMALL
    if text in "+=<>" or text in _SYMBOLS:
        return f"${_SYMBOLS.get(text, text)}$", _AXIS
    return _escaped(text), _CAPITAL


def _leaf(scene: Scene, item: Item, symbols: Symbols) -> str:
    if item.node >= 0 and item.node not in scene.graph.names:
        return _number(item.text)
    name = symbols.name(item.text)
    if shown_text(item) != item.text:
        return rf"\text{'up' if item.upright else 'it'}{{{_escaped(shown_text(item))}}}"
    return rf"$\mathrm{{{name}}}$" if item.upright else f"${name}$"


def _name(scene: Scene, item: Item, box: Box | None, symbols: Symbols) -> Iterator[str]:
    if box is not None:
        mark = say(f"label.{item.mark}", scene.language) if item.mark else ""
        name = f"${symbols.name(item.name)}$" if item.name else ""
        if shown_name(item) != item.name:
            name = rf"\textit{{{_escaped(shown_name(item))}}}"
        # Beside a node the name begins at the node.
        at, side = ((box.x - box.half_width, box.y), -1) if scene.direction == "down" else ((box.x, box.y), 0)
        name += _escaped(shown_extent(item)).replace("×", r"$\times$")
        text = r" $\cdot$ ".join(filter(None, (name, _escaped(mark))))
        yield _text(text, at, "label", "muted", _SMALL, f", {_anchor(side)}")


def _badge(item: Item, box: Box | None) -> Iterator[str]:
    if box is not None and item.summed:
        low, high = (box.x - box.half_width, box.y - box.half_height), (box.x + box.half_width, box.y + box.half_height)
        yield f"\\draw[gradcli sum] {_point(low)} rectangle {_point(high)};"
        if isinstance(item.total, Matrix):
            yield _text(rf"$\Sigma$ {_matrix(item.total)}", (box.x, box.y), "label", "gradient", 0.0, ", anchor=center")
            return
        total = number(item.total)
        yield _text(f"$\\Sigma$ {_number(total)}" if total else r"$\Sigma$", (box.x, box.y), "label", "gradient")


def _label(tex: str, measured: str, slot: Slot, color: str) -> Iterator[str]:
    """A label in its slot, smaller where it is wider; nothing where there is none."""
    if tex:
        wide = width(measured, LABEL_PX)
        scale = f", scale={2 * slot.half_width / wide:.2f}" if wide > 2 * slot.half_width else ""
        yield _text(tex, (slot.anchor(), slot.y), "label", color, _CAPITAL, f", {_anchor(slot.align)}{scale}")


def _anchor(side: int) -> str:
    """Where a text is held: at the left end of its baseline (−1), in the middle (0) or at the right end (1)."""
    return "anchor=base" + {-1: " west", 0: "", 1: " east"}[side]


def _text(tex: str, at: Position, size: str, color: str, drop: float = _CAPITAL, more: str = ", anchor=base") -> str:
    """A node whose baseline lies so many font sizes below the place."""
    baseline = at[1] + drop * SIZES[size] / PT
    return f"\\node[gradcli {size}, text=gradcli{color}, at={{{_point((at[0], baseline))}}}{more}] {{{tex}}};"


def _number(text: str) -> str:
    """A number as it is in pictures, `−5`, `1/3`, `1e−8`, `≈0.3`, `∞`, a word that stands for one, or an array."""
    plain = text.removeprefix("≈").replace("−", "-").replace("∞", "inf")
    about = r"{\approx}" if text.startswith("≈") else ""
    if plain.startswith("["):
        return f"${latex_name(plain)}$"
    if not plain or (plain[-1].isalpha() and not plain.endswith("inf")):
        return _escaped(text)
    # On one line, as its room is as high as a figure.
    tex = "/".join(map(latex_number, plain.split("/"))).replace(r" \times ", r"{\times}")
    return f"${about}{_UNIT.sub(_SIGN, tex)}$"


def _product(edge: Edge, symbols: Symbols) -> str:
    """The factors of an edge that has gone back, `∂y/∂s`, with little room about the dots."""
    if not (edge.backward and edge.sent):
        return ""
    factors = (rf"\partial {symbols.name(of)}/\partial {symbols.name(by)}" for of, by in edge.label)
    product = r"{\cdot}".join(factors)
    return f"${product}$"


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(c, c) for c in "".join(map(visible, text)))


def _point(point: Position) -> str:
    return f"({round(point[0], 1) + 0.0:g},{round(point[1], 1) + 0.0:g})"
