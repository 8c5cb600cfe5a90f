"""Formulas of local derivatives, over the names of the nodes at hand."""

from collections.abc import Sequence

from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Builder, Graph, reachable
from gradcli.language.format import format_node
from gradcli.language.names import leaf_names
from gradcli.operators.table import CONSTANT, NEG, WHERE
from gradcli.symbolic.simplify import Simplifier, parsed_rule


def built(graph: Graph, names: Sequence[str], node: int, index: int, rule: str) -> tuple[Builder, int, dict[int, int]]:
    """A rule of the table for the derivative of a node by its argument `index`, over the node's own arguments; with
    numbers among these it is simplified: 3*x^(3 - 1). The formula, its root, and what node each variable of it is.
    """
    operator, inputs = graph.operators[node], graph.inputs[node]
    stands = {"x": inputs[index]} if operator.variadic else dict(zip(operator.parameters, inputs, strict=True))
    numbers = {name for name, x in stands.items() if graph.operators[x] is CONSTANT}
    builder = Simplifier() if numbers else Builder()
    stands["out"] = node
    leaves = {
        name: builder.leaf(graph, x) if name in numbers else builder.variable(names[x]) for name, x in stands.items()
    }
    root = builder.insert(parsed_rule(rule), leaves)
    return builder, root, {leaves[name]: x for name, x in stands.items() if leaves[name] in builder.names}


def text(builder: Builder, root: int) -> str:
    """A formula as it is written."""
    graph = builder.graph(root)
    return format_node(graph, root, leaf_names(graph))


def last_operation(builder: Builder, root: int) -> tuple[int, bool]:
    """The node of a formula's last operation, and whether it stands behind a sign."""
    is_negated = builder.operators[root] is NEG
    return builder.inputs[root][0] if is_negated else root, is_negated


def is_nowhere(builder: Builder, root: int) -> bool:
    """Whether a formula has no value whatever its variables are, as y*log(0); of a choice only the condition counts."""
    pairs = zip(builder.inputs, builder.operators, strict=True)
    needed = [inputs[:1] if operator is WHERE else inputs for inputs, operator in pairs]
    return any(_has_no_value(builder, x) for x in reachable(needed, [root]))


def only_case(builder: Builder, root: int) -> tuple[int, int] | None:
    """The condition and the formula of a choice whose other alternative has no value; None for other formulas."""
    if builder.operators[root] is not WHERE:
        return None
    condition, taken, other = builder.inputs[root]
    return (condition, taken) if is_nowhere(builder, other) else None


def _has_no_value(builder: Builder, node: int) -> bool:
    operands = [builder.values.get(x) for x in builder.inputs[node]]
    if not operands or None in operands:
        return False
    try:
        builder.operators[node].forward(*operands)
    except ARITHMETIC_ERRORS:
        return True
    return False
