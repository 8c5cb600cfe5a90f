"""A trace over arrays: each row as the three cells Node, Input and Output, with matrices; for programs in long form."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gradcli.report.blocks import Block
from gradcli.report.cells import Cell, Datum, Line, Words
from gradcli.report.formulas import ShownFormula, named, passed, result, with_numbers, with_shape
from gradcli.report.notation import Notation
from gradcli.report.status import together
from gradcli.report.views import trace as trace_view
from gradcli.report.views.trace import NOTHING, Sentences, outgoing, tables
from gradcli.trace.arrays.rows import Array, ArrayRow, ArrayValues
from gradcli.trace.arrays.tracing import ArrayTrace
from gradcli.trace.rows import Product, Row
from gradcli.trace.sentences import Explanation
from gradcli.words.catalogue import say, word


def blocks(trace: ArrayTrace, status: Callable[[], Mapping[str, str]] = dict) -> Iterator[Block]:
    """Both tables, as those over numbers, and with explanations the chain rule for each variable."""
    yield from tables(trace, status, row_cells, _in_long_form)
    if trace.explain:
        from gradcli.report.views.array_lines import blocks as blocks_of_lines

        yield from blocks_of_lines(trace)


def _in_long_form(trace: ArrayTrace, find: Callable[[], Mapping[str, str]], columns: int) -> Iterator[Sequence[Cell]]:
    """One line for each array or formula that goes in or out of a row; arrays are nested lists."""
    statuses = find()
    for row in trace.rows():
        facts = row.as_dict()
        node = [Datum(value) for value in (row.pass_, facts["node"], facts["operator"], facts["expression"])]
        status = together(statuses.get(name, "ok") for name in _numbers_of(row, trace))
        if not row.taken:
            more = [Datum(None)] * trace.explain
            yield [*node, Words("label.not-taken"), *[Datum(None)] * 7, Words("label.not-taken"), *more]
        for side, fact, explanations in _items(row, facts):
            said = word("not-finite") if fact.get("value", "") is None else status
            cells = [*node, Datum(side), *_numbers(fact), Datum(row.mark or None), Datum(said)][:columns]
            yield [*cells, *[Sentences(explanations)] * trace.explain]


def _numbers_of(row: ArrayRow | Row, trace: ArrayTrace) -> Sequence[str]:
    """Whose status a row has: of the end point that of the value, of a start point those of its elements."""
    if row.kind != ("end" if row.pass_ == "forward" else "start"):
        return ["-"]
    if row.pass_ == "forward":
        return [""]
    arrays = trace.records.arrays
    return arrays.names_of(row.name) if row.name in arrays.named else [row.name]


def _items(
    row: ArrayRow | Row, facts: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any], Sequence[Explanation]]]:
    """What goes into a row and out of it, with its sentences; those on all of a side stand with the first."""
    for side, items, besides in (("input", row.inputs, row.on_inputs), ("output", row.outputs, row.on_outputs)):
        rest = list(besides)
        for item, fact in zip(items, facts[f"{side}s"], strict=True):
            own = getattr(item, "explanation", None) if side == "output" else None
            yield side, fact, [own, *rest] if own else rest
            rest = []


def _numbers(fact: Mapping[str, Any]) -> Iterator[Datum]:
    """The name, and what is known besides."""
    upstream, local = fact.get("factors") or (fact.get("upstream"), fact.get("local"))
    name = fact.get("name") or fact.get("from") or fact.get("to")
    for value in (name, fact.get("chain"), fact.get("equals"), upstream, local, fact.get("value")):
        yield Datum(json.dumps(value, separators=(",", ":")) if isinstance(value, list) else value)


def row_cells(row: ArrayRow | Row) -> tuple[Cell, Cell, Cell]:
    """The cells of a row."""
    if isinstance(row, Row):
        return ArrayNodeCell(row), trace_view.InputCell(row), trace_view.OutputCell(row)
    return ArrayNodeCell(row), ArrayInputCell(row), ArrayOutputCell(row)


class ArrayNodeCell(Cell):
    """`MatMul node`, below it `s = X@W`, and what of it lets the gradient pass; the start and the end point."""

    def __init__(self, row: ArrayRow | Row) -> None:
        self.row = row

    def lines(self, notation: Notation) -> list[Line]:
        """Each on a line of its own."""
        row = self.row
        mark = f" ({notation.words(f'label.{row.mark}')})" if row.mark else ""
        if row.operator is None or row.kind == "start":
            label = notation.words(f"label.{row.kind}")
            name = f" {notation.inline(row.name)}" if row.pass_ == "backward" else ""
            return [Line(label + name + mark)]
        label = say("node", notation.language, label=row.operator.label(notation.language))
        definition = notation.math(notation.definition(row.name, row.operator, row.arguments))
        lines = [Line(label), Line(definition + mark)]
        lines += [Line(choice.text(notation.language, notation.formula)) for choice in row.choices]
        if isinstance(row, ArrayRow) and row.open:
            said = say("gate.counted", notation.language, open=row.open[0], count=row.open[1])
            lines.append(Line(notation.text(said)))
        return lines


class ArrayCell(Cell):
    """What holds arrays."""

    def facts(self, notation: Notation) -> Iterator[Line | ShownFormula]:
        """What stands below each other."""
        raise NotImplementedError

    def lines(self, notation: Notation) -> list[Line]:
        """The lines of all facts."""
        found = [[fact] if isinstance(fact, Line) else fact.lines(notation) for fact in self.facts(notation)]
        return [line for lines in found for line in lines] or [Line(NOTHING)]

    def parts(self, notation: Notation, in_block: bool = False) -> list[Sequence[Sequence[Line]]]:
        """Those of each, for less and less room."""
        found = [
            ([fact],) if isinstance(fact, Line) else fact.part(notation, in_block) for fact in self.facts(notation)
        ]
        return [*found] or [([Line(NOTHING)],)]


class ArrayInputCell(ArrayCell):
    """What a row reads: arrays with their shapes and numbers; or what comes to it, with numbers where it adds up."""

    def __init__(self, row: ArrayRow) -> None:
        self.row = row

    def facts(self, notation: Notation) -> "Iterator[Line | ShownFormula]":
        """A line, and below it the numbers of an array."""
        row = self.row
        if not row.taken or (row.pass_ == "backward" and row.kind == "end"):
            yield Line(NOTHING)
        elif row.pass_ == "forward":
            yield Line(", ".join(named(array, notation) for array in row.inputs) or NOTHING)
        else:
            yield self._arriving(notation)
            yield from Sentences(row.on_inputs).lines(notation)

    def _arriving(self, notation: Notation) -> "Line | ShownFormula":
        row, array = self.row, self.row.arriving
        assert array is not None
        if not row.is_reached:
            return Line(f"{notation.words('label.not-reached')}: 0")
        output = row.output
        head = notation.derivative(output, (array.name,))
        if not array.shape:
            if row.name == output:
                return Line(notation.math(head + notation.equal("1")))
            if array.values is None:
                return Line(notation.math(head))
            return Line(notation.math(head), notation.math(result(array.values[0], notation)))
        if array.values is None or not row.is_shown:
            return Line(with_shape(head, array.shape, notation))
        sized = with_shape(head, array.shape, notation) if row.kind == "node" else notation.math(head)
        return with_numbers(sized, ArrayValues(array.values, array.shape), notation)


class ArrayOutputCell(ArrayCell):
    """What a row makes: arrays; or what leaves it, as formulas with numbers below them."""

    def __init__(self, row: ArrayRow) -> None:
        self.row = row

    def facts(self, notation: Notation) -> "Iterator[Line | ShownFormula]":
        """A line for each of them, with numbers below it."""
        row = self.row
        if not row.taken:
            yield Line(notation.words("label.not-taken"))
        elif row.pass_ == "backward":
            yield from self._sent(notation)
        elif row.kind == "start":
            yield from _started(row.outputs, notation)
        else:
            yield from (_made(array, row, notation) for array in row.outputs)

    def _sent(self, notation: Notation) -> "Iterator[Line | ShownFormula]":
        for one in self.row.outputs:
            yield outgoing(one, notation) if isinstance(one, Product) else passed(one, notation)
            if one.explanation:
                yield from Sentences([one.explanation]).lines(notation)
        yield from Sentences(self.row.on_outputs).lines(notation)


def _started(arrays: Sequence[Array], notation: Notation) -> Iterator[Line | ShownFormula]:
    """The variables: each array with its numbers, numbers beside each other."""
    beside: list[str] = []
    for array in arrays:
        if array.shape and array.values is not None:
            if beside:
                yield Line(", ".join(beside))
                beside = []
            yield with_numbers(named(array, notation), ArrayValues(array.values, array.shape), notation, is_beside=True)
        else:
            beside.append(named(array, notation))
    if beside:
        yield Line(", ".join(beside))


def _made(array: Array, row: ArrayRow, notation: Notation) -> Line | ShownFormula:
    """`s (2×3) =` and the matrix; without a point what it is made of."""
    if array.values is None and row.operator is not None:
        return Line(notation.math(notation.definition(row.name, row.operator, row.arguments)))
    if not array.shape or array.values is None:
        return Line(named(array, notation))
    return with_numbers(named(array, notation), ArrayValues(array.values, array.shape), notation, is_beside=True)
