"""The rules by which gradients go back, among which the page finds that of its point."""

from collections.abc import Iterator, Sequence
from typing import Any

from gradcli.draw.forms.formulas import LocalFormula, forms_of, mark
from gradcli.graph import Graph
from gradcli.operators import passing_rules
from gradcli.operators.records import Operator
from gradcli.trace.choices import Choices
from gradcli.trace.passes import WithoutPoint


def rules(
    graph: Graph, names: Sequence[str], wanted: Sequence[Sequence[int]], nodes: Sequence[int]
) -> tuple[dict[int, dict[int, list[list[Any]]]], list[LocalFormula]]:
    """For each of the nodes and each of its wanted arguments the rules, one for each branch: the kind, the argument
    that says by how much, and which of the forms are formulas of it; and the forms.
    """
    found: list[LocalFormula] = []
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
    graph: Graph, names: Sequence[str], node: int, index: int, branch: int | None, found: list[LocalFormula]
) -> list[Any]:
    operator = graph.operators[node]
    kind, by = passing_rules.rule_of(operator, index, branch)
    first = len(found)
    if kind == passing_rules.GENERAL and not operator.chooses:
        texts = passing_rules.forms(operator, index, branch)
        forms = (form for text in texts for form in forms_of(graph, names, node, index, text))
        found += {form.text: form for form in forms}.values()
    return [kind, by, *range(first, len(found))]


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


def codes_of(operator: Operator) -> set[str]:
    """The codes of what an operator's rules and gates are called."""
    rules = (
        passing_rules.rule_of(operator, index, branch)
        for index, partial in enumerate(operator.partials)
        for branch in _branches(operator)
        if partial.formula and not (branch is not None and operator.branches[branch].gate)
    )
    return {f"rule.{rule.kind}" for rule in rules} | {
        f"rule.{branch.gate}" for branch in operator.branches if branch.gate
    }
