"""How much of a formula's number is rounding: estimated to first order, by one backward pass over the formula.

An estimate, not a bound: errors are added up without their signs, and the point's numbers are taken as exact.
"""

from math import isnan
from sys import float_info

from gradcli.engine.evaluation import Evaluation

LOST = 1e-6  # a number is noted where rounding is more than this part of it
FEW_BITS = 2.0**20  # multiples of its inverse below 2^30 have room for their sums and most of their products


def rounding(here: Evaluation, root: int) -> float:
    """The sum of eps |adjoint value| over the operations that a root is made of, all rounded once.

    That is the first-order running error of Higham, Accuracy and Stability of Numerical Algorithms, section 3.3,
    found in reverse. All operations require a gradient. Linear in the size of the root's formula.
    """
    total = 0.0
    for node, adjoint in here.adjoints_from(root).items():
        if adjoint and here.required[node] and not _is_exact(here, node):
            error = abs(adjoint * here.values[node])
            total += 0.0 if isnan(error) else error
    return float_info.epsilon * total


def _is_exact(here: Evaluation, node: int) -> bool:
    """Whether nothing is rounded: a choice, a sign, or among numbers of few bits an infix operation or a call at 0."""
    operator, arguments = here.graph.operators[node], here.arguments(node)
    if operator.chooses or (len(arguments) == 1 and operator.symbol):
        return True
    if not operator.symbol and any(arguments):
        return False
    return all(abs(n) < 2.0**30 and (n * FEW_BITS).is_integer() for n in (*arguments, here.values[node]))
