"""The graph as text for Mermaid: one edge `<-->` with a two-line label for each pair of arrows. There is no limit.

Mermaid itself draws up to 500 edges unless its setting `maxEdges` is higher; a diagram cannot set that.
"""

from collections.abc import Iterator

from gradcli.draw.description import description
from gradcli.draw.forms.dot import DIRECTIONS
from gradcli.draw.layout.sizes import shown_extent
from gradcli.draw.numbers import gradient_label, number, value_label
from gradcli.draw.scene import Edge, Item, Scene
from gradcli.draw.style import LIGHT
from gradcli.text import visible
from gradcli.words.catalogue import say

MAX_EDGES = 500  # Mermaid's default


def mermaid(scene: Scene) -> Iterator[str]:
    """The lines of a flowchart, for a scene that shares its leaves."""
    yield f"flowchart {DIRECTIONS[scene.direction]}"
    yield f"  accTitle: {_line(scene.title)}"
    yield f"  accDescr: {_line(description(scene))}"
    for index, item in enumerate(scene.items):
        yield f"  n{index}{_node(scene, item)}"
    for edge in scene.edges:
        yield f"  n{edge.source} {_arrow(edge)}{_label(edge, scene.language)} n{edge.target}"
    classes = {
        "operation": f"fill:{LIGHT['node']},stroke:{LIGHT['ink']},color:{LIGHT['ink']}",
        "grey": f"fill:{LIGHT['closed']},stroke:{LIGHT['dead']},color:{LIGHT['muted']}",
        "skipped": f"fill:{LIGHT['node']},stroke:{LIGHT['dead']},color:{LIGHT['muted']},stroke-dasharray:5 4",
        "leaf": "fill:none,stroke:none,font-style:italic",
        "constant": f"fill:none,stroke:none,color:{LIGHT['muted']}",
        "output": f"fill:{LIGHT['output']},stroke:{LIGHT['ink']},color:{LIGHT['ink']}",
    }
    members: dict[str, list[str]] = {}
    for index, item in enumerate(scene.items):
        members.setdefault(_class(item), []).append(f"n{index}")
    for name, style in classes.items():
        if members.get(name):
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(members[name])} {name}"


def _class(item: Item) -> str:
    if not item.evaluated:
        return "skipped"
    if item.shape == "text":
        return "constant" if item.upright else "leaf"
    return "grey" if item.closed or item.condition else "output" if item.output else "operation"


def _node(scene: Scene, item: Item) -> str:
    own = f"{item.name}{shown_extent(item)} = {item.text}" if item.name else item.text
    mark = f" · {say(f'label.{item.mark}', scene.language)}" if item.mark else ""
    lines = [own + mark, f"Σ {number(item.total)}" if item.badge and item.summed else ""]
    label = '"' + "<br>".join(_escaped(line) for line in lines if line) + '"'
    if item.shape == "text":
        return f"[{label}]"
    # Mermaid makes a circle as wide as its text, too small for two lines.
    return f"(({label}))" if item.shape == "circle" and not (item.badge and item.summed) else f"([{label}])"


def _arrow(edge: Edge) -> str:
    line = "-.-" if not edge.taken else "--"
    return f"{'<' if edge.backward and edge.sent else ''}{line}>"


def _label(edge: Edge, language: str) -> str:
    lines = [
        ("→ ", value_label(edge, language)),
        ("← ", gradient_label(edge)),
    ]
    shown = "<br>".join(_escaped(arrow + text) for arrow, text in lines if text)
    return f'|"{shown}"|' if shown else ""


def _escaped(text: str) -> str:
    """Text with everything but letters, digits and a few harmless characters as `#code;`, so that nothing is markup."""
    return "".join(c if c.isalnum() or c in " .→←Σ−·×÷≤≥≠∞" else f"#{ord(c)};" for c in "".join(map(visible, text)))


def _line(text: str) -> str:
    """One line of plain text: Mermaid's `accTitle` and `accDescr` take it as it is, but end at a semicolon or a comment
    sign.
    """
    return _escaped(" ".join("".join(map(visible, text.replace("\r", "\n").replace("\n", " "))).split()))
