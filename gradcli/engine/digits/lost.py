"""Which numbers of a result have lost their digits, what they are, and where the digits were lost.

The bounds of `bounds` say what may be wrong; only then the passes of `exact` are made, which know. A number counts as
lost where it differs from the exact one by more than `NOTED` of it, or where nobody could tell.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from math import isfinite
from typing import TYPE_CHECKING

from gradcli.engine.digits import assumed, bounds, exact, places
from gradcli.engine.digits.ball_passes import NOTHING
from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.engine.digits.blame import NORMAL, Blame
from gradcli.engine.digits.doubt import Doubt
from gradcli.engine.digits.loss import DIGITS, NOTED, Loss
from gradcli.engine.digits.problem import Problem
from gradcli.operators.decimals.precision import context

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

KNOWN = Decimal("1e-12")  # relative radius of a number that counts as known


def looked_into(here: "Evaluation", suspects: set[int | None]) -> tuple[tuple[Loss, ...], "Evaluation"]:
    """What has lost digits, the value first, given what may have; and the point as many digits have it: `here` itself
    where there are no kinks, jumps or edges, or it is not known.
    """
    if not suspects:
        return (), here
    found: exact.Exact | None = None
    hanging: Mapping[int | None, assumed.Hanging] = {}
    there: Evaluation = here
    if len(here.graph) <= bounds.MOST:
        found, hanging, there = _found(here)
    if found is None:
        numbers = _numbers(here).items()
        losses = [Loss(target, number) for target, number in numbers if target in suspects and isfinite(number)]
    else:
        with localcontext(context(exact.FIRST_DIGITS)):
            losses = _losses(here, found, suspects, hanging)
    if all(loss.exact is not None or loss.below is not None for loss in losses):
        return tuple(losses), there
    doubt = Doubt(here, bounds.bounds(here))
    return tuple([_doubted(doubt, loss) for loss in losses]), there


def _found(here: "Evaluation") -> tuple[exact.Exact | None, Mapping[int | None, assumed.Hanging], "Evaluation"]:
    """The passes with many digits, what of them hangs on what is taken for granted, and the point as they have it.

    The local derivatives that another rule than that of the branch taken gives at kinks are those at the kinks met.
    """
    slopes: dict[tuple[int, int], float] = {}
    while True:
        found, hanging = assumed.settled(Problem.at(here, slopes=slopes))
        there = here if found is None else places.met(here, found, hanging)
        if here.kink == "branch" or slopes:
            return found, hanging, there
        for at in there.all_bends:
            slopes |= {(at.node, index): slope for index, slope in there.local_derivatives(at.node).items()}
        if not slopes:
            return found, hanging, there


def _doubted(doubt: Doubt, loss: Loss) -> Loss:
    """The loss; of a number that is not known with the node at which its bound grows most."""
    if loss.exact is not None or loss.below is not None or loss.node >= 0:
        return loss
    node, place = doubt.of(loss.target)
    return loss._replace(node=node, place=place)


def _losses(
    here: "Evaluation", found: exact.Exact, suspects: set[int | None], hanging: Mapping[int | None, assumed.Hanging]
) -> list[Loss]:
    blame, losses = Blame(here, found), []
    for target, computed in _numbers(here).items():
        if target not in hanging:
            losses.append(_loss(blame, target, computed, target in suspects))
        elif target in suspects and isfinite(computed):
            node, place = hanging[target].place
            losses.append(Loss(target, computed, node=node, place=place))
    return [loss for loss in losses if loss is not None]


def _loss(blame: Blame, target: int | None, computed: float, is_suspect: bool) -> Loss | None:
    """What is to be said of a number, if there is something."""
    here, found = blame.here, blame.found
    node = here.graph.output if target is None else target
    number = found.values[node] if target is None else found.adjoints[node]
    if number is None or number.radius > abs(number.middle) * KNOWN:
        return _unknown(target, computed, number) if is_suspect else None
    is_small = ZERO < abs(number.middle) < NORMAL
    if not isfinite(computed):
        place = here.not_finite.get(node, (node, "product"))
        by = "underflow" if is_small else "overflow"
        return Loss(target, computed, number.middle, 0, *place, by) if isfinite(float(number.middle)) else None
    apart = abs(Decimal(computed) - number.middle)
    if apart <= NOTED * (abs(number.middle) or blame.measure(target)):
        return None
    at, where, by = blame.of(target)
    by = "underflow" if is_small else by
    return Loss(target, computed, number.middle, _holding(apart, number.middle), at, where, by)


def _unknown(target: int | None, computed: float, number: Ball | None) -> Loss | None:
    """What is to be said of a number that is suspect and not known: what it is less than, if that is no double."""
    below = None if number is None or number.size > NOTHING else number.size
    return Loss(target, computed, below=below) if below or isfinite(computed) else None


def _numbers(here: "Evaluation") -> dict[int | None, float]:
    """The numbers of a result, the value first: by target, None for the value."""
    found: dict[int | None, float] = {None: here.value}
    return found | {node: here.adjoints[node] for node in here.targets}


def _holding(apart: Decimal, number: Decimal) -> int:
    """How many of a double's significant digits hold, given its distance from the exact number."""
    if not number:
        return 0
    return max(0, min(DIGITS, -(apart / abs(number)).adjusted() - 1))
