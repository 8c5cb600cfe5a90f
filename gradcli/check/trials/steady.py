"""What is constant around a point: where a function takes a branch that is a number, as relu does below 0."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from gradcli.engine.doubles import rules
from gradcli.operators.table import CONSTANT

if TYPE_CHECKING:
    from gradcli.check.trials.samples import Sample


def steady(here: "Sample", rough: Collection[int]) -> bytearray:
    """Marks the nodes that are constant around the point. `rough` are those that lie on a kink or a jump or compare
    equal numbers: two numbers that are equal and both constant make neither.
    """
    graph = here.graph
    constant = graph.marked(node for node, operator in enumerate(graph.operators) if operator is CONSTANT)
    smooth = graph.marked(node for node, inputs in enumerate(graph.inputs) if not inputs)
    for node in here.order:
        known = [x for x in graph.inputs[node] if here.is_evaluated(x)]
        if known:
            is_smooth = all(smooth[x] for x in known)
            is_decided = is_smooth and (bool(graph.operators[node].ties) or node not in rough)
            constant[node] = all(constant[x] for x in known) or (is_decided and _takes_constants(here, node, constant))
            smooth[node] = is_smooth and (node not in rough or constant[node])
    return constant


def _takes_constants(here: "Sample", node: int, constant: bytearray) -> bool:
    """Whether the branch that it takes is made of constants; that of a comparison of unequal numbers is one."""
    operator, arguments = here.graph.operators[node], here.arguments(node)
    if operator.condition or not (operator.ties or operator.branches or operator.chooses):
        return operator.condition and not operator.conditions
    return all(
        constant[x] or not rules.depends(operator, index, arguments, here.values[node])
        for index, x in enumerate(here.graph.inputs[node])
    )
