"""The reference's numbers where rounding alone decides a comparison or a jump: on both sides of it, and on it.

In sqrt(z)^2 >= z, two equal numbers, each precision has another side. What is decided keeps its distance from the jump
with more digits; what rounding decides does not, however many there are, and is on those sides that facts leave open.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.graph import Graph
from tests.helpers import oracle
from tests.helpers.facts import SIDES, Facts
from tests.helpers.sizes import exact_size

MORE = (0, 37, 74)  # digits, beyond those asked for, that must agree on what is decided
MOST = 4  # places that are tried together, each in three ways
ALIKE = mpf("1e-3")  # of one distance to another one: both are no rounding; another side of a jump may change them
COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
AT_ZERO = ("sign", "abs", "relu", "leaky_relu", "elu")
LAST = mpf("1e-330")  # what some hundred digits make of 0, beside 1
FAILURES = (ArithmeticError, AttributeError, ValueError, TypeError)  # complex numbers on the way

Place = tuple[int, ...]


class Gap(NamedTuple):
    """How far an argument is from where its function turns, and where that is."""

    size: Any
    edge: Any


class Undecided:
    """A graph at a point, where so many digits and more do not decide everything."""

    def __init__(self, graph: Graph, at: Mapping[str, Any], digits: int) -> None:
        self._graph, self._at, self._digits = graph, at, digits
        self._gaps = cache(lambda sides: [_gaps(graph, at, digits + more, dict(sides)) for more in MORE])

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._graph, self._at)

    def on_edge(self, name: str) -> tuple[Any, Any] | None:
        """Value and slope for a variable with each undecided place on its turn, or on the first side of it that it may
        be on. None where all places are decided by their digits, or there is no value there.
        """
        ways = self._first_ways
        return _agreed(self._graph, self._at, name, self._digits, ways) if ways else None

    def size_on_edge(self, name: str) -> Any:
        """The largest product that the slope for a variable is the sum of, likewise."""
        return exact_size(self._graph, self._at, name, self._digits, partial(_turned, self._first_ways))

    @cached_property
    def _first_ways(self) -> Mapping[Place, int]:
        ways = dict[Place, int]()
        while (sides := self._open(ways)) is not None:
            ways |= sides[0]
        return ways

    def alternatives(self, name: str) -> list[tuple[Any, Any]] | None:
        """Values and slopes for a variable with each undecided place on it, which is first, and on both of its sides,
        as far as it may be there: none where all places are decided by their digits. None where one of these ways has
        no value, or hangs on more than these places.
        """
        found, left = [], [dict[Place, int]()]
        while left:
            ways = left.pop()
            sides = self._open(ways)
            if sides is not None:
                if len(ways) == MOST:
                    return None
                left += [ways | side for side in reversed(sides)]
            elif ways:
                numbers = _agreed(self._graph, self._at, name, self._digits, ways)
                if numbers is None:
                    return None
                found.append(numbers)
        return found

    def _open(self, ways: Mapping[Place, int]) -> Sequence[dict[Place, int]] | None:
        """The sides that the next undecided place may be on; None where these ways leave none open."""
        gaps = self._gaps(tuple(ways.items()))
        open_ = (place for place in gaps[0] if place not in ways and not _is_decided(gaps, place, self._facts))
        place = next(open_, None)
        return None if place is None else [{place: side} for side in _sides(gaps[0], place, self._facts)]


def _sides(gaps: Mapping[Place, Gap], place: Place, facts: Facts) -> Sequence[int]:
    return facts.sides(place[0], gaps[place].edge) if len(place) == 1 else SIDES


def _is_decided(gaps: Sequence[Mapping[Place, Gap]], place: Place, facts: Facts) -> bool:
    """Whether all digits have a place at one distance from its turn, and it may be there. Between two turns, as 36.5
    is, rounding says which is nearer, and nothing else.
    """
    known = [found[place].size for found in gaps if place in found]
    sides = _sides(gaps[0], place, facts)
    are_alike = min(map(abs, known)) >= ALIKE * max(map(abs, known))
    return are_alike and all(mp.sign(size) in sides for size in known)


def _gaps(graph: Graph, at: Mapping[str, Any], digits: int, ways: Mapping[Place, int]) -> dict[Place, Gap]:
    """How far each comparison and jump is from its turn, with these places on a side."""
    gaps: dict[Place, Gap] = {}

    def look(place: Place, operator: str, arguments: list[Any]) -> list[Any]:
        edge = _edge(operator, arguments)
        if edge is not None:
            gaps[place] = Gap(arguments[0] - edge, edge)
            if mp.im(gaps[place].size):
                raise ValueError("no real number")
        return _turned(ways, place, operator, arguments)

    with mp.workdps(digits), suppress(*FAILURES):  # what is seen up to there counts
        oracle.sweep(graph, at, look=look)
    return gaps


def _agreed(graph: Graph, at: Mapping[str, Any], name: str, digits: int, ways: Mapping[Place, int]) -> Any:
    """Value and slope with these places on a side; None where there are none, or two precisions have others."""
    one, other = (_swept(graph, at, name, digits + more, ways) for more in MORE[:2])
    if one is None or other is None:
        return None
    numbers = [settled(*pair) for pair in zip(one, other, strict=True)]
    return None if None in numbers else tuple(numbers)


def settled(one: Any, other: Any) -> Any:
    """A number that two precisions have: 0 where they differ below all doubles, None where they differ."""
    if abs(one - other) <= abs(other) * mpf("1e-20"):
        return other
    return mpf(0) if max(abs(one), abs(other)) < LAST else None


def _swept(graph: Graph, at: Mapping[str, Any], name: str, digits: int, ways: Mapping[Place, int]) -> Any:
    """Value and slope with these places on a side; None where there are none."""
    with mp.workdps(digits):
        try:
            numbers = [mp.mpmathify(x) for x in oracle.sweep(graph, at, name, look=partial(_turned, ways))]
        except FAILURES:
            return None
        is_real = not any(mp.im(x) or not mp.isfinite(x) for x in numbers)
        return tuple(map(mp.re, numbers)) if is_real else None


def _turned(ways: Mapping[Place, int], place: Place, operator: str, arguments: list[Any]) -> list[Any]:
    """The arguments, the first a last digit beside the turn or on it."""
    edge = _edge(operator, arguments) if place in ways else None
    if edge is None:
        return arguments
    beside = abs(edge) * mpf(10) ** (10 - mp.dps) or mpf(10) ** (-4 * mp.dps)
    return [edge + ways[place] * beside, *arguments[1:]]


def _edge(operator: str, arguments: list[Any]) -> Any:
    """What the first argument is at the turn that is nearest; None of what has none."""
    first, *others = arguments
    if isinstance(first, bool | None) or (others and isinstance(others[0], bool | None)):
        return None
    if operator in COMPARISONS:
        return others[0]
    if operator in AT_ZERO:
        return mpf(0)
    if operator in ("floor", "ceil"):
        return mp.nint(first)
    if operator == "round":
        return mp.floor(first) + mpf("0.5")
    return mp.nint(first / others[0]) * others[0] if operator == "mod" and others[0] else None
