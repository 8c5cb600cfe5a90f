"""What the error of a number is measured against whose true value is 0: the largest term that it is the sum of."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from math import isfinite

from gradcli.engine.digits.balls import ZERO, Ball
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.propagation import PRODUCT, QUOTIENT, kind
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Graph
from gradcli.operators.records import Operator

# How far a value may go below 0 and above it, as its terms are large.
Range = tuple[Decimal, Decimal]


def sizes(graph: Graph, found: Exact) -> Mapping[int, Decimal]:
    """By node the size of each value that may be 0."""
    known: dict[int, Range] = {}

    def range_(node: int) -> Range:
        number = found.values[node]
        size = number.size if isinstance(number, Ball) else ZERO
        return known[node] if any(known.get(node, ())) else (-size, size)

    for node in found.terms:  # in the order of evaluation
        known[node] = _range(graph.operators[node], [range_(x) for x in graph.inputs[node]])
    return {node: max(-low, high) for node, (low, high) in known.items()}


def _range(operator: Operator, terms: Sequence[Range]) -> Range:
    """Of a function of one argument, and of one that picks an argument, no more than it reaches: of tanh 1, of relu
    nothing below 0.
    """
    size = _size(operator, [max(-low, high) for low, high in terms])
    has_corners = len(terms) == 1 or operator.ties or operator.branches
    reached = _reached(operator, terms) if has_corners else []
    if not any(reached):
        return -size, size
    return max(-size, min(ZERO, *reached)), min(size, max(ZERO, *reached))


def _reached(operator: Operator, terms: Sequence[Range]) -> Sequence[Decimal]:
    """What a function becomes as its arguments go from 0 as far as their terms are large, or as far as 1; nothing where
    that is beyond doubles.
    """
    reached = []
    for side, one in ((0, max), (1, min)):
        ends = [float(term[side]) for term in terms]
        for point in (ends, [one(end, 2.0 * side - 1) for end in ends]):
            with suppress(*ARITHMETIC_ERRORS):
                reached.append(float(operator.forward(*point)))
    return list(map(Decimal, reached)) if all(map(isfinite, reached)) else []


def _size(operator: Operator, terms: Sequence[Decimal]) -> Decimal:
    """Of a product the product of its factors' terms, of a remainder no more than the divisor, else the largest."""
    passes, _ = kind(operator)
    if passes == PRODUCT:
        return terms[0] * terms[1]
    if passes == QUOTIENT:
        return min(terms[0] / terms[1], max(terms)) if terms[1] else max(terms)
    return min(terms) if operator.jump == "out" else max(terms)


def of_value(graph: Graph, found: Exact, known: Mapping[int, Decimal]) -> Decimal:
    """What the error of the output's value is measured against."""
    return abs(found.values[graph.output].middle) or known.get(graph.output, ZERO)


def of_gradient(graph: Graph, found: Exact, known: Mapping[int, Decimal], target: int, at: Decimal) -> Decimal:
    """The same of a slope of 0 for a target that is `at`.

    A slope may be the sum of terms that are large beyond measure, or of none but what stands for a 0; its error counts
    where the value, moved by it as far as the variable is large, would have lost its digits.
    """
    value = of_value(graph, found, known)
    by_value = min(found.largest[target], value / abs(at)) if at else found.largest[target]
    return max(by_value, min(_largest_product(graph, found, target), value))


def _largest_product(graph: Graph, found: Exact, target: int) -> Decimal:
    """The largest of the products of which the slope for a target is the sum, without what a 0 may stand for."""
    largest = [ZERO] * len(graph)
    for (node, index), slope in found.slopes.items():  # in the order of the backward pass
        adjoint, x = found.adjoints[node], graph.inputs[node][index]
        product = abs(slope.middle * adjoint.middle) if adjoint else ZERO
        largest[x] = max(largest[x], product or abs(slope.middle) * largest[node])
    return largest[target]
