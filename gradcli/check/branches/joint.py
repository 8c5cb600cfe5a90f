"""The function and the claims about an array as one graph, in which what is computed alike is one node."""

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any, NamedTuple

from gradcli.check.branches.combinations import Pair
from gradcli.check.trials.claims import Whole
from gradcli.graph import Builder, Graph
from gradcli.operators.table import ADD, CONSTANT, MUL, TOTAL, VARIABLE

MOST = 40  # nodes of a piece that is looked at
UNORDERED = (ADD, MUL, TOTAL)


class Piece(NamedTuple):
    """What two nodes are made of, down to what they have in common, which stands there as variables; the same for all
    nodes of the same form.
    """

    graph: Graph  # of which both are evaluated wherever it is
    one: int
    other: int


class Joint:
    """Nodes of both, in topological order; `function` and `claims` have the place of each of theirs. `held` has the
    variables that are not varied.
    """

    def __init__(self, graph: Graph, whole: Whole, held: Mapping[str, float]) -> None:
        self._graph = Builder()
        self._places: dict[Any, int] = {}
        self._pieces: dict[Any, Piece] = {}
        self.function = self._added(graph, {name: self._constant(x) for name, x in held.items()})
        self._end = len(self._graph)  # of what is of the function
        self.claims = self._added(whole.graph, {name: self.function[node] for name, node in whole.names.items()})
        self.operators, self.inputs = self._graph.operators, self._graph.inputs

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.operators)

    def places(self, pair: Pair) -> tuple[int, int]:
        """Those of the nodes of two branches."""
        return self.function[pair.function.node], (self.claims if pair.is_claim else self.function)[pair.other.node]

    def operands(self, node: int) -> set[int]:
        """What of the function a node is made of: its inputs, without numbers; in place of one that is not of the
        function, or that is made of one node alone, what that is made of.
        """
        found, pending = set[int](), list(self.inputs[node])
        while pending:
            x = pending.pop()
            inputs = [each for each in self.inputs[x] if self.operators[each] is not CONSTANT]
            if x >= self._end or len(inputs) == 1:
                pending += inputs
            elif self.operators[x] is not CONSTANT:
                found.add(x)
        return found

    def _constant(self, value: float) -> int:
        key = ("number", repr(value))
        if key not in self._places:
            self._places[key] = self._graph.constant(value)
        return self._places[key]

    def _added(self, graph: Graph, leaves: Mapping[str, int]) -> list[int]:
        """The places of all nodes of a graph, given those of some variables."""
        found: list[int] = []
        for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
            if operator is VARIABLE:
                name = graph.names[node]
                found.append(leaves[name] if name in leaves else self._graph.variable(name))
            elif operator is CONSTANT:
                found.append(self._constant(graph.values[node]))
            else:
                places = [found[x] for x in inputs]
                key = (operator.name, *(sorted(places) if operator in UNORDERED else places))
                if key not in self._places:
                    self._places[key] = self._graph.append(operator, tuple(places))
                found.append(self._places[key])
        return found

    def piece(self, one: int, other: int) -> Piece | None:
        """The piece of two nodes; None for a large one.

        What both are made of is held as free variables, so what is impossible in the piece is so in the whole.
        """
        marks, pending = {one: 1}, [-one]
        if other not in marks:
            heappush(pending, -other)
        marks[other] = marks.get(other, 0) | 2
        free, nodes = set[int](), []
        while pending:
            node = -heappop(pending)  # all that is made of it is known
            nodes.append(node)
            if len(nodes) > MOST:
                return None
            if marks[node] == 3 and node not in (one, other):
                free.add(node)
                continue
            for x in self.inputs[node]:
                if x not in marks:
                    heappush(pending, -x)
                marks[x] = marks.get(x, 0) | marks[node]
        return self._piece(nodes[::-1], free, one, other)

    def _piece(self, nodes: list[int], free: set[int], one: int, other: int) -> Piece:
        """The piece of these nodes, of which some are free; one of the same form is the same."""
        place = {node: index for index, node in enumerate(nodes)}
        form: list[Any] = [place[one], place[other]]
        for node in nodes:
            if self.operators[node] is CONSTANT:
                form.append(repr(self._graph.values[node]))
            elif node in free or self.operators[node] is VARIABLE:
                form.append(None)
            else:
                form.append((self.operators[node].name, *(place[x] for x in self.inputs[node])))
        key = tuple(form)
        if key not in self._pieces:
            builder = Builder()
            for node, each in zip(nodes, form[2:], strict=True):
                if each is None:
                    builder.variable(f"x{place[node]}")
                elif isinstance(each, str):
                    builder.constant(self._graph.values[node])
                else:
                    builder.append(self.operators[node], tuple(place[x] for x in self.inputs[node]))
            output = builder.append(TOTAL, (place[one], place[other]))
            self._pieces[key] = Piece(builder.graph(output), place[one], place[other])
        return self._pieces[key]
