"""What is known without digits: a remainder is below its divisor, a tanh is below 1, 1 + exp(x) above."""

from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple

from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.graph import Graph
from gradcli.operators.table import CONSTANT, VARIABLE

DIGITS = 10_000  # ends are sums of doubles, which are exact with so many
SIDES = (0, -1, 1)


class Range(NamedTuple):
    """Numbers between two ends, each of which is one of them or not."""

    low: Any
    high: Any
    has_low: bool = False
    has_high: bool = False

    def signs(self) -> set[int]:
        """Those that the numbers may have."""
        is_0_in = (self.low < 0 or (self.has_low and not self.low)) and (
            self.high > 0 or (self.has_high and not self.high)
        )
        return {side for side, may_be in zip(SIDES, (is_0_in, self.low < 0, self.high > 0), strict=True) if may_be}

    def less(self, other: "Range") -> "Range":
        """The range of a difference."""
        ends = self.low - other.high, self.high - other.low
        return Range(*ends, self.has_low and other.has_high, self.has_high and other.has_low)


def only(number: Any) -> Range:
    """The range of one number."""
    return Range(mpf(number), mpf(number), has_low=True, has_high=True)


ANY = Range(mp.ninf, mp.inf)
POSITIVE, NOT_NEGATIVE = Range(mpf(0), mp.inf), Range(mpf(0), mp.inf, has_low=True)
BELOW_1 = Range(mpf(-1), mpf(1))
AT_MOST_1 = Range(mpf(-1), mpf(1), has_low=True, has_high=True)
RANGES = {
    "exp": POSITIVE, "exp2": POSITIVE, "softplus": POSITIVE, "logsigmoid": Range(mp.ninf, mpf(0)),
    "expm1": Range(mpf(-1), mp.inf), "elu": Range(mpf(-1), mp.inf), "cosh": Range(mpf(1), mp.inf, has_low=True),
    "sigmoid": Range(mpf(0), mpf(1)), "sech": Range(mpf(0), mpf(1), has_high=True), "erfc": Range(mpf(0), mpf(2)),
    "tanh": BELOW_1, "erf": BELOW_1, "sin": AT_MOST_1, "cos": AT_MOST_1, "sinc": AT_MOST_1, "sign": AT_MOST_1,
    "abs": NOT_NEGATIVE, "sqrt": NOT_NEGATIVE, "hypot": NOT_NEGATIVE, "length": NOT_NEGATIVE, "relu": NOT_NEGATIVE,
}  # fmt: skip
# On which sides of its own arguments a function is.
BESIDE = {
    "exp": {1}, "softplus": {1}, "logsigmoid": {-1}, "expm1": {0, 1}, "log1p": {0, -1}, "relu": {0, 1}, "abs": {0, 1},
    "hypot": {0, 1}, "length": {0, 1}, "max": {0, 1}, "min": {0, -1}, "ceil": {0, 1}, "floor": {0, -1},
}  # fmt: skip


class Facts:
    """What is known of a graph's nodes at a point."""

    def __init__(self, graph: Graph, at: Mapping[str, Any]) -> None:
        self.graph = graph
        self.ranges: list[Range] = []
        with mp.workdps(DIGITS):
            for node in range(len(graph)):
                self.ranges.append(self._range(node, at))

    def _range(self, node: int, at: Mapping[str, Any]) -> Range:
        operator, of = self.graph.operators[node], [self.ranges[x] for x in self.graph.inputs[node]]
        if operator in (VARIABLE, CONSTANT):
            return only(at[self.graph.names[node]] if operator is VARIABLE else self.graph.values[node])
        if operator.name == "mod" and of[1].low >= 0:
            return Range(mpf(0), of[1].high, has_low=True)
        if operator.name == "mod" and of[1].high <= 0:
            return Range(of[1].low, mpf(0), has_high=True)
        terms = [*of[:1], *(only(0).less(x) for x in of[1:])]
        made = {"identity": of[:1], "neg": [only(0), *of], "sub": of, "add": terms, "sum": terms}
        if operator.name not in made:
            return RANGES.get(operator.name, ANY)
        range_ = reduce(Range.less, made[operator.name])
        return ANY if mp.isnan(range_.low) or mp.isnan(range_.high) else range_

    def sides(self, node: int, edge: Any) -> list[int]:
        """On which sides of its turn the first argument of a node may be: of a comparison that is the second one."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        first = inputs[0]
        with mp.workdps(DIGITS):
            if operator.condition:
                known = self._difference(first, inputs[1])
            elif operator.name == "mod":
                return list(SIDES)
            elif self.graph.operators[first].name == "sub" and not edge:
                known = self._difference(*self.graph.inputs[first])
            else:
                known = self.ranges[first].less(only(mp.re(edge))).signs()  # the end of a domain may come as complex
        return [side for side in SIDES if side in known]

    def _difference(self, first: int, second: int) -> set[int]:
        """The signs that a difference may have."""
        return self.ranges[first].less(self.ranges[second]).signs() & self._beside(first, second)

    def _beside(self, first: int, second: int) -> set[int]:
        for node, other, way in ((first, second, 1), (second, first, -1)):
            name, inputs = self.graph.operators[node].name, self.graph.inputs[node]
            if name == "mod" and other == inputs[1] and {-1, 1} - self.ranges[other].signs():
                return {-way if self.ranges[other].low >= 0 else way}
            if other in inputs and name in BESIDE:
                return {way * side for side in BESIDE[name]}
        return set(SIDES)
