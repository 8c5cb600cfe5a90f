"""What claims say at a point with many digits, on the values that the passes give there."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from gradcli.check.trials.claims import Claim, Whole
from gradcli.engine.digits import exact
from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.problem import Problem
from gradcli.graph import Graph


class Claimed:
    """The right side of a claim on the values of the passes; of claims about an array each element by itself, until all
    at once takes no longer.
    """

    def __init__(self, whole: Whole, passes: Exact) -> None:
        self._whole = whole
        self._passes = passes
        self._left = len(whole.graph)  # nodes that elements may have

    def value(self, claim: Claim) -> tuple[Ball | None, Decimal, bool]:
        """The value; for a 0 the largest term that it is the sum of, and whether it may have been taken for 0."""
        found, root = self._all if claim.is_element and self._left < 0 else None, claim.root
        if not found or found.assumed or found.values[root] is None:
            self._left -= len(claim.graph)
            found, root = self._made(claim.graph, claim.names), claim.graph.output
        number = found and found.values[root]
        if not found or not isinstance(number, Ball):
            return None, ZERO, False
        return number, found.terms.get(root, ZERO), found.assumes_zeros and number.is_zero

    @cached_property
    def _all(self) -> Exact | None:
        return self._made(self._whole.graph, self._whole.names)

    def _made(self, graph: Graph, names: Mapping[str, int]) -> Exact | None:
        values = {name: self._passes.values[node] for name, node in names.items()}
        if not all(isinstance(value, Ball) for value in values.values()):
            return None
        leaves: Mapping[int, Ball | Decimal] = {
            **{node: Decimal(x) for node, x in graph.values.items()},
            **{graph.variables[name]: value for name, value in values.items()},
        }
        return exact.exact_passes(Problem.written(graph, leaves), self._passes.digits)
