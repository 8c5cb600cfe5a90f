"""The verdicts on claims, and what there is to say of each."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from gradcli.check.trials.remarks import Mark
from gradcli.check.verdicts import Verdict
from gradcli.report.blocks import Block, Column, Sentence, Table
from gradcli.report.cells import NOTHING, Cell, Expression, Line, Mathematics, Numeral, Words
from gradcli.report.notation import Notation
from gradcli.text import format_number
from gradcli.words.catalogue import say

CLAIMED_VALUE, RIGHT_VALUE = Column("label.claimed-value", part=0.14), Column("label.right-value", part=0.28)
COLUMNS = (
    Column("label.claim", part=0.16),
    Column("label.verdict", part=0.14),
    RIGHT_VALUE,
    Column("label.remark", below=True, part=0.42),
)


def blocks(verdicts: Sequence[Verdict], first: Sequence[str]) -> Iterator[Block]:
    """The report of `gradcli check` with claims. `first` has the names of those that break first."""
    have_digits = any(verdict.digits is not None for verdict in verdicts)
    rows = [
        (
            Expression(f"{verdict.claim.name} = {verdict.claim.text}"),
            Words(f"verdict.{verdict.verdict}"),
            *([Numeral(verdict.digits[1]) if verdict.digits else NOTHING] if have_digits else ()),
            _right(verdict),
            Remarks(verdict),
        )
        for verdict in verdicts
    ]
    yield Table((*COLUMNS[:2], CLAIMED_VALUE, *COLUMNS[2:]) if have_digits else COLUMNS, lambda: rows)
    if first:
        yield Sentence(BreakFirst(first))


def _right(verdict: Verdict) -> Cell:
    """The right derivative: as an expression, and its number."""
    if verdict.digits is not None:
        right = Numeral(verdict.digits[0])
        return WithNumber(Expression(verdict.formula), right) if verdict.formula else right
    if verdict.right is None:
        return NOTHING
    number = format_number(verdict.right)
    is_more = verdict.formula and verdict.formula != number
    return Expression(f"{verdict.formula} = {number}" if is_more else number)


class WithNumber(Mathematics):
    """An expression and what it is at the point."""

    def __init__(self, expression: Expression, number: Numeral) -> None:
        self.expression = expression
        self.number = number

    def inside(self, notation: Notation) -> str:
        """An equation."""
        return self.number.after(self.expression.inside(notation), notation)


class _Judged(Protocol):
    def phrases(self, language: str, mark: Mark = ...) -> list[str]: ...


class Remarks(Cell):
    """What there is to say of a claim or a variable, the expressions in it written as formulas."""

    def __init__(self, found: _Judged) -> None:
        self.found = found

    def lines(self, notation: Notation) -> list[Line]:
        """A line for each remark."""
        said = self.found.phrases(notation.language, notation.formula)
        return [Line(notation.text(text)) for text in said] or [Line("")]


class BreakFirst(Cell):
    """Which claims break first on the way back."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def written(self, notation: Notation) -> str:
        """A sentence."""
        names = ", ".join(map(notation.inline, self.names))
        return notation.text(say("breaks-first", notation.language, name=names))
