"""Forward mode: derivatives in a direction, and from one side, where the branch is that into which tangents lead."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import copysign, inf, isfinite, isnan, nextafter
from typing import TYPE_CHECKING

from gradcli.engine.doubles import kinks, rules

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

# How a node's tangent is made in forward mode: the node, its inputs, and the local derivatives by index of the input,
# or None where the tangents themselves decide.
Row = tuple[int, Sequence[int], Mapping[int, float] | None]


def tangents(
    count: int,
    rows: Iterable[Row],
    seeds: Mapping[int, float],
    otherwise: Callable[[int, Sequence[float]], float] | None = None,
    zero: float = 0.0,
) -> list[float]:
    """Forward mode: the derivative of each of `count` nodes in a direction, given as weights of the nodes in `seeds`.

    `rows` are the other nodes that move, in the order of evaluation; `otherwise` makes the tangents of those that have
    no local derivatives. A tangent that is exactly 0 is not passed on; `zero` is that of the arithmetic.
    """
    found = [zero] * count
    for node, weight in seeds.items():
        found[node] = weight
    for node, inputs, slopes in rows:
        if node in seeds:
            continue
        if slopes is None:
            assert otherwise is not None, "somebody knows the tangents there"
            found[node] = otherwise(node, found)
            continue
        total = zero
        for index, slope in slopes.items():
            tangent = found[inputs[index]]
            if tangent:
                total += slope * tangent
        found[node] = total
    return found


class OneSided:
    """The derivatives of the whole graph at a point from one side: at each kink that of the branch which is entered."""

    def __init__(self, here: "Evaluation", by: kinks.Arithmetic = kinks.DOUBLES) -> None:
        self.here = here
        self.graph = here.graph
        self.by = by

    def derivative(self, node: int, direction: float) -> float | None:
        """The derivative of the output for a node from one side (`direction` 1: the right, −1: the left).

        None where it is not known: where the node moves another one across a jump, a comparison of equal numbers or the
        border of a domain, and where a tangent of 0 meets an infinite slope, or an infinite tangent a slope of 0.
        """
        found = self.tangent(node, direction)
        return None if found is None or isnan(found) else found * direction + 0.0  # no -0

    def tangent(self, node: int, direction: float) -> float | None:
        """The tangent of the output as the node moves in a direction, in the arithmetic of the evaluation."""
        moving = self.graph.dependents([node]) if self._has_borders else b""

        def tangent(x: int, found: Sequence[float]) -> float:
            return self._special_tangent(x, found, moving)

        try:
            rows = tangents(len(self.graph), self._rows, {node: direction}, tangent, self.by.zero)
        except _NoSideError:
            return None
        return rows[self.graph.output]

    @cached_property
    def _rows(self) -> list[Row]:
        """What tangents are made of: slopes, or None where the tangents themselves decide."""
        graph = self.graph
        return [
            (node, graph.inputs[node], None if self._is_special(node) else self._moving_slopes(node))
            for node in self.here.order
            if graph.inputs[node] and (self.here.required[node] or self.here.is_undecided(node))
        ]

    def _moving_slopes(self, node: int) -> Mapping[int, float]:
        """The local derivatives without those of 0 where the node does not depend on the argument at all."""
        operator, slopes = self.graph.operators[node], self.here.local_derivatives(node)
        if all(slopes.values()):
            return slopes
        arguments, out = self.here.arguments(node), self.here.values[node]
        return {x: slope for x, slope in slopes.items() if slope or rules.depends(operator, x, arguments, out)}

    def _is_special(self, node: int) -> bool:
        """Whether a kink, a jump, a turn, the border of a domain or an infinite slope is there."""
        operator = self.graph.operators[node]
        if not self.here.required[node]:
            return True
        if kinks.may_bend(operator) and kinks.bends(operator, self.here.arguments(node), self.here.values[node]):
            return True
        return self._is_border(node)

    @cached_property
    def _has_borders(self) -> bool:
        """Whether it matters for tangents which nodes move at all, be it with a speed of 0."""
        operators = self.graph.operators
        return any(
            slopes is None and (not self.here.required[node] or operators[node].jump or self._is_border(node))
            for node, _, slopes in self._rows
        )

    def _is_border(self, node: int) -> bool:
        """Whether a slope is not finite, or the arguments lie at the border of the operator's domain."""
        if not all(map(isfinite, self.here.local_derivatives(node).values())):
            return True
        return bool(self.graph.operators[node].domain) and self._leaves_domain(node, self.here.required)

    def _leaves_domain(self, node: int, moving: Sequence[int], tangents: Sequence[float] = ()) -> bool:
        """Whether the arguments leave the domain as they move: along their tangents; without one, either way."""
        operator = self.graph.operators[node]
        ways: list[Sequence[float]] = []
        for index, x in enumerate(self.graph.inputs[node]):
            at, tangent = self.here.values[x], tangents[index] if tangents else 0.0
            far = (copysign(inf, tangent),) if tangent else (-inf, inf)
            ways.append([nextafter(at, end) for end in far] if moving[x] else (at,))
        conditions = [rules.expression(text, operator.parameters, total=True) for text in operator.domain]
        return not all(condition(*point) for point in product(*ways) for condition in conditions)

    def _special_tangent(self, node: int, found: Sequence[float], moving: Sequence[int]) -> float:
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        tangents = [found[x] for x in inputs]
        if moving and any(moving[x] for x in inputs):
            if operator.condition or operator.jump:
                raise _NoSideError
            if self._is_border(node):
                return self._tangent_at_border(node, tangents, moving)
        if operator.condition or not any(tangents):
            return 0.0
        arguments, out = self.here.arguments(node), self.here.values[node]
        total: float = kinks.tangent(operator, arguments, out, tangents, self.by)
        return total

    def _tangent_at_border(self, node: int, tangents: Sequence[float], moving: Sequence[int]) -> float:
        """Along infinite slopes and the borders of domains."""
        inputs, total = self.graph.inputs[node], 0.0
        if self.graph.operators[node].domain and self._leaves_domain(node, moving, tangents):
            raise _NoSideError
        for index, slope in self.here.local_derivatives(node).items():
            if moving[inputs[index]]:
                total += slope * tangents[index]
        if isnan(total):
            raise _NoSideError
        return total


class _NoSideError(Exception):
    """It is not known what the derivative from this side is, or whether there is one."""
