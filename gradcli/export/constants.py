"""Operations on numbers alone, carried out: for languages in which a number behaves otherwise than what holds one."""

from collections.abc import Container
from math import isfinite

from gradcli.engine.rules import ieee
from gradcli.graph import Graph
from gradcli.operators.table import CONSTANT, VARIABLE


def fold_constants(graph: Graph, variables: Container[int] = (), only_nonfinite: bool = False) -> Graph:
    """The same graph with each operation on numbers alone replaced by its value, in IEEE 754 arithmetic.

    Such a node in `variables` becomes a variable that has this value in `values`; what uses it is kept. With
    `only_nonfinite`, only what has no finite value is replaced (in a branch that is not taken, `1/0`).
    """
    varies = bytearray(len(graph))
    operators, inputs = list(graph.operators), list(graph.inputs)
    values, names = dict(graph.values), dict(graph.names)
    known: dict[int, float] = dict(graph.values)
    for node, operator in enumerate(graph.operators):
        varies[node] = operator is VARIABLE or any(varies[x] for x in graph.inputs[node])
        if varies[node] or not graph.inputs[node]:
            continue
        known[node] = ieee(operator)(*[known[x] for x in graph.inputs[node]])
        if operator.condition or (only_nonfinite and isfinite(known[node])):
            continue
        inputs[node], values[node] = (), known[node]
        varies[node] = node in variables
        operators[node] = VARIABLE if varies[node] else CONSTANT
        if not varies[node]:
            names.pop(node, None)
    return Graph(operators, inputs, values, names, graph.output, graph.text, graph.starts)
