"""Both passes in doubles over many rows, a node at a time: the numbers of the scalar passes to the last bit.

Where a slope is 0 times infinity, the formula of a gradient cannot tell whether the gradient stopped before; these
passes can, as they know of each node the rows that a gradient reaches. Only operations of which IEEE 754 says each bit
are done on arrays; other functions are called for one row after the other, as another library rounds in another way.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import nan
from typing import Any

import numpy as np

from gradcli.batch.engine import Answers, Column
from gradcli.batch.scalar import Scalar
from gradcli.batch.tape.spelling import call
from gradcli.engine.doubles import kinks, passes, rules
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Graph
from gradcli.operators import numeric
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, WRITTEN

FEWEST = 16  # rows for which calls of NumPy pay
_MOST_NUMBERS = 2**20  # of all nodes of the rows that go together
_EXACT = frozenset(("add", "sub", "mul", "div", "neg", "sqrt", "abs", "lt", "le", "gt", "ge", "eq", "ne", "not"))


class Nodewise:
    """An engine for any graph. Rows that take the same branches go together; few of a kind go one by one."""

    def __init__(self, graph: Graph, targets: Mapping[str, int], kink: str = "branch") -> None:
        self.graph = graph
        self.targets = targets
        self.kink = kink
        self.scalar = Scalar(graph, targets, kink)
        self.required = graph.requires_gradient(list(targets.values()))

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of the rows, as arrays; see `Engine`."""
        given = {name: np.broadcast_to(np.asarray(columns[name], np.float64), count) for name in self.graph.variables}
        found = np.empty((1 + len(self.targets), count))
        step = max(FEWEST, _MOST_NUMBERS // len(self.graph))
        waiting = [np.arange(start, min(start + step, count)) for start in range(0, count, step)]
        with np.errstate(all="ignore"):
            while waiting:
                rows = waiting.pop()
                here = {name: column[rows] for name, column in given.items()}
                if len(rows) < FEWEST:
                    value, gradient = self.scalar(here, len(rows))
                    found[:, rows] = [value, *gradient.values()]
                    continue
                values, order, alike = self._forward(here, len(rows))
                if not alike.all():
                    waiting += [rows[~alike], rows[alike]]
                    continue
                found[:, rows] = self._answers(values, order, len(rows))
        value, *slopes = found
        return Answers(value, dict(zip(self.targets, slopes, strict=True)))

    def _forward(self, columns: Mapping[str, Any], count: int) -> tuple[list[Any], Iterable[int], Any]:
        """The values of the nodes, their order, and marks of the rows that choose as the first one does; up to the
        first choice at which one does not.
        """
        graph = self.graph
        alike = np.ones(count, bool)
        values: list[Any] = [None] * len(graph)
        for node, number in graph.values.items():
            values[node] = np.full(count, number)
        for name, node in graph.variables.items():
            values[node] = columns[name]
        conditions: list[Any] = [None] * len(graph)  # of the first row
        order: list[int] = []
        for node in passes.demanded(graph, conditions, order):
            operator, inputs = graph.operators[node], graph.inputs[node]
            if operator.chooses:
                alike = values[inputs[0]] == conditions[inputs[0]]
                if not alike.all():
                    break
                values[node] = values[inputs[operator.chooses(conditions[inputs[0]])]]
            else:
                values[node] = _called(operator, [values[x] for x in inputs], _or_nan(operator))
            if operator.condition:
                conditions[node] = bool(values[node][0])
        return values, order, alike

    def _answers(self, values: list[Any], order: Any, count: int) -> Any:
        """Value and slopes of rows that choose alike: NaN for all where a node is not finite, and for such slopes."""
        adjoints = self._backward(values, order, count)
        zero = np.zeros(count)
        found = np.array([values[self.graph.output], *(adjoints.get(x, zero) for x in self.targets.values())]) + 0.0
        found[~np.isfinite(found)] = nan
        operators = self.graph.operators
        has_value = np.logical_and.reduce([np.isfinite(values[x]) for x in order if not operators[x].condition])
        found[:, ~has_value] = nan
        return found

    def _backward(self, values: list[Any], order: Any, count: int) -> dict[int, Any]:
        """The adjoints of the nodes that a gradient reaches: see `passes.backward`."""
        graph, required = self.graph, self.required
        adjoints: dict[int, Any] = {graph.output: np.ones(count)} if required[graph.output] else {}
        for node in reversed(order):
            adjoint = adjoints.get(node)
            if adjoint is None or not required[node] or not adjoint.any():
                continue
            for index, slope in self._local_derivatives(node, values):
                x = graph.inputs[node][index]
                adjoints[x] = adjoints.get(x, 0.0) + self._passed_on(node, index, adjoint, slope, values)
        return adjoints

    def _passed_on(self, node: int, index: int, adjoint: Any, slope: Any, values: list[Any]) -> Any:
        """What a node passes on to one of its arguments: see `passes.Tape.passed_on`."""
        passed = adjoint * slope
        passed[adjoint == 0] = 0.0
        rows = np.flatnonzero(~np.isfinite(adjoint) & (slope == 0))
        if rows.size:
            operator, columns = self.graph.operators[node], (*self.graph.inputs[node], node)
            points = zip(*(values[x][rows].tolist() for x in columns), strict=True)
            free = [not rules.depends(operator, index, arguments, out) for *arguments, out in points]
            passed[rows[np.array(free, bool)]] = 0.0
        return passed

    def _local_derivatives(self, node: int, values: list[Any]) -> Iterable[tuple[int, Any]]:
        """∂node/∂argument in each row by the argument's index, for each that requires a gradient."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        wanted = [index for index, x in enumerate(inputs) if self.required[x] and index not in operator.discrete]
        if operator.condition or not wanted:
            return
        if operator.chooses:
            chosen = operator.chooses(bool(values[inputs[0]][0]))
            if chosen in wanted:
                yield chosen, np.ones(len(values[node]))
            return
        point = [values[x] for x in (*inputs, node)]
        slopes = kinks.minnorm_slopes if self.kink == "minnorm" else rules.slopes
        if operator.variadic:
            function = slopes(operator, tuple(wanted), True)
            rows = zip(*(column.tolist() for column in point), strict=True)
            local = np.array([function(arguments, out) for *arguments, out in rows])
            yield from ((index, local[:, index]) for index in wanted)
            return
        for index in wanted:
            formula = None if self.kink == "minnorm" and operator.kinks else _formula(operator, index)
            if formula:
                yield index, np.broadcast_to(formula(*point), len(values[node]))
                continue
            function = slopes(operator, (index,), True)
            yield index, np.array(list(map(function, *(column.tolist() for column in point))), np.float64)


def _called(operator: Operator, columns: list[Any], function: Callable[..., Any]) -> Any:
    """An operation on columns; `function` is that on numbers."""
    out = np.empty(len(columns[0]), bool if operator.condition else np.float64)
    if operator.name in _EXACT:
        call(operator)(*columns, out=out)
    else:
        out[...] = list(map(function, *(column.tolist() for column in columns)))
    return out


@cache
def _or_nan(operator: Operator) -> Callable[..., Any]:
    """The numeric function, NaN where it raises: there the row has no value."""

    def called(*arguments: Any) -> Any:
        try:
            return operator.forward(*arguments)
        except ARITHMETIC_ERRORS:
            return nan

    return called


class _ChoiceError(Exception):
    """A rule has a choice, which arrays cannot make."""


@cache
def _formula(operator: Operator, index: int) -> Callable[..., Any] | None:
    """A slope as a function of columns, if the rule is a formula without a choice."""
    partial = operator.partials[index]
    if partial.slope:
        return None
    try:
        return numeric.function(partial.for_machines, (*operator.parameters, "out"), _spelled, CONSTANTS)
    except _ChoiceError:
        return None


def _spelled(name: str) -> Callable[..., Any]:
    """A function of a rule, for columns."""
    operator = WRITTEN[name]
    if operator.chooses:
        raise _ChoiceError

    def called(*arguments: Any) -> Any:
        whole = np.broadcast_arrays(*arguments)
        total = rules.ieee(operator)
        return _called(operator, list(whole), total) if whole[0].ndim else total(*arguments)

    return called
