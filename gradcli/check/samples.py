"""The graph at a point: values, adjoints, local derivatives; and random points of its domain, always the same ones."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from math import inf, isfinite
from random import Random
from typing import Any

from gradcli.engine.evaluation import Evaluation
from gradcli.engine.passes import Fault, Pass, backward, forward
from gradcli.engine.rules import ARITHMETIC_ERRORS
from gradcli.engine.stops import stop
from gradcli.graph import Graph
from gradcli.operators.records import POWER, PRODUCT, Operator
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.symbolic.derive import reachable

SAMPLES = 20  # random points
ATTEMPTS = 25  # for each of them
EPSILON = 2.0**-52
SHAKES = 4
LEAST = 5e-324  # the smallest double above 0
TINY = 1e-290  # a product below this has lost digits, or one that led to it


class Sample(Evaluation):
    """Both passes over a graph at one point, and how far rounding, kinks and stops reach."""

    @cached_property
    def hidden(self) -> list[float]:
        """How far rounding may have moved each adjoint, apart from what moves the values: to first order, by the sum of
        what comes through all edges.
        """
        found = [0.0] * len(self.graph)
        for node in reversed(self.order):
            passed = found[node] + abs(self.adjoints[node])
            if passed and isfinite(passed):
                inputs = self.graph.inputs[node]
                for index, slope in self.edges[node].items():
                    if isfinite(slope):
                        found[inputs[index]] += passed * abs(slope)
        return [8 * EPSILON * total for total in found]

    @cached_property
    def shaken(self) -> list[float]:
        """How far rounding of the values may have moved each adjoint: as far as it moves when each value on the way is
        moved at random by up to two units in its last place. Infinite where the function then has no value.
        """
        moved = [0.0] * len(self.graph)
        for adjoints in _shaken(self):
            moved = [max(m, abs(a - b)) for m, a, b in zip(moved, adjoints, self.adjoints, strict=True)]
        return [SHAKES * m if isfinite(m) else inf for m in moved]

    @cached_property
    def above_bends(self) -> bytearray:
        """Marks the nodes that move one on a kink or a jump to which a gradient other than 0 comes."""
        marks = bytearray(len(self.graph))
        for at in self.bends:
            marks[at.node] = 1
        bends = {at.node for at in self.bends}
        for node in reversed(self.order):
            if marks[node]:
                for index, slope in self.edges[node].items():
                    if slope or node in bends:
                        marks[self.graph.inputs[node][index]] = 1
        return marks

    @cached_property
    def above_edges(self) -> bytearray:
        """Marks the nodes from which a comparison of equal numbers is reached: the edge of a condition."""
        marks = bytearray(len(self.graph))
        for node in reversed(self.order):
            if marks[node] or self.is_undecided(node):
                marks[node] = 1
                for x in self.graph.inputs[node]:
                    marks[x] = 1
        return marks

    @cached_property
    def below_stop(self) -> bytearray:
        """Marks the nodes below an infinite slope at which a gradient of 0 stops, though it is not the derivative."""
        marks = bytearray(len(self.graph))
        first = stop(self)
        for node in reachable(self.graph.inputs, [] if first is None else [first]):
            marks[node] = 1
        return marks


def sample(graph: Graph, at: Mapping[str, float]) -> Sample | None:
    """Both passes at a point; None where the function has no finite value there."""
    try:
        done = forward(graph, graph.leaves_at(at))
    except Fault:
        return None
    targets = (*graph.variables.values(), *graph.steps.values(), *inner_nodes(graph))
    return Sample(graph, done.values, done.order, targets)


def inner_nodes(graph: Graph) -> list[int]:
    """The nodes that are computed, without conditions."""
    return [node for node, inputs in enumerate(graph.inputs) if inputs and not graph.operators[node].condition]


def cut(graph: Graph, node: int, name: str) -> Graph:
    """The graph as a function of a step: a variable in its place."""
    operators, inputs, values = list(graph.operators), list(graph.inputs), dict(graph.values)
    operators[node], inputs[node] = VARIABLE, ()
    used = set(reachable(inputs, [graph.output]))
    for x in range(node):  # what the step alone is made of need not be evaluated any more
        if x not in used and inputs[x]:
            operators[x], inputs[x], values[x] = CONSTANT, (), 0.0
    return Graph(operators, inputs, values, {**graph.names, node: name}, graph.output)


def random_samples(graph: Graph, at: Mapping[str, float], seed: int = 0) -> Iterator[Sample]:
    """Samples at random points near the point and anywhere between -4 and 4, without those on a kink or a jump.

    The points depend on the seed alone. There may be fewer than asked for, where the domain is narrow.
    """
    if not graph.variables:
        return
    random, first = Random(seed), 0
    for _ in range(SAMPLES):
        for attempt in range(first, ATTEMPTS):
            found = sample(graph, _moved(random, at, attempt))
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


def noise(values: Sequence[Any], adjoints: Sequence[float], moved: Sequence[float] | None = None) -> float:
    """How far rounding may have moved the output: eps·Σ|value·adjoint| over the nodes, to first order.

    With `moved`, only over the nodes for which that is not 0.
    """
    products = (
        abs(value * adjoint)
        for node, (value, adjoint) in enumerate(zip(values, adjoints, strict=True))
        if adjoint and isinstance(value, float) and isfinite(adjoint) and (moved is None or moved[node])
    )
    return 2 * EPSILON * sum(products)


def _shaken(here: Sample) -> Iterator[list[float]]:
    """The adjoints with values moved at random, a few times; infinite ones where there is no value then."""
    graph, order, random = here.graph, here.order, Random(0)
    leaves = {node: here.values[node] for node in order if not graph.inputs[node]}
    for _ in range(SHAKES):
        try:
            values = shaken_values(graph, leaves, order, random)
        except (*ARITHMETIC_ERRORS, TypeError):  # TypeError: another branch is taken, which has no value
            yield [inf] * len(graph)
            return
        yield backward(graph, Pass(values, order), here.required)


def shaken_values(graph: Graph, leaves: Mapping[int, float], order: Sequence[int], random: Random) -> list[Any]:
    """The values of these nodes, each that is rounded moved at random by up to two units in its last place."""
    values: list[Any] = [None] * len(graph)
    for node in order:
        inputs, operator = graph.inputs[node], graph.operators[node]
        if inputs:
            arguments = [values[x] for x in inputs]
            value = operator.forward(*arguments)
            if not value and _can_underflow(operator) and all(arguments):
                value = random.choice((-1, 1)) * LEAST
            values[node] = value if _is_exact(operator) else value * (1 + EPSILON * random.uniform(-2, 2))
        else:
            values[node] = leaves[node]
    return values


@cache
def _can_underflow(operator: Operator) -> bool:
    """Whether a result of 0 may be one that is too small for a double: a product, a power, what grows with itself."""
    return operator.precedence in (PRODUCT, POWER) or any(text.startswith("out") for text in operator.formulas)


@cache
def _is_exact(operator: Operator) -> bool:
    """Whether the result is never rounded: a condition, a constant, or one of the arguments up to its sign."""
    rules = [branch.partials for branch in operator.branches] or [operator.formulas]
    return bool(
        operator.condition
        or operator.ties
        or operator.chooses
        or all({*rule} <= {"0", "1", "-1"} and len(rule) - rule.count("0") <= 1 for rule in rules)
    )
