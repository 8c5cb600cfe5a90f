"""A graph's nodes in words, as notes and errors name them: where they stand, what they are applied to."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from gradcli.graph import Graph
from gradcli.language.format import operation_text
from gradcli.language.names import node_names
from gradcli.operators.table import CONSTANT
from gradcli.text import format_number, quote

LISTED = 4  # arguments of a node


def names_of(graph: Graph) -> list[str]:
    """The name of every node, where a graph has arrays by the operations on them."""
    if graph.arrays is None:
        return node_names(graph)
    from gradcli.arrays.names import scalar_names

    return scalar_names(graph, graph.arrays)


class Describer:
    """Puts a graph's nodes into words: where they stand, what they are applied to."""

    def __init__(self, graph: Graph, values: Sequence[Any]) -> None:
        self.graph = graph
        self.values = values
        self.names = names_of(graph)
        self.several_lines = bool(re.search(r"[\r\n]", graph.text.strip()))
        # Found once: a text of 100,000 kinks has 100,000 places.
        self.line_starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", graph.text))]

    def function(self, node: int) -> str:
        """`relu`, or the symbol in quotes."""
        arrays = self.graph.arrays
        operator = self.graph.operators[node] if arrays is None else arrays.program.operators[arrays.operation_of(node)]
        return f"'{operator.symbol}'" if operator.symbol else operator.word

    def name(self, node: int) -> str:
        """The name of a node, cut when long, as in a message."""
        return quote(self.names[node])[1:-1]

    def _line_and_column(self, start: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, start)
        return line, start - self.line_starts[line - 1] + 1

    def place_facts(self, node: int) -> dict[str, Any]:
        """Where a node stands: column 5, or in a text of several lines line 2, column 5; with its name and function."""
        line, column = self._line_and_column(self.graph.starts[node])
        facts: dict[str, Any] = {"function": self.graph.operators[node].name, "node": self.names[node]}
        return facts | ({"line": line} if self.several_lines else {}) | {"column": column} | self.call_facts(node)

    def call_facts(self, node: int) -> dict[str, dict[str, int]]:
        """Where the definition is called that a node is part of; nothing for other nodes."""
        if node not in self.graph.calls:
            return {}
        line, column = self._line_and_column(self.graph.calls[node])
        return {"call": ({"line": line} if self.several_lines else {}) | {"column": column}}

    def site(self, node: int) -> dict[str, Any]:
        """What a sentence says of a node beside its place: `sqrt` at column 1 (`x = 0`); a variable is its name."""
        if self.graph.is_leaf(node):
            return {"site": "leaf"}
        are_numbers = all(self.graph.operators[x] is CONSTANT for x in self.graph.inputs[node])
        arguments = [self.operation(node)] if are_numbers else self.arguments(node)
        return {"site": "operation", "operator": self.function(node), "arguments": arguments}

    def operation(self, node: int) -> str:
        """The node as it is written over the names of its inputs."""
        return operation_text(self.graph.operators[node], [self.name(x) for x in self.graph.inputs[node]])

    def argument(self, x: int) -> str:
        """`s = 0`; a constant is its value."""
        return self.names[x] if self.graph.operators[x] is CONSTANT else f"{self.name(x)} = {self.number(x)}"

    def number(self, x: int) -> str:
        """The value of a node; no -0."""
        value = self.values[x]
        return format_number(value + 0.0) if isinstance(value, float) else str(value)

    def arguments(self, node: int) -> list[str]:
        """`s = 1`, `t = 0`, the first few; numbers, which the text has, only where there is nothing else."""
        every = list(dict.fromkeys(self.graph.inputs[node]))
        inputs = [x for x in every if self.graph.operators[x] is not CONSTANT] or every
        return [*map(self.argument, inputs[:LISTED]), *(["…"] if len(inputs) > LISTED else [])]
