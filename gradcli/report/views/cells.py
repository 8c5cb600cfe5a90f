"""A row of the trace as the three cells Node, Input and Output, in any notation and language.

A cell is a list of lines, and a line is a pair: what stands first (a chain-rule product, a label) and what follows it
(the numbers, a definition). A wide table writes both on one line, a narrow one writes the second below the first.
"""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from gradcli.language.format import operation_pieces
from gradcli.operators.records import SIGN, Operator
from gradcli.operators.table import IDENTITY
from gradcli.report.forms.notation import Notation
from gradcli.text import rounded
from gradcli.trace.rows import Product, Quantity, Row
from gradcli.words import catalogue as words

EMPTY = "-"
TRUTHS = {"\x01": True, "\x02": False}  # signs that no expression has, until the words are put in
NOT_EVALUATED = "…"  # the second side of an `and` or `or` that the first one decides


class Line(NamedTuple):
    """A line of a cell, in two parts. Behind a label (`Mul node`) the second part is a name, not a number."""

    head: str
    tail: str = ""
    is_label: bool = False

    @property
    def joined(self) -> str:
        """Both parts on one line."""
        return f"{self.head}{'  ' if self.is_label else ' '}{self.tail}" if self.tail else self.head


Cell = list[Line]


def row_cells(row: Row, notation: Notation, language: str) -> tuple[Cell, Cell, Cell]:
    """The cells Node, Input and Output of a row."""
    write = _Writing(notation, language)
    node = [write.node(row)]
    if not row.taken:
        return node, [Line(EMPTY)], [Line(words.word("not taken", language))]
    if row.pass_ == "forward":
        inputs = Line(", ".join(map(write.quantity, row.inputs)) or EMPTY)
        if row.operator is None:
            return node, [inputs], [Line(", ".join(map(write.quantity, row.outputs)) or EMPTY)]
        return node, [inputs], [write.computed(row.operator, row.inputs, result) for result in row.outputs]
    outputs = [write.outgoing(product) for product in row.outputs] or [Line(EMPTY)]
    return node, [Line(EMPTY) if row.kind == "end" else write.incoming(row)], outputs


class _Writing(NamedTuple):
    """Writes the parts of a row in one notation and language."""

    notation: Notation
    language: str

    def node(self, row: Row) -> Line:
        """`Mul node` and `s = a*x`; the start and the end point."""
        if row.operator is None or row.kind == "start":
            label = words.word(row.kind, self.language)
            return Line(f"{label} {self.notation.inline(row.name)}" if row.pass_ == "backward" else label)
        definition = self.notation.formula(row.expression)
        choice = f", {row.choice.text(self.language, self.notation.formula)}" if row.choice else ""
        mark = f" ({words.word(row.mark, self.language)})" if row.mark else ""
        label = words.node_label(row.operator.label(self.language), self.language)
        return Line(label, definition + choice + mark, is_label=True)

    def quantity(self, quantity: Quantity) -> str:
        """`s = 6`; a constant is its value."""
        if isinstance(quantity.value, bool):
            return f"{self.notation.math(self.notation.name(quantity.name) + ' =')} {self.truth(quantity.value)}"
        text, exact = self.notation.number(quantity.value)
        if quantity.is_literal:
            return self.notation.math(text)
        return self.notation.math(f"{self.notation.name(quantity.name)} {self.equals(exact)} {text}")

    def truth(self, value: bool) -> str:
        """True or false, in words."""
        return words.word("true" if value else "false", self.language)

    def equals(self, exact: bool) -> str:
        """The sign before a number."""
        return "=" if exact else self.notation.approximately

    def computed(self, operator: Operator, inputs: Sequence[Quantity], result: Quantity) -> Line:
        """`s = 2 × 3 = 6`: the node's operation with the numbers put in."""
        name = self.notation.name(result.name)
        operation = self.operation(operator, inputs)
        written = self.notation.expression(operation)
        for sign, value in TRUTHS.items():
            written = written.replace(sign, self.notation.word(self.truth(value)))
        if isinstance(result.value, bool):
            return Line(words.holds(self.notation.math(f"{name} = {written}"), result.value, self.language))
        text, exact = self.notation.number(result.value)
        chooses = operator.chooses is not None  # what was chosen is said in the first cell
        if operator is IDENTITY or chooses or operation == rounded(result.value)[0]:
            return Line(self.notation.math(f"{name} {self.equals(exact)} {text}"))
        first = self.equals(all(rounded(quantity.value)[1] for quantity in inputs))
        return Line(self.notation.math(f"{name} {first} {written} {self.equals(exact)} {text}"))

    def operation(self, operator: Operator, inputs: Sequence[Quantity]) -> str:
        """The operation over the numbers: `2 × 3`, `relu(6)`, `(-2)^2`, `5 - (-3)`; true and false as signs."""
        signs = {value: sign for sign, value in TRUTHS.items()}
        numbers = [
            signs[quantity.value] if isinstance(quantity.value, bool) else rounded(quantity.value)[0]
            for quantity in inputs
        ]
        numbers += [NOT_EVALUATED] * (len(operator.parameters) - len(numbers))
        parts = []
        for place, piece in enumerate(operation_pieces(operator, len(numbers))):
            if isinstance(piece, tuple):
                number = numbers[piece[0]]
                fenced = number.startswith("-") and operator.symbol and (place or piece[1] > SIGN)
                parts.append(f"({number})" if fenced else number)
            else:
                parts.append({"*": " × ", "/": " / "}.get(piece, piece))
        return "".join(parts)

    def outgoing(self, product: Product) -> Line:
        """`∂y/∂y·∂y/∂s (=∂y/∂s) = 1 × 3 = 3`."""
        head = self.notation.math(self.head([product], product.is_part))
        if product.local is None or product.upstream is None:
            return Line(head)
        result = self.sum([product.value])
        if product.value == 0 and not (isfinite(product.upstream) and isfinite(product.local)):
            return Line(head, self.notation.math(result))  # nothing is passed on: 0 × inf would not multiply out
        (upstream, exact), (local, exact_local) = map(self.notation.number, (product.upstream, product.local))
        factors = f"{upstream}{self.notation.times}{self.notation.factor(local)}"
        if not product.value and product.upstream and product.local:
            result = f"{self.notation.approximately} 0"  # the product is too small for a double
        return Line(head, self.notation.math(f"{self.equals(exact and exact_local)} {factors} {result}"))

    def incoming(self, row: Row) -> Line:
        """What came to the node: one product with its value, or several and their sum."""
        products: Sequence[Product] = row.inputs
        if not products:
            return Line(f"{words.word('not reached', self.language)}: 0")
        head = self.notation.math(self.head(products))
        if products[0].local is None:
            return Line(head)
        numbers = self.sum([product.value for product in products])
        if len(products) > 1 and row.gradient is not None:
            numbers += f" {self.sum([row.gradient])}"
        return Line(head, self.notation.math(numbers))

    def head(self, products: Sequence[Product], is_part: bool = False) -> str:
        """`∂y/∂u·∂u/∂x + ∂y/∂v·∂v/∂x (=∂y/∂x)`; at the end point `∂y/∂y (=1)`."""
        written = " + ".join(self.notation.product(product.chain) for product in products)
        first = products[0]
        if first.local is None:
            return written + self.notation.equal("1")
        whole = self.notation.derivative(first.equals)
        return written + (self.notation.part_of(whole, self.language) if is_part else self.notation.equal(whole))

    def sum(self, values: Sequence[float]) -> str:
        """`= 7`, `≈ 0.333333`, `= 3 + 4`."""
        numbers = [self.notation.number(value) for value in values]
        terms = [self.notation.factor(text) if place else text for place, (text, _) in enumerate(numbers)]
        return f"{self.equals(all(exact for _, exact in numbers))} {' + '.join(terms)}"
