"""The graph as text for Graphviz' `dot`. Nothing here calls it. There is no limit on the size.

For each edge a black arrow with the value, and back an orange one with the gradient that does not count for ranking.
"""

from collections.abc import Iterator

from gradcli.draw.description import description, tooltip
from gradcli.draw.forms.svg import name_text
from gradcli.draw.numbers import gradient_label, number, value_label
from gradcli.draw.scene import Item, Scene
from gradcli.draw.style import LIGHT
from gradcli.text import visible

DIRECTIONS = {"right": "LR", "down": "TB"}


def dot(scene: Scene) -> Iterator[str]:
    """The lines of a DOT file, for a scene that shares its leaves."""
    yield "digraph gradcli {"
    yield f'  label={_quoted(scene.title)}; labelloc=t; fontname="Noto Sans";'
    yield f"  tooltip={_quoted(description(scene))};"
    yield f"  rankdir={DIRECTIONS[scene.direction]}; ranksep=1; nodesep=0.4;"
    yield f'  node [fontname="Noto Sans", fontcolor="{LIGHT["ink"]}", color="{LIGHT["ink"]}"];'
    yield f'  edge [fontname="Noto Sans", fontsize=11, color="{LIGHT["ink"]}", fontcolor="{LIGHT["value"]}"];'
    for index, item in enumerate(scene.items):
        yield f"  n{index} [{_node(scene, item)}];"
    for edge in scene.edges:
        facts = [f"label={_quoted(value_label(edge, scene.language))}"]
        if not edge.taken:
            facts.append("style=dashed")
        if not (edge.taken and edge.done):
            facts.append(f'color="{LIGHT["dead"]}", fontcolor="{LIGHT["muted"]}"')
        yield f"  n{edge.source} -> n{edge.target} [{', '.join(facts)}];"
        if edge.backward and edge.sent:
            color, style = ("muted", "dotted") if edge.gradient == 0 else ("gradient", "bold")
            line = "dead" if edge.gradient == 0 else "gradient"
            yield (
                f"  n{edge.target} -> n{edge.source} [label={_quoted(gradient_label(edge))}, constraint=false, "
                f'style={style}, color="{LIGHT[line]}", fontcolor="{LIGHT[color]}"];'
            )
    yield "}"


def _node(scene: Scene, item: Item) -> str:
    shape = {"circle": "circle", "pill": "box", "text": "plaintext"}[item.shape]
    # A label of a node that stands outside it would be drawn over edges.
    badge = f"Σ {number(item.total)}" if item.badge and item.summed else ""
    lines = "\n".join(part for part in (item.text, name_text(item, scene.language), badge) if part)
    facts = [f"label={_quoted(lines)}", f"shape={shape}"]
    style = {"circle": "filled", "pill": "rounded,filled", "text": ""}[item.shape]
    if style:
        facts.append(f'style="{style}"' if item.evaluated else f'style="{style},dashed"')
    if item.shape != "text":
        fill = "closed" if item.closed or item.condition else "output" if item.output else "node"
        facts.append(f'fillcolor="{LIGHT[fill]}"')
    if item.closed or item.condition or item.upright or not item.evaluated:
        facts.append(f'color="{LIGHT["dead"]}", fontcolor="{LIGHT["muted"]}"')
    said = tooltip(scene, item)
    if said:
        facts.append(f"tooltip={_quoted(said)}")
    return ", ".join(facts)


def _quoted(text: str) -> str:
    r"""A quoted string: a backslash would begin an escape such as \N, an ampersand an HTML entity."""
    shown = "".join(c if c == "\n" else visible(c) for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;").replace("\n", "\\n")
    return f'"{escaped}"'
