"""The kinks, jumps and edges that a point lies on whose numbers mean what is written: those that the balls meet.

0.1 + 0.2 - 0.3 is 0 there, and 0.1*3 - 0.30000000000000004 is not. What a note says besides is computed in the doubles
nearest to the numbers of all nodes.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import Any

from gradcli.engine.digits import balls
from gradcli.engine.digits.balls import Ball
from gradcli.engine.digits.exact import NOT_KNOWN, BallPasses
from gradcli.engine.digits.lost import NOTED, Loss
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.kinks import AtKink
from gradcli.operators.records import Operator


class Places(Evaluation):
    """Both passes at the doubles nearest to balls, of which a kink, a jump or an edge must be true too."""

    exactly: Sequence[Any] = ()
    slopes: Sequence[Ball | None] = ()

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """The value and the slopes that these doubles do not give."""
        output = self.graph.output
        numbers: list[tuple[int | None, float, Ball | None]] = [(None, self.value, self.exactly[output])]
        numbers += [(node, self.adjoints[node], self.slopes[node]) for node in self.targets]
        return tuple(
            Loss(target, computed, exact.middle, node=output, place="operation")
            for target, computed, exact in numbers
            if exact and isfinite(computed) and abs(Decimal(computed) - exact.middle) > NOTED * abs(exact.middle)
        )

    def is_undecided(self, node: int) -> bool:
        """Whether the node compares two numbers that are equal as they are written."""
        return super().is_undecided(node) and self._may_meet(node)

    def _bends(self, counts: Callable[[int], object]) -> Iterator[AtKink]:
        return (at for at in super()._bends(counts) if self._may_meet(at.node))

    def _may_meet(self, node: int) -> bool:
        """Whether the balls may lie where the function of a node bends, jumps or turns."""
        operator, arguments = self.graph.operators[node], [self.exactly[x] for x in self.graph.inputs[node]]
        try:
            return any(not gap.middle or gap.may_be_zero for gap in _gaps(operator, arguments, self.exactly[node]))
        except NOT_KNOWN:
            return True


def _gaps(operator: Operator, arguments: Sequence[Any], out: Any) -> Iterator[Ball]:
    """What is 0 on a kink, a jump or an edge, one of them at the least."""
    if operator.condition:
        yield arguments[0] - arguments[1]
    elif operator.ties:
        yield sorted([abs(x - out) for x in arguments], key=lambda gap: gap.middle)[1]
    elif operator.cone:
        yield out
    elif operator.jump:
        yield balls.ball(balls.expression(operator.jump, (*operator.parameters, "out"))(*arguments, out))
    for kink in operator.kinks:
        yield balls.ball(balls.expression(kink.at, operator.parameters)(*arguments))


def places(work: BallPasses, targets: Sequence[int]) -> Places | None:
    """Where the numbers of both passes lie; None where one of them is beyond doubles."""
    values = [float(x.middle) if isinstance(x, Ball) else x for x in work.values]
    if not all(isfinite(values[node]) for node in work.order):
        return None
    return Places(work.graph, values, work.order, targets, exactly=work.values, slopes=work.adjoints)
