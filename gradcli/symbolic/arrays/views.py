"""A graph of operations on arrays under construction, in which what is equal element by element is one node.

What holds for numbers holds for each element, so that the operations element by element are simplified as those of
numbers are. A node may have fewer elements than the array that it stands for: along an axis that it lacks, or has the
length 1 in, its elements are repeated, as `*` and `+` repeat them. The array's own shape is called `whole` here.
"""

from collections.abc import Callable, Mapping, Sequence

from gradcli.arrays import shapes as rules
from gradcli.arrays.results import NUMBER, result_shape
from gradcli.graph.arrays import Shape
from gradcli.operators.arrays import ARRAY_FUNCTIONS, LITERAL, TRANSPOSE, ArrayOperator, Position, part
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import Operator
from gradcli.operators.table import MUL
from gradcli.symbolic.products import Powers
from gradcli.symbolic.terms import Collector

ALL: Position = (None, None)
INSIDE = 6  # operations that a part of an array is looked for in
OUTER, DOT, COLUMN, ROW, SOFTMAX, TRACE = (
    ARRAY_FUNCTIONS[name] for name in ("outer", "dot", "column", "row", "softmax", "trace")
)
IDENTITY_MATRIX = Operator("identity_matrix", (), not_a_number)  # a leaf, until it is written as a literal


class Views(Collector):
    """A graph under construction whose nodes have shapes; those of variables are `given`, others are numbers."""

    def __init__(self, given: Mapping[str, Shape]) -> None:
        self.shapes: list[Shape] = []
        self.given = given
        super().__init__()

    def append(self, operator: Operator, inputs: tuple[int, ...] = ()) -> int:
        """One more node, and its shape."""
        self.shapes.append(result_shape(operator, [self.shapes[x] for x in inputs]))
        return super().append(operator, inputs)

    def variable(self, name: str) -> int:
        """The variable's one node."""
        node = super().variable(name)
        self.shapes[node] = self.given.get(name, NUMBER)
        return node

    def identity(self, length: int) -> int:
        """The identity matrix."""
        node = self._node((IDENTITY_MATRIX, length), IDENTITY_MATRIX, ())
        self.shapes[node] = (length, length)
        return node

    def literal(self, elements: Sequence[int]) -> int:
        """An array of these."""
        return self.keep(LITERAL, tuple(elements))

    def is_identity(self, node: int) -> bool:
        """Whether a node is an identity matrix."""
        return self.operators[node] is IDENTITY_MATRIX

    def opened(self, node: int, *operators: Operator) -> tuple[int, ...]:
        """The inputs of a node that is one of these operations, and has no name; none of others."""
        is_one = self.operators[node] in operators and node not in self.names
        return self.inputs[node] if is_one else ()

    # Products

    def multiplied(self, *factors: int) -> int:
        """Their product, element by element."""
        product = factors[0]
        for factor in factors[1:]:
            product = self.make(MUL, (product, factor))
        return product

    def parted(self, node: int, is_outside: Callable[[int], bool]) -> tuple[int, int]:
        """A product as that of two: the number and the factors that are outside, and the rest."""
        number, powers = self.factors(node)
        outside: Powers = {factor: power for factor, power in powers.items() if is_outside(factor)}
        inside = {factor: power for factor, power in powers.items() if factor not in outside}
        if number == 1 and not outside:
            return self.constant(1.0), node
        first, second = self.made(number, outside), self.made(1, inside)
        return (self.constant(1.0), node) if first is None or second is None else (first, second)

    def scaled(self, node: int) -> tuple[int, int]:
        """A product as that of a number and the rest, which is 1 where there are no arrays."""
        return self.parted(node, lambda factor: not self.shapes[factor])

    def pair(self, node: int) -> tuple[int, int] | None:
        """The two factors that a product of just two is of, the square of one among them."""
        number, powers = self.factors(node)
        if number != 1 or len(powers) > 2 or sum(powers.values()) != 2 or not all(e > 0 for e in powers.values()):
            return None
        first, *rest = powers
        return (first, rest[0] if rest else first) if all(e in (1, 2) for e in powers.values()) else None

    # Views

    def extents(self, node: int, whole: Shape) -> tuple[bool, ...]:
        """For each axis of the whole, whether a node has elements of its own along it."""
        own = self.shapes[node]
        return tuple(length != 1 for length in (1,) * (len(whole) - len(own)) + own)

    def plain(self, node: int, whole: Shape) -> int:
        """A node by the fewest axes: a number, a vector for equal rows, a column for equal columns."""
        own, extents = self.shapes[node], self.extents(node, whole)
        if not any(extents):
            return self.alone(node)
        return self.vector(node) if len(own) == rules.MOST_AXES and extents == (False, True) else node

    def alone(self, node: int) -> int:
        """The number that is the one element of a node."""
        while self.opened(node, COLUMN, ROW):
            node = self.inputs[node][0]
        shape = self.shapes[node]
        return self.index(node, (0,) * len(shape)) if shape else node

    def vector(self, node: int) -> int:
        """The elements of a row or a column."""
        number, node = self.scaled(node)
        if len(self.shapes[node]) < rules.MOST_AXES:
            return self.multiplied(number, node)
        rows, _ = self.shapes[node]
        return self.multiplied(number, self.index(node, (0,) if rows == 1 else (ALL, 0)))

    def index(self, node: int, places: tuple[Position, ...], depth: int = INSIDE) -> int:
        """A part of an array; of what a product or a sum is made of rather than of that."""
        found = None
        if node not in self.names and self.inputs[node]:
            operator = self.operators[node]
            if isinstance(operator, ArrayOperator) and depth:
                found = self._index_within(node, operator, places, depth - 1)
            elif operator.arithmetic and depth:
                found = self._index_of_each(node, operator, places, depth)
        return self.keep(part(places), (node,)) if found is None else found

    def _index_within(self, node: int, operator: ArrayOperator, places: tuple[Position, ...], depth: int) -> int | None:
        """A part of a literal, of products of vectors or of a part."""
        inputs, first = self.inputs[node], places[0]
        if operator is LITERAL and isinstance(first, int):
            inner, rest = inputs[first], places[1:]
            return self.index(inner, rest, depth) if rest and rest != (ALL,) else inner
        if operator in (COLUMN, ROW):
            rest = places[1:] if operator is ROW else places[: len(places) - (len(places) == rules.MOST_AXES)]
            return self.index(inputs[0], rest, depth) if rest and rest != (ALL,) else inputs[0]
        if operator is TRANSPOSE:
            row, column = (*places, ALL)[: rules.MOST_AXES]
            return self.index(inputs[0], (column, row)[: 1 + (row != ALL)], depth)
        if operator is OUTER and len(places) == rules.MOST_AXES:
            return self.multiplied(
                *(x if at == ALL else self.index(x, (at,), depth) for x, at in zip(inputs, places, strict=True))
            )
        if operator.positions and len(places) == len(self.shapes[node]) and all(isinstance(at, int) for at in places):
            return self.index(inputs[0], self._inside(self.shapes[inputs[0]], operator, places), depth)
        return None

    def _inside(self, shape: Shape, operator: ArrayOperator, places: Sequence[Position]) -> tuple[Position, ...]:
        """Where an element of a part is in the array that it is a part of."""
        _, taken = rules.places(shape, operator.positions)
        wanted = iter(places)
        fixed = [isinstance(position, int) for position in operator.positions]
        fixed += [False] * (len(shape) - len(fixed))
        return tuple(
            chosen[0] if is_fixed else chosen[next(wanted)]  # type: ignore[index]
            for chosen, is_fixed in zip(taken, fixed, strict=True)
        )

    def _index_of_each(self, node: int, operator: Operator, places: tuple[Position, ...], depth: int) -> int | None:
        """An operation on parts, where each of its inputs has the shape of the result or is a number."""
        inputs, shape = self.inputs[node], self.shapes[node]
        if not all(self.shapes[x] in (NUMBER, shape) for x in inputs):
            return None
        return self.make(operator, tuple(self.index(x, places, depth - 1) if self.shapes[x] else x for x in inputs))
