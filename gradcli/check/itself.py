"""Tests gradcli's own gradient at a point in three ways: reverse mode, forward mode, and a Taylor test.

The Taylor test takes no fixed step: for steps h halved again and again it looks at the remainder
|f(x + h) − f(x) − h·D| / h, which for the right D falls with h until rounding takes over, and for a wrong one stays.
What rounding can do is estimated at each step, so that the test says when it cannot tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from random import Random
from typing import Any

from gradcli.check.phrases import remark_phrase
from gradcli.check.samples import EPSILON, Sample, noise, sample
from gradcli.evaluate import Fault, forward
from gradcli.graph import Graph
from gradcli.numerals import finite_or_none

STEPS = 50  # halvings
CLOSE = 1e-6  # a remainder below this part of the derivative proves it
FLAT = 0.02  # a remainder that changes less than this from step to step disproves it
WORK = 300_000  # nodes times variables up to which each variable is tested alone


@dataclass(frozen=True, slots=True)
class Comparison:
    """The derivative in one direction, in three ways. `taylor` is None where the test has no result."""

    name: str
    reverse: float
    forward: float
    taylor: float | None
    verdict: str
    remark: str = ""

    def phrases(self, language: str) -> list[str]:
        """The remark in words."""
        return [remark_phrase(self.remark, {}, language)] if self.remark else []

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        facts: dict[str, Any] = {"name": self.name, "verdict": self.verdict}
        facts |= {
            "reverse": finite_or_none(self.reverse),
            "forward": finite_or_none(self.forward),
            "taylor": finite_or_none(self.taylor),
        }
        if self.remark:
            facts["remark"] = {"code": self.remark, "message": remark_phrase(self.remark, {}, "en")}
        return facts


def compare(graph: Graph, at: Mapping[str, float], names: Sequence[str], seed: int = 0) -> list[Comparison]:
    """One comparison for each variable; for very large graphs one for all of them together, in a random direction.

    The function has a finite value at the point.
    """
    here = sample(graph, at)
    assert here is not None, "the function has a value at the point"
    if len(names) * len(graph) <= WORK:
        return [_compared(here, name, {name: 1.0}) for name in names]
    random = Random(seed)
    return [_compared(here, ", ".join(names[:3]) + ", …", {name: random.choice((-1.0, 1.0)) for name in names})]


def _compared(here: Sample, name: str, direction: Mapping[str, float]) -> Comparison:
    graph = here.graph
    variables = graph.variables
    reverse = sum((here.adjoints[variables[x]] * weight for x, weight in direction.items()), 0.0)
    tangents = _tangents(here, {variables[x]: weight for x, weight in direction.items()})
    ahead = tangents[graph.output]
    if not isfinite(reverse) or not isfinite(ahead):
        return Comparison(name, reverse, ahead, None, "inconclusive", "not finite")
    if any(tangents[at.node] or any(tangents[x] for x in graph.inputs[at.node]) for at in here.bends):
        return Comparison(name, reverse, ahead, None, "inconclusive", "jump")
    # A node that no tangent comes to adds nothing, even where its adjoint is infinite.
    flows = sum(abs(here.adjoints[node] * tangents[node]) for node in range(len(graph)) if tangents[node])
    agree = abs(reverse - ahead) <= 1e-12 * max(abs(reverse), abs(ahead)) + 4 * EPSILON * flows
    found = _taylor(here, direction, reverse)
    if not agree:
        return Comparison(name, reverse, ahead, found.derivative, "wrong", "disagree")
    remark = {"right": "", "wrong": "disagree", "inconclusive": "rounding"}[found.verdict]
    return Comparison(name, reverse, ahead, found.derivative, found.verdict, remark)


def _tangents(here: Sample, seeds: Mapping[int, float]) -> list[float]:
    """Forward mode: each node's derivative in a direction."""
    found = [0.0] * len(here.graph)
    for node, weight in seeds.items():
        found[node] = weight
    for node in here.forward_pass.order:
        inputs = here.graph.inputs[node]
        for index, slope in here.edges[node]:
            if found[inputs[index]]:
                found[node] += slope * found[inputs[index]]
    return found


@dataclass(frozen=True, slots=True)
class _Taylor:
    verdict: str
    derivative: float | None


def _taylor(here: Sample, direction: Mapping[str, float], slope: float) -> _Taylor:
    size = max([1.0, *(abs(here.at[x]) for x in direction)])
    floor = noise(here.values, here.adjoints)
    best, derivative = float("inf"), None
    remainders: list[tuple[float, float]] = []
    for step in _steps(size):
        difference = _difference(here, direction, step)
        if difference is None:
            continue
        remainder, hidden = abs(difference - slope), 2 * floor / step
        remainders.append((remainder, hidden))
        if remainder + hidden < best:
            best, derivative = remainder + hidden, difference
    if not remainders:
        return _Taylor("inconclusive", None)
    widest = max(remainder for remainder, _ in remainders[:3])
    if best <= CLOSE * (abs(slope) or widest) or (slope == 0 and widest == 0):
        return _Taylor("right", derivative)
    for (first, _), (second, _), (third, hidden) in zip(remainders, remainders[1:], remainders[2:], strict=False):
        flat = abs(first - second) <= FLAT * second and abs(second - third) <= FLAT * third
        if flat and third > 100 * hidden and third > 10 * CLOSE * abs(slope):
            return _Taylor("wrong", derivative)
    return _Taylor("inconclusive", derivative)


def _steps(size: float) -> Iterator[float]:
    for halvings in range(STEPS):
        yield size * 0.125 * 0.5**halvings


def _difference(here: Sample, direction: Mapping[str, float], step: float) -> float | None:
    """(f(x + h) − f(x − h)) / 2h: its remainder falls with h², so that it comes further down before rounding."""
    graph = here.graph
    ends = []
    for sign in (1.0, -1.0):
        at = {x: value + sign * step * direction.get(x, 0.0) for x, value in here.at.items()}
        leaves = {node: at[x] for x, node in graph.variables.items()} | dict(graph.values)
        try:
            ends.append((float(forward(graph, leaves).values[graph.output]), at))
        except Fault:
            return None
    (above, high), (below, low) = ends
    widths = [(high[x] - low[x]) / (2 * step * weight) for x, weight in direction.items()]
    width = sum(widths) / len(widths)  # x ± h are rounded: how far apart they really are
    return (above - below) / (2 * step * width) if width else None
