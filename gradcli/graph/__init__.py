"""The computational graph: frozen, flat, in topological order. It knows no point and no derivative, and of the
text just where its nodes come from.

Node i is described by `operators[i]` (its row of the operator table) and `inputs[i]` (the nodes it reads, all with
smaller indices). A variable is one node, however often it is used; so is a named step. Constants are leaves of
their own at each place. A `Builder` makes a graph, or an edited one of another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gradcli.frozen import Frozen
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, VARIABLE

if TYPE_CHECKING:
    from gradcli.graph.arrays import Arrays

Edge = tuple[int, int]  # a node, and which of its inputs

_NONE: Mapping[Any, Any] = MappingProxyType({})


class Graph(Frozen):
    """A function of its variables, as nodes 0 … n−1.

    `values` holds the constants' values, `names` the names of variables, named steps and named constants (pi);
    `starts` holds the column (from 0, in code points of `text`) of each node's operator, function or name;
    for what a call of a definition stands for that is in the definition, and `calls` has the column of the call.
    `definitions` holds the text's own functions. `arrays` says which arrays the nodes are the elements of, if of any.
    """

    operators: Sequence[Operator]
    inputs: Sequence[tuple[int, ...]]
    values: Mapping[int, float]
    names: Mapping[int, str]
    output: int
    text: str = ""
    starts: Sequence[int] = ()
    calls: Mapping[int, int] = _NONE
    definitions: "Mapping[str, Definition]" = _NONE
    arrays: "Arrays | None" = None

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.operators)

    def __eq__(self, other: object) -> bool:
        """Whether both are the same function built in the same way; places in the text do not count."""
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self.output == other.output
            and list(self.inputs) == list(other.inputs)
            and all(a is b for a, b in zip(self.operators, other.operators, strict=True))
            and self.values == other.values
            and self.names == other.names
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Short, whatever the size."""
        return f"Graph({len(self)} nodes, variables: {', '.join(self.variables)})"

    @cached_property
    def variables(self) -> dict[str, int]:
        """Each variable's node, in order of first appearance."""
        return {name: node for node, name in self.names.items() if self.operators[node] is VARIABLE}

    @cached_property
    def steps(self) -> dict[str, int]:
        """Each named step's node, in the order of the program."""
        leaves = (VARIABLE, CONSTANT)
        return {name: node for node, name in self.names.items() if self.operators[node] not in leaves}

    def leaves_at(self, at: Mapping[str, float]) -> dict[int, float]:
        """The value of each leaf at the point `at`, which has a number for each variable."""
        found = dict(zip(self.variables.values(), map(at.__getitem__, self.variables), strict=True))
        found.update(self.values)
        return found

    def is_leaf(self, node: int) -> bool:
        """Whether the node is a variable or a constant."""
        return not self.inputs[node]

    def computed(self) -> list[int]:
        """The nodes that are computed, and are no conditions."""
        return [node for node, inputs in enumerate(self.inputs) if inputs and not self.operators[node].condition]

    def place(self, node: int) -> tuple[int, int]:
        """Line and column of the node in the text, both from 1."""
        before = self.text[: self.starts[node]].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def marked(self, nodes: Iterable[int]) -> bytearray:
        """Marks these nodes."""
        marks = bytearray(len(self))
        for node in nodes:
            marks[node] = 1
        return marks

    def readings(self, nodes: Iterable[int] | None = None) -> list[int]:
        """How often each node is read, by all nodes or by some: by x*x twice."""
        counts = [0] * len(self)
        for inputs in self.inputs if nodes is None else map(self.inputs.__getitem__, nodes):
            for x in inputs:
                counts[x] += 1
        return counts

    def used(self) -> bytearray:
        """Marks the nodes that the output depends on, itself included."""
        marks = self.marked([self.output])
        for node in range(self.output, -1, -1):
            if marks[node]:
                for x in self.inputs[node]:
                    marks[x] = 1
        return marks

    def dependents(self, nodes: Iterable[int]) -> bytearray:
        """Marks the nodes that depend on some of these, these included."""
        marks = self.marked(nodes)
        for node, inputs in enumerate(self.inputs):
            if any(map(marks.__getitem__, inputs)):
                marks[node] = 1
        return marks

    @cached_property
    def has_arrays(self) -> bool:
        """Whether a node is an operation on whole arrays, which is none of numbers yet."""
        return any(operator.shaped for operator in set(self.operators))

    @cached_property
    def is_lazy(self) -> bool:
        """Whether a node evaluates only what it chooses."""
        return any(operator.chooses for operator in set(self.operators))

    @cached_property
    def unconditional(self) -> bytearray:
        """Marks the nodes that are evaluated whichever branches are taken."""
        marks, used = bytearray(len(self)), bytearray(len(self))
        for node in range(len(self) - 1, -1, -1):
            inputs = self.inputs[node]
            if not used[node] or node == self.output:
                marks[node] = 1
            for x in inputs:
                used[x] = 1
            if marks[node]:
                for x in inputs[:1] if self.operators[node].chooses else inputs:
                    marks[x] = 1
        return marks

    def condition_of(self, node: int, index: int) -> tuple[int, bool] | None:
        """The condition by which a node evaluates one of its inputs, and whether it must hold; None where it always
        does. A choice evaluates one of two, and `and` and `or` the second one where the first leaves it open.
        """
        chooses = self.operators[node].chooses
        return (self.inputs[node][0], chooses(True) == index) if chooses and index else None

    def passes_back(self, node: int, index: int) -> bool:
        """Whether a gradient can go back to an input at all: not through a comparison, to a condition or an order."""
        return not self.operators[node].condition and index not in self.operators[node].discrete

    def backward_edges(self, nodes: Iterable[int]) -> Iterator[Edge]:
        """The edges along which a gradient can go back from these nodes, in their order."""
        for node in nodes:
            for index in range(len(self.inputs[node])):
                if self.passes_back(node, index):
                    yield node, index

    def requires_gradient(self, targets: Iterable[int]) -> bytearray:
        """Marks the nodes that a gradient passes on its way to a target, the targets included."""
        marks = self.marked(targets)
        for node, inputs in enumerate(self.inputs):
            if len(inputs) == 2:  # most nodes of most graphs
                x, y = inputs
                if (marks[x] or marks[y]) and not self.operators[node].ends:
                    marks[node] = 1
            elif any(map(marks.__getitem__, inputs)) and not self.operators[node].ends:
                marks[node] = 1
        return marks

    def reached(self, required: Sequence[int]) -> bytearray:
        """Marks those of the nodes that require a gradient to which one comes back from the output."""
        marks = bytearray(len(self))
        marks[self.output] = bool(required[self.output])
        for node in range(self.output, -1, -1):
            for index, x in enumerate(self.inputs[node]) if marks[node] else ():
                if required[x] and self.passes_back(node, index):
                    marks[x] = 1
        return marks

    def cut(self, node: int, name: str) -> "Graph":
        """The graph as a function of a step: a variable in its place."""
        builder = Builder(self)
        builder.replace(node, VARIABLE)
        builder.names[node] = name
        used = builder.graph(self.output).used()
        for x in range(node):  # what the step alone is made of need not be evaluated any more
            if not used[x] and self.inputs[x]:
                builder.replace(x, CONSTANT)
                builder.values[x] = 0.0
        return builder.graph(self.output)


class Definition(Frozen):
    """A function that a program defines: its parameters are the first nodes of the body.

    `calls` are the nodes of the body that stand for calls of other definitions, and `size` is how many nodes a call
    of this one stands for.
    """

    parameters: tuple[str, ...]
    body: Graph
    calls: "Mapping[int, str]"
    size: int


class Builder:
    """A graph under construction, as lists like those of `Graph`: from nothing, or from a copy of one to be edited."""

    def __init__(self, source: Graph | None = None) -> None:
        self.operators: list[Operator] = list(source.operators) if source else []
        self.inputs: list[tuple[int, ...]] = list(source.inputs) if source else []
        self.values: dict[int, float] = dict(source.values) if source else {}
        self.names: dict[int, str] = dict(source.names) if source else {}

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.operators)

    def append(self, operator: Operator, inputs: tuple[int, ...] = ()) -> int:
        """One more node."""
        self.operators.append(operator)
        self.inputs.append(inputs)
        return len(self.operators) - 1

    def extend(self, operator: Operator, inputs: Sequence[tuple[int, ...]]) -> range:
        """Nodes for one operation on many inputs, each."""
        first = len(self.operators)
        self.operators += [operator] * len(inputs)
        self.inputs += inputs
        return range(first, len(self.operators))

    def make(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """A node for this operation."""
        return self.append(operator, inputs)

    def variable(self, name: str) -> int:
        """A node for a variable."""
        node = self.append(VARIABLE)
        self.names[node] = name
        return node

    def variables(self, names: Sequence[str]) -> range:
        """Nodes for many variables."""
        nodes = self.extend(VARIABLE, [()] * len(names))
        self.names.update(zip(nodes, names, strict=True))
        return nodes

    def constant(self, value: float, name: str = "") -> int:
        """A node for a number, or for a named constant."""
        node = self.append(CONSTANT)
        self.values[node] = value
        if name:
            self.names[node] = name
        return node

    def leaf(self, graph: Graph, node: int) -> int:
        """The same leaf as a node of another graph."""
        if graph.operators[node] is VARIABLE:
            return self.variable(graph.names[node])
        return self.constant(graph.values[node], graph.names.get(node, ""))

    def insert(self, function: Graph, arguments: Mapping[str, int]) -> int:
        """Another graph, with nodes in the place of its variables; its output."""
        nodes: list[int] = []
        for node, operator in enumerate(function.operators):
            if operator is VARIABLE:
                nodes.append(arguments[function.names[node]])
            elif operator is CONSTANT:
                nodes.append(self.leaf(function, node))
            else:
                nodes.append(self.make(operator, tuple(nodes[x] for x in function.inputs[node])))
        return nodes[function.output]

    def replace(self, node: int, operator: Operator, inputs: tuple[int, ...] = ()) -> None:
        """Another operation in the place of a node's own."""
        self.operators[node], self.inputs[node] = operator, inputs

    def graph(self, output: int) -> Graph:
        """All nodes as a frozen graph."""
        return Graph(tuple(self.operators), tuple(self.inputs), dict(self.values), dict(self.names), output)

    def pruned(self, output: int, others: Iterable[int] = ()) -> tuple[Graph, dict[int, int]]:
        """What the output and some other nodes are made of as a frozen graph, and the place of each node there."""
        nodes = reachable(self.inputs, [output, *others])
        place = {node: index for index, node in enumerate(nodes)}
        graph = Graph(
            tuple(self.operators[node] for node in nodes),
            tuple(tuple(place[x] for x in self.inputs[node]) for node in nodes),
            {place[node]: value for node, value in self.values.items() if node in place},
            {place[node]: name for node, name in self.names.items() if node in place},
            place[output],
        )
        return graph, place


def reachable(inputs: Sequence[tuple[int, ...]], roots: Iterable[int]) -> list[int]:
    """The nodes that the roots are made of, themselves included, in topological order."""
    pending = list(roots)
    seen = set(pending)
    while pending:
        for x in inputs[pending.pop()]:
            if x not in seen:
                seen.add(x)
                pending.append(x)
    return sorted(seen)
