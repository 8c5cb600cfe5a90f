"""What a number of a result is measured by where it is 0: the largest of what it is the sum of."""

from math import isfinite

from gradcli.api import Result
from gradcli.engine.evaluation import Evaluation

# A sum is as large as its terms, and what takes its sign away leaves it as large as it was.
SUMS = ("add", "sub", "abs", "neg", "relu")


def size_of(result: Result, name: str) -> float:
    """The largest product that a gradient of 0 is the sum of, wherever it cancels; of a value, the largest term."""
    here = result.evaluation
    if not name:
        return max(x for x in _terms(here) if isfinite(x))
    target = next(node for node in here.targets if here.graph.names[node] == name)
    tangents, largest = here.tangents({target: 1.0}), 0.0
    for node, slopes in enumerate(here.edges):
        for index, slope in slopes.items():
            product = abs(here.adjoints[node] * slope * tangents[here.graph.inputs[node][index]])
            largest = max(largest, product if isfinite(product) else 0.0)
    return largest


def _terms(here: Evaluation) -> list[float]:
    """By node the largest term that its value is the sum of, of a product the product of its factors' terms."""
    terms = [0.0] * len(here.graph)
    for node, value in enumerate(here.values):
        below, name = [terms[x] for x in here.graph.inputs[node]], here.graph.operators[node].name
        size = abs(value) if value is not None and isfinite(value) else 0.0
        through = below[0] * below[1] if name == "mul" else max(below) if name in SUMS else 0.0
        terms[node] = max(size, through)
    return terms
