"""The notes on a result: kinks, jumps, one-sided derivatives, and where an infinity or NaN came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from gradcli.engine.describer import Describer
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.kinks import AtKink
from gradcli.engine.stops import stop
from gradcli.graph import Graph
from gradcli.text import finite_or_none, format_number, quote

SWEPT = 10_000_000  # one-sided derivatives cost two sweeps a variable: up to so many nodes in all


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a result: its kind, the sentence for people, the facts for programs."""

    code: str  # "kink", "tie", "jump", "one-sided", "not-finite", "underflow", "stop", "formula" or "rounding"
    message: str
    facts: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The note as JSON has it: numbers that are not finite are None."""
        facts = {key: _strict(value) for key, value in self.facts.items()}
        return {"code": self.code, **facts, "message": self.message}


def _strict(value: Any) -> Any:
    if isinstance(value, list):
        return [_strict(item) for item in value]
    return finite_or_none(value) if isinstance(value, float) else value


def notes_on(here: Evaluation) -> tuple[Note, ...]:
    """All notes on both passes, in the order of the nodes."""
    finite = not here.total and all(isfinite(here.adjoints[node]) for node in here.targets)
    small, lost = _underflow(here), stop(here)
    if not here.bends and finite and small is None and lost is None:
        return ()
    words = Describer(here.graph, here.values)
    notes = [_bend(here, words, at) for at in here.bends]
    if any(at.code != "jump" for at in here.bends):
        notes += _one_sided(here)
    if not finite:
        notes += _value_not_finite(here, words)
        notes += _gradient_not_finite(here, words)
    if small is not None:
        node, upstream, slope = small
        product = f"{format_number(upstream)} × {format_number(slope)}"
        message = f"a gradient is too small for double precision and counts as 0: {product} at {_site(words, node)}"
        notes.append(Note("underflow", message, words.place_facts(node) | {"upstream": upstream, "local": slope}))
    if lost is not None:
        message = f"a gradient of 0 stops at the infinite slope of {_site(words, lost)}: 0 may not be the derivative"
        notes.append(Note("stop", message, words.place_facts(lost)))
    return tuple(notes)


def _underflow(here: Evaluation) -> tuple[int, float, float] | None:
    """The first node on the backward way whose product is 0 though its factors are not; with both factors.

    It is looked for where a gradient that was asked for is 0.
    """
    adjoints = here.adjoints
    if all(adjoints[node] for node in here.targets):
        return None
    for node in reversed(here.order):
        upstream, inputs = adjoints[node], here.graph.inputs[node]
        if upstream and here.required[node] and not all(adjoints[x] for x in inputs):
            for index, slope in here.local_derivatives(node).items():
                if slope and not adjoints[inputs[index]] and not upstream * slope:
                    return node, upstream, slope
    return None


def _bend(here: Evaluation, words: Describer, at: AtKink) -> Note:
    """The note on one node that lies on a kink or jump."""
    values, operator, inputs = here.values, here.graph.operators[at.node], here.graph.inputs[at.node]
    where = f"{words.function(at.node)} at {words.place(at.node)}"
    argument = values[inputs[at.argument]] + 0.0  # no -0
    facts = words.place_facts(at.node) | {"argument": argument}
    local = here.local_derivatives(at.node)
    equal = list(dict.fromkeys(words.name(inputs[index]) for index in at.tied))
    if at.code in ("jump", "cone"):
        used = [local.get(index, 0.0) for index in range(len(inputs))]
        one = len(used) == 1
        shown = ", ".join(map(format_number, used))
        facts |= {"used": used[0] if one else used}
        used_here = f"({', '.join(words.arguments(at.node))}): used {shown if one else f'({shown})'}"
        if at.code == "jump" and not all(map(isfinite, local.values())):
            return Note("jump", f"{where} jumps here ({', '.join(words.arguments(at.node))}): it has no slope", facts)
        if at.code == "jump":
            return Note("jump", f"{where} jumps here {used_here}, the slope{'' if one else 's'} beside it", facts)
        return Note("kink", f"{where} is at its kink {used_here}", facts)
    if at.code == "tie":
        equal_to = " = ".join(dict.fromkeys((*equal, format_number(values[at.node]))))
        share = f"all of the gradient goes to {equal[0]}, the first"
        if here.kink == "minnorm":
            share = "the gradient is shared equally"
        message = f"{where} is at a tie ({equal_to}): {share} (see --kink)"
        names = [words.names[inputs[index]] for index in at.tied]
        return Note("tie", message, facts | {"tied": names, "used": [local.get(index, 0.0) for index in at.tied]})
    used_one = local[at.argument]
    branch = operator.branches[here.taken(at.node)]
    reason = f"the branch {branch.condition}" if branch.condition else f"the branch that is {branch.takes}"
    if here.kink == "minnorm":
        reason = "the subgradient of smallest norm"
    equal_to = " = ".join(dict.fromkeys((*equal, format_number(argument))))
    message = (
        f"{where} is at its kink ({equal_to}): used {format_number(used_one)}, {reason}; "
        f"the slope is {format_number(at.left)} from the left and {format_number(at.right)} from the right (see --kink)"
    )
    return Note("kink", message, facts | {"used": used_one, "left": at.left, "right": at.right})


def _one_sided(here: Evaluation) -> list[Note]:
    """The derivatives of the whole expression from both sides, for each variable whose gradient is finite."""
    graph, targets = here.graph, set(here.targets)
    variables = {x: node for x, node in graph.variables.items() if node in targets and isfinite(here.adjoints[node])}
    if 2 * len(variables) * len(graph) > SWEPT:
        message = "the derivatives of the whole expression from both sides are left out: there are too many variables"
        return [Note("one-sided", message, {"variable": None})]
    notes = []
    for name, node in variables.items():
        left, right = here.one_sided(node, -1.0), here.one_sided(node, 1.0)
        if left is None or right is None:
            continue  # it jumps: a note says where
        smooth = left == right and isfinite(left)
        if smooth:
            sides = f"is smooth here, with derivative {format_number(left)}"
        else:
            sides = f"has the derivative {format_number(left)} from the left and {format_number(right)} from the right"
        message = f"in {quote(name)[1:-1]} the whole expression {sides}"
        facts = {"variable": name, "left": left, "right": right, "smooth": smooth}
        notes.append(Note("one-sided", message, facts))
    return notes


def _value_not_finite(here: Evaluation, words: Describer) -> list[Note]:
    """A note on the first node that made the output infinite or NaN, or else on the first that is, without effect."""
    values, output = here.values, here.graph.output
    bad = {node for node in here.order if not isfinite(values[node])}
    if not bad:
        return []
    value = values[output]
    if output in bad:
        source = _source(here.graph, bad, output)
        message = f"the value is not finite ({format_number(value)}): it comes from "
        facts: dict[str, Any] = {"of": "value", "value": str(value)}
    else:
        source = min(bad)
        message = f"a step on the way is not finite ({format_number(values[source])}): it comes from "
        facts = {"of": "step", "value": str(values[source])}
    return [Note("not-finite", message + _site(words, source), facts | words.place_facts(source))]


def _site(words: Describer, node: int) -> str:
    """`sqrt at column 1 (x = 0)`; a variable is its name."""
    if words.graph.is_leaf(node):
        return words.name(node)
    return f"{words.function(node)} at {words.place(node)} ({', '.join(words.arguments(node))})"


def _source(graph: Graph, bad: set[int], output: int) -> int:
    """The first of the nodes from which an infinity or NaN came to the output."""
    sources, seen, pending = [], {output}, [output]
    while pending:
        node = pending.pop()
        before = [x for x in graph.inputs[node] if x in bad]
        if not before:
            sources.append(node)
        fresh = [x for x in dict.fromkeys(before) if x not in seen]
        seen.update(fresh)
        pending += fresh
    return min(sources)


def _gradient_not_finite(here: Evaluation, words: Describer) -> list[Note]:
    """One note for each slope that is not finite, with the first node on the backward way that made one."""
    bad = {name: slope for name, slope in here.gradient.items() if not isfinite(slope)}
    if not bad:
        return []
    notes = []
    node, what = _first_not_finite(here)
    for name, slope in bad.items():
        facts: dict[str, Any] = {"of": "gradient", "name": name, "value": str(slope)}
        gradient = f"the gradient of {quote(name)[1:-1]} is not finite ({format_number(slope)})"
        message = f"{gradient}: {what} {_site(words, node)}"
        notes.append(Note("not-finite", message, facts | words.place_facts(node)))
    return notes


def _first_not_finite(here: Evaluation) -> tuple[int, str]:
    """The first node on the backward way whose slope, product or sum is not finite, and which of these it is."""
    for node in reversed(here.order):
        adjoint = here.adjoints[node]
        if not isfinite(adjoint):
            return node, "there is no finite sum of what comes to"
        for index, slope in here.local_derivatives(node).items() if adjoint else ():
            if not isfinite(slope):
                return node, "there is no finite slope of"
            if not isfinite(here.passed_on(node, index, slope)):
                return node, "the product overflows behind"
    raise AssertionError("every adjoint and every slope is finite")
