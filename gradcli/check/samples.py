"""The graph at a point: values, adjoints, local derivatives; and random points of its domain, always the same ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from random import Random
from typing import Any

from gradcli.evaluate import Fault, Pass, backward, forward, local_derivatives, requires_gradient
from gradcli.graph import Graph
from gradcli.kinks import AtKink, kinks

SAMPLES = 20  # random points
ATTEMPTS = 25  # for each of them
EPSILON = 2.0**-52


@dataclass(frozen=True, slots=True)
class Sample:
    """Both passes over a graph at one point. `edges` has for each node pairs (index of input, local derivative)."""

    graph: Graph
    at: Mapping[str, float]
    forward_pass: Pass
    adjoints: list[float]
    edges: list[list[tuple[int, float]]]
    bends: list[AtKink]

    @property
    def values(self) -> list[Any]:
        """Each node's value, None where it was not evaluated."""
        return self.forward_pass.values

    def tangents(self, target: int) -> list[float]:
        """∂node/∂target for each node."""
        found = [0.0] * len(self.graph)
        found[target] = 1.0
        for node in self.forward_pass.order:
            if node > target:
                inputs = self.graph.inputs[node]
                for index, slope in self.edges[node]:
                    if found[inputs[index]]:
                        found[node] += slope * found[inputs[index]]
        return found


def sample(graph: Graph, at: Mapping[str, float]) -> Sample | None:
    """Both passes at a point; None where the function has no finite value there."""
    leaves = {node: at[name] for name, node in graph.variables.items()} | dict(graph.values)
    try:
        forward_pass = forward(graph, leaves)
    except Fault:
        return None
    required = requires_gradient(graph, [*graph.variables.values(), *graph.steps.values(), *_inner(graph)])
    adjoints = backward(graph, forward_pass, required)
    edges: list[list[tuple[int, float]]] = [[] for _ in range(len(graph))]
    for node in forward_pass.order:
        if graph.inputs[node]:
            edges[node] = local_derivatives(graph, forward_pass.values, node, required)
    return Sample(graph, at, forward_pass, adjoints, edges, list(kinks(graph, forward_pass, adjoints, required)))


def _inner(graph: Graph) -> list[int]:
    return [node for node, inputs in enumerate(graph.inputs) if inputs and not graph.operators[node].condition]


def random_samples(graph: Graph, at: Mapping[str, float], seed: int = 0) -> Iterator[Sample]:
    """Samples at random points near the point and anywhere between -4 and 4, without those on a kink or a jump.

    The points depend on the seed alone. There may be fewer than asked for, where the domain is narrow.
    """
    if not graph.variables:
        return
    random = Random(seed)
    for _ in range(SAMPLES):
        for attempt in range(ATTEMPTS):
            found = sample(graph, {name: _moved(random, value, attempt) for name, value in at.items()})
            if found and not found.bends and all(map(isfinite, found.adjoints)):
                yield found
                break


def _moved(random: Random, value: float, attempt: int) -> float:
    if random.random() < 0.3 + 0.02 * attempt:
        return value * random.uniform(0.6, 1.4) + random.uniform(-0.1, 0.1)
    if random.random() < 0.4:
        return random.uniform(0.1, 3.0)
    return random.uniform(-4.0, 4.0)


def noise(values: list[Any], adjoints: list[float]) -> float:
    """How far rounding may have moved the output: eps·Σ|value·adjoint| over the nodes, to first order."""
    return (
        2
        * EPSILON
        * sum(
            abs(value * adjoint)
            for value, adjoint in zip(values, adjoints, strict=True)
            if adjoint and isinstance(value, float) and isfinite(value)
        )
    )
