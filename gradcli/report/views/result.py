"""A result: its value, and the table of variables, values and gradients; with a trace, that first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from gradcli.engine.answer import Answer
from gradcli.engine.notes import Note, first_notes
from gradcli.report.blocks import Audience, Block, Column, Equation, Sentence, Table, Title, Value
from gradcli.report.cells import NOTHING, Cell, Datum, Labelled, Measured, Name, Number, Said, Words
from gradcli.report.notation import Notation
from gradcli.report.variables import VariableRow, datum, named, numbers, rows_of, shown_of

if TYPE_CHECKING:
    from gradcli.engine.uncertainty import Spread
    from gradcli.trace.arrays.tracing import ArrayTrace
    from gradcli.trace.tracing import Trace

COLUMNS = (Column("label.variable"), Column("label.value", right=True), Column("label.gradient", right=True))
UNCERTAIN = (Column("label.uncertainty", right=True), Column("label.share", right=True))
RECORD = (*COLUMNS, Column("label.note", "status"))
NOT_TAKEN = Words("label.not-taken")


def blocks(
    result: Answer, trace: "Trace | ArrayTrace | None", notes: Iterable[Note], known: "Spread | None" = None
) -> Iterator[Block]:
    """The report of `gradcli eval`; the notes stand with the trace. `known` is how well the value is known."""
    if trace is None:
        columns = RECORD if known is None else (*COLUMNS, *UNCERTAIN, RECORD[-1])
        yield Table(columns, partial(_records, result, known), Audience.PROGRAMS)
    else:
        yield from with_trace(trace, notes, partial(_statuses, result, known))
    yield from value_blocks(result, known)


def with_trace(
    trace: "Trace | ArrayTrace", notes: Iterable[Note], status: Callable[[], Mapping[str, str]]
) -> Iterator[Block]:
    """The tables of a trace and the notes, above the result."""
    from gradcli.report.factory import blocks_of

    yield from blocks_of(trace.view, trace, status)()
    yield from note_blocks(notes)
    yield Title("label.result")


def value_blocks(result: Answer, known: "Spread | None" = None) -> Iterator[Block]:
    """The value, and the table of variables: where many require no gradient, without these."""
    value = Number(result.value, in_full=True) if known is None else Measured(result.value, known.uncertainty)
    yield Value(Equation(Name(result.output), value))
    shown, others = shown_of(rows_of(result.graph, {*result.point, *result.slopes}, result.slopes))
    values = _values(result)
    rows = [
        (
            named(row),
            numbers([values[name] for name in row.names], row.shape, NOT_TAKEN),
            numbers([result.slopes[name] for name in row.names], row.shape) if row.is_required else NOTHING,
            *_shares(known, row),
        )
        for row in shown
    ]
    if rows:
        yield Table(COLUMNS if known is None else (*COLUMNS, *UNCERTAIN), lambda: rows, Audience.PEOPLE)
    if others:
        yield Sentence(Said("label.others", count=others))


def note_blocks(notes: Iterable[Note]) -> Iterator[Block]:
    """The first of the notes, and how many more there are."""
    for note in first_notes(list(notes)):
        yield Sentence(Labelled(Words("label.note"), [Message(note)]))


class Message(Cell):
    """The sentence of a note."""

    def __init__(self, note: Note) -> None:
        self.note = note

    def written(self, notation: Notation) -> str:
        """The sentence."""
        return notation.text(self.note.text(notation.language))


def _shares(known: "Spread | None", row: VariableRow) -> list[Cell]:
    """The uncertainty of a variable, and its share in percent."""
    if known is None or not any(name in known.deviations for name in row.names):
        return [] if known is None else [NOTHING, NOTHING]
    uncertainties, shares = ([facts.get(name) for name in row.names] for facts in (known.deviations, known.parts))
    if row.shape:
        return [numbers(uncertainties, row.shape), numbers(shares, row.shape)]
    return [Number(uncertainties[0]), Number(shares[0], digits=3)]


def _records(result: Answer, known: "Spread | None") -> Iterator[list[Cell]]:
    """One row for each variable, and the output's as the last."""
    from gradcli.report.status import together

    status, values = _statuses(result, known), _values(result)
    facts = [values, result.slopes, *([] if known is None else [known.deviations, known.parts])]
    for name, shape, names, _ in rows_of(result.graph, {*result.point, *result.slopes}, result.slopes):
        has_some = (any(name in of for name in names) for of in facts)
        found = [[of.get(name) for name in names] for of in facts]
        yield [
            Datum(name),
            *(datum(of, shape) if some else Datum(None) for of, some in zip(found, has_some, strict=True)),
            Datum(together(status[name] for name in names)),
        ]
    more = [] if known is None else [Datum(known.uncertainty), Datum(None)]
    yield [Datum(result.output), Datum(result.value), Datum(1.0), *more, Datum(status[""])]


def _statuses(result: Answer, known: "Spread | None") -> dict[str, str]:
    """What programs are told of the value and of each gradient."""
    from gradcli.report.status import statuses

    notes = result.notes + (known.notes if known else ())
    return statuses(result.graph, result.value, result.slopes, result.point, notes)


def _values(result: Answer) -> dict[str, float | None]:
    """The value of each variable and step, if it has one."""
    nodes: Mapping[str, int] = result.graph.variables | result.graph.steps
    return {name: result.evaluation.values[node] for name, node in nodes.items()}
