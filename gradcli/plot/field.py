"""What a plot of two variables shows: lines of equal value, and the gradient as arrows across them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, isfinite, nan, sqrt
from typing import NamedTuple

from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.language.names import derivative_name, output_name
from gradcli.plot.figure import Caption
from gradcli.plot.points import Found, Points
from gradcli.plot.window import Place, Window, spread

SAMPLES = 80  # pieces along each range
LEVELS = 9
STEPS = 20  # so few different values are those of a function made of steps: lines go between them
ARROWS = (15, 11)  # across and up
LARGEST = 0.95  # the part of the gradients that are not longer than a whole arrow
SHORTEST = 0.15  # of an arrow that is not 0
FLAT = 1e-3  # of all values: a smaller jump is not seen
SQUARE = 3.0  # ranges whose widths differ by less have one scale
_Segment = tuple[Place, Place]


class FieldVector(NamedTuple):
    """The gradient at a place, and how long its arrow is: up to 1, by the root of its size, so that weak ones show."""

    place: Place
    gradient: Place
    length: float


class Field(Frozen):
    """A function of the two variables of `names` over a grid: `values[j][i]` at `xs[i]` and `ys[j]`, NaN without one.

    `level` is that of the line through `point`, if there is a point, whose gradient is `arrow`.
    """

    title: str
    names: tuple[str, str]
    xs: Sequence[float]
    ys: Sequence[float]
    values: Sequence[Sequence[float]]
    levels: Sequence[float]
    arrows: Sequence[FieldVector]
    point: FieldVector | None = None
    level: float = nan
    captions: Sequence[Caption] = ()

    @property
    def windows(self) -> tuple[Window, Window]:
        """Both ranges."""
        return (self.xs[0], self.xs[-1]), (self.ys[0], self.ys[-1])

    @property
    def is_square(self) -> bool:
        """Whether a unit is as long up as across: then the arrows stand at right angles on the lines."""
        (left, right), (low, high) = self.windows
        return 1 / SQUARE <= (right - left) / (high - low) <= SQUARE


def field(
    graph: Graph,
    title: str,
    across: tuple[str, float, float],
    up: tuple[str, float, float],
    points: Points,
    count: int,
    touch: tuple[Place, float, Place] | None = None,
) -> Field | None:
    """The plot of what `points` has over two ranges; None if there is no value anywhere.

    `touch` is a point with its value and its gradient.
    """
    xs, ys = _even(*across[1:], count), _even(*up[1:], count)
    grid = points.at((x, y) for y in ys for x in xs)
    rows = [grid[start : start + len(xs)] for start in range(0, len(grid), len(xs))]
    known = sorted(found.value for found in grid if isfinite(found.value))
    if not known:
        return None
    places = [(x, y) for y in _middles(*up[1:], ARROWS[1]) for x in _middles(*across[1:], ARROWS[0])]
    arrows = list(_arrows(places, points.at(places)))
    levels = _levels(known)
    if touch and levels:  # the point has a line of its own
        levels.remove(min(levels, key=lambda other: abs(other - touch[1])))
    names = across[0], up[0]
    captions = [Caption("plot.levels", {"levels": levels})] if levels else []
    arrow, level = None, nan
    if touch:
        place, level, gradient = touch
        arrow = FieldVector(place, gradient, 1.0)
        by = {derivative_name(output_name(graph), [name]): slope for name, slope in zip(names, gradient, strict=True)}
        facts = {"point": dict(zip(names, place, strict=True)), "value": level, "gradient": by}
        captions.append(Caption("plot.gradient", facts))
    return Field(
        title,
        names,
        xs,
        ys,
        _unbroken(rows, (xs[1] - xs[0], ys[1] - ys[0]), known),
        levels,
        arrows,
        arrow,
        level,
        captions,
    )


def _even(low: float, high: float, count: int) -> list[float]:
    return [*(low + (high - low) * place / count for place in range(count)), high]


def _middles(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * (place + 0.5) / count for place in range(count)]


def _arrows(places: Sequence[Place], found: Sequence[Found]) -> Iterator[FieldVector]:
    known = [(place, here.slopes) for place, here in zip(places, found, strict=True) if all(map(isfinite, here.slopes))]
    most = max((_size(slopes) for _, slopes in known), default=0.0) or 1.0  # without which lengths may be infinite
    sizes = [hypot(x / most, y / most) for _, (x, y) in known]
    longest = sorted(sizes)[int(LARGEST * (len(sizes) - 1))] if sizes else 0.0
    for (place, (x, y)), size in zip(known, sizes, strict=True):
        length = min(1.0, sqrt(size / longest)) if longest else 0.0
        yield FieldVector(place, (x, y), max(length, SHORTEST) if x or y else 0.0)


def _size(gradient: Sequence[float]) -> float:
    """That of its larger slope."""
    return max(map(abs, gradient))


def _levels(known: Sequence[float]) -> list[float]:
    """Levels with about as much of the picture between each two; between the steps of a function that has them."""
    different = sorted(set(known))
    if len(different) <= STEPS:
        between = sorted(
            {one / 2 + other / 2 for one, other in pairwise(different)}
        )  # halves of the least doubles meet
        return between[:: len(between) // LEVELS + 1]
    wanted = (known[int((part + 0.5) / LEVELS * (len(known) - 1))] for part in range(LEVELS))
    rounded = (float(f"{level:.2g}") for level in wanted)
    return list(dict.fromkeys(level for level in rounded if known[0] < level < known[-1]))


def _unbroken(rows: Sequence[Sequence[Found]], steps: Place, known: Sequence[float]) -> list[list[float]]:
    """The values without those between which there is a jump or a pole, so that no line goes through one.

    Of a function made of steps all lines go along its jumps.
    """
    is_stepped = len(set(known)) <= STEPS
    low, high = spread(known, diverges=True)
    height = known[-1] - known[0]
    values = [[found.value for found in row] for row in rows]
    broken: set[tuple[int, int]] = set()
    for j, i, corners in _cells(values):
        around = rows[j][i], rows[j][i + 1], rows[j + 1][i + 1], rows[j + 1][i]
        if (min(corners) < low and max(corners) > high) or not (is_stepped or _is_whole(around, steps, height)):
            broken |= {(j, i), (j, i + 1), (j + 1, i), (j + 1, i + 1)}
    for j, i in broken:
        values[j][i] = nan
    return values


def _is_whole(around: Sequence[Found], steps: Place, height: float) -> bool:
    """Whether the value does not change by more than its slopes make it, or a kink, where something turns in a cell."""
    for axis, one, other in ((0, 0, 1), (1, 1, 2), (0, 3, 2), (1, 0, 3)):
        here, there = around[one], around[other]
        if here.branches != there.branches:
            before, after = here.slopes[axis] * steps[axis], there.slopes[axis] * steps[axis]
            off = abs(there.value - here.value - (before + after) / 2)
            if not off <= abs(after - before) * 0.75 + FLAT * height:
                return False
    return True


def _cells(values: Sequence[Sequence[float]]) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
    """The cells of a grid that have all four values: row and column, and the corners one after the other around it."""
    for j, (lower, upper) in enumerate(pairwise(values)):
        for i in range(len(lower) - 1):
            corners = lower[i], lower[i + 1], upper[i + 1], upper[i]
            if all(map(isfinite, corners)):
                yield j, i, corners


def contour(shown: Field, level: float) -> list[_Segment]:
    """The line of a level in pieces, one or two in each cell that it passes (marching squares)."""
    pieces: list[_Segment] = []
    for j, i, corners in _cells(shown.values):
        left, right, low, high = shown.xs[i], shown.xs[i + 1], shown.ys[j], shown.ys[j + 1]
        places = (left, low), (right, low), (right, high), (left, high)
        around = [*zip(corners, places, strict=True), (corners[0], places[0])]
        cuts = [
            _between(here, there, (level - one) / (other - one))
            for (one, here), (other, there) in pairwise(around)
            if (one < level) != (other < level)
        ]
        pieces += zip(cuts[::2], cuts[1::2], strict=True)
    return pieces


def _between(one: Place, other: Place, part: float) -> Place:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def along(arrow: FieldVector, shown: Field, width: float, height: float) -> Place:
    """How far an arrow goes, in units of the variables, in a picture of that size: a cell at the most."""
    (left, right), (low, high) = shown.windows
    across, up = width / (right - left), height / (high - low)
    size = _size(arrow.gradient)
    if not size:
        return 0.0, 0.0
    x, y = (slope / size for slope in arrow.gradient)
    seen = hypot(x * across, y * up)
    cell = min(width / ARROWS[0], height / ARROWS[1])
    return x * arrow.length * cell / seen, y * arrow.length * cell / seen
