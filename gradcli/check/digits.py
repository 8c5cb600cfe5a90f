"""Claims beside what is true at the point, both with as many correct digits as are asked for.

Numbers mean what is written, those of the claims too. What differs in these digits is wrong, whatever doubles say; what
does not is right there, and doubles say of an expression whether it is elsewhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from math import isclose, isfinite
from typing import NamedTuple

from gradcli.check.agreements import Agreement
from gradcli.check.branches.sides import Neighbourhood
from gradcli.check.exactly import Exactly
from gradcli.check.inspection import Inspection
from gradcli.check.judge import Watching
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Remark, Ruling
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import TOLERANCE, Outcome, Trial
from gradcli.check.verdicts import Verdict, closeness
from gradcli.engine.certified.correct import with_digits
from gradcli.engine.certified.settle import NOT_FINITE, CertifiedPasses, StuckError, Wanted, settle
from gradcli.engine.certified.written import Written, leaves_of, nearest_double, point_of
from gradcli.engine.digits.ball_passes import NOTHING
from gradcli.engine.digits.balls import Ball
from gradcli.engine.digits.problem import Problem
from gradcli.engine.turns import may_turn
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.symbolic.digits import placed
from gradcli.text import Settled

ROUNDED = ("hides", "lost", "rounding")  # what doubles say of a kink that they do not meet


class InspectionWithDigits:
    """What `check.inspection` says with as many correct digits as are asked for, at a point whose values mean what is
    written. Where there is nothing to test in doubles, the digits alone are said.
    """

    def __init__(self, graph: Graph, at: Mapping[str, Written], asked: int) -> None:
        self.graph = graph
        self.written = at
        self.asked = asked
        self.at = {name: nearest_double(number) for name, number in point_of(graph, at).items()}

    def verdicts(
        self,
        claims: Sequence[Claim],
        seed: int,
        varied: Collection[str] | None,
        watch: Watching | None = None,
    ) -> list[Verdict]:
        """The verdicts on claims."""
        found = compared(self.graph, self.written, claims, self.asked)
        tests = self._tests()
        if tests is None:
            return list(map(_here_alone, claims, found))
        exactly = _ExactlyHere(dict(zip(claims, found, strict=True)), self._placed)
        return list(map(_with_digits, tests.verdicts(claims, seed, varied, exactly, watch), found))

    def agreements(self, names: Sequence[str], seed: int) -> list[Agreement]:
        """The tests of the gradient."""
        slopes = with_digits(self.graph, self.written, self.asked, names).settled_gradient
        tests = self._tests()
        if tests is None:
            remark = Remark("beyond-doubles")
            return [Agreement(name, None, None, None, "inconclusive", remark, slopes[name]) for name in slopes]
        nodes = self.graph.variables | self.graph.steps
        return [
            replace(found, digits=slopes.get(found.name), remark=Remark("jump"))
            if found.remark is not None and found.remark.code in ROUNDED and self._bends(nodes[found.name])
            else replace(found, digits=slopes.get(found.name))
            for found in tests.agreements(names, seed)
        ]

    @cached_property
    def _placed(self) -> Sample | None:
        """The point as it is written."""
        targets = (*self.graph.variables.values(), *self.graph.computed())
        found = placed(self.graph, self.written, self.asked, targets)
        if found is None:
            return None
        return Sample(found.graph, found.values, found.order, found.targets, numbers=found.numbers)

    @cached_property
    def _bent(self) -> list[int]:
        """The nodes that lie there on a kink, a jump or an edge."""
        return [] if self._placed is None else may_turn(self._placed)

    def _bends(self, node: int) -> bool:
        """Whether one of them depends on a node, and it is not known that this changes no slope."""
        above = self.graph.dependents([node])
        if self._placed is None or not any(above[x] for x in self._bent):
            return False
        slope = self._placed.adjoints[node]
        return any(side is None or not isclose(side, slope, rel_tol=TOLERANCE) for side in self._sides(node))

    def _sides(self, node: int) -> tuple[float | None, float | None]:
        """The slopes from both sides there."""
        here = self._placed
        return (None, None) if here is None else (here.one_sided(node, -1.0), here.one_sided(node, 1.0))

    def _tests(self) -> Inspection | None:
        try:
            return Inspection(self.graph, self.at)
        except GradcliError:  # beyond doubles
            return None


class Compared(NamedTuple):
    """The right number and the claimed one at the point, and the outcome, None where it is open."""

    right: Settled
    claimed: Settled
    outcome: Outcome | None


def compared(graph: Graph, at: Mapping[str, Written], claims: Sequence[Claim], asked: int) -> list[Compared]:
    """Every claim at the point, with so many correct digits; the errors are those of `settle`."""
    point, targets = point_of(graph, at), [claim.node for claim in claims]
    outcomes: list[Outcome | None] = []

    def make() -> CertifiedPasses:
        return CertifiedPasses(Problem.written(graph, leaves_of(graph, point), targets=targets))

    def wanted(work: CertifiedPasses) -> Iterable[Wanted]:
        outcomes.clear()
        for claim in claims:
            right = work.adjoints[claim.node] if work.values[claim.node] is not None else None
            claimed = _claimed(claim, work)
            outcomes.append(_outcome(claim, right, claimed, asked))
            yield "gradient", right
            yield "claim", claimed

    numbers, _ = settle(make, asked, wanted)
    return list(map(Compared, numbers[::2], numbers[1::2], outcomes))


def _claimed(claim: Claim, work: CertifiedPasses) -> Ball | None:
    """The claim's right side on the values of the passes."""
    if claim.written is not None:
        return Ball(claim.written)
    values = {name: work.values[node] for name, node in claim.names.items()}
    if not all(isinstance(value, Ball) for value in values.values()):
        return None
    leaves = leaves_of(claim.graph, dict.fromkeys(values, Decimal(0)))
    leaves |= {claim.graph.variables[name]: value for name, value in values.items()}
    there = CertifiedPasses(Problem.written(claim.graph, leaves))
    try:
        there.forward()
    except StuckError as stuck:
        work.may_grow |= not stuck.is_final
        return None
    found = there.values[claim.graph.output]
    return found if isinstance(found, Ball) else None


def _outcome(claim: Claim, right: Ball | None, claimed: Ball | None, asked: int) -> Outcome | None:
    """Whether two numbers are the same in so many digits, or in those that a claimed one has."""
    if right is None or claimed is None:
        return None
    gap, radius = abs(claimed.middle - right.middle), claimed.radius + right.radius
    if right.may_be_zero:
        if gap + radius < NOTHING:
            return "same"
        return "differs" if gap > radius else None
    last = Decimal(1).scaleb(right.middle.adjusted() - asked + 1) / 2
    allowed = max(last, Decimal(claim.half_unit), Decimal(claim.rtol) * abs(right.middle))
    if gap + radius <= allowed:
        return "same"
    return "differs" if gap - radius > allowed else None


class _ExactlyHere(Exactly):
    """Compares claims at the point by their digits."""

    def __init__(self, found: Mapping[Claim, Compared], placed: Sample | None) -> None:
        super().__init__()
        self.found = found
        self.placed = placed

    def around(self, here: Sample) -> Neighbourhood:
        """What lies around the point as it is written."""
        return super().around(self.placed or here)

    def settled(self, claim: Claim, found: Sample, trial: Trial, is_here: bool) -> Trial:
        """The trial, at the point with the outcome of the digits where there is one."""
        trial = super().settled(claim, found, trial, is_here)
        if is_here and self.placed:
            trial = replace(trial, is_rough=bool(self.placed.above_rough[claim.node]))
        right, claimed, outcome = self.found[claim]
        if not is_here or right.number is None or not isfinite(right.number):
            return trial
        if trial.claimed is not None and claimed == NOT_FINITE:  # in doubles alone there is one
            return replace(trial, outcome="undefined", right=right.number, claimed=None, is_rounded=False)
        if outcome is None:
            return trial
        value = trial.claimed if claimed.number is None else claimed.number
        trial = replace(trial, outcome=outcome, right=right.number, claimed=value)
        return replace(trial, hidden=0.0, is_sure=True, is_rounded=outcome == "same")


def _with_digits(verdict: Verdict, found: Compared) -> Verdict:
    """A verdict with the digits, but where kinks cancel, so that the branch taken has another slope."""
    if verdict.remark is not None and verdict.remark.code == "smooth":
        return verdict
    remark = verdict.remark
    if remark is not None and remark.code in ("close", "close-1") and found.right.is_known:
        remark = closeness(verdict.claim, Decimal(found.right.text))
    return replace(verdict, remark=remark, digits=(found.right, found.claimed))


def _here_alone(claim: Claim, found: Compared) -> Verdict:
    """The verdict on a claim that was tried at the point alone."""
    ruling: Ruling = "inconclusive"
    remark: Remark | None = Remark("digits-open")
    if found.outcome == "same":
        ruling, remark = ("right", None) if claim.is_number else ("right-where-tried", Remark("digits-here"))
    elif found.outcome == "differs":
        ruling, remark = "wrong", Remark("digits")
    numbers = found.right.number, found.claimed.number
    return Verdict(claim, ruling, *numbers, remark=remark, digits=(found.right, found.claimed))
