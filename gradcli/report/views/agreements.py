"""The three ways to a gradient: reverse mode, forward mode, and a Taylor test of both."""

from collections.abc import Iterator, Sequence

from gradcli.check.agreements import Agreement
from gradcli.report.blocks import Block, Column, Table
from gradcli.report.cells import NOTHING, Expression, Number, Numeral, Words
from gradcli.report.views.claims import RIGHT_VALUE, Remarks
from gradcli.text import DIGITS

COLUMNS = (
    Column("label.variable", part=0.115),
    Column("label.reverse-mode", "reverse", right=True, part=0.215),
    Column("label.forward-mode", "forward", right=True, part=0.215),
    Column("label.taylor-test", "taylor", right=True, part=0.135),
    Column("label.verdict", part=0.145),
    Column("label.remark", below=True, part=0.175),
)


def blocks(agreements: Sequence[Agreement]) -> Iterator[Block]:
    """The report of `gradcli check` without claims."""
    have_digits = any(found.digits is not None for found in agreements)
    rows = [
        (
            Expression(found.name),
            Number(found.reverse),
            Number(found.forward),
            Number(found.taylor, digits=DIGITS),  # those of a difference quotient that count
            *([Numeral(found.digits) if found.digits else NOTHING] if have_digits else ()),
            Words(f"verdict.{found.verdict}"),
            Remarks(found),
        )
        for found in agreements
    ]
    if rows:
        # With digits there is no room on paper for parts of a line.
        wide = [column._replace(part=0.0) for column in (*COLUMNS[:-2], RIGHT_VALUE, *COLUMNS[-2:])]
        yield Table(wide if have_digits else COLUMNS, lambda: rows)
