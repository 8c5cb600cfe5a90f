"""The verdicts on claims about arrays: a row for each claim, with the gradient as a matrix."""

from collections.abc import Iterator, Sequence

from gradcli.check.arrays.verdicts import ArrayVerdict
from gradcli.report.blocks import Block, Sentence, Table
from gradcli.report.cells import Expression, Words
from gradcli.report.variables import numbers
from gradcli.report.views.claims import COLUMNS, BreakFirst, Remarks


def blocks(verdicts: Sequence[ArrayVerdict], first: Sequence[str]) -> Iterator[Block]:
    """The report of `gradcli check` with claims about arrays. `first` has the names of those that break first."""
    rows = [
        (
            Expression(f"{verdict.claim.name} = {verdict.claim.text}"),
            Words(f"verdict.{verdict.verdict}"),
            numbers(verdict.right, verdict.shape),
            Remarks(verdict),
        )
        for verdict in verdicts
    ]
    yield Table(COLUMNS, lambda: rows)
    if first:
        yield Sentence(BreakFirst(first))
