"""Rules of the operator table with one operation changed: what is written when a rule is remembered wrongly."""

import re
from collections.abc import Iterator
from functools import cache

from gradcli.graph import Builder, Graph
from gradcli.language.format import format_graph
from gradcli.operators.records import Operator, Partial
from gradcli.operators.table import ADD, IDENTITY, MUL, SUB
from gradcli.symbolic.simplify import parsed_rule

_OTHER_SUM = {ADD: SUB, SUB: ADD}


def written_forms(partial: Partial) -> tuple[str, ...]:
    """How the rule is written: as in textbooks first."""
    return (partial.textbook, partial.formula) if partial.textbook else (partial.formula,)


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
            if not operator.symbol or (index and operator not in (ADD, SUB, MUL)):
                continue
            found[_changed(rule, node, IDENTITY, (x,))] = None
    for node, inputs in enumerate(rule.inputs):
        other = _OTHER_SUM.get(rule.operators[node])
        if other:
            found[_changed(rule, node, other, inputs)] = None
    found.pop(text, None)
    return tuple(found)


def changed_rules(operator: Operator, index: int) -> Iterator[tuple[str, str]]:
    """The rule of a partial derivative as it is written, and what may be remembered of it: the value, or a mutant."""
    if operator.variadic or not operator.partials[index].formula:
        return
    for rule in written_forms(operator.partials[index]):
        out = ("out",) if "out" in rule else ()
        yield from ((rule, text) for text in (*out, *mutants(rule)))


def with_input_for_output(operator: Operator, index: int) -> Iterator[tuple[str, str]]:
    """The rule of a function of one argument, and the same with the argument where it has the value: z*(1 - z)."""
    if operator.variadic or len(operator.parameters) != 1:
        return
    for rule in written_forms(operator.partials[index]):
        text = re.sub(r"\bout\b", operator.parameters[0], rule)
        if text != rule:
            yield rule, text
