"""The operations of a program over arrays as a trace has them: those that make nodes, the views between them, their
names, and what the scalar nodes of each say.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from gradcli.arrays.lowering import alone
from gradcli.arrays.names import operation_names
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape
from gradcli.trace.arrays.rows import ArrayValues, Derivative
from gradcli.trace.passes import Passes
from gradcli.trace.printed import total


class Records:
    """The program over arrays of a graph, beside both passes over its numbers.

    A record is a node of the program that makes scalar nodes; what makes none is a view of others, and has the name
    that it is typed by: W.T.
    """

    def __init__(self, here: Passes) -> None:
        arrays = here.graph.arrays
        assert arrays is not None, "a graph of arrays"
        self.here = here
        self.arrays = arrays
        self.program: Graph = arrays.program
        self.shapes: Sequence[Shape] = arrays.shapes
        self.elements = arrays.elements
        self.output = self.program.output
        self.names = operation_names(arrays)
        self._local: dict[int, list[tuple[int, int, int, int]]] = {}

    # The kinds of nodes

    def is_record(self, node: int) -> bool:
        """Whether an operation makes nodes of its own; that of the output has a row whatever it makes."""
        return self.arrays.makes(node)

    @cached_property
    def starts(self) -> dict[int, None]:
        """The variables; an element of a name without a shape is one of its own, x[0]."""
        program, elements = self.program, self.elements
        whole = [node for node in program.variables.values() if elements[node]]
        loose = [
            node
            for node, inputs in enumerate(program.inputs)
            if program.operators[node].is_part and not elements[inputs[0]]
        ]
        first: dict[int, int] = {}
        for node in loose:
            first.setdefault(elements[node][0], node)
        return dict.fromkeys(sorted([*whole, *first.values()]))

    def start_of(self, node: int) -> int:
        """The node that a view is: of several readings of x[0] the first one, of a transpose the vector."""
        return self._same.get(node, node)

    @cached_property
    def _same(self) -> dict[int, int]:
        of = {self.elements[node][0]: node for node in self.starts if self.program.inputs[node]}
        same: dict[int, int] = {}
        for node, operator in enumerate(self.program.operators):
            if operator.is_part and not self.elements[self.program.inputs[node][0]]:
                same[node] = of[self.elements[node][0]]
            elif self.arrays.is_itself(node):
                (x,) = self.program.inputs[node]
                same[node] = same.get(x, x)
        return same

    # Numbers and names

    @property
    def has_numbers(self) -> bool:
        """Whether there are numbers."""
        return self.here.values[self.here.graph.output] is not None

    def incoming(self, node: int) -> Derivative:
        """The gradient that comes to a node."""
        return Derivative(self.names[self.output], self.names[node])

    def value(self, node: int) -> ArrayValues:
        """An array at the point."""
        return ArrayValues(self.values(node) or (), self.shapes[node])

    def adjoint(self, node: int) -> ArrayValues:
        """The derivative of the output by it there."""
        return ArrayValues(self.adjoints(node) or (), self.shapes[node])

    def values(self, node: int) -> list[Any] | None:
        """The values of an array's elements; None without a point."""
        if not self.has_numbers:
            return None
        return [self.here.values[x] for x in self.elements[node]]

    def adjoints(self, node: int) -> list[Any] | None:
        """The derivatives of the output by an array's elements: None without a point; those not asked for are None."""
        here = self.here
        if not self.has_numbers:
            return None
        return [here.adjoints[x] if here.required[x] else None for x in self.elements[node]]

    def requires(self, node: int) -> bool:
        """Whether a gradient passes some element on its way."""
        return any(map(self.here.required.__getitem__, self.elements[node]))

    def is_evaluated(self, node: int) -> bool:
        """Whether some element is, which in a branch that is taken nowhere none is."""
        return any(map(self.here.is_evaluated, self.elements[node]))

    @cached_property
    def reached(self) -> bytearray:
        """Marks the nodes to which a gradient comes back from the output."""
        marks = bytearray(len(self.program))
        marks[self.output] = self.requires(self.output)
        for node in range(self.output, -1, -1):
            for index in self.edges(node) if marks[node] else ():
                marks[self.program.inputs[node][index]] = 1
        return marks

    def edges(self, node: int) -> list[int]:
        """The indices of an operation's inputs to which a gradient goes back."""
        program = self.program
        operator, inputs = program.operators[node], program.inputs[node]
        if node in self.starts or not self.is_evaluated(node):
            return []
        if operator.chooses and not self.shapes[node]:  # a number takes one side
            taken = self.here.alternatives(self.elements[node][0])
        elif operator.chooses:
            taken = [index for index, x in enumerate(inputs) if self.is_evaluated(x)]
        else:
            taken = range(len(inputs))
        return [index for index in taken if program.passes_back(node, index) and self.requires(inputs[index])]

    @cached_property
    def arrivals(self) -> list[int]:
        """From how many rows, and as which of their inputs, a gradient comes to each scalar node that is an element."""
        counts = [0] * len(self.here.graph)
        for node in range(len(self.program)):
            if self.reached[node] and self.is_record(node):
                for index in self.edges(node):
                    for x in self.read(node, index):
                        counts[x] += 1
        return counts

    def read(self, node: int, index: int) -> Sequence[int]:
        """The elements that an operation reads of an input: of a part that has a name those in it."""
        x = self.program.inputs[node][index]
        if self.is_part(node):
            own = self.elements[node]
            return [self.here.graph.inputs[one][0] for one in own] if self.arrays.made[node] else own
        return self.elements[x]

    def is_part(self, node: int) -> bool:
        """Whether an operation takes a part of an array."""
        return self.program.operators[node].is_part

    def adds_up(self, elements: Iterable[int]) -> bool:
        """Whether several products come to one of these scalar nodes."""
        return any(self.arrivals[x] > 1 for x in elements)

    # What an operation's scalar nodes say

    def links(self, node: int) -> list[tuple[int, int, int, int]]:
        """The edges from an operation's own nodes to the elements of its inputs: the node and its argument, the input
        and the place in it.
        """
        if node not in self._local:
            made = self.arrays.made[node]
            builder, inputs, _ = alone(self.program, node, [self.shapes[x] for x in self.program.inputs[node]])
            places = {x: (index, place) for index, elements in enumerate(inputs) for place, x in enumerate(elements)}
            first = len(builder) - len(made)
            self._local[node] = [
                (made.start + offset, argument, *places[x])
                for offset in range(len(made))
                for argument, x in enumerate(builder.inputs[first + offset])
                if x in places
            ]
        return self._local[node]

    def passed_on(self, node: int, index: int) -> list[Any] | None:
        """What comes to each element of an input from this operation alone."""
        here, x = self.here, self.program.inputs[node][index]
        if not self.has_numbers:
            return None
        elements = self.elements[x]
        if not self.adds_up(elements) and len(set(elements)) == len(elements):
            return self.adjoints(x)
        terms: list[list[Any]] = [[] for _ in elements]
        for one, argument, place_of, place in self.links(node):
            slope = here.local_derivatives(one).get(argument) if place_of == index and here.is_evaluated(one) else None
            if slope is not None:
                terms[place].append(here.passed_on(one, argument, slope))
        return [total(found) if here.required[one] else None for found, one in zip(terms, elements, strict=True)]

    def slopes(self, node: int, index: int) -> list[Any]:
        """The local derivatives of an operation element by element, by each element of the result."""
        here = self.here
        return [
            here.local_derivatives(x).get(index, 0.0) if here.is_evaluated(x) else None for x in self.elements[node]
        ]

    def slopes_along(self, node: int) -> list[Any]:
        """Those of a reduction, each by one element of its input."""
        here = self.here
        found: list[Any] = [None] * len(self.elements[self.program.inputs[node][0]])
        for one, argument, _, place in self.links(node):
            found[place] = here.local_derivatives(one).get(argument)
        return found

    # Marks

    def marked(self, marks: Mapping[int, str]) -> dict[int, str]:
        """The marks of scalar nodes, each with the operation that made it; of several the first one's."""
        starts = [made.start for made in self.arrays.made]
        found: dict[int, str] = {}
        for one in sorted(marks):
            found.setdefault(bisect_right(starts, one) - 1, marks[one])
        return found

    def opened(self, node: int) -> tuple[int, int] | None:
        """How many elements of how many let the gradient pass, of a relu and its like."""
        operator, elements = self.program.operators[node], self.elements[node]
        gates = {branch.gate: place for place, branch in enumerate(operator.branches)}
        if "open" not in gates or not self.shapes[node] or not self.has_numbers:
            return None
        taken = [self.here.alternatives(x) for x in elements if self.here.is_evaluated(x)]
        return sum(gates["open"] in one for one in taken), len(elements)
