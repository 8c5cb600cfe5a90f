"""The verdicts on claims about arrays: a row for each claim, with the gradient as a matrix."""

from collections.abc import Iterator, Sequence

from gradcli.check.arrays.verdicts import ArrayVerdict
from gradcli.graph.arrays import Shape
from gradcli.report.blocks import Block, Sentence, Table
from gradcli.report.cells import NOTHING, Cell, Expression, Line, Words
from gradcli.report.notation import Notation
from gradcli.report.views.claims import COLUMNS, BreakFirst, Remarks
from gradcli.text import format_number


def blocks(verdicts: Sequence[ArrayVerdict], first: Sequence[str]) -> Iterator[Block]:
    """The report of `gradcli check` with claims about arrays. `first` has the names of those that break first."""
    rows = [
        (
            Expression(f"{verdict.claim.name} = {verdict.claim.text}"),
            Words(f"verdict.{verdict.verdict}"),
            _right(verdict),
            Remarks(verdict),
        )
        for verdict in verdicts
    ]
    yield Table(COLUMNS, lambda: rows)
    if first:
        yield Sentence(BreakFirst(first))


def _right(verdict: ArrayVerdict) -> Cell:
    if verdict.shape:
        return MatrixOf(verdict.right, verdict.shape)
    right = verdict.right[0]
    return NOTHING if right is None else Expression(format_number(right))


class MatrixOf(Cell):
    """The numbers of an array, given row by row."""

    def __init__(self, numbers: Sequence[float | None], shape: Shape) -> None:
        self.numbers = list(numbers)
        self.shape = shape

    def lines(self, notation: Notation) -> list[Line]:
        """The matrix, line by line."""
        grid = notation.grid(self.numbers, self.shape)
        return [Line(notation.math(line)) for line in notation.matrices([grid])]
