"""The notes on a result: kinks, jumps, one-sided derivatives, and where an infinity or NaN came from."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from gradcli import rules
from gradcli.evaluate import Pass, Slopes, local_derivatives
from gradcli.graph import Graph
from gradcli.kinks import AtKink, kinks, one_sided, taken
from gradcli.notes import Describer, Note
from gradcli.numerals import format_number

SWEPT = 20_000_000  # one-sided derivatives cost two sweeps a variable: up to so many nodes in all


def remarks(
    graph: Graph,
    forward_pass: Pass,
    adjoints: Sequence[float],
    required: bytearray,
    targets: Mapping[str, int],
    slopes: Slopes = rules.slopes,
    rule: str = "branch",
) -> list[Note]:
    """All notes on a forward and a backward pass, in the order of the nodes."""
    found = list(kinks(graph, forward_pass, adjoints, required))
    values = forward_pass.values
    finite = all(isfinite(adjoints[node]) for node in targets.values()) and isfinite(values[graph.output])
    if not found and finite:
        return []
    words = Describer(graph, values)
    notes = [_bend(graph, words, values, required, slopes, rule, at) for at in found]
    if any(at.code in ("kink", "tie", "cone") for at in found):
        notes += _one_sided(graph, forward_pass, required, targets)
    if not finite:
        notes += _not_finite(graph, forward_pass, adjoints, required, targets, slopes, words)
    return notes


def _bend(
    graph: Graph, words: Describer, values: Sequence[Any], required: bytearray, slopes: Slopes, rule: str, at: AtKink
) -> Note:
    """The note on one node that lies on a kink or jump."""
    operator, inputs = graph.operators[at.node], graph.inputs[at.node]
    where = f"{words.function(at.node)} at {words.place(at.node)}"
    argument = values[inputs[at.argument]]
    facts = words.place_facts(at.node) | {"argument": argument}
    local = dict(local_derivatives(graph, values, at.node, required, slopes))
    if at.code == "jump":
        used = next(iter(local.values()), 0.0)
        message = f"{where} jumps here ({words.arguments(at.node)}): used {format_number(used)}, the slope beside it"
        return Note("jump", message, facts | {"used": used})
    if at.code == "tie":
        names = [words.names[inputs[index]] for index in at.tied]
        shares = [local.get(index, 0.0) for index in at.tied]
        value = format_number(values[at.node])
        share = f"all of the gradient goes to {names[0]}, the first" if rule == "branch" else "the gradient is shared equally"
        message = f"{where} is at a tie ({' = '.join(names)} = {value}): {share} (see --kink)"
        return Note("tie", message, facts | {"tied": names, "used": shares})
    if at.code == "cone":
        used_all = [local.get(index, 0.0) for index in range(len(inputs))]
        message = f"{where} is at its kink ({words.arguments(at.node)}): used (0, 0)"
        return Note("kink", message, facts | {"used": used_all})
    used = local[at.argument]
    arguments = [values[x] for x in inputs]
    branch = operator.branches[taken(operator, arguments)]
    reason = f"the branch {branch.condition or branch.takes}"
    if rule == "minnorm":
        reason = "the subgradient of smallest norm"
    message = (
        f"{where} is at its kink ({words.arguments(at.node)}): used {format_number(used)}, {reason}; "
        f"the slope is {format_number(at.left)} from the left and {format_number(at.right)} from the right (see --kink)"
    )
    return Note("kink", message, facts | {"used": used, "left": at.left, "right": at.right})


def _one_sided(graph: Graph, forward_pass: Pass, required: bytearray, targets: Mapping[str, int]) -> list[Note]:
    """The derivatives of the whole expression from both sides, for each variable."""
    variables = [name for name in targets if name in graph.variables]
    if 2 * len(variables) * len(graph) > SWEPT:
        return []
    notes = []
    for name in variables:
        right = one_sided(graph, forward_pass, required, targets[name], 1.0)
        left = one_sided(graph, forward_pass, required, targets[name], -1.0)
        facts = {"variable": name, "left": left, "right": right, "smooth": left == right}
        if left == right:
            message = f"in {name} the whole expression is smooth here, with derivative {format_number(left)}"
        else:
            sides = f"{format_number(left)} from the left and {format_number(right)} from the right"
            message = f"in {name} the whole expression has the derivative {sides}"
        notes.append(Note("one-sided", message, facts))
    return notes


def _not_finite(
    graph: Graph,
    forward_pass: Pass,
    adjoints: Sequence[float],
    required: bytearray,
    targets: Mapping[str, int],
    slopes: Slopes,
    words: Describer,
) -> list[Note]:
    """One note for each number that is not finite, with the first node that made it so."""
    values, order = forward_pass
    notes = []
    value = values[graph.output]
    if not isfinite(value):
        source = next(node for node in order if not isfinite(values[node]))
        message = (
            f"the value is not finite ({format_number(value)}): it comes from {words.function(source)} at "
            f"{words.place(source)} ({words.arguments(source)})"
        )
        notes.append(Note("not-finite", message, {"of": "value", "value": str(value)} | words.place_facts(source)))
    bad = {name: adjoints[node] for name, node in targets.items() if not isfinite(adjoints[node])}
    if not bad:
        return notes
    cause = _first_not_finite(graph, forward_pass, adjoints, required, slopes)
    for name, slope in bad.items():
        facts: dict[str, Any] = {"of": "gradient", "name": name, "value": str(slope)}
        message = f"the gradient of {name} is not finite ({format_number(slope)})"
        if cause is not None:
            node, what = cause
            message += f": {what} {words.function(node)} at {words.place(node)} ({words.arguments(node)})"
            facts |= words.place_facts(node)
        notes.append(Note("not-finite", message, facts))
    return notes


def _first_not_finite(
    graph: Graph, forward_pass: Pass, adjoints: Sequence[float], required: bytearray, slopes: Slopes
) -> tuple[int, str] | None:
    """The first node on the backward way whose slope, product or sum is not finite, and which of these it is."""
    values, order = forward_pass
    for node in reversed(order):
        if not adjoints[node] or not required[node]:
            continue
        if not isfinite(adjoints[node]):
            return node, "the contributions add up to no finite number at"
        for _, slope in local_derivatives(graph, values, node, required, slopes):
            if not isfinite(slope):
                return node, "there is no finite slope of"
            if not isfinite(slope * adjoints[node]):
                return node, "the product overflows behind"
    return None
