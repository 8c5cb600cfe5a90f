"""Formulas over arrays as they are written: valid in the language, and with numbers in front of matrix products."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from gradcli.arrays import shapes as rules
from gradcli.arrays.shapes import MisfitError
from gradcli.graph import Graph, reachable
from gradcli.graph.arrays import size_of
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL, ArrayOperator, along
from gradcli.operators.records import Operator
from gradcli.operators.table import DIV, MUL, VARIABLE
from gradcli.symbolic.arrays.builder import ArrayBuilder
from gradcli.symbolic.arrays.views import ROW

Key = tuple[str, ...]
_SUMS = (ARRAY_FUNCTIONS["sum"], *(along("sum", axis) for axis in range(rules.MOST_AXES)))


def written(builder: ArrayBuilder, value: int, roots: Mapping[Key, int]) -> tuple[Graph, dict[Key, int]]:
    """The graph of a function, its output, and its derivatives, and where these are in it."""
    variables = [node for node, operator in enumerate(builder.operators) if operator is VARIABLE]
    nodes = reachable(builder.inputs, [value, *variables, *roots.values()])
    images = _images(builder, nodes, set(reachable(builder.inputs, [value])))
    graph, place = builder.pruned(images[value], [*variables, *(images[root] for root in roots.values())])
    return graph, {key: place[images[root]] for key, root in roots.items()}


def _images(builder: ArrayBuilder, nodes: Sequence[int], own: Container[int]) -> dict[int, int]:
    """What is written for each node; those of the function's `own` as they are."""
    uses = Counter(x for node in nodes for x in builder.inputs[node])
    images: dict[int, int] = {}
    for node in nodes:
        inputs = builder.inputs[node]
        made = None
        if builder.is_identity(node):
            made = _identity(builder, *builder.shapes[node][:1])
        elif builder.operators[node] is DIV and node not in own:
            made = _with_mean(builder, *(images[x] for x in inputs))
        if made is None and inputs:
            single = [uses[x] == 1 for x in inputs]
            made = _numbered(builder, builder.operators[node], [images[x] for x in inputs], single)
        images[node] = node if made is None else made
        _name(builder, node, images[node])
    return images


def _name(builder: ArrayBuilder, node: int, image: int) -> None:
    """Call what is written for a step as that is called."""
    if node in builder.names and image != node:
        builder.names.setdefault(image, builder.names[node])


def _identity(builder: ArrayBuilder, length: int) -> int:
    number = builder.constant
    rows = [[number(float(row == column)) for column in range(length)] for row in range(length)]
    return builder.literal([builder.literal(row) for row in rows])


def _with_mean(builder: ArrayBuilder, product: int, divisor: int) -> int | None:
    """A product with a sum that is divided by the number of its terms, as one with a mean; None for another."""
    factors, node = [], product
    while builder.opened(node, MUL):
        factors.append(builder.inputs[node][1])
        node = builder.inputs[node][0]
    factors.append(node)
    for place, factor in enumerate(factors):
        mean = _mean(builder, factor, divisor)
        if mean is not None:
            factors[place] = mean
            made = factors.pop()
            while factors:
                made = builder.keep(MUL, (made, factors.pop()))
            return made
    return None


def _mean(builder: ArrayBuilder, node: int, divisor: int) -> int | None:
    """A sum divided by the number of its terms."""
    total = builder.operators[node]
    if not isinstance(total, ArrayOperator) or total not in _SUMS or not builder.opened(node, total):
        return None
    count = size_of(builder.shapes[builder.inputs[node][0]]) // size_of(builder.shapes[node])
    if builder.values.get(divisor) != count:
        return None
    row = ARRAY_FUNCTIONS["mean"] if total.axis is None else along("mean", total.axis)
    return builder.keep(row, builder.inputs[node])


def _numbered(builder: ArrayBuilder, operator: Operator, inputs: Sequence[int], are_single: Sequence[bool]) -> int:
    """An operation; a number times a matrix product, if it is used once, is written in front of the first factor."""
    if operator is MUL and are_single[1] and not builder.shapes[inputs[0]] and builder.opened(inputs[1], MATMUL):
        way, node = [], inputs[1]
        while builder.opened(node, MATMUL):
            way.append(builder.inputs[node][1])
            node = builder.inputs[node][0]
        made = builder.keep(MUL, (inputs[0], node))
        for right in reversed(way):
            made = builder.keep(MATMUL, (made, right))
        return made
    return builder.keep(operator, tuple(_fitting(builder, operator, inputs)))


def _fitting(builder: ArrayBuilder, operator: Operator, inputs: Sequence[int]) -> Sequence[int]:
    """The inputs; a vector as a row beside a column, where it is one and the language asks for the word."""
    shapes = [builder.shapes[x] for x in inputs]
    if isinstance(operator, ArrayOperator) or rules.MOST_AXES not in map(len, shapes):
        return inputs
    try:
        rules.broadcast(operator, shapes)
    except MisfitError:
        return [builder.keep(ROW, (x,)) if len(builder.shapes[x]) == 1 else x for x in inputs]
    return inputs
