"""Running error bounds: how far off both passes in doubles may be, by one more sweep of each.

For every value the sweep carries a bound of its distance from the exact value, for every adjoint likewise: what the
arguments' errors do by the local derivatives, looked at over the uncertainty of the arguments, plus the rounding of the
operation itself (Wilkinson's running error analysis). A bound says that digits may be lost, never that they are: it is
the gate before `exact`, which knows.
"""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from gradcli.engine.digits.propagation import Edges
from gradcli.engine.digits.sweep import Sweep
from gradcli.frozen import Frozen

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

SUSPECT = 1e-10  # relative: a number with a larger bound may have lost digits that count
# Larger graphs are not computed with more digits, and the bound of a harmless sum grows with its terms: there only what
# may be off by more than 1e-7 is suspected.
MOST = 100_000  # nodes
SUSPECT_UNSEEN = 1e-7


class Bounds(Frozen):
    """Bounds of the errors of values and adjoints, one for each node.

    `turning` is the first node at which a comparison, a jump or a tie could turn out otherwise, -1 if there is none.
    """

    values: Sequence[float]
    adjoints: Sequence[float]
    turning: int
    sweep: Sweep

    @property
    def turns(self) -> bool:
        """Whether there is such a node."""
        return self.turning >= 0

    def edges(self, node: int) -> Edges:
        """What leaves a node."""
        return self.sweep.leaving(node)


def suspects(here: "Evaluation") -> set[int | None]:
    """The targets whose gradient may have lost digits that count, and None for the value; all if a branch may turn.

    None where a value on the way is not finite.
    """
    if here.total and not all(isfinite(here.values[node]) for node in here.order):
        return set()
    found = bounds(here)
    limit = SUSPECT if len(here.graph) <= MOST else SUSPECT_UNSEEN

    def may_be_lost(number: float, bound: float) -> bool:
        return found.turns or not (bound <= limit * abs(number) and isfinite(number))

    adjoints, errors = here.adjoints, found.adjoints
    lost: set[int | None] = {node for node in here.targets if may_be_lost(adjoints[node], errors[node])}
    return lost | {None} if may_be_lost(here.value, found.values[here.graph.output]) else lost


def bounds(here: "Evaluation") -> Bounds:
    """The bounds of all values and adjoints; infinite where nothing is known."""
    sweep = Sweep(here)
    sweep.forward()
    sweep.backward()
    return Bounds(sweep.errors, sweep.adjoint_errors, sweep.turning, sweep)
