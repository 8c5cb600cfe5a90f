"""Arrays as views of numbers: the program over arrays, and beside each of its nodes the scalar nodes that it is."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.frozen import Frozen
from gradcli.operators.arrays import ARRAY_FUNCTIONS, TRANSPOSE
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.graph import Graph

Shape = tuple[int, ...]  # () of a number, (n,) of a vector, (rows, columns) of a matrix


class Arrays(Frozen):
    """What the scalar nodes of a graph stand for.

    `program` is the same function over arrays. Of its node i `shapes[i]` is the shape, `elements[i]` has the scalar
    node of each element, row by row, and `made[i]` is the range of scalar nodes that the operation made: none for a
    view, whose elements are those of others.
    """

    program: "Graph"
    shapes: Sequence[Shape]
    elements: Sequence[Sequence[int]]
    made: Sequence[range]

    @cached_property
    def named(self) -> dict[str, int]:
        """The node of each variable and step that is an array, by name."""
        return {name: node for node, name in self.program.names.items() if self.shapes[node]}

    @cached_property
    def variables(self) -> dict[str, list[str]]:
        """The names of the elements of each variable that is an array, by its name."""
        return {name: self.names_of(name) for name in self.named if name in self.program.variables}

    def names_of(self, name: str) -> list[str]:
        """The names of an array's elements, row by row."""
        return self._names[name]

    @property
    def labels(self) -> Iterator[list[str]]:
        """The places of the elements of each node of the program, row by row: `[0,1]`, of a number nothing."""
        return (element_names("", shape) for shape in self.shapes)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return {name: element_names(name, self.shapes[node]) for name, node in self.named.items()}

    @cached_property
    def array_of(self) -> dict[str, str]:
        """The array that each named element is of."""
        return {one: name for name, ones in self._names.items() for one in ones}

    @cached_property
    def _starts(self) -> list[int]:
        return [made.start for made in self.made]

    def makes(self, node: int) -> bool:
        """Whether a node of the program is an operation that makes nodes; that of the output is, whatever it makes.

        An element of a name without a shape, x[0], is a variable of its own.
        """
        inputs = self.program.inputs[node]
        is_operation = bool(inputs) and len(self.elements[inputs[0]]) > 0
        return is_operation and (len(self.made[node]) > 0 or node == self.program.output)

    def is_itself(self, node: int) -> bool:
        """Whether a node of the program is the transpose of a vector, without a name of its own: that is the vector."""
        is_view = self.program.operators[node] is TRANSPOSE and not self.makes(node)
        return is_view and len(self.shapes[node]) == 1

    def operator(self, node: int) -> Operator:
        """That of a node of the program; what takes any number of arguments is a reduction where it takes one array
        alone: logsumexp(x).
        """
        operator, inputs = self.program.operators[node], self.program.inputs[node]
        is_alone = operator.variadic and operator.least == 1 and len(inputs) == 1 and self.shapes[inputs[0]]
        return ARRAY_FUNCTIONS.get(operator.name, operator) if is_alone else operator

    def operation_of(self, node: int) -> int:
        """The node of the program that made a scalar node."""
        return bisect_right(self._starts, node) - 1

    def elements_of(self, names: Iterable[str]) -> Iterator[str]:
        """The names of elements in place of those of arrays."""
        for name in names:
            yield from self.names_of(name) if name in self.named else (name,)

    def flat(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by name, with those of the elements in place of arrays, given as nested lists of the right shape."""
        found: dict[str, Any] = {}
        for name, value in values.items():
            if name in self.named:
                found.update(zip(self.names_of(name), flattened(value), strict=True))
            else:
                found[name] = value
        return found

    def groups(self, names: Collection[str]) -> "Iterator[Group]":
        """Names of numbers, those of an array as one where all of its elements are among them."""
        has = (names if isinstance(names, (dict, set)) else dict.fromkeys(names)).__contains__
        whole = {ones[0]: name for name, ones in self._names.items() if all(map(has, ones))}
        inside: set[str] = set()
        for one in names:
            if one in whole:
                name = whole[one]
                inside.update(self._names[name])
                yield Group(name, self.shapes[self.named[name]], self._names[name])
            elif one not in inside:
                yield Group(one, (), (one,))

    def nested(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by name, in which each array all of whose elements have one stands as nested lists."""
        return {name: shaped(list(map(values.__getitem__, ones)), shape) for name, shape, ones in self.groups(values)}


class Group(NamedTuple):
    """A name, its shape, and the names of its numbers, row by row."""

    name: str
    shape: Shape
    elements: Sequence[str]


def element_names(name: str, shape: Shape) -> list[str]:
    """`W[0,0]`, `W[0,1]`, …"""
    if not shape:
        return [name]
    if len(shape) == 1:
        return [f"{name}[{place}]" for place in range(shape[0])]
    return [f"{name}[{row},{column}]" for row in range(shape[0]) for column in range(shape[1])]


def shaped(values: Sequence[Any], shape: Shape) -> Any:
    """Values row by row as nested lists."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        return list(values)
    width = shape[1]
    return [list(values[start : start + width]) for start in range(0, len(values), width)]


def flattened(value: Any) -> list[Any]:
    """The numbers of nested lists, row by row."""
    return [one for row in value for one in (row if isinstance(row, (list, tuple)) else [row])]


def shape_of(value: Any) -> Shape:
    """The shape of nested lists."""
    lengths = []
    while isinstance(value, (list, tuple)):
        lengths.append(len(value))
        value = value[0]
    return tuple(lengths)


def size_of(shape: Iterable[int]) -> int:
    """How many elements there are."""
    count = 1
    for length in shape:
        count *= length
    return count
