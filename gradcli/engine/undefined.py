"""Why there is no finite value: the error for a node outside its domain, at a pole, or of a number too large."""

from collections.abc import Sequence
from math import isnan
from typing import Any

from gradcli.engine.describer import Describer
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.passes import forward
from gradcli.engine.hints import Hints
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.language.format import format_node, operation_text
from gradcli.language.names import leaf_names
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, DIV, OPERATORS

_BOUNDS = {OPERATORS["le"]: "exceeds", OPERATORS["ge"]: "falls-below"}  # with the hint where one is missed
HAIR = 1e-9  # a bound that is missed by less than this is missed by rounding


def no_finite_value(
    graph: Graph, values: Sequence[Any], node: int, shift: int = 0, shown: Sequence[Any] | None = None
) -> MathError:
    """Why the forward pass stops at a node: outside the domain, at a pole, or an overflow.

    `shift` is added to the column, where the graph's text is a part of a longer one; `shown` are the values as the
    message has them, where these are no doubles.
    """
    words = Describer(graph, values if shown is None else shown)
    operator = graph.operators[node]
    arguments = [values[x] for x in graph.inputs[node]]
    column = graph.place(node)[1] + shift  # of its line, with whose number the message begins
    facts: dict[str, Any] = {"function": operator.name, "operator": words.function(node), "column": column}
    facts |= {"arguments": words.arguments(node)} | words.call_facts(node)
    broken = broken_condition(operator, arguments)
    code = "undefined" if broken else "overflow"
    if broken:
        facts |= _need(words, node, broken) | _missed_by(operator, arguments, parse_rule(broken))
    if "hint" not in facts:
        better = _better(graph, values, node)
        facts |= better and {"hint": "better"} | better
    start = graph.starts[node]
    return MathError(code, facts, graph.text, start, start + len(operator.word))


def _better(graph: Graph, values: Sequence[Any], node: int) -> dict[str, str]:
    """The facts of a better formula that has a value here; none without one."""
    at = {name: values[x] for name, x in graph.variables.items()}
    return Hints(graph, at).for_fault(node, values)


def _need(words: Describer, node: int, condition: str) -> dict[str, str]:
    """`x/s` needs `s != 0`, `x^0.5` needs `x >= 0`; where only numbers break the condition, in the table's own words
    (`log(x)`, `x > 0`) for what is `written`, or that a divisor is `zero`.
    """
    operator, inputs = words.graph.operators[node], words.graph.inputs[node]
    called = dict(zip(operator.parameters, map(words.name, inputs), strict=True))
    numbers = {x for x, y in zip(operator.parameters, inputs, strict=True) if words.graph.operators[y] is CONSTANT}
    parts = [part for part in condition.split(" or ") if not numbers.issuperset(parse_rule(part).variables)]
    written = {} if parts else {"written": words.operation(node)}
    if not parts:
        called = {name: name for name in operator.parameters}
    rule = parse_rule(" or ".join(parts) or condition)
    names = leaf_names(rule) | {x: called[name] for name, x in rule.variables.items()}
    needs = format_node(rule, rule.output, names)
    zero = {"zero": words.name(inputs[1])} if written and operator is DIV else {}
    return {"form": operation_text(operator, list(called.values())), "needs": needs} | written | zero


def broken_condition(operator: Operator, arguments: Sequence[float]) -> str:
    """The first condition of the operator's domain that its arguments do not meet, or ""."""
    if operator.variadic or any(map(isnan, arguments)):
        return ""
    for condition in operator.domain:
        if not rules.expression(condition, operator.parameters, total=True)(*arguments):
            return condition
    return ""


def _missed_by(operator: Operator, arguments: Sequence[float], rule: Graph) -> dict[str, Any]:
    """The bound, the distance and the hint that tells them, where rounding may be the cause."""
    relation = rule.operators[rule.output]
    if relation not in _BOUNDS:
        return {}
    called = dict(zip(operator.parameters, arguments, strict=True))
    leaves = dict(rule.values) | {x: called[name] for name, x in rule.variables.items()}
    values = forward(rule, leaves, total=True).values
    x, bound = rule.inputs[rule.output]
    distance = abs(values[x] - values[bound])
    if not distance < HAIR:
        return {}
    return {"hint": _BOUNDS[relation], "bound": format_node(rule, bound, leaf_names(rule)), "distance": distance}
