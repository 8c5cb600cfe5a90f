"""What the user is told of a result that is right but needs a word, and why there is none: the texts.

A `Note` goes with a result (a kink, a jump, a slope that is not finite); a `MathError` stands instead of one.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from gradcli.engine import rules
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.language.format import operation_text
from gradcli.language.names import node_names
from gradcli.operators.table import CONSTANT, Operator
from gradcli.text import finite_or_none, format_number, quote

_WORD = re.compile(r"[a-z]\w*")
HAIR = 1e-9  # a bound that is missed by less than this is missed by rounding


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a result: its kind, the sentence for people, the facts for programs."""

    code: str  # "kink", "tie", "jump", "one-sided", "not-finite", "underflow", "stop", "formula" or "rounding"
    message: str
    facts: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The note as JSON has it: numbers that are not finite are None."""
        facts = {key: _strict(value) for key, value in self.facts.items()}
        return {"code": self.code, **facts, "message": self.message}


def _strict(value: Any) -> Any:
    if isinstance(value, list):
        return [_strict(item) for item in value]
    return finite_or_none(value) if isinstance(value, float) else value


class Describer:
    """Puts a graph's nodes into words: where they stand, what they are applied to."""

    def __init__(self, graph: Graph, values: Sequence[Any]) -> None:
        self.graph = graph
        self.values = values
        self.names = node_names(graph)
        self.several_lines = bool(re.search(r"[\r\n]", graph.text.strip()))
        # Found once: a text of 100,000 kinks has 100,000 places.
        self.line_starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", graph.text))]

    def function(self, node: int) -> str:
        """`relu`, or the symbol in quotes."""
        operator = self.graph.operators[node]
        return f"'{operator.symbol}'" if operator.symbol else operator.name

    def name(self, node: int) -> str:
        """The name of a node, cut when long, as in a message."""
        return quote(self.names[node])[1:-1]

    def _line_and_column(self, node: int) -> tuple[int, int]:
        start = self.graph.starts[node]
        line = bisect_right(self.line_starts, start)
        return line, start - self.line_starts[line - 1] + 1

    def place(self, node: int) -> str:
        """`column 5`, or in a text of several lines `line 2, column 5`."""
        line, column = self._line_and_column(node)
        return f"line {line}, column {column}" if self.several_lines else f"column {column}"

    def place_facts(self, node: int) -> dict[str, Any]:
        """The same for programs, with the node's name and function."""
        line, column = self._line_and_column(node)
        facts: dict[str, Any] = {"function": self.graph.operators[node].name, "node": self.names[node]}
        return facts | ({"line": line} if self.several_lines else {}) | {"column": column}

    def argument(self, x: int) -> str:
        """`s = 0`; a constant is its value."""
        value = self.values[x]
        if self.graph.operators[x] is CONSTANT:
            return self.names[x]
        return f"{self.name(x)} = {format_number(value + 0.0) if isinstance(value, float) else value}"

    def arguments(self, node: int) -> str:
        """`s = 1, t = 0`, the first few."""
        inputs = list(dict.fromkeys(self.graph.inputs[node]))
        return ", ".join(map(self.argument, inputs[:4])) + (", …" if len(inputs) > 4 else "")


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
