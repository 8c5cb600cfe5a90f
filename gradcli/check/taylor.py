"""The Taylor test of a whole function: whether f(x + h·v) − f(x) − h·D·v vanishes faster than h.

It takes no fixed step: h is halved again and again. For the right D what remains, divided by h, falls until rounding
takes over. The test can only acquit: a remainder that stays may come from a bend or a pole so near that no step is
small enough, so an accusation is left to `operations.py`.
"""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from gradcli.check.samples import EPSILON, Sample, noise
from gradcli.engine.passes import Fault, forward

STEPS = 45  # halvings of the first step, which is an eighth of the size of the variables, or of 1
SMALL_STEPS = 25  # halvings of an eighth of the variables' size, where that is much less than 1
SMALL = 1e-6
CLOSE = 1e-6  # the part of the derivative that may remain


class _Remainder(NamedTuple):
    """What remains at one step, divided by it: in all, what rounding can make of it, the function's own change."""

    signed: float
    hidden: float
    change: float


def taylor_test(
    here: Sample, direction: Mapping[int, float], tangents: list[float], slope: float, spread: float, is_rough: bool
) -> float | None:
    """The derivative that a difference quotient gives, if it proves that `slope` is right, else None.

    The direction is given as weights of leaves; `tangents` are those of all nodes.

    `spread` is the sum of all contributions to the derivative without their signs. Where the point lies on a bend or a
    jump (`is_rough`), both sides must vanish, each by itself.
    """
    floor = noise(here.values, here.adjoints, tangents)
    widest, before, stays = 0.0, float("inf"), 0
    for number, step in enumerate(_steps(here, direction)):
        found = _remainder(here, direction, step, floor, is_rough)
        if found is None:
            continue
        if number < 3:
            widest = max(widest, abs(found.signed))
        size = max(abs(slope) or widest, found.change)
        tolerance = CLOSE * size + 16 * EPSILON * spread
        vanishes = abs(found.signed) + found.hidden <= tolerance
        if vanishes or (slope == 0 and not found.signed and not found.change):
            return slope + found.signed
        stays = stays + 1 if abs(found.signed) > 0.9 * before else 0
        if is_rough and (stays > 8 or abs(found.signed) > max(1.5 * before, 10 * found.hidden)):
            break  # a kink, or a jump: there it would vanish where x ± h and x begin to give the same value
        before = abs(found.signed)
        if number > 3 and found.hidden > 100 * tolerance:
            break  # and more at every smaller step
    return None


def _steps(here: Sample, direction: Mapping[int, float]) -> Iterator[float]:
    size = max(abs(here.values[node]) for node in direction)
    for first, count in ((max(1.0, size), STEPS), (size, SMALL_STEPS if 0 < size < SMALL else 0)):
        for halvings in range(count):
            step = first * 0.125 * 0.5**halvings
            if step:  # else it has underflowed
                yield step


def _remainder(
    here: Sample, direction: Mapping[int, float], step: float, floor: float, is_rough: bool
) -> _Remainder | None:
    """(f(x + h) − f(x − h) − 2h·D)/2h, which falls with h²; on a bend the greater of the two sides.

    x ± h are rounded numbers: the derivative is multiplied by how far apart they really are.
    """
    ends = []
    for sign in (1.0, -1.0):
        moved = {node: here.values[node] + sign * step * weight for node, weight in direction.items()}
        value = _value(here, moved) if any(x != here.values[node] for node, x in moved.items()) else None
        if value is None:
            return None
        expected = sum(here.adjoints[node] * (x - here.values[node]) for node, x in moved.items())
        ends.append((value, expected))
    (above, right), (below, left) = ends
    here_value = float(here.values[here.graph.output])
    change = max(abs(above - here_value), abs(here_value - below)) / step
    if is_rough:
        sides = ((above - here_value - right) / step, (here_value - below + left) / step)
        found = _Remainder(max(sides, key=abs), 2 * floor / step, 0.0)
    else:
        found = _Remainder((above - below - (right - left)) / (2 * step), floor / step, change)
    return found if isfinite(found.signed) else None


def _value(here: Sample, moved: Mapping[int, float]) -> float | None:
    graph = here.graph
    leaves = graph.leaves_at(here.at) | dict(moved)
    try:
        return float(forward(graph, leaves).values[graph.output])
    except Fault:
        return None
