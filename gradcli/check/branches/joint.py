"""The function and the claims about an array as one graph, in which what is computed alike is one node."""

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any, NamedTuple

from gradcli.check.branches.combinations import Pair
from gradcli.check.branches.search import NodeBranch
from gradcli.check.trials.claims import Whole
from gradcli.graph import Builder, Graph
from gradcli.operators.table import ADD, CONSTANT, MUL, TOTAL, VARIABLE

MOST = 40  # nodes of a piece that is looked at
UNORDERED = (ADD, MUL, TOTAL)


class Piece(NamedTuple):
    """What the nodes of two branches are made of, down to what they have in common, which stands there as variables;
    the same for all pairs of the same form.
    """

    graph: Graph  # of which both are evaluated wherever it is
    one: NodeBranch
    other: NodeBranch


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
        one, other = self.branches(pair)
        return one.node, other.node

    def branches(self, pair: Pair) -> tuple[NodeBranch, NodeBranch]:
        """Two branches, of the nodes here."""
        others = self.claims if pair.is_claim else self.function
        return pair.function._replace(node=self.function[pair.function.node]), pair.other._replace(
            node=others[pair.other.node]
        )

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

    def piece(self, one: NodeBranch, other: NodeBranch) -> Piece | None:
        """The piece of two branches of nodes; None for a large one.

        What both are made of is held as free variables, so what is impossible in the piece is so in the whole. So it is
        without some arguments of a largest one: where it is the first of five, it is so of any two of them.
        """
        marks, pending = {one.node: 1}, [-one.node]
        if other.node not in marks:
            heappush(pending, -other.node)
        marks[other.node] = marks.get(other.node, 0) | 2
        free, nodes = set[int](), []
        aside: dict[int, int] = {}  # the marks of arguments that matter only where they are come across elsewhere
        while pending:
            node = -heappop(pending)  # all that is made of it is known
            nodes.append(node)
            if len(nodes) > MOST:
                return None
            is_shared = marks[node] == 3 and node not in (one.node, other.node)
            if is_shared and not self.operators[node].condition:  # no variable is a condition
                free.add(node)
                continue
            needed = {self.inputs[each.node][each.number] for each in (one, other) if self._is_tied(node, each)}
            for x in self.inputs[node]:
                if needed and x not in needed and x not in marks:
                    aside[x] = aside.get(x, 0) | marks[node]
                    continue
                if x not in marks:
                    heappush(pending, -x)
                    marks[x] = aside.get(x, 0)
                marks[x] |= marks[node]
        return self._piece(nodes[::-1], free, one, other)

    def _is_tied(self, node: int, branch: NodeBranch) -> bool:
        """Whether it is the branch of this node that takes one of its arguments."""
        return node == branch.node and self.operators[node].ties

    def _piece(self, nodes: list[int], free: set[int], *pair: NodeBranch) -> Piece:
        """The piece of these nodes, of which some are free; one of the same form is the same."""
        place = {node: index for index, node in enumerate(nodes)}
        inputs = [() if node in free else tuple(place[x] for x in self.inputs[node] if x in place) for node in nodes]
        ends = [NodeBranch(place[node], self._number(place, node, number)) for node, number in pair]
        form = [self._form(node, own, node in free) for node, own in zip(nodes, inputs, strict=True)]
        key = (*ends, *form)
        if key not in self._pieces:
            builder = Builder()
            for node, own, each in zip(nodes, inputs, form, strict=True):
                if each is None:
                    builder.variable(f"x{place[node]}")
                elif isinstance(each, str):
                    builder.constant(self._graph.values[node])
                else:
                    builder.append(self.operators[node], own)
            output = builder.append(TOTAL, tuple(end.node for end in ends))
            self._pieces[key] = Piece(builder.graph(output), *ends)
        return self._pieces[key]

    def _form(self, node: int, inputs: tuple[int, ...], is_free: bool) -> Any:
        """What equal pieces have in common of a node: a number as text, of a variable nothing."""
        if self.operators[node] is CONSTANT:
            return repr(self._graph.values[node])
        is_variable = is_free or self.operators[node] is VARIABLE
        return None if is_variable else (self.operators[node].name, *inputs)

    def _number(self, place: Mapping[int, int], node: int, number: int) -> int:
        """The number of a branch where only the arguments that have a place are left."""
        inputs = self.inputs[node]
        return sum(x in place for x in inputs[:number]) if self.operators[node].ties else number
