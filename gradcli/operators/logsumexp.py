"""logsumexp and its slopes."""

import math
from collections.abc import Sequence

from gradcli.operators.fixed import powers, to_fixed
from gradcli.operators.functions import maximum


def logsumexp(*arguments: float) -> float:
    """The logarithm of Σ e^xᵢ as max + log(1 + the other weights), in fixed point where that cancels."""
    largest = max(arguments)
    if math.isinf(largest):
        return maximum(*arguments)
    grown = math.log1p(math.fsum([-1.0, *_weights(arguments, largest)]))
    if -2 * grown < largest < 0:
        return _logsumexp_at_zero(arguments)
    return largest + grown


def softmax(arguments: Sequence[float], _out: float) -> list[float]:
    """The slopes of logsumexp."""
    weights = _weights(arguments, max(arguments))
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def _weights(arguments: Sequence[float], largest: float) -> list[float]:
    """e^(xᵢ − max); what rounding the difference loses (Knuth's two-sum) is put back as a factor."""
    weights = []
    for x in arguments:
        d = x - largest
        back = d - x
        weight = math.exp(d)
        weights.append(weight + weight * (x - (d - back) - (largest + back)) if weight else 0.0)
    return weights


def _logsumexp_at_zero(arguments: Sequence[float]) -> float:
    """log1p(Σ e^xᵢ − 1).

    Near the zero the largest term falls short of 1 by what the others add, so 160 bits are kept of the second largest.
    The series of e^x has terms up to e^|x|, for which there are guard bits; a far smaller e^x may be a rounded float.
    """
    second = sorted(arguments)[-2]
    bits = 160 - 2 * int(second)
    total = 0
    for x in arguments:
        if x > second - 45:
            guard = 8 - 2 * int(x)
            total += sum(powers(to_fixed(x, bits + guard), bits + guard)) >> guard
        else:
            total += to_fixed(math.exp(x), bits)
    one = 1 << bits
    return math.log1p((total - one) / one) if 2 * total > one else math.log(total / one)
