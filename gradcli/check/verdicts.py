"""Judges one claim by its trials: right, wrong or inconclusive, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from math import isfinite
from typing import Any

from gradcli.check.branches.sides import Neighbourhood, Surroundings
from gradcli.check.trials.claims import LEAST_DIGITS, Claim
from gradcli.check.trials.estimates import TINY
from gradcli.check.trials.remarks import Mark, Remark, Ruling
from gradcli.check.trials.trials import HIDDEN, Outcome, Trial, compared
from gradcli.operators.decimals.precision import context
from gradcli.text import DIGITS, Settled, finite_or_none
from gradcli.words.catalogue import word

EXACT = 17  # digits that tell any two doubles apart
MOST_DIGITS = 1000  # that can be asked for
FEW = 4  # points, this one included, at which a claim that has no value at others must hold to be right
SAID = 10  # variables of another point that is said
NEAR = 0.01  # the part of the derivative by which an expression that is close may be off


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a claim. `right` and `claimed` are the numbers at the point, None where there is none."""

    claim: Claim
    verdict: Ruling
    right: float | None
    claimed: float | None
    formula: str = ""  # the right derivative as an expression, for a wrong claim that is one
    remark: Remark | None = None
    counterexample: Trial | None = None  # another point, at which the claim fails
    consistent: Sequence[Remark] = ()  # the mistakes that a wrong claim is consistent with
    digits: tuple[Settled, Settled] | None = None  # both numbers with digits that were asked for

    def where_tried(self, untried: Sequence[str]) -> "Verdict":
        """With the branches on which the claim was not tried, if it is right."""
        if self.verdict != "right" or not untried:
            return self
        return replace(self, verdict="right-where-tried", remark=Remark("untried", {"branches": untried}))

    def too_small(self, right: str) -> "Verdict":
        """With the right number where it is less than any double, unless there is a point at which the claim fails."""
        if not right or self.counterexample is not None:
            return self
        return replace(self, remark=Remark("too-small", {"right": right}))

    @property
    def is_settled(self) -> bool:
        """Whether the digits of the right number are known, if they were asked for."""
        return self.digits is None or self.digits[0].is_known or self.right is None

    def phrases(self, language: str, mark: Mark = str) -> list[str]:
        """The remark and what the claim is consistent with, in words; `mark` writes the facts in them."""
        said = [] if self.remark is None else [self.remark.text(language, mark)]
        return said + [mistake.consistent(language, mark) for mistake in self.consistent]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"name": self.claim.name, "claim": self.claim.text, "verdict": word(self.verdict)}
        facts |= {"value": finite_or_none(self.right), "claimed": finite_or_none(self.claimed)}
        if self.digits is not None:
            right, claimed = self.digits
            facts["digits"] = {"value": right.text or None, "claimed": claimed.text or None}
        if self.formula:
            facts["expression"] = self.formula
        if self.remark is not None:
            facts["remark"] = self.remark.as_dict(self.remark.text(language))
        if self.counterexample is not None:
            there = self.counterexample
            facts["counterexample"] = {"at": dict(there.at), "value": there.right, "claimed": there.claimed}
        if self.verdict == "wrong":
            facts["consistent_with"] = [
                mistake.as_dict(mistake.consistent(language)) | dict(mistake.facts) for mistake in self.consistent
            ]
        return facts


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim with its trials: at the point, and at the other points that reach its node."""

    claim: Claim
    here: Trial
    others: Sequence[Trial]

    def judged(
        self, verdict: Ruling, right: float | None, remark: Remark | None = None, broken: Trial | None = None
    ) -> Verdict:
        """The verdict; `broken` is another point at which the claim fails."""
        return Verdict(self.claim, verdict, right, self.here.claimed, "", remark, broken)

    def first(self, outcome: Outcome) -> Trial | None:
        """The first other point with this outcome."""
        return next((trial for trial in self.others if trial.outcome == outcome), None)

    @property
    def is_off(self) -> bool:
        """Whether the claim is right only because of the relative error that it may have."""
        here = self.here
        return compared(here.claimed, here.right, here.hidden) == "differs"

    def varied(self, broken: Trial) -> dict[str, Any]:
        """The facts of another point at which the claim fails, with the names of the variables that were varied where
        these are several.
        """
        names = [name for name, value in broken.at.items() if value != self.here.at[name]]
        return _facts(broken) | {"varied": names if len(names) > 1 else []}

    def is_rounded(self, right: float) -> bool:
        """Whether the claim is the number with its last digits rounded away."""
        claimed = self.here.claimed
        return bool(self.claim.half_unit) and claimed is not None and abs(claimed - right) <= self.claim.half_unit


def verdict_on(claim: Claim, trials: Sequence[Trial], around: Neighbourhood) -> Verdict:
    """The verdict on a claim that was tried at the point and then at other points."""
    here, others = trials[0], [trial for trial in trials[1:] if trial.outcome != "not-reached"]
    case = _Case(claim, here, others)
    if here.outcome == "not-reached":
        return case.judged("inconclusive", None, Remark("not-reached"))
    if not isfinite(here.right):
        return case.judged("inconclusive", None, Remark("not-finite"))
    if around.here.below_stop[claim.node]:
        differs = case.first("differs")
        return _elsewhere(case, None, differs) if differs else case.judged("inconclusive", None, Remark("stop"))
    return _with_a_derivative(case, around).too_small(here.tiny)


def _with_a_derivative(case: _Case, around: Neighbourhood) -> Verdict:
    """The verdict where the derivative at the point is a number."""
    claim, here = case.claim, case.here
    is_off = not here.is_rough and around.here.above_rough[claim.node]  # it bends in doubles alone
    site = Surroundings(False, False) if is_off else around.site(claim.node)
    smooth = site.smooth
    if smooth is not None:
        if compared(here.right, smooth, here.hidden) != "differs":
            site = Surroundings(False, site.on_edge)  # nothing bends for this node
        elif here.outcome != "undefined":
            return _on_cancelling_kinks(case, smooth)
    if here.outcome == "differs" and here.is_rounded:
        return case.judged("right", here.right, Remark("rounded"))
    if here.outcome != "same":
        site = around.looked_beside(site, claim)
    right = here.right if here.is_sure or here.outcome != "unclear" or _is_known(here, around) else None
    return _at(case, site, right)


def _on_cancelling_kinks(case: _Case, derivative: float) -> Verdict:
    """The verdict where the slopes from both sides are the same and only the rule of branches has another one."""
    here, differs = case.here, case.first("differs")
    outcome = compared(here.claimed, derivative, here.hidden, case.claim.rtol)
    is_right = outcome == "same" or (outcome == "differs" and case.is_rounded(derivative))
    if differs and is_right:
        return case.judged("wrong", derivative, Remark("elsewhere", case.varied(differs)), differs)
    is_branch = here.outcome != "differs"
    verdict: Ruling = "right" if is_right else "inconclusive" if is_branch and not differs else "wrong"
    remark = Remark("smooth", {"derivative": derivative, "right": here.right})
    return case.judged(verdict, derivative, remark)


def _at(case: _Case, site: Surroundings, right: float | None) -> Verdict:
    """The verdict where the kinks do not cancel; `right` is the derivative, None where rounding hides it."""
    here, differs = case.here, case.first("differs")
    matters = site.matters(here.outcome)
    told = site.told(here.right) if matters else None
    if site.leaves_open(case.claim, here.claimed, here.outcome):  # then other points decide
        if not differs:
            remark = Remark("claim-not-finite") if here.claimed is None else told or site.remark(here.right)
            return case.judged("inconclusive", here.right, remark)
    elif here.outcome == "differs":
        return _here(case, right, told)
    if not differs:
        return _unrefuted(case, right, site.remark(here.right))
    if here.outcome == "undefined" and not matters:
        return _here(case, right, told)
    return _elsewhere(case, right, differs, "off-kink" if told else "elsewhere")


def _unrefuted(case: _Case, right: float | None, remark: Remark | None) -> Verdict:
    """The verdict on a claim that differs nowhere from the derivative.

    A point at which the claim has no value is no evidence: many right formulas have a smaller domain than the function.
    Only one that has a value nowhere is wrong.
    """
    here, others, is_number = case.here, case.others, case.claim.is_number
    outcomes = Counter(trial.outcome for trial in (here, *others))
    outside = case.first("undefined")
    if here.outcome == "undefined":
        is_nowhere = set(outcomes) == {"undefined"} and (others or is_number)
        remark = Remark("undefined", {"right": here.right})
        return case.judged("wrong" if is_nowhere else "inconclusive", right, remark)
    if not outcomes["same"]:
        return case.judged("inconclusive", right, Remark("claim-not-finite" if here.claimed is None else "rounding"))
    if outside:
        remark = Remark("undefined-elsewhere", _facts(outside))
        return case.judged("right" if outcomes["same"] >= FEW else "inconclusive", right, remark)
    if not is_number and not others and here.at:
        remark = Remark("point-only")
    elif remark is None and case.is_off:
        remark = Remark("within")
    return case.judged("right", right, remark)


def _here(case: _Case, right: float | None, told: Remark | None) -> Verdict:
    """The verdict on a claim that fails at the point itself, and how it fails there."""
    here = case.here
    remark = told or closeness(case.claim, Decimal(repr(here.right)))
    if here.outcome == "undefined":
        remark = Remark("undefined", {"right": here.right})
    elif remark is None and not case.claim.digits:
        remark = _nearness(case.claim, (here, *case.others))
    return case.judged("wrong", right, remark)


def _elsewhere(case: _Case, right: float | None, broken: Trial, code: str = "elsewhere") -> Verdict:
    """The verdict on a claim that fails at another point."""
    if case.here.outcome == "unclear":
        code = "claim-not-finite" if case.here.claimed is None else "hidden-here"
    remark = Remark(code) if code == "claim-not-finite" else Remark(code, case.varied(broken))
    return case.judged("wrong", right, remark, broken)


def _is_known(here: Trial, around: Neighbourhood) -> bool:
    """Whether rounding leaves digits of the right value."""
    if 0 < abs(here.right) < TINY:
        return False
    return around.here.hidden[here.node] + around.here.shaken[here.node] <= HIDDEN * abs(here.right)


def _facts(trial: Trial) -> dict[str, Any]:
    """The facts of another point, one of many numbers without them; and both derivatives with as many digits as tell
    them apart.
    """
    right, claimed = trial.right, trial.claimed or 0.0
    pairs = ([float(f"{x:.{digits}g}") for x in (right, claimed)] for digits in range(DIGITS, EXACT))
    shown = next((pair for pair in pairs if pair[0] != pair[1]), [right, claimed])
    return {"at": trial.at if len(trial.at) <= SAID else {}, "right": shown[0], "claimed": shown[1]}


def closeness(claim: Claim, right: Decimal) -> Remark | None:
    """To how many of its digits a number is right, rounded to these, if that is more than chance."""
    claimed = claim.written
    if claimed is None or not right or not right.is_finite():
        return None
    least = 1 if "." in claim.text else LEAST_DIGITS
    with localcontext(context(MOST_DIGITS)):
        gap = abs(claimed - right)
        for digits in range(claim.digits, least - 1, -1):
            if gap <= Decimal(5).scaleb(right.adjusted() - digits):
                return Remark("close", {"digits": digits}) if digits > 1 else Remark("close-1")
    return None


def _nearness(claim: Claim, trials: Sequence[Trial]) -> Remark | None:
    """How far an expression is off, if that is little at all points: a constant may have been rounded."""
    parts = []
    for trial in trials:
        if trial.claimed is None or not trial.right or trial.outcome not in ("same", "differs"):
            return None
        parts.append(abs(trial.claimed / trial.right - 1))
    code = "near-number" if claim.is_number else "near"
    return Remark(code, {"percent": 100 * max(parts)}) if max(parts) <= NEAR else None
