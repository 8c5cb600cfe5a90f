"""What the page's code knows: the graph's structure, where things are in the picture, words, and what it says of each
operation.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from gradcli.draw.forms import rules as passing
from gradcli.draw.forms import sentences
from gradcli.draw.forms.formulas import LocalFormula
from gradcli.draw.forms.program import structure
from gradcli.draw.layout.labels import NUMBER, Slot
from gradcli.draw.layout.layout import Layout
from gradcli.draw.layout.sizes import shown_name
from gradcli.draw.numbers import with_minus
from gradcli.draw.products import product
from gradcli.draw.scene import SYMBOLS, Edge, Scene
from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.language.format import operation_pieces
from gradcli.operators.records import POWER, PRODUCT, SIGN, SUM, Operator
from gradcli.operators.table import DIV, IDENTITY
from gradcli.words.catalogue import say

ROOM = round(2 * NUMBER[0])  # px that a number has at most edges

_MARKED = re.compile("`[^`]*`")
_SAID = ("start", "undefined", "slider", "give", "play", "pause", "joins", "value", "gradient")
_HOW = {SUM: "a", PRODUCT: "m", POWER: "p", SIGN: "s"}
_SIGNS = {symbol: f" {SYMBOLS[symbol.strip()]} " for symbol in ("*", "/", " - ")} | {"-": SYMBOLS["-"]}


def facts_of(
    scene: Scene, layout: Layout, required: Sequence[int], targets: Sequence[int], kink: str, has_point: bool
) -> tuple[dict[str, Any], list[LocalFormula]]:
    """What the page's code knows by name, and the formulas of local derivatives that it shows."""
    graph = scene.graph
    drawn = graph.used()
    nodes = range(len(graph))
    wanted = [
        [k for k, x in enumerate(inputs) if required[x] and graph.passes_back(n, k)]
        for n, inputs in enumerate(graph.inputs)
    ]
    names = [with_minus(name) for name in scene.names]
    names[graph.output] = with_minus(scene.items[-1].text)
    at = typed_point(scene)
    operations = [n for n in nodes if graph.inputs[n] and drawn[n]]
    rules, forms = passing.rules(graph, scene.names, wanted, operations)
    different: dict[str, tuple[int, Any]] = {}  # rules, each once
    operators: dict[str, tuple[int, Any]] = {}  # how operations are written, and so on
    formulas: dict[str, tuple[int, Any]] = {}  # but for the nodes that they are of

    def written(operator: Operator, count: int) -> int | None:
        row = [operator.label(scene.language), _pieces(operator, count), _fences(operator, count)]
        return _place(operators, row)

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
        "rows": {index: item.rows for index, item in enumerate(scene.items) if len(item.rows) > 1},
        "steps": [[kind, *(i for _, i in steps)] for kind, steps in groupby(scene.steps, attrgetter("kind"))],
        "step": scene.step or 0,
        "items": [item.node for item in scene.items],
        "edges": [_edge(e, above, below) for e, (above, below) in zip(scene.edges, layout.slots, strict=True)],
        "room": ROOM,
        "operatorOf": [written(graph.operators[n], len(graph.inputs[n])) if graph.inputs[n] else 0 for n in nodes],
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
        "forms": [[_place(formulas, row), *of] for row, of in (_form(form, scene.names, written) for form in forms)],
        "formulas": [row for _, row in formulas.values()],
        "operators": [row for _, row in operators.values()],
        "how": "".join(how(operator) for operator in graph.operators),
        "turns": [item.node for item in scene.items if item.mark == "edge"],
        "at": {node: at.get(name) for name, node in graph.variables.items()},
        "words": words(scene.language),
        "sentences": sentences.templates(graph, operations, scene.language, kink, has_point),
    }
    return facts, forms


def typed_point(scene: Scene) -> Mapping[str, float | str]:
    """The values of the variables; of fractions their texts."""
    if scene.result is None:
        return {}
    if isinstance(scene.result, CertifiedAnswer):
        return {name: number.text for name, number in scene.result.beyond.items()}
    return scene.result.point


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


def _form(
    form: LocalFormula, names: Sequence[str], written: Callable[[Operator, int], int | None]
) -> tuple[list[Any], list[int]]:
    """A formula of a local derivative: its text, in which numbers stand for its nodes, and of its last operation the
    sign, the exactness and how it is written; and the nodes.
    """
    nodes = [node for node in dict.fromkeys(form.leaves.values()) if f"`{names[node]}`" in form.text]
    places = {f"`{names[node]}`": f"`{place}`" for place, node in enumerate(nodes)}
    text = _MARKED.sub(lambda name: places.get(name[0], name[0]), form.text)
    row: list[Any] = [text, int(form.is_negated)]
    if count := len(form.operands):
        row += [how(form.operator), written(form.operator, count)]
    return row, nodes


def _pieces(operator: Operator, count: int) -> list[str | int]:
    """The text of an operation, with the indices of its arguments where these stand."""
    return [
        piece[0] if isinstance(piece, tuple) else _SIGNS.get(piece, piece)
        for piece in operation_pieces(operator, count)
    ]


def how(operator: Operator) -> str:
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


def words(language: str) -> dict[str, str]:
    """The words of every page."""
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
