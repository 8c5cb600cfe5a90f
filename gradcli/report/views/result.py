"""A result: its value, and the table of variables, values and gradients; with a trace, that first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from gradcli.engine.answer import Answer
from gradcli.engine.notes import Note, first_notes
from gradcli.report.blocks import Audience, Block, Column, Equation, Sentence, Table, Title, Value
from gradcli.report.cells import Cell, Datum, Labelled, Measured, Name, Number, Said, Words
from gradcli.report.notation import Notation

if TYPE_CHECKING:
    from gradcli.engine.uncertainty import Spread
    from gradcli.trace.tracing import Trace

COLUMNS = (Column("label.variable"), Column("label.value", right=True), Column("label.gradient", right=True))
UNCERTAIN = (Column("label.uncertainty", right=True), Column("label.share", right=True))
RECORD = (*COLUMNS, Column("label.note", "status"))
MOST_OTHERS = 10  # variables that require no gradient, in the same table
NOT_TAKEN = Words("label.not-taken")


def blocks(
    result: Answer, trace: "Trace | None", notes: Iterable[Note], known: "Spread | None" = None
) -> Iterator[Block]:
    """The report of `gradcli eval`; the notes stand with the trace. `known` is how well the value is known."""
    if trace is None:
        columns = RECORD if known is None else (*COLUMNS, *UNCERTAIN, RECORD[-1])
        yield Table(columns, partial(_records, result, known), Audience.PROGRAMS)
    else:
        yield from with_trace(trace, notes, partial(_statuses, result, known))
    yield from value_blocks(result, known)


def with_trace(trace: "Trace", notes: Iterable[Note], status: Callable[[], Mapping[str, str]]) -> Iterator[Block]:
    """The tables of a trace and the notes, above the result."""
    from gradcli.report.views.trace import blocks as trace_blocks

    yield from trace_blocks(trace, status)
    yield from note_blocks(notes)
    yield Title("label.result")


def value_blocks(result: Answer, known: "Spread | None" = None) -> Iterator[Block]:
    """The value, and the table of variables: where many require no gradient, without these."""
    value = Number(result.value, in_full=True) if known is None else Measured(result.value, known.uncertainty)
    yield Value(Equation(Name(result.output), value))
    shown = list(_variables(result))
    required = [row for row in shown if row[0] in result.slopes]
    others = len(shown) - len(required)
    if required and others > MOST_OTHERS:
        shown = required
    rows = [
        (Name(name), Number(value, in_full=True, missing=NOT_TAKEN), Number(slope, in_full=True), *_shares(known, name))
        for name, value, slope in shown
    ]
    if rows:
        yield Table(COLUMNS if known is None else (*COLUMNS, *UNCERTAIN), lambda: rows, Audience.PEOPLE)
    if shown is required:
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


def _shares(known: "Spread | None", name: str) -> list[Number]:
    """The uncertainty of a variable, and its share in percent."""
    if known is None:
        return []
    share = known.shares.get(name)
    return [Number(known.of.get(name)), Number(share, digits=3)]


def _records(result: Answer, known: "Spread | None") -> Iterator[list[Datum]]:
    """One row for each variable, and the output's as the last."""
    status = _statuses(result, known)
    for name, value, slope in _variables(result):
        more = [] if known is None else [Datum(known.of.get(name)), Datum(known.shares.get(name))]
        yield [Datum(name), Datum(value), Datum(slope), *more, Datum(status[name])]
    more = [] if known is None else [Datum(known.uncertainty), Datum(None)]
    yield [Datum(result.output), Datum(result.value), Datum(1.0), *more, Datum(status[""])]


def _statuses(result: Answer, known: "Spread | None") -> dict[str, str]:
    """What programs are told of the value and of each gradient."""
    from gradcli.report.status import statuses

    notes = result.notes + (known.notes if known else ())
    return statuses(result.graph, result.value, result.slopes, result.point, notes)


def _variables(result: Answer) -> Iterator[tuple[str, float | None, float | None]]:
    """Each variable, and each step whose gradient was asked for: its name, value and gradient, if it has them."""
    nodes: Mapping[str, int] = result.graph.variables | result.graph.steps
    for name, node in nodes.items():
        if name in result.slopes or name in result.point:
            yield name, result.evaluation.values[node], result.slopes.get(name)
