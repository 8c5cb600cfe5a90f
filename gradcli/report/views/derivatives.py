"""Derivatives as expressions, after the steps that they share."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from gradcli.report.blocks import Audience, Block, Column, Equation, Equations, Table
from gradcli.report.cells import Cell, Derivative, Expression, Mathematics, Name, Number, Numeral, Text
from gradcli.symbolic.formulary import Formulary
from gradcli.symbolic.texts import Key
from gradcli.text import Settled

COLUMNS = (Column("label.derivative"), Column("label.expression"), Column("label.value", right=True))


def blocks(formulary: Formulary) -> Iterator[Block]:
    """The report of `gradcli diff`: the derivatives of the highest order; JSON has those of lower orders too."""
    has_point = formulary.at is not None
    yield Table(COLUMNS if has_point else COLUMNS[:2], partial(_records, formulary), Audience.PROGRAMS)
    yield Equations(COLUMNS, equations(formulary), has_point)


def equations(formulary: Formulary) -> list[Equation]:
    """The derivatives, after the steps that they share; at a point with their numbers."""
    statements = formulary.statements()
    arrays = formulary.shapes_in(statements)
    return [
        Equation(
            _left(formulary, key, name),
            Expression(text, arrays=arrays),
            _number(formulary, key) if key and formulary.at is not None else None,
        )
        for key, name, text in statements
    ]


def _records(formulary: Formulary) -> Iterator[list[Cell]]:
    """Each derivative as a program of its own, or after steps that it is written in terms of."""
    steps, texts = formulary.for_programs()
    for name, text in steps.items():
        yield [Name(name), Expression(text), *([] if formulary.at is None else [Text("")])]
    for key, text in texts.items():
        row: list[Cell] = [Derivative(formulary.output, key), Expression(text)]
        yield row if formulary.at is None else [*row, _number(formulary, key)]


def _left(formulary: Formulary, key: Key | None, name: str) -> Name | Derivative:
    return Derivative(formulary.output, key) if key else Name(name)


def _number(formulary: Formulary, key: Key) -> Mathematics:
    number: Any = formulary.number(key)
    if isinstance(number, list):
        from gradcli.graph.arrays import flattened, shape_of
        from gradcli.report.arrays import Nested

        return Nested(flattened(number), shape_of(number))
    return Numeral(number) if isinstance(number, Settled) else Number(number)
