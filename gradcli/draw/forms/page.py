"""The interactive page: one HTML file with the SVG, the passes over this graph as JavaScript, and nothing from outside.

Without JavaScript the picture still shows. Names are put into the page as text only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from gradcli.draw.description import description
from gradcli.draw.forms.facts import facts_of
from gradcli.draw.forms.program import DOUBLES, Spelling, Wrong, program, script_json
from gradcli.draw.forms.scripts import compact, with_bare_names, with_short_names
from gradcli.draw.forms.svg import MARKED, escape_text, markers, parts_of
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.products import without_products
from gradcli.draw.scene import Scene
from gradcli.draw.style import DARK, LIGHT, VARIABLES, painted
from gradcli.engine.binding import targets_of
from gradcli.graph import Graph
from gradcli.report.fonts import FONTS
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.draw.forms.quiz import Quiz

STEPPED = ".hide{visibility:hidden}.dim{opacity:.25}"  # what lies ahead of a step
PORTRAIT = 700.0  # px that A4 has between its margins
LANDSCAPE = 1.3  # a picture that is wider, and more than so many times as wide as high, is printed across the paper
BESIDE = 370.0  # px that inputs take beside a picture: there they and the picture are on one screen
_BESIDE = (
    "body{display:grid;grid-template-columns:minmax(0,1fr) auto}body>*{grid-column:1/3}figure{grid-area:2/1}"
    "#inputs-box{grid-area:2/2;width:330px;max-height:calc(var(--room) - 16px);overflow:auto}"
)
_OF_MATH = re.compile(r"\bMath\.(\w+)")
_SHOWN = (
    "first", "back", "step", "last", "steps", "play", "reset", "fit", "save", "inputs", "table", "keys", "static",
)  # fmt: skip


def page(
    scene: Scene,
    kink: str = "branch",
    theme: str = "auto",
    wrt: Sequence[str] | None = None,
    quiz: "Quiz | None" = None,
    fractions: bool = False,
) -> str:
    """The HTML text. The scene must have room for numbers; `kink`, `wrt` and `fractions` are those that it was made
    with.

    Where it is a quiz the scene must be one without a point.
    """
    described = "" if quiz else description(replace(scene, step=None))
    if quiz:
        scene = without_products(scene)
    layout = make_layout(scene)
    targets = list(targets_of(scene.graph, wrt).values())
    required = required_in(scene.graph, scene, targets)
    has_point = bool(quiz or scene.result)
    facts, forms = facts_of(scene, layout, required, targets, kink, has_point)
    wrong: list[Wrong] = []
    if quiz:
        more, wrong = quiz.facts(scene, facts["wanted"])
        facts |= more
    spelling, numbers, facts["constants"] = arithmetic(scene.graph, fractions)
    passes = program(scene.graph, required, kink, forms, wrong, spelling)  # names of its helpers are its own
    asked = (*(() if has_point else ("symbolic",)), "inputs", "controls", *(("quiz_numbers", "quiz") if quiz else ()))
    scripts = (
        script(numbers),
        f"const F = (() => {{\n{_with_bare_functions(passes)}\nreturn F;\n}})();",
        *map(script, ("texts", "formulas", "page", "passes", "picture", *asked)),
    )
    picture = figure(scene, layout, described, parts_of(scene, layout, marked=True))
    return document(scene, layout, theme, picture, facts, scripts, quiz)


def arithmetic(graph: Graph, fractions: bool) -> tuple[Spelling, str, Mapping[int, float | str]]:
    """How a page computes: the spelling of its operators, the script of its numbers, and a graph's constants."""
    if not fractions:
        return DOUBLES, "doubles", dict(graph.values)
    from gradcli.draw.forms.fractions import SPELLING, constants

    return SPELLING, "fractions", constants(graph)


def document(
    scene: Scene,
    layout: Layout,
    theme: str,
    picture: str,
    facts: Mapping[str, Any],
    scripts: Iterable[str],
    quiz: "Quiz | None" = None,
    style: str = "",
) -> str:
    """The HTML text of a page that computes: around a picture, with what its scripts know; `style` is its own."""
    language = scene.language
    code = with_short_names("\n".join(map(compact, scripts)))
    word = {key: escape_text(say(f"page.{key}", language)) for key in _SHOWN}
    static = escape_text(say("quiz.static", language)) if quiz else word["static"]
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="{"light dark" if theme == "auto" else theme}">
<title>{escape_text(" ".join(scene.title.split()))}</title>
<style id="look">{painted(VARIABLES)}{MARKED}{STEPPED}</style>
<style>{page_style(theme, layout, bool(quiz))}{quiz.style if quiz else ""}{style}</style>
</head>
<body>
<h1>{escape_text(scene.title)}</h1>
<figure>{picture}</figure>
<noscript><p>{static}</p></noscript>
<div id="bar" hidden>
<div id="caption" aria-live="polite" aria-atomic="true"></div>
{quiz.form(language) if quiz else ""}<nav>
<button id="first" title="{word["first"]}" aria-label="{word["first"]}">|◀</button>
<button id="back">◀ {word["back"]}</button>
<button id="step">{word["step"]} ▶</button>
<button id="last" title="{word["last"]}" aria-label="{word["last"]}">▶|</button>
<button id="play">{word["play"]}</button>
<input id="at" type="range" aria-label="{word["steps"]}">
<span id="count"></span>
<button id="reset">{word["reset"]}</button>
<button id="fit" aria-pressed="false">{word["fit"]}</button>
<button id="save" title="{word["save"]}" aria-label="{word["save"]}">SVG</button>
</nav>
</div>
<details id="inputs-box" open hidden><summary>{word["inputs"]}</summary>
<div id="inputs"></div><span id="value" class="val"></span></details>
<details id="rows" hidden><summary>{word["table"]}</summary><table id="table"></table></details>
{f'<p id="keys" hidden>{word["keys"]}</p>' if not quiz else ""}
<div id="card" role="tooltip" hidden></div>
<script>
(() => {{
"use strict";
const D = {with_bare_names(script_json(facts))};
{code}
}})();
</script>
</body>
</html>
"""


def _with_bare_functions(code: str) -> str:
    """Code in which the functions and constants of Math have no `Math.` before them where no other has that name."""
    names = sorted(set(_OF_MATH.findall(code)))
    used = [name for name in names if not re.search(rf"(?<!Math\.)\b{name}\b", code)]
    bare = _OF_MATH.sub(lambda found: found[1] if found[1] in used else found[0], code)
    return f"const {{{', '.join(used)}}} = Math;\n{bare}"


def required_in(graph: Graph, scene: Scene, targets: Sequence[int]) -> Sequence[int]:
    """The nodes of a graph that a gradient passes: none where the picture has the forward pass alone."""
    required = graph.requires_gradient(targets)
    is_forward = required[graph.output] and not scene.edges[-1].backward
    return [0] * len(required) if is_forward else required


def figure(scene: Scene, layout: Layout, described: str, parts: Iterable[str]) -> str:
    """The picture in a page: its description, and its parts, whose lines are marked."""
    inside = "".join(f"{part}\n" for part in (markers(), *parts))
    w, h = f"{layout.width:.0f}", f"{layout.height:.0f}"
    label = escape_text(scene.title)
    return (
        f'<svg id="graph" viewBox="0 0 {w} {h}" role="img" '
        f'width="{w}" aria-label="{label}">\n'
        f"<desc>{escape_text(described)}</desc>\n{inside}</svg>"
    )


def script(name: str) -> str:
    """One of the page's scripts."""
    return read(f"{name}.js")


def read(name: str) -> str:
    """A file of the page."""
    return (resources.files("gradcli.draw.forms") / name).read_text(encoding="utf-8")


def page_style(theme: str, layout: Layout, is_still: bool) -> str:
    """The stylesheet of what surrounds the picture: its colours are variables."""
    style = read("page.css")
    if layout.width > max(PORTRAIT, LANDSCAPE * layout.height):
        style += "@page{size:landscape}@media print{figure svg{max-height:150mm}}"
    if not is_still:  # one that is has no inputs: a quiz, or a picture of arrays
        style += f"@media screen and (min-width:{layout.width + BESIDE:.0f}px){{{_BESIDE}}}\n"
    return _variables({"fonts": FONTS, **LIGHT}) + _DARK[theme] + style


def _variables(palette: dict[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in palette.items())}}}\n"


# The colours for dark, by the theme. Paper is white whatever the theme.
_DARK = {
    "light": "",
    "dark": f"@media screen{{{_variables(DARK)}}}\n",
    "auto": f"@media screen and (prefers-color-scheme:dark){{{_variables(DARK)}}}\n",
}
