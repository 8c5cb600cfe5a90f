"""The page of a picture of arrays: step by step through both passes, at every point; where there are many numbers at
that of the picture alone.

Without JavaScript the whole picture shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gradcli.draw.description import description
from gradcli.draw.forms.array_facts import facts_of
from gradcli.draw.forms.array_program import numbers
from gradcli.draw.forms.page import arithmetic, document, figure, page_style, read, required_in, script
from gradcli.draw.forms.program import script_json
from gradcli.draw.forms.svg import escape_text, parts_of
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.matrices import ROWS, Matrix, is_small
from gradcli.draw.numbers import gradient_label, number
from gradcli.draw.products import without_products
from gradcli.draw.scene import Scene
from gradcli.draw.style import VARIABLES, painted
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.graph.arrays import size_of
from gradcli.language.format import operation_text
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.draw.forms.array_quiz import ArrayQuiz

# Scalar nodes of a page that computes: with the code of their kinds these are some 50 kB.
MOST_NUMBERS = 3_000
WIDE = -0.1235  # as wide as nearly every number of four digits

STYLE = """.array{display:grid;width:max-content;gap:2px}
#inputs .array input{width:4em;text-align:right}
#inputs .array .on{border-color:var(--value)}
#slide{display:flex;align-items:center;gap:8px;margin-bottom:6px}
#slide input{accent-color:var(--value);flex:0 1 300px}
"""


def array_page(
    scene: Scene,
    graph: Graph,
    theme: str = "auto",
    wrt: Sequence[str] | None = None,
    kink: str = "branch",
    fractions: bool = False,
    quiz: "ArrayQuiz | None" = None,
) -> str:
    """The HTML text; it begins at the scene's step. `graph` is that of the numbers; `wrt`, `kink` and `fractions` are
    those that the scene was made with.

    Where it is a quiz the scene must be one without a point, of which something can be asked.
    """
    if quiz:
        return _computing(scene, theme, graph, wrt, kink, fractions, quiz)
    if len(graph) > MOST_NUMBERS:
        return _still(scene, theme, say("page.arrays", scene.language, count=len(graph), limit=MOST_NUMBERS))
    if scene.result is None and not _can_be_typed(graph):
        return _still(scene, theme, say("page.shapes", scene.language))
    return _computing(scene, theme, graph, wrt, kink, fractions)


def check_asked(graph: Graph, scene: Scene) -> None:
    """Refuse a quiz over many numbers, or over no operation all of whose arrays are shown in the picture."""
    assert scene.arrays is not None, "a picture of arrays"
    program, shapes = scene.graph, scene.arrays.shapes
    asked = (
        all(is_small(shapes[x]) for x in (item.node, *program.inputs[item.node]))
        for item in scene.items[:-1]
        if program.inputs[item.node]
    )
    if len(graph) > MOST_NUMBERS or not any(asked):
        raise GradcliError("quiz-too-large", {"rows": ROWS, "limit": MOST_NUMBERS}, source="option")


def _can_be_typed(graph: Graph) -> bool:
    """Whether every variable is small enough for fields in which its numbers are typed."""
    assert graph.arrays is not None, "a graph of arrays"
    return all(is_small(group.shape) for group in graph.arrays.groups(list(graph.variables)))


def _computing(
    scene: Scene,
    theme: str,
    graph: Graph,
    wrt: Sequence[str] | None,
    kink: str,
    fractions: bool,
    quiz: "ArrayQuiz | None" = None,
) -> str:
    described = "" if quiz else description(replace(scene, step=None))
    scene = without_products(scene)
    layout = make_layout(_with_room(scene))
    targets = list(targets_of(graph, wrt).values())
    required = required_in(graph, scene, targets)
    spelling, kind, constants = arithmetic(graph, fractions)
    found = numbers(graph, required, kink, spelling)
    facts = facts_of(graph, scene, layout, wrt, targets) | {
        "numbers": found.facts | {"constants": constants},
        "required": [],
    }
    facts["required"] = [0] * len(scene.graph) + [int(required[node]) for node in facts["leaves"]]
    if quiz:
        facts |= quiz.facts_of_arrays(graph, scene, facts["variables"])
    behind = ("controls", *(("quiz_arrays", "quiz") if quiz else ()))
    scripts = (
        script(kind),
        f"const K = (() => {{\n{found.code}\n}})();",
        *map(script, ("texts", "array_formulas", "page", "passes", "array_picture", "array_inputs", *behind)),
    )
    parts = parts_of(scene, layout, marked=True)
    labels = [f'<g class="a">{part}</g>' for part in parts[-len(scene.edges) :]]
    picture = figure(scene, layout, described, [*parts[: -len(scene.edges)], *labels])
    return document(scene, layout, theme, picture, facts, scripts, quiz, STYLE)


def _with_room(scene: Scene) -> Scene:
    """The scene with wide numbers in its small matrices, so that others have room in their places."""
    assert scene.arrays is not None, "a picture of arrays"
    shapes = scene.arrays.shapes
    wide = {
        node: Matrix(shape, [WIDE] * size_of(shape)) for node, shape in enumerate(shapes) if shape and is_small(shape)
    }
    edges = [
        replace(edge, value=wide.get(node, edge.value), gradient=wide.get(node, edge.gradient))
        for edge in scene.edges
        for node in (scene.items[edge.source].node,)
    ]
    items = [replace(item, total=wide.get(item.node, item.total)) for item in scene.items]
    return replace(scene, edges=edges, items=items)


def _still(scene: Scene, theme: str, why: str) -> str:
    """The page that computes nothing, and says why."""
    language = scene.language
    layout = make_layout(scene)
    word = {key: escape_text(say(f"page.{key}", language)) for key in ("first", "back", "step", "last", "steps")}
    code = read("array_page.js")
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
<p id="keys">{escape_text(why)}</p>
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
