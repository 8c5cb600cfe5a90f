"""Why there is no finite value: the error for a node outside its domain, at a pole, or of a number too large."""

import re
from collections.abc import Sequence
from math import isnan
from typing import Any

from gradcli.engine import rules
from gradcli.engine.describer import Describer
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.language.format import operation_text
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT

_WORD = re.compile(r"[a-z]\w*")
HAIR = 1e-9  # a bound that is missed by less than this is missed by rounding


def no_finite_value(graph: Graph, values: Sequence[Any], node: int, shift: int = 0) -> MathError:
    """Why the forward pass stops at a node: outside the domain, at a pole, or an overflow.

    `shift` is added to the column, where the graph's text is a part of a longer one.
    """
    words = Describer(graph, values)
    operator = graph.operators[node]
    arguments = [values[x] for x in graph.inputs[node]]
    plural = "arguments are" if len(set(graph.inputs[node])) > 1 else "argument is"
    column = graph.place(node)[1] + shift  # of its line, with whose number the message begins
    where = f"{words.function(node)} at column {column}"
    given = f"its {plural} {words.arguments(node)}"
    broken = broken_condition(operator, arguments)
    if broken:
        message = f"{where} is not defined here: {given}, but {_need(words, node, broken)}"
        hint = missed_by(operator, arguments, broken) or (operator.hint if broken == operator.domain[0] else "")
    else:
        message = f"{where} overflows: {given}"
        hint = operator.overflow_hint
    start = graph.starts[node]
    length = len(operator.symbol or operator.name)
    return MathError(message + (f"; {hint}" if hint else ""), graph.text, start, start + length)


def _need(words: Describer, node: int, condition: str) -> str:
    """`x/s needs s != 0`; in the table's own words (`log(x) needs x > 0`) where a number stands for a parameter."""
    operators, inputs = words.graph.operators, words.graph.inputs[node]
    operator = operators[node]
    called = dict(zip(operator.parameters, map(words.name, inputs), strict=True))
    numbers = {name for name, x in zip(operator.parameters, inputs, strict=True) if operators[x] is CONSTANT}
    if numbers & set(_WORD.findall(condition)):
        called = {name: name for name in operator.parameters}
    renamed = _WORD.sub(lambda word: called.get(word.group(), word.group()), condition)
    return f"{operation_text(operator, list(called.values()))} needs {renamed}"


def broken_condition(operator: Operator, arguments: Sequence[float]) -> str:
    """The first condition of the operator's domain that its arguments do not meet, or ""."""
    if operator.variadic or any(map(isnan, arguments)):
        return ""
    for condition in operator.domain:
        if not rules.expression(condition, operator.parameters, total=True)(*arguments):
            return condition
    return ""


def missed_by(operator: Operator, arguments: Sequence[float], condition: str) -> str:
    """`the argument exceeds 1 by 2.2e-16`, where rounding may be the cause."""
    left, relation, right = condition.partition(" <= ") if " <= " in condition else condition.partition(" >= ")
    if not relation or " " in left + right:
        return ""
    sides = [rules.expression(side, operator.parameters, total=True)(*arguments) for side in (left, right)]
    distance = abs(sides[0] - sides[1])
    if not distance < HAIR:
        return ""
    verb = "exceeds" if "<" in relation else "is below"
    return f"the argument {verb} {right} by {distance:.2g}"
