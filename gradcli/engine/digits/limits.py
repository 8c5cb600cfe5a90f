"""Limits: what numbers come to that are seen at shrinking distances."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import inf

SAME = Decimal("1e-9")  # relative: two numbers at different distances that are one limit
NOTHING = Decimal("0.2")  # a limit that is less than this of a number at 1e-60 is 0
CLOSE, SAFE = Decimal("1e-6"), 9  # how near numbers are to a limit that is extrapolated, and its digits
SHRINKS = Decimal("0.4")  # how differences shrink towards a limit: x^0.05 by 0.32
GROWS = Decimal("1.05")  # how numbers grow that have no limit: log(x) by 1.2
LARGE = 20  # and what they come to: above what sin(1/x) may do by chance


def limit(numbers: Sequence[Decimal]) -> float | None:
    """What numbers come to, an infinity included; None where that is not seen."""
    last, before = numbers[-1], numbers[-2]
    if abs(last - before) <= SAME * abs(last):
        return float(last) + 0.0  # no -0
    pairs = list(pairwise(numbers))
    if abs(last) > LARGE and all(x * y > 0 and abs(y) > GROWS * abs(x) for x, y in pairs):
        return inf if last > 0 else -inf
    moves = [y - x for x, y in pairs]
    if not all(abs(y) <= SHRINKS * abs(x) for x, y in pairwise(moves)):
        return None
    end = last + moves[-1] * moves[-1] / (moves[-2] - moves[-1])  # Aitken's: of a power, its very limit
    if abs(end) <= NOTHING * max(abs(last), abs(moves[-1])):
        return 0.0
    return float(f"{end:.{SAFE}g}") if abs(moves[-1]) <= CLOSE * abs(last) else None
