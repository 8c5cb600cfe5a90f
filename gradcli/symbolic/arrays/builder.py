"""Matrix products, transposes and sums of arrays under construction, each simplified when it is made."""

from gradcli.arrays import shapes as rules
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators.arrays import ARRAY_FUNCTIONS, MATMUL, TRANSPOSE, ArrayOperator, along
from gradcli.operators.table import SUB
from gradcli.symbolic.arrays.views import ALL, COLUMN, DOT, OUTER, ROW, TRACE, Views

_MEANS = (ARRAY_FUNCTIONS["mean"], *(along("mean", axis) for axis in range(rules.MOST_AXES)))


class ArrayBuilder(Views):
    """A graph of operations on arrays under construction; see `Views` for what its nodes stand for."""

    def transposed(self, node: int, whole: Shape) -> int:
        """The transpose of a matrix; of a vector itself."""
        if len(whole) < rules.MOST_AXES:
            return node
        number, node = self.scaled(node)
        extents = self.extents(node, whole)
        if not any(extents):
            return self.multiplied(number, self.alone(node))
        if extents == (False, True):
            made = self.column(self.plain(node, whole))
        elif extents == (True, False):
            made = self.vector(node)
        else:
            made = self.turned(node)
        return self.multiplied(number, made)

    def column(self, node: int) -> int:
        """A vector as a column; a number is one anyway."""
        number, node = self.scaled(node)
        if not self.shapes[node]:
            return self.multiplied(number, node)
        whole, is_row = self._alone_in(node)
        if whole is None:
            return self.multiplied(number, self.keep(COLUMN, (node,)))
        return self.multiplied(number, self.turned(whole) if is_row else whole)

    def row(self, node: int) -> int:
        """A vector as a row."""
        number, node = self.scaled(node)
        whole, is_row = self._alone_in(node)
        if whole is None:
            return self.multiplied(number, self.keep(ROW, (node,)))
        return self.multiplied(number, whole if is_row else self.turned(whole))

    def _alone_in(self, node: int) -> tuple[int | None, bool]:
        """The matrix whose one row or column a vector is, and whether it is a row; None where there is none."""
        row = self.operators[node]
        if isinstance(row, ArrayOperator) and node not in self.names:
            whole = self.inputs[node][0]
            for length, places in ((0, (0,)), (1, (ALL, 0))):
                is_matrix = len(self.shapes[whole]) == rules.MOST_AXES
                if row.positions == places and is_matrix and self.shapes[whole][length] == 1:
                    return whole, not length
        return None, False

    def turned(self, node: int, depth: int = 3) -> int:
        """The transpose of a matrix that has all of its elements."""
        sides = self.opened(node, OUTER)
        if sides:
            return self.keep(OUTER, sides[::-1])
        sides = self.opened(node, MATMUL)
        if depth and sides and all(len(self.shapes[x]) == rules.MOST_AXES for x in sides):
            return self.matmul(self.turned(sides[1], depth - 1), self.turned(sides[0], depth - 1))
        if self.is_identity(node):
            return node
        return (*self.opened(node, TRANSPOSE), self.keep(TRANSPOSE, (node,)))[0]

    def matmul(self, x: int, y: int) -> int:
        """The matrix product of two arrays that have all of their elements."""
        if self.is_identity(x) or self.is_identity(y):
            return y if self.is_identity(x) else x
        are_vectors = len(self.shapes[x]) == len(self.shapes[y]) == 1
        return self.keep(DOT if are_vectors else MATMUL, (x, y))

    def outer(self, x: int, y: int) -> int:
        """All products of two vectors; of a number as one of them the other, as a row or a column."""
        number, x = self.scaled(x)
        other, y = self.scaled(y)
        if self.shapes[x] and self.shapes[y]:
            return self.multiplied(number, other, self.keep(OUTER, (x, y)))
        return self.multiplied(number, other, self.column(x), y)

    # Sums

    def total(self, node: int, whole: Shape) -> int:
        """The sum of all elements of the whole."""
        if not whole:
            return node
        number, node = self.scaled(node)
        if not any(self.extents(node, whole)):
            return self.multiplied(self.constant(float(size_of(whole))), number, self.alone(node))
        node = self.plain(node, whole)
        times = self.constant(float(size_of(whole) // size_of(self.shapes[node])))
        return self.multiplied(times, number, self._total(node))

    def _total(self, node: int) -> int:
        shape = self.shapes[node]
        left = self._without_deviations(node)
        if left != node:
            return self.total(left, shape)
        inner = self.opened(node, COLUMN, ROW)
        if inner:
            return self.total(inner[0], self.shapes[inner[0]])
        sides = self.opened(node, OUTER)
        if sides:
            return self.multiplied(*(self.total(x, self.shapes[x]) for x in sides))
        two = self.pair(node)
        if two and len(shape) == 1 and two[0] != two[1] and {self.shapes[x] for x in two} == {shape}:
            return self.keep(DOT, two)
        rest, diagonal = self.parted(node, lambda factor: not self.is_identity(factor))
        if self.is_identity(diagonal):
            return self.constant(float(shape[0])) if rest == self.constant(1.0) else self.keep(TRACE, (rest,))
        return self.keep(ARRAY_FUNCTIONS["sum"], (node,))

    def summed(self, node: int, whole: Shape, axis: int) -> int:
        """The sum along an axis of a matrix: a vector, or a number where its elements are equal."""
        outside, inside = self.parted(node, lambda factor: not self.extents(factor, whole)[axis])
        outside = self._without(outside, whole)
        if not self.extents(inside, whole)[axis]:
            return self.multiplied(self.constant(float(whole[axis])), outside, self._without(inside, whole))
        return self.multiplied(outside, self._along(self.plain(inside, whole), whole, axis))

    def _without(self, node: int, whole: Shape) -> int:
        """A node that has no elements along one of two axes, without that."""
        node = self.plain(node, whole)
        return self.vector(node) if len(self.shapes[node]) == rules.MOST_AXES else node

    def _without_deviations(self, node: int, axis: int | None = None) -> int:
        """A sum without the terms that add up to 0 along an axis, or in all: multiples of deviations from a mean."""
        if self._is_deviation(node, axis):
            return self.constant(0.0)
        number, terms = self.terms(node)
        shape = self.shapes[node]

        def is_outside(factor: int) -> bool:
            extents = self.extents(factor, shape)
            return not (any(extents) if axis is None else extents[axis])

        left = {x: c for x, c in terms.items() if not self._is_deviation(self.parted(x, is_outside)[1], axis)}
        made = self.added(number, left) if len(left) < len(terms) else node
        return node if made is None else made

    def _is_deviation(self, node: int, axis: int | None) -> bool:
        """Whether a node is how numbers deviate from their mean along this axis, or any."""
        if self.operators[node] is not SUB:
            return False
        x, y = self.inputs[node]
        return self._is_mean(x, y, axis) or self._is_mean(y, x, axis)

    def _is_mean(self, x: int, node: int, axis: int | None) -> bool:
        mean = self.inputs[node][0] if self.operators[node] in (COLUMN, ROW) else node
        row = self.operators[mean]
        if not isinstance(row, ArrayOperator) or row not in _MEANS or self.inputs[mean] != (x,):
            return False
        return axis is None or row.axis is None or rules.own_axis(row.axis, self.shapes[x]) == axis

    def _along(self, node: int, whole: Shape, axis: int) -> int:
        if sum(self.extents(node, whole)) < rules.MOST_AXES:
            return self.total(node, self.shapes[node])
        left = self._without_deviations(node, axis)
        if left != node:
            return self.summed(left, whole, axis)
        if self.is_identity(node):
            return self.constant(1.0)
        sides = self.opened(node, OUTER)
        if sides:
            return self.multiplied(self.total(sides[axis], self.shapes[sides[axis]]), sides[1 - axis])
        inner = self.opened(node, TRANSPOSE)
        if inner:
            return self.keep(along("sum", 1 - axis), inner)
        for x, y in (two, two[::-1]) if (two := self.pair(node)) else ():
            if self.shapes[x] == whole and sum(self.extents(y, whole)) == 1:
                matrix = x if axis else self.turned(x)
                vector = self.plain(y, whole)
                return self.matmul(matrix, self.vector(vector) if len(self.shapes[vector]) > 1 else vector)
        return self.keep(along("sum", axis), (node,))
