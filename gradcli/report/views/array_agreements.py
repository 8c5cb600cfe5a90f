"""The three ways to the gradient of arrays, a row for each array, which has the numbers of the backward pass."""

from collections.abc import Iterator, Sequence

from gradcli.check.agreements import Agreement
from gradcli.check.arrays.agreements import ArrayAgreement
from gradcli.report.blocks import Block, Column, Table
from gradcli.report.cells import Cell, Expression, Number, Words
from gradcli.report.variables import numbers
from gradcli.report.views.claims import Remarks

COLUMNS = (
    Column("label.variable", part=0.12),
    Column("label.reverse-mode", "reverse", part=0.45),
    Column("label.verdict", part=0.15),
    Column("label.remark", below=True, part=0.28),
)


def blocks(agreements: Sequence[Agreement | ArrayAgreement]) -> Iterator[Block]:
    """The report of `gradcli check` of arrays without claims."""
    rows = [
        (Expression(found.name), _reverse(found), Words(f"verdict.{found.verdict}"), Remarks(found))
        for found in agreements
    ]
    yield Table(COLUMNS, lambda: rows)


def _reverse(found: Agreement | ArrayAgreement) -> Cell:
    if isinstance(found, Agreement):
        return Number(found.reverse)
    return numbers([element.reverse for element in found.elements], found.shape)
