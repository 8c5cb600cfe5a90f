"""Judges claims: each is right, wrong or inconclusive, and a wrong one gets what it is consistent with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from gradcli.check.claims import LEAST_DIGITS, Claim
from gradcli.check.consistency import fitting
from gradcli.check.naming import Names
from gradcli.check.phrases import Told, Write, remark_phrase, suspect_phrase
from gradcli.check.samples import cut, random_samples, sample
from gradcli.check.trials import HIDDEN, Trial, trials_of
from gradcli.evaluate import requires_gradient
from gradcli.formatter import format_graph
from gradcli.graph import Graph
from gradcli.kinks import Sweeps
from gradcli.numerals import finite_or_none, format_number, rounded
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program

MOST = 3  # suspects that are named for one claim
WORK = 100_000  # claims times nodes up to which it is said of all wrong claims what they are consistent with
LEAST = 3  # claims of which it is said in any case
FEW = 4  # points, this one included, at which a claim that has no value at others must hold to be right
NEAR = 0.01  # the part of the derivative by which an expression that is close may be off
BESIDE = 1e-6  # how far beside the edge of a condition slopes are looked at
BESIDE_DIGITS = 5  # how many of their digits that distance leaves
LONGEST = 80  # characters of a right formula that is shown


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a claim. `right` and `claimed` are the numbers at the point, None where there is none."""

    claim: Claim
    verdict: str
    right: float | None
    claimed: float | None
    formula: str = ""  # the right derivative as an expression, for a wrong claim that is one
    remark: Told | None = None
    counterexample: Mapping[str, Any] | None = None
    consistent: Sequence[tuple[str, dict[str, str]]] = field(default=())

    def phrases(self, language: str, write: Write = str) -> list[str]:
        """The remark and what the claim is consistent with, in words; `write` writes the expressions in them."""
        said = [] if self.remark is None else [remark_phrase(*self.remark, language, write)]
        return said + [suspect_phrase(code, facts, language, write) for code, facts in self.consistent]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"name": self.claim.name, "claim": self.claim.text, "verdict": self.verdict}
        facts |= {"value": finite_or_none(self.right), "claimed": finite_or_none(self.claimed)}
        if self.formula:
            facts["expression"] = self.formula
        if self.remark is not None:
            facts["remark"] = {"code": self.remark[0], "message": remark_phrase(*self.remark, "en")}
        if self.counterexample is not None:
            facts["counterexample"] = self.counterexample
        if self.verdict == "wrong":
            facts["consistent_with"] = [
                {"code": code, "message": suspect_phrase(code, told, "en"), **told} for code, told in self.consistent
            ]
        return facts


def judge(graph: Graph, at: Mapping[str, float], claims: Sequence[Claim], seed: int = 0) -> list[Verdict]:
    """The verdicts on the claims, at the point and at random points that the seed fixes.

    The work is in proportion to the graph and to the claims: in large graphs it is said of the first wrong claims alone
    what they are consistent with, and what the right formula is. The function has a finite value at the point.
    """
    here = sample(graph, at)
    assert here is not None, "the function has a value at the point"
    needs_points = any(not claim.is_number for claim in claims)
    others = list(random_samples(graph, at, seed)) if needs_points else []
    trials = {claim.name: list(trials_of(claim, here, others)) for claim in claims}
    found = [_verdict(claim, trials[claim.name]) for claim in claims]
    wrong = [verdict.claim for verdict in found if verdict.verdict == "wrong"]
    to_explain = max(LEAST, WORK // len(graph))
    names = Names(graph)
    for place, verdict in enumerate(found):
        if verdict.verdict == "wrong" and to_explain:
            to_explain -= 1
            consistent = islice(fitting(names, verdict.claim, trials[verdict.claim.name], wrong), MOST)
            formula = "" if verdict.claim.is_number else _formula(graph, verdict.claim)
            found[place] = replace(verdict, formula=formula, consistent=list(consistent))
    return found


def first_break(verdicts: Sequence[Verdict]) -> str | None:
    """The name of the wrong claim that the backward pass comes to first, if there are several wrong ones."""
    wrong = [verdict.claim for verdict in verdicts if verdict.verdict == "wrong"]
    first = max(wrong, key=lambda claim: claim.node, default=None)
    # Between variables there is no first one: all are ends of ways.
    return first.name if first is not None and len(wrong) > 1 and first.is_inner else None


def _verdict(claim: Claim, trials: Sequence[Trial]) -> Verdict:
    here = trials[0]
    right, claimed = finite_or_none(here.right), here.claimed
    if here.outcome == "not reached":
        return Verdict(claim, "inconclusive", None, None, remark=("not reached", {}))
    if right is None:
        return Verdict(claim, "inconclusive", None, claimed, remark=("not finite", {}))
    if claim.half_unit and here.outcome == "differs" and abs((claimed or 0.0) - right) <= claim.half_unit:
        return Verdict(claim, "right", right, claimed, remark=("rounded", {}))
    bends = here.sweep.sample.above_bends[claim.node] and _bends(here)
    differs = next((trial for trial in trials if trial.outcome == "differs"), None)
    on_edge = bool(here.sweep.sample.above_edges[claim.node])
    fails_here = here.outcome in ("differs", "undefined")
    at_kink = (fails_here and (bends or on_edge)) or (here.outcome == "unclear" and on_edge)
    found = _on_bend(claim, here, right, on_edge) if at_kink else None
    if at_kink and (claimed is None or (found and _is_between(claim, claimed, found))):
        # There is no one derivative here: other points decide.
        differs = next((trial for trial in trials[1:] if trial.outcome == "differs"), None)
        if differs is None:
            remark = ("claim not finite", {}) if claimed is None else found
            return Verdict(claim, "inconclusive", right, claimed, remark=remark)
    if here.outcome == "unclear" and not _is_known(here):
        right = None
    if differs is None:
        code = "kink" if bends else "edge" if on_edge else ""
        return _unrefuted(claim, trials, right, (code, {"right": format_number(here.right)}) if code else None)
    broken = here if here.outcome == "undefined" and not at_kink else differs
    remark, counterexample = _objection(claim, here, broken, found)
    if remark is None and not claim.digits:
        remark = _nearness(claim, trials)
    return Verdict(claim, "wrong", right, claimed, remark=remark, counterexample=counterexample)


def _unrefuted(claim: Claim, trials: Sequence[Trial], right: float | None, remark: Told | None) -> Verdict:
    """The verdict on a claim that differs nowhere from the derivative.

    A point at which the claim has no value is no evidence: many right formulas have a smaller domain than the function.
    Only one that has a value nowhere is wrong.
    """
    here, others = trials[0], trials[1:]
    outcomes = Counter(trial.outcome for trial in trials)
    verdict = "right"
    if here.outcome == "undefined":
        is_nowhere = outcomes["undefined"] == len(trials) and (others or claim.is_number)
        verdict = "wrong" if is_nowhere else "inconclusive"
        remark = ("undefined", {"right": format_number(here.right)})
    elif not outcomes["same"]:
        verdict = "inconclusive"
        remark = ("claim not finite" if here.claimed is None else "rounding", {})
    elif outcomes["undefined"]:
        outside = next(trial for trial in others if trial.outcome == "undefined")
        verdict = "right" if outcomes["same"] >= FEW else "inconclusive"
        remark = ("undefined elsewhere", _rounded(outside.sweep.sample.at, outside))
    elif not claim.is_number and not others and here.sweep.sample.at:
        remark = ("point only", {})
    return Verdict(claim, verdict, right, here.claimed, remark=remark)


def _is_known(here: Trial) -> bool:
    """Whether rounding leaves digits of the right value."""
    found, node = here.sweep.sample, here.sweep.target
    return found.hidden[node] + found.shaken[node] <= HIDDEN * abs(here.right)


def _bends(here: Trial) -> bool:
    """Whether the target moves a node that lies on a kink or a jump."""
    moved, found = here.sweep.tangents, here.sweep.sample
    return any(moved[at.node] or any(moved[x] for x in found.graph.inputs[at.node]) for at in found.bends)


def _objection(
    claim: Claim, here: Trial, broken: Trial, sides: Told | None
) -> tuple[Told | None, dict[str, Any] | None]:
    """The remark on a wrong claim, and the other point at which it fails, if it does not fail here."""
    if broken is not here:
        at = broken.sweep.sample.at
        code = "off kink" if sides else "elsewhere"
        remark = ("claim not finite", {}) if here.outcome == "unclear" else (code, _rounded(at, broken))
        return remark, {"at": dict(at), "value": broken.right, "claimed": broken.claimed}
    if here.outcome == "undefined":
        return ("undefined", {"right": format_number(here.right)}), None
    return sides or _closeness(claim, here.claimed, here.right), None


def _rounded(at: Mapping[str, float], trial: Trial) -> dict[str, str]:
    point = ", ".join(f"{name} = {rounded(value)[0]}" for name, value in at.items())
    return {"at": point, "right": rounded(trial.right)[0], "claimed": rounded(trial.claimed or 0.0)[0]}


def _closeness(claim: Claim, claimed: float | None, right: float) -> Told | None:
    """To how many digits a number is right, if that is more than chance."""
    if claimed is None:
        return None
    least = 1 if "." in claim.text else LEAST_DIGITS
    for digits in range(claim.digits, least - 1, -1):
        if f"{claimed:.{digits - 1}e}" == f"{right:.{digits - 1}e}":
            return ("close", {"digits": str(digits)}) if digits > 1 else ("close 1", {})
    return None


def _nearness(claim: Claim, trials: Sequence[Trial]) -> Told | None:
    """How far an expression is off, if that is little at all points: a constant may have been rounded."""
    parts = []
    for trial in trials:
        if trial.claimed is None or not trial.right or trial.outcome not in ("same", "differs"):
            return None
        parts.append(abs(trial.claimed / trial.right - 1))
    code = "near number" if claim.is_number else "near"
    return (code, {"percent": rounded(100 * max(parts), 2)[0]}) if max(parts) <= NEAR else None


def _on_bend(claim: Claim, here: Trial, right: float, on_edge: bool) -> Told | None:
    """The slopes on both sides of the point, from the kinks or, on the edge of a condition, from points beside it."""
    found = here.sweep.sample
    required = requires_gradient(found.graph, [here.sweep.target])
    sweeps = Sweeps(found.graph, found.forward_pass, required)
    sides = [sweeps.one_sided(here.sweep.target, side) for side in (-1.0, 1.0)]
    code = "one-sided"
    if None in sides and on_edge:
        sides, code = _beside(claim, here), "beside"
    if None in sides:
        return None  # a jump
    left, above = (format_number(side) for side in sides if side is not None)
    return code, {"left": left, "above": above, "right": format_number(right)}


def _beside(claim: Claim, here: Trial) -> list[float | None]:
    """The derivatives a little to the left and to the right of the point."""
    found, node = here.sweep.sample, claim.node
    graph = found.graph if found.graph.is_leaf(node) else cut(found.graph, node, claim.name)
    value = float(found.values[node])
    step = BESIDE * max(1.0, abs(value))
    samples = [sample(graph, {**found.at, claim.name: value + side * step}) for side in (-1.0, 1.0)]
    slopes = [None if one is None else finite_or_none(one.adjoints[node]) for one in samples]
    return [None if slope is None else float(rounded(slope, BESIDE_DIGITS)[0]) for slope in slopes]


def _is_between(claim: Claim, claimed: float, found: Told) -> bool:
    """Whether a claim lies between the slopes on both sides, as exactly as these are known and it is given."""
    code, facts = found
    sides = [float(facts["left"]), float(facts["above"])]
    room = claim.half_unit + (10.0 ** (1 - BESIDE_DIGITS) * max(map(abs, sides)) if code == "beside" else 0.0)
    return min(sides) - room <= claimed <= max(sides) + room


def _formula(graph: Graph, claim: Claim) -> str:
    if claim.name not in graph.variables and claim.name not in graph.steps:
        return ""
    derivatives = derive(graph, [claim.name])
    found = program(derivatives.graph, derivatives.root(claim.name))
    # The reader knows the steps of the expression, so the last statement is enough unless it speaks of others.
    shared = format_graph(found).split("; ")
    known = {statement.partition(" = ")[0] for statement in shared[:-1]} <= set(graph.steps)
    text = shared[-1] if known else format_graph(found, inline=True) if len(found) <= LONGEST else ""
    return text if len(text) <= LONGEST else ""
