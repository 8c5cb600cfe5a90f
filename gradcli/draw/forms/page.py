"""The interactive page: one HTML file with the SVG, the passes over this graph as JavaScript, and nothing from outside.

Without JavaScript the picture still shows. Names are put into the page as text only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from gradcli.draw.description import description
from gradcli.draw.forms import rules as passing
from gradcli.draw.forms import sentences
from gradcli.draw.forms.formulas import Form
from gradcli.draw.forms.program import DOUBLES, Wrong, program, script_json, structure
from gradcli.draw.forms.scripts import compact, with_short_names
from gradcli.draw.forms.svg import body, escape_text
from gradcli.draw.layout.labels import NUMBER, Slot
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.layout.sizes import shown_name
from gradcli.draw.numbers import with_minus
from gradcli.draw.products import product, without_products
from gradcli.draw.scene import SYMBOLS, Edge, Scene
from gradcli.draw.style import DARK, LIGHT, VARIABLES, painted
from gradcli.engine.binding import targets_of
from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.language.format import operation_pieces
from gradcli.operators.records import POWER, PRODUCT, SIGN, SUM, Operator
from gradcli.operators.table import DIV, IDENTITY
from gradcli.report.fonts import FONTS
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.draw.forms.quiz import Quiz

STEPPED = ".hide{visibility:hidden}.dim{opacity:.25}"  # what lies ahead of a step
ROOM = round(2 * NUMBER[0])  # px that a number has at most edges
PORTRAIT = 700.0  # px that A4 has between its margins
LANDSCAPE = 1.3  # a picture that is wider, and more than so many times as wide as high, is printed across the paper
BESIDE = 370.0  # px that inputs take beside a picture: there they and the picture are on one screen
_BESIDE = (
    "body{display:grid;grid-template-columns:minmax(0,1fr) auto}body>*{grid-column:1/3}figure{grid-area:2/1}"
    "#inputs-box{grid-area:2/2;width:330px;max-height:calc(var(--room) - 16px);overflow:auto}"
)
_SHOWN = (
    "first", "back", "step", "last", "steps", "play", "reset", "fit", "save", "inputs", "table", "keys", "static",
)  # fmt: skip

_SAID = ("start", "undefined", "slider", "give", "play", "pause", "joins", "value", "gradient")
_HOW = {SUM: "a", PRODUCT: "m", POWER: "p", SIGN: "s"}
_SIGNS = {symbol: f" {SYMBOLS[symbol.strip()]} " for symbol in ("*", "/", " - ")} | {"-": SYMBOLS["-"]}


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
    language = scene.language
    targets = list(targets_of(scene.graph, wrt).values())
    required = _required(scene, targets)
    has_point = bool(quiz or scene.result)
    facts, forms = _facts(scene, layout, required, targets, kink, has_point)
    wrong: list[Wrong] = []
    if quiz:
        more, wrong = quiz.facts(scene, facts["wanted"])
        facts |= more
    spelling, numbers = DOUBLES, "doubles"
    if fractions:
        from gradcli.draw.forms.fractions import SPELLING, constants

        spelling, numbers = SPELLING, "fractions"
        facts["constants"] = constants(scene.graph)
    passes = program(scene.graph, required, kink, forms, wrong, spelling)  # names of its helpers are its own
    files = ("formulas", "page", *(() if has_point else ("symbolic",)), "controls", *(("quiz",) if quiz else ()))
    scripts = (
        _file(f"{numbers}.js"),
        f"const F = (() => {{\n{passes}\nreturn F;\n}})();",
        *(_file(f"{name}.js") for name in files),
    )
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
<style id="look">{painted(VARIABLES)}{STEPPED}</style>
<style>{_page_style(theme, layout, bool(quiz))}{quiz.style if quiz else ""}</style>
</head>
<body>
<h1>{escape_text(scene.title)}</h1>
<figure>{_picture(scene, layout, described)}</figure>
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
const D = {script_json(facts)};
{code}
}})();
</script>
</body>
</html>
"""


def _required(scene: Scene, targets: Sequence[int]) -> Sequence[int]:
    """The nodes that a gradient passes: none where the picture has the forward pass alone."""
    required = scene.graph.requires_gradient(targets)
    is_forward = required[scene.graph.output] and not scene.edges[-1].backward
    return [0] * len(required) if is_forward else required


def _picture(scene: Scene, layout: Layout, described: str) -> str:
    w, h = f"{layout.width:.0f}", f"{layout.height:.0f}"
    label = escape_text(scene.title)
    return (
        f'<svg id="graph" viewBox="0 0 {w} {h}" role="img" '
        f'width="{w}" aria-label="{label}">\n'
        f"<desc>{escape_text(described)}</desc>\n{body(scene, layout)}</svg>"
    )


def _facts(
    scene: Scene, layout: Layout, required: Sequence[int], targets: Sequence[int], kink: str, has_point: bool
) -> tuple[dict[str, Any], list[Form]]:
    """What the page's code knows: the graph's structure, texts, where things are in the picture, and words; and the
    formulas of local derivatives that it shows.
    """
    graph = scene.graph
    drawn = graph.used()
    nodes = range(len(graph))
    wanted = [
        [k for k, x in enumerate(inputs) if required[x] and graph.passes_back(n, k)]
        for n, inputs in enumerate(graph.inputs)
    ]
    names = [with_minus(name) for name in scene.names]
    names[graph.output] = with_minus(scene.items[-1].text)
    at = _point(scene)
    operations = [n for n in nodes if graph.inputs[n] and drawn[n]]
    rules, forms = passing.rules(graph, scene.names, wanted, operations)
    different: dict[str, tuple[int, Any]] = {}  # rules, each once
    ruled = {
        n: [_place(different, by_index.get(k)) for k in range(len(graph.inputs[n]))] for n, by_index in rules.items()
    }
    facts = structure(graph) | {
        "names": names,
        "cut": {item.node: name for item in scene.items if (name := shown_name(item)) != item.name},
        "output": graph.output,
        "required": [int(mark) for mark in required],
        "wanted": wanted,
        "result": scene.items[-1].text,
        "labels": {n: graph.operators[n].label(scene.language) for n in operations},
        "rows": {index: item.rows for index, item in enumerate(scene.items) if len(item.rows) > 1},
        "steps": [[kind, *(i for _, i in steps)] for kind, steps in groupby(scene.steps, attrgetter("kind"))],
        "step": scene.step or 0,
        "items": [item.node for item in scene.items],
        "edges": [_edge(e, above, below) for e, (above, below) in zip(scene.edges, layout.slots, strict=True)],
        "room": ROOM,
        "pieces": {n: _pieces(graph.operators[n], len(graph.inputs[n])) for n in operations},
        "rules": [rule for _, rule in different.values()],
        "ruled": ruled,
        "choices": passing.choices(graph, scene.names, operations),
        "symbolic": {} if has_point else sentences.symbolic(graph, targets, scene.language),
        "bounds": passing.bounds(graph, operations),
        "flat": {
            n: [int(b.is_flat) for b in graph.operators[n].branches] for n in operations if graph.operators[n].branches
        },
        "ties": [n for n in operations if graph.operators[n].ties],
        "minnorm": kink == "minnorm",
        "forms": [_form(form) for form in forms],
        "fences": {n: found for n in operations if (found := _fences(graph.operators[n], len(graph.inputs[n])))},
        "how": "".join(_how(operator) for operator in graph.operators),
        "turns": [item.node for item in scene.items if item.mark == "edge"],
        "at": {node: at.get(name) for name, node in graph.variables.items()},
        "words": _words(scene.language),
        "sentences": sentences.templates(graph, operations, scene.language, kink, has_point),
    }
    return facts, forms


def _point(scene: Scene) -> Mapping[str, float | str]:
    """The values of the variables; of fractions their texts."""
    if scene.result is None:
        return {}
    if isinstance(scene.result, CertifiedAnswer):
        return {name: number.text for name, number in scene.result.beyond.items()}
    return scene.result.at


def _place(found: dict[str, tuple[int, Any]], rule: Any) -> int | None:
    """Where a rule stands among the different ones; at their end if it is new."""
    return None if rule is None else found.setdefault(str(rule), (len(found), rule))[0]


def _edge(edge: Edge, above: Slot, below: Slot) -> list[Any]:
    """An edge: its ends, the row that reads and as which argument, whether it goes back, the rooms of its two numbers,
    and its product; without the last ones where they are the usual.
    """
    rooms = [round(2 * slot.half_width) for slot in (above, below)]
    found = [edge.source, edge.target, edge.reader, edge.argument, int(edge.backward), *rooms, product(edge.label)]
    usual = [ROOM, ROOM, ""]
    while usual and found[-1] == usual.pop():
        found.pop()
    return found


def _form(form: Form) -> list[Any]:
    """A formula of a local derivative: its text, and of its last operation the sign, the exactness and the pieces."""
    if not form.operands:
        return [form.text, int(form.is_negated)]
    count = len(form.operands)
    return [
        form.text,
        int(form.is_negated),
        _how(form.operator),
        _pieces(form.operator, count),
        _fences(form.operator, count),
    ]


def _pieces(operator: Operator, count: int) -> list[str | int]:
    """The text of an operation, with the indices of its arguments where these stand."""
    return [
        piece[0] if isinstance(piece, tuple) else _SIGNS.get(piece, piece)
        for piece in operation_pieces(operator, count)
    ]


def _how(operator: Operator) -> str:
    """What is known of the exactness of a result, in a letter: "a" of a sum, "m" of a product, "p" of a power, "s" of
    what is chosen or rounded, "-" of others.
    """
    if operator.precedence in _HOW:
        return _HOW[operator.precedence]
    if operator.jump == "out":  # a remainder is that of a quotient that may be rounded
        return "m"
    if operator.branches:
        return "-" if any("(" in branch.takes for branch in operator.branches) else "s"
    is_chosen = operator.ties or operator.chooses or operator.condition or operator.jump
    return "s" if is_chosen or operator is IDENTITY else "-"


def _fences(operator: Operator, count: int) -> list[list[int]]:
    """The arguments whose numbers stand in parentheses if they are negative: `5 − (−3)`, `(−2)^2`; and those that do
    so if they are fractions: `2 × (1/3)`, `(1/2)^2`.
    """
    pieces = list(enumerate(operation_pieces(operator, count)))
    operands = [(place, *piece) for place, piece in pieces if isinstance(piece, tuple) and operator.symbol]
    signs = [index for place, index, least in operands if place or least > SIGN]
    fractions = [index for _, index, least in operands if count > 1 and (least > PRODUCT or operator is DIV)]
    return [signs, fractions] if fractions else [signs] if signs else []


def _words(language: str) -> dict[str, str]:
    return {
        **{
            key: say(f"label.{key}", language)
            for key in ("true", "false", "kink", "tie", "jump", "edge", "forward", "backward", "end")
        },
        **{key: sentences.template(f"page.{key}", language) for key in _SAID},
        "node": sentences.template("node", language),
        "infinite": say("label.not-finite", language),
        "skipped": say("label.not-taken", language),
    }


def _file(name: str) -> str:
    return (resources.files("gradcli.draw.forms") / name).read_text(encoding="utf-8")


def _page_style(theme: str, layout: Layout, is_quiz: bool) -> str:
    """The stylesheet of what surrounds the picture: its colours are variables."""
    style = _file("page.css")
    if layout.width > max(PORTRAIT, LANDSCAPE * layout.height):
        style += "@page{size:landscape}@media print{figure svg{max-height:150mm}}"
    if not is_quiz:  # which asks at points of its own
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
