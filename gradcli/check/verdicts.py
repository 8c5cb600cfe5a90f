"""Judges one claim by its trials: right, wrong or inconclusive, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradcli.check.claims import LEAST_DIGITS, Claim
from gradcli.check.phrases import Told, Write, mistake_phrase, remark_phrase
from gradcli.check.samples import TINY
from gradcli.check.sides import Neighbourhood
from gradcli.check.trials import HIDDEN, Trial, compared
from gradcli.text import finite_or_none, format_number, rounded

FEW = 4  # points, this one included, at which a claim that has no value at others must hold to be right
NEAR = 0.01  # the part of the derivative by which an expression that is close may be off


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
        return said + [mistake_phrase(code, facts, language, write) for code, facts in self.consistent]

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
                {"code": code, "message": mistake_phrase(code, told, "en"), **told} for code, told in self.consistent
            ]
        return facts


def verdict_on(claim: Claim, trials: Sequence[Trial], around: Neighbourhood) -> Verdict:
    """The verdict on a claim that was tried at the point and then at other points."""
    here, others = trials[0], [trial for trial in trials[1:] if trial.outcome != "not reached"]
    if here.outcome == "not reached":
        return Verdict(claim, "inconclusive", None, None, remark=("not reached", {}))
    if finite_or_none(here.right) is None:
        return Verdict(claim, "inconclusive", None, here.claimed, remark=("not finite", {}))
    if around.here.below_stop[claim.node]:
        differs = next((trial for trial in others if trial.outcome == "differs"), None)
        if differs:
            return _refuted(claim, here, others, None, differs, None)
        return Verdict(claim, "inconclusive", None, here.claimed, remark=("stop", {}))
    return _verdict(claim, here, others, around)


def _verdict(claim: Claim, here: Trial, others: Sequence[Trial], around: Neighbourhood) -> Verdict:
    """The verdict where the derivative at the point is a number."""
    bends, on_edge = bool(around.here.above_bends[claim.node]), bool(around.here.above_edges[claim.node])
    sides, is_known = around.on_bend(claim) if bends else (None, True)
    if sides and sides.is_smooth:
        smooth = compared(here.claimed, sides.above, here.hidden)
        if compared(here.right, sides.above, here.hidden) != "differs":
            bends, sides = False, None  # nothing bends for this node
        elif here.outcome != "undefined":
            return _on_cancelling_kinks(claim, here, others, sides.above, smooth)
    if claim.half_unit and here.outcome == "differs" and _is_rounded(claim, here.claimed, here.right):
        return Verdict(claim, "right", here.right, here.claimed, remark=("rounded", {}))
    fails = here.outcome in ("differs", "undefined")
    if on_edge and not sides and is_known and (fails or here.outcome == "unclear"):
        sides, is_known = around.beside(claim)
    at_kink = (fails and (bends or on_edge)) or (here.outcome == "unclear" and on_edge)
    code = "kink" if bends else "edge" if on_edge else ""
    remark = (code, {"right": format_number(here.right)}) if code else None
    may_hold = here.claimed is None or not is_known or (sides and sides.hold(claim, here.claimed))
    told = sides.told(here.right) if sides and at_kink else None
    differing = [trial for trial in others if trial.outcome == "differs"]
    if (at_kink and may_hold) or not is_known:
        # There is no one derivative here: other points decide.
        if not differing:
            remark = ("claim not finite", {}) if here.claimed is None else told or remark
            return Verdict(claim, "inconclusive", here.right, here.claimed, remark=remark)
    elif here.outcome == "differs":
        differing.insert(0, here)
    right = here.right if here.outcome != "unclear" or _is_known(here, around) else None
    if not differing:
        return _unrefuted(claim, here, others, right, remark)
    broken = here if here.outcome == "undefined" and not at_kink else differing[0]
    return _refuted(claim, here, others, right, broken, told)


def _on_cancelling_kinks(
    claim: Claim, here: Trial, others: Sequence[Trial], derivative: float, outcome: str
) -> Verdict:
    """The verdict where the slopes from both sides are the same and only the rule of branches has another one."""
    remark = ("smooth", {"derivative": format_number(derivative), "right": format_number(here.right)})
    if outcome == "differs" and claim.half_unit and _is_rounded(claim, here.claimed, derivative):
        outcome = "same"
    differs = next((trial for trial in others if trial.outcome == "differs"), None)
    if differs and outcome == "same":
        counterexample = _counterexample(differs)
        return Verdict(
            claim,
            "wrong",
            derivative,
            here.claimed,
            remark=("elsewhere", _facts(differs)),
            counterexample=counterexample,
        )
    is_branch = here.outcome != "differs"
    verdict = "right" if outcome == "same" else "inconclusive" if is_branch and not differs else "wrong"
    return Verdict(claim, verdict, derivative, here.claimed, remark=remark)


def _unrefuted(claim: Claim, here: Trial, others: Sequence[Trial], right: float | None, remark: Told | None) -> Verdict:
    """The verdict on a claim that differs nowhere from the derivative.

    A point at which the claim has no value is no evidence: many right formulas have a smaller domain than the function.
    Only one that has a value nowhere is wrong.
    """
    outcomes = Counter(trial.outcome for trial in (here, *others))
    verdict = "right"
    if here.outcome == "undefined":
        is_nowhere = set(outcomes) == {"undefined"} and (others or claim.is_number)
        verdict = "wrong" if is_nowhere else "inconclusive"
        remark = ("undefined", {"right": format_number(here.right)})
    elif not outcomes["same"]:
        verdict = "inconclusive"
        remark = ("claim not finite" if here.claimed is None else "rounding", {})
    elif outcomes["undefined"]:
        outside = next(trial for trial in others if trial.outcome == "undefined")
        verdict = "right" if outcomes["same"] >= FEW else "inconclusive"
        remark = ("undefined elsewhere", _facts(outside))
    elif not claim.is_number and not others and here.at:
        remark = ("point only", {})
    return Verdict(claim, verdict, right, here.claimed, remark=remark)


def _refuted(
    claim: Claim, here: Trial, others: Sequence[Trial], right: float | None, broken: Trial, told: Told | None
) -> Verdict:
    """The verdict on a wrong claim: how it fails at the point, or the other point at which it does."""
    if broken is not here:
        code = "off kink" if told else "elsewhere"
        remark: Told | None = ("claim not finite", {}) if here.outcome == "unclear" else (code, _facts(broken))
        return Verdict(claim, "wrong", right, here.claimed, remark=remark, counterexample=_counterexample(broken))
    if here.outcome == "undefined":
        remark = ("undefined", {"right": format_number(here.right)})
    else:
        remark = told or _closeness(claim, here.claimed, here.right)
    if remark is None and not claim.digits:
        remark = _nearness(claim, (here, *others))
    return Verdict(claim, "wrong", right, here.claimed, remark=remark)


def _is_known(here: Trial, around: Neighbourhood) -> bool:
    """Whether rounding leaves digits of the right value."""
    if 0 < abs(here.right) < TINY:
        return False
    return around.here.hidden[here.node] + around.here.shaken[here.node] <= HIDDEN * abs(here.right)


def _is_rounded(claim: Claim, claimed: float | None, right: float) -> bool:
    return claimed is not None and abs(claimed - right) <= claim.half_unit


def _counterexample(trial: Trial) -> dict[str, Any]:
    return {"at": dict(trial.at), "value": trial.right, "claimed": trial.claimed}


def _facts(trial: Trial) -> dict[str, str]:
    point = ", ".join(f"{name} = {rounded(value)[0]}" for name, value in trial.at.items())
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
