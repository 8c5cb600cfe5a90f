"""Exercises as sheets with empty tables, and the answers to them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.engine.certified.fractions import ExactPasses, with_fractions
from gradcli.errors import MathError
from gradcli.frozen import with_other
from gradcli.language.format import format_graph, statements
from gradcli.language.names import output_name
from gradcli.report.blocks import Audience, Block, Column, Equation, Part, Sentence, Table, Title, Value
from gradcli.report.cells import NOTHING, Cell, Datum, Derivative, Expression, Gap, Labelled, Line, Name, Said, Words
from gradcli.report.explained import plain, quantity
from gradcli.report.factory import blocks_of
from gradcli.report.notation import Notation
from gradcli.report.views import certified
from gradcli.report.views.result import value_blocks
from gradcli.report.views.trace import COLUMNS, InputCell, NodeCell, OutputCell
from gradcli.text import Ratio, format_number
from gradcli.trace.passes import Passes, WithoutPoint
from gradcli.trace.rows import Quantity, Row
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import say
from gradcli.worksheet.exercises import Exercise

if TYPE_CHECKING:
    from gradcli.trace.arrays.tracing import ArrayTrace


class Style(NamedTuple):
    """How sheets and keys are made: a title, "" for none, the form of the chain, whether numbers are fractions where
    all of an exercise's are some, and whether a key says in words what each node does.
    """

    title: str = ""
    chain: str = "auto"
    fractions: bool = False
    explain: bool = False

    def trace(self, here: Passes, explain: bool = False) -> "Trace | ArrayTrace":
        """Both passes as tables have them, with sentences if asked for."""
        if here.graph.arrays is None:
            return Trace(here, self.chain, explain)
        from gradcli.trace.arrays.tracing import ArrayTrace

        return ArrayTrace(here, self.chain, explain)


EMPTY = (COLUMNS[0], COLUMNS[1]._replace(room=22), COLUMNS[2]._replace(room=26))
RECORD = tuple(Column(key) for key in ("exercise", "expression", "name", "value"))
MOST_LINES = 8  # of a cell to be written in
# Lines for a product, its factors above its numbers; and for one of tables that would have more lines to be written in
# than a page of A4, so that a small network is one sheet too.
LINES, FEW_LINES, PAGE_LINES = 2, 1, 31
NAME, DATE = 5, 3  # gaps that are to be written in


def name(document: str, style: Style, language: str) -> str:
    """What a document, "sheet" or "key", is called."""
    words = say(f"worksheet.{document}", language)
    return words if not style.title else style.title if document == "sheet" else f"{style.title}: {words}"


def blocks(exercises: Sequence[Exercise], blank: str, style: Style) -> Iterator[Block]:
    """A sheet: of each exercise the function, the point and both tables without what `blank` says.

    What is there is the same for all points: rows stand in the order of the graph, and branches that are taken are
    written like others.
    """
    yield Table(RECORD, partial(_given, exercises), Audience.PROGRAMS)
    for number, exercise in enumerate(exercises, 1):
        yield Part(Said("worksheet.exercise", number=number), number > 1, style.title)
        yield Sentence(Fields())
        yield from _statement(exercise, style)
        graph = exercise.graph
        output = output_name(graph if graph.arrays is None else graph.arrays.program)
        wanted = [Derivative(output, (name,)) for name in _wanted(exercise)]
        yield Sentence(Labelled(Words("worksheet.wanted"), wanted))
        trace = style.trace(WithoutPoint(graph, targets_of(graph, exercise.targets).values()))
        cells = _cells(trace, blank)
        for title, rows in (("label.forward", trace.forward), ("label.backward", trace.backward)):
            yield Title(title)
            yield Table(COLUMNS if blank == "numbers" else EMPTY, partial(_empty, cells, rows), Audience.PEOPLE)


def _wanted(exercise: Exercise) -> Sequence[str]:
    """The names for which it is to be derived, those of an array's elements as one."""
    arrays = exercise.graph.arrays
    return exercise.targets if arrays is None else [group.name for group in arrays.groups(exercise.targets)]


def _cells(trace: "Trace | ArrayTrace", blank: str) -> Callable[[Any], Sequence[Cell]]:
    """What makes the cells of the rows of a trace."""
    if not isinstance(trace, Trace):
        from gradcli.report.views import array_worksheet

        return array_worksheet.cells(blank)
    height = sum(_lines_in(row, LINES) for row in chain(trace.forward(), trace.backward()))
    return partial(CELLS[blank], lines=LINES if height <= PAGE_LINES else FEW_LINES)


def _empty(cells: Callable[[Any], Sequence[Cell]], rows: Callable[[], Iterator[Any]]) -> Iterator[Sequence[Cell]]:
    return map(cells, rows())


def _lines_in(row: Row, lines: int) -> int:
    """How many lines what leaves a row gets, with so many for each product of the backward pass."""
    return min(MOST_LINES, lines * max(1, len(row.outputs))) if row.pass_ == "backward" else 1


def key_blocks(exercises: Sequence[Exercise], style: Style) -> Iterator[Block]:
    """The answers to a sheet: both tables as `gradcli eval --trace` prints them, the value and the gradient."""
    yield Table((*RECORD, Column("label.gradient")), partial(_answered, exercises, style), Audience.PROGRAMS)
    for number, exercise in enumerate(exercises, 1):
        yield Part(Said("worksheet.answer", number=number), title=style.title)
        yield from _statement(exercise, style)
        exact = in_fractions(exercise)
        if exact is not None and style.fractions:
            answered = certified.blocks(exact, style.trace(exact.passes, style.explain), ())
        else:
            answer = answer_to(exercise)
            rounded = answer if exact is None else nearest(answer, exact)
            trace = style.trace(answer.evaluation, style.explain)
            answered = chain(blocks_of(trace.view, trace, dict)(), [Title("label.result")], value_blocks(rounded))
        for block in answered:
            if block.audience is not Audience.PROGRAMS:
                yield block


def answer_to(exercise: Exercise) -> Answer:
    """The value and the gradient."""
    return Answer.of(exercise.graph, exercise.at, exercise.targets)


def in_fractions(exercise: Exercise) -> ExactPasses | None:
    """The same in fractions; None where some number is none."""
    at = {name: format_number(value) for name, value in exercise.at.items()}
    try:
        return with_fractions(exercise.graph, at, exercise.targets)
    except MathError:
        return None


def nearest(answer: Answer, exact: ExactPasses) -> Answer:
    """The answer with the doubles nearest to fractions: 0.6, where double by double gives 0.6000000000000001."""
    gradient = {name: float(slope.number or 0.0) for name, slope in exact.settled_gradient.items()}
    return with_other(answer, value=float(exact.settled_value.number or 0.0), slopes=gradient)


def facts(exercises: Sequence[Exercise]) -> dict[str, Any]:
    """A sheet as JSON has it."""
    found = [
        {
            "number": number,
            "expression": format_graph(exercise.graph),
            "at": dict(exercise.at),
            "wrt": list(exercise.targets),
        }
        for number, exercise in enumerate(exercises, 1)
    ]
    return {"exercises": found}


def key_facts(exercises: Sequence[Exercise], style: Style, language: str) -> dict[str, Any]:
    """The answers as JSON has them: what `gradcli eval --trace --json` prints of each."""
    found = []
    for number, exercise in enumerate(exercises, 1):
        exact = in_fractions(exercise) if style.fractions else None
        answer = exact or answer_to(exercise)
        here = answer_to(exercise).evaluation if exact is None else exact.passes
        trace = {name: list(rows) for name, rows in style.trace(here, style.explain).as_dict(plain(language)).items()}
        found.append({"number": number} | answer.as_dict(language) | {"trace": trace})
    return {"answers": found}


def _statement(exercise: Exercise, style: Style) -> Iterator[Block]:
    """The function, a line for each step, and the point."""
    arrays = exercise.graph.arrays
    graph = exercise.graph if arrays is None else arrays.program
    shapes = {} if arrays is None else {name: arrays.shapes[node] for name, node in arrays.named.items()}
    output = output_name(graph)
    for name, text in statements(graph):
        yield Value(Equation(Name(name or output), Expression(text, arrays=shapes)))
    if arrays is not None:
        yield Sentence(Labelled(Words("worksheet.values"), list(_given_arrays(exercise, style))))
        return
    given = [
        Quantity(name, Ratio.of(Fraction(format_number(value))) if style.fractions else value)
        for name, value in exercise.at.items()
    ]
    yield Sentence(Labelled(Words("worksheet.values"), list(map(Given, given))))


def _given_arrays(exercise: Exercise, style: Style) -> Iterator[Cell]:
    """The point with arrays."""
    from gradcli.report.views.array_worksheet import GivenArray

    assert exercise.graph.arrays is not None, "an exercise over arrays"
    for group in exercise.graph.arrays.groups(list(exercise.at)):
        values = [exercise.at[name] for name in group.elements]
        numbers = [Ratio.of(Fraction(format_number(value))) for value in values] if style.fractions else values
        yield GivenArray(group.name, group.shape, numbers)


def _given(exercises: Sequence[Exercise]) -> Iterator[list[Datum]]:
    for number, exercise in enumerate(exercises, 1):
        for name, value in exercise.at.items():
            yield [Datum(x) for x in (number, format_graph(exercise.graph), name, value)]


def _answered(exercises: Sequence[Exercise], style: Style) -> Iterator[list[Datum]]:
    for number, exercise in enumerate(exercises, 1):
        answer, text = answer_to(exercise), format_graph(exercise.graph)
        at: Mapping[str, Any] = answer.at
        gradient: Mapping[str, Any] = answer.gradient
        output: Any = answer.value
        if style.fractions and (exact := in_fractions(exercise)):
            at, gradient, output = exact.fractions["at"], exact.texts["gradient"], exact.texts["value"]
        numbers = dict(at) | {name: None for name in gradient if name not in at}
        for name, value in numbers.items():
            yield [Datum(x) for x in (number, text, name, value, gradient.get(name))]
        yield [Datum(x) for x in (number, text, answer.output, output, 1.0)]


class Given(Cell):
    """`a = 2`."""

    def __init__(self, given: Quantity) -> None:
        self.given = given

    def written(self, notation: Notation) -> str:
        """The variable and its number."""
        return quantity(self.given, notation)


class Fields(Cell):
    """Where a name and a date are to be written."""

    def written(self, notation: Notation) -> str:
        """Both on a line."""
        fields = (("worksheet.name", NAME), ("worksheet.date", DATE))
        return "  ".join(f"{notation.words(code)}: {notation.math(notation.gap * count)}" for code, count in fields)


class FilledCell(Cell):
    """What another cell says, with both parts of each line on one where there is room."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell

    def lines(self, notation: Notation) -> list[Line]:
        """The lines."""
        return [Line(line.joined) for line in self.cell.lines(notation)]


class BlankCell(Cell):
    """What another cell says without numbers, and what each line of it is: a number, or the product of so many."""

    def __init__(self, cell: Cell, factors: int = 1) -> None:
        self.cell = cell
        self.factors = factors

    def lines(self, notation: Notation) -> list[Line]:
        """`s = a*x = ____`, `∂y/∂y·∂y/∂s (=∂y/∂s) = ____ × ____ = ____`."""
        gaps = " = ".join(notation.times.join([notation.gap] * count) for count in sorted({self.factors, 1})[::-1])
        return [Line(line.head, notation.math(f"= {gaps}")) for line in self.cell.lines(notation)]


class AskedQuantities(Cell):
    """`s = ____, t = ____`; a constant is its value."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self.quantities = quantities

    def written(self, notation: Notation) -> str:
        """The names, each with a gap."""
        return ", ".join(
            quantity(one, notation) if one.is_literal else notation.math(f"{notation.name(one.name)} = {notation.gap}")
            for one in self.quantities
        )


def _all(row: Row, lines: int) -> tuple[Cell, Cell, Cell]:
    """A row of which only the node is there."""
    is_first, is_last = _ends(row)
    inputs, outputs = Gap(lines if row.pass_ == "backward" else 1), Gap(_lines_in(row, lines))
    return _node(row, lines), NOTHING if is_first else inputs, NOTHING if is_last else outputs


def _outputs(row: Row, lines: int) -> tuple[Cell, Cell, Cell]:
    """A row of which the output is to be written, and at the last stop the number that has come there."""
    node, inputs, outputs = _all(row, lines)
    if inputs is not NOTHING:
        inputs = _close(_asked_input(row), lines) if _ends(row)[1] else InputCell(row)
    return node, inputs, outputs


def _numbers(row: Row, lines: int) -> tuple[Cell, Cell, Cell]:
    """A row of which the numbers are to be written."""
    is_first, is_last = _ends(row)
    outputs: Cell = OutputCell(row)
    if row.pass_ == "forward":
        outputs = AskedQuantities(row.outputs) if row.kind == "start" else BlankCell(outputs)
    elif not is_first and row.outputs:
        outputs = BlankCell(outputs, factors=2)
    inputs = NOTHING if is_first else _close(_asked_input(row), lines)
    return _node(row, lines), inputs, NOTHING if is_last else _close(outputs, lines)


def _asked_input(row: Row) -> Cell:
    """What comes in, with a gap for its number; the 1 at the beginning of the way back is known."""
    if row.pass_ == "forward":
        return AskedQuantities(row.inputs)
    return BlankCell(InputCell(row)) if row.inputs and not row.inputs[0].is_first else InputCell(row)


def _ends(row: Row) -> tuple[bool, bool]:
    """Whether nothing goes into the row, and whether nothing leaves it."""
    first, last = ("start", "end") if row.pass_ == "forward" else ("end", "start")
    return row.kind == first, row.kind == last


def _node(row: Row, lines: int) -> Cell:
    """The node, without the branches that it may take."""
    return _close(NodeCell(replace(row, choices=())), lines)


def _close(cell: Cell, lines: int) -> Cell:
    """A cell whose lines are not parted where lines are few."""
    return cell if lines == LINES else FilledCell(cell)


CELLS = {"all": _all, "outputs": _outputs, "numbers": _numbers}
