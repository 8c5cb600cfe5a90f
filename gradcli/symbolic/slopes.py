"""The local derivatives of an operator as nodes of a builder: the rules of its row, at the nodes of its arguments.

For people they are the rules as they stand, but for two things that no rule says: that a slope has no value where a
power of 0 is taken, and that a limit cannot be derived once more. For machines they are the table's stable rules.
"""

from collections.abc import Sequence
from functools import reduce

from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, EQ, MAX, OPERATORS, WHERE
from gradcli.symbolic.simplify import Simplifier

# For a row that gives its derivatives at 0: the operator of its n-th derivative there, whose inputs are x and n. It
# stands in the branch x == 0 until everything is derived.
_AT_ZERO = {
    row: Operator(f"{row.name}_at_0", ("x", "n"), not_a_number)
    for row in OPERATORS.values()
    if row.partials and row.partials[0].at_zero
}
RULES_AT_ZERO = {operator: row.partials[0].at_zero for row, operator in _AT_ZERO.items()}


def plain_slopes(
    builder: Simplifier,
    operator: Operator,
    inputs: Sequence[int],
    out: int,
    wanted: Sequence[bool] | None = None,
    stable: bool = False,
) -> list[int | None]:
    """The nodes of ∂operator/∂argument at these nodes, for each argument; None for a condition.

    With `wanted`, None also for the arguments that are not wanted. With `stable`, by the rules for machines.

    For a variadic operator the same function of the arguments before the present one is a chain of nodes, each made
    of the one before it, so that all rules together are linear in the number of arguments.
    """
    asked = [True] * len(inputs) if wanted is None else wanted
    if operator.weight and stable:
        return _slopes_by_weights(builder, operator, inputs, asked)
    if operator.variadic:
        return _slopes_of_many(builder, operator, inputs, out, asked, stable)
    parameters = dict(zip(operator.parameters, inputs, strict=True)) | {"out": out}
    return [
        (builder.slope(operator, index, parameters) if stable else builder.rule(partial.formula, parameters))
        if partial.formula and asked[index]
        else None
        for index, partial in enumerate(operator.partials)
    ]


def _slopes_by_weights(
    builder: Simplifier, operator: Operator, inputs: Sequence[int], wanted: Sequence[bool]
) -> list[int | None]:
    """The share of each argument's weight in their sum."""
    largest = builder.make(MAX, tuple(inputs)) if len(inputs) > 1 else inputs[0]
    weights, total = weights_of(builder, operator, inputs, largest)
    return [
        builder.make(DIV, (weight, total)) if is_wanted else None
        for weight, is_wanted in zip(weights, wanted, strict=True)
    ]


def _slopes_of_many(
    builder: Simplifier, operator: Operator, inputs: Sequence[int], out: int, wanted: Sequence[bool], stable: bool
) -> list[int | None]:
    """The slopes of a function of any number of arguments, the first one's by the rule for it.

    None for what a maximum compares again: it is taken where it stands first.
    """
    first, later = [partial.for_machines if stable else partial.formula for partial in operator.partials]
    compares = "before" in later
    before = inputs[0]
    found: list[int | None] = [builder.rule(first, {"x": before, "out": out})]
    compared = {before}
    for index, x in enumerate(inputs[1:], 1):
        if operator.ties and x in compared:
            found.append(None)
            continue
        found.append(builder.rule(later, {"x": x, "before": before, "out": out}) if wanted[index] else None)
        compared.add(x)
        if compares and index < len(inputs) - 1:
            before = builder.make(operator, (before, x))
    return found


def weights_of(
    builder: Simplifier, operator: Operator, inputs: Sequence[int], largest: int
) -> tuple[Sequence[int], int]:
    """The nodes of the arguments' weights, for an operator that has them, and of their sum."""
    weights = [builder.weight(operator, x, largest) for x in inputs]
    return weights, reduce(lambda total, weight: builder.make(ADD, (total, weight)), weights)


def readable_slopes(
    builder: Simplifier, operator: Operator, inputs: Sequence[int], out: int, wanted: Sequence[bool]
) -> list[int | None]:
    """The local derivatives, which know those of higher order at 0 too."""
    if operator in RULES_AT_ZERO:
        x, order = inputs
        return [builder.keep(operator, (x, builder.constant(builder.values[order] + 1))), None]
    found = plain_slopes(builder, operator, inputs, out, wanted)
    for index, partial in enumerate(operator.partials):
        if partial.stable and found[index] is not None and _has_no_value(builder, operator, inputs, index):
            found[index] = builder.rule(
                partial.stable, dict(zip(operator.parameters, inputs, strict=True)) | {"out": out}
            )
    if operator.complement and found[0] is not None:
        builder.complements[builder.rule(operator.complement, dict(zip(operator.parameters, inputs, strict=True)))] = (
            out
        )
    if operator in _AT_ZERO and found[0] is not None:
        x = inputs[0]
        at_zero = builder.keep(_AT_ZERO[operator], (x, builder.constant(1.0)))
        is_zero = builder.make(EQ, (x, builder.constant(0.0)))
        found[0] = builder.make(WHERE, (is_zero, at_zero, found[0]))
    return found


def _has_no_value(builder: Simplifier, operator: Operator, inputs: Sequence[int], index: int) -> bool:
    """Whether the slope that people read has no value, as another argument is a number or 0 in a whole region."""
    steep = operator.partials[index].steep
    if not steep:
        return False
    zero = builder.constant(0.0)
    arguments = [zero if i != index and _is_zero_in_a_region(builder, x) else x for i, x in enumerate(inputs)]
    parameters = dict(zip(operator.parameters, arguments, strict=True))
    return builder.rule(f"where({steep}, 1, 0)", parameters) == builder.constant(1.0)


def _is_zero_in_a_region(builder: Simplifier, node: int) -> bool:
    """As `floor(x)`, `relu(x)` and `clip(x, 0, 1)` are: by a branch that is constant, or one that is a number 0."""
    operator, inputs = builder.operators[node], builder.inputs[node]
    if operator.is_flat or any(branch.is_flat for branch in operator.branches):
        return True
    chooses = operator.chooses or operator.ties or operator.branches
    return bool(chooses) and any(builder.is_number(x) and not builder.values[x] for x in inputs)
