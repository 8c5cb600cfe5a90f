"""How the operations on whole arrays pass an adjoint back: the formulas of their rows, which a builder simplifies while
they are put together.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gradcli.arrays import shapes as rules
from gradcli.arrays.backward import COUNT, INCOMING, RESULT, UNIT, Passing
from gradcli.arrays.results import shapes_in
from gradcli.graph.arrays import Shape
from gradcli.operators.arrays import MATMUL, TRANSPOSE, ArrayOperator
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.symbolic.arrays.builder import ArrayBuilder
from gradcli.symbolic.arrays.spreading import product
from gradcli.symbolic.arrays.views import SOFTMAX


class Step(NamedTuple):
    """An operation on arrays in the backward pass: its inputs and its result as nodes of a builder, the shapes of these
    arrays, and the adjoint of the result.
    """

    builder: ArrayBuilder
    operator: ArrayOperator
    inputs: Sequence[int]
    shapes: Sequence[Shape]
    out: int
    whole: Shape
    adjoint: int


def passed_back(step: Step) -> list[int]:
    """What each input gets."""
    if step.operator is SOFTMAX and not step.builder.extents(step.adjoint, step.whole)[-1]:
        return [step.builder.constant(0.0)]  # what is equal in each sum of 1 changes nothing
    return [_Inserted(step, place).output() for place in range(len(step.inputs))]


class _Inserted:
    """A formula of the table, at the nodes of a step."""

    def __init__(self, step: Step, place: int) -> None:
        self.step = step
        self.builder = step.builder
        self.passing = Passing(step.operator, step.shapes, step.whole, place)
        self.formula = self.passing.formula
        self.shapes = shapes_in(self.formula, self.passing.letters)  # of the arrays that the nodes stand for
        self.nodes: list[int] = []

    def output(self) -> int:
        """What goes back; where G stands more than once, its number is in front of all."""
        builder, formula = self.builder, self.formula
        number, adjoint = builder.constant(1.0), self._beside(self.step.adjoint)
        if INCOMING in formula.variables and sum(x.count(formula.variables[INCOMING]) for x in formula.inputs) > 1:
            number, adjoint = builder.scaled(adjoint)
        for node, operator in enumerate(formula.operators):
            if operator is VARIABLE:
                name = formula.names[node]
                self.nodes.append(adjoint if name == INCOMING else self._letter(name))
            elif operator is CONSTANT:
                self.nodes.append(builder.leaf(formula, node))
            elif isinstance(operator, ArrayOperator):
                self.nodes.append(_MADE.get(operator.name, _Inserted.whole)(self, node, operator))
            else:
                self.nodes.append(builder.make(operator, self._images(node)))
        return builder.multiplied(number, self.nodes[formula.output])

    def _images(self, node: int) -> tuple[int, ...]:
        return tuple(self.nodes[x] for x in self.formula.inputs[node])

    def _beside(self, node: int) -> int:
        """What a reduction gave, or its adjoint, beside the elements that it was made of."""
        return self.builder.column(node) if self.passing.is_by_rows else node

    def _letter(self, name: str) -> int:
        step, builder = self.step, self.builder
        if name == RESULT:
            return self._beside(step.out)
        if name == COUNT:
            return builder.constant(float(self.passing.terms))
        if name == UNIT:
            return builder.identity(step.shapes[0][0])
        node = step.inputs[step.operator.parameters.index(name)]
        return self._as_column(node) if len(step.inputs) > 1 else node

    def _as_column(self, node: int) -> int:
        """A vector times a matrix, as textbooks have it in a product: x@A as A.T@x."""
        builder, sides = self.builder, self.builder.opened(node, MATMUL)
        if not sides or len(builder.shapes[sides[0]]) > 1:
            return node
        x, matrix = sides
        whole = builder.shapes[matrix]
        return product(builder, builder.transposed(matrix, whole), whole[::-1], x, builder.shapes[x])

    # Operations on whole arrays

    def whole(self, node: int, operator: ArrayOperator) -> int:
        """One for which nothing is simplified, of arrays with all of their elements."""
        images, wholes = self._images(node), [self.shapes[x] for x in self.formula.inputs[node]]
        assert [self.builder.shapes[x] for x in images] == wholes, operator.name
        return self.builder.keep(operator, images)

    def matmul(self, node: int, _: ArrayOperator) -> int:
        """A product; of a vector and a matrix y.T it is y times the vector."""
        (x, y), builder = self.formula.inputs[node], self.builder
        left, right = self.shapes[x], self.shapes[y]
        if len(left) == 1 and len(right) == rules.MOST_AXES:
            return product(builder, self._turned(y), right[::-1], self.nodes[x], left)
        return product(builder, self.nodes[x], left, self.nodes[y], right)

    def _turned(self, node: int) -> int:
        if self.formula.operators[node] is TRANSPOSE:
            return self.nodes[self.formula.inputs[node][0]]
        return self.builder.transposed(self.nodes[node], self.shapes[node])

    def transpose(self, node: int, _: ArrayOperator) -> int:
        """The transpose."""
        (x,) = self.formula.inputs[node]
        if self.step.operator.reduces:  # of an array with all of its elements, which a function needs
            return self.builder.turned(self.nodes[x])
        return self.builder.transposed(self.nodes[x], self.shapes[x])

    def outer(self, node: int, _: ArrayOperator) -> int:
        """All products."""
        return self.builder.outer(*self._images(node))

    def column(self, node: int, _: ArrayOperator) -> int:
        """A vector as a column."""
        return self.builder.column(*self._images(node))

    def sum(self, node: int, operator: ArrayOperator) -> int:
        """A sum of all elements, or along an axis of a matrix."""
        (x,) = self.formula.inputs[node]
        axis = rules.own_axis(operator.axis, self.shapes[x])
        if axis is None:
            return self.builder.total(self.nodes[x], self.shapes[x])
        return self.builder.summed(self.nodes[x], self.shapes[x], axis)

    def index(self, node: int, operator: ArrayOperator) -> int:
        """An element, a row or the column of an array; any of one that has fewer axes is that itself."""
        builder, (x,) = self.builder, self.formula.inputs[node]
        found, whole = builder.plain(self.nodes[x], self.shapes[x]), self.shapes[x]
        if len(builder.shapes[found]) < len(whole):
            return found
        found = builder.index(found, operator.positions)
        return builder.alone(found) if builder.shapes[found] == (1,) else found


_MADE: Mapping[str, Callable[[_Inserted, int, ArrayOperator], int]] = {
    "matmul": _Inserted.matmul,
    "transpose": _Inserted.transpose,
    "outer": _Inserted.outer,
    "column": _Inserted.column,
    "sum": _Inserted.sum,
    "index": _Inserted.index,
}
