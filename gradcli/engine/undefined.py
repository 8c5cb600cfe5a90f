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
from gradcli.words.catalogue import says

_WORD = re.compile(r"[a-z]\w*")
HAIR = 1e-9  # a bound that is missed by less than this is missed by rounding


def no_finite_value(graph: Graph, values: Sequence[Any], node: int, shift: int = 0) -> MathError:
    """Why the forward pass stops at a node: outside the domain, at a pole, or an overflow.

    `shift` is added to the column, where the graph's text is a part of a longer one.
    """
    words = Describer(graph, values)
    operator = graph.operators[node]
    arguments = [values[x] for x in graph.inputs[node]]
    column = graph.place(node)[1] + shift  # of its line, with whose number the message begins
    facts: dict[str, Any] = {"function": operator.name, "operator": words.function(node), "column": column}
    facts["arguments"] = words.arguments(node)
    broken = broken_condition(operator, arguments)
    code = "undefined" if broken else "overflow"
    if broken:
        facts |= _need(words, node, broken) | missed_by(operator, arguments, broken)
    hint = f"{code}.{operator.name}"
    if "hint" not in facts and broken in ("", *operator.domain[:1]) and says(f"hint.{hint}"):
        facts["hint"] = hint
    start = graph.starts[node]
    return MathError(code, facts, graph.text, start, start + len(operator.symbol or operator.name))


def _need(words: Describer, node: int, condition: str) -> dict[str, str]:
    """`x/s` needs `s != 0`; in the table's own words (`log(x)`, `x > 0`) where a number stands for a parameter."""
    operators, inputs = words.graph.operators, words.graph.inputs[node]
    operator = operators[node]
    called = dict(zip(operator.parameters, map(words.name, inputs), strict=True))
    numbers = {name for name, x in zip(operator.parameters, inputs, strict=True) if operators[x] is CONSTANT}
    if numbers & set(_WORD.findall(condition)):
        called = {name: name for name in operator.parameters}
    renamed = _WORD.sub(lambda word: called.get(word.group(), word.group()), condition)
    return {"form": operation_text(operator, list(called.values())), "needs": renamed}


def broken_condition(operator: Operator, arguments: Sequence[float]) -> str:
    """The first condition of the operator's domain that its arguments do not meet, or ""."""
    if operator.variadic or any(map(isnan, arguments)):
        return ""
    for condition in operator.domain:
        if not rules.expression(condition, operator.parameters, total=True)(*arguments):
            return condition
    return ""


def missed_by(operator: Operator, arguments: Sequence[float], condition: str) -> dict[str, Any]:
    """The bound, the distance and the hint that tells them, where rounding may be the cause."""
    left, relation, right = condition.partition(" <= ") if " <= " in condition else condition.partition(" >= ")
    if not relation or " " in left + right:
        return {}
    sides = [rules.expression(side, operator.parameters, total=True)(*arguments) for side in (left, right)]
    distance = abs(sides[0] - sides[1])
    if not distance < HAIR:
        return {}
    return {"hint": "exceeds" if "<" in relation else "falls-below", "bound": right, "distance": distance}
