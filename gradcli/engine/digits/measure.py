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


def sizes(graph: Graph, found: Exact) -> Mapping[int, Decimal]:
    """By node the size of each value that may be 0."""
    known: dict[int, Decimal] = {}

    def size(node: int) -> Decimal:
        number = found.values[node]
        return known.get(node) or number.size if isinstance(number, Ball) else ZERO

    for node in found.terms:  # in the order of evaluation
        inputs = graph.inputs[node]
        known[node] = _size(graph.operators[node], [size(x) for x in inputs])
        if len(inputs) == 1 and inputs[0] in known:
            known[node] = min(known[node], _reached(graph.operators[node], float(known[node])))
    return known


def _reached(operator: Operator, term: float) -> Decimal:
    """How large a function becomes as its argument moves from 0 as far as the term is large: tanh no more than 1."""
    reached = [0.0]
    for x in (term, min(term, 1.0)):
        for sign in (-1.0, 1.0):
            with suppress(*ARITHMETIC_ERRORS):
                reached.append(abs(operator.forward(sign * x)))
    return Decimal(max(reached)) if isfinite(max(reached)) and any(reached) else Decimal("Infinity")


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
