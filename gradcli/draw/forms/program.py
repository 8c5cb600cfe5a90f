"""The page's live numbers: JavaScript for both passes over one graph, straight-line, made from the operator table.

How operators are spelled in JavaScript, and the functions that JavaScript has not, come from the export's table. What
is added here is what a page needs besides: the rule at kinks, marks for kinks and jumps, and which nodes are on a
closed branch.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from gradcli.draw.forms.closures import Closures
from gradcli.draw.forms.formulas import LocalFormula
from gradcli.errors import GradcliError
from gradcli.export.backends.javascript import PAGE, passes
from gradcli.export.code_language import CodeLanguage
from gradcli.export.lowering import lower
from gradcli.graph import Graph
from gradcli.language.missing import unwritten
from gradcli.operators.records import Operator
from gradcli.operators.table import VARIABLE
from gradcli.symbolic.simplify import Simplifier

# 0, or the end of the interval between two slopes that is nearest to it; and the next double on one side.
_LEAST = "function least(a, b) {\n  return Math.min(Math.max(0, Math.min(a, b)), Math.max(a, b));\n}"
NUDGE = "function nudge(x, side) {\n  return x + side*(Math.abs(x)*Number.EPSILON + 5e-324);\n}"
_UNSAFE = re.compile("[<>&\u2028\u2029]")


class Spelling(NamedTuple):
    """How the page's numbers are computed: the language of the operators, the source of the function `least`, one
    share among so many equal arguments, and 0.
    """

    language: CodeLanguage
    least: str
    share: str
    zero: str


DOUBLES = Spelling(PAGE, _LEAST, "1/({})", "0")


class Wrong(NamedTuple):
    """A rule that is wrong at a node: over the parameters of its operator, for these inputs of it."""

    node: int
    rule: str
    inputs: tuple[int, ...]


def program(
    graph: Graph,
    required: Sequence[int],
    kink: str = "branch",
    forms: Sequence[LocalFormula] = (),
    wrong: Sequence[Wrong] = (),
    spelling: Spelling = DOUBLES,
) -> str:
    """A function `F(x)` of the leaves' values by node, and the helper functions that it calls.

    `required` marks the nodes that a gradient passes; `kink` is the rule at kinks, branch or minnorm; `forms` are
    formulas of local derivatives, and `wrong` rules that a quiz looks for.
    It returns `v`, all values, and by node functions without arguments: `d`, the list of local derivatives (null for
    a condition), `k`, what the point lies on ("kink", "tie", "jump" or ""), and `b`, the index of the branch taken;
    and `o`, for each form a function that gives the values of its operands,
    and `w`, for each wrong rule one that gives its value.
    All in IEEE 754 arithmetic; a node that a branch does not need has a value like any other.
    """
    found = function(graph, required, kink, forms, wrong, spelling)
    return "\n".join([*found.helpers, "function F(x) {", *found.body, "}"])


class Function(NamedTuple):
    """The body of a function of `x`, and the sources of those that it calls."""

    helpers: list[str]
    body: list[str]


def function(
    graph: Graph,
    required: Sequence[int],
    kink: str,
    forms: Sequence[LocalFormula] = (),
    wrong: Sequence[Wrong] = (),
    spelling: Spelling = DOUBLES,
) -> Function:
    """The parts of such a program."""
    try:
        code = passes(graph, spelling.language)
    except GradcliError as error:
        raise unwritten(error, graph) from None
    writer = _Writer(code.names, kink, spelling)
    helpers = dict(code.helpers)
    own: dict[str, None] = {}
    later = (closures := Closures()).later
    slopes, bends, taken = [], [], []
    for node, operator in enumerate(graph.operators):
        inputs = graph.inputs[node]
        local = [
            writer.slope(operator, inputs, node, index, text) if text else "null"
            for index, text in enumerate(code.local[node])
        ]
        if local:
            slopes.append(f"{node}: [{', '.join(text if text == 'null' else later(text) for text in local)}]")
        bend = writer.bend(operator, inputs, node, required)
        if bend:
            bends.append(f"{node}: {later(bend)}")
        if operator.branches:
            taken.append(f"{node}: {later(writer.taken(operator, inputs))}")
    operands = [later(writer.operands(form)) for form in forms]
    mistaken = [later(writer.text(w.rule, graph.operators[w.node].parameters, w.inputs, w.node)) for w in wrong]
    helpers.update(writer.helpers)
    own.update(writer.own)
    leaves = [f"{code.names[node]} = x[{node}]" for node in range(len(graph)) if graph.is_leaf(node)]
    body = [f"const {', '.join(leaves)};", *code.forward]
    functions, returned = closures.written(
        f"return {{v: [{', '.join(code.names)}], d: {{{', '.join(slopes)}}}, "
        f"k: {{{', '.join(bends)}}}, b: {{{', '.join(taken)}}}, o: [{', '.join(operands)}], "
        f"w: [{', '.join(mistaken)}]}};"
    )
    return Function([*helpers, *own], [*body, *functions, returned])


class _Writer:
    """Rules of the operator table as JavaScript over the values of a node's inputs."""

    def __init__(self, names: Sequence[str], kink: str, spelling: Spelling) -> None:
        self.names = names
        self.kink = kink
        self.spelling = spelling
        self.helpers: dict[str, None] = {}
        self.own: dict[str, None] = {}

    def text(self, rule: str, parameters: Sequence[str], inputs: Sequence[int | str], out: int) -> str:
        """A rule over the parameters and `out`, for a node with these inputs (nodes, or JavaScript for them)."""
        builder = Simplifier()
        texts = [self.names[x] if isinstance(x, int) else x for x in inputs]
        nodes = {p: builder.variable(x) for p, x in zip(parameters, texts, strict=True)}
        nodes["out"] = builder.variable(self.names[out]) if out >= 0 else -1
        root = builder.rule(rule, nodes)
        code = lower(builder.graph(root), [root], self.spelling.language, builder.names, inline=True)
        self.helpers.update(dict.fromkeys(code.helpers))
        return code.roots[0]

    def slope(self, operator: Operator, inputs: Sequence[int], node: int, index: int, plain: str) -> str:
        """The local derivative for one argument, by the rule for kinks; `plain` is the formula of the table."""
        if self.kink == "branch":
            return plain
        if operator.ties:
            tied = " + ".join(f"({self.holds(x, node)})" for x in inputs)
            share = self.spelling.share.format(tied)
            return f"{self.holds(inputs[index], node)} ? {share} : {self.spelling.zero}"
        if not operator.kinks:
            return plain
        self.own[self.spelling.least] = None
        left, right = (self.side(operator, inputs, node, index, direction) for direction in (-1, 1))
        return f"{self.active(operator, inputs, node)} ? least({left}, {right}) : {plain}"

    def holds(self, x: int, node: int) -> str:
        """Whether an argument of max or min holds the extreme value (or is NaN, as then the value is)."""
        return f"{self.names[x]} === {self.names[node]} || {self.names[x]} !== {self.names[x]}"

    def active(self, operator: Operator, inputs: Sequence[int], node: int) -> str:
        """Whether the point lies on a kink between two branches."""
        rule = " or ".join(f"{kink.at} == 0" for kink in operator.kinks)
        return f"({self.text(rule, operator.parameters, inputs, node)})"

    def side(self, operator: Operator, inputs: Sequence[int], node: int, index: int, direction: int) -> str:
        """The slope for one argument when it comes from one side: that of the branch which the next double takes."""
        self.own[NUDGE] = None
        moved = [self.names[x] for x in inputs]
        moved[index] = f"nudge({moved[index]}, {direction})"
        parts = []
        for branch in operator.branches:
            slope = self.text(branch.partials[index], operator.parameters, inputs, node)
            where = self.text(branch.condition, operator.parameters, moved, node) if branch.condition else ""
            parts.append(f"{where} ? {slope} : " if where else slope)
        return f"({''.join(parts)})"

    def bend(self, operator: Operator, inputs: Sequence[int], node: int, required: Sequence[int]) -> str:
        """What a node lies on, or nothing for an operator that never bends."""
        wanted = [index for index, x in enumerate(inputs) if required[x]]
        if not wanted:
            return ""
        if operator.ties:
            different = dict.fromkeys(inputs)
            count = " + ".join(f"({self.names[x]} === {self.names[node]})" for x in different)
            some = " || ".join(f"{self.names[inputs[index]]} === {self.names[node]}" for index in wanted)
            return f'{count} > 1 && ({some}) ? "tie" : ""'
        if operator.cone:
            return f'{self.names[node]} == 0 ? "kink" : ""'
        if operator.jump:
            return f'{self.text(f"({operator.jump}) == 0", operator.parameters, inputs, node)} ? "jump" : ""'
        if not operator.kinks:
            return ""
        unequal = []
        for index in wanted:
            used = self.text(operator.partials[index].formula, operator.parameters, inputs, node)
            sides = [self.side(operator, inputs, node, index, direction) for direction in (-1, 1)]
            unequal += [f"({used}) !== {side}" for side in sides]
        return f'{self.active(operator, inputs, node)} && ({" || ".join(unequal)}) ? "kink" : ""'

    def taken(self, operator: Operator, inputs: Sequence[int]) -> str:
        """The index of the branch taken."""
        *rules, _ = (branch.condition for branch in operator.branches)
        texts = (self.text(rule, operator.parameters, inputs, -1) for rule in rules)
        return "".join(f"{text} ? {index} : " for index, text in enumerate(texts)) + str(len(rules))

    def operands(self, form: LocalFormula) -> str:
        """A list of the values of the operands of a formula's last operation; before them, unless it is arithmetic, its
        own value without a sign.
        """
        names = {x: self.names[node] for x, node in form.leaves.items()}
        roots = form.operands if form.is_arithmetic else (form.last, *form.operands)
        code = lower(form.graph, roots, self.spelling.language, names, inline=True)
        self.helpers.update(dict.fromkeys(code.helpers))
        return f"[{', '.join(code.roots)}]"


def structure(graph: Graph) -> dict[str, Any]:
    """What the page's own code has to know of the graph to pass over it: inputs, and what a choice chooses."""
    return {
        "inputs": [list(inputs) for inputs in graph.inputs],
        "chooses": {
            node: [operator.chooses(False), operator.chooses(True)]
            for node, operator in enumerate(graph.operators)
            if operator.chooses
        },
        "variables": [node for node, operator in enumerate(graph.operators) if operator is VARIABLE],
    }


def script_json(facts: Any) -> str:
    """JSON that may stand inside a script element of a page in UTF-8: without `<`, `>`, `&` and what ends a line."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
