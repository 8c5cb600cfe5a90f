"""Value and gradient over all rows."""

from collections.abc import Iterator
from functools import partial
from math import isfinite, isnan

from gradcli.batch.run.total import Total
from gradcli.report.blocks import Audience, Block, Equation, Sentence, Table, Value
from gradcli.report.cells import NOTHING, Datum, Name, Number, Said
from gradcli.report.views.result import COLUMNS, RECORD
from gradcli.words.catalogue import word


def blocks(total: Total) -> Iterator[Block]:
    """The report of `gradcli batch --sum` and `--mean`: as that of eval, with the number of rows."""
    yield Table(RECORD, partial(_records, total), Audience.PROGRAMS)
    yield Value(Equation(Name(total.output), _number(total.value)))
    yield Sentence(Said("label.mean-over" if total.is_mean else "label.sum-over", count=total.rows))
    names = dict.fromkeys((*total.at, *total.gradient))
    rows = [
        (
            Name(name),
            Number(total.at[name], in_full=True) if name in total.at else NOTHING,
            _number(total.gradient.get(name)),
        )
        for name in names
    ]
    if rows:
        yield Table(COLUMNS, lambda: rows, Audience.PEOPLE)


def _records(total: Total) -> Iterator[list[Datum]]:
    """One row for each variable, and the output's as the last."""
    for name in dict.fromkeys((*total.at, *total.gradient)):
        slope = total.gradient.get(name)
        status = word("not-required") if slope is None else _status(slope)
        yield [Datum(name), Datum(total.at.get(name)), Datum(slope), Datum(status)]
    yield [Datum(total.output), Datum(total.value), Datum(1.0), Datum(_status(total.value))]


def _number(number: float | None) -> Number:
    """A number; nothing where rows have none."""
    return Number(None if number is None or isnan(number) else number, in_full=True)


def _status(number: float) -> str:
    return "ok" if isfinite(number) else word("not-finite")
