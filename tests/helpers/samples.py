"""Points at which a row of the operator table is tested: on every branch, and on every kink."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from gradcli.engine.doubles import rules
from gradcli.operators.records import Kink, Operator
from tests.accuracy import Point

POINTS = 8  # on each branch
TRIED = 100 * POINTS
SIZES = (1, 2, 3, 5)  # numbers of arguments of a variadic operator


def defined(row: Operator, point: Sequence[Any]) -> bool:
    """Whether all conditions of the row's domain hold."""
    return all(rules.expression(condition, row.parameters, total=True)(*point) for condition in row.domain)


def sizes(row: Operator) -> Sequence[int]:
    """The numbers of arguments to test."""
    return [size for size in SIZES if size >= row.least] if row.variadic else [len(row.parameters)]


def places(row: Operator, size: int) -> list[int]:
    """The indices of the arguments that have a slope."""
    return [index for index in range(size) if index not in row.discrete]


def fitted(row: Operator, point: Sequence[float]) -> Point:
    """The point with conditions and whole numbers where the row takes them."""
    return tuple(
        x > 0 if index in row.conditions else float(abs(round(x))) if index in row.orders else x
        for index, x in enumerate(point)
    )


def drawn(row: Operator) -> Iterator[Point]:
    """Random points of moderate size in the domain, always the same."""
    random = Random(row.name)
    for _ in range(TRIED):
        size = random.choice(sizes(row))
        point = [random.uniform(-4, 4) for _ in range(size)]
        if size > 1 and random.random() < 0.3:
            point[-1] = float(round(point[-1]))
        mixed = fitted(row, point)
        if defined(row, mixed):
            yield mixed


def branch_of(row: Operator, point: Point) -> int:
    """Which case of a function a point belongs to: its branch, or for a choice or tie the argument taken."""
    if row.branches:
        return rules.taken(row, point)
    if row.ties:
        return point.index(row.forward(*point))
    return int(point[0]) if row.chooses else 0


def ordinary(row: Operator) -> list[Point]:
    """Points away from kinks, jumps and edges of the domain, the same number on each branch."""
    found: dict[int, list[Point]] = {}
    for tried, point in enumerate(drawn(row)):
        same = found.setdefault(branch_of(row, point), [])
        if len(same) < POINTS and point[-1] not in (0.0, 1.0) and _is_inside(row, point):
            same.append(point)
        if tried > 20 * POINTS and all(len(same) == POINTS for same in found.values()):
            break
    assert len(found) >= max(1, len(row.branches))
    return [point for same in found.values() for point in same]


def _is_inside(row: Operator, point: Point) -> bool:
    """Whether each argument alone may be moved a little."""
    around = ((*point[:i], point[i] + h, *point[i + 1 :]) for i in places(row, len(point)) for h in (1e-9, -1e-9))
    return not row.domain or all(defined(row, beside) for beside in around)


def met(row: Operator, kink: Kink) -> list[int]:
    """The indices of the arguments that are equal on a kink, or of the one that equals a number."""
    return [row.parameters.index(name) for name in (kink.one, kink.other) if name in row.parameters]


def on_kink(row: Operator, kink: Kink, random: Random) -> list[float]:
    """A random point on a kink."""
    point = [random.uniform(0.1, 2) * random.choice((-1, 1)) for _ in row.parameters]
    first, *other = met(row, kink)
    point[first] = point[other[0]] if other else float(kink.other)
    return point


def on_kinks(row: Operator) -> Iterator[tuple[Kink, list[float]]]:
    """Each kink of a row with points on it."""
    random = Random(row.name)
    for kink in row.kinks:
        for _ in range(POINTS):
            yield kink, on_kink(row, kink, random)
