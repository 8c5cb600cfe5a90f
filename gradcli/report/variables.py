"""The rows of a table of variables: numbers, and arrays as one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from gradcli.graph import Graph
from gradcli.report.cells import NOTHING, Cell, Datum, Name, Number, Numeral
from gradcli.text import Settled

MOST_OTHERS = 10  # variables that require no gradient, in the same table


class VariableRow(NamedTuple):
    """A variable, or a step whose gradient was asked for: its name, its shape (() of a number), and the names of its
    numbers, row by row; and whether they have a gradient.
    """

    name: str
    shape: Sequence[int]
    names: Sequence[str]
    is_required: bool


def rows_of(graph: Graph, shown: Collection[str], required: Collection[str]) -> Iterator[VariableRow]:
    """What a table of values and gradients has rows for, in order of first appearance: numbers, and arrays as one.

    Elements of an array whose other ones require no gradient have rows of their own below it.
    """
    names = {name: None for name in graph.variables | graph.steps if name in shown}
    if graph.arrays is None:
        yield from (VariableRow(name, (), (name,), name in required) for name in names)
        return
    sloped = {group.elements[0]: group for group in graph.arrays.groups([name for name in names if name in required])}
    whole = {group.elements[0]: group for group in graph.arrays.groups(names)}
    for name in names:
        with_slope, group = sloped.get(name), whole.get(name)
        if group is not None:
            yield VariableRow(*group, group == with_slope)
        if with_slope is not None and with_slope != group:
            yield VariableRow(*with_slope, True)


def shown_of(rows: Iterable[VariableRow]) -> tuple[list[VariableRow], int]:
    """Those of a table for people, and how many are left out: what requires no gradient, where there is much of it."""
    shown = list(rows)
    required = [row for row in shown if row.is_required]
    others = len(shown) - len(required)
    return (required, others) if required and others > MOST_OTHERS else (shown, 0)


def named(row: VariableRow) -> Cell:
    """What a row is about."""
    if not row.shape:
        return Name(row.name)
    from gradcli.report.arrays import ArrayName

    return ArrayName(row.name, row.shape)


def numbers(values: Sequence[Any], shape: Sequence[int], missing: Cell = NOTHING) -> Cell:
    """A number, or those of an array."""
    if not shape:
        value = values[0]
        return Numeral(value) if isinstance(value, Settled) else Number(value, in_full=True, missing=missing)
    from gradcli.report.arrays import MatrixCell

    return MatrixCell(values, shape)


def datum(values: Sequence[Any], shape: Sequence[int]) -> Cell:
    """The same for programs."""
    if not shape:
        value = values[0]
        return Datum(value.text or None if isinstance(value, Settled) else value)
    from gradcli.report.arrays import MatrixCell

    return MatrixCell(values, shape)
