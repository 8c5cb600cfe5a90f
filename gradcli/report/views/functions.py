"""The functions: each with its derivatives, its domain and what holds at its kinks."""

from collections.abc import Mapping, Sequence
from typing import Any

from gradcli.engine.listing import convention, domain
from gradcli.operators.records import Operator
from gradcli.operators.table import OPERATORS
from gradcli.report.blocks import Block, Column, Table
from gradcli.report.cells import Cell, Expression, Labelled, Stack, Text, Words
from gradcli.report.notation import Notation

COLUMNS = (
    Column("label.function"),
    Column("label.derivative"),
    Column("label.domain"),
    Column("label.convention"),
)


def blocks(facts: Sequence[dict[str, Any]]) -> list[Block]:
    """The report of `gradcli functions`: what `function_facts` found, a row for each function."""
    rows = [_row(row) for row in facts]
    return [Table(COLUMNS, lambda: rows)]


def _row(facts: Mapping[str, Any]) -> tuple[Cell, ...]:
    operator = OPERATORS[facts["name"]]
    conditions = [operator.parameters[index] for index in operator.conditions]
    derivatives = [
        Labelled(Words(f"argument.{name}") if operator.variadic else Text(name), [Expression(text, conditions)])
        for name, text in facts["derivatives"].items()
    ]
    return (
        Codes((facts["form"], *facts["also"])),
        Stack(derivatives),
        Expression(domain(operator)) if operator.domain else Text(""),
        Convention(operator),
    )


class Codes(Cell):
    """The ways to write something, each as it is typed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def written(self, notation: Notation) -> str:
        """With commas between."""
        return ", ".join(map(notation.code, self.texts))


class Convention(Cell):
    """What holds at a kink, a tie or a jump."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator

    def written(self, notation: Notation) -> str:
        """A sentence."""
        return notation.text(convention(self.operator, notation.language, notation.formula))
