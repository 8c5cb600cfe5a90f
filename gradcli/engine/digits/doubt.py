"""Where a number may have lost its digits that is not known: the node at which its bound grows most."""

from math import inf, isnan
from typing import TYPE_CHECKING

from gradcli.engine.digits.bounds import Bounds
from gradcli.engine.digits.propagation import ROUNDING

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

GROWN = 1000  # by so much a bound must grow at a node that is blamed without a look at what is further on


class Doubt:
    """Finds the node: along the largest bounds, where the bound grows most relative to the number."""

    def __init__(self, here: "Evaluation", found: Bounds) -> None:
        self.here = here
        self.found = found
        self.senders: dict[int, list[tuple[int, float, float]]] = {}  # by node, what a gradient comes from
        for node in here.order:
            for x, slope, off in found.edges(node):
                self.senders.setdefault(x, []).append((node, slope, off))

    def of(self, target: int | None) -> tuple[int, str]:
        """The node, and where in it: "operation", "slope" or "sum". That of the value if `target` is None."""
        if self.found.turns:
            return self.found.turning, "operation"
        return (self._below(self.here.graph.output)[0], "operation") if target is None else self._above(target)

    def _above(self, target: int) -> tuple[int, str]:
        node, blamed, most = target, target, 0.0
        while node in self.senders:
            ways = [self._parts(*edge) for edge in self.senders[node]]
            by_adjoint, by_slope, sender = max(ways, key=lambda way: max(way[0], way[1]))
            if by_slope and by_slope >= by_adjoint and most < GROWN:
                below, growth = self._below(max([*self.here.graph.inputs[sender], sender], key=self._of_value))
                return (below, "operation") if growth >= GROWN else (sender, "slope")
            if by_slope > by_adjoint:
                break
            growth = _ratio(self._of_adjoint(node), max(ROUNDING, self._of_adjoint(sender)))
            if growth > most:
                blamed, most = node, growth
            if not by_adjoint:
                break
            node = sender
        senders = self.senders.get(blamed, ())
        return (senders[0][0], "product") if len(senders) == 1 else (blamed, "sum")

    def _parts(self, sender: int, slope: float, off: float) -> tuple[float, float, int]:
        """What of a bound comes from the gradient that came to the sender, and what from the slope; and the sender."""
        by_adjoint = _product(abs(slope), self.found.adjoints[sender])
        return by_adjoint, _product(off, abs(self.here.adjoints[sender])), sender

    def _below(self, node: int) -> tuple[int, float]:
        """The node below at which the bound of a value grows most, and by how much."""
        blamed, most = node, 0.0
        while inputs := [x for x in self.here.graph.inputs[node] if self.here.is_evaluated(x)]:
            following = max(inputs, key=self._of_value)
            growth = _ratio(self._of_value(node), max(ROUNDING, self._of_value(following)))
            if growth > most:
                blamed, most = node, growth
            parts = [(_product(abs(slope), self.found.values[x]), x) for x, slope, _ in self.found.edges(node)]
            size, node = max(parts, default=(0.0, following))
            if not size:
                break
        return blamed, most

    def _of_value(self, node: int) -> float:
        """The bound of a value, relative to it."""
        return _ratio(self.found.values[node], abs(float(self.here.values[node] or 0.0)))

    def _of_adjoint(self, node: int) -> float:
        return _ratio(self.found.adjoints[node], abs(self.here.adjoints[node]))


def _product(x: float, y: float) -> float:
    found = x * y
    return inf if isnan(found) else found


def _ratio(x: float, y: float) -> float:
    """How much one number is of another, infinite where that is 0 or nothing is known of the first."""
    found = x / y if y else inf if x else 0.0
    return 1.0 if isnan(found) and x == y else inf if isnan(found) else found
