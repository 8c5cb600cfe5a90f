"""The notes on a result: kinks, jumps, one-sided derivatives, lost digits, and where an infinity or NaN came from."""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose, isfinite, isinf
from typing import TYPE_CHECKING, Any

from gradcli.engine.doubles import rules
from gradcli.engine.doubles.kinks import AtKink
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.notes import Note
from gradcli.engine.stops import stop
from gradcli.engine.turns import NEAR, terms_of
from gradcli.text import format_number

if TYPE_CHECKING:
    from gradcli.engine.describer import Describer
    from gradcli.engine.digits.beside import Side
    from gradcli.engine.elements import Elements
    from gradcli.engine.turns import Turn

SHOWN = 10  # arguments in a sentence
ROUNDED = 2.0**-49  # of the sum of what comes to a variable: slopes of both sides that differ by less are the same
SWEPT = 10_000_000  # one-sided derivatives cost two sweeps a variable: up to so many nodes in all


def notes_on(here: Evaluation) -> tuple[Note, ...]:
    """All notes on both passes, in the order of the nodes."""
    finite = not here.total and all(isfinite(here.adjoints[node]) for node in here.targets)
    lost, met = stop(here), here.met
    silent = not met.noted_bends and not met.around.turns and met.around.is_known and lost is None
    if silent and finite and not here.losses:
        return ()
    from gradcli.engine.describer import Describer

    words = Describer(here.graph, met.said.shown if met.said else met.values)
    notes = _on_what_is_met(here, met, words)
    if met is not here or met.said:
        words = Describer(here.graph, here.values)
    if not finite:
        notes += _value_not_finite(here, words)
        notes += _gradient_not_finite(here, words)
    if here.losses:
        from gradcli.engine.losing import notes_on_losses

        notes += notes_on_losses(here, words)
    if lost is not None:
        notes.append(Note("stop", words.place_facts(lost), words.site(lost)))
    return tuple(notes)


def _on_what_is_met(computed: Evaluation, here: Evaluation, words: "Describer") -> list[Note]:
    """The notes on kinks, jumps and edges. No sides are known where a jump is nearer than doubles are to each other."""
    notes = _bends(here, words)
    notes += _turns(here, words)
    jumps, near = ({at.node for at in found.all_bends if at.code == "jump"} for found in (here, computed))
    if any(at.code != "jump" for at in here.noted_bends) and near <= jumps:
        notes += _one_sided(here)
    return notes


def _bends(here: Evaluation, words: "Describer") -> list[Note]:
    """A note for each node on a kink or jump; for those of an operation on arrays with the same branches one."""
    if here.graph.arrays is None:
        return [_bend(here, words, at) for at in here.noted_bends]
    from gradcli.engine.elements import Elements, gathered

    elements, operators = Elements(here.graph), here.graph.operators

    def alike(at: AtKink) -> tuple[Any, ...]:
        taken = here.taken(at.node) if operators[at.node].branches else None
        return elements.operation(at.node), operators[at.node], at.code, at.argument if at.code == "kink" else 0, taken

    return [_bend_of(here, words, elements, those) for those in gathered(here.noted_bends, alike)]


def _bend_of(here: Evaluation, words: "Describer", elements: "Elements", those: Sequence[AtKink]) -> Note:
    """The note on nodes of an operation on arrays that are alike."""
    from gradcli.engine.elements import common

    note = _bend(here, words, those[0])
    if len(those) == 1:
        return note
    facts = {"argument": common(here.arguments(at.node)[at.argument] + 0.0 for at in those)}
    if note.code == "kink" and not note.variant:
        used = [here.local_derivatives(at.node)[at.argument] for at in those]
        facts |= {"used": common(used), "left": common(x.left for x in those), "right": common(x.right for x in those)}
    return elements.computed(note, [at.node for at in those], **facts)


def _bend(here: Evaluation, words: "Describer", at: AtKink) -> Note:
    """The note on one node that lies on a kink or jump."""
    values, operator, inputs = here.values, here.graph.operators[at.node], here.graph.inputs[at.node]
    said = words.site(at.node)
    argument = values[inputs[at.argument]] + 0.0  # no -0
    facts = words.place_facts(at.node) | {"argument": argument}
    local = here.local_derivatives(at.node)
    tied = list(dict.fromkeys(words.name(inputs[index]) for index in at.tied))
    if at.code in ("jump", "cone"):
        used = [local.get(index, 0.0) + 0.0 for index in range(len(inputs))]  # no -0
        one = len(used) == 1
        shown = ", ".join([*map(format_number, used[:SHOWN]), *(["…"] if len(used) > SHOWN else [])])
        facts |= {"used": used[0] if one else used}
        if at.code == "jump" and not all(map(isfinite, local.values())):
            return Note("jump", facts, said, "jump-without-slope")
        said |= {"slopes": used, "used": shown if one else f"({shown})"}
        return Note(at.code if at.code == "jump" else "kink", facts, said, at.code)
    if at.code == "tie":
        first = [*tied[:SHOWN], *(["…"] if len(tied) > SHOWN else [])]
        equal = " = ".join(dict.fromkeys((*first, words.number(at.node))))
        facts |= {
            "tied": [words.names[inputs[index]] for index in at.tied],
            "used": [local.get(index, 0.0) for index in at.tied],
        }
        return Note("tie", facts, said | {"equal": equal, "first": "" if here.kink == "minnorm" else tied[0]})
    branch = operator.branches[here.taken(at.node)]
    said |= {"equal": " = ".join(dict.fromkeys((*tied, words.number(inputs[at.argument]))))}
    if here.said:
        said |= here.said.at_kink(at)
    if here.kink == "branch":
        said |= {"condition": branch.condition, "takes": branch.takes}
    return Note("kink", facts | {"used": local[at.argument], "left": at.left, "right": at.right}, said)


def _turns(here: Evaluation, words: "Describer") -> Iterator[Note]:
    """The notes on conditions whose edges make a difference, each with the whole expression on both sides.

    Where a number has lost its digits, the note has the right one if that was found, and nothing on the sides.
    """
    lost = {loss.target: loss.computed if loss.corrected is None else loss.corrected for loss in here.losses}
    for turn in here.around.turns:
        sides, is_lost = (turn.left, turn.right), any(target in lost for target in turn.moves)
        jumps = not all(x is not None and isclose(x, here.value, rel_tol=NEAR) for x in (x.value for x in sides))
        left, right = (
            side._replace(value=None if None in lost else side.value, slope=None if is_lost else side.slope)
            for side in sides
        )
        used = sum(lost.get(target, here.adjoints[target]) * speed for target, speed in turn.moves.items())
        facts = words.place_facts(turn.node) | _moved(turn, words) | {"value": lost.get(None, here.value), "used": used}
        facts |= {"value_left": left.value, "value_right": right.value, "left": left.slope, "right": right.slope}
        what = "value" if jumps else "slope"
        said = words.site(turn.node) | {"before": known(left, what), "after": known(right, what)}
        if here.said:
            said |= here.said.at_turn(turn)
        is_open = said["before"] == said["after"] == "unknown"
        yield Note("edge", facts, said, "edge-open" if is_open else "edge-jump" if jumps else "edge")
    if not here.around.is_known:
        yield Note("edge", {"variable": None}, variant="edge-left-out")


def _moved(turn: "Turn", words: "Describer") -> dict[str, Any]:
    """The variable that moves across an edge; of several also how fast each does."""
    names = [words.names[node] for node in turn.moves]
    return {"variable": ", ".join(names)} | ({"direction": list(turn.moves.values())} if len(names) > 1 else {})


def known(side: "Side", what: str = "") -> str:
    """How a number of one side is said: the "value" or the "slope" that it is in the facts, or else that there is no
    value, that it is not known, or that it grows without bound. Without `what` it is a value that the facts have in the
    place of a slope.
    """
    number = side.slope if what == "slope" else side.value
    if not side.is_defined or number is None:
        return "unknown" if side.is_defined else "no-value"
    if isinf(number):
        return "infinite" if number > 0 else "minus-infinite"
    return what or "slope"


def _one_sided(here: Evaluation) -> list[Note]:
    """The derivatives of the whole expression from both sides, for each variable whose gradient is finite and has its
    digits.
    """
    graph, targets = here.graph, set(here.targets) - {loss.target for loss in here.losses}
    variables = {x: node for x, node in graph.variables.items() if node in targets and isfinite(here.adjoints[node])}
    if 2 * len(variables) * len(graph) > SWEPT:
        return [Note("one-sided", {"variable": None}, variant="one-sided-left-out")]
    from gradcli.engine.elements import by_arrays

    notes = {}
    for name, node in variables.items():
        left, right = here.one_sided(node, -1.0), here.one_sided(node, 1.0)
        if left is None or right is None:
            continue  # it jumps: a note says where
        is_same = left == right or abs(left - right) <= ROUNDED * terms_of(here, node)
        smooth = isfinite(left) and is_same
        facts = {"variable": name, "left": left, "right": right, "smooth": smooth}
        said = here.said.one_sided(node) if here.said else {}
        notes[node] = Note("one-sided", facts, said, "smooth" if smooth else "one-sided")
    elements, those = by_arrays(graph, notes, lambda node: node, lambda _: None)
    return [_sides_of(notes, elements, nodes) for nodes in those]


def _sides_of(notes: Mapping[int, Note], elements: "Elements | None", nodes: Sequence[int]) -> Note:
    """The note on both sides of a variable; of an array that on those of its elements whose sides differ, if any do."""
    if elements is None or len(nodes) == 1:
        return notes[nodes[0]]
    shown = [node for node in nodes if not notes[node].facts["smooth"]] or nodes
    sides = {side: [notes[node].facts[side] for node in shown] for side in ("left", "right")}
    return elements.of_gradient(notes[shown[0]], shown, "variable", **sides)


def _value_not_finite(here: Evaluation, words: "Describer") -> list[Note]:
    """A note on the first node that made the output infinite or NaN, or else on the first that is, without effect."""
    values, output = here.values, here.graph.output
    bad = {node for node in here.order if not isfinite(values[node])}
    if not bad:
        return []
    if output in bad:
        source, facts = _source(here, bad, output), {"of": "value", "value": str(values[output])}
    else:
        source = min(bad)
        facts = {"of": "step", "value": str(values[source])}
    said = words.site(source) | {"cause": "node"}
    return [Note("not-finite", facts | words.place_facts(source), said)]


def _source(here: Evaluation, bad: set[int], output: int) -> int:
    """The first of the nodes from which an infinity or NaN came to the output: of those that it depends on."""
    graph = here.graph
    sources, seen, pending = [], {output}, [output]
    while pending:
        node = pending.pop()
        operator, arguments, out = graph.operators[node], here.arguments(node), here.values[node]
        inputs = enumerate(graph.inputs[node])
        before = [x for index, x in inputs if x in bad and rules.depends(operator, index, arguments, out)]
        if not before:
            sources.append(node)
        fresh = [x for x in dict.fromkeys(before) if x not in seen]
        seen.update(fresh)
        pending += fresh
    return min(sources)


def _gradient_not_finite(here: Evaluation, words: "Describer") -> list[Note]:
    """One note for each slope that is not finite, with the first node on the backward way that made one."""
    bad = {name: slope for name, slope in here.gradient.items() if not isfinite(slope) and name not in here.lost}
    if not bad:
        return []
    from gradcli.engine.elements import by_arrays
    from gradcli.engine.losing import Hinting

    nodes = {here.graph.names[node]: node for node in here.targets}
    notes, hints = [], Hinting(here)
    sources = {target: here.not_finite[target] for target in map(nodes.__getitem__, bad)}
    operation = int if here.graph.arrays is None else here.graph.arrays.operation_of
    elements, those = by_arrays(
        here.graph, sources, lambda target: target, lambda target: (operation(sources[target][0]), sources[target][1])
    )
    for targets in those:
        name, (node, cause) = here.graph.names[targets[0]], sources[targets[0]]
        facts = {"of": "gradient", "name": name, "value": str(bad[name])} | hints.for_slope(node, targets[0])
        note = Note("not-finite", facts | words.place_facts(node), words.site(node) | {"cause": cause})
        notes.append(note if elements is None or len(targets) == 1 else elements.of_gradient(note, targets))
    return notes
