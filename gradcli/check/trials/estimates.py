"""How far rounding may have moved what the passes computed, and where it may not matter: estimates to first order."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from math import inf, isfinite
from operator import mul
from random import Random
from typing import Any

from gradcli.engine.doubles.passes import Tape, all_slopes, backward
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.engine.evaluation import Evaluation
from gradcli.graph import Graph
from gradcli.operators.records import Operator

EPSILON = 2.0**-52
TINY = 1e-290  # a product below this has lost digits, or one that led to it
SHAKES = 4
_ASIDE = 1e-9  # relative: so far beside a zero a function is no longer 0
_SMALLEST = 5e-324  # the smallest double above 0


def noise(here: Evaluation, moved: Sequence[float] | None = None) -> float:
    """How far rounding may have moved the output: eps·Σ|value·adjoint| over the nodes.

    With `moved`, only over the nodes for which that is not 0.
    """
    products = (
        abs(value * adjoint)
        for node, (value, adjoint) in enumerate(zip(here.values, here.adjoints, strict=True))
        if adjoint and isinstance(value, float) and isfinite(adjoint) and (moved is None or moved[node])
    )
    return 2 * EPSILON * sum(products)


def bounded(here: Tape) -> tuple[Sequence[Any], list[float]]:
    """The value of each node, and how far rounding may have moved it: as `noise` has it, or more where that cancels."""
    sizes = [abs(value) if isinstance(value, float) else 0.0 for value in here.values]
    slopes, all_inputs = all_slopes(here), here.graph.inputs
    for node in here.order:
        inputs = all_inputs[node]
        if len(inputs) == 2:  # most nodes of most graphs
            (x, y), (dx, dy) = inputs, slopes[node]
            passed = abs(dx) * sizes[x] + abs(dy) * sizes[y]
        else:
            passed = sum(map(mul, map(abs, slopes[node]), [sizes[x] for x in inputs]))
        if not passed < inf:
            passed = sum(abs(d) * sizes[x] for x, d in zip(inputs, slopes[node], strict=True) if isfinite(d))
        sizes[node] += passed
    return here.values, [2 * EPSILON * size for size in sizes]


def adjoints_bounded(here: Evaluation) -> tuple[list[float], list[float]]:
    """Each adjoint, and how far rounding may have moved it, apart from what moves the values: by the sum of what comes
    through all edges.
    """
    graph, required, all_inputs = here.graph, here.required, here.graph.inputs
    tape = Tape(graph, here.values, here.order, required)
    slopes = all_slopes(tape)
    adjoints, found = [0.0] * len(graph), [0.0] * len(graph)
    adjoints[graph.output] = float(required[graph.output])
    for node in reversed(here.order):
        adjoint = adjoints[node]
        passed = found[node] + abs(adjoint)
        if not passed:
            continue
        inputs = all_inputs[node]
        if len(inputs) == 2:  # most nodes of most graphs
            (x, y), (dx, dy) = inputs, slopes[node]
            adjoints[x] += adjoint * dx
            adjoints[y] += adjoint * dy
            found[x] += passed * abs(dx)
            found[y] += passed * abs(dy)
        else:
            for x, slope in zip(inputs, slopes[node], strict=True):
                adjoints[x] += adjoint * slope
                found[x] += passed * abs(slope)
    if isfinite(sum(adjoints)) and isfinite(sum(found)):
        return adjoints, [8 * EPSILON * total for total in found]
    adjoints = backward(tape)
    return adjoints, _hidden(here, adjoints, slopes)


def _hidden(here: Evaluation, adjoints: Sequence[float], slopes: Sequence[Sequence[float]]) -> list[float]:
    """The same where something is not finite: through the edges whose slope is."""
    found, all_inputs = [0.0] * len(here.graph), here.graph.inputs
    for node in reversed(here.order):
        passed, inputs = found[node] + abs(adjoints[node]), all_inputs[node]
        if not passed < inf:
            continue
        for x, slope in zip(inputs, slopes[node], strict=True):
            found[x] += passed * abs(slope) if -inf < slope < inf else 0.0
    return [8 * EPSILON * total for total in found]


def shaken(here: Evaluation) -> list[float]:
    """How far rounding of the values may have moved each adjoint: as far as it moves when each value on the way is
    moved at random by up to two units in its last place. Infinite where the function then has no value.
    """
    return _moved(here, SHAKES)


def shaken_once(here: Evaluation) -> list[float]:
    """The same by one try, from which it is known to an order of magnitude."""
    return _moved(here, 1)


def _moved(here: Evaluation, tries: int) -> list[float]:
    moved = [0.0] * len(here.graph)
    for adjoints in islice(_shaken(here), tries):
        moved = [max(m, abs(a - b)) for m, a, b in zip(moved, adjoints, here.adjoints, strict=True)]
    return [SHAKES * m if isfinite(m) else inf for m in moved]


def _shaken(here: Evaluation) -> Iterator[list[float]]:
    """The adjoints with values moved at random, a few times; infinite ones where there is no value then."""
    graph, order, random = here.graph, here.order, Random(0)
    leaves = {node: here.values[node] for node in order if not graph.inputs[node]}
    for _ in range(SHAKES):
        try:
            values = shaken_values(graph, leaves, order, random)
        except (*ARITHMETIC_ERRORS, TypeError):  # TypeError: another branch is taken, which has no value
            yield [inf] * len(graph)
            return
        yield backward(Tape(graph, values, order, here.required))


def shaken_values(graph: Graph, leaves: Mapping[int, float], order: Sequence[int], random: Random) -> list[Any]:
    """The values of these nodes, each that is rounded moved at random by up to two units in its last place."""
    values: list[Any] = [None] * len(graph)
    exact = {operator for operator in set(graph.operators) if _is_exact(operator)}
    operators, all_inputs, draw = graph.operators, graph.inputs, random.random
    for node in order:
        inputs, operator = all_inputs[node], operators[node]
        if not inputs:
            values[node] = leaves[node]
            continue
        if len(inputs) == 2:  # most nodes of most graphs
            x, y = inputs
            value = operator.forward(values[x], values[y])
        else:
            value = operator.forward(*[values[x] for x in inputs])
        if operator not in exact:
            if not value:
                value = _zero(value, operator, [values[x] for x in inputs], random)
            value *= 1 + EPSILON * (4 * draw() - 2)
        values[node] = value
    return values


def _zero(value: Any, operator: Operator, arguments: Sequence[Any], random: Random) -> Any:
    """A value of 0, or one beside it where it is too small for a double."""
    if all(arguments) and _is_zero_around(operator, arguments):
        return random.choice((-1, 1)) * _SMALLEST
    return value


def _is_zero_around(operator: Operator, arguments: Sequence[float]) -> bool:
    """Whether a value of 0 stays 0 beside these arguments: then it is none of the function's zeros, but too small for
    a double. The arguments are moved by different parts of themselves, so that a difference of equal ones moves too.
    """
    for step in (-_ASIDE, _ASIDE):
        with suppress(*ARITHMETIC_ERRORS):
            if operator.forward(*(x * (1 + step * place) for place, x in enumerate(arguments, 1))):
                return False
    return True


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


def has_value(graph: Graph, leaves: Mapping[int, float], node: int) -> bool:
    """Whether a node has a value if the values before it are moved at random."""
    for seed in range(4 * SHAKES):
        try:
            shaken_values(graph, leaves, range(node + 1), Random(seed))
        except (*ARITHMETIC_ERRORS, TypeError):
            continue
        return True
    return False


def spread(here: Evaluation, tangents: Sequence[float]) -> float:
    """The contributions of all edges to the derivative in a direction, without their signs: what its rounding is in
    proportion to. `tangents` are those of all nodes in this direction.
    """
    flows = (abs(adjoint * slope * tangent) for adjoint, slope, tangent in _factors(here, tangents) if tangent)
    return sum(flow for flow in flows if isfinite(flow))


def underflows(here: Evaluation, tangents: Sequence[float]) -> bool:
    """Whether a product of either mode is too small for all digits of a double."""
    return any(
        factor and slope and abs(factor * slope) < TINY
        for adjoint, slope, tangent in _factors(here, tangents)
        for factor in (adjoint, tangent)
    )


def _factors(here: Evaluation, tangents: Sequence[float]) -> Iterator[tuple[float, float, float]]:
    """Adjoint, slope and tangent of each edge."""
    for node in here.order:
        inputs = here.graph.inputs[node]
        for index, slope in here.edges[node].items():
            yield here.adjoints[node], slope, tangents[inputs[index]]
