"""Claims tried out: the claimed number beside the right one, at the point and at random points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite
from typing import Any, Literal

from gradcli.check.trials.claims import Claim, Whole
from gradcli.check.trials.estimates import TINY, bounded, has_value, noise
from gradcli.check.trials.samples import Sample
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.passes import Fault, Tape, forward
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph

TOLERANCE = 1e-9  # relative
PLAIN = 1e-12  # relative: so near that no more digits are wanted
HIDDEN = 1e-4  # noise that is a greater part of both numbers hides the answer
SURE = 100  # times what rounding hides: a difference below that proves nothing where rounding hides that much

Outcome = Literal["same", "differs", "undefined", "unclear", "not-reached"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim at one point: the claimed and the right number, and whether they are the same or differ.

    The outcome is "undefined" where the claim has no value, "unclear" because of rounding or without a finite number.
    """

    at: Mapping[str, float]
    node: int
    right: float  # the derivative there
    claimed: float | None
    outcome: Outcome
    hidden: float = 0.0  # how far rounding may have moved the two apart
    is_sure: bool = False  # rounding has hardly moved them, or they were compared with many digits
    is_rounded: bool = False  # the claim is a number in digits, and the right one rounded to them
    tiny: str = ""  # the right number, where it is less than any double
    is_rough: bool = False  # the node lies below a kink, a jump or the edge of a condition
    is_refuted: bool = False  # another point has refuted the claim: `hidden` leaves out what moves the values

    @property
    def is_clear(self) -> bool:
        """Whether there are two numbers that say something, and that doubles can be compared with."""
        if self.outcome not in ("same", "differs") or self.claimed is None:
            return False
        return self.hidden <= HIDDEN * max(abs(self.claimed), abs(self.right))

    def shaken(self, found: Sample) -> "Trial":
        """With what rounding of the values hides, if that was left out: known by one try to an order of magnitude."""
        return replace(self, hidden=self.hidden + found.shaken_once[self.node]) if self.is_refuted else self


def tried(claim: Claim, found: Sample, is_refuted: bool = False) -> Trial:
    """The claim at one point. One that `is_refuted` at another point is wrong whatever it is here: how far rounding of
    the values hides the answer is estimated then only when it is asked for, by `Trial.shaken`.
    """
    node, right = claim.node, found.adjoints[claim.node]
    if found.values[node] is None:
        return Trial(found.at, node, right, None, "not-reached")
    claimed, hidden = evaluated(claim, found)
    if claimed is None and isfinite(right) and hidden == inf:
        return Trial(found.at, node, right, None, "undefined", is_rough=bool(found.above_rough[node]))
    hidden += found.hidden[node]
    exactly = _is_plain(claimed, right, hidden)
    if not is_refuted and (claim.is_number or compared(claimed, right, hidden, claim.rtol) == "differs"):
        # It may be the rounding of the values that makes the difference; a number has no form that shares it.
        hidden += found.shaken[node]
    outcome = compared(claimed, right, hidden, claim.rtol)
    is_rounded = claimed is not None and bool(claim.half_unit) and abs(claimed - right) <= claim.half_unit
    rough = bool(found.above_rough[node])
    return Trial(found.at, node, right, claimed, outcome, hidden, exactly, is_rounded, "", rough, is_refuted)


def _is_plain(claimed: float | None, right: float, hidden: float) -> bool:
    """Whether two numbers are the same without any doubt."""
    if claimed is None or not isfinite(right):
        return False
    size = max(abs(claimed), abs(right))
    return TINY < size and hidden <= TOLERANCE * size and abs(claimed - right) <= PLAIN * size + hidden


def evaluated(claim: Claim, found: Sample) -> tuple[float | None, float]:
    """The claim's right side at a point, and how far rounding may have moved it; None and infinity where a function
    in it is not defined, None and 0 where it has another reason to have no finite value.
    """
    if claim.is_element:
        numbers, bounds = of_whole(claim.whole, found)
        if numbers and bounds[claim.root] <= TOLERANCE * abs(numbers[claim.root]):
            return numbers[claim.root], bounds[claim.root]
    values = {name: found.values[node] for name, node in claim.names.items()}
    if any(not isinstance(value, (int, float)) or isinstance(value, bool) for value in values.values()):
        return None, 0.0
    at = {name: float(value) for name, value in values.items()}
    try:
        there = evaluate(claim.graph, at, range(len(claim.graph)))
    except Fault as fault:
        return None, inf if _is_undefined(claim.graph, claim.graph.leaves_at(at), fault) else 0.0
    hidden = noise(there)
    return there.value, hidden if isfinite(hidden) else 0.0


def of_whole(whole: Whole, found: Sample) -> tuple[Sequence[Any], Sequence[float]]:
    """All that claims about an array are made of, and bounds of rounding; nothing where not all has a value."""
    if id(whole) not in found.wholes:
        found.wholes[id(whole)] = _computed(whole, found)
    return found.wholes[id(whole)]


def _computed(whole: Whole, found: Sample) -> tuple[Sequence[Any], Sequence[float]]:
    at = {name: found.values[node] for name, node in whole.names.items()}
    if any(type(value) is not float for value in at.values()):
        return (), ()
    try:
        done = forward(whole.graph, whole.graph.leaves_at(at))
    except Fault:
        return (), ()
    return bounded(Tape(whole.graph, done.values, done.order, whole.required))


def _is_undefined(graph: Graph, leaves: Mapping[int, float], fault: Fault) -> bool:
    """Whether a function has no value because of where its arguments are, not because of how they were rounded."""
    operator = graph.operators[fault.node]
    arguments = [fault.values[x] for x in graph.inputs[fault.node]]
    if all(rules.expression(text, operator.parameters, total=True)(*arguments) for text in operator.domain):
        return False
    return not has_value(graph, leaves, fault.node)


def compared(claimed: float | None, right: float, hidden: float, rtol: float = 0.0) -> Outcome:
    """The outcome for two numbers that rounding may have moved apart by so much; `rtol` is a relative error that the
    claimed one may have besides.
    """
    if claimed is None or not isfinite(right):
        return "unclear"
    size, gap = max(abs(claimed), abs(right)), abs(claimed - right)
    if hidden > HIDDEN * size:
        return "differs" if gap > SURE * hidden else "unclear" if size else "same"
    if gap <= max(TOLERANCE, rtol) * size + hidden:
        return "same"
    return "differs" if gap > TINY else "unclear"
