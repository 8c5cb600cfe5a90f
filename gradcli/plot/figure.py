"""What a plot of one variable shows: two curves, the function and its derivative, each in its window."""

from collections.abc import Callable, Iterator, Sequence
from math import copysign, inf, isfinite
from typing import Any, NamedTuple

from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.language.names import derivative_name, output_name
from gradcli.plot.marks import Mark, SideLimit, marks
from gradcli.plot.points import Points
from gradcli.plot.sampling import Dot, Samples, sampled
from gradcli.plot.window import LARGEST, SPIKE, Place, Window, clipped, framed, spread

SAMPLES = 200  # even places
MOST_SIGNS = 60  # more kinks and jumps are not marked, only not drawn through
LISTED = 6  # so many are told in words


class Panel(Frozen):
    """A curve: its name, its role ("value" or "gradient"), its lines in the window, and signs on it.

    `dots` and `rings` are the values that it has and has not at the ends of lines, `kinks` where it bends,
    `bounds` the places beside which it has no bound. `point` is where the tangent touches, which is a line.
    """

    name: str
    role: str
    window: Window
    lines: Sequence[Sequence[Place]]
    dots: Sequence[Place] = ()
    rings: Sequence[Place] = ()
    kinks: Sequence[Place] = ()
    bounds: Sequence[float] = ()
    point: Place | None = None
    tangent: Sequence[Place] = ()


class Caption(NamedTuple):
    """What is said of a plot: the code of a text, and its facts."""

    code: str
    facts: dict[str, Any]


class Figure(Frozen):
    """A function of `variable` from `low` to `high`, and what is to be said of it."""

    title: str
    variable: str
    low: float
    high: float
    panels: tuple[Panel, Panel]
    captions: Sequence[Caption] = ()


class Touch(NamedTuple):
    """Where the tangent touches, and its slope."""

    x: float
    value: float
    slope: float


def figure(
    graph: Graph,
    title: str,
    over: tuple[str, float, float],
    points: Points,
    by: str,
    count: int,
    touch: Touch | None = None,
) -> Figure | None:
    """The plot of what `points` has over a range: a variable, from and to. None if there is no value anywhere.

    `by` is the name by which it is derived, `count` how many even places are looked at.
    """
    variable, low, high = over
    samples = sampled(points, low, high, count, [touch.x] if touch else [])
    if not any(isfinite(dot.value) for dot in samples.dots):
        return None
    found = marks(points, samples)
    of = output_name(graph)
    values = _values(of, samples, found, touch, (low, high) if by == variable else None)
    slopes = _slopes(derivative_name(of, [by]), samples, found, touch)
    captions = [*_of_tangent(variable, by, touch), *_of_marks(variable, found), *_of_windows(samples, values, slopes)]
    return Figure(title, variable, low, high, (values, slopes), captions)


def _values(name: str, samples: Samples, found: Sequence[Mark], touch: Touch | None, ends: Window | None) -> Panel:
    breaks = [mark for mark in found if mark.kind in ("jump", "pole", "overflow", "hole", "end")]
    signs = found if len(found) <= MOST_SIGNS else []
    sides = [side.value for mark in found for side in (mark.left, mark.right)]
    window = _window(samples, lambda dot: dot.value, sides, [touch.value] if touch else [])
    dots, rings = list[Place](), list[Place]()
    for mark in signs:
        for there, sign in _ends_at(mark):
            (dots if sign else rings).append((mark.x, there))
    return Panel(
        name,
        "value",
        window,
        _lines(samples.dots, breaks, lambda dot: dot.value, lambda side: side.value, window),
        _inside(dots, window),
        _inside(rings, window),
        _inside([(mark.x, mark.value) for mark in signs if mark.kind == "kink"], window),
        [mark.x for mark in signs if mark.kind == "pole"],
        (touch.x, touch.value) if touch else None,
        _tangent(touch, ends, window) if touch and ends else (),
    )


def _slopes(name: str, samples: Samples, found: Sequence[Mark], touch: Touch | None) -> Panel:
    signs = found if len(found) <= MOST_SIGNS else []
    sides = [side.slope for mark in found for side in (mark.left, mark.right)]
    window = _window(samples, lambda dot: dot.slope, sides, [touch.slope] if touch else [])
    rings = [
        (mark.x, slope)
        for mark in signs
        for slope in dict.fromkeys((mark.left.slope, mark.right.slope))
        if mark.kind in ("kink", "jump", "hole") and isfinite(slope)
    ]
    return Panel(
        name,
        "gradient",
        window,
        _lines(samples.dots, found, lambda dot: dot.slope, lambda side: side.slope, window),
        rings=_inside(rings, window),
        bounds=[mark.x for mark in signs if {abs(mark.left.slope), abs(mark.right.slope)} & {inf}],
        point=(touch.x, touch.slope) if touch else None,
    )


def _ends_at(mark: Mark) -> Iterator[tuple[float, bool]]:
    """The values of both sides where a curve is interrupted, and whether it has them; a value that no side has."""
    if mark.kind not in ("jump", "hole", "end"):
        return
    sides = [side.value for side in (mark.left, mark.right) if isfinite(side.value)]
    near = min(sides, key=lambda there: abs(there - mark.value))
    is_held = isfinite(mark.value) and abs(near - mark.value) <= 1e-6 * max(1.0, abs(near))
    for there in dict.fromkeys(sides):
        yield there, is_held and there == near
    if isfinite(mark.value) and not is_held:
        yield mark.value, True


def _window(samples: Samples, of: Callable[[Dot], float], sides: Sequence[float], others: Sequence[float]) -> Window:
    """What is shown of a curve: all, unless it has no bound or a spike."""
    even = [x for x in map(of, samples.even) if isfinite(x)]
    without_tails = spread(even, diverges=True)
    if any(side in (inf, -inf) for side in sides):
        return framed(without_tails, *others)
    everything = [min(max(x, -LARGEST), LARGEST) for x in map(of, samples.dots) if isfinite(x)]
    everything += filter(isfinite, sides)
    if not everything:
        return framed((0.0, 0.0), *others)
    least, most = min(everything), max(everything)
    low, high = without_tails
    room, ends = SPIKE * (high - low), (even[0], even[-1]) if even else ()
    is_spike = (most > high + room and max(even) not in ends) or (least < low - room and min(even) not in ends)
    return framed(without_tails if is_spike and room else (least, most), *others)


def _lines(
    dots: Sequence[Dot],
    breaks: Sequence[Mark],
    of: Callable[[Dot], float],
    of_side: Callable[[SideLimit], float],
    window: Window,
) -> list[list[Place]]:
    """A curve in pieces: none goes on where there is nothing, or through one of the breaks."""
    pieces: list[list[Place]] = [[]]
    pending = list(reversed(breaks))
    near = (dots[-1].x - dots[0].x) * 1e-12
    last = -inf
    for dot in dots:
        while pending and pending[-1].x <= dot.x + near:
            mark = pending.pop()
            pieces[-1] += _end(mark.x, of_side(mark.left))
            pieces.append(_end(mark.x, of_side(mark.right)))
            last = mark.x
        if dot.x <= last + near:
            continue
        if isfinite(of(dot)):
            pieces[-1].append((dot.x, of(dot)))
        elif pieces[-1]:
            pieces.append([])
    for mark in reversed(pending):
        pieces[-1] += _end(mark.x, of_side(mark.left))
    return [part for piece in pieces if piece for part in clipped(piece, window)]


def _end(x: float, there: float) -> list[Place]:
    """Where a piece ends: at the limit, far out, or as it is."""
    if there in (inf, -inf):
        return [(x, copysign(LARGEST, there))]
    return [(x, there)] if isfinite(there) else []


def _tangent(touch: Touch, ends: Window, window: Window) -> Sequence[Place]:
    """The tangent as far as it is in the window."""
    line = [(x, touch.value + touch.slope * (x - touch.x)) for x in ends]
    return clipped(line, window)[0] if all(isfinite(y) for _, y in line) else ()


def _inside(places: Sequence[Place], window: Window) -> list[Place]:
    return [place for place in places if window[0] <= place[1] <= window[1]]


def _of_tangent(variable: str, by: str, touch: Touch | None) -> Iterator[Caption]:
    if touch and by == variable:
        yield Caption("plot.tangent", {"name": variable, "x": touch.x, "value": touch.value, "slope": touch.slope})


def _of_marks(variable: str, found: Sequence[Mark]) -> Iterator[Caption]:
    """The first of the marks, and how many more there are."""
    for mark in found[:LISTED]:
        facts = {"name": variable, "x": mark.x}
        if mark.kind == "kink":
            yield Caption("plot.kink", facts | {"left": mark.left.slope, "right": mark.right.slope})
        elif mark.kind == "end":
            yield Caption("plot.end-left" if isfinite(mark.right.value) else "plot.end-right", facts)
        elif mark.kind == "hole":
            yield Caption("plot.hole", facts | {"value": mark.left.value})
        elif mark.kind == "jump" and isfinite(mark.left.value) and isfinite(mark.right.value):
            yield Caption("plot.jump", facts | {"left": mark.left.value, "right": mark.right.value})
        else:
            yield Caption(f"plot.{'jump-at-end' if mark.kind == 'jump' else mark.kind}", facts)
    if len(found) > LISTED:
        yield Caption("plot.more", {"count": len(found) - LISTED})


def _of_windows(samples: Samples, *panels: Panel) -> Iterator[Caption]:
    """Which curves are cut off."""
    for panel in panels:
        of = (dot.value if panel.role == "value" else dot.slope for dot in samples.dots)
        low, high = panel.window
        if any(isfinite(x) and not low <= x <= high for x in of):
            yield Caption("plot.cut", {"name": panel.name, "low": low, "high": high})
