"""Value and gradient in the digits or fractions that were asked for."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.engine.notes import Note
from gradcli.report.blocks import Audience, Block, Equation, Sentence, Table, Value
from gradcli.report.cells import NOTHING, Cell, Datum, Name, Numeral
from gradcli.report.status import together
from gradcli.report.variables import VariableRow, datum, named, numbers, rows_of
from gradcli.report.views.result import COLUMNS, RECORD, with_trace
from gradcli.text import Settled
from gradcli.words.catalogue import word

if TYPE_CHECKING:
    from gradcli.trace.arrays.tracing import ArrayTrace
    from gradcli.trace.tracing import Trace


def blocks(result: CertifiedAnswer, trace: "Trace | ArrayTrace | None", notes: Iterable[Note]) -> Iterator[Block]:
    """The report of `gradcli eval --digits` and `--fractions`; the notes stand with the trace."""
    if trace is None:
        yield Table(RECORD, lambda: _records(result), Audience.PROGRAMS)
    else:
        yield from with_trace(trace, notes, partial(_statuses, result))
    value = result.settled_value
    if value.is_known:
        yield Value(Equation(Name(result.output), Numeral(value)))
    else:
        yield Sentence(Numeral(value), Audience.PEOPLE)
    if rows := list(rows_of(result.graph, {*result.point, *result.settled_gradient}, result.settled_gradient)):
        yield Table(COLUMNS, lambda: (_cells(result, row) for row in rows), Audience.PEOPLE)


def _cells(result: CertifiedAnswer, row: VariableRow) -> tuple[Cell, Cell, Cell]:
    has_values = row.names[0] in result.point or row.names[0] in result.beyond
    values = numbers(_values(result, row), row.shape) if has_values else NOTHING
    slopes = numbers([result.settled_gradient.get(name) for name in row.names], row.shape)
    return named(row), values, slopes if row.is_required else NOTHING


def _values(result: CertifiedAnswer, row: VariableRow) -> list[Settled | float | None]:
    return [result.beyond.get(name, result.point.get(name)) for name in row.names]


def _records(result: CertifiedAnswer) -> Iterator[list[Cell]]:
    """One row for each variable, and the output's as the last."""
    for row in rows_of(result.graph, result.settled_gradient, result.settled_gradient):
        slopes = [result.settled_gradient[name] for name in row.names]
        yield [
            Datum(row.name),
            *(datum(of, row.shape) for of in (_values(result, row), slopes)),
            Datum(together(map(_status, slopes))),
        ]
    value = result.settled_value
    yield [Datum(result.output), Datum(value.text or None), Datum(1.0), Datum(_status(value))]


def _statuses(result: CertifiedAnswer) -> dict[str, str]:
    """What the value and each slope are."""
    return {"": _status(result.settled_value)} | {name: _status(x) for name, x in result.settled_gradient.items()}


def _status(number: Settled) -> str:
    """What a number is."""
    return "ok" if number.is_known else word("bound" if number.text else number.missing)
