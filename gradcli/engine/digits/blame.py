"""Where a number has lost its digits that is known: the node where its error grows most."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, DecimalException
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

from gradcli.engine.digits import measure
from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.propagation import SAME, SUM, TOTAL, kind
from gradcli.engine.doubles import rules
from gradcli.operators import exceptional

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

JUMPED = 1000  # by so much the relative error must grow at an operation that is blamed before the sum of gradients
UNIT = Decimal(2) ** -53
INFINITE = Decimal("Infinity")
NORMAL = Decimal(exceptional.NORMAL)


class Blame:
    """Finds the node where most digits are lost: along the largest error, where the relative error grows most."""

    def __init__(self, here: "Evaluation", found: Exact) -> None:
        self.here = here
        self.graph = here.graph
        self.found = found
        self.sizes = measure.sizes(here.graph, found)

    def measure(self, target: int | None) -> Decimal:
        """What the error of a number is measured against whose true value is 0."""
        if target is None:
            return measure.of_value(self.graph, self.found, self.sizes)
        return measure.of_gradient(self.graph, self.found, self.sizes, target, Decimal(self.here.values[target]))

    def of(self, target: int | None) -> tuple[int, str, str]:
        """Where the value or a gradient has lost its digits: node, place and what took them."""
        try:
            return self.of_value() if target is None else self.of_gradient(target)
        except DecimalException:  # products of errors beyond the numbers of `decimal`
            return (self.graph.output, "operation", "rounding") if target is None else (target, "sum", "rounding")

    def of_value(self) -> tuple[int, str, str]:
        """Where the value has lost its digits: node, place and what took them."""
        node, _ = self._below(self.graph.output)
        return self._operation(node)

    def of_gradient(self, target: int) -> tuple[int, str, str]:
        """The same of a gradient: up the largest error of a product, to a lossy value on which a slope depends, to a
        product that underflows, or to the node at which gradients cancel.
        """
        node, blamed, most = target, target, self._cancelled(target)
        while True:
            edge = max(self._arriving(node), key=lambda edge: max(edge[1:]), default=None)
            if edge is None or not max(edge[1:]):
                break
            sender, by_adjoint, by_slope, by_product = edge
            if by_product >= max(by_adjoint, by_slope):
                if most < JUMPED:
                    return sender, "product", "underflow"
                break
            if by_slope >= by_adjoint:
                return self._slope(sender, node, blamed, most)
            node = sender
            cancelled = self._cancelled(node)
            if cancelled > most:
                blamed, most = node, cancelled
        return blamed, "sum", "cancellation" if most >= JUMPED else "rounding"

    def _slope(self, sender: int, node: int, blamed: int, most: Decimal) -> tuple[int, str, str]:
        """Who is to blame for a slope of `sender`: what it is made of, the slope itself, or a sum of gradients."""
        below, growth = self._below(max([*self.graph.inputs[sender], sender], key=self._error))
        if growth >= JUMPED:
            return self._operation(below)
        if most >= JUMPED:
            return blamed, "sum", "cancellation"
        slopes = [
            self.found.slopes[sender, index] for other, index in self._senders[node] if other == sender
        ]  # fmt: skip
        return (
            sender,
            "slope",
            "underflow" if any(ZERO < abs(slope.middle) < NORMAL for slope in slopes) else "rounding",
        )

    def _operation(self, node: int) -> tuple[int, str, str]:
        if self.found.values[node].middle and abs(self.found.values[node].middle) < NORMAL:
            return node, "operation", "underflow"
        passes, _ = kind(self.graph.operators[node])
        return node, "operation", "cancellation" if passes in (SAME, SUM, TOTAL) else "rounding"

    # Values

    def _distance(self, node: int) -> Decimal:
        """How far a value is from the exact one."""
        number, computed = self.found.values[node], self.here.values[node]
        if not isinstance(number, Ball) or not isinstance(computed, float):
            return ZERO
        return abs(Decimal(computed) - number.middle)

    def _error(self, node: int) -> Decimal:
        """The relative error of a value."""
        apart = self._distance(node)
        return apart / (abs(self.found.values[node].middle) or self.sizes.get(node) or apart) if apart else ZERO

    def _below(self, node: int) -> tuple[int, Decimal]:
        """The node below at which the relative error grows most, and by how much."""
        blamed = node, ZERO
        while self.graph.inputs[node]:
            inputs = self.graph.inputs[node]
            growth = self._error(node) / max(UNIT, *map(self._error, inputs))
            if growth > blamed[1]:
                blamed = node, growth
            weights = [
                self._distance(x) and (abs(Decimal(slope)) * self._distance(x) if isfinite(slope) else INFINITE)
                for slope, x in zip(self._slopes(node), inputs, strict=True)
            ]
            if not any(weights) and self.graph.operators[node].jump:
                weights = list(map(self._error, inputs))  # what makes a step another one passes no error on
            if not any(weights):
                break
            node = inputs[weights.index(max(weights))]
        return blamed

    def _slopes(self, node: int) -> Sequence[float]:
        """All local derivatives of a node, also where no gradient is wanted."""
        operator, count = self.graph.operators[node], len(self.graph.inputs[node])
        if operator.chooses or operator.condition:
            chosen = self.here.chosen(node) if operator.chooses else -1
            return [float(index == chosen) for index in range(count)]
        if operator.held:
            return [1.0]
        local = rules.slopes(operator, tuple(range(count)), True)
        arguments, out = self.here.arguments(node), self.here.values[node]
        found: Any = local(arguments, out) if operator.variadic else local(*arguments, out)
        return found if count > 1 or operator.variadic else [found]

    # Gradients

    def _cancelled(self, node: int) -> Decimal:
        """How many times the sum of what comes to a node its largest term is."""
        number, size = self.found.adjoints[node], self.found.largest[node]
        slopes = [self.found.slopes[sender, index] for sender, index in self._senders.get(node, ())]
        if number is None or not size or sum(bool(slope.middle) for slope in slopes) < 2:
            return ZERO
        return size / abs(number.middle) if number.middle else 1 / UNIT

    @cached_property
    def _senders(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """By node, from which nodes a gradient comes to it, with the index of the argument that it is."""
        found: dict[int, list[tuple[int, int]]] = {}
        for node, index in self.found.slopes:
            found.setdefault(self.graph.inputs[node][index], []).append((node, index))
        return found

    def _arriving(self, node: int) -> Sequence[tuple[int, Decimal, Decimal, Decimal]]:
        """The nodes that pass a gradient on to this one, with the errors of the product: how much comes from the
        gradient that came to it, how much from the slope, and how much from the product itself.
        """
        found = []
        for sender, index in self._senders.get(node, ()):
            if not self.here.is_evaluated(sender):
                continue  # the doubles have taken another branch
            exactly, slope = self.found.adjoints[sender], self.found.slopes[sender, index].middle
            local = self.here.local_derivatives(sender).get(index, 0.0)
            adjoint = self.here.adjoints[sender]
            if exactly is None or not isfinite(adjoint):
                continue
            by_adjoint = abs(slope) * abs(Decimal(adjoint) - exactly.middle)
            by_slope = by_product = ZERO
            if isfinite(local):
                by_slope = abs(Decimal(adjoint) * (Decimal(local) - slope))
                passed = self.here.passed_on(sender, index, local)
                if abs(passed) < NORMAL:
                    by_product = abs(Decimal(adjoint) * Decimal(local) - Decimal(passed))
            found.append((sender, by_adjoint, by_slope, by_product))
        return found
