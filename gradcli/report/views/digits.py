"""Value and gradient with the digits that were asked for."""

from collections.abc import Iterator

from gradcli.engine.digits.correct import Digits
from gradcli.report.blocks import (
    NOTHING,
    Audience,
    Block,
    Cell,
    Datum,
    Equation,
    Name,
    Number,
    Numeral,
    Sentence,
    Table,
    Value,
)
from gradcli.report.views.result import COLUMNS


def blocks(result: Digits) -> Iterator[Block]:
    """The report of `gradcli eval --digits`."""
    yield Table(COLUMNS, lambda: _records(result), Audience.PROGRAMS)
    value = result.settled_value
    if value.is_known:
        yield Value(Equation(Name(result.output), Numeral(value)))
    else:
        yield Sentence(Numeral(value), Audience.PEOPLE)
    if names := [name for name in result.graph.variables | result.graph.steps if name in _shown(result)]:
        yield Table(COLUMNS, lambda: (_row(result, name) for name in names), Audience.PEOPLE)


def _shown(result: Digits) -> set[str]:
    return {*result.at, *result.settled_gradient}


def _row(result: Digits, name: str) -> tuple[Cell, Cell, Cell]:
    slope = result.settled_gradient.get(name)
    given = Number(result.at[name], in_full=True) if name in result.at else NOTHING
    return Name(name), given, NOTHING if slope is None else Numeral(slope)


def _records(result: Digits) -> Iterator[list[Datum]]:
    """One row for each variable, and the output's as the last."""
    for name, slope in result.settled_gradient.items():
        yield [Datum(name), Datum(result.at.get(name)), Datum(slope.text or None)]
    yield [Datum(result.output), Datum(result.settled_value.text or None), Datum(1.0)]
