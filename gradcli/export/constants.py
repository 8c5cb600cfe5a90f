"""Operations on numbers alone, carried out: for languages in which a number behaves otherwise than what holds one."""

from collections.abc import Container
from math import isfinite

from gradcli.engine.doubles.rules import ieee
from gradcli.graph import Builder, Graph
from gradcli.operators.table import CONSTANT, VARIABLE


def fold_constants(graph: Graph, variables: Container[int] = (), only_nonfinite: bool = False) -> Graph:
    """The same graph with each operation on numbers alone replaced by its value, in IEEE 754 arithmetic.

    Such a node in `variables` becomes a variable that has this value in `values`; what uses it is kept. With
    `only_nonfinite`, only what has no finite value is replaced (in a branch that is not taken, `1/0`).
    """
    varies = bytearray(len(graph))
    builder = Builder(graph)
    known: dict[int, float] = dict(graph.values)
    for node, operator in enumerate(graph.operators):
        varies[node] = operator is VARIABLE or operator.shaped or any(varies[x] for x in graph.inputs[node])
        if varies[node] or not graph.inputs[node]:
            continue
        known[node] = ieee(operator)(*[known[x] for x in graph.inputs[node]])
        if operator.condition or (only_nonfinite and isfinite(known[node])):
            continue
        varies[node] = node in variables
        builder.replace(node, VARIABLE if varies[node] else CONSTANT)
        builder.values[node] = known[node]
        if not varies[node]:
            builder.names.pop(node, None)
    return builder.graph(graph.output)
