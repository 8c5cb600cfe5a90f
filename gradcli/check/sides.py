"""The slopes on both sides of a point on a kink or on the edge of a condition, for a limited number of claims."""

from dataclasses import dataclass
from functools import cached_property
from math import isclose

from gradcli.check.claims import Claim
from gradcli.check.phrases import Told
from gradcli.check.samples import Sample, cut
from gradcli.check.trials import TOLERANCE
from gradcli.engine.kinks import Sweeps
from gradcli.engine.passes import Fault, backward, forward, requires_gradient
from gradcli.graph import Graph
from gradcli.text import finite_or_none, format_number, rounded

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

    @property
    def is_smooth(self) -> bool:
        """Whether both are the same, so that there is one derivative."""
        return self.is_exact and isclose(self.left, self.above, rel_tol=TOLERANCE)

    def told(self, used: float) -> Told:
        """What is to be said of them; `used` is the slope of the branch taken."""
        facts = {key: format_number(slope) for key, slope in (("left", self.left), ("above", self.above))}
        return "one-sided" if self.is_exact else "beside", facts | {"right": format_number(used)}

    def hold(self, claim: Claim, claimed: float) -> bool:
        """Whether a claim lies between the slopes on both sides, as exactly as these are known and it is given."""
        ends = sorted((self.left, self.above))
        known = 0.0 if self.is_exact else 10.0 ** (1 - BESIDE_DIGITS) * max(map(abs, ends))
        room = claim.half_unit + known
        return ends[0] - room <= claimed <= ends[1] + room


class Neighbourhood:
    """What lies around the point at which claims are made. What is found out about it is shared by all claims."""

    def __init__(self, here: Sample) -> None:
        self.here = here
        self._sweeps_left = max(LEAST, SWEEPS // (2 * len(here.graph)))
        self._beside_left = max(LEAST, BESIDE_WORK // len(here.graph))

    @cached_property
    def _sweeps(self) -> Sweeps:
        return Sweeps(self.here.graph, self.here.forward_pass, self.here.required)

    def on_bend(self, claim: Claim) -> tuple[Sides | None, bool]:
        """The sides where the node moves another one across a kink: None at a jump. And whether they are known, which
        they are not any more after many claims.
        """
        if not self._sweeps_left:
            return None, False
        self._sweeps_left -= 1
        left, above = (self._sweeps.one_sided(claim.node, side) for side in (-1.0, 1.0))
        return None if left is None or above is None else Sides(left, above, True), True

    def beside(self, claim: Claim) -> tuple[Sides | None, bool]:
        """The same where the node lies below a comparison of equal numbers: from points a little to both sides."""
        if not self._beside_left:
            return None, False
        self._beside_left -= 1
        graph, node, at = self.here.graph, claim.node, dict(self.here.at)
        value = float(self.here.values[node])
        step = BESIDE * max(1.0, abs(value))
        graph = graph if graph.is_leaf(node) else cut(graph, node, claim.name)
        left, above = (_slope(graph, node, {**at, claim.name: value + side * step}) for side in (-1.0, 1.0))
        return None if left is None or above is None else Sides(left, above, False), True


def _slope(graph: Graph, node: int, at: dict[str, float]) -> float | None:
    """The derivative for a leaf at another point, to as many digits as are known."""
    leaves = {leaf: at[name] for name, leaf in graph.variables.items()} | dict(graph.values)
    try:
        forward_pass = forward(graph, leaves)
    except Fault:
        return None
    slope = finite_or_none(backward(graph, forward_pass, requires_gradient(graph, [node]))[node])
    return None if slope is None else float(rounded(slope, BESIDE_DIGITS)[0])
