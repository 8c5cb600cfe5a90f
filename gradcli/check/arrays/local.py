"""Other local derivatives of one operation that goes element by element: left out, twice, with another sign, by another
rule, at another place.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gradcli.check.arrays.leading import Changed, Otherwise, evaluated
from gradcli.check.mistakes.wrong_rules import changed_rules, with_input_for_output
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Sample
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import reachable
from gradcli.graph.arrays import Arrays
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, CONSTANT, MUL, SUB

Slope = Callable[[Sample, int], float]  # what is taken for that of an evaluated scalar node


def at_operation(mentions: Mentions, arrays: Arrays, node: int, index: int) -> Iterator[tuple[Remark, Changed]]:
    """The mistakes at a node of the program, in the derivative by its input with this index."""
    program, operator = arrays.program, arrays.operator(node)
    if operator.shaped or operator.variadic or operator.condition or operator.chooses or index in operator.discrete:
        return
    inputs, is_function = program.inputs[node], len(program.inputs[node]) == 1
    at = {"at": mentions.place(node), "input": mentions[inputs[index]]}
    changed = partial(_changed, arrays.made[node], index)
    if not (operator in (ADD, SUB) or operator.formulas == ("-1",)):
        is_gate = any(branch.gate for branch in operator.branches)
        yield Remark("open" if is_gate else "factor", at), partial(changed, _one)
    if not is_function:
        yield Remark("edge-sign", at), partial(changed, partial(_opposite, index))
    if operator is MUL and inputs[0] != inputs[1]:
        facts = {**at, "other": mentions[inputs[1 - index]]}
        yield Remark("own-input", facts), partial(changed, partial(_own, index))
        for place in _alike(arrays, inputs[1 - index], inputs):
            others = dict(zip(arrays.elements[inputs[1 - index]], arrays.elements[place], strict=True))
            slope = partial(_factor, 1 - index, others)
            yield Remark("other-factor", {**facts, "taken": mentions[place]}), partial(changed, slope)
    for code, found in (("rule", changed_rules), ("for-output", with_input_for_output)):
        for rule, taken in found(operator, index):
            texts = mentions.rules(node, {"rule": rule, "taken": taken})
            yield Remark(code, {**at, **texts}), partial(changed, partial(_by_rule, operator, taken))
    if is_function and not operator.branches and operator.formulas != ("-1",):
        yield Remark("twice", at), partial(changed, partial(_squared, index))
    if not operator.branches and operator not in (ADD, SUB, MUL):
        for place in _places(arrays, node, inputs[index]):
            others = dict(zip(arrays.elements[node], arrays.elements[place], strict=True))
            slope = partial(_elsewhere, operator, index, others)
            yield Remark("place", {**at, "target": mentions[place]}), partial(changed, slope)


def _places(arrays: Arrays, node: int, x: int) -> Iterator[int]:
    """What is as large as the result and is part of an input, or the result itself."""
    program, shapes = arrays.program, arrays.shapes
    for place in (*reachable(program.inputs, [x]), node):
        if place != x and shapes[place] == shapes[node] and program.operators[place] is not CONSTANT:
            yield place


def _alike(arrays: Arrays, x: int, inputs: Sequence[int]) -> Iterator[int]:
    """The arrays that have a name and the shape of this one."""
    for place in arrays.program.names:
        if arrays.shapes[x] and place not in inputs and arrays.shapes[place] == arrays.shapes[x]:
            yield place


def _changed(made: Sequence[int], index: int, slope: Slope, found: Sample, marks: Sequence[int]) -> Otherwise:
    """The local derivatives with another one by the input with this index."""
    others = {}
    for node in evaluated(made, found, marks):
        slopes = list(found.slopes_of(node))
        try:
            slopes[index] = float(slope(found, node))
        except ARITHMETIC_ERRORS:
            slopes[index] = float("nan")
        others[node] = slopes
    return Otherwise(others)


def _one(*_: object) -> float:
    return 1.0


def _opposite(index: int, found: Sample, node: int) -> float:
    return -found.slopes_of(node)[index]


def _squared(index: int, found: Sample, node: int) -> float:
    return found.slopes_of(node)[index] ** 2


def _own(index: int, found: Sample, node: int) -> float:
    return float(found.arguments(node)[index])


def _factor(index: int, others: dict[int, int], found: Sample, node: int) -> float:
    """Another array's element for the other factor."""
    value = found.values[others[found.graph.inputs[node][index]]]
    return float("nan") if value is None else float(value)


def _by_rule(operator: Operator, taken: str, found: Sample, node: int) -> float:
    function = rules.expression(taken, (*operator.parameters, "out"), total=True)
    return float(function(*found.arguments(node), found.values[node]))


def _elsewhere(operator: Operator, index: int, others: dict[int, int], found: Sample, node: int) -> float:
    """The derivative at another array's element."""
    value = found.values[others[node]]
    if value is None:
        return float("nan")
    arguments = [value if place == index else one for place, one in enumerate(found.arguments(node))]
    return float(rules.slopes(operator, (index,))(*arguments, operator.forward(*arguments)))
