"""Value and gradient over all rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import isnan
from typing import Any

from gradcli.batch.run.total import Total
from gradcli.report.blocks import Audience, Block, Equation, Sentence, Table, Value
from gradcli.report.cells import NOTHING, Cell, Datum, Name, Number, Said
from gradcli.report.status import statuses, together
from gradcli.report.variables import VariableRow, datum, named, numbers, rows_of, shown_of
from gradcli.report.views.result import COLUMNS, RECORD

_Numbers = Mapping[str, float | None]


def blocks(total: Total) -> Iterator[Block]:
    """The report of `gradcli batch --sum` and `--mean`: as that of eval, with the number of rows."""
    gradient = {name: _known(slope) for name, slope in total.gradient.items()}
    found = list(rows_of(total.graph, {*total.at, *gradient}, gradient))
    yield Table(RECORD, partial(_records, total, found, gradient), Audience.PROGRAMS)
    yield Value(Equation(Name(total.output), Number(_known(total.value), in_full=True)))
    yield Sentence(Said("label.mean-over" if total.is_mean else "label.sum-over", count=total.rows))
    shown, others = shown_of(found)
    rows = [
        (
            named(row),
            _cell(row, total.at, numbers, NOTHING),
            _cell(row, gradient, numbers, NOTHING) if row.is_required else NOTHING,
        )
        for row in shown
    ]
    if rows:
        yield Table(COLUMNS, lambda: rows, Audience.PEOPLE)
    if others:
        yield Sentence(Said("label.others", count=others))


def _records(total: Total, rows: Sequence[VariableRow], gradient: _Numbers) -> Iterator[list[Cell]]:
    """One row for each variable, and the output's as the last."""
    status = statuses(total.graph, total.value, total.gradient, total.at, ())
    for row in rows:
        pair = [_cell(row, those, datum, Datum(None)) for those in (total.at, gradient)]
        yield [Datum(row.name), *pair, Datum(together(map(status.__getitem__, row.names)))]
    yield [Datum(total.output), Datum(total.value), Datum(1.0), Datum(status[""])]


def _cell(
    row: VariableRow, of: _Numbers, written: Callable[[Sequence[Any], Sequence[int]], Cell], missing: Cell
) -> Cell:
    """The numbers of a row, if there are some."""
    return written([*map(of.get, row.names)], row.shape) if any(name in of for name in row.names) else missing


def _known(number: float) -> float | None:
    """A number; None where rows have none."""
    return None if isnan(number) else number
