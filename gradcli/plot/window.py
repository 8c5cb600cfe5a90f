"""What of a curve is shown: a range of values that a pole or a spike does not blow up, and the curve cut to it."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

Place = tuple[float, float]  # x and y
Window = tuple[float, float]  # from and to

LARGEST = 1e300  # differences of larger numbers overflow
TAIL = 0.1  # the part of the values at each end that a pole may blow up
SPIKE = 50.0  # times the spread of the other values: what is larger is cut off
LEAST = 1e-290  # a smaller difference has parts that are 0
FLAT = 1e-9  # relative: values that differ by less are the same but for rounding
MARGIN = 0.05


def spread(values: Sequence[float], diverges: bool = False) -> Window:
    """The smallest and largest of the values; without their tails where the curve has a pole or a spike.

    What is left then gets as much room again on both sides, as far as there are values.
    """
    known = sorted(min(max(x, -LARGEST), LARGEST) for x in values if isfinite(x))
    if not known:
        return 0.0, 0.0
    least, most = known[0], known[-1]
    low, high = known[int(TAIL * (len(known) - 1))], known[-1 - int(TAIL * (len(known) - 1))]
    if high > low and (diverges or most - least > SPIKE * (high - low)):
        return max(least, low - (high - low)), min(most, high + (high - low))
    return least, most


def framed(window: Window, *others: float) -> Window:
    """A window that holds some other values too, with a margin; one of a constant has room on both sides."""
    low, high = (choose(*window, *filter(isfinite, others)) for choose in (min, max))
    room = MARGIN * (high - low)
    if high - low <= max(FLAT * max(abs(low), abs(high)), LEAST):
        room = max(1.0, abs(high) / 2)
    return low - room, high + room


def clipped(line: Sequence[Place], window: Window) -> list[list[Place]]:
    """The parts of a line of at least one point that lie in the window."""
    low, high = window
    parts: list[list[Place]] = [[line[0]]] if low <= line[0][1] <= high else []
    inside = bool(parts)
    for one, other in pairwise(line):
        cut = _cut(one, other, low, high)
        if cut is None:
            inside = False
            continue
        if not inside:
            parts.append([cut[0]])
        parts[-1].append(cut[1])
        inside = low <= other[1] <= high
    return parts


def _cut(one: Place, other: Place, low: float, high: float) -> tuple[Place, Place] | None:
    """What of a piece lies between two values."""
    if max(one[1], other[1]) < low or min(one[1], other[1]) > high:
        return None
    return _moved(one, other, low, high), _moved(other, one, low, high)


def _moved(end: Place, other: Place, low: float, high: float) -> Place:
    """An end of a piece, moved along it between the two values."""
    bound = min(max(end[1], low), high)
    if bound == end[1]:
        return end
    part = (bound / 2 - end[1] / 2) / (other[1] / 2 - end[1] / 2)  # halves: the difference may overflow
    return end[0] + part * (other[0] - end[0]), bound
