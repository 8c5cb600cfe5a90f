"""What a number of a result is measured by where it is 0: the largest of what it is the sum of."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import inf, isfinite
from typing import Any

from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.api import Result
from gradcli.engine.evaluation import Evaluation
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from tests.helpers import oracle

# A sum is as large as its terms, and what takes its sign away leaves it as large as it was.
SUMS = ("add", "sub", "sum", "abs", "neg")
PICKS = ("min", "max", "clip", "relu")  # no larger than what they pick, on either side of 0


def size_of(result: Result, name: str) -> Any:
    """The largest product that a gradient of 0 is the sum of, wherever it cancels; of a value, the largest term."""
    here = result.evaluation
    if not name:
        return terms(here)[here.graph.output]
    target = next(node for node in here.targets if here.graph.names[node] == name)
    tangents, largest = here.tangents({target: 1.0}), 0.0
    for node, slopes in enumerate(here.edges):
        for index, slope in slopes.items():
            product = abs(here.adjoints[node] * slope * tangents[here.graph.inputs[node][index]])
            largest = max(largest, product if isfinite(product) else 0.0)
    return mpf(largest)


def exact_size(graph: Graph, at: Mapping[str, Any], name: str, digits: int, look: oracle.Look) -> Any:
    """The same of a gradient with so many digits: what doubles add may be nothing beside what is to be added."""
    with mp.workdps(digits):
        values, tangents = oracle.sweep_of_all(graph, at, name, look=look)
        adjoints, largest = [mpf(node == graph.output) for node in range(len(graph))], mpf(0)
        for node in reversed(range(len(graph))):
            operator, inputs = graph.operators[node].name, graph.inputs[node]
            arguments = look((node,), operator, [values[x] for x in inputs])
            for index, x in enumerate(inputs) if adjoints[node] else ():
                passed = adjoints[node] * (oracle.slope(operator, arguments, index) or 0)
                adjoints[x] += passed
                largest = max(largest, abs(passed * (tangents[x] or 0)))
        return largest


def terms(here: Evaluation) -> list[Any]:
    """By node the largest term that its value is the sum of, of a product the product of its factors' terms, be that
    beyond doubles.
    """
    found = [(mpf(0), mpf(0))] * len(here.graph)  # how far below 0 and above it that may go
    for node, value in enumerate(here.values):
        number = mpf(value) if value is not None and isfinite(value) else mpf(0)
        below = [found[x] for x in here.graph.inputs[node]]
        if here.graph.operators[node].name in PICKS:
            ends = [here.graph.operators[node].forward(*side) for side in zip(*below, strict=True)]
            found[node] = min(mpf(0), number, *ends), max(mpf(0), number, *ends)
        else:
            through = _through(here, node, [max(-low, high) for low, high in below])
            size = max(abs(number), through if mp.isfinite(through) else mpf(0))
            found[node] = -size, size
    return [max(-low, high) for low, high in found]


def _through(here: Evaluation, node: int, sizes: Sequence[Any]) -> Any:
    """The term that comes to a node from those of its arguments."""
    operator, through = here.graph.operators[node], max(sizes, default=mpf(0))
    if operator.name == "mul":
        return sizes[0] * sizes[1]
    if operator.name == "div":
        return sizes[0] / abs(here.values[here.graph.inputs[node][1]] or 1.0)
    if len(sizes) == 1 and operator.name not in SUMS:
        return min(through, _reached(operator, float(through)))
    return through


def _reached(operator: Operator, term: float) -> float:
    """How large a function is where its argument is as large as a term, or 1; of one that ends there it is not told."""
    reached = []
    for x in (-term, -min(term, 1.0), min(term, 1.0), term):
        with suppress(ArithmeticError, ValueError):
            reached.append(abs(operator.forward(x)))
    return max(reached, default=inf)
