"""A program over arrays to the graph of its numbers: a matrix product *is* multiplications and sums.

Each operation makes the scalar nodes of its elements, row by row; views (a transpose, a part, a literal) make none.
What was made for which operation stands beside the graph, in `Graph.arrays`.
"""

import re
import sys
from collections.abc import Mapping, Sequence

from gradcli.arrays import elements as elements_of
from gradcli.arrays import scalars
from gradcli.arrays import shapes as rules
from gradcli.arrays.elements import Elements
from gradcli.arrays.shapes import MisfitError, said
from gradcli.errors import GradcliError
from gradcli.frozen import with_other
from gradcli.graph import Builder, Graph
from gradcli.graph.arrays import Arrays, Shape, element_names, size_of
from gradcli.operators.arrays import ARRAY_FUNCTIONS, LITERAL, MATMUL, TRANSPOSE, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, FUNCTIONS, IDENTITY, MUL, POW, VARIABLE

MAX_SCALARS = 2_000_000
_LOGSUMEXP, _SUM = FUNCTIONS["logsumexp"], FUNCTIONS["sum"]
_NUMBER: Shape = ()


def lowered_elements(graph: Graph, shapes: Mapping[str, Shape], limit: int = MAX_SCALARS) -> Graph:
    """The same of a program whose output may be an array: the output of the graph is the first of its elements."""
    known = {name: shape for name, shape in shapes.items() if name in graph.variables}
    return _Lowering(graph, known, limit).finished(is_number=False)


def lowered(graph: Graph, shapes: Mapping[str, Shape], limit: int = MAX_SCALARS) -> Graph:
    """The graph of the numbers of a program over arrays; a program of numbers alone is left as it is.

    `shapes` are those of variables; others are numbers. Raises `GradcliError`, with the place in the text, where shapes
    do not fit, where the output is no number, and before more than `limit` nodes are made.
    """
    known = {name: shape for name, shape in shapes.items() if name in graph.variables}
    if not known and not graph.has_arrays:
        return graph
    return _Lowering(graph, known, limit).finished()


def alone(graph: Graph, node: int, shapes: Sequence[Shape]) -> tuple[Builder, list[Elements], Elements]:
    """One operation by itself, on arrays of these shapes, each with elements of its own: its nodes, which stand in the
    order of those that it makes in the whole graph, behind the variables that are the elements of each input; and the
    elements of its result.
    """
    program = Builder()
    names = [f"x{place}" for place in range(len(shapes))]
    inputs = tuple(map(program.variable, names))
    output = program.append(graph.operators[node], inputs)
    if node in graph.names:
        program.names[output] = graph.names[node]
    given = dict(zip(names, shapes, strict=True))
    one = with_other(program.graph(output), text=" ", starts=(0,) * len(program))
    lowering = _Lowering(one, given, sys.maxsize)
    elements = [lowering.lowered(x)[1] for x in (*inputs, output)]
    return lowering.builder, elements[:-1], elements[-1]


class _Lowering:
    """A graph of numbers that is being made."""

    def __init__(self, graph: Graph, shapes: Mapping[str, Shape], limit: int) -> None:
        self.graph = graph
        self.limit = limit
        self.given = shapes
        self.builder = Builder()
        self.starts: list[int] = []
        self.calls: dict[int, int] = {}
        self.shapes: list[Shape] = []
        self.elements: list[Elements] = []
        self.made: list[range] = []
        self.loose = self._indexed_alone()
        self.loose_elements: dict[str, int] = {}

    def finished(self, is_number: bool = True) -> Graph:
        """The graph, after every node has been lowered."""
        for node in range(len(self.graph)):
            first = len(self.builder)
            self.lowered(node)
            self.made.append(range(first, len(self.builder)))
            self._place(node, first)
        graph = self.graph
        if is_number and self.shapes[graph.output]:
            facts = {"name": graph.names.get(graph.output), "shape": said(self.shapes[graph.output])}
            raise self._refused(MisfitError("array-output", **facts), graph.output)
        output = self.elements[graph.output][0]
        arrays = Arrays(graph, self.shapes, self.elements, self.made)
        return with_other(
            self.builder.graph(output),
            text=graph.text,
            starts=self.starts,
            calls=self.calls,
            definitions=graph.definitions,
            arrays=arrays,
        )

    def lowered(self, node: int) -> tuple[Shape, Elements]:
        """The shape and the elements of the next node."""
        shape, elements = self._lower(node)
        self.shapes.append(shape)
        self.elements.append(elements)
        return shape, elements

    def _place(self, node: int, first: int) -> None:
        """Where what was made comes from, and the names of what has one."""
        made, graph = range(first, len(self.builder)), self.graph
        start = graph.starts[node] if graph.starts else 0
        if graph.inputs[node] and graph.inputs[node][0] in self.loose:  # x[0] begins with the name
            start = max(graph.text.rfind(graph.names[graph.inputs[node][0]], 0, start), 0)
        self.starts += [start] * len(made)
        if node in self.graph.calls:
            self.calls.update(dict.fromkeys(made, self.graph.calls[node]))
        name = self.graph.names.get(node)
        if name is not None and self.graph.operators[node] is not VARIABLE and made:
            names = element_names(name, self.shapes[node])
            self.builder.names.update(zip(self.elements[node], names, strict=True))

    def _indexed_alone(self) -> set[int]:
        """The variables without a shape that are read by indices alone: each of their elements is a variable."""
        graph = self.graph
        loose = {node for name, node in graph.variables.items() if name not in self.given}
        for operator, inputs in zip(graph.operators, graph.inputs, strict=True):
            if not operator.is_part:
                loose.difference_update(inputs)
        return loose - {graph.output}

    # One node

    def _lower(self, node: int) -> tuple[Shape, Elements]:
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator is VARIABLE:
            return self._variable(node)
        if operator is CONSTANT:
            value, name = self.graph.values[node], self.graph.names.get(node, "")
            return _NUMBER, (self.builder.constant(value, name),)
        if inputs[0] in self.loose:
            shape, elements = self._loose_element(node)
            if node in self.graph.names:
                elements = (self.builder.append(IDENTITY, tuple(elements)),)
            return shape, elements
        first = len(self.builder)
        try:
            shape, elements = self._operation(node, operator, inputs)
        except MisfitError as misfit:
            raise self._refused(misfit, node) from None
        if node in self.graph.names and elements[0] < first:  # what makes no nodes, as a step with its own gradient
            self._count(node, len(elements))
            elements = [self.builder.append(IDENTITY, (x,)) for x in elements]
        return shape, elements

    def _variable(self, node: int) -> tuple[Shape, Elements]:
        if node in self.loose:
            return _NUMBER, ()
        name = self.graph.names[node]
        shape = self.given.get(name, _NUMBER)
        self._count(node, size_of(shape))
        return shape, self.builder.variables(element_names(name, shape))

    def _loose_element(self, node: int) -> tuple[Shape, Elements]:
        """`x[0]` of a name without a shape: a variable of its own."""
        operator, x = self.graph.operators[node], self.graph.inputs[node][0]
        assert isinstance(operator, ArrayOperator)
        name = self.graph.names[x]
        positions = operator.positions
        if not all(isinstance(position, int) and position >= 0 for position in positions):
            raise self._refused(_without_shape(name, operator.sign), node)
        whole = f"{name}{operator.suffix}"
        if whole not in self.loose_elements:
            self.loose_elements[whole] = self.builder.variable(whole)
        return _NUMBER, (self.loose_elements[whole],)

    def _refused(self, misfit: MisfitError, node: int) -> GradcliError:
        text, start = self.graph.text, self.graph.starts[node]
        if node in self.graph.calls:
            start = self.graph.calls[node]
        operator = self.graph.operators[node]
        length = len(self.graph.names[node] if operator is VARIABLE else operator.word)
        if getattr(operator, "suffix", "") or operator is LITERAL:
            length = 1
        return misfit.placed(text, start, start + length)

    def _count(self, node: int, more: int) -> None:
        """Raise before there are too many nodes."""
        if len(self.builder) + more > self.limit:
            raise self._refused(MisfitError("too-many-scalars", count=len(self.builder) + more, limit=self.limit), node)

    # Operations

    def _operation(self, node: int, operator: Operator, inputs: Sequence[int]) -> tuple[Shape, Elements]:
        shapes = [self.shapes[x] for x in inputs]
        arrays = [self.elements[x] for x in inputs]
        if len(inputs) == 1 and operator is _LOGSUMEXP and shapes[0]:
            return self._reduced(node, ARRAY_FUNCTIONS[operator.name])
        if not isinstance(operator, ArrayOperator):
            return self._elementwise(node, operator, shapes, arrays)
        if operator is LITERAL:
            return rules.literal(shapes), [one for elements in arrays for one in elements]
        for x, shape in zip(inputs, shapes, strict=True):
            if not shape:
                raise self._number(operator, x)
        if operator.reduces:
            return self._reduced(node, operator)
        if operator.positions:
            self._check_comma(operator, inputs[0])
            return elements_of.part(shapes[0], arrays[0], operator.positions)
        shape = rules.matmul(*shapes) if operator is MATMUL else rules.of_function(operator, shapes)
        if operator is TRANSPOSE:
            return shape, elements_of.transposed(shapes[0], arrays[0])
        if operator.view:
            return shape, arrays[0]
        self._count(node, scalars.SIZES[operator.name](shapes))
        return shape, scalars.FUNCTIONS[operator.name](self.builder, shapes, arrays)

    def _check_comma(self, operator: ArrayOperator, x: int) -> None:
        """Raise for rows without a comma between them, [[1, 2] [3, 4]], of which the second is read as an index."""
        if self.graph.operators[x] is LITERAL and len(operator.positions) > len(self.shapes[x]):
            raise MisfitError("missing-comma")

    def _number(self, operator: ArrayOperator, x: int) -> MisfitError:
        """An operation on whole arrays of what is a number: of a variable in it the shape may be missing."""
        graph, met, due = self.graph, set[int](), [x]
        while due:
            node = due.pop()
            if node not in met and not self.shapes[node]:  # what has a shape is no reason for a number
                met.add(node)
                due += graph.inputs[node]
        names = [graph.names[node] for node in sorted(met) if graph.operators[node] is VARIABLE]
        return _without_shape(names[0], operator.sign) if names else MisfitError("array-needed", function=operator.sign)

    def _elementwise(
        self, node: int, operator: Operator, shapes: Sequence[Shape], arrays: Sequence[Elements]
    ) -> tuple[Shape, Elements]:
        self._check_meaning(node, operator, shapes)
        shape = rules.broadcast(operator, shapes)
        size = size_of(shape)
        self._count(node, size)
        spread = [elements_of.spread(elements, own, shape) for own, elements in zip(shapes, arrays, strict=True)]
        return shape, self.builder.extend(operator, list(zip(*spread, strict=True)))

    def _check_meaning(self, node: int, operator: Operator, shapes: Sequence[Shape]) -> None:
        """What means something else in books, X·W, W^T, A^-1, or in NumPy, sum(X, 0)."""
        graph, inputs = self.graph, self.graph.inputs[node]
        if operator is MUL and all(shapes) and graph.text[graph.starts[node] : graph.starts[node] + 1] in "·⋅×":
            raise MisfitError("product-sign", sign=graph.text[graph.starts[node]])
        if operator is POW and shapes[0]:
            name = graph.names.get(inputs[1], "") if graph.operators[inputs[1]] is VARIABLE else ""
            # x^T, where T may be an array of labels, and x^TAx
            if name == "T" or (re.fullmatch("T[A-Za-z]{1,2}", name) and not shapes[1]):
                raise MisfitError("transpose-sign", write=_of_mathematics(graph.text, graph.starts[node]))
            if graph.values.get(inputs[1]) == -1 and len(shapes[0]) == rules.MOST_AXES:
                raise MisfitError("inverse-sign")
        if operator.word == _SUM.word and len(inputs) == 2 and shapes[0] and graph.values.get(inputs[1]) in (-1, 0, 1):
            raise MisfitError("axis-by-place", axis=int(graph.values[inputs[1]]))

    def _reduced(self, node: int, row: ArrayOperator) -> tuple[Shape, Elements]:
        x = self.graph.inputs[node][0]
        own, elements = self.shapes[x], self.elements[x]
        shape = rules.along_axis(row.name, own, row.axis)
        groups = elements_of.groups(own, elements, row.axis)
        self._count(node, 2 * len(groups) + 1 if row.averages else len(groups))
        return shape, scalars.reduced(self.builder, row, groups)


def _of_mathematics(text: str, place: int) -> str | None:
    """The line with this place as gradcli's language has it, if it is one of a book."""
    from gradcli.language.over_arrays import of_mathematics
    from gradcli.language.parser import parse

    start = text.rfind("\n", 0, place) + 1
    return of_mathematics(text[start:].partition("\n")[0], parse) or None


def _without_shape(name: str, word: str) -> MisfitError:
    from gradcli.language.names import is_of_matrix

    product = MUL.symbol if word == MATMUL.sign else None
    array, shape = ("[[1,2],[3,4]]", "2x2") if is_of_matrix(name) else ("[1,2]", "2")
    facts = {"write": f"{name}={array}", "shape": f"{name}={shape}", "product": product}
    return MisfitError("no-shape", name=name, function=word, **facts)
