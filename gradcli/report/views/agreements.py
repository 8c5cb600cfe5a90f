"""The three ways to a gradient: reverse mode, forward mode, and a Taylor test of both."""

from collections.abc import Iterator, Sequence

from gradcli.check.agreements import Agreement
from gradcli.report.blocks import Block, Column, Expression, Number, Table, Words
from gradcli.report.views.claims import Remarks
from gradcli.text import DIGITS

COLUMNS = (
    Column("label.variable"),
    Column("label.reverse-mode", "reverse", right=True),
    Column("label.forward-mode", "forward", right=True),
    Column("label.taylor-test", "taylor", right=True),
    Column("label.verdict"),
    Column("label.remark"),
)


def blocks(agreements: Sequence[Agreement]) -> Iterator[Block]:
    """The report of `gradcli check` without claims."""
    rows = [
        (
            Expression(found.name),
            Number(found.reverse),
            Number(found.forward),
            Number(found.taylor, digits=DIGITS),  # those of a difference quotient that count
            Words(f"verdict.{found.verdict}"),
            Remarks(found),
        )
        for found in agreements
    ]
    if rows:
        yield Table(COLUMNS, lambda: rows)
