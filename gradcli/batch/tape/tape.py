"""The engine on NumPy."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcli.batch.engine import Answers, Column
from gradcli.batch.tape.lowering import lower
from gradcli.batch.tape.nodewise import Nodewise
from gradcli.batch.tape.program import TapeProgram
from gradcli.batch.tape.spelling import Call
from gradcli.engine.doubles import rules
from gradcli.graph import Graph

MOST_ROWS = 8192
LEAST_ROWS = 512
CACHE = 2**21  # bytes of buffers that stay near a processor
_NOWHERE = np.empty(0, np.intp)
VECTOR = 8  # blocks are whole vectors: at an end instructions may be others, which round in another way


class NumPyTape:
    """Value and gradient of a graph for blocks of rows, with NumPy.

    `targets` are the nodes that require a gradient, by name, and `kink` is the rule at kinks, "branch" or "minnorm".
    Rows for which formulas do not do go through both passes, a node at a time: those on a kink under the rule minnorm,
    and those that have a value and a slope of 0 times infinity, of which a gradient of 0 may stop.
    """

    def __init__(self, graph: Graph, targets: Mapping[str, int], kink: str = "branch") -> None:
        self.lowered = lower(graph, targets, kink)
        self.variables = tuple(graph.variables)
        self.nodewise = Nodewise(graph, targets, kink)
        self._runners: dict[frozenset[str], _Runner] = {}

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of `count` rows, as arrays that the next call writes to; see `Engine`."""
        numbers = {name: float(x) for name in self.variables if isinstance(x := columns[name], int | float)}
        arrays = {
            name: np.ascontiguousarray(columns[name], dtype=np.float64)
            for name in self.variables
            if name not in numbers
        }
        key = frozenset(arrays)
        if key not in self._runners:
            self._runners[key] = _Runner(TapeProgram(self.lowered, key))
        found, doubtful = self._runners[key].run(arrays, numbers, count)
        if doubtful.size:
            there = {name: arrays[name][doubtful] if name in arrays else numbers[name] for name in self.variables}
            value, gradient = self.nodewise(there, len(doubtful))
            found[:, doubtful] = [value, *gradient.values()]
        value, *slopes = found
        return Answers(value, dict(zip(self.lowered.slopes, slopes, strict=True)))

    def forget(self) -> None:
        """Leave the arrays of the last call to the caller: the next one does not write to them."""
        for runner in self._runners.values():
            runner.found = None


class _Runner:
    """A program with its buffers."""

    def __init__(self, program: TapeProgram) -> None:
        self.program = program
        written = len(program.numbers) + len(program.columns)
        rows = CACHE // 8 // max(1, written)
        self.rows = max(LEAST_ROWS, min(MOST_ROWS, rows - rows % LEAST_ROWS))
        self.buffers = {x: np.empty(self.rows) for x in (*program.numbers, *program.columns)}
        self.buffers |= {x: np.empty(self.rows, bool) for x in program.conditions}
        self.calls: list[tuple[Call, list[Any], Any]] = []
        self.length = 0
        self.found: Any = None
        self.frame: dict[int, Any] = {}
        self.shared: dict[str, str] | None = None

    def run(self, arrays: Mapping[str, Any], numbers: Mapping[str, float], count: int) -> tuple[Any, Any]:
        """Value and slopes as the rows of an array, and the places at which they are not to be taken so."""
        program = self.program
        width = count + -count % VECTOR
        if self.found is None or width != self.found.shape[1]:  # fresh memory costs more than what is written to it
            self.found = np.empty((len(program.outputs), width))
        found = self.found
        doubtful = [_NOWHERE]
        with np.errstate(all="ignore"):
            self._share(numbers)
            for start in range(0, count, self.rows):
                stop = min(start + self.rows, count)
                self._set(arrays, found, start, stop)
                for function, operands, out in self.calls:
                    function(*operands, out=out)
                places = self._finish(found[:, start:stop])
                if places.size:
                    doubtful.append(start + places)
        return found[:, :count], np.concatenate(doubtful) if len(doubtful) > 1 else _NOWHERE

    def _share(self, numbers: Mapping[str, float]) -> None:
        """Set what is the same in all rows, unless it is what it was."""
        key = {name: x.hex() for name, x in numbers.items()}  # which tells 0 from −0
        if key == self.shared:
            return
        self.shared = key
        values = _evaluated(self.program, numbers)
        for buffer, node in self.program.uniform.items():
            if isinstance(node, tuple):
                one, other = (np.array(values[x], np.float64).view(np.int64) for x in node)
                self._put(buffer, np.asarray(one ^ other).view(np.float64))
            else:
                self._put(buffer, np.array(values[node]))
        self.length = 0

    def _set(self, arrays: Mapping[str, Any], found: Any, start: int, stop: int) -> None:
        """Set the columns and outputs of a block, and where it is shorter than the one before, the buffers."""
        program, frame = self.program, self.frame
        count = stop - start
        length = count + -count % VECTOR
        is_other = length != self.length
        for buffer, whole in self.buffers.items() if is_other else ():
            self._put(buffer, whole[:length])
        for buffer, row in zip(program.outputs, found, strict=True):
            self._put(buffer, row[start : start + length])
        for buffer, name in program.columns.items():
            array = arrays[name][start:stop]
            if length != count:
                array = self.buffers[buffer][:length]
                array[:count] = arrays[name][start:stop]
                array[count:] = array[count - 1]
            self._put(buffer, array)
        if is_other:
            self.calls = [(step.call, [frame[x] for x in step.operands], frame[step.out]) for step in program.steps]
            self.length = length
            return
        for index, step in program.moving:
            self.calls[index] = step.call, [frame[x] for x in step.operands], frame[step.out]

    def _put(self, buffer: int, array: Any) -> None:
        """Set a buffer of the frame."""
        self.frame[2 * buffer] = array
        if 2 * buffer + 1 in self.program.used:
            self.frame[2 * buffer + 1] = array.view(np.int64) if array.dtype == np.float64 else array

    def _finish(self, found: Any) -> Any:
        """Put NaN in the place of what is not finite; the places that are not to be taken so."""
        program, frame = self.program, self.frame
        if not frame[program.bends].any() and all(frame[x].all() for x in (program.holds, *program.finite.values())):
            return _NOWHERE
        count = found.shape[1]
        holds, bends = (np.broadcast_to(frame[x], (self.length,))[:count] for x in (program.holds, program.bends))
        doubtful = bends & holds
        for row, index in program.finite.items():
            finite = frame[index][:count]
            if not finite.all():
                doubtful |= np.isnan(found[row]) & holds
                found[row, ~finite] = np.nan
        if not holds.all():
            found[:, ~holds] = np.nan
        return np.flatnonzero(doubtful)


def _evaluated(program: TapeProgram, numbers: Mapping[str, float]) -> Mapping[int, Any]:
    """The values of the nodes that depend on no column."""
    graph = program.graph
    values: dict[int, Any] = dict(graph.values)
    values |= {node: numbers[name] for name, node in graph.variables.items() if name in numbers}
    for node, operator in enumerate(graph.operators):
        if graph.inputs[node] and not program.varies[node]:
            values[node] = rules.ieee(operator)(*(values[x] for x in graph.inputs[node]))
    return values
