"""What the table of operations on whole arrays says as a trace writes it: Xᵀ·∂L/∂Y for `x.T @ G`; and its factors."""

from collections.abc import Sequence

from gradcli.arrays.backward import COUNT, INCOMING, RESULT, UNIT, passing_of
from gradcli.arrays.elements import spread, transposed
from gradcli.arrays.results import shapes_in
from gradcli.language.format import operation_pieces
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL, TRANSPOSE
from gradcli.operators.records import ATOM, PRODUCT, Operator
from gradcli.operators.table import CONSTANT, DIV, MUL, VARIABLE, WHERE
from gradcli.text import format_number
from gradcli.trace.arrays.records import Records
from gradcli.trace.arrays.rows import DOT, EACH, TIMES, TRANSPOSED, ArrayValues, Derivative, Factors, Formula, Symbol

_OUTER = ARRAY_FUNCTIONS["outer"]


class TableRule:
    """What goes back to an input: the formula of the operation's row, at the arrays of a program.

    A slope of more than one operation, and that of a reduction along an axis, is written as a derivative, ∂s/∂X; so is
    that of a choice.
    """

    def __init__(self, records: Records, node: int, index: int) -> None:
        self.records = records
        self.node = node
        self.inputs = records.program.inputs[node]
        self.input = self.inputs[index]
        self.whole = records.shapes[node]
        self.passing = passing_of(records.arrays, node, index)
        self.table = self.passing.formula
        self.shapes = shapes_in(self.table, self.passing.letters)

    # The formula

    def formula(self) -> Formula:
        """The formula, with the names of arrays."""
        if self._is_by_name:
            slopes = Derivative(self.records.names[self.node], self.records.names[self.input])
            return (*self._beside(self.records.incoming(self.node)), f" {EACH} " if self.whole else DOT, slopes)
        found: list[tuple[Formula, int]] = []
        for place in range(len(self.table)):
            found.append(self._written(place, found))
        formula, _ = found[self.table.output]
        is_spread = self.table.operators[self.table.output] is VARIABLE
        return (*formula, DOT, "1") if is_spread and self.whole != self.records.shapes[self.input] else formula

    @property
    def _is_by_name(self) -> bool:
        if self.table.operators[self.table.output] is WHERE:
            return True
        most = 0 if self.passing.operator.reduces and self.whole else 1
        return self._is_product and sum(map(bool, self.table.inputs)) > most + 1  # with the product itself

    @property
    def _is_product(self) -> bool:
        """Whether the formula is the incoming gradient times something, and that over something."""
        table, node = self.table, self.table.output
        while table.operators[node] in (MUL, DIV):
            node = table.inputs[node][0]
        return table.names.get(node) == INCOMING

    def _written(self, place: int, found: Sequence[tuple[Formula, int]]) -> tuple[Formula, int]:
        """A part of the formula, and how closely it holds together."""
        operator, inputs = self.table.operators[place], self.table.inputs[place]
        if operator is VARIABLE:
            return self._letter(self.table.names[place]), ATOM
        if operator is CONSTANT:
            return (format_number(self.table.values[place]),), ATOM
        operands = [found[x] for x in inputs]
        if operator is TRANSPOSE:
            return self._transposed(inputs[0], operands[0][0]), ATOM
        if operator.is_part and not self.passing.operator.variadic:
            return operands[0]  # all of the same numbers, in a vector
        if operator is DIV and self.table.names.get(inputs[1]) == COUNT:
            return (*operands[0][0], DOT, f"1/{self.passing.terms}"), PRODUCT
        if operator is _OUTER:
            operands = [(self._turned(x, formula), ATOM) for x, (formula, _) in zip(inputs, operands, strict=True)]
            operator = MATMUL
        sign = self._product(inputs) if operator is MUL else DOT if operator is MATMUL else ""
        return _joined(operator, operands, sign), operator.precedence

    def _product(self, inputs: Sequence[int]) -> str:
        """The sign of a product of two, of which one is a number or not."""
        return f" {EACH} " if all(self.shapes[x] for x in inputs) else DOT

    def _letter(self, name: str) -> Formula:
        records = self.records
        if name == INCOMING:
            return self._beside(records.incoming(self.node))
        if name == RESULT:
            return self._beside(Symbol(records.names[self.node]))
        if name == COUNT:
            return (str(self.passing.terms),)
        return (name,) if name == UNIT else (Symbol(records.names[self._array(name)]),)

    def _array(self, name: str) -> int:
        """The input that is called so in the row."""
        return self.inputs[self.passing.operator.parameters.index(name)]

    def _beside(self, piece: Symbol | Derivative) -> Formula:
        """What a reduction gave, or its gradient, beside the elements that it was made of."""
        return ("column(", piece, ")") if self.passing.is_by_rows else (piece,)

    def _turned(self, place: int, formula: Formula) -> Formula:
        """A vector as it stands in an outer product: the one that was a row or a column the other way."""
        return _turned(formula) if self.table.names.get(place) != INCOMING else formula

    def _transposed(self, place: int, formula: Formula) -> Formula:
        return _turned(formula) if len(self.shapes[place]) > 1 else formula

    # The numbers

    def factors(self) -> Factors:
        """The numbers of the formula at a point, if it is a product of two."""
        table = self.table
        operator, inputs = table.operators[table.output], table.inputs[table.output]
        if operator in (MATMUL, _OUTER):
            return self._sides(operator is _OUTER, *inputs)
        if not (self._is_by_name or (operator in (MUL, DIV) and self._is_product)):
            return ()
        last = table.names.get(inputs[-1])
        if last in (COUNT, UNIT):
            return ()
        if operator is MUL and last in self.passing.operator.parameters:
            slopes = self.records.value(self._array(last))
        else:
            slopes = ArrayValues(self.records.slopes_along(self.node), self.records.shapes[self.input])
        return self._incoming(), EACH if self.whole else TIMES, slopes

    def _incoming(self) -> ArrayValues:
        """The incoming gradient beside the elements."""
        incoming, shape = self.records.adjoint(self.node), self.records.shapes[self.input]
        if not self.whole:
            return incoming
        return ArrayValues(spread(incoming.values, self.passing.letters[INCOMING], shape), shape)

    def _sides(self, is_outer: bool, left: int, right: int) -> Factors:
        """Both sides of a matrix product: on the right a vector is a column, but for that of an outer product."""
        x, y = self._side(left), self._side(right)
        if x is None or y is None:
            return ()
        if is_outer:
            x = _column(x)
            y = y if self.table.names.get(right) == INCOMING else _across(_column(y))
        return x, DOT, y if is_outer or len(y.shape) > 1 else _column(y)

    def _side(self, place: int) -> ArrayValues | None:
        operator = self.table.operators[place]
        if operator is TRANSPOSE:
            found = self._side(self.table.inputs[place][0])
            return found if found is None or len(found.shape) < 2 else _across(found)
        if operator is not VARIABLE:
            return None
        name = self.table.names[place]
        return self.records.adjoint(self.node) if name == INCOMING else self.records.value(self._array(name))


def _joined(operator: Operator, operands: Sequence[tuple[Formula, int]], sign: str) -> Formula:
    """An operation as it is written, with its `sign` if it is a product."""
    pieces: list[Symbol | Derivative | str] = []
    for piece in operation_pieces(operator, len(operands)):
        if isinstance(piece, str):
            pieces.append(sign or piece)
        else:
            formula, closeness = operands[piece[0]]
            pieces += ("(", *formula, ")") if closeness < piece[1] else formula
    return tuple(pieces)


def _turned(formula: Formula) -> Formula:
    """The transpose as it is written."""
    first, *others = formula
    if others or isinstance(first, str):
        return ("(", *formula, f"){TRANSPOSED}")
    if isinstance(first, Symbol) and first.name.endswith(".T"):
        return (Symbol(first.name.removesuffix(".T")),)
    return (first._replace(is_transposed=True),)


def _column(vector: ArrayValues) -> ArrayValues:
    """A vector as a column."""
    return ArrayValues(vector.values, (len(vector.values), 1))


def _across(matrix: ArrayValues) -> ArrayValues:
    return ArrayValues(transposed(matrix.shape, matrix.values), matrix.shape[::-1])
