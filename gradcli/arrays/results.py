"""The shapes of the nodes of formulas over arrays, those of the operator table and those that are derived."""

from collections.abc import Callable, Mapping, Sequence

from gradcli.arrays import shapes as rules
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape
from gradcli.operators.arrays import INDEX, LITERAL, MATMUL, ArrayOperator
from gradcli.operators.records import Operator

NUMBER: Shape = ()


def result_shape(operator: Operator, shapes: Sequence[Shape]) -> Shape:
    """The shape of an operation on arrays of these shapes; of a leaf that of a number."""
    if not shapes:
        return NUMBER
    if isinstance(operator, ArrayOperator):
        return _SHAPES.get(operator.name, _reduced)(operator, shapes)
    if rules.MOST_AXES in map(len, shapes):  # a vector is a row beside matrices, beside columns too
        shapes = [(1, *shape) if len(shape) == 1 else shape for shape in shapes]
    return rules.broadcast(operator, shapes)


def shapes_in(graph: Graph, given: Mapping[str, Shape]) -> list[Shape]:
    """The shape of each node of a formula over arrays, whose variables have these; others are numbers."""
    shapes: list[Shape] = []
    for node, operator in enumerate(graph.operators):
        inputs = graph.inputs[node]
        if not inputs:
            shapes.append(given.get(graph.names.get(node, ""), NUMBER))
            continue
        is_reduction = operator.least == 1 and len(inputs) == 1 and not operator.shaped  # logsumexp of all elements
        is_variable = operator.shaped and operator is not LITERAL and not shapes[inputs[0]]  # x[0] without a shape
        is_number = is_reduction or is_variable
        shapes.append(NUMBER if is_number else result_shape(operator, [shapes[x] for x in inputs]))
    return shapes


def _reduced(operator: ArrayOperator, shapes: Sequence[Shape]) -> Shape:
    if operator.reduces:
        return rules.along_axis(operator.name, shapes[0], operator.axis)
    return rules.of_function(operator, shapes)


_SHAPES: Mapping[str, Callable[[ArrayOperator, Sequence[Shape]], Shape]] = {
    MATMUL.name: lambda _, shapes: rules.matmul(*shapes),
    LITERAL.name: lambda _, shapes: rules.literal(shapes),
    INDEX.name: lambda operator, shapes: rules.places(shapes[0], operator.positions)[0],
}
