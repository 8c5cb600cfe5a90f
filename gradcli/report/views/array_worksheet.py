"""Exercises over arrays: the rows of empty tables, with a place for each number of a matrix."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gradcli.graph.arrays import Shape, size_of
from gradcli.report.cells import NOTHING, Cell, Gap, Line
from gradcli.report.formulas import ShownFormula, named, with_numbers, with_shape
from gradcli.report.notation import Notation
from gradcli.report.views.arrays import ArrayCell, ArrayInputCell, ArrayNodeCell
from gradcli.report.views.trace import chains
from gradcli.trace.arrays.rows import Array, ArrayRow, ArrayValues, Passed
from gradcli.trace.rows import Product

Cells = tuple[Cell, Cell, Cell]


def cells(blank: str) -> Callable[[ArrayRow], Cells]:
    """What makes the cells of a row without what `blank` says; see `choices.BLANKS`."""
    return {"all": _all, "outputs": _outputs, "numbers": _numbers}[blank]


def _all(row: ArrayRow) -> Cells:
    """A row of which only the node is there."""
    is_first, is_last = _ends(row)
    inputs = Gap(1 if row.pass_ == "forward" else _height(_arriving_shape(row)))
    return _node(row), NOTHING if is_first else inputs, NOTHING if is_last else Gap(_lines_of(row))


def _outputs(row: ArrayRow) -> Cells:
    """A row of which the output is to be written, and at the last stop the number that has come there."""
    is_first, is_last = _ends(row)
    inputs: Cell = AskedInput(row) if is_last else ArrayInputCell(row)
    return _node(row), NOTHING if is_first else inputs, NOTHING if is_last else Gap(_lines_of(row))


def _numbers(row: ArrayRow) -> Cells:
    """A row of which the numbers are to be written."""
    is_first, is_last = _ends(row)
    return _node(row), NOTHING if is_first else AskedInput(row), NOTHING if is_last else AskedOutput(row)


def _node(row: ArrayRow) -> Cell:
    """The node, without the branches that it may take."""
    return ArrayNodeCell(replace(row, choices=()))


def _ends(row: ArrayRow) -> tuple[bool, bool]:
    """Whether nothing goes into the row, and whether nothing leaves it."""
    first, last = ("start", "end") if row.pass_ == "forward" else ("end", "start")
    return row.kind == first, row.kind == last


def _height(shape: Shape) -> int:
    """The lines of a matrix with its name."""
    return 1 + shape[0] if len(shape) > 1 else 1


def _arriving_shape(row: ArrayRow) -> Shape:
    return row.arriving.shape if row.arriving and row.is_shown else ()


def _lines_of(row: ArrayRow) -> int:
    """How many lines there are for what leaves a row: that of a formula, and those of its numbers."""
    if row.pass_ == "forward":
        return max(1, sum(_height(array.shape) for array in row.outputs))
    return max(1, sum(max(2, _height(_shape(one))) for one in row.outputs))


def _shape(one: Passed | Product) -> Shape:
    return one.shape if isinstance(one, Passed) else ()


def _asked(head: str, shape: Shape, notation: Notation) -> Line | ShownFormula:
    """What is known, and a place for each number."""
    if not shape:
        return Line(notation.math(head), notation.math(f"= {notation.gap}"))
    return with_numbers(
        notation.math(head), ArrayValues([notation.blank] * size_of(shape), shape), notation, is_beside=True
    )


def _asked_array(array: Array, notation: Notation) -> Line | ShownFormula:
    if array.is_literal:
        return Line(named(array, notation))
    if not array.shape:
        return Line(notation.math(f"{notation.name(array.name)} = {notation.gap}"))
    places = ArrayValues([notation.blank] * size_of(array.shape), array.shape)
    return with_numbers(named(array, notation), places, notation, is_beside=True)


class AskedOutput(ArrayCell):
    """What a row makes or passes back, with places for the numbers."""

    def __init__(self, row: ArrayRow) -> None:
        self.row = row

    def facts(self, notation: Notation) -> Iterator[Line | ShownFormula]:
        """A line for each array or formula, with places below or beside it."""
        for one in self.row.outputs:
            if isinstance(one, Array):
                yield _asked_array(one, notation)
            elif isinstance(one, Product):
                places = f"= {notation.times.join([notation.gap] * 2)} = {notation.gap}"
                yield Line(notation.math(chains([one], notation, one.is_part)), "" if one.is_first else places)
            else:
                yield _asked(_formula(one, notation), one.shape, notation)


def _formula(one: Passed, notation: Notation) -> str:
    whole = notation.derivative(one.equals[0], (one.equals[1],))
    equal = notation.part_of(whole) if one.is_part else notation.equal(whole)
    return notation.over_arrays(one.formula) + equal


class AskedInput(ArrayCell):
    """What a row reads, or what comes to it, with places for the numbers that stand nowhere else."""

    def __init__(self, row: ArrayRow) -> None:
        self.row = row

    def facts(self, notation: Notation) -> Iterator[Line | ShownFormula]:
        """Names with shapes, numbers with places."""
        row, array = self.row, self.row.arriving
        if row.pass_ == "forward":
            yield Line(", ".join(map(partial(_read, notation=notation), row.inputs)) or notation.text("-"))
        elif array is None or not row.is_reached or (not array.shape and row.name == row.output):
            yield from ArrayInputCell(row).facts(notation)
        else:
            head = notation.derivative(row.output, (array.name,))
            is_asked = row.is_shown or not array.shape
            yield _asked(head, array.shape, notation) if is_asked else Line(with_shape(head, array.shape, notation))


def _read(array: Array, notation: Notation) -> str:
    if array.shape or array.is_literal:
        return named(array, notation)
    return notation.math(f"{notation.name(array.name)} = {notation.gap}")


class GivenArray(Cell):
    """`W = [[1, 2], [3, 4]]`, `c = 2`."""

    def __init__(self, name: str, shape: Shape, values: Sequence[Any]) -> None:
        self.name = name
        self.shape = shape
        self.values = values

    def written(self, notation: Notation) -> str:
        """The variable and all of its numbers, which an exercise needs."""
        if not self.shape:
            return notation.math(f"{notation.name(self.name)} = {notation.number(self.values[0])[0]}")
        written = notation.array(self.values, self.shape, (max(self.shape), 0))
        return notation.math(f"{notation.name(self.name)} = {written[0]}")
