"""A trace: each row as the three cells Node, Input and Output; for programs in long form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import isfinite
from typing import Any

from gradcli.language.format import operation_text
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY, MUL
from gradcli.report.blocks import Audience, Block, Column, Sentence, Table, Title
from gradcli.report.cells import Cell, Datum, Labelled, Line, Name, Words
from gradcli.report.explained import equals, quantity, sentence, sum_of
from gradcli.report.notation import Notation
from gradcli.text import Ratio, Settled, rounded
from gradcli.trace import printed
from gradcli.trace.rows import Product, Quantity, Row
from gradcli.trace.sentences import Explanation
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import say, word

NOTHING = "-"
COLUMNS = (Column("label.node", part=0.28), Column("label.input", part=0.34), Column("label.output", part=0.38))
LONG_FORM = tuple(
    Column(key)
    for key in (
        "pass", "node", "operator", "expression", "side", "name", "chain", "equals", "upstream", "local", "value",
        "mark", "status",
    )
)  # fmt: skip
WITHOUT_NUMBERS = 8  # of these columns


def blocks(trace: Trace, status: Callable[[], Mapping[str, str]] = dict) -> Iterator[Block]:
    """Both tables, and with numbers below them what needs no gradient.

    `status` finds what programs are told of each gradient by its name, and under "" of the value, where that is more
    than the numbers show.
    """
    return tables(trace, status, row_cells, _in_long_form)


def tables(
    trace: Any,
    status: Callable[[], Mapping[str, str]],
    cells: Callable[[Any], tuple[Cell, Cell, Cell]],
    in_long_form: Callable[[Any, Callable[[], Mapping[str, str]], int], Iterator[Sequence[Cell]]],
) -> Iterator[Block]:
    """The same of any trace, whose rows have these cells, and this form for programs."""
    count = len(LONG_FORM) if trace.has_numbers else WITHOUT_NUMBERS
    columns = (*LONG_FORM[:count], *[Column("label.explanation")] * trace.explain)
    yield Table(columns, partial(in_long_form, trace, status, count), Audience.PROGRAMS)
    yield Title("label.forward")
    yield Table(COLUMNS, lambda: map(cells, trace.forward()), Audience.PEOPLE)
    if any(True for _ in trace.backward()):
        yield Title("label.backward")
        yield Table(COLUMNS, lambda: map(cells, trace.backward()), Audience.PEOPLE)
    without = trace.without_gradient()
    if without and trace.has_numbers:
        yield Sentence(Labelled(Words("label.no-gradient"), list(map(Name, without))))
    if trace.ways is not None:
        from gradcli.report.views.ways import blocks as blocks_of_ways

        yield from blocks_of_ways(trace.ways, trace.paths)


def row_cells(row: Row) -> tuple[Cell, Cell, Cell]:
    """The cells of a row."""
    return NodeCell(row), InputCell(row), OutputCell(row)


def _in_long_form(trace: Trace, find: Callable[[], Mapping[str, str]], columns: int) -> Iterator[Sequence[Cell]]:
    """One line for each quantity or product that goes in or out of a node, with the first of the columns."""
    statuses = find()
    numbers = [column.key for column in LONG_FORM[6:-2]]
    for row in trace.rows():
        facts = row.as_dict()
        node = [Datum(value) for value in (row.pass_, facts["node"], facts["operator"], facts["expression"])]
        mark, said = Datum(row.mark or None), _said_of(row, statuses)
        if not row.taken:
            more = [Datum(None)] * trace.explain
            yield [*node, Words("label.not-taken"), *[Datum(None)] * 7, Words("label.not-taken"), *more]
        for side, item, explanations in _items(row, facts):
            name = item.get("name") or item.get("from") or item.get("to")
            shown = [_shown(item, key) for key in numbers]
            status = word("not-finite") if shown[-1] is None else said
            cells = [*node, Datum(side), Datum(name), *map(Datum, shown), mark, Datum(status)][:columns]
            yield [*cells, *[Sentences(explanations)] * trace.explain]


def _items(row: Row, facts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Sequence[Explanation]]]:
    """What goes into a row and out of it, with its sentences; those on all of a side stand with the first."""
    for side, items, besides in (("input", row.inputs, row.on_inputs), ("output", row.outputs, row.on_outputs)):
        rest = list(besides)
        for item, fact in zip(items, facts[f"{side}s"], strict=True):
            own = [item.explanation] if side == "output" and row.pass_ == "backward" and item.explanation else []
            yield side, fact, own + rest
            rest = []


class Sentences(Cell):
    """What a row does, in words."""

    def __init__(self, explanations: Sequence[Explanation]) -> None:
        self.explanations = explanations

    def lines(self, notation: Notation) -> list[Line]:
        """A line for each sentence."""
        return [Line(sentence(one, notation), is_prose=True) for one in self.explanations]


def _said_of(row: Row, statuses: Mapping[str, str]) -> str:
    """What is said of the numbers of a row: of the value at the end point, of a gradient at its start point."""
    is_last = row.kind == ("end" if row.pass_ == "forward" else "start")
    return statuses.get("" if row.pass_ == "forward" else row.name, "ok") if is_last else "ok"


def _shown(item: Mapping[str, Any], key: str) -> Any:
    """A fact of a quantity or product, with the digits or the fraction that were asked for."""
    found: Any = next((item[name] for name in ("digits", "fraction", "fractions") if name in item), {})
    texts = found if isinstance(found, dict) else {"value": found}
    return texts.get(key, item.get(key))


class NodeCell(Cell):
    """`Mul node` and `s = a*x`, with the branch that it takes; the start and the end point.

    Without a point all branches stand below each other.
    """

    def __init__(self, row: Row) -> None:
        self.row = row

    def lines(self, notation: Notation) -> list[Line]:
        """A label and a definition; a line for each of several branches."""
        row = self.row
        mark = f" ({notation.words(f'label.{row.mark}')})" if row.mark else ""
        if row.operator is None or row.kind == "start":
            label = notation.words(f"label.{row.kind}")
            return [Line((f"{label} {notation.inline(row.name)}" if row.pass_ == "backward" else label) + mark)]
        definition = notation.math(notation.definition(row.name, row.operator, row.arguments))
        label = say("node", notation.language, label=row.operator.label(notation.language))
        choices = [choice.text(notation.language, notation.formula) for choice in row.choices]
        if len(choices) > 1:
            return [Line(label, definition, is_label=True), *map(Line, choices)]
        return [Line(label, ", ".join([definition, *choices]) + mark, is_label=True)]


class InputCell(Cell):
    """What a row reads: quantities, or the products that come to a node and their sum."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def lines(self, notation: Notation) -> list[Line]:
        """One line, and the sentence on a fork."""
        return [self._line(notation), *Sentences(self.row.on_inputs).lines(notation)]

    def _line(self, notation: Notation) -> Line:
        row = self.row
        if not row.taken or (row.pass_ == "backward" and row.kind == "end"):
            return Line(NOTHING)
        if row.pass_ == "forward":
            return Line(_quantities(row.inputs, notation))
        products: Sequence[Product] = row.inputs
        if not products:
            return Line(f"{notation.words('label.not-reached')}: 0")
        head = notation.math(chains(products, notation))
        if products[0].is_first or row.gradient is None:
            return Line(head)
        terms = [product.shown for product in products]
        numbers = _sum(terms, notation)
        if len(products) > 1:
            sign = equals(printed.is_sum(terms, row.gradient), notation)
            numbers += f" {sign} {notation.number(row.gradient)[0]}"
        return Line(head, notation.math(numbers))


class OutputCell(Cell):
    """What a row makes: quantities, a node's value, or the products that leave a node."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def lines(self, notation: Notation) -> list[Line]:
        """A line for each of them."""
        row = self.row
        if not row.taken:
            return [Line(notation.words("label.not-taken"))]
        if row.pass_ == "backward":
            return list(_sent(row, notation)) or [Line(NOTHING)]
        if row.operator is None:
            return [Line(_quantities(row.outputs, notation))]
        return [Line(_computed(row, row.operator, result, notation)) for result in row.outputs]


def _quantities(quantities: Sequence[Quantity], notation: Notation) -> str:
    return ", ".join(quantity(one, notation) for one in quantities) or NOTHING


def _computed(row: Row, operator: Operator, result: Quantity, notation: Notation) -> str:
    """`s = 2 × 3 = 6`: the node's operation with the numbers put in. Without a point `s = a*x`."""
    if result.value is None:
        return notation.math(notation.definition(row.name, operator, row.arguments))
    name, values = notation.name(result.name), [quantity.value for quantity in row.inputs]
    operation = notation.operation(operator, values)
    if isinstance(result.value, bool):
        condition, state = notation.math(f"{name} = {operation}"), "true" if result.value else "false"
        return say("holds", notation.language, condition=condition, state=state)
    text, exact = notation.number(result.value)
    is_said = operator.chooses is not None  # what was chosen is said in the first cell
    if operator is IDENTITY or is_said or _is_its_text(operator, values, result.value):
        return notation.math(f"{name} {equals(exact, notation)} {text}")
    text = notation.numeral(printed.result(operator, values, result.value)[0])
    first = equals(all(rounded(value)[1] for value in values), notation)
    second = equals(printed.is_result(operator, values, result.value), notation)
    return notation.math(f"{name} {first} {operation} {second} {text}")


def _is_its_text(operator: Operator, values: Sequence[printed.Shown], result: printed.Shown) -> bool:
    """Whether the operation over the numbers reads like its result, as -3 does."""
    return operation_text(operator, [rounded(value)[0] for value in values]) == rounded(result)[0]


def _sent(row: Row, notation: Notation) -> Iterator[Line]:
    """The products that leave a node, each with its sentence, and what is said of the row as a whole."""
    for product in row.outputs:
        yield outgoing(product, notation)
        if product.explanation:
            yield from Sentences([product.explanation]).lines(notation)
    yield from Sentences(row.on_outputs).lines(notation)


def outgoing(product: Product, notation: Notation) -> Line:
    """`∂y/∂y·∂y/∂s (=∂y/∂s) = 1 × 3 = 3`."""
    head = notation.math(chains([product], notation, product.is_part))
    if product.local is None or product.upstream is None or product.value is None:
        return Line(head)
    if _stops(product.upstream, product.local, product.value):
        return Line(head, notation.math(_sum([rounded(product.value)], notation)))
    (upstream, exact), (local, exact_local) = map(notation.number, (product.upstream, product.local))
    factors = f"{equals(exact and exact_local, notation)} {upstream}{notation.times}{notation.factor(local)}"
    second = equals(printed.is_result(MUL, (product.upstream, product.local), product.value), notation)
    return Line(head, notation.math(f"{factors} {second} {notation.numeral(product.shown[0])}"))


def _stops(upstream: printed.Shown, local: printed.Shown, value: printed.Shown) -> bool:
    """Whether 0 × inf, or 0 × what is no fraction, would not multiply out."""
    if isinstance(value, Ratio):
        return not (isinstance(local, Ratio) and local.text)
    return value == 0 and not all(isinstance(x, Settled) or isfinite(x) for x in (upstream, local))


def chains(products: Sequence[Product], notation: Notation, is_part: bool = False) -> str:
    """`∂y/∂u·∂u/∂x + ∂y/∂v·∂v/∂x (=∂y/∂x)`; at the end point `∂y/∂y (=1)`."""
    written = " + ".join(notation.product(product.chain) for product in products)
    first = products[0]
    if first.is_first:
        return written + notation.equal("1")
    of, by = first.equals
    whole = notation.derivative(of, (by,))
    return written + (notation.part_of(whole) if is_part else notation.equal(whole))


def _sum(numbers: Sequence[printed.Printed], notation: Notation) -> str:
    """`= 7`, `≈ 0.333333`, `= 3 + 4`."""
    return f"{equals(all(exact for _, exact in numbers), notation)} {sum_of(numbers, notation)}"
