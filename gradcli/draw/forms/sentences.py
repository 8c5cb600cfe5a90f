"""What the page says of each step back: by which rule a gradient goes to an argument, and formulas of derivatives.

The texts are those of a trace's explanations; the page puts the numbers in as they change. Names in formulas stand
between two ` (they are marked), so that the page can set them in italics.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from gradcli.draw.numbers import with_minus
from gradcli.graph import Graph
from gradcli.operators import passing_rules
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, MUL, SUB, WHERE
from gradcli.report.explained import sentence
from gradcli.report.notation import Notation
from gradcli.trace import local_formulas
from gradcli.trace.choices import Choices
from gradcli.trace.passes import WithoutPoint
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import parted

_NAME = re.compile(r"[^\W\d]\w*(?![\w(])")


class Form(NamedTuple):
    """A formula of a local derivative: its text, and as a graph, of which `leaves` says what node each variable is.

    `last` is the node of its last operation, behind a sign if `is_negated`.
    """

    text: str
    graph: Graph
    leaves: dict[int, int]
    last: int
    is_negated: bool

    @property
    def operator(self) -> Operator:
        """The last operation; of a formula without one that of a leaf."""
        return self.graph.operators[self.last]

    @property
    def operands(self) -> tuple[int, ...]:
        """What it is applied to."""
        return self.graph.inputs[self.last]

    @property
    def is_arithmetic(self) -> bool:
        """Whether the last operation is a sum, a difference, a product or a quotient."""
        return self.operator in (ADD, SUB, MUL, DIV)


def mark(text: str, names: Collection[str]) -> str:
    """A formula whose names are marked as such, with the signs of pictures."""
    text = _NAME.sub(lambda name: f"`{name[0]}`" if name[0] in names else name[0], text)
    return with_minus(text).replace("*", "·").replace(">=", "≥").replace("<=", "≤")


class _Marked(Notation):
    """Formulas with their names marked."""

    names: Collection[str] = ()

    def name(self, name: str) -> str:
        """A variable or node."""
        return mark(name, self.names)

    def expression(self, text: str, conditions: Collection[str] = ()) -> str:  # noqa: ARG002
        """An expression or a relation."""
        return mark(text, self.names)


def symbolic(graph: Graph, targets: Iterable[int], language: str) -> dict[int, dict[int, str]]:
    """The sentences without a point, by node and argument."""
    trace = Trace(WithoutPoint(graph, targets), explain=True)
    notation = _Marked(language=language, names=frozenset(trace.names))
    nodes = {name: node for node, name in enumerate(trace.names)}
    found: dict[int, dict[int, str]] = {}
    for row in trace.backward():
        if row.kind == "node":
            node = nodes[row.name]
            for index, product in zip(trace.edges(node), row.outputs, strict=False):
                if product.explanation:
                    found.setdefault(node, {})[index] = sentence(product.explanation, notation)
    return found


def rules(
    graph: Graph, names: Sequence[str], wanted: Sequence[Sequence[int]], nodes: Sequence[int]
) -> tuple[dict[int, dict[int, list[list[Any]]]], list[Form]]:
    """For each of the nodes and each of its wanted arguments the rules, one for each branch: the kind, the argument
    that says by how much, and which of the forms are formulas of it; and the forms.
    """
    found: list[Form] = []
    by_node = {}
    for node in nodes:
        operator = graph.operators[node]
        by_node[node] = {
            k: [_rule(graph, names, node, k, branch, found) for branch in _branches(operator)] for k in wanted[node]
        }
    return {node: by_index for node, by_index in by_node.items() if by_index}, found


def _branches(operator: Operator) -> Sequence[int | None]:
    """The branches that have rules of their own; None stands for the operator as a whole."""
    return range(len(operator.branches)) or (None,)


def _rule(
    graph: Graph, names: Sequence[str], node: int, index: int, branch: int | None, found: list[Form]
) -> list[Any]:
    operator = graph.operators[node]
    kind, by = passing_rules.rule_of(operator, index, branch)
    first = len(found)
    if kind == passing_rules.GENERAL and not operator.chooses:
        texts = passing_rules.forms(operator, index, branch)
        found += [form for text in texts for form in _forms(graph, names, node, index, text)]
    return [kind, by, *range(first, len(found))]


def _forms(graph: Graph, names: Sequence[str], node: int, index: int, rule: str) -> Iterator[Form]:
    """A formula of the table over the node's own arguments; of one with cases those of each case."""
    builder, root, stands = local_formulas.built(graph, names, node, index, rule)
    roots = [root]
    for root in roots:
        if builder.operators[root] is WHERE:
            roots += builder.inputs[root][1:]
            continue
        text = mark(local_formulas.text(builder, root), names)
        yield Form(text, builder.graph(root), stands, *local_formulas.last_operation(builder, root))


def formula(graph: Graph, names: Sequence[str], node: int, index: int, rule: str) -> str:
    """A formula of the table over the node's own arguments, with its names marked."""
    return next(_forms(graph, names, node, index, rule)).text


def choices(graph: Graph, names: Sequence[str], nodes: Sequence[int]) -> dict[int, list[list[Any]]]:
    """For each node with branches what is said of each: whether it is called open or closed, and what it takes."""
    all_of = Choices(WithoutPoint(graph, ()), names)
    return {
        node: [[choice.gate, mark(choice.what, names)] for choice in all_of.of(node)]
        for node in nodes
        if graph.operators[node].branches
    }


def bounds(graph: Graph, nodes: Sequence[int]) -> dict[int, list[list[Any]]]:
    """For each node with branches where these meet: the argument that is compared, with which argument or number, and
    the branches below and above.
    """
    return {node: list(_bounds(graph.operators[node])) for node in nodes if graph.operators[node].branches}


def _bounds(operator: Operator) -> Iterator[list[Any]]:
    for kink in operator.kinks:
        if kink.one == operator.parameters[0]:
            is_number = kink.other not in operator.parameters
            other = [float(kink.other)] if is_number else operator.parameters.index(kink.other)
            yield [other, kink.below, kink.above]


def templates(graph: Graph, nodes: Iterable[int], language: str, kink: str, has_point: bool) -> dict[str, str]:
    """The sentences that there can be, with the names of their facts in braces, by the rule at kinks; without a point
    also those without numbers that the page fills in itself.
    """
    operators = {graph.operators[node] for node in nodes}
    codes = {f"rule.{kind}" for kind in ("begins", "general", "stopped", "fork")}
    if any(operator.ties for operator in operators):
        codes |= {"rule.untied", "rule.shared"} if kink == "minnorm" else {"rule.untied", "rule.tie", "rule.tied"}
    if any(operator.ties or operator.chooses or operator.branches for operator in operators):
        codes |= {"rule.taken", "rule.left"}
    if kink == "minnorm" and any(operator.branches for operator in operators):
        codes.add("rule.chosen")
    for operator in operators:
        codes |= _codes(operator)
    if not has_point:
        codes |= {"formula.passes", "formula.other", "formula.fork"}
    return {code.removeprefix("rule."): template(code, language) for code in sorted(codes)}


def _codes(operator: Operator) -> set[str]:
    """The codes of what an operator's rules and gates are called."""
    rules = (
        passing_rules.rule_of(operator, index, branch)
        for index, partial in enumerate(operator.partials)
        for branch in _branches(operator)
        if partial.formula
    )
    return {f"rule.{rule.kind}" for rule in rules} | {
        f"rule.{branch.gate}" for branch in operator.branches if branch.gate
    }


def template(code: str, language: str) -> str:
    """A text of the catalogue whose facts the page fills in."""
    return "".join(text + (f"{{{fact}}}" if fact else "") for text, fact in parted(code, language))
