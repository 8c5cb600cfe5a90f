"""The picture of a program over arrays: its operations with their shapes, and on the arrows the numbers of the passes.

Small arrays stand there as matrices, larger ones as their shapes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from gradcli.arrays.lowering import alone
from gradcli.arrays.shapes import shape_text
from gradcli.draw.matrices import Matrix
from gradcli.draw.numbers import number
from gradcli.draw.products import put_products
from gradcli.draw.scene import Edge, Item, Scene, boxed, is_closed, put_badges
from gradcli.draw.steps import steps_of
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.frozen import with_other
from gradcli.graph import Builder, Graph
from gradcli.graph.arrays import size_of
from gradcli.language.format import lines_of, operation_text
from gradcli.operators.arrays import LITERAL
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.trace.arrays.records import Records
from gradcli.trace.passes import WithoutPoint
from gradcli.trace.printed import total


class Pictured:
    """A program over arrays as a picture has it: its nodes are operations, views among them, variables and constants,
    literals of constants among these.
    """

    def __init__(self, graph: Graph, result: Answer | None, wrt: Iterable[str] | None, language: str) -> None:
        self.language = language
        self.has_point = result is not None
        self.here: Any = result.passes if result else WithoutPoint(graph, targets_of(graph, wrt).values())
        self.records = Records(self.here)
        self.names = list(self.records.names)
        self.graph = self._graph()
        self.shapes = self.records.shapes

    def _graph(self) -> Graph:
        """The program with its elements x[0] as variables, and literals of constants as constants."""
        records, program = self.records, self.records.program
        builder = Builder(program)
        builder.names = {node: name for node, name in builder.names.items() if records.elements[node]}
        for node, inputs in enumerate(program.inputs):
            builder.inputs[node] = tuple(map(records.start_of, inputs))
            if node in records.starts and inputs:
                builder.replace(node, VARIABLE)
                builder.names[node] = self.names[node] = operation_text(
                    program.operators[node], [program.names[x] for x in inputs]
                )
            elif inputs and _is_constant(builder, node):
                self.names[node] = operation_text(program.operators[node], [self.names[x] for x in inputs])
                builder.replace(node, CONSTANT)
                builder.values[node] = 0.0  # which nothing reads
        return with_other(
            builder.graph(program.output),
            text=program.text,
            starts=program.starts,
            calls=program.calls,
            definitions=program.definitions,
        )

    @cached_property
    def required(self) -> list[bool]:
        """Marks the nodes of which some element requires a gradient."""
        return [self.records.requires(node) for node in range(len(self.graph))]

    def written(self, node: int, values: Sequence[Any] | None) -> Any:
        """What stands on an arrow for these elements: the number, or a matrix."""
        shape = self.shapes[node]
        if not shape:
            return values[0] if values else None
        return Matrix(shape, values, self.language)

    def value(self, node: int) -> Any:
        """The value of a node; without a point its shape."""
        return self.written(node, self.records.values(node))

    def total(self, node: int) -> Any:
        """The derivative of the output by it."""
        return self.written(node, self.records.adjoints(node))

    def extent(self, node: int) -> str:
        """Its shape as text, `2×3`; "" of a number."""
        return shape_text(self.shapes[node])

    def is_evaluated(self, node: int) -> bool:
        """Whether some element has been evaluated."""
        return self.records.is_evaluated(node)

    def is_taken(self, node: int, index: int) -> bool:
        """Whether an operation reads an input for some element."""
        program = self.graph
        if not self.is_evaluated(node):
            return False
        if not program.operators[node].chooses or not index:
            return True
        return any(self.here.chosen(x) == index for x in self.records.elements[node] if self.here.is_evaluated(x))

    def sent(self, node: int, index: int) -> Any:
        """What an operation passes back to one of its inputs."""
        x = self.graph.inputs[node][index]
        if (node, index) not in self._passed_back or not self.is_taken(node, index):
            return self.written(x, [0.0] * size_of(self.shapes[x]))
        return self.written(x, self._passed_back[node, index])

    @cached_property
    def _passed_back(self) -> dict[tuple[int, int], list[Any] | None]:
        """What goes back along each edge, from the output on; None of a large array, which is not shown.

        What comes to a view goes on to what it is a view of.
        """
        return self._gone_back([1.0], self._passed_on, _added)

    @cached_property
    def sources(self) -> dict[tuple[int, int], list[list[tuple[int, int]]] | None]:
        """For each element of what goes back along an edge the scalar nodes from which it comes, each with the argument
        by which it is reached; (−1, 0) is the output's own 1. None of a large array.
        """
        return self._gone_back([[(-1, 0)]], self._sources_of, _joined)

    def _gone_back(
        self,
        first: list[Any],
        find: Callable[[int, int, Sequence[Any] | None], list[Any] | None],
        put_together: Callable[[Sequence[Any], Sequence[Any]], list[Any]],
    ) -> dict[tuple[int, int], list[Any] | None]:
        """What goes back along each edge, element by element; None of a large array.

        The output has the `first`, `find` makes of what has come to a node what goes to one of its inputs, and what
        comes to an array along several edges is put together.
        """
        records, graph = self.records, self.graph
        found: dict[tuple[int, int], list[Any] | None] = {}
        arrived: dict[int, list[Any]] = {graph.output: first}
        for node in range(graph.output, -1, -1):
            for index in records.edges(node) if records.reached[node] and graph.inputs[node] else ():
                x = graph.inputs[node][index]
                found[node, index] = own = find(node, index, arrived.get(node)) if self._is_asked(x) else None
                if own:
                    arrived[x] = put_together(arrived[x], own) if x in arrived else own
        return found

    def _sources_of(
        self, node: int, index: int, arrived: Sequence[list[tuple[int, int]]] | None
    ) -> list[list[tuple[int, int]]] | None:
        places: list[list[tuple[int, int]]] = [[] for _ in self.records.elements[self.graph.inputs[node][index]]]
        if not self._is_view(node):
            for one, argument, place_of, place in self.records.links(node):
                if place_of == index and self.here.graph.passes_back(one, argument):
                    places[place].append((one, argument))
            return places
        if arrived is None:
            return None
        for at, more in zip(self._places(node, index), arrived, strict=True):
            if at is not None:
                places[at] += more
        return places

    def _is_asked(self, node: int) -> bool:
        """Whether what comes back to a node is shown, or goes on to what it is a view of."""
        return self._is_view(node) or size_of(self.shapes[node]) <= Matrix.MOST

    def _is_view(self, node: int) -> bool:
        return bool(self.graph.inputs[node]) and not self.records.arrays.made[node]

    def _passed_on(self, node: int, index: int, arrived: Sequence[Any] | None) -> list[Any] | None:
        """What goes to each element of an input."""
        return self._through_view(node, index, arrived) if self._is_view(node) else self.records.passed_on(node, index)

    def _through_view(self, node: int, index: int, arrived: Sequence[Any] | None) -> list[Any] | None:
        """What comes to a view, at the places of an input."""
        if arrived is None:
            return None
        terms: list[list[Any]] = [[] for _ in self.records.elements[self.graph.inputs[node][index]]]
        for place, more in zip(self._places(node, index), arrived, strict=True):
            if place is not None:
                terms[place].append(more)
        return [_sum(found) for found in terms]

    def _places(self, node: int, index: int) -> list[int | None]:
        """Of each element of a view its place in an input, if it is of that."""
        program = self.records.program
        _, inputs, output = alone(program, node, [self.shapes[x] for x in program.inputs[node]])
        places = {x: place for place, x in enumerate(inputs[index])}
        return [places.get(x) for x in output]

    # What is said of it

    def point(self) -> Iterator[str]:
        """`W = [[1, 2], [3, 4]]` for each variable."""
        for name, node in self.graph.variables.items():
            if self.records.elements[node]:
                yield f"{name} = {number(self.value(node))}"

    def gradients(self, known: set[int], output: str) -> Iterator[str]:
        """`∂L/∂W = …` for each variable or step that was asked for and is known by now."""
        targets = set(self.here.targets)
        for node, name in self.graph.names.items():
            if node in known and not targets.isdisjoint(self.records.elements[node]):
                yield f"∂{output}/∂{name} = {number(self.total(node))}"


def _is_constant(builder: Builder, node: int) -> bool:
    """Whether a node is a literal of constants."""
    return builder.operators[node] is LITERAL and all(builder.operators[x] is CONSTANT for x in builder.inputs[node])


def _added(found: Sequence[Any], more: Sequence[Any]) -> list[Any]:
    return [_sum(terms) for terms in zip(found, more, strict=True)]


def _joined(found: Sequence[list[Any]], more: Sequence[list[Any]]) -> list[Any]:
    return [before + own for before, own in zip(found, more, strict=True)]


def _sum(terms: Sequence[Any]) -> Any:
    return None if None in terms else total(terms)


def array_scene(
    graph: Graph,
    result: Answer | None = None,
    wrt: Iterable[str] | None = None,
    *,
    title: str = "",
    language: str = "en",
    repeat: bool | None = None,
    forward_only: bool = False,
    binary: bool = False,
    direction: str = "right",
    numbers: bool | None = None,
) -> Scene:
    """The scene of a graph that has arrays, of the operations on these; see `make_scene`.

    Without a point shapes stand on the way forward, and each product on the way back has two factors: longer ones
    would be of arrays with four indices.
    """
    pictured = Pictured(graph, result, wrt, language)
    program, names = pictured.graph, pictured.names
    required = [] if forward_only else pictured.required
    required = required or [False] * len(program)
    reached = program.reached(required)
    items, edges = boxed(program, names, language, required, reached, repeat, binary, forward_only)
    if (numbers or result is not None) and not forward_only:
        put_badges(program, items, edges, required, reached)
    items[-1].text = names[program.output]
    _put_states(pictured, items)
    _put_numbers(pictured, items, edges)
    if result is None:
        put_products(names, items, edges, direction, styles=("short",))
    drawn = program.used()
    left_out = [names[node] for node in program.names if not drawn[node]]
    return Scene(
        program,
        result,
        items,
        edges,
        names,
        title or "\n".join(lines_of(graph.arrays.program if graph.arrays else graph)),
        language,
        left_out,
        True,
        title,
        direction,
        steps_of(items, edges),
        arrays=pictured,
    )


def _put_states(pictured: Pictured, items: Sequence[Item]) -> None:
    here = pictured.here
    marks = pictured.records.marked(here.marks) if pictured.has_point else {}
    seen = bytearray(len(pictured.graph))
    for item in items[:-1]:
        node = item.node
        item.extent = pictured.extent(node)
        if not pictured.has_point:
            continue
        item.mark = marks.get(node, "")
        if not pictured.graph.is_leaf(node) and pictured.records.arrays.made[node]:
            item.closed = all(is_closed(here, x) for x in pictured.records.elements[node])
            item.evaluated = pictured.is_evaluated(node)
        if pictured.required[node] and not seen[node]:
            item.total = pictured.total(node)
        seen[node] = 1


def _put_numbers(pictured: Pictured, items: Sequence[Item], edges: Sequence[Edge]) -> None:
    for edge in edges:
        edge.value = pictured.value(items[edge.source].node)
        if not pictured.has_point:
            continue
        if edge.reader < 0:
            edge.gradient = 1.0 if edge.backward else None
            continue
        edge.taken = pictured.is_taken(edge.reader, edge.argument)
        if edge.backward:
            sent = pictured.sent(edge.reader, edge.argument)
            edge.gradient = 0.0 if sent is None else sent
