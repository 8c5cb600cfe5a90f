"""The notes on a result: kinks, jumps, one-sided derivatives, lost digits, and where an infinity or NaN came from."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import isclose, isfinite, isinf
from typing import TYPE_CHECKING, Any

from gradcli.engine.doubles import rules
from gradcli.engine.doubles.kinks import AtKink
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.notes import Note
from gradcli.engine.stops import stop
from gradcli.engine.turns import NEAR, terms_of
from gradcli.operators.exceptional import NORMAL
from gradcli.text import format_number

if TYPE_CHECKING:
    from gradcli.engine.describer import Describer
    from gradcli.engine.digits.beside import Side
    from gradcli.engine.digits.loss import Loss
    from gradcli.engine.hints import Hints
    from gradcli.engine.turns import Turn

HINTED = 8  # numbers for which a better formula is sought, so that the work stays linear
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

    notes = _on_what_is_met(here, met, Describer(here.graph, met.said.shown if met.said else met.values))
    words = Describer(here.graph, here.values)
    if not finite:
        notes += _value_not_finite(here, words)
        notes += _gradient_not_finite(here, words)
    notes += _lost(here, words)
    if lost is not None:
        notes.append(Note("stop", words.place_facts(lost), words.site(lost)))
    return tuple(notes)


def _on_what_is_met(computed: Evaluation, here: Evaluation, words: "Describer") -> list[Note]:
    """The notes on kinks, jumps and edges. No sides are known where a jump is nearer than doubles are to each other."""
    notes = [_bend(here, words, at) for at in here.noted_bends]
    notes += _turns(here, words)
    jumps, near = ({at.node for at in found.all_bends if at.code == "jump"} for found in (here, computed))
    if any(at.code != "jump" for at in here.noted_bends) and near <= jumps:
        notes += _one_sided(here)
    return notes


def _lost(here: Evaluation, words: "Describer") -> list[Note]:
    """A note for each number that has lost its digits, or may have."""
    notes, hints = [], _Hinting(here)
    for loss in here.losses:
        of = {"of": "value"} if loss.target is None else {"of": "gradient", "name": here.graph.names[loss.target]}
        notes.append(lost_note(loss, of, words, hints))
    return notes


def lost_note(
    loss: "Loss", of: Mapping[str, Any], words: "Describer | None" = None, hints: "_Hinting | None" = None
) -> Note:
    """The note on a number `of` something that has lost its digits; `words` say where, if that is a node of a text."""
    code = "underflow" if loss.by == "underflow" or loss.below is not None else "lost-digits"
    facts: dict[str, Any] = {**of, "computed": loss.computed, "corrected": loss.corrected}
    if loss.below is not None:
        return Note(code, facts, {"exact": loss.as_text()}, variant="vanishing")
    said: dict[str, Any] = {}
    if loss.exact is None:
        if words is not None:
            facts |= {"place": loss.place} | words.place_facts(loss.node)
            said = words.site(loss.node)
        return Note(code, facts, said, variant="lost-digits-unknown" if words is None else "lost-digits-doubt")
    facts |= {"digits": loss.holds, "by": loss.by}
    if words is not None:
        facts |= {"place": loss.place} | words.place_facts(loss.node)
        said = words.site(loss.node)
    if loss.corrected is None or (loss.exact and abs(loss.corrected) < NORMAL):
        is_large = loss.corrected is None
        return Note(code, facts, {"exact": loss.as_text()}, variant="too-large" if is_large else "too-small")
    if hints is not None:
        facts |= hints.for_loss(loss)
    return Note(code, facts, said, variant="lost-digits" if words is not None else "lost-digits-of-formula")


class _Hinting:
    """Better formulas for the first numbers of a result that need one."""

    def __init__(self, here: Evaluation) -> None:
        self.here = here
        self.asked = 0

    @cached_property
    def hints(self) -> "Hints":
        """Loaded when it is needed."""
        from gradcli.engine.hints import Hints

        return Hints(self.here.graph, self.here.at, self.here.kink)

    def for_loss(self, loss: "Loss") -> dict[str, str]:
        """The facts of a hint for a number that has lost its digits."""
        self.asked += 1
        return self.hints.for_loss(loss) if self.asked <= HINTED else {}

    def for_slope(self, node: int, target: int) -> dict[str, str]:
        """The same for a gradient that is not finite."""
        self.asked += 1
        return self.hints.for_slope(node, target) if self.asked <= HINTED else {}


def _bend(here: Evaluation, words: "Describer", at: AtKink) -> Note:
    """The note on one node that lies on a kink or jump."""
    values, operator, inputs = here.values, here.graph.operators[at.node], here.graph.inputs[at.node]
    said = words.site(at.node)
    argument = values[inputs[at.argument]] + 0.0  # no -0
    facts = words.place_facts(at.node) | {"argument": argument}
    local = here.local_derivatives(at.node)
    tied = list(dict.fromkeys(words.name(inputs[index]) for index in at.tied))
    if at.code in ("jump", "cone"):
        used = [local.get(index, 0.0) for index in range(len(inputs))]
        one = len(used) == 1
        shown = ", ".join(map(format_number, used))
        facts |= {"used": used[0] if one else used}
        if at.code == "jump" and not all(map(isfinite, local.values())):
            return Note("jump", facts, said, "jump-without-slope")
        said |= {"slopes": used, "used": shown if one else f"({shown})"}
        return Note(at.code if at.code == "jump" else "kink", facts, said, at.code)
    if at.code == "tie":
        equal = " = ".join(dict.fromkeys((*tied, words.number(at.node))))
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
    notes = []
    for name, node in variables.items():
        left, right = here.one_sided(node, -1.0), here.one_sided(node, 1.0)
        if left is None or right is None:
            continue  # it jumps: a note says where
        is_same = left == right or abs(left - right) <= ROUNDED * terms_of(here, node)
        smooth = isfinite(left) and is_same
        facts = {"variable": name, "left": left, "right": right, "smooth": smooth}
        said = here.said.one_sided(node) if here.said else {}
        notes.append(Note("one-sided", facts, said, "smooth" if smooth else "one-sided"))
    return notes


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
    nodes = {here.graph.names[node]: node for node in here.targets}
    notes, hints = [], _Hinting(here)
    for name, slope in bad.items():
        node, cause = here.not_finite[nodes[name]]
        facts = {"of": "gradient", "name": name, "value": str(slope)} | hints.for_slope(node, nodes[name])
        notes.append(Note("not-finite", facts | words.place_facts(node), words.site(node) | {"cause": cause}))
    return notes
