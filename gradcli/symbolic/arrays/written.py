"""Formulas over arrays as they are written: valid in the language, and with numbers in front of matrix products."""

from collections.abc import Mapping, Sequence

from gradcli.arrays import shapes as rules
from gradcli.arrays.shapes import MisfitError
from gradcli.graph import Graph, reachable
from gradcli.operators.arrays import MATMUL, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import MUL, VARIABLE
from gradcli.symbolic.arrays.builder import ArrayBuilder
from gradcli.symbolic.arrays.views import ROW

Key = tuple[str, ...]


def written(builder: ArrayBuilder, value: int, roots: Mapping[Key, int]) -> tuple[Graph, dict[Key, int]]:
    """The graph of a function, its output, and its derivatives, and where these are in it."""
    variables = [node for node, operator in enumerate(builder.operators) if operator is VARIABLE]
    nodes = reachable(builder.inputs, [value, *variables, *roots.values()])
    uses = dict.fromkeys(nodes, 0)
    for node in nodes:
        for x in builder.inputs[node]:
            uses[x] += 1
    images: dict[int, int] = {}
    for node in nodes:
        operator = builder.operators[node]
        inputs = tuple(images[x] for x in builder.inputs[node])
        if builder.is_identity(node):
            images[node] = _identity(builder, *builder.shapes[node][:1])
        elif not inputs:
            images[node] = node
        else:
            made = _numbered(builder, operator, inputs, [uses[x] for x in builder.inputs[node]])
            if node in builder.names:
                builder.names.setdefault(made, builder.names[node])
            images[node] = made
    graph, place = builder.pruned(images[value], [*variables, *(images[root] for root in roots.values())])
    return graph, {key: place[images[root]] for key, root in roots.items()}


def _identity(builder: ArrayBuilder, length: int) -> int:
    number = builder.constant
    rows = [[number(float(row == column)) for column in range(length)] for row in range(length)]
    return builder.literal([builder.literal(row) for row in rows])


def _numbered(builder: ArrayBuilder, operator: Operator, inputs: Sequence[int], uses: Sequence[int]) -> int:
    """An operation; a number times a matrix product is written in front of its first factor."""
    if operator is MUL and uses[1] == 1 and not builder.shapes[inputs[0]] and builder.opened(inputs[1], MATMUL):
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
