"""Points at which PyTorch's or JAX's own slopes are not right: there the table's rules for machines take their place.

At most points nothing is changed. Where automatic differentiation loses digits (1 − tanh² in a tail), overflows or
has no number (hypot at the origin), the node becomes a value without a gradient plus slope·(x − x), where the second x
is without a gradient; a slope of 0 is not written. And where a slope is infinite but the incoming gradient is 0, which
makes a NaN of both, nothing passes: the operands are without a gradient.
"""

from collections.abc import Mapping
from math import isfinite

from gradcli.engine.answer import Answer
from gradcli.engine.doubles import rules
from gradcli.graph import Builder, Graph
from gradcli.operators import exceptional
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT
from gradcli.symbolic.simplify import parsed_rule

STOP = Operator("stop", ("x",), float)
SLOPE = Operator("slope", ("value", "x", "slope"), exceptional.not_a_number)


def with_exceptions(graph: Graph, result: Answer | None) -> tuple[Graph, list[int]]:
    """The graph that is right at the point, and the node of it for each node of the graph."""
    if result is None:
        return graph, list(range(len(graph)))
    copy, here = _Corrected(graph), result.evaluation
    for node, operator in enumerate(graph.operators):
        if not graph.inputs[node] or not here.required[node] or not here.is_evaluated(node):
            copy.take(node)
            continue
        slopes = here.local_derivatives(node)
        if not all(map(isfinite, slopes.values())):
            copy.take(node, stops=not here.adjoints[node])
        elif is_elsewhere(operator, here.arguments(node), here.values[node]):
            copy.correct(node, slopes)
        else:
            copy.take(node)
    return copy.graph(copy.images[graph.output]), copy.images


def is_elsewhere(operator: Operator, arguments: list[float], out: float) -> bool:
    """Whether one of the slopes is where PyTorch or JAX do not have it, as the table says."""
    conditions = [partial.elsewhere for partial in operator.partials if partial.elsewhere]
    points = [[x] for x in arguments] if operator.variadic else [arguments]
    return any(
        rules.expression(condition, (*operator.parameters, "out"), total=True)(*point, out)
        for condition in conditions
        for point in points
    )


class _Corrected(Builder):
    """The nodes of the new graph so far. `images[i]` stands for node i of the source."""

    def __init__(self, source: Graph) -> None:
        super().__init__()
        self.source = source
        self.images: list[int] = []

    def take(self, node: int, stops: bool = False) -> None:
        """A node as it is; with `stops`, no gradient passes to its operands."""
        if self.source.is_leaf(node):
            self.images.append(self.leaf(self.source, node))
            return
        inputs = self.places(node)
        if stops:
            inputs = tuple(x if self.operators[x] is CONSTANT else self.append(STOP, (x,)) for x in inputs)
        self.finish(node, self.append(self.source.operators[node], inputs))

    def correct(self, node: int, slopes: Mapping[int, float]) -> None:
        """A node with slopes by the table's rules for the arguments that have one in `slopes` other than 0."""
        operator, inputs = self.source.operators[node], self.places(node)
        value = self.append(STOP, (self.append(operator, inputs),))
        letters = dict(zip(operator.parameters, inputs, strict=False)) | {"out": value}
        found = value
        for index in (index for index, slope in slopes.items() if slope):
            own = {"x": inputs[index]} if operator.variadic else {}
            rule = self.insert(parsed_rule(operator.partial(index).for_machines), letters | own)
            found = self.append(SLOPE, (found, inputs[index], rule))
        self.finish(node, found)

    def places(self, node: int) -> tuple[int, ...]:
        """What stands for the inputs of a node of the source."""
        return tuple(self.images[x] for x in self.source.inputs[node])

    def finish(self, node: int, image: int) -> None:
        """Note what stands for a node of the source, with its name."""
        self.images.append(image)
        if node in self.source.names:
            self.names[image] = self.source.names[node]
