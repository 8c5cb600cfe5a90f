"""The quiz on the page: its form, its words, and the rules by which wrong numbers come about.

The page asks for what its own passes compute, and looks for a wrong number among those that typical mistakes lead to;
here are the mistakes that take a rule of the operator table. All are said in the words of `gradcli check`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gradcli.check.mistakes.wrong_rules import changed_rules, with_input_for_output, written_forms
from gradcli.draw.forms import formulas, sentences
from gradcli.draw.forms.program import Wrong
from gradcli.draw.forms.svg import escape_text
from gradcli.draw.scene import Scene
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.operators.records import ATOM, PRODUCT, SUM
from gradcli.operators.table import DIV, MUL, NEG, POW, SUB
from gradcli.words.catalogue import say
from gradcli.worksheet.points import good_points

ROUNDS = 8  # points that a reader can go through
SEED = 1
# Mistakes at an edge that are looked for, as a page has some 60 kB: the first ones are the most typical.
MOST_RULES = 5
LONGEST = 24  # characters of a rule of which wrong ones are looked for: that of gelu is not known by heart

_SHOWN = ("answer", "check", "tell", "other")
# What the page's code says, by the codes of the catalogue: of the quiz, and of mistakes as `check` has them.
_SAID = (
    "quiz.score", "quiz.right", "quiz.told", "quiz.wrong", "quiz.because", "quiz.unread", "quiz.digits", "quiz.to",
    "quiz.over",
)  # fmt: skip
_WRONG = (
    "quiz.of-value", "quiz.added", "quiz.times", "quiz.input", "mistake.sign", "mistake.factor",
    "mistake.starts-late", "mistake.other-gradient",
)  # fmt: skip
_OF_FORKS = ("quiz.sum", "mistake.path", "mistake.only-path", "mistake.multiplied", "mistake.subtracted")
_OF_BRANCHES = ("mistake.open", "mistake.closed", "mistake.branch")
_OF_TIES = ("mistake.loser", "mistake.shared")

FORM = """<form id="quiz" autocomplete="off" hidden>
{field}
<button>{check}</button>
<button type="button" id="tell">{tell}</button>
<button type="button" id="other">{other}</button>
<span id="score"></span>
</form>
"""
FIELD = '<label for="answer">{answer}</label> <input id="answer" spellcheck="false" enterkeyhint="go">'
STYLE = """#quiz{display:flex;flex-wrap:wrap;align-items:center;gap:6px 8px;margin-bottom:8px}
input#answer{font:inherit;width:6em;padding:4px}
#score{color:var(--muted);font-size:14px}
#play{display:none}
.ask{font-weight:700}
@media print{#quiz{display:none!important}}
"""


class Quiz:
    """What the page has besides where it is a quiz, at these points in turn."""

    style = STYLE
    field = FIELD

    def __init__(self, points: Sequence[Mapping[str, float]]) -> None:
        self.points = points

    def form(self, language: str) -> str:
        """The form in which a number is given."""
        words = {key: escape_text(say(f"quiz.{key}", language)) for key in _SHOWN}
        return FORM.format(**words, field=self.field.format(**words))

    def shown_points(self) -> list[list[float]]:
        """The numbers of the points, each in the order of the variables."""
        return [[int(x) if x == int(x) else x for x in at.values()] for at in self.points]

    def facts(self, scene: Scene, wanted: Sequence[Sequence[int]]) -> tuple[dict[str, Any], list[Wrong]]:
        """What the page's code knows besides, and the wrong rules, by whose indices it speaks of them.

        `slopes` has for each node and argument, and `values` for each node, a list: the right rule, and of each wrong
        one the code of the mistake or the number of a branch, the index, and the formula if it is told.
        """
        graph, found = scene.graph, list[Wrong]()
        nodes = [node for node, used in enumerate(graph.used()) if used and graph.inputs[node]]
        slopes = {node: _of_node(scene, node, wanted[node], found) for node in nodes}
        values = {node: ["", *(_row(found, *wrong) for wrong in _values(graph, node))] for node in nodes}
        first, *_ = self.points
        return {
            "at": {node: first[name] for name, node in graph.variables.items()},
            "quiz": {
                "points": self.shown_points(),
                "slopes": {node: by_index for node, by_index in slopes.items() if by_index},
                "values": {node: rows for node, rows in values.items() if len(rows) > 1},
                "words": _words(scene, slopes),
            },
        }, found


def points_for(graph: Graph, targets: Sequence[int], first: Mapping[str, float]) -> list[dict[str, float]]:
    """The points of the rounds: the given one, and others with small numbers.

    Raises `MathError` where none is given or found.
    """
    if not graph.variables:
        return [{}]
    given = [dict(first)] if first else []
    points = given + [at for at in good_points(graph, ROUNDS, SEED, targets) if at not in given]
    if not points:
        raise MathError("worksheet-no-points", {}, graph.text, 0, len(graph.text))
    return points


def _row(found: list[Wrong], code: str | int, wrong: Wrong, told: str = "") -> list[Any]:
    found.append(wrong)
    return [code, len(found) - 1, *([told] if told else ())]


def _of_node(scene: Scene, node: int, wanted: Sequence[int], found: list[Wrong]) -> dict[int, list[Any]]:
    """The wrong local derivatives of a node by its arguments."""
    by_index: dict[int, list[Any]] = {}
    for index in wanted:
        rule, remembered = _remembered(scene, node, index)
        if rows := [_row(found, *wrong) for wrong in (*_slopes(scene.graph, node, index), *remembered)]:
            by_index[index] = [rule if remembered else "", *rows]
    return by_index


def _slopes(graph: Graph, node: int, index: int) -> Iterator[tuple[str | int, Wrong, str]]:
    """Wrong local derivatives: those of other branches, and what is computed from another number."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    for number, branch in enumerate(operator.branches):
        yield number, Wrong(node, branch.partials[index], inputs), ""
    if operator.variadic or operator.branches or not operator.partials[index].formula:
        return
    formula = operator.partials[index].formula
    if operator.precedence == ATOM and len(inputs) == 1 and len(formula) <= LONGEST:
        at_output = re.sub(r"\bout\b", f"{operator.word}({operator.parameters[0]})", formula)
        yield "at-output", Wrong(node, at_output, (node,)), ""
    if operator in (DIV, POW):
        yield "other-argument", Wrong(node, operator.partials[1 - index].formula, inputs), ""


def _remembered(scene: Scene, node: int, index: int) -> tuple[str, list[tuple[str, Wrong, str]]]:
    """The rule of a local derivative as it is told, and what may be remembered of it."""
    operator, inputs = scene.graph.operators[node], scene.graph.inputs[node]
    right = "" if operator.variadic or operator.branches else written_forms(operator.partials[index])[0]
    if len(right) > LONGEST or right.lstrip("-").isdigit() or right in ("", *operator.parameters):
        return "", []
    taken = [("for-output", *both) for both in with_input_for_output(operator, index)]
    taken += [("rule", *both) for both in changed_rules(operator, index)]
    told = formulas.formula(scene.graph, scene.names, node, index, right)
    found: dict[str, tuple[str, Wrong, str]] = {}
    for code, rule, text in taken:
        if rule == right and len(found) < MOST_RULES:
            wrong = formulas.formula(scene.graph, scene.names, node, index, text)
            if wrong != told:  # 2·x is also y·x^(y − 1) with one operation changed
                found.setdefault(wrong, (code, Wrong(node, text, inputs), wrong))
    return told, list(found.values())


def _values(graph: Graph, node: int) -> Iterator[tuple[str | int, Wrong]]:
    """Wrong values of a node: those of other branches, and the arguments in the other order."""
    operator, inputs = graph.operators[node], graph.inputs[node]
    for number, branch in enumerate(operator.branches):
        yield number, Wrong(node, branch.takes, inputs)
    if operator in (SUB, DIV, POW):
        first, second = operator.parameters
        yield "swapped", Wrong(node, f"{second} {operator.symbol} {first}", inputs)


def _words(scene: Scene, slopes: Mapping[int, Mapping[int, Sequence[Any]]]) -> dict[str, str]:
    """The texts that there can be, with the names of their facts in braces."""
    operators = {scene.graph.operators[item.node] for item in scene.items[:-1]}
    sources = [scene.items[edge.source].node for edge in scene.edges if edge.backward]
    there: tuple[tuple[bool, tuple[str, ...]], ...] = (
        (True, (*_SAID, *_WRONG, "consistent")),
        (len(sources) > len(set(sources)), _OF_FORKS),
        (any(row.branches or row.chooses for row in operators), _OF_BRANCHES),
        (any(row.ties for row in operators), _OF_TIES),
        (any(row.condition for row in operators), ("quiz.truth",)),
        (MUL in operators, ("mistake.own-input",)),
        (bool(operators & {SUB, NEG}), ("mistake.edge-sign",)),
        (bool(operators & {SUB, DIV, POW}), ("quiz.swapped",)),
        (any(row.precedence not in (SUM, PRODUCT) for row in operators), ("quiz.derivative",)),
    )
    codes = [code for is_there, some in there if is_there for code in some]
    rules = {row[0] for by_index in slopes.values() for _, *rows in by_index.values() for row in rows}
    codes += [f"mistake.{code}" for code in ("at-output", "for-output", "other-argument", "rule") if code in rules]
    return spoken(codes, scene.language)


def spoken(codes: Iterable[str], language: str) -> dict[str, str]:
    """The texts by what is behind the dots of their codes."""
    return {code.rpartition(".")[2]: sentences.template(code, language) for code in codes}
