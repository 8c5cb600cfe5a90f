"""Whether a point that doubles see on a kink, a jump or the edge of a condition lies on it."""

from gradcli.check.trials.samples import Sample
from gradcli.engine.digits import enclosures
from gradcli.engine.digits.ball_passes import NOT_KNOWN
from gradcli.engine.digits.balls import Ball, ball
from gradcli.engine.digits.exact import Exact
from gradcli.operators.records import Operator
from gradcli.operators.table import WRITTEN


def lies_off(found: Sample, passes: Exact) -> bool:
    """Whether all that bends, jumps or compares equal numbers in doubles surely does not with more digits."""
    rough = {at.node for at in found.all_bends} | set(filter(found.is_undecided, found.order))
    return all(_is_off(found, passes, node) for node in rough)


def _is_off(found: Sample, passes: Exact, node: int) -> bool:
    operator = found.graph.operators[node]
    arguments, out = [passes.values[x] for x in found.graph.inputs[node]], passes.values[node]
    if not all(isinstance(x, Ball) for x in arguments):
        return False
    try:
        return not any(distance.may_be_zero for distance in _distances(operator, arguments, out))
    except NOT_KNOWN:
        return False


def _distances(operator: Operator, arguments: list[Ball], out: Ball) -> list[Ball]:
    """What is 0 where it bends or jumps."""
    if operator.condition:
        return [_minus(*arguments)]
    if operator.ties:
        return sorted((_minus(x, out) for x in arguments), key=lambda gap: abs(gap.middle))[1:]
    if operator.cone:
        return [out]
    texts = [*filter(None, [operator.jump]), *(kink.at for kink in operator.kinks)]
    found = (enclosures.expression(text, (*operator.parameters, "out"))(*arguments, out) for text in texts)
    return [ball(number) for number in found]


def _minus(one: Ball, other: Ball) -> Ball:
    found: Ball = enclosures.apply(WRITTEN["-"], [one, other])
    return found
