"""Value and gradient in the digits or fractions that were asked for."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from gradcli.engine.certified.answer import CertifiedAnswer
from gradcli.engine.notes import Note
from gradcli.report.blocks import Audience, Block, Equation, Sentence, Table, Value
from gradcli.report.cells import NOTHING, Cell, Datum, Name, Number, Numeral
from gradcli.report.views.result import COLUMNS, RECORD, with_trace
from gradcli.text import Settled
from gradcli.words.catalogue import word

if TYPE_CHECKING:
    from gradcli.trace.tracing import Trace


def blocks(result: CertifiedAnswer, trace: "Trace | None", notes: Iterable[Note]) -> Iterator[Block]:
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
    if names := [name for name in result.graph.variables | result.graph.steps if name in _shown(result)]:
        yield Table(COLUMNS, lambda: (_row(result, name) for name in names), Audience.PEOPLE)


def _shown(result: CertifiedAnswer) -> set[str]:
    return {*result.at, *result.settled_gradient}


def _row(result: CertifiedAnswer, name: str) -> tuple[Cell, Cell, Cell]:
    slope = result.settled_gradient.get(name)
    given: Cell = Number(result.at[name], in_full=True) if name in result.at else NOTHING
    if name in result.beyond:
        given = Numeral(result.beyond[name])
    return Name(name), given, NOTHING if slope is None else Numeral(slope)


def _records(result: CertifiedAnswer) -> Iterator[list[Datum]]:
    """One row for each variable, and the output's as the last."""
    for name, slope in result.settled_gradient.items():
        given = result.beyond[name].text if name in result.beyond else result.at.get(name)
        yield [Datum(name), Datum(given), Datum(slope.text or None), Datum(_status(slope))]
    value = result.settled_value
    yield [Datum(result.output), Datum(value.text or None), Datum(1.0), Datum(_status(value))]


def _statuses(result: CertifiedAnswer) -> dict[str, str]:
    """What the value and each slope are."""
    return {"": _status(result.settled_value)} | {name: _status(x) for name, x in result.settled_gradient.items()}


def _status(number: Settled) -> str:
    """What a number is."""
    return "ok" if number.is_known else word("bound" if number.text else number.missing)
