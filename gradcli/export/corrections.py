"""Points at which PyTorch's or JAX's own slopes are not right: there the table's rules for machines take their place.

At most points nothing is changed. Where automatic differentiation loses digits (1 − tanh² in a tail), overflows or
has no number (hypot at the origin), the node becomes a value without a gradient plus slope·(x − x), where the second x
is without a gradient; a slope of 0 is not written. And where a slope is infinite but the incoming gradient is 0, which
makes a NaN of both, nothing passes: the operands are without a gradient.
"""

from collections.abc import Mapping
from math import isfinite

from gradcli.engine import rules
from gradcli.engine.answer import Answer
from gradcli.graph import Graph
from gradcli.operators import functions
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.symbolic.simplify import parsed_rule

STOP = Operator("stop", ("x",), float)
SLOPE = Operator("slope", ("value", "x", "slope"), functions.not_a_number)


def with_exceptions(graph: Graph, result: Answer | None) -> tuple[Graph, list[int]]:
    """The graph that is right at the point, and the node of it for each node of the graph."""
    if result is None:
        return graph, list(range(len(graph)))
    copy, here = _Copy(graph), result.evaluation
    for node, operator in enumerate(graph.operators):
        if not graph.inputs[node] or not here.required[node] or not here.is_evaluated(node):
            copy.take(node)
            continue
        slopes = here.local_derivatives(node)
        if not all(map(isfinite, slopes.values())):
            copy.take(node, stops=not here.adjoints[node])
        elif _is_elsewhere(operator, here.arguments(node), here.values[node]):
            copy.correct(node, slopes)
        else:
            copy.take(node)
    return copy.graph(), copy.images


def _is_elsewhere(operator: Operator, arguments: list[float], out: float) -> bool:
    """Whether one of the slopes is where PyTorch or JAX do not have it, as the table says."""
    conditions = [partial.elsewhere for partial in operator.partials if partial.elsewhere]
    return any(
        rules.expression(condition, (*operator.parameters, "out"), total=True)(*arguments, out)
        for condition in conditions
    )


class _Copy:
    """The nodes of the new graph so far. `images[i]` stands for node i of the source."""

    def __init__(self, source: Graph) -> None:
        self.source = source
        self.images: list[int] = []
        self.operators: list[Operator] = []
        self.inputs: list[tuple[int, ...]] = []
        self.values: dict[int, float] = {}
        self.names: dict[int, str] = {}

    def take(self, node: int, stops: bool = False) -> None:
        """A node as it is; with `stops`, no gradient passes to its operands."""
        inputs = [self.images[x] for x in self.source.inputs[node]]
        if stops:
            inputs = [x if self.operators[x] is CONSTANT else self.add(STOP, x) for x in inputs]
        self.finish(node, self.add(self.source.operators[node], *inputs))

    def correct(self, node: int, slopes: Mapping[int, float]) -> None:
        """A node with slopes by the table's rules for the arguments that have one in `slopes` other than 0."""
        operator = self.source.operators[node]
        inputs = [self.images[x] for x in self.source.inputs[node]]
        value = self.add(STOP, self.add(operator, *inputs))
        letters = dict(zip(operator.parameters, inputs, strict=True)) | {"out": value}
        found = value
        for index in (index for index, slope in slopes.items() if slope):
            rule = operator.partials[index].for_machines
            found = self.add(SLOPE, found, inputs[index], self.rule(rule, letters))
        self.finish(node, found)

    def rule(self, text: str, letters: Mapping[str, int]) -> int:
        """A rule of the operator table at these nodes."""
        rule = parsed_rule(text)
        nodes: list[int] = []
        for node, operator in enumerate(rule.operators):
            if operator is VARIABLE:
                nodes.append(letters[rule.names[node]])
                continue
            nodes.append(self.add(operator, *(nodes[x] for x in rule.inputs[node])))
            if operator is CONSTANT:
                self.values[nodes[-1]] = rule.values[node]
        return nodes[rule.output]

    def finish(self, node: int, image: int) -> None:
        """Note what stands for a node of the source, with its name and value."""
        self.images.append(image)
        if node in self.source.names:
            self.names[image] = self.source.names[node]
        if node in self.source.values:
            self.values[image] = self.source.values[node]

    def add(self, operator: Operator, *inputs: int) -> int:
        """Append a node."""
        self.operators.append(operator)
        self.inputs.append(inputs)
        return len(self.operators) - 1

    def graph(self) -> Graph:
        """The new graph."""
        return Graph(self.operators, self.inputs, self.values, self.names, self.images[self.source.output])
