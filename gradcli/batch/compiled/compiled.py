"""The engine in C, which is compiled for one expression."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gradcli.batch.compiled.library import Library, compiler, has_vectors
from gradcli.batch.compiled.lowering import OneByOne, Several
from gradcli.batch.compiled.source import APART, GONE, OPEN, source
from gradcli.batch.engine import Answers, Column
from gradcli.batch.tape.lowering import lower
from gradcli.batch.tape.nodewise import Nodewise
from gradcli.graph import Graph

ROWS = 16384  # of a call
_SET = 512  # numbers that lie so far apart, in columns beside each other, have the same place in a processor's cache
_APART = 72
WHOLE = 64  # calls have a multiple of so many rows: at an end instructions may be others, which round in another way


class Compiled:
    """Value and gradient of a graph for blocks of rows, by a C compiler.

    `targets` are the nodes that require a gradient, by name, and `kink` is the rule at kinks, "branch" or "minnorm".
    A first function computes several rows at once. The rows for which that does not do go through a second one, which
    is compiled when there are any, and computes one by one; of these some go through both passes, a node at a time:
    those on a kink under the rule minnorm, and those that have a value and a slope of 0 times infinity, of which a
    gradient of 0 may stop. Raises `GradcliError` without a compiler.
    """

    def __init__(self, graph: Graph, targets: Mapping[str, int], kink: str = "branch") -> None:
        self.asked = graph, targets, kink
        self.variables = tuple(graph.variables)
        self.names = tuple(targets)
        self.compiler = compiler()
        self.has_vectors = has_vectors(*self.compiler)
        self.nodewise = Nodewise(graph, targets, kink)
        self.several = self._library(is_for_several=True)
        self.found = _Found(1 + len(targets), 0)

    @cached_property
    def one_by_one(self) -> Library:
        """The function for the rows that are left."""
        return self._library(is_for_several=False)

    def _library(self, is_for_several: bool) -> Library:
        lowered = lower(*self.asked, lowering=Several if is_for_several else OneByOne)
        vectors = is_for_several and self.has_vectors
        return Library(self.compiler, source(lowered, is_for_several, vectors), vectors)

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of `count` rows, as arrays; see `Engine`."""
        given = [columns[name] for name in self.variables]
        inputs = [float(x) if isinstance(x, int | float) else np.ascontiguousarray(x, np.float64) for x in given]
        if self.found.count != count:  # fresh memory costs more than what is written to it
            self.found = _Found(1 + len(self.names), count)
        found = self.found.columns
        for left, state in _filled(self.several, inputs, self.found):
            found[:, left[state == GONE]] = np.nan
            again = left[state != GONE]
            if again.size:
                found[:, again] = self._alone(_some(inputs, again), again.size)
        value, *slopes = found
        return Answers(value, dict(zip(self.names, slopes, strict=True)))

    def _alone(self, inputs: list[Any], count: int) -> Any:
        """Value and slopes of the rows for which the first function does not do."""
        written = _Found(1 + len(self.names), count)
        found = written.columns
        for left, state in _filled(self.one_by_one, inputs, written):
            rows = found[:, left]
            is_doubtful = (state == APART) | (state == OPEN) & np.isnan(rows).any(axis=0)
            found[:, left] = np.where(np.isfinite(rows) & (state != GONE), rows, np.nan)
            doubtful = left[is_doubtful]
            if doubtful.size:
                there = dict(zip(self.variables, _some(inputs, doubtful), strict=True))
                value, gradient = self.nodewise(there, doubtful.size)
                found[:, doubtful] = [value, *gradient.values()]
        return found


def _some(inputs: list[Any], rows: Any) -> list[Any]:
    return [x if isinstance(x, float) else x[rows] for x in inputs]


class _Found:
    """Columns for what a function finds of so many rows, and the states of the rows of one call."""

    def __init__(self, size: int, count: int) -> None:
        self.count = count
        width = count + (_APART - count) % _SET
        self.columns = np.empty((size, width))[:, :count]
        self.state = np.empty(min(ROWS, count + WHOLE))
        self.places = _Places([*self.columns, self.state], [*[8] * size, 0])


def _filled(library: Library, inputs: list[Any], found: _Found) -> Iterator[tuple[Any, Any]]:
    """Fill the columns; the places of rows that have a state, and their states."""
    count, state = found.count, found.state
    whole = count - count % WHOLE
    sources = [np.full(len(state), x) if isinstance(x, float) else x for x in inputs]
    read = _Places(sources, [0 if isinstance(x, float) else 8 for x in inputs])
    for start in range(0, whole, ROWS):
        size = min(ROWS, whole - start)
        if library(size, read.at(start), found.places.at(start)):
            left = np.flatnonzero(state[:size])
            yield start + left, state[left]
    if count > whole:
        ends = [x if isinstance(given, float) else _padded(x[whole:]) for x, given in zip(sources, inputs, strict=True)]
        last = np.empty((len(found.columns), WHOLE))
        is_any = library(WHOLE, _Places(ends).at(0), _Places([*last, state]).at(0))
        found.columns[:, whole:] = last[:, : count - whole]
        if is_any:
            left = np.flatnonzero(state[: count - whole])
            yield whole + left, state[left]


def _padded(column: Any) -> Any:
    return np.concatenate([column, np.full(WHOLE - len(column), column[-1])])


class _Places:
    """Where columns begin, in memory, and by how many bytes they go on."""

    def __init__(self, columns: list[Any], steps: Sequence[int] | None = None) -> None:
        self.begin = np.array([column.ctypes.data for column in columns], np.uintp)
        self.steps = np.array(steps or [0] * len(columns), np.uintp)

    def at(self, row: int) -> Any:
        """The pointers to a row."""
        return self.begin + self.steps * np.uintp(row)
