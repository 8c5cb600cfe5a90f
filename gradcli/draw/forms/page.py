"""The interactive page: one HTML file with the SVG, the passes over this graph as JavaScript, and nothing from outside.

Without JavaScript the picture still shows. Names are put into the page as text only.
"""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from gradcli.draw.fonts import FONTS
from gradcli.draw.forms.program import program, script_json, structure
from gradcli.draw.forms.svg import body, description, escape_text
from gradcli.draw.layout.layout import Layout, make_layout
from gradcli.draw.numbers import with_minus
from gradcli.draw.scene import SYMBOLS, Scene
from gradcli.draw.style import DARK, LIGHT, stylesheet
from gradcli.engine.binding import targets_of
from gradcli.language.format import operation_pieces
from gradcli.operators.records import POWER, PRODUCT, SIGN, SUM, Operator
from gradcli.operators.table import IDENTITY
from gradcli.words.catalogue import say

LEAST_SCALE = 0.5  # a wide picture is made narrower down to this scale, and then scrolls

_HOW = {SUM: "a", PRODUCT: "m", POWER: "p", SIGN: "s"}
_SIGNS = {symbol: f" {SYMBOLS[symbol.strip()]} " for symbol in ("*", "/", " - ")} | {"-": SYMBOLS["-"]}


def page(scene: Scene, kink: str = "branch", theme: str = "auto", wrt: Sequence[str] | None = None) -> str:
    """The HTML text. The scene must have room for numbers; `kink` and `wrt` are those that it was made with."""
    layout = make_layout(scene)
    language = scene.language
    code = (files("gradcli.draw.forms") / "page.js").read_text(encoding="utf-8")
    required = scene.graph.requires_gradient(targets_of(scene.graph, wrt).values())
    facts = script_json(_facts(scene, layout, required))
    word = {key: escape_text(say(f"page.{key}", language)) for key in ("first", "back", "step", "last", "steps")}
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="{"light dark" if theme == "auto" else theme}">
<title>{escape_text(" ".join(scene.title.split()))}</title>
<style>{stylesheet(theme)}{_page_style(theme)}</style>
</head>
<body>
<h1>{escape_text(scene.title)}</h1>
<div id="inputs" hidden></div>
<figure>{_picture(scene, layout)}</figure>
<noscript><p>{escape_text(say("page.static", language))}</p></noscript>
<p id="status" role="status" hidden></p>
<p id="caption" aria-live="polite" hidden></p>
<nav hidden>
<button id="first" title="{word["first"]}" aria-label="{word["first"]}">|◀</button>
<button id="back">◀ {word["back"]}</button>
<input id="at" type="range" aria-label="{word["steps"]}">
<button id="step">{word["step"]} ▶</button>
<button id="last" title="{word["last"]}" aria-label="{word["last"]}">▶|</button>
<span id="count"></span>
<output id="value" class="val"></output>
</nav>
<p id="keys" hidden>{escape_text(say("page.keys", language))}</p>
<div id="card" role="tooltip" hidden></div>
<script>
const D = {facts};
{_compact(program(scene.graph, required, kink))}
{_compact(code)}
</script>
</body>
</html>
"""


def _picture(scene: Scene, layout: Layout) -> str:
    w, h = f"{layout.width:.0f}", f"{layout.height:.0f}"
    label = escape_text(scene.title)
    return (
        f'<svg id="graph" viewBox="0 0 {w} {h}" role="img" '
        f'style="min-width:{layout.width * LEAST_SCALE:.0f}px;max-width:{w}px" aria-label="{label}">\n'
        f"<desc>{escape_text(description(scene))}</desc>\n{body(scene, layout)}</svg>"
    )


def _facts(scene: Scene, layout: Layout, required: Sequence[int]) -> dict[str, Any]:
    """What the page's code knows: the graph's structure, texts, where things are in the picture, and words."""
    graph = scene.graph
    drawn = graph.used()
    nodes = range(len(graph))
    reached = {scene.items[edge.source].node for edge in scene.edges if edge.backward}
    wanted = [
        [k for k, x in enumerate(inputs) if required[x] and graph.passes_back(n, k)]
        for n, inputs in enumerate(graph.inputs)
    ]
    names = [with_minus(name) for name in scene.names]
    names[graph.output] = with_minus(scene.items[-1].text)
    at = scene.result.at if scene.result else {}
    operations = [n for n in nodes if graph.inputs[n] and drawn[n]]
    return structure(graph) | {
        "names": names,
        "output": graph.output,
        "required": [int(mark) for mark in required],
        "wanted": wanted,
        "reached": [int(n in reached) for n in nodes],
        "returns": int(scene.edges[-1].backward),
        "order": operations,
        "items": [item.node for item in scene.items],
        "edges": [
            [e.source, e.target, e.argument, int(e.backward), round(2 * above.half_width), round(2 * below.half_width)]
            for e, (above, below) in zip(scene.edges, layout.slots, strict=True)
        ],
        "pieces": {n: _pieces(graph.operators[n], len(graph.inputs[n])) for n in operations},
        "fences": {n: found for n in operations if (found := _fences(graph.operators[n], len(graph.inputs[n])))},
        "how": "".join(_how(operator) for operator in graph.operators),
        "turns": [item.node for item in scene.items if item.mark == "edge"],
        "at": {node: at.get(name) for name, node in graph.variables.items()},
        "words": _words(scene.language),
    }


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


def _fences(operator: Operator, count: int) -> list[int]:
    """The arguments whose numbers stand in parentheses if they are negative: `5 − (−3)`, `(−2)^2`."""
    pieces = operation_pieces(operator, count)
    return [
        piece[0]
        for place, piece in enumerate(pieces)
        if isinstance(piece, tuple) and operator.symbol and (place or piece[1] > SIGN)
    ]


def _words(language: str) -> dict[str, str]:
    return {
        **{
            key: say(f"label.{key}", language)
            for key in ("true", "false", "kink", "tie", "jump", "edge", "forward", "backward")
        },
        **{key: say(f"page.{key}", language) for key in ("start", "upstream", "local", "undefined", "slider", "give")},
        "infinite": say("label.not-finite", language),
        "skipped": say("label.not-taken", language),
    }


def _page_style(theme: str) -> str:
    """The stylesheet of what surrounds the picture: its colours are variables."""
    style = (files("gradcli.draw.forms") / "page.css").read_text(encoding="utf-8").replace("FONTS", FONTS)
    dark = f"@media (prefers-color-scheme:dark){{{_variables(DARK)}}}\n" if theme == "auto" else ""
    return _variables(DARK if theme == "dark" else LIGHT) + dark + style


def _variables(palette: dict[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{color}' for name, color in palette.items())}}}\n"


_STRING = re.compile(r'("(?:[^"\\]|\\.)*")')
_SPACED = re.compile(r" ?(=>|[!=<>]?==?|&&|\|\||[,;:?*<>{}()]) ?|(?<![+-]) ?([+-]) (?![+-])")


def _compact(code: str) -> str:
    """Code without comments, indentation and spaces around signs (strings aside), as it is a third of a small page.

    Beside another sign + and - keep their spaces: `a - -b` needs them.
    """
    lines = (line.strip().partition(" // ")[0] for line in code.splitlines())
    return "\n".join(
        "".join(part if part.startswith('"') else _SPACED.sub(r"\1\2", part) for part in _STRING.split(line))
        for line in lines
        if line and not line.startswith("//")
    )
