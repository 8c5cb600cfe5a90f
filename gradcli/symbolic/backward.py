"""The backward pass over a graph under construction: it builds nodes where `engine/passes.py` computes numbers."""

from collections.abc import Sequence

from gradcli.graph import reachable
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, MUL
from gradcli.symbolic.passing import Passing
from gradcli.symbolic.simplify import Simplifier
from gradcli.symbolic.slopes import plain_slopes, readable_slopes


def gradient(builder: Simplifier, root: int, variables: Sequence[int], most: int | None = None) -> list[int] | None:
    """The derivatives of a node of the builder with respect to its variables; None if it then has more nodes."""
    nodes = reachable(builder.inputs, [root])
    required = bytearray(len(builder))
    for x in variables:
        required[x] = 1
    for node in nodes:
        if not builder.operators[node].condition and any(required[x] for x in builder.inputs[node]):
            required[node] = 1
    adjoints = backward(
        builder, builder.operators, builder.inputs, nodes, range(len(builder)), root, required, most=most
    )
    if most is not None and len(builder) > most:
        return None
    zero = builder.constant(0.0)
    return [adjoints.get(x, zero) for x in variables]


def backward(
    builder: Simplifier,
    operators: Sequence[Operator],
    all_inputs: Sequence[tuple[int, ...]],
    nodes: Sequence[int],
    images: Sequence[int],
    root: int,
    required: bytearray,
    passing: Passing | None = None,
    most: int | None = None,
) -> dict[int, int]:
    """The adjoint of each of the `nodes` (in topological order) that has one other than 0.

    `images[i]` is the node of the builder that stands for node i. With `passing`, for machines. Stops where the
    builder has more than `most` nodes.
    """
    zero, one = builder.constant(0.0), builder.constant(1.0)
    adjoints = {root: one} if required[root] else {}
    for node in reversed(nodes):
        if most is not None and len(builder) > most:
            break
        adjoint = adjoints.get(node, zero)
        inputs = all_inputs[node]
        if adjoint == zero or not inputs or not required[node]:
            continue
        operator, arguments = operators[node], tuple(images[x] for x in inputs)
        wanted = [bool(required[x]) for x in inputs]
        for index, local in _slopes(builder, operator, arguments, images[node], wanted, stable=passing is not None):
            x = inputs[index]
            if passing:
                contribution = passing.on(node, index, x, operator, arguments, adjoint, local)
            else:
                contribution = builder.make(MUL, (adjoint, local))
            _add(builder, adjoints, x, contribution)
    return adjoints


def _add(builder: Simplifier, adjoints: dict[int, int], node: int, contribution: int) -> None:
    before = adjoints.get(node)
    adjoints[node] = contribution if before is None else builder.make(ADD, (before, contribution))


def _slopes(
    builder: Simplifier, operator: Operator, arguments: tuple[int, ...], out: int, wanted: Sequence[bool], stable: bool
) -> list[tuple[int, int]]:
    """The local derivatives for the wanted arguments, each with the index of its argument."""
    if stable:
        slopes = plain_slopes(builder, operator, arguments, out, wanted, stable=True)
    else:
        slopes = readable_slopes(builder, operator, arguments, out, wanted)
    return [(index, local) for index, local in enumerate(slopes) if local is not None and wanted[index]]
