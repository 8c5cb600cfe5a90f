"""What IEEE 754 has: the results of operations where Python's own arithmetic raises, and its least normal number."""

import math
import sys

NORMAL = sys.float_info.min  # a smaller double has not all its 53 bits


def not_a_number(*_: float) -> float:
    """The IEEE 754 result of an operation that has none."""
    return math.nan


def infinity(*arguments: float) -> float:
    """The IEEE 754 result of a positive overflow."""
    return math.nan if any(map(math.isnan, arguments)) else math.inf


def signed_infinity(x: float) -> float:
    """The IEEE 754 result of an overflow with the sign of the argument."""
    return math.copysign(math.inf, x)


def total_exceptional(*arguments: float) -> float:
    """The IEEE 754 result of a sum of infinities, or of one that is too large."""
    infinite = [x for x in arguments if not math.isfinite(x)]
    return sum(infinite) if infinite else math.copysign(math.inf, sum(x / len(arguments) for x in arguments))


def divide_exceptional(x: float, y: float) -> float:
    """The IEEE 754 result of x / 0."""
    if x == 0 or math.isnan(x):
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1.0, y)


def power_exceptional(x: float, y: float) -> float:
    """The IEEE 754 result of x^y at the pole 0^-n, for a root of a negative number, and on overflow."""
    odd = math.fmod(y, 2.0) in (1.0, -1.0)
    if x < 0 and y != math.floor(y):
        return math.nan
    return math.copysign(math.inf, x) if odd else math.inf


def log_exceptional(x: float) -> float:
    """The IEEE 754 result of a logarithm (of any base) at 0 and below."""
    return -math.inf if x == 0 else math.nan


def log_base_exceptional(x: float, base: float) -> float:
    """An infinity at x = 0, and for an infinite x beside the base 0."""
    if base == 0 and x == math.inf:
        return -math.inf
    return -math.inf / math.log(base) if x == 0 and base > 0 and base != 1 else math.nan


def log1p_exceptional(x: float) -> float:
    """The IEEE 754 result of log1p at -1 and below."""
    return -math.inf if x == -1 else math.nan


def atanh_exceptional(x: float) -> float:
    """The IEEE 754 result of atanh at its poles 1 and -1 and outside."""
    return math.copysign(math.inf, x) if abs(x) == 1 else math.nan
