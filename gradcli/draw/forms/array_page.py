"""The page of a picture of arrays: step by step through both passes at its point. It computes nothing itself.

Without JavaScript the whole picture shows.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

from gradcli.draw.description import description
from gradcli.draw.forms.page import page_style
from gradcli.draw.forms.program import script_json
from gradcli.draw.forms.svg import escape_text, parts_of
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.numbers import gradient_label, number
from gradcli.draw.scene import Scene
from gradcli.draw.style import VARIABLES, painted
from gradcli.language.format import operation_text
from gradcli.words.catalogue import say


def array_page(scene: Scene, theme: str = "auto") -> str:
    """The HTML text; it begins at the scene's step."""
    language = scene.language
    layout = make_layout(scene)
    word = {key: escape_text(say(f"page.{key}", language)) for key in ("first", "back", "step", "last", "steps")}
    code = (resources.files("gradcli.draw.forms") / "array_page.js").read_text(encoding="utf-8")
    facts = {"said": list(_said(scene)), "step": len(scene.steps) - 1 if scene.step is None else scene.step}
    w, h, label = f"{layout.width:.0f}", f"{layout.height:.0f}", escape_text(scene.title)
    described = escape_text(description(replace(scene, step=None)))
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="{"light dark" if theme == "auto" else theme}">
<title>{escape_text(" ".join(scene.title.split()))}</title>
<style>{painted(VARIABLES)}.ahead{{visibility:hidden}}.later{{opacity:.25}}</style>
<style>{page_style(theme, layout, is_still=True)}</style>
</head>
<body>
<h1>{label}</h1>
<figure><svg id="graph" viewBox="0 0 {w} {h}" role="img" width="{w}" aria-label="{label}">
<desc>{described}</desc>
{"".join(_parts(scene, layout))}</svg></figure>
<div id="bar" hidden>
<p id="caption" aria-live="polite"></p>
<nav>
<button id="first" title="{word["first"]}" aria-label="{word["first"]}">|◀</button>
<button id="back">◀ {word["back"]}</button>
<button id="step">{word["step"]} ▶</button>
<button id="last" title="{word["last"]}" aria-label="{word["last"]}">▶|</button>
<input id="at" type="range" min="0" aria-label="{word["steps"]}">
<span id="count"></span>
</nav>
</div>
<p id="keys">{escape_text(say("page.arrays", language))}</p>
<script>
(() => {{
"use strict";
const D = {script_json(facts)};
{code}}})();
</script>
</body>
</html>
"""


def _parts(scene: Scene, layout: Layout) -> Iterator[str]:
    """The parts of the picture, each with the steps from which on what goes forward and what goes back is seen."""
    forward = [0] * len(scene.items)
    backward = [0] * len(scene.items)
    for place, step in enumerate(scene.steps):
        if step.kind == "forward":
            forward[step.item] = place
        elif step.kind != "start":
            backward[step.item] = place
    edges = [(forward[edge.source], backward[edge.target]) for edge in scene.edges]
    arrived: dict[int, int] = {}
    for edge, (_, back) in zip(scene.edges, edges, strict=True):
        node = scene.items[edge.source].node
        arrived[node] = max(arrived.get(node, 0), back if edge.backward else 0)
    last = len(scene.steps) - 1
    items = [(forward[index], arrived.get(item.node, 0) or last) for index, item in enumerate(scene.items)]
    for part, (there, back) in zip(parts_of(scene, layout), (*edges, *items, *edges), strict=True):
        yield f'<g data-f="{there}" data-b="{back}">{part}</g>\n'


def _said(scene: Scene) -> Iterator[str]:
    """What is said of each step: the point, an operation with its value, what it passes back."""
    graph, names, into = scene.graph, scene.names, scene.edges_into()
    values = {edge.source: edge.value for edge in scene.edges}
    output = scene.items[-1].text
    for step in scene.steps:
        item = scene.items[step.item]
        if step.kind == "start":
            assert scene.arrays is not None, "a picture of arrays"
            yield ", ".join(scene.arrays.point())
        elif step.kind == "forward":
            text = operation_text(graph.operators[item.node], [names[x] for x in graph.inputs[item.node]])
            name = names[item.node]
            value = number(values[step.item], language=scene.language)
            yield "→ " + " = ".join(dict.fromkeys((name, text, value)))
        else:
            passed = [(scene.items[edge.source].node, edge) for edge in into[step.item] if edge.backward]
            yield "← " + ", ".join(f"∂{output}/∂{names[node]}: {gradient_label(edge)}" for node, edge in passed)
