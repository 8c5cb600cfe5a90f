"""Where a curve has a kink, a jump, a pole, a hole or an end: brackets between samples, halved until they are places.

A bracket is where something goes another way (a branch, a condition, an equal argument, as the notes on a point have
it), where the value begins or ends, or where a value or slope still changes on the shortest piece as if it jumped.
What is there is then seen from both sides.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import copysign, floor, inf, isfinite, isnan, log10, nan, ulp
from typing import NamedTuple

from gradcli.plot.points import Points
from gradcli.plot.sampling import TOLERANCE, Dot, Samples, dots_at
from gradcli.plot.window import Window

MOST_BRACKETS = 100  # pieces that are looked into, of a small graph
FEWEST_BRACKETS = 8  # and of a large one
WORK = 40_000  # nodes for each
MOST_TURNS = 4  # between two samples
FINE = 1e-14  # relative to the range: a bracket so narrow is a place
NEAR = 1e-4  # the farthest distance at which a side is looked at, in parts of the range
LOOKS = 7  # each ten times nearer
MOST_PLACES = 300
STEADY = 0.95  # how much smaller the next change is, at least, where a side has a limit
SAME = 1e-6  # of the height: values and slopes that differ by less are the same
ROUGH = 0.1  # of a change: what the slopes at both ends do not make of it, where they may be infinite between
STEEP = 0.25  # of the height: a change on the shortest piece that may be a jump
HUGE = 1e290  # values next to what overflows
HALVINGS = 10  # after so many it is looked whether a change is still there
SHRUNK = 0.1  # a change that they make so much smaller is none of a jump
GROWN = 4.0  # a slope that they make so much steeper may have no bound


class SideLimit(NamedTuple):
    """What value and slope come to from one side: infinite where they grow without bound, NaN where there is nothing.

    `last` is the value that was looked at next to the place.
    """

    value: float
    slope: float
    last: float = nan


class Mark(NamedTuple):
    """A place where something happens, `value` and `slope` there (NaN without one), and both sides.

    `kind` is "kink", "jump", "pole", "overflow" (of what is too large for doubles), "hole", "steep" (the slope alone
    has no bound) or "end" (of the domain).
    """

    x: float
    kind: str
    value: float
    slope: float
    left: SideLimit
    right: SideLimit


def marks(points: Points, samples: Samples) -> list[Mark]:
    """All that was found, from left to right: as many as the work allows to the last digit, the others roughly."""
    dots = samples.dots
    width = dots[-1].x - dots[0].x
    looks = min(MOST_BRACKETS, max(FEWEST_BRACKETS, WORK // len(points.graph)))
    pieces = [(one, other, way) for one, other in pairwise(dots) if (way := _way(one, other, samples))]
    certain = [piece for piece in pieces if piece[2] not in (_leaps, _bends)]
    guessed = [piece for piece in pieces if piece[2] in (_leaps, _bends)]
    places: list[float] = []
    for one, other, way in sorted(certain[:looks] + guessed[:looks], key=lambda piece: piece[0].x):
        for bracket in _brackets(points, one, other, width, way):
            place = bracket.place(FINE * max(width, abs(bracket.left.x)))
            if not places or place > places[-1]:
                places.append(place)
    found = []
    for index, place in enumerate(places):
        room = min([width, *(abs(place - other) for other in places[max(0, index - 1) : index + 2] if other != place)])
        mark = _seen(points, place, room, samples)
        if mark:
            found.append(mark)
    return found + [
        mark for one, other, way in certain[looks:] if way is _turns for mark in _roughly(one, other, samples)
    ]


def _roughly(one: Dot, other: Dot, samples: Samples) -> Iterator[Mark]:
    """What is on the shortest piece, as its ends tell."""
    if _is_shortest(one, other, samples):
        left, right = (SideLimit(dot.value, dot.slope) for dot in (one, other))
        kind = "" if _are_same(one.slope, other.slope, samples.slopes) else "kink"
        if abs(other.value - one.value) > TOLERANCE * (samples.values[1] - samples.values[0]):
            kind = "jump"
        if kind:
            yield Mark((one.x + other.x) / 2, kind, nan, nan, left, right)


class _Bracket(NamedTuple):
    left: Dot
    right: Dot

    def place(self, fine: float) -> float:
        """The shortest number in it, or so near that it may be meant."""
        low, high = self.left.x - fine, self.right.x + fine
        if low <= 0 <= high:
            return 0.0
        texts = (f"{(low + high) / 2:.{digits}g}" for digits in range(1, 18))
        return next((float(text) for text in texts if low <= float(text) <= high), self.right.x)


def _brackets(points: Points, one: Dot, other: Dot, width: float, way: "_Halves") -> Iterator[_Bracket]:
    """The brackets of a piece: where branches change, one for each change."""
    for _ in range(MOST_TURNS):
        found = _halved(points, one, other, width, way)
        if not found:
            return
        yield _Bracket(*found)
        if way is not _turns or found[1].branches == other.branches:
            return
        one = found[1]


# Of a bracket and its middle: which half it goes on with, −1 for the left, 1 for the right, 0 for none.
_Halves = Callable[[Dot, Dot, Dot], int]


def _way(one: Dot, other: Dot, samples: Samples) -> _Halves | None:
    """How a bracket is halved; None where the curve goes on between its ends."""
    if isfinite(one.value) != isfinite(other.value):
        return _ends
    if not isfinite(one.value):
        return None
    if one.branches != other.branches:
        return _turns
    low, high = samples.values
    if (one.value > high and other.value > high) or (one.value < low and other.value < low):
        sign = copysign(1.0, one.value)
        return _peaks if one.slope * sign > 0 > other.slope * sign else None
    if _leaps_between(one, other, samples):
        return _leaps
    least, most = samples.slopes
    is_bent = _is_shortest(one, other, samples) and abs(other.slope - one.slope) > STEEP * (most - least)
    return _bends if is_bent else None


def _is_shortest(one: Dot, other: Dot, samples: Samples) -> bool:
    return other.x - one.x <= samples.finest * 1.5


def _leaps_between(one: Dot, other: Dot, samples: Samples) -> bool:
    """Whether there may be a jump or an infinite slope: the slopes grow beyond what is shown of them to one side, or on
    the shortest piece the value changes by more than they make it.
    """
    if isnan(one.slope) or isnan(other.slope):
        return True
    (low, high), (least, most) = samples.values, samples.slopes
    change = other.value - one.value
    leap = abs(change - (one.slope + other.slope) / 2 * (other.x - one.x))
    if min(one.slope, other.slope) > most or max(one.slope, other.slope) < least:
        return leap > ROUGH * abs(change)
    return _is_shortest(one, other, samples) and leap > STEEP * (high - low)


def _ends(one: Dot, middle: Dot, _: Dot) -> int:
    return 1 if isfinite(middle.value) == isfinite(one.value) else -1


def _turns(one: Dot, middle: Dot, _: Dot) -> int:
    return 1 if middle.branches == one.branches else -1


def _peaks(_: Dot, middle: Dot, other: Dot) -> int:
    if isnan(middle.slope):
        return -1
    return 1 if middle.slope * copysign(1.0, other.value) > 0 else -1


def _leaps(one: Dot, middle: Dot, other: Dot) -> int:
    return -1 if abs(middle.value - one.value) > abs(other.value - middle.value) else 1


def _bends(one: Dot, middle: Dot, other: Dot) -> int:
    return -1 if abs(middle.slope - one.slope) > abs(other.slope - middle.slope) else 1


def _halved(points: Points, one: Dot, other: Dot, width: float, halves: _Halves) -> tuple[Dot, Dot] | None:
    """The bracket as narrow as it gets, or None where it is none any more."""
    count, before = 0, (one, other)
    while True:
        middle = one.x / 2 + other.x / 2
        if other.x - one.x <= FINE * width / 10 or not one.x < middle < other.x:
            return one, other
        dot = dots_at(points, [middle])[0]
        if halves(one, dot, other) < 0:
            other = dot
        else:
            one = dot
        count += 1
        if halves in (_leaps, _bends) and count % HALVINGS == 0:
            if not _is_left(before, (one, other)):
                return None
            before = one, other


def _is_left(before: tuple[Dot, Dot], after: tuple[Dot, Dot]) -> bool:
    """Whether a change is there on a piece that is a thousand times narrower, or the slope grows on."""
    if any(isnan(dot.value) or isnan(dot.slope) for dot in (*before, *after)):
        return True
    changes = [abs(other.value - one.value) for one, other in (before, after)]
    bends = [abs(other.slope - one.slope) for one, other in (before, after)]
    slopes = [max(abs(one.slope), abs(other.slope)) for one, other in (before, after)]
    return changes[1] > SHRUNK * changes[0] or bends[1] > SHRUNK * bends[0] or slopes[1] > GROWN * slopes[0]


def _seen(points: Points, x: float, room: float, samples: Samples) -> Mark | None:
    """What is at a place, seen from both sides; None where the curve goes on as if nothing were there."""
    dots = samples.dots
    here = dots_at(points, [x])[0]
    left, right = (
        _side(points, x, sign, room, samples)
        if dots[0].x < x < dots[-1].x or sign == (x <= dots[0].x) * 2 - 1
        else SideLimit(nan, nan)
        for sign in (-1, 1)
    )
    left, right = (side._replace(value=_told(side.value, here.value, samples.values)) for side in (left, right))
    kind = _kind(here, left, right, samples)
    return Mark(x, kind, here.value, here.slope, left, right) if kind else None


def _told(limit: float, here: float, window: Window) -> float:
    """A limit without its last digits: the value itself where that is the same."""
    if not isfinite(limit):
        return limit
    if isfinite(here) and _are_same(limit, here, window):
        return here
    places = 9 - floor(log10(window[1] - window[0]))
    return round(limit, places) + 0.0 if abs(places) < MOST_PLACES else limit


def _kind(here: Dot, left: SideLimit, right: SideLimit, samples: Samples) -> str:
    endless = [abs(side.last) for side in (left, right) if side.value in (inf, -inf)]
    if endless:
        return "overflow" if max(endless) > HUGE else "pole"
    known = [side.value for side in (left, right) if isfinite(side.value)]
    if not known:
        return ""
    if not all(_are_same(known[0], other, samples.values) for other in (*known, here.value) if isfinite(other)):
        return "jump"
    if len(known) == 1:
        return "end"
    return "hole" if isnan(here.value) else _kind_of_slopes(left.slope, right.slope, samples.slopes)


def _kind_of_slopes(left: float, right: float, window: Window) -> str:
    if left == right and abs(left) == inf:
        return "steep"
    return "" if isnan(left) or isnan(right) or _are_same(left, right, window) else "kink"


def _are_same(one: float, other: float, window: Window) -> bool:
    if inf in (abs(one), abs(other)):
        return one == other
    return abs(one - other) <= SAME * max(window[1] - window[0], abs(one), abs(other))


def _side(points: Points, x: float, sign: int, room: float, samples: Samples) -> SideLimit:
    """The limits from one side: each is looked at ever nearer."""
    far = min(NEAR * (samples.dots[-1].x - samples.dots[0].x), room / 4)
    near = dots_at(points, [x + sign * max(far / 10**step, 4 * ulp(x)) for step in range(LOOKS)])
    value = _limit([dot.value for dot in near], samples.values)
    return SideLimit(value, _limit([dot.slope for dot in near], samples.slopes), near[-1].value)


def _limit(near: Sequence[float], window: Window) -> float:
    """What numbers go to at ever shorter distances, by Aitken's formula: exact for any power of the distance."""
    if not all(map(isfinite, near[1:])):
        return nan
    changes = [other - one for one, other in pairwise(near[1:])]
    same = SAME * (window[1] - window[0])
    if all(abs(other) <= max(STEADY * abs(one), same) for one, other in pairwise(changes)):
        one, other = changes[-2:]
        return near[-1] - other * other / (other - one) if abs(other) < abs(one) else near[-1]
    grows = all(abs(other) > abs(one) for one, other in pairwise(near[1:])) and near[1] * near[-1] > 0
    return copysign(inf, near[-1]) if grows else nan
