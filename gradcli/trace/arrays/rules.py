"""What operations over arrays pass back, as formulas over arrays: Xᵀ·∂L/∂Y for a matrix product; and the numbers of
their factors.

The formulas are those of every textbook (for example Giles, An extended collection of matrix derivative results for
forward and reverse mode algorithmic differentiation, 2008, section 2.2): gradients have the shape of what they are by.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradcli.graph.arrays import Shape, size_of
from gradcli.operators import passing_rules
from gradcli.operators.arrays import INDEX, LITERAL, MATMUL, TRANSPOSE, ArrayOperator
from gradcli.operators.passing_rules import OTHER, PASSES, SIGN
from gradcli.trace.arrays.records import Records
from gradcli.trace.arrays.rows import ArrayValues, Derivative, Formula, Symbol

Factors = tuple[ArrayValues | str, ...]
Rule = tuple[Formula, Factors]
DOT, TIMES, EACH = "·", "×", "⊙"


class Rules:
    """The rules of the operations of a program."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.program = records.program
        self.output = records.names[records.output]

    def of(self, node: int, index: int) -> Rule:
        """What an operation passes back to one of its inputs."""
        operator = self.program.operators[node]
        if isinstance(operator, ArrayOperator) or self.records.is_reduced(node):
            return _OF_ARRAYS[operator.name](self, node, index)
        return self._elementwise(node, index)

    # Parts of formulas

    def _shape(self, node: int) -> Shape:
        return self.records.shapes[node]

    def _incoming(self, node: int, is_transposed: bool = False) -> Derivative:
        return Derivative(self.output, self.records.names[node], is_transposed)

    def _symbol(self, node: int, is_transposed: bool = False) -> Symbol:
        name = self.records.names[node]
        if is_transposed and name.endswith(".T"):
            return Symbol(name.removesuffix(".T"))
        return Symbol(name, is_transposed)

    def _numbers(self, *parts: "Callable[[], ArrayValues] | str") -> Factors:
        """Factors at a point."""
        if self.records.values(self.records.output) is None:
            return ()
        return tuple(part if isinstance(part, str) else part() for part in parts)

    def _value(self, x: int) -> Callable[[], ArrayValues]:
        return lambda: ArrayValues(self.records.values(x) or (), self._shape(x))

    def _adjoint(self, node: int) -> Callable[[], ArrayValues]:
        return lambda: ArrayValues(self.records.adjoints(node) or (), self._shape(node))

    # Element by element

    def _elementwise(self, node: int, index: int) -> Rule:
        operator, inputs = self.program.operators[node], self.program.inputs[node]
        x, shape = inputs[index], self._shape(node)
        kind, by = passing_rules.rule_of(operator, index) if not operator.branches else ("", -1)
        formula: Formula = (self._incoming(node),)
        factors: Factors = ()
        if kind == OTHER and not self._shape(inputs[by]):
            formula, factors = (
                (*formula, DOT, self._symbol(inputs[by])),
                self._numbers(self._adjoint(node), TIMES, self._value(inputs[by])),
            )
        elif kind == OTHER:
            formula = (*formula, f" {EACH} ", self._symbol(inputs[by]))
            factors = self._numbers(self._adjoint(node), EACH, lambda: self._spread(inputs[by], shape))
        elif kind not in (PASSES, SIGN):
            formula = (*formula, f" {EACH} ", Derivative(self.records.names[node], self.records.names[x]))
            factors = self._numbers(
                self._adjoint(node), EACH, lambda: ArrayValues(self.records.slopes(node, index), shape)
            )
        if self._shape(x) != shape:
            formula, factors = _summed(formula, self._shape(x), shape), ()
        return (("-", *formula) if kind == SIGN else formula), factors

    def _spread(self, x: int, shape: Shape) -> ArrayValues:
        """An array as broadcasting has it."""
        values, own = self.records.values(x) or [], self._shape(x)
        return ArrayValues(spread(values, own, shape), shape)

    # Operations on whole arrays

    def matmul(self, node: int, index: int) -> Rule:
        """G·Yᵀ and Xᵀ·G; a vector on the left is a row, one on the right a column."""
        x, y = self.program.inputs[node]
        if not self._shape(node):
            return self.dot(node, index)
        incoming, is_column = self._incoming(node), len(self._shape(y)) == 1
        if index == 0:
            numbers = self._numbers(
                _column(self._adjoint(node), is_column), DOT, _transposed(_column(self._value(y), is_column))
            )
            return (incoming, DOT, self._symbol(y, True)), numbers
        is_row = len(self._shape(x)) == 1
        left = _column(self._value(x), True) if is_row else _transposed(self._value(x))
        numbers = self._numbers(left, DOT, _column(self._adjoint(node), is_column))
        return (self._symbol(x, True), DOT, incoming), numbers

    def dot(self, node: int, index: int) -> Rule:
        """The incoming number times the other vector."""
        other = self.program.inputs[node][1 - index]
        numbers = self._numbers(self._adjoint(node), TIMES, self._value(other))
        return (self._incoming(node), DOT, self._symbol(other)), numbers

    def outer(self, node: int, index: int) -> Rule:
        """G·y and Gᵀ·x."""
        other, is_right = self.program.inputs[node][1 - index], index == 1
        left = _transposed(self._adjoint(node)) if is_right else self._adjoint(node)
        numbers = self._numbers(left, DOT, _column(self._value(other), True))
        return (self._incoming(node, is_right), DOT, self._symbol(other)), numbers

    def softmax(self, node: int, _: int) -> Rule:
        """The result ⊙ (G − sum(the result ⊙ G)), row by row."""
        own, incoming = Symbol(self.records.names[node]), self._incoming(node)
        is_matrix = len(self._shape(node)) > 1
        begin, end = ("column(sum(", ", axis=1))") if is_matrix else ("sum(", ")")
        return (own, f" {EACH} (", incoming, f" - {begin}", own, f" {EACH} ", incoming, f"{end})"), ()

    def trace(self, node: int, _: int) -> Rule:
        """G times the identity matrix."""
        return (self._incoming(node), DOT, "I"), ()

    def sum(self, node: int, _: int) -> Rule:
        """Every element of a group gets what comes to its sum."""
        return (*self._along(node), DOT, "1"), ()

    def mean(self, node: int, _: int) -> Rule:
        """The same, in equal parts."""
        x = self.program.inputs[node][0]
        count = size_of(self._shape(x)) // size_of(self._shape(node))
        return (*self._along(node), DOT, f"1/{count}"), ()

    def norm(self, node: int, _: int) -> Rule:
        """G·x/norm(x)."""
        x = self.program.inputs[node][0]
        if self._shape(node):
            return self._general(node)
        numbers = self._numbers(self._adjoint(node), TIMES, self._slopes(node))
        return (self._incoming(node), DOT, self._symbol(x), "/", Symbol(self.records.names[node])), numbers

    def logsumexp(self, node: int, _: int) -> Rule:
        """G·softmax(x)."""
        x = self.program.inputs[node][0]
        if len(self._shape(x)) > 1:
            return self._general(node)
        numbers = self._numbers(self._adjoint(node), TIMES, self._slopes(node))
        return (self._incoming(node), DOT, "softmax(", self._symbol(x), ")"), numbers

    def extreme(self, node: int, _: int) -> Rule:
        """What the largest or smallest element has."""
        return self._general(node)

    def _general(self, node: int) -> Rule:
        """The incoming gradient times the slopes of each group."""
        x = self.program.inputs[node][0]
        slopes = Derivative(self.records.names[node], self.records.names[x])
        if not self._shape(node):
            return (self._incoming(node), DOT, slopes), self._numbers(self._adjoint(node), TIMES, self._slopes(node))
        numbers = self._numbers(lambda: self._along_group(node), EACH, self._slopes(node))
        return (*self._along(node), f" {EACH} ", slopes), numbers

    def _slopes(self, node: int) -> Callable[[], ArrayValues]:
        return lambda: ArrayValues(self.records.slopes_along(node), self._shape(self.program.inputs[node][0]))

    def _along(self, node: int) -> Formula:
        """The incoming gradient as it is spread over the groups of a reduction."""
        incoming, operator = self._incoming(node), self.program.operators[node]
        shape = self._shape(self.program.inputs[node][0])
        is_by_row = self._shape(node) and getattr(operator, "axis", 0) % len(shape) == 1
        return ("column(", incoming, ")") if is_by_row else (incoming,)

    def _along_group(self, node: int) -> ArrayValues:
        """Its numbers so."""
        shape = self._shape(self.program.inputs[node][0])
        own: Shape = self._shape(node)
        if len(self._along(node)) > 1:
            own = (*own, 1)
        return ArrayValues(spread(self.records.adjoints(node) or [], own, shape), shape)

    # Views that have names

    def transpose(self, node: int, _: int) -> Rule:
        """Gᵀ."""
        return (self._incoming(node, len(self._shape(node)) > 1),), ()

    def literal(self, node: int, index: int) -> Rule:
        """Its place in G."""
        return (self._incoming(node), f"[{index}]"), ()

    def whole(self, node: int, _: int) -> Rule:
        """G itself."""
        return (self._incoming(node),), ()


def spread(values: Sequence[Any], own: Shape, shape: Shape) -> Sequence[Any]:
    """Elements repeated as broadcasting to a shape has them."""
    size = size_of(shape)
    if len(values) == size:
        return values
    if len(values) == 1:
        return [*values] * size
    if len(own) == 1 or own[0] == 1:
        return [*values] * shape[0]
    return [x for x in values for _ in range(shape[1])]


def _summed(formula: Formula, own: Shape, shape: Shape) -> Formula:
    """A formula of a shape as it comes back to an array that broadcasting has spread to it."""
    if size_of(own) == 1 or len(shape) == 1:
        return ("sum(", *formula, ")")
    axis = 1 if len(own) > 1 and own[1] == 1 else 0
    begin = "" if len(own) == 1 else ("row(", "column(")[axis]
    return (f"{begin}sum(", *formula, f", axis={axis})" + ")" * bool(begin))


def _column(matrix: Callable[[], ArrayValues], is_column: bool) -> Callable[[], ArrayValues]:
    """A vector as a column."""
    if not is_column:
        return matrix

    def made() -> ArrayValues:
        found = matrix()
        return ArrayValues(found.values, (len(found.values), 1))

    return made


def _transposed(matrix: Callable[[], ArrayValues]) -> Callable[[], ArrayValues]:
    def made() -> ArrayValues:
        found = matrix()
        rows, columns = found.shape
        return ArrayValues([x for place in range(columns) for x in found.values[place::columns]], (columns, rows))

    return made


_OF_ARRAYS: Mapping[str, Callable[[Rules, int, int], Rule]] = {
    MATMUL.name: Rules.matmul,
    TRANSPOSE.name: Rules.transpose,
    INDEX.name: Rules.whole,
    LITERAL.name: Rules.literal,
    "column": Rules.whole,
    "row": Rules.whole,
    "dot": Rules.dot,
    "outer": Rules.outer,
    "softmax": Rules.softmax,
    "trace": Rules.trace,
    "sum": Rules.sum,
    "mean": Rules.mean,
    "norm": Rules.norm,
    "logsumexp": Rules.logsumexp,
    "max": Rules.extreme,
    "min": Rules.extreme,
}
