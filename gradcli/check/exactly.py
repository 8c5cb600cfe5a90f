"""Claims compared with many digits, where doubles do not decide: whatever cancels, underflows or overflows in them.

The passes of `engine.digits.exact` are made at a point once for all claims, while the graph is small enough; a claim is
evaluated on the values that they give. A number that is written in digits is compared digit by digit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from math import isfinite

from gradcli.check.bends import lies_off
from gradcli.check.branches.sides import Neighbourhood
from gradcli.check.claimed import Claimed
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.estimates import EPSILON
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import Outcome, Trial
from gradcli.engine.certified.written import Meant, Written, in_digits, literals, point_of
from gradcli.engine.digits import assumed, exact
from gradcli.engine.digits.ball_passes import NOTHING
from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.loss import NOTED
from gradcli.engine.digits.lost import KNOWN
from gradcli.engine.digits.problem import Problem
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.operators.decimals.precision import context
from gradcli.text import short_exponent

WORK = 30_000  # nodes that the passes with 50 digits may visit for all claims together: about two seconds
DIGITS = (exact.FIRST_DIGITS, exact.ZERO_DIGITS)
SAME = Decimal("1e-12")  # relative: constants are written as doubles, and a form may make more of their last digit
# Relative: by how much a number may be off that has all digits of a double. Other programs add in another order.
FULL = 4 * Decimal(EPSILON)
SMALLEST = Decimal("4.94e-324")  # the smallest double above 0


class Exactly:
    """Compares claims with many digits, until the work is done that is allowed.

    `written` gives the values of the point as they are written, where that is known.
    """

    def __init__(self, written: Callable[[], Mapping[str, Written]] | None = None) -> None:
        self._written = written
        self._left = float(WORK)
        self._refuted: set[Claim] = set()

    def around(self, here: Sample) -> Neighbourhood:
        """What lies around the point at which claims are made."""
        return Neighbourhood(here)

    def settled(self, claim: Claim, found: Sample, trial: Trial, is_here: bool) -> Trial:
        """The trial, with the outcome of many digits where that of doubles is not sure, and at the point itself.

        One difference that is sure is enough.
        """
        if not isfinite(trial.right) or trial.outcome == "not-reached":
            return trial
        if not is_here and (trial.is_sure or claim in self._refuted):
            return trial
        for digits in DIGITS:
            passes = self._passes(found, digits, is_here)
            if passes is None:
                continue
            with localcontext(context(digits)):
                trial = _looked_at(trial, found, passes, digits)
                better = _compared(claim, trial, passes, found)
            if better is not None:
                if better.outcome == "differs":
                    self._refuted.add(claim)
                return better
        return trial

    def derivative(self, found: Sample, weights: Mapping[int, float]) -> Decimal | None:
        """The derivative in a direction, given as weights of nodes; None where it is not known."""
        for digits in DIGITS:
            passes = self._passes(found, digits, False)
            if passes is None or (passes[0].is_undecided and digits < exact.ZERO_DIGITS):
                continue
            adjoints = [(passes[0].adjoints[node], Decimal(weight)) for node, weight in weights.items()]
            with localcontext(context(digits)):
                known = [adjoint * weight for adjoint, weight in adjoints if adjoint is not None]
                number = sum(known, Ball(ZERO))
                if len(known) == len(adjoints) and _is_known(number):
                    return number.middle
        return None

    def _passes(self, found: Sample, digits: int, is_here: bool) -> Sequence[Exact] | None:
        """The passes at a point: for its numbers as the doubles that they are, at the point itself besides as they are
        written. None where they are not known, or the work is done.
        """
        if digits not in found.exactly:
            graph, cost = found.graph, len(found.graph) * (digits / exact.FIRST_DIGITS) ** 2 * (1 + is_here)
            if cost > self._left:
                return None
            self._left -= cost
            numbers = graph.leaves_at(found.at)
            leaves: list[Mapping[int, Ball | Decimal] | None] = [None]
            if is_here:
                with localcontext(context(digits)):
                    leaves.append(_as_written(graph, numbers, self._point(graph)))
            passes = [assumed.without_hanging(Problem.at(found, each), digits) for each in leaves]
            found.exactly[digits] = [each for each in passes if each is not None]
        return found.exactly[digits] or None

    def _point(self, graph: Graph) -> Mapping[str, Meant]:
        """What the values of the variables mean, as far as that is known."""
        if self._written is None:
            return {}
        try:
            return point_of(graph, self._written())
        except GradcliError:
            return {}


def _as_written(graph: Graph, numbers: Mapping[int, float], point: Mapping[str, Meant]) -> dict[int, Ball | Decimal]:
    """The numbers that the leaves were written as, in the present precision: those of the point where it is known, else
    the shortest of those that are not in the text; a named constant is the double.
    """
    written = literals(graph)
    return {graph.variables[name]: in_digits(number) for name, number in point.items()} | {
        node: Decimal(x) if node in written and node in graph.names else written.get(node, Decimal(repr(x)))
        for node, x in numbers.items()
        if graph.names.get(node) not in point
    }


def _looked_at(trial: Trial, found: Sample, passes: Sequence[Exact], digits: int) -> Trial:
    """The trial with what many digits say of the right number and of the point: too small, not on a kink."""
    right = passes[0].adjoints[trial.node]
    if right is not None and _is_known(right):
        trial = replace(trial, tiny=too_small(trial.right, right.middle))
    if trial.is_rough:
        if digits not in found.lies_off:
            found.lies_off[digits] = all(lies_off(found, each) for each in passes)
        trial = replace(trial, is_rough=not found.lies_off[digits])
    return trial


def _compared(claim: Claim, trial: Trial, passes: Sequence[Exact], found: Sample) -> Trial | None:
    """The trial as these passes at a point have it; None where they do not decide."""
    first = passes[0]
    right = first.adjoints[trial.node]
    if right is None or (first.is_undecided and first.digits < exact.ZERO_DIGITS) or not _is_known(right):
        return None
    lost = is_lost(trial.right, right.middle)
    if lost and trial.is_rough:
        return None  # doubles lie on a kink or a turn where the numbers do not
    trial = replace(trial, right=float(right.middle) + 0.0 if lost else trial.right, is_sure=True)
    if claim.written is None:
        return _compared_values(claim, trial, right, first, lost, found)
    others = [number for each in passes[1:] if (number := each.adjoints[trial.node]) is not None]
    numbers = [number.middle for number in (right, *others)]
    given = _is_given(claim, numbers, None if lost or trial.tiny else Decimal(trial.right))
    if trial.tiny and claim.written == Decimal(trial.right) and not given:
        return replace(trial, outcome="unclear")  # what doubles make of it
    is_rounded = any(abs(claim.written - number) <= claim.half_unit for number in numbers)
    return replace(trial, outcome="same" if given else "differs", is_rounded=is_rounded)


def _compared_values(claim: Claim, trial: Trial, right: Ball, passes: Exact, lost: bool, found: Sample) -> Trial | None:
    """The same of a claim that is computed."""
    key = id(claim.whole), passes.digits
    if key not in found.claimed:
        found.claimed[key] = Claimed(claim.whole, passes)
    claimed, of, is_assumed = found.claimed[key].value(claim)
    if claimed is None or not isfinite(float(claimed.middle)):
        return None
    # What is less than the smallest double is as good as 0, where many digits have taken something for 0 too.
    is_assumed |= passes.assumes_zeros and right.is_zero
    least = NOTHING * max(of, passes.largest[trial.node])
    if is_assumed and claimed.is_zero != right.is_zero and abs(claimed.middle - right.middle) <= least:
        return None
    is_known = not is_assumed and not any(x.may_be_zero and not x.is_zero for x in (claimed, right))
    outcome = _outcome(claimed, right, max(SAME, Decimal(claim.rtol)), ZERO if is_known else SMALLEST)
    if outcome is None:
        return None
    value = float(claimed.middle) if lost or trial.claimed is None else trial.claimed
    return replace(trial, claimed=value, outcome=outcome)


def is_lost(computed: float, right: Decimal) -> bool:
    """Whether a double has lost digits that count: more than the last one of the smallest doubles."""
    return abs(right - Decimal(computed)) > max(NOTED * abs(right), 2 * SMALLEST)


def too_small(computed: float, right: Decimal) -> str:
    """A number that doubles have lost since it is less than they can be; "" where they have not."""
    if is_lost(computed, right) or abs(right - Decimal(computed)) <= NOTED * abs(right):
        return ""
    return short_exponent(f"{Decimal(f'{right:.5e}').normalize():e}")


def _is_known(number: Ball) -> bool:
    return number.radius <= abs(number.middle) * KNOWN


def _is_given(claim: Claim, numbers: Sequence[Decimal], computed: Decimal | None) -> bool:
    """Whether a number in digits is one of these, or near one as its digits and the relative error allow that it may
    have. A whole number is exact where the right one is whole. `computed` is the right one in doubles.
    """
    written = claim.written
    assert written is not None, "it is written in digits"
    if written in (*numbers, computed):
        return True
    is_exact = not claim.half_unit and any(number == number.to_integral_value() for number in numbers)
    allowed = max(Decimal(0) if is_exact else FULL, Decimal(claim.rtol))
    return any(abs(written - number) <= allowed * abs(number) for number in numbers)


def _outcome(claimed: Ball, right: Ball, tolerance: Decimal, least: Decimal) -> Outcome | None:
    """Whether two numbers are the same, up to a relative tolerance or the least that counts; None where their radii
    leave it open.
    """
    gap, radius = abs(claimed.middle - right.middle), claimed.radius + right.radius
    allowed = max(tolerance * max(abs(claimed.middle), abs(right.middle)), least)
    if gap + radius <= allowed:
        return "same"
    return "differs" if gap - radius > allowed else None
