"""Exact sums of doubles, rounded once: the same whatever the order of the numbers and the size of the blocks.

Every double is a whole number of the smallest one, 2⁻¹⁰⁷⁴, so a sum is one whole number, which Python has exactly.
"""

from math import frexp
from typing import Any

from gradcli.batch.engine import Column

_SMALLEST = 1074  # of 2⁻¹⁰⁷⁴
_DIGITS = 53  # bits of a double
_LARGEST = 1023  # the exponent of the largest double
_BLOCK = 1 << 13  # numbers that stay in cache while their digits are taken


class ExactSum:
    """A sum so far. Two of them are added as numbers are, and can be sent from one process to another."""

    def __init__(self, total: int = 0) -> None:
        self.total = total

    def add(self, column: Column) -> None:
        """Add finite numbers: a list, or an array of doubles."""
        if isinstance(column, list):
            self.total += sum(map(_whole, column))
            return
        for begin in range(0, len(column), _BLOCK):
            self.total += _of_block(column[begin : begin + _BLOCK])

    def merge(self, other: "ExactSum") -> None:
        """Add another sum."""
        self.total += other.total

    def over(self, count: int) -> float:
        """The sum divided by a number of rows, correctly rounded: 1 gives the sum itself. Infinite beyond doubles."""
        try:
            return self.total / (count << _SMALLEST)
        except OverflowError:
            return float("inf") if self.total > 0 else float("-inf")


def _whole(number: float) -> int:
    """A double in units of the smallest one."""
    mantissa, exponent = frexp(number)
    shift = exponent - _DIGITS + _SMALLEST
    whole = int(mantissa * 2.0**_DIGITS)
    return whole << shift if shift >= 0 else whole >> -shift


def _of_block(numbers: Any) -> int:
    """The sum of an array, by the leading digits of all numbers at once, then those that are left, until none are.

    `(s + x) - s` has the digits of x above the last one of s, exactly, and the sum of as many of them as the block has
    is exact too, where s is so much larger than the largest x (ExtractVector of S. M. Rump, T. Ogita and S. Oishi,
    Accurate floating-point summation part I, SIAM J. Sci. Comput. 31, 2008).
    """
    import numpy

    total, room = 0, len(numbers).bit_length()
    largest = max(float(numbers.max()), -float(numbers.min()))
    while largest:
        exponent = frexp(largest)[1] + room
        if exponent > _LARGEST:
            return total + sum(map(_whole, numbers.tolist()))
        split = 2.0**exponent
        leading = numbers + split
        leading -= split
        total += _whole(float(leading.sum()))
        numbers = numbers - leading
        largest = float(numpy.abs(numbers).max())
    return total
