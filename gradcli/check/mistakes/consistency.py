"""Chooses among the mistakes what a wrong claim is consistent with: one sentence a mistake, the simplest first."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from math import isclose, isfinite

from gradcli.check.mistakes.typical import Mistake, mistakes
from gradcli.check.trials.claims import LEAST_DIGITS, Claim
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.check.trials.samples import Flows, Sample
from gradcli.check.trials.trials import TOLERANCE, Trial, evaluated
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph


class Candidates:
    """The mistakes that a wrong claim is consistent with at all points that it was compared at so far."""

    def __init__(self, graph: Graph, claim: Claim, wrong: Sequence[Claim]) -> None:
        self._claim = claim
        self._mistakes: Iterable[Mistake] = chain(_carried_on(claim, wrong), mistakes(graph, claim.node))
        self._compared: list[Trial] = []
        self._is_integral = not claim.is_number
        self._differs = False  # at one of the points at least, by more than mistakes are looked for
        self._is_own_derivative = True  # of the function, as exp is: then its integral is no mistake

    def narrow(self, trial: Trial, found: Sample) -> None:
        """Keep those that lead to the claim at this point too, at which it has a number that says something."""
        flows = Flows(found, self._claim.node)
        self._mistakes = [mistake for mistake in self._mistakes if _leads(mistake, self._claim, trial, flows)]
        self._is_integral = self._is_integral and _is_integral(self._claim, flows)
        self._differs = self._differs or not are_near(trial.claimed or 0.0, trial.right, 2 * TOLERANCE)
        self._is_own_derivative = self._is_own_derivative and isclose(flows.value, trial.right, rel_tol=TOLERANCE)
        self._compared.append(trial)

    def told(self, mentions: Mentions, here: Sample) -> Iterator[Remark]:
        """What the claim is consistent with, in codes and facts: one for each kind of mistake, the simplest first.

        One that is so near that nothing tells it from the right derivative is consistent with no mistake.
        """
        if not self._differs:
            return
        found = self._one_of_each_kind()
        multiple = _multiple(self._compared)
        if multiple is not None and not (self._claim.is_number and found):
            yield multiple
        for mistake in found:
            code = mistake.code
            if code in ("open", "closed") and self._leads_to_the_right(mistake, here):
                code = "branch"  # it is the one taken here
            rules = mentions.rules(int(mistake.facts["at"]), mistake.rules) if mistake.rules else {}
            yield Remark(code, mentions.facts(mistake.facts) | rules)
        if self._is_integral and not self._is_own_derivative and len(self._compared) > 1 and not found:
            yield Remark("integral")

    def _one_of_each_kind(self) -> list[Mistake]:
        """The first one of each kind; weak ones only if there is no other, some alone."""
        found: dict[str, Mistake] = {}
        for mistake in self._mistakes if self._compared else ():
            kind = _KINDS.get(mistake.code, mistake.code)
            if kind not in found and not (found and kind in _WEAK):
                found[kind] = mistake
            if kind in _ALONE:
                break
        return list(found.values())

    def _leads_to_the_right(self, mistake: Mistake, here: Sample) -> bool:
        flows = Flows(here, self._claim.node)
        number = mistake.leads_to(flows)
        return number is None or abs(number - flows.derivative) <= TOLERANCE * abs(number)


def _is_integral(claim: Claim, flows: Flows) -> bool:
    """Whether the claim's own derivative is the function."""
    values = {name: flows.sample.values[node] for name, node in claim.names.items()}
    try:
        there = evaluate(claim.graph, values, list(claim.graph.variables.values()))
    except Fault:
        return False
    slope = sum(
        there.adjoints[node] * flows.tangents[claim.names[name]] for name, node in claim.graph.variables.items()
    )
    return isclose(slope, flows.value, rel_tol=TOLERANCE)


# Mistakes that are one and the same, seen from two sides.
_KINDS = {
    **dict.fromkeys(("sign", "edge-sign", "subtracted"), "sign"),
    **dict.fromkeys(("path", "only-path", "multiplied"), "path"),
    **dict.fromkeys(("open", "closed", "branch", "loser", "shared"), "branch"),
    **dict.fromkeys(("factor", "stops-early", "starts-late"), "factor"),
    **dict.fromkeys(("inside", "inside-product", "inside-quotient", "rule"), "weak"),
    **dict.fromkeys(("other-gradient", "value", "inverse", "place", "other-argument"), "weak"),
}
_WEAK = frozenset(("factor", "weak"))  # said only if nothing else fits
_ALONE = frozenset(("branch", "claim"))  # nothing else is said then
MULTIPLES = {Fraction(p, q) for p in range(1, 5) for q in range(1, 5) if p != q}


def _multiple(clear: Sequence[Trial]) -> Remark | None:
    """The claim as a simple multiple of the right value, the same one at all points."""
    for factor in sorted(MULTIPLES, key=lambda f: (f.numerator + f.denominator, f)):
        if clear and all(
            trial.right
            and trial.claimed is not None
            and are_near(trial.claimed, float(factor) * trial.right, TOLERANCE, trial.hidden)
            for trial in clear
        ):
            return Remark("half") if factor == Fraction(1, 2) else Remark("multiple", {"factor": str(factor)})
    return None


def _leads(mistake: Mistake, claim: Claim, trial: Trial, flows: Flows) -> bool:
    """Whether a mistake leads to the claim at a point."""
    number = mistake.leads_to(flows)
    return number is not None and isfinite(number) and _fits(claim, trial, number)


def _fits(claim: Claim, trial: Trial, number: float) -> bool:
    claimed = trial.claimed
    assert claimed is not None, "a clear trial has a number"
    if are_near(claimed, number, TOLERANCE, trial.hidden):
        return True
    # A number of two digits is near too much to tell one mistake from another.
    return claim.digits > LEAST_DIGITS and abs(claimed - number) <= claim.half_unit


def are_near(one: float, other: float, tolerance: float, hidden: float = 0.0) -> bool:
    """Whether two numbers are the same, up to a relative error and what rounding hides."""
    return abs(one - other) <= tolerance * max(abs(one), abs(other)) + hidden


def _carried_on(claim: Claim, wrong: Sequence[Claim]) -> Iterator[Mistake]:
    """Another wrong claim between the output and this one, from which the chain goes on correctly."""
    for other in sorted(wrong, key=lambda c: -c.node):
        if other.node > claim.node:
            yield _from(other)


def _from(claim: Claim) -> Mistake:
    def leads_to(flows: Flows) -> float | None:
        claimed, _ = evaluated(claim, flows.sample)
        if claimed is None:
            return None
        return flows.derivative + (claimed - flows.sample.adjoints[claim.node]) * flows.tangents[claim.node]

    return Mistake("claim", leads_to, {"name": claim.name})
