"""Where a function of one variable is looked at: evenly at first, then more often where it bends and oscillates."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf, isfinite
from typing import Any, NamedTuple

from gradcli.plot.points import Points
from gradcli.plot.window import Window, framed, spread

DEPTH = 9  # how often a piece between two of the even places may be halved
TOLERANCE = 1e-3  # of the height: how far a straight line may lie from the curve, half a pixel of a large picture
ROOM = 16  # times the even places: more are not added


class Dot(NamedTuple):
    """The function at a place: NaN where it has no value, or where its slope is not finite."""

    x: float
    value: float
    slope: float
    branches: tuple[Any, ...] = ()


class Samples(NamedTuple):
    """The function at all places that were looked at, in their order.

    `even` are those at the even places, `values` and `slopes` the windows of what is there; `finest` is the smallest
    distance.
    """

    dots: list[Dot]
    even: list[Dot]
    values: Window
    slopes: Window
    finest: float


def dots_at(points: Points, places: Iterable[float]) -> list[Dot]:
    """The function at these places."""
    xs = list(places)
    found = points.at([(x,) for x in xs])
    return [Dot(x, here.value, here.slopes[0], here.branches) for x, here in zip(xs, found, strict=True)]


def sampled(points: Points, low: float, high: float, count: int, others: Iterable[float] = ()) -> Samples:
    """The function from `low` to `high`, at `count` + 1 even places, at some others, and where it takes more."""
    step = (high - low) / count
    even = {low + step * place for place in range(count)} | {high}
    first = dots = dots_at(points, sorted(even | set(others)))
    values, slopes = framed(spread([dot.value for dot in dots])), framed(spread([dot.slope for dot in dots]))
    errors = [inf] * (len(dots) - 1)
    room = ROOM * count
    for _ in range(DEPTH):
        pending = _worst(errors, room)
        room -= len(pending)
        halves = dots_at(points, [(dots[index].x + dots[index + 1].x) / 2 for index in pending])
        middle = dict(zip(pending, halves, strict=True))
        merged, left = [dots[0]], []
        for index, (one, other) in enumerate(pairwise(dots)):
            if index in middle and one.x < middle[index].x < other.x:
                error = _error(one, middle[index], other, values, slopes)
                merged += [middle[index], other]
                left += [error, error]
            else:
                merged.append(other)
                left.append(0.0)
        dots, errors = merged, left
    return Samples(dots, first, values, slopes, step / 2**DEPTH)


def _worst(errors: Sequence[float], room: int) -> list[int]:
    """The pieces on which a line is not near enough, in their order; the worst of them if there are too many."""
    wrong = [index for index, error in enumerate(errors) if error > 1]
    return sorted(sorted(wrong, key=lambda index: -errors[index])[:room])


def _error(one: Dot, middle: Dot, other: Dot, values: Window, slopes: Window) -> float:
    """How far the middle lies from lines between both ends, in tolerances; the slopes tell of what the values hide."""
    known = [isfinite(dot.value) for dot in (one, middle, other)]
    if not all(known):
        return inf if any(known) else 0.0
    return max(
        _distance(one.value, middle.value, other.value, values), _distance(one.slope, middle.slope, other.slope, slopes)
    )


def _distance(one: float, middle: float, other: float, window: Window) -> float:
    low, high = window
    ends = (one, middle, other)
    if not all(map(isfinite, ends)):
        return inf
    if max(ends) < low or min(ends) > high:
        return 0.0  # nothing of it is seen
    return abs(middle / 2 - one / 4 - other / 4) * 2 / (TOLERANCE * (high - low))
