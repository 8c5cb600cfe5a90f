"""The function and its gradient at many points, by both passes at each. Nothing else here evaluates."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import isfinite, nan
from typing import Any, NamedTuple

from gradcli.engine.doubles import kinks, rules
from gradcli.engine.doubles.passes import Fault, Tape, backward, forward
from gradcli.graph import Graph
from gradcli.operators.records import Operator


class Found(NamedTuple):
    """What there is at a point: NaN where the function has no value, or a slope is not finite.

    `branches` says which way everything goes that has ways: it changes where the function may bend or jump.
    """

    value: float
    slopes: tuple[float, ...]
    branches: tuple[Any, ...] = ()


class Points:
    """A graph as a function of the variables in `over`; the others have the values of `at`.

    `targets` are the nodes by which it is derived.
    """

    def __init__(self, graph: Graph, at: Mapping[str, float], over: Sequence[str], targets: Sequence[int]) -> None:
        self.graph = graph
        self.moving = [graph.variables[name] for name in over]
        self.targets = targets
        self._leaves = graph.leaves_at({**at, **dict.fromkeys(over, nan)})
        self._required = graph.requires_gradient(targets)
        moved, used, operators = graph.dependents(self.moving), graph.used(), graph.operators
        self._turning = [
            node
            for node, operator in enumerate(operators)
            if moved[node] and used[node] and (operator.condition or kinks.may_bend(operator) or _gaps(operator))
        ]

    def at(self, places: Iterable[Sequence[float]]) -> list[Found]:
        """The function at these places, each with a number for every variable in `over`."""
        return list(map(self._at, places))

    def _at(self, place: Sequence[float]) -> Found:
        leaves = self._leaves | dict(zip(self.moving, place, strict=True))
        try:
            done = forward(self.graph, leaves)
        except Fault:
            return Found(nan, (nan,) * len(self.targets))
        adjoints = backward(Tape(self.graph, done.values, done.order, self._required))
        slopes = tuple(adjoints[node] if isfinite(adjoints[node]) else nan for node in self.targets)
        return Found(
            float(done.values[self.graph.output]), slopes, tuple(self._way(node, done.values) for node in self._turning)
        )

    def _way(self, node: int, values: Sequence[Any]) -> Any:
        """Which way a node goes: its truth, its branch, its first extreme argument, its step."""
        operator, value = self.graph.operators[node], values[node]
        if value is None or operator.condition or operator.is_flat:
            return value
        arguments = [values[x] for x in self.graph.inputs[node]]
        if operator.ties:
            return arguments.index(value)
        if operator.branches:
            return rules.taken(operator, arguments)
        return tuple(rules.expression(gap, operator.parameters, total=True)(*arguments) for gap in _gaps(operator))


@cache
def _gaps(operator: Operator) -> tuple[str, ...]:
    """What is true on one side alone of where an operator has no value: a pole or a hole that no sample may meet."""
    return tuple(condition.replace("!=", ">") for condition in operator.domain if "!=" in condition)
