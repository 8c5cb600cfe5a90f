"""The slopes on both sides of a point on a kink or on the edge of a condition, for a limited number of claims."""

from dataclasses import dataclass, replace
from math import isclose

from gradcli.check.trials.claims import Claim
from gradcli.check.trials.remarks import Remark
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import TOLERANCE, Outcome, Trial, compared
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph
from gradcli.text import finite_or_none, rounded

SWEEPS = 5_000_000  # nodes that sweeps may visit for all claims together: two sweeps a claim
BESIDE_WORK = 400_000  # nodes times claims for which the graph is evaluated beside the point
LEAST = 3  # claims for which both are done in any case
BESIDE = 1e-6  # how far beside the edge of a condition slopes are looked at
BESIDE_DIGITS = 5  # how many of their digits that distance leaves


@dataclass(frozen=True, slots=True)
class Sides:
    """The slopes from the left and from the right; `is_exact` unless they are those of points beside the edge."""

    left: float
    above: float
    is_exact: bool

    def told(self, used: float) -> Remark:
        """What is to be said of them; `used` is the slope of the branch taken."""
        facts = {"left": self.left, "above": self.above, "right": used}
        return Remark("one-sided" if self.is_exact else "beside", facts)

    def hold(self, claim: Claim, claimed: float) -> bool:
        """Whether a claim lies between the slopes on both sides, as exactly as these are known and it is given."""
        ends = sorted((self.left, self.above))
        known = 0.0 if self.is_exact else 10.0 ** (1 - BESIDE_DIGITS) * max(map(abs, ends))
        room = claim.half_unit + known
        return ends[0] - room <= claimed <= ends[1] + room


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How the point lies for a node: the node moves another one across a kink, or it lies below a comparison of equal
    numbers, the edge of a condition. `sides` are the slopes then: None at a jump. `is_known` says whether they were
    looked for, which they are not any more after many claims. `on_jump` says that the node moves another one across a
    jump to which no gradient comes.
    """

    on_kink: bool
    on_edge: bool
    sides: Sides | None = None
    is_known: bool = True
    on_jump: bool = False

    @property
    def smooth(self) -> float | None:
        """The derivative, where the slopes on both sides of a kink are the same."""
        sides = self.sides
        if sides is None or not sides.is_exact or not isclose(sides.left, sides.above, rel_tol=TOLERANCE):
            return None
        return sides.above

    def matters(self, outcome: Outcome) -> bool:
        """Whether this may be why a claim is not the slope of the branch taken."""
        if outcome == "unclear":
            return self.on_edge
        return outcome in ("differs", "undefined") and (self.on_kink or self.on_edge)

    def leaves_open(self, claim: Claim, claimed: float | None, outcome: Outcome) -> bool:
        """Whether there is no one derivative here that decides on the claim."""
        if not self.is_known:
            return True
        may_hold = claimed is None or (self.sides is not None and self.sides.hold(claim, claimed))
        return may_hold and self.matters(outcome)

    def told(self, used: float) -> Remark | None:
        """What is to be said of the slopes on both sides; `used` is the slope of the branch taken."""
        return self.sides.told(used) if self.sides else None

    def remark(self, used: float) -> Remark | None:
        """What is to be said of the point itself."""
        code = "kink" if self.on_kink else "edge" if self.on_edge else "beside-jump" if self.on_jump else ""
        return Remark(code, {"right": used}) if code else None


class Neighbourhood:
    """What lies around the point at which claims are made. What is found out about it is shared by all claims."""

    def __init__(self, here: Sample) -> None:
        self.here = here
        self._sweeps_left = max(LEAST, SWEEPS // (2 * len(here.graph)))
        self._beside_left = max(LEAST, BESIDE_WORK // len(here.graph))

    def site(self, node: int) -> Surroundings:
        """How the point lies for a node, with the slopes on both sides of a kink."""
        on_kink, on_edge = bool(self.here.above_bends[node]), bool(self.here.above_undecided[node])
        if not on_kink:
            return Surroundings(False, on_edge, on_jump=bool(self.here.above_jumps[node]))
        if not self._sweeps_left:
            return Surroundings(True, on_edge, is_known=False)
        self._sweeps_left -= 1
        left, above = (self.here.one_sided(node, side) for side in (-1.0, 1.0))
        return Surroundings(True, on_edge, None if left is None or above is None else Sides(left, above, True))

    def looked_beside(self, site: Surroundings, claim: Claim) -> Surroundings:
        """With the slopes on both sides of the edge of a condition: at points a little beside it."""
        if not site.on_edge or site.sides or not site.is_known:
            return site
        if not self._beside_left:
            return replace(site, is_known=False)
        self._beside_left -= 1
        graph, node, at = self.here.graph, claim.node, dict(self.here.at)
        value = float(self.here.values[node])
        step = BESIDE * max(1.0, abs(value))
        graph = graph if graph.is_leaf(node) else graph.cut(node, claim.name)
        left, above = (_slope(graph, node, {**at, claim.name: value + side * step}) for side in (-1.0, 1.0))
        return site if left is None or above is None else replace(site, sides=Sides(left, above, False))


def allowed_beside(claim: Claim, trial: Trial, found: Sample) -> Trial:
    """A trial at a point on a kink, a jump or an edge: a claim between the slopes from both sides is not refuted there,
    and none where these are not known.
    """
    if trial.outcome != "differs" or not trial.is_rough:
        return trial
    around = Neighbourhood(found)
    site = around.looked_beside(around.site(claim.node), claim)
    if site.sides is None:
        return replace(trial, outcome="unclear")
    if site.smooth is not None:
        return replace(trial, outcome=compared(trial.claimed, site.smooth, trial.hidden, claim.rtol))
    return replace(trial, outcome="same") if site.leaves_open(claim, trial.claimed, trial.outcome) else trial


def _slope(graph: Graph, node: int, at: dict[str, float]) -> float | None:
    """The derivative for a leaf at another point, to as many digits as are known."""
    try:
        found = evaluate(graph, at, (node,))
    except Fault:
        return None
    slope = finite_or_none(found.adjoints[node])
    return None if slope is None else float(rounded(slope, BESIDE_DIGITS)[0])
