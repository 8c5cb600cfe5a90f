"""Rules of the operator table with one operation changed: what is written when a rule is remembered wrongly."""

from functools import cache

from gradcli.graph import Builder, Graph
from gradcli.language.format import format_graph
from gradcli.operators.records import SUM, Operator, Partial
from gradcli.operators.table import IDENTITY, OPERATORS
from gradcli.symbolic.simplify import parsed_rule


def written_forms(partial: Partial) -> tuple[str, ...]:
    """How the rule is written: as in textbooks first."""
    return (partial.textbook, partial.formula) if partial.textbook else (partial.formula,)


@cache
def _products_of_two() -> frozenset[Operator]:
    """The operators whose partial derivatives are each other's argument."""
    return frozenset(row for row in OPERATORS.values() if row.partials and row.formulas == row.parameters[::-1])


@cache
def _sums() -> frozenset[Operator]:
    """Sum and difference."""
    return frozenset(row for row in OPERATORS.values() if row.precedence == SUM)


def _changed(rule: Graph, node: int, operator: Operator, inputs: tuple[int, ...]) -> str:
    """The text of the rule with another operation at a node."""
    changed = Builder(rule)
    changed.replace(node, operator, inputs)
    return format_graph(changed.graph(rule.output), inline=True)


@cache
def mutants(text: str) -> tuple[str, ...]:
    """The rule with one of its operations left out: a factor, a term, a sign, a power; never with what is below a
    fraction or in an exponent, or inside of a function, in its place. And with a sum instead of a difference or the
    other way round.
    """
    rule = parsed_rule(text)
    found: dict[str, None] = {}
    for node, inputs in enumerate(rule.inputs):
        if rule.operators[node].condition:
            continue
        for index, x in enumerate(inputs):
            operator = rule.operators[node]
            if not operator.symbol or (index and operator.precedence != SUM and operator not in _products_of_two()):
                continue
            found[_changed(rule, node, IDENTITY, (x,))] = None
    for node, inputs in enumerate(rule.inputs):
        for other in _sums() - {rule.operators[node]} if rule.operators[node] in _sums() else ():
            found[_changed(rule, node, other, inputs)] = None
    found.pop(text, None)
    return tuple(found)
