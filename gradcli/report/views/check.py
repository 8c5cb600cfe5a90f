"""What `gradcli check` found: a table of the claims, or of the three ways to a gradient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from gradcli.check.agreements import Agreement
from gradcli.check.verdicts import Verdict
from gradcli.report.blocks import Block, Cell, Column, Formula, Line, Number, Report, Sentence, Table, Text, Words
from gradcli.report.notation import Notation
from gradcli.text import DIGITS, format_number
from gradcli.words.catalogue import say

CLAIMS = (
    Column("label.claim"),
    Column("label.verdict"),
    Column("label.right-value"),
    Column("label.remark", below=True),
)
WAYS = (
    Column("label.variable"),
    Column("label.reverse-mode", "reverse", right=True),
    Column("label.forward-mode", "forward", right=True),
    Column("label.taylor-test", "taylor", right=True),
    Column("label.verdict"),
    Column("label.remark"),
)


def verdicts_report(verdicts: Sequence[Verdict], first: Sequence[str], facts: dict[str, Any]) -> Report:
    """A table of the claims. `first` has the names of those that break first, `facts` what was asked."""
    found = {"claims": [verdict.as_dict() for verdict in verdicts], "breaks_first": list(first)}
    return Report(partial(_verdicts, verdicts, first), lambda: facts | found)


def agreements_report(agreements: Sequence[Agreement], facts: dict[str, Any]) -> Report:
    """A table of the three ways; `facts` has what was asked."""
    found = {"claims": [], "gradient": [agreement.as_dict() for agreement in agreements]}
    return Report(partial(_agreements, agreements), lambda: facts | found)


def _verdicts(verdicts: Sequence[Verdict], first: Sequence[str]) -> Iterator[Block]:
    rows = [
        (
            Formula(f"{verdict.claim.name} = {verdict.claim.text}"),
            Words(f"verdict.{verdict.verdict}"),
            _right(verdict),
            Remarks(verdict),
        )
        for verdict in verdicts
    ]
    yield Table(CLAIMS, lambda: rows)
    if first:
        yield Sentence(BreakFirst(first))


def _agreements(agreements: Sequence[Agreement]) -> Iterator[Block]:
    rows = [
        (
            Formula(found.name),
            Number(found.reverse),
            Number(found.forward),
            Number(found.taylor, digits=DIGITS),  # those of a difference quotient that count
            Words(f"verdict.{found.verdict}"),
            Remarks(found),
        )
        for found in agreements
    ]
    if rows:
        yield Table(WAYS, lambda: rows)


def _right(verdict: Verdict) -> Cell:
    """The right derivative: as an expression, and its number."""
    if verdict.right is None:
        return Text("-")
    number = format_number(verdict.right)
    is_more = verdict.formula and verdict.formula != number
    return Formula(f"{verdict.formula} = {number}" if is_more else number)


@dataclass(frozen=True, slots=True)
class Remarks(Cell):
    """What there is to say of a claim or a variable, the expressions in it written as formulas."""

    found: Verdict | Agreement

    def lines(self, notation: Notation) -> list[Line]:
        """A line for each remark."""
        said = self.found.phrases(notation.language, notation.formula)
        return [Line(notation.text(text)) for text in said] or [Line("")]


@dataclass(frozen=True, slots=True)
class BreakFirst(Cell):
    """Which claims break first on the way back."""

    names: Sequence[str]

    def written(self, notation: Notation) -> str:
        """A sentence."""
        names = ", ".join(map(notation.inline, self.names))
        return notation.text(say("breaks-first", notation.language, name=names))
