"""Engines and compiled functions beside the scalar passes: the same rows by both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite, isnan, nan
from typing import Any, NamedTuple

import numpy as np

import gradcli
from gradcli.batch.scalar import Scalar
from gradcli.batch.tape.nodewise import Nodewise
from gradcli.batch.tape.tape import NumPyTape
from gradcli.graph import Graph
from gradcli.language.parser import parse


class Row(NamedTuple):
    """Value and slopes of one row, as an engine and as the scalar passes have them."""

    text: str
    point: Sequence[float]
    got: list[float]
    expected: list[float]

    def differences(self, tolerance: float = 1e-13) -> list[tuple[float, float]]:
        """The numbers that are not nearly equal; NaN is equal to NaN alone."""
        pairs = zip(self.got, self.expected, strict=True)
        return [pair for pair in pairs if not _are_close(*pair, tolerance)]


def _are_close(got: float, expected: float, tolerance: float) -> bool:
    if not isfinite(expected):
        return isnan(got)
    return abs(got - expected) <= tolerance * abs(expected) + 1e-322


def answers(engine: Any, graph: Graph, points: Sequence[Sequence[float]]) -> list[list[float]]:
    """Value and slopes of an engine at these points, row by row."""
    columns = {name: np.array([point[index] for point in points]) for index, name in enumerate(graph.variables)}
    value, gradient = engine(columns, len(points))
    return [[float(column[row]) for column in (value, *gradient.values())] for row in range(len(points))]


class Calls:
    """A compiled function as an engine: called for one row after the other, where MathError stands for NaN."""

    def __init__(self, graph: Graph, targets: Iterable[str], kink: str = "branch") -> None:
        self.names = list(targets)
        self.function = gradcli.compile(graph, self.names, kink=kink)

    def __call__(self, columns: Mapping[str, Any], count: int) -> tuple[Any, dict[str, Any]]:
        """Value and gradient of the rows."""
        found = np.array([self._at({name: float(x[row]) for name, x in columns.items()}) for row in range(count)])
        value, *slopes = found.T
        return value, dict(zip(self.names, slopes, strict=True))

    def _at(self, point: Mapping[str, float]) -> list[float]:
        try:
            value, gradient = self.function(point)
        except gradcli.MathError:
            return [nan] * (1 + len(self.names))
        return [value, *gradient.values()]


def rows(text: str, points: Sequence[Sequence[float]], kink: str = "branch", engine: Any = NumPyTape) -> Iterator[Row]:
    """The rows of an expression at these points, by an engine and by the scalar passes."""
    graph = parse(text)
    got, expected = (answers(made(graph, graph.variables, kink), graph, points) for made in (engine, Scalar))
    for point, one, other in zip(points, got, expected, strict=True):
        yield Row(text, point, one, other)


def has_the_bits_of_the_passes(text: str, points: Sequence[Sequence[float]], kink: str = "branch") -> bool:
    """Whether the passes over columns have the numbers of the scalar ones, to the last bit."""
    graph = parse(text)
    got, expected = (
        np.array(answers(made(graph, graph.variables, kink), graph, points)) for made in (Nodewise, Scalar)
    )
    same = (got == expected) & (np.signbit(got) == np.signbit(expected)) | np.isnan(got) & np.isnan(expected)
    return bool(same.all())
