"""The kinks, jumps and turns that a point lies on: those that the balls meet, whatever doubles do.

Where numbers mean what is written, 0.1 + 0.2 - 0.3 is 0, and 0.1*3 - 0.30000000000000004 is not; where they are
doubles, 1e16 + x - 1e16 is x. What a note says besides is computed in the doubles nearest to the numbers of all nodes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.engine.digits import enclosures
from gradcli.engine.digits.ball_passes import NOT_KNOWN
from gradcli.engine.digits.balls import Ball, ball
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.loss import NOTED, Loss
from gradcli.engine.doubles import kinks
from gradcli.frozen import with_other
from gradcli.operators.decimals.precision import context
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

APART = 2000  # digits that part what any passes have


class Numbers(NamedTuple):
    """The values and slopes of all nodes as many digits have them, of which an evaluation has the nearest doubles.

    `hanging` are the targets whose slopes are not known, and None for the value.
    """

    values: Sequence[Any]
    slopes: Sequence[Ball | None]
    hanging: Collection[int | None] = ()

    def losses(self, here: "Evaluation") -> tuple[Loss, ...]:
        """The value and the slopes that the doubles do not give."""
        output = here.graph.output
        numbers: list[tuple[int | None, float, Ball | None]] = [(None, here.value, self.values[output])]
        numbers += [(node, here.adjoints[node], self.slopes[node]) for node in here.targets]
        hanging = [Loss(target, computed) for target, computed, _ in numbers if target in self.hanging]
        known = [
            Loss(target, computed, exact.middle, node=output)
            for target, computed, exact in numbers
            if exact and isfinite(computed) and abs(Decimal(computed) - exact.middle) > NOTED * abs(exact.middle)
        ]
        return (*hanging, *(loss for loss in known if loss.target not in self.hanging))

    def may_meet(self, here: "Evaluation", node: int) -> bool:
        """Whether they may lie where the function of a node bends, jumps or turns."""
        operator, inputs = here.graph.operators[node], here.graph.inputs[node]
        if operator.ties:
            inputs = tuple(dict.fromkeys(inputs))  # a node is no rival of itself
        arguments = [self.values[x] for x in inputs]
        try:
            with localcontext(context(APART)):
                return any(not gap.middle or gap.may_be_zero for gap in _gaps(operator, arguments, self.values[node]))
        except NOT_KNOWN:
            return True

    def leaves(self, here: "Evaluation") -> Mapping[int, Decimal] | None:
        """The numbers of the leaves; None where one of them has more digits than are here."""
        found = {node: self.values[node] for node in range(len(here.graph)) if here.graph.is_leaf(node)}
        return None if any(x.radius for x in found.values()) else {node: x.middle for node, x in found.items()}

    def said(self, here: "Evaluation") -> None:
        """Notes say doubles."""


def _gaps(operator: Operator, arguments: Sequence[Any], out: Any) -> Iterator[Ball]:
    """What is 0 on a kink, a jump or a turn, one of them at the least."""
    if operator.condition:
        yield arguments[0] - arguments[1]
    elif operator.ties:
        yield from sorted([abs(x - out) for x in arguments], key=lambda gap: gap.middle)[1:2]
    elif operator.cone:
        yield out
    elif operator.jump:
        yield ball(enclosures.expression(operator.jump, (*operator.parameters, "out"))(*arguments, out))
    for kink in operator.kinks:
        yield ball(enclosures.expression(kink.at, operator.parameters)(*arguments))


def met(here: "Evaluation", found: Exact, hanging: Collection[int | None]) -> "Evaluation":
    """The evaluation as many digits have it, if it meets kinks, jumps or edges with or without them; else itself."""
    if not any(kinks.may_bend(operator) or operator.condition for operator in set(here.graph.operators)):
        return here
    values = nearest(found.values, found.order)
    if values is None:
        return here
    numbers = Numbers(found.values, found.adjoints, hanging)
    there = with_other(here, values=values, order=found.order, numbers=numbers)
    return there if _meets_any(there) or _meets_any(here) else here


def _meets_any(here: "Evaluation") -> bool:
    return bool(here.all_bends) or any(map(here.is_undecided, here.order))


def nearest(numbers: Sequence[Any], order: Sequence[int]) -> list[Any] | None:
    """The nearest doubles; None where one that is evaluated is beyond them."""
    values = [float(x.middle) if isinstance(x, Ball) else x for x in numbers]
    return values if all(isfinite(values[node]) for node in order) else None
