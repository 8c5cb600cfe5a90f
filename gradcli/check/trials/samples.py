"""The graph at a point, as a whole and seen from one node; and random points, always the same ones."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.check.trials import estimates
from gradcli.check.trials.steady import steady
from gradcli.engine.digits.exact import Exact
from gradcli.engine.doubles.passes import Fault, forward
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.stops import stop
from gradcli.graph import Builder, Graph, reachable
from gradcli.operators.table import CONSTANT

if TYPE_CHECKING:
    from gradcli.check.claimed import Claimed

SAMPLES = 20  # random points
ATTEMPTS = 25  # for each of them
FEW = 4  # times as long it takes to find the local derivatives of one node as those of one among all


class Sample(Evaluation):
    """Both passes over a graph at one point, and how far rounding, kinks and stops reach."""

    @cached_property
    def wholes(self) -> dict[int, tuple[Sequence[Any], Sequence[float]]]:
        """Claims about whole arrays, computed here so far, by their identity: each node's value, and how
        far rounding may have moved it.
        """
        return {}

    @cached_property
    def exactly(self) -> dict[int, Sequence[Exact]]:
        """Both passes with many digits so far, by the number of digits."""
        return {}

    @cached_property
    def claimed(self) -> "dict[tuple[int, int], Claimed]":
        """The right sides of claims on their values, by the identity of what is computed at once, and digits."""
        return {}

    @cached_property
    def lies_off(self) -> dict[int, bool]:
        """Whether these say that all kinks, jumps and turns are ones in doubles alone, by the number of digits."""
        return {}

    @cached_property
    def passages(self) -> dict[tuple[int, ...], "Passage"]:
        """What was asked for so far, by the nodes to which it leads."""
        return {}

    def passage(self, targets: tuple[int, ...]) -> "Passage":
        """What a gradient passes from the output to these nodes, for many backward passes."""
        if targets not in self.passages:
            marks = self.graph.dependents(targets)
            nodes = [node for node in reversed(self.order) if marks[node]]
            if FEW * len(nodes) > len(self.graph):
                slopes: Sequence[Sequence[float]] | Mapping[int, Sequence[float]] = self.slopes
            else:
                slopes = {node: self.slopes_of(node) for node in nodes}
            self.passages[targets] = Passage(marks, nodes, slopes)
        return self.passages[targets]

    def slopes_of(self, node: int) -> Sequence[float]:
        """The local derivatives of a node for all of its arguments, 0 for those that are not derived by."""
        local = self.local_derivatives(node)
        return [local.get(index, 0.0) for index in range(len(self.graph.inputs[node]))]

    @cached_property
    def _passed_back(self) -> tuple[list[float], list[float]]:
        return estimates.adjoints_bounded(self)

    @cached_property
    def adjoints(self) -> list[float]:
        """The derivative of the output with respect to each node; 0 where no gradient comes."""
        return self._passed_back[0]

    @property
    def hidden(self) -> list[float]:
        """How far rounding may have moved them, apart from what moves the values."""
        return self._passed_back[1]

    shaken = cached_property(estimates.shaken)
    shaken_once = cached_property(estimates.shaken_once)

    @cached_property
    def required(self) -> bytearray:
        """Marks the targets: all that a gradient passes on its way is one."""
        return self.graph.marked(self.targets)

    @cached_property
    def held(self) -> Graph:
        """The function as its derivatives see it: what is detached stays at its value here."""
        detached = [node for node, operator in enumerate(self.graph.operators) if operator.held]
        if not detached:
            return self.graph
        builder = Builder(self.graph)
        for node in detached:
            builder.replace(node, CONSTANT)
            builder.values[node] = self.values[node] or 0.0  # 0: it is not evaluated
        return builder.graph(self.graph.output)

    @cached_property
    def above_bends(self) -> bytearray:
        """Marks the nodes that move one on a kink or a jump to which a gradient other than 0 comes."""
        bends = {at.node for at in self.bends}
        marks = self.graph.marked(bends)
        for node in reversed(self.order) if bends else ():
            if marks[node]:
                for index, slope in self.edges[node].items():
                    if slope or node in bends:
                        marks[self.graph.inputs[node][index]] = 1
        return marks

    @cached_property
    def above_undecided(self) -> bytearray:
        """Marks the nodes from which a comparison of equal numbers is reached: the edge of a condition."""
        return self.reaching(self.undecided)

    @cached_property
    def above_jumps(self) -> bytearray:
        """Marks the nodes from which a jump is reached to which no gradient comes and that makes a difference beside
        the point, maybe only as several variables move.
        """
        return self.reaching(at.node for at in self.around.jumps)

    @cached_property
    def rough(self) -> set[int]:
        """The nodes that lie on a kink or a jump or compare equal numbers, whether or not a gradient comes to them, and
        the conditions made of these.
        """
        found = {*(at.node for at in self.all_bends), *self.undecided}
        constant = steady(self, found) if found else b""
        found = {node for node in found if not constant[node]}
        for node in self.order if found else ():
            if self.graph.operators[node].conditions and not found.isdisjoint(self.graph.inputs[node]):
                found.add(node)
        return found

    @cached_property
    def above_rough(self) -> bytearray:
        """Marks the nodes from which one of these is reached."""
        return self.reaching(self.rough)

    @cached_property
    def below_stop(self) -> bytearray:
        """Marks the nodes below an infinite slope at which a gradient of 0 stops, though it is not the derivative."""
        first = stop(self)
        return self.graph.marked([] if first is None else reachable(self.graph.inputs, [first]))


class Passage(NamedTuple):
    """What lies between the output and some nodes, both included: marked, from the output on, and the local derivatives
    of each node for all of its arguments.
    """

    marks: bytearray
    nodes: Sequence[int]
    slopes: Sequence[Sequence[float]] | Mapping[int, Sequence[float]]


@dataclass(frozen=True)
class Flows:
    """A sample seen from one target. ∂node/∂target for all nodes is computed when it is first asked for."""

    sample: Sample
    target: int

    @cached_property
    def tangents(self) -> list[float]:
        """∂node/∂target for each node."""
        return self.sample.tangents({self.target: 1.0})

    @property
    def value(self) -> float:
        """The output's value."""
        return float(self.sample.values[self.sample.graph.output])

    @property
    def derivative(self) -> float:
        """∂output/∂target."""
        return self.sample.adjoints[self.target]

    def slope(self, node: int, index: int) -> float:
        """The local derivative of an edge."""
        return self.sample.edges[node].get(index, 0.0)

    def arguments(self, node: int) -> list[float] | None:
        """The arguments of a node, or None if it is not evaluated."""
        values = self.sample.values
        return None if values[node] is None else [values[x] for x in self.sample.graph.inputs[node]]

    def through(self, node: int, index: int) -> float:
        """What comes to the target through an edge."""
        x = self.sample.graph.inputs[node][index]
        return self.sample.adjoints[node] * self.slope(node, index) * self.tangents[x]

    def with_slope(self, node: int, index: int, slope: float) -> float:
        """The derivative if the edge had another local derivative."""
        x = self.sample.graph.inputs[node][index]
        return self.derivative + self.sample.adjoints[node] * (slope - self.slope(node, index)) * self.tangents[x]


def sample(graph: Graph, at: Mapping[str, float]) -> Sample | None:
    """Both passes at a point; None where the function has no finite value there."""
    try:
        done = forward(graph, graph.leaves_at(at))
    except Fault:
        return None
    targets = (*graph.variables.values(), *graph.steps.values(), *graph.computed())
    return Sample(graph, done.values, done.order, targets)


def random_samples(
    graph: Graph, at: Mapping[str, float], seed: int = 0, varied: Collection[str] | None = None
) -> Iterator[Sample]:
    """Samples at random points near the point and anywhere between -4 and 4, without those on a kink or a jump.

    Only the variables `varied` have other values there, or all of them if it is None. The points depend on the seed
    alone. There may be fewer than asked for, where the domain is narrow.
    """
    moving = {name: value for name, value in at.items() if varied is None or name in varied}
    if not moving:
        return
    random, first = Random(seed), 0
    for _ in range(SAMPLES):
        for attempt in range(first, ATTEMPTS):
            found = sample(graph, {**at, **_moved(random, moving, attempt)})
            if found and not found.bends and all(map(isfinite, found.adjoints)):
                yield found
                found = None  # so that there is one of them in memory
                first = max(0, attempt - 3)  # where the domain is narrow the first attempts would fail again
                break


def _moved(random: Random, at: Mapping[str, float], attempt: int) -> dict[str, float]:
    """Another point: each variable near or anywhere, or, more often with each attempt, all of them near and nearer."""
    if random.random() < 0.03 * attempt:
        reach = 0.4 * 0.85**attempt
        return {name: _near(random, value, reach) for name, value in at.items()}
    return {
        name: _near(random, value, 0.4) if random.random() < 0.3 + 0.02 * attempt else _anywhere(random)
        for name, value in at.items()
    }


def _near(random: Random, value: float, reach: float) -> float:
    return value * random.uniform(1 - reach, 1 + reach) + random.uniform(-reach / 4, reach / 4)


def _anywhere(random: Random) -> float:
    return random.uniform(0.1, 3.0) if random.random() < 0.4 else random.uniform(-4.0, 4.0)
