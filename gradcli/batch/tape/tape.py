"""The engine on NumPy."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcli.batch.engine import Answers, Column
from gradcli.batch.scalar import Scalar
from gradcli.batch.tape.lowering import lower
from gradcli.batch.tape.program import Program
from gradcli.engine.doubles import rules
from gradcli.graph import Graph

MOST_ROWS = 8192
LEAST_ROWS = 512
CACHE = 2**20  # bytes of buffers that stay near a processor
VECTOR = 8  # blocks are whole vectors: at an end instructions may be others, which round in another way

_ZERO = np.array(0.0)


class Tape:
    """Value and gradient of a graph for blocks of rows, with NumPy.

    `targets` are the nodes that require a gradient, by name, and `kink` is the rule at kinks, "branch" or "minnorm".
    Rows for which arrays do not do go through the scalar passes one by one: those on a kink under the rule minnorm, and
    those that have a value and a slope of 0 times infinity, of which a gradient of 0 may stop.
    """

    def __init__(self, graph: Graph, targets: Mapping[str, int], kink: str = "branch") -> None:
        self.lowered = lower(graph, targets, kink)
        self.variables = tuple(graph.variables)
        self.scalar = Scalar(graph, targets, kink)
        self._runners: dict[frozenset[str], _Runner] = {}

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of `count` rows, as arrays; see `Engine`."""
        numbers = {name: float(x) for name in self.variables if isinstance(x := columns[name], int | float)}
        arrays = {
            name: np.ascontiguousarray(columns[name], dtype=np.float64)
            for name in self.variables
            if name not in numbers
        }
        key = frozenset(arrays)
        if key not in self._runners:
            self._runners[key] = _Runner(Program(self.lowered, key))
        found, doubtful = self._runners[key].run(arrays, numbers, count)
        if doubtful.size:
            there = {name: arrays[name][doubtful] if name in arrays else numbers[name] for name in self.variables}
            value, gradient = self.scalar(there, len(doubtful))
            found[:, doubtful] = [value, *gradient.values()]
        value, *slopes = found
        return Answers(value, dict(zip(self.lowered.slopes, slopes, strict=True)))


class _Runner:
    """A program with its buffers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        written = len(program.numbers) + len(program.columns)
        rows = CACHE // 8 // max(1, written)
        self.rows = max(LEAST_ROWS, min(MOST_ROWS, rows - rows % LEAST_ROWS))
        self.size = 2 * (len(program.columns) + len(program.uniform) + len(program.numbers) + len(program.conditions))
        self.buffers: dict[int, Any] = {}
        self.numbers: Mapping[str, float] | None = None
        self.shared: list[Any] = []

    def run(self, arrays: Mapping[str, Any], numbers: Mapping[str, float], count: int) -> tuple[Any, Any]:
        """Value and slopes as the rows of an array, and the places at which they are not to be taken so."""
        program = self.program
        if not self.buffers:
            self._allocate()
        found = np.empty((program.asked, count))
        doubtful = []
        with np.errstate(all="ignore"):
            frame = self._uniform(numbers)
            step = self.rows if program.columns else count
            for start in range(0, count, step):
                stop = min(start + step, count)
                self._fill(frame, arrays, start, stop)
                for function, operands, out in program.steps:
                    function(*[frame[x] for x in operands], out=frame[out])
                doubtful.append(start + self._finish(frame, found[:, start:stop]))
        return found, np.concatenate(doubtful) if doubtful else np.empty(0, np.intp)

    def _allocate(self) -> None:
        program = self.program
        self.buffers = {x: np.empty(self.rows) for x in (*program.numbers, *program.columns)}
        self.buffers |= {x: np.empty(self.rows, bool) for x in program.conditions}
        self.length = 0

    def _uniform(self, numbers: Mapping[str, float]) -> list[Any]:
        """A frame with what is the same in all rows."""
        program = self.program
        frame: list[Any] = [None] * self.size
        values = _evaluated(program, numbers)
        for buffer, node in program.uniform.items():
            number = np.array(values[node])
            frame[2 * buffer] = number
            frame[2 * buffer + 1] = number.view(np.int64) if number.dtype == np.float64 else number
        self.length = 0
        return frame

    def _fill(self, frame: list[Any], arrays: Mapping[str, Any], start: int, stop: int) -> None:
        """Set the columns of a block, and where it is shorter than others, the buffers."""
        program = self.program
        count = stop - start
        length = count + -count % VECTOR
        if length != self.length:
            for buffer, whole in self.buffers.items():
                array = whole[:length]
                frame[2 * buffer] = array
                frame[2 * buffer + 1] = array.view(np.int64) if array.dtype == np.float64 else array
            self.length = length
        for buffer, name in program.columns.items():
            if length == count:
                array = arrays[name][start:stop]
            else:
                array = self.buffers[buffer][:length]
                array[:count] = arrays[name][start:stop]
                array[count:] = array[count - 1]
            frame[2 * buffer] = array
            frame[2 * buffer + 1] = array.view(np.int64)

    def _finish(self, frame: Sequence[Any], found: Any) -> Any:
        """Write the answers, without −0 and with NaN for what is not finite; the places that are not to be taken so."""
        count = found.shape[1]
        roots = [frame[index] for index in self.program.roots]
        *asked, holds, bends = [root[:count] if root.ndim else np.broadcast_to(root, count) for root in roots]
        doubtful = bends & holds
        for row, root in zip(found, asked, strict=True):
            np.add(root, _ZERO, out=row)
            finite = np.isfinite(row)
            if not finite.all():
                doubtful |= np.isnan(row) & holds
                row[~finite] = np.nan
        if not holds.all():
            found[:, ~holds] = np.nan
        return np.flatnonzero(doubtful)


def _evaluated(program: Program, numbers: Mapping[str, float]) -> Mapping[int, Any]:
    """The values of the nodes that depend on no column."""
    graph = program.graph
    values: dict[int, Any] = dict(graph.values)
    values |= {node: numbers[name] for name, node in graph.variables.items() if name in numbers}
    for node, operator in enumerate(graph.operators):
        if graph.inputs[node] and not program.varies[node]:
            values[node] = rules.ieee(operator)(*(values[x] for x in graph.inputs[node]))
    return values
