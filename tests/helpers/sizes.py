"""What a number of a result is measured by where it is 0: the largest of what it is the sum of."""

from contextlib import suppress
from math import inf, isfinite

from gradcli.api import Result
from gradcli.engine.evaluation import Evaluation
from gradcli.operators.records import Operator

# A sum is as large as its terms, and what takes its sign away leaves it as large as it was.
SUMS = ("add", "sub", "sum", "abs", "neg", "relu")


def size_of(result: Result, name: str) -> float:
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
    return largest


def terms(here: Evaluation) -> list[float]:
    """By node the largest term that its value is the sum of, of a product the product of its factors' terms."""
    found = [0.0] * len(here.graph)
    for node, value in enumerate(here.values):
        below, operator = [found[x] for x in here.graph.inputs[node]], here.graph.operators[node]
        size = abs(value) if value is not None and isfinite(value) else 0.0
        through = max(below, default=0.0)
        if operator.name == "mul":
            through = below[0] * below[1]
        elif operator.name == "div":
            through = below[0] / abs(here.values[here.graph.inputs[node][1]] or 1.0)
        elif len(below) == 1 and operator.name not in SUMS:
            through = min(through, _reached(operator, through))
        found[node] = max(size, through if isfinite(through) else 0.0)
    return found


def _reached(operator: Operator, term: float) -> float:
    """How large a function is where its argument is as large as a term, or 1; of one that ends there it is not told."""
    reached = []
    for x in (-term, -min(term, 1.0), min(term, 1.0), term):
        with suppress(ArithmeticError, ValueError):
            reached.append(abs(operator.forward(x)))
    return max(reached, default=inf)
