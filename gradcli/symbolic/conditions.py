"""What is known inside a branch: `where(p, x, y)` is x wherever p is known to hold.

Linear: of the conditions around a node only the innermost few are remembered.
"""

from collections.abc import Iterable, Mapping, Sequence

from gradcli.operators.records import Operator
from gradcli.symbolic.simplify import Simplifier

MOST_CONDITIONS = 4  # so many branches are looked into and remembered


def without_choices_made(builder: Simplifier, nodes: Sequence[int], roots: Sequence[int]) -> list[int]:
    """The roots, made of `nodes` (in topological order), without a choice that is made already around it."""
    known = _known_conditions(builder, nodes, roots)
    images: dict[int, int] = {}
    for node in nodes:
        operator, inputs = builder.operators[node], builder.inputs[node]
        taken = tuple(_taken(builder, x, _there(operator, inputs, i, known[node])) for i, x in enumerate(inputs))
        made = tuple(images.get(x, x) for x in taken)
        if made != inputs:
            images[node] = builder.make(operator, made)
    return [images.get(root, root) for root in roots]


def _known_conditions(builder: Simplifier, nodes: Sequence[int], roots: Iterable[int]) -> dict[int, dict[int, bool]]:
    """For each node the conditions, the innermost few, whose truth is known wherever the node is evaluated."""
    known: dict[int, dict[int, bool]] = {root: {} for root in roots}
    for node in reversed(nodes):
        operator, inputs = builder.operators[node], builder.inputs[node]
        for index, x in enumerate(inputs):
            there, before = _there(operator, inputs, index, known[node]), known.get(x)
            known[x] = there if before is None else {c: truth for c, truth in there.items() if before.get(c) is truth}
    return known


def _there(operator: Operator, inputs: Sequence[int], index: int, here: dict[int, bool]) -> dict[int, bool]:
    """The conditions known at an input of a node: those at the node, and for a branch its own."""
    if not operator.chooses or operator.condition or not index:
        return here
    outer = [fact for fact in here.items() if fact[0] != inputs[0]]
    return dict([*outer[1 - MOST_CONDITIONS :], (inputs[0], operator.chooses(True) == index)])


def _taken(builder: Simplifier, node: int, known: Mapping[int, bool]) -> int:
    """The node, or the branch that is taken where the condition is known."""
    while known:
        chooses, inputs = builder.operators[node].chooses, builder.inputs[node]
        if not chooses or inputs[0] not in known:
            break
        node = inputs[chooses(known[inputs[0]])]
    return node
