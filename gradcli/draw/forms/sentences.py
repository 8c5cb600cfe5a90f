"""What the page says: sentences of a trace in which it puts the numbers, and those without a point.

The texts are those of a trace's explanations; the page puts the numbers in as they change.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from gradcli.draw.forms.formulas import mark
from gradcli.draw.forms.rules import codes_of
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.report.explained import sentence
from gradcli.report.notation import Notation
from gradcli.trace.passes import WithoutPoint
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import parted


class Marked(Notation):
    """Formulas with their names marked."""

    names: Collection[str] = ()

    def name(self, name: str) -> str:
        """A variable or node."""
        return mark(name, self.names)

    def expression(self, text: str, conditions: Collection[str] = (), arrays: Any = None) -> str:  # noqa: ARG002
        """An expression or a relation."""
        return mark(text, self.names)


def symbolic(graph: Graph, targets: Iterable[int], language: str) -> dict[int, dict[int, str]]:
    """The sentences without a point, by node and argument."""
    trace = Trace(WithoutPoint(graph, targets), explain=True)
    notation = Marked(language=language, names=frozenset(trace.names))
    nodes = {name: node for node, name in enumerate(trace.names)}
    found: dict[int, dict[int, str]] = {}
    for row in trace.backward():
        if row.kind == "node":
            node = nodes[row.name]
            for index, product in zip(trace.edges(node), row.outputs, strict=False):
                if product.explanation:
                    found.setdefault(node, {})[index] = sentence(product.explanation, notation)
    return found


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
    for operator in operators:
        codes |= {*codes_of(operator), *_at_bends(operator, kink)}
    if not has_point:
        codes |= {"formula.passes", "formula.other", "formula.fork"}
    return {code.removeprefix("rule."): template(code, language) for code in sorted(codes)}


def _at_bends(operator: Operator, kink: str) -> Iterator[str]:
    """The codes of what is said where the operator has a kink or a jump."""
    if operator.jump or operator.cone:
        yield "rule.cone" if operator.cone else "rule.jump"
    if operator.branches and kink == "minnorm":
        yield "rule.chosen"
    for branch in operator.branches if operator.kinks and kink == "branch" else ():
        yield from ("rule.kink",) if branch.gate else ("rule.kink-taken", "rule.kink-left")


def template(code: str, language: str) -> str:
    """A text of the catalogue whose facts the page fills in."""
    return "".join(text + (f"{{{fact}}}" if fact else "") for text, fact in parted(code, language))
