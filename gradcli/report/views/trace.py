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
from gradcli.report.notation import Notation
from gradcli.text import Settled, rounded
from gradcli.trace import printed
from gradcli.trace.rows import Product, Quantity, Row
from gradcli.trace.tracing import Trace
from gradcli.words.catalogue import say, word

NOTHING = "-"
COLUMNS = (Column("label.node"), Column("label.input"), Column("label.output"))
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
    columns = LONG_FORM if trace.has_numbers else LONG_FORM[:WITHOUT_NUMBERS]
    yield Table(columns, partial(_in_long_form, trace, status, len(columns)), Audience.PROGRAMS)
    yield Title("label.forward")
    yield Table(COLUMNS, lambda: map(row_cells, trace.forward()), Audience.PEOPLE)
    if any(True for _ in trace.backward()):
        yield Title("label.backward")
        yield Table(COLUMNS, lambda: map(row_cells, trace.backward()), Audience.PEOPLE)
    without = trace.without_gradient()
    if without and trace.has_numbers:
        yield Sentence(Labelled(Words("label.no-gradient"), list(map(Name, without))))


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
            yield [*node, Words("label.not-taken"), *[Datum(None)] * 7, Words("label.not-taken")]
        for side, item in [*(("input", x) for x in facts["inputs"]), *(("output", x) for x in facts["outputs"])]:
            name = item.get("name") or item.get("from") or item.get("to")
            shown = [_shown(item, key) for key in numbers]
            status = word("not-finite") if shown[-1] is None else said
            yield [*node, Datum(side), Datum(name), *map(Datum, shown), mark, Datum(status)][:columns]


def _said_of(row: Row, statuses: Mapping[str, str]) -> str:
    """What is said of the numbers of a row: of the value at the end point, of a gradient at its start point."""
    is_last = row.kind == ("end" if row.pass_ == "forward" else "start")
    return statuses.get("" if row.pass_ == "forward" else row.name, "ok") if is_last else "ok"


def _shown(item: Mapping[str, Any], key: str) -> Any:
    """A fact of a quantity or product, with digits that were asked for."""
    digits = item.get("digits", {})
    texts = digits if isinstance(digits, dict) else {"value": digits}
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
        """One line."""
        row = self.row
        if not row.taken or (row.pass_ == "backward" and row.kind == "end"):
            return [Line(NOTHING)]
        if row.pass_ == "forward":
            return [Line(_quantities(row.inputs, notation))]
        products: Sequence[Product] = row.inputs
        if not products:
            return [Line(f"{notation.words('label.not-reached')}: 0")]
        head = notation.math(_chains(products, notation))
        if products[0].is_first or row.gradient is None:
            return [Line(head)]
        terms = [product.shown for product in products]
        numbers = _sum(terms, notation)
        if len(products) > 1:
            sign = _equals(printed.is_sum(terms, row.gradient), notation)
            numbers += f" {sign} {notation.number(row.gradient)[0]}"
        return [Line(head, notation.math(numbers))]


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
            return [_outgoing(product, notation) for product in row.outputs] or [Line(NOTHING)]
        if row.operator is None:
            return [Line(_quantities(row.outputs, notation))]
        return [Line(_computed(row, row.operator, result, notation)) for result in row.outputs]


def _quantities(quantities: Sequence[Quantity], notation: Notation) -> str:
    return ", ".join(_quantity(quantity, notation) for quantity in quantities) or NOTHING


def _quantity(quantity: Quantity, notation: Notation) -> str:
    """`s = 6`; a constant is its value. Without a point `s`."""
    if quantity.value is None:
        return notation.math(notation.numeral(quantity.name) if quantity.is_literal else notation.name(quantity.name))
    if isinstance(quantity.value, bool):
        return f"{notation.math(f'{notation.name(quantity.name)} =')} {notation.truth(quantity.value)}"
    text, exact = notation.number(quantity.value)
    if quantity.is_literal:
        return notation.math(text)
    return notation.math(f"{notation.name(quantity.name)} {_equals(exact, notation)} {text}")


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
        return notation.math(f"{name} {_equals(exact, notation)} {text}")
    text = notation.numeral(printed.result(operator, values, result.value)[0])
    first = _equals(all(rounded(value)[1] for value in values), notation)
    second = _equals(printed.is_result(operator, values, result.value), notation)
    return notation.math(f"{name} {first} {operation} {second} {text}")


def _is_its_text(operator: Operator, values: Sequence[printed.Shown], result: printed.Shown) -> bool:
    """Whether the operation over the numbers reads like its result, as -3 does."""
    return operation_text(operator, [rounded(value)[0] for value in values]) == rounded(result)[0]


def _outgoing(product: Product, notation: Notation) -> Line:
    """`∂y/∂y·∂y/∂s (=∂y/∂s) = 1 × 3 = 3`."""
    head = notation.math(_chains([product], notation, product.is_part))
    if product.local is None or product.upstream is None or product.value is None:
        return Line(head)
    if product.value == 0 and not all(isinstance(x, Settled) or isfinite(x) for x in (product.upstream, product.local)):
        return Line(head, notation.math(_sum([rounded(product.value)], notation)))  # 0 × inf would not multiply out
    (upstream, exact), (local, exact_local) = map(notation.number, (product.upstream, product.local))
    factors = f"{_equals(exact and exact_local, notation)} {upstream}{notation.times}{notation.factor(local)}"
    second = _equals(printed.is_result(MUL, (product.upstream, product.local), product.value), notation)
    return Line(head, notation.math(f"{factors} {second} {notation.numeral(product.shown[0])}"))


def _chains(products: Sequence[Product], notation: Notation, is_part: bool = False) -> str:
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
    texts = [notation.numeral(text) for text, _ in numbers]
    terms = [notation.factor(text) if place else text for place, text in enumerate(texts)]
    return f"{_equals(all(exact for _, exact in numbers), notation)} {' + '.join(terms)}"


def _equals(exact: bool, notation: Notation) -> str:
    """The sign before a number."""
    return "=" if exact else notation.approximately
