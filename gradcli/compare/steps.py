"""The graph's way, step by step: what is computed forward and then backward, and what is counted of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradcli.engine.evaluation import Evaluation
from gradcli.frozen import with_other
from gradcli.graph import Graph
from gradcli.language.format import format_graph, operation_text
from gradcli.language.names import node_names
from gradcli.symbolic.simplify import parsed_rule
from gradcli.text import finite_or_none


@dataclass(frozen=True, slots=True)
class CountedStep:
    """One step: `expression` is a node's operation, or backward its local derivative for a node that it reads.

    `node` is the node that is computed, backward the one whose gradient is; that of `sender` is multiplied by the
    local derivative, and added to what is there already where it `adds`. `value` is the number at the point.
    """

    node: str
    expression: str
    operations: int
    sender: str = ""
    adds: bool = False
    value: float | None = None

    @property
    def factor(self) -> str:
        """The local derivative as a factor: in parentheses, unless it is a name, a number or a call."""
        return (
            self.expression if re.fullmatch(r"\w+(\.\w+)?|\w+\([^()]*\)", self.expression) else f"({self.expression})"
        )

    @property
    def pass_(self) -> str:
        """Which pass it is of."""
        return "backward" if self.sender else "forward"

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        facts: dict[str, object] = {"pass": self.pass_, "node": self.node}
        if self.sender:
            facts |= {"from": self.sender, "local": self.expression, "adds": self.adds}
        else:
            facts["expression"] = self.expression
        return facts | {"operations": self.operations, "value": finite_or_none(self.value)}


@dataclass(frozen=True, slots=True)
class _Edge:
    node: int
    index: int
    operations: int
    adds: bool


def edges(graph: Graph, targets: Sequence[int]) -> Iterator[_Edge]:
    """The steps of the backward pass: for each edge its local derivative, one product, and a sum if it is no first."""
    required = graph.requires_gradient(targets)
    reached = graph.marked([graph.output] if required[graph.output] else [])
    for node, index in graph.backward_edges(range(len(graph) - 1, -1, -1)):
        x = graph.inputs[node][index]
        if reached[node] and required[x]:
            local = sum(bool(inputs) for inputs in parsed_rule(graph.operators[node].partial(index).formula).inputs)
            yield _Edge(node, index, 1 + reached[x] + local, bool(reached[x]))
            reached[x] = 1


def steps(graph: Graph, targets: Sequence[int], here: Evaluation | None = None) -> Iterator[CountedStep]:
    """Both passes; with `here` the numbers at that point."""
    names = node_names(graph)
    for node, inputs in enumerate(graph.inputs):
        if inputs:
            text = operation_text(graph.operators[node], [names[x] for x in inputs])
            yield CountedStep(names[node], text, 1, value=here.values[node] if here else None)
    sums = [0.0] * len(graph)
    for edge in edges(graph, targets):
        x, value = graph.inputs[edge.node][edge.index], None
        if here and here.is_evaluated(edge.node):
            slope = here.local_derivatives(edge.node).get(edge.index, 0.0)
            sums[x] += here.passed_on(edge.node, edge.index, slope)
            value = sums[x]
        yield CountedStep(
            names[x], _local(graph, names, edge.node, edge.index), edge.operations, names[edge.node], edge.adds, value
        )


def _local(graph: Graph, names: Sequence[str], node: int, index: int) -> str:
    """The local derivative, with the names of the node and of its arguments."""
    operator, arguments = graph.operators[node], [names[x] for x in graph.inputs[node]]
    if operator.variadic:
        before = arguments[:index]
        called = {"x": arguments[index], "before": before[0] if len(before) == 1 else operation_text(operator, before)}
    else:
        called = dict(zip(operator.parameters, arguments, strict=True))
    called["out"] = names[node]
    rule = parsed_rule(operator.partial(index).formula)
    return format_graph(with_other(rule, names={x: called.get(name, name) for x, name in rule.names.items()}))
