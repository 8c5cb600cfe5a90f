"""Branches of a `where` over arrays, of which libraries compute both and select: a slope that is infinite where the
branch is not taken would make a NaN of the 0 that comes back to it. So no gradient passes into a branch there.
"""

from collections.abc import Container, Sequence

from gradcli.export.arrays.programs import operation
from gradcli.export.corrections import STOP
from gradcli.export.guards import Guards
from gradcli.graph import Builder, Graph, reachable
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import Operator
from gradcli.operators.table import OPERATORS, VARIABLE, WHERE

_AND, _NOT, _ANY = OPERATORS["and"], OPERATORS["not"], operation("any")


def may_be_steep(operator: Operator) -> bool:
    """Whether an operation may have a slope that is not finite where its arguments are."""
    is_partly_defined = bool(operator.domain) or operator.exceptional is not not_a_number
    return is_partly_defined or any(partial.steep for partial in operator.partials)


def guarded(graph: Graph, roots: Sequence[int] = (), numbers: Container[int] = ()) -> tuple[Graph, list[int]]:
    """The graph in which no gradient passes into a branch where it is not taken, and what stands there for each node.

    `roots` are the nodes besides the output that are computed in any case; others that nothing uses have -1. `numbers`
    are conditions that are no arrays. Those of arrays hold for the elements of what is computed element by element.
    """
    nodes = reachable(graph.inputs, [graph.output, *roots])
    guards = Guards(graph, nodes, [graph.output, *roots])
    steep = _with_steep_slopes(graph, nodes, guards)
    if not steep:
        return graph, list(range(len(graph)))
    return _Guarded(graph, guards, steep, _elementwise(graph, nodes, guards), numbers).finished()


def in_definition(graph: Graph) -> Graph:
    """The same of a definition in the operator table."""
    return guarded(graph)[0]


def _with_steep_slopes(graph: Graph, nodes: Sequence[int], guards: Guards) -> set[int]:
    """The regions with an operation in them that may have a slope that is not finite, and those around them."""
    found: set[int] = set()
    for node in nodes:
        region = guards.regions[node]
        if may_be_steep(graph.operators[node]):
            while region and region not in found:
                found.add(region)
                region = guards.parents[region]
    return found


def _elementwise(graph: Graph, nodes: Sequence[int], guards: Guards) -> set[int]:
    """The nodes of branches whose elements are those of the `where` that they are in a branch of."""
    others: set[int] = set()  # what an operation on whole arrays reads
    found: set[int] = set()
    for node in reversed(nodes):
        is_in_branch = bool(guards.regions[node])
        if is_in_branch and node not in others and not graph.operators[node].shaped:
            found.add(node)
        elif is_in_branch:
            others.update(graph.inputs[node])
    return found


class _Guarded(Builder):
    def __init__(
        self, source: Graph, guards: Guards, steep: set[int], elementwise: set[int], numbers: Container[int]
    ) -> None:
        super().__init__()
        self.source = source
        self.guards = guards
        self.steep = steep
        self.elementwise = elementwise
        self.numbers = numbers
        self.images = [-1] * len(source)
        self.held: dict[tuple[int, int, bool], int] = {}
        self.conditions: dict[tuple[int, int], int] = {}

    def finished(self) -> tuple[Graph, list[int]]:
        source, guards = self.source, self.guards
        for node in guards.order():
            if source.is_leaf(node):
                self.images[node] = self.copied(node)
                continue
            region = guards.regions[node]
            inputs = source.inputs[node]
            is_whole = node not in self.elementwise and not self.is_of_numbers(region)
            places = [self.into(region, x, is_whole) if region in self.steep else self.images[x] for x in inputs]
            self.images[node] = self.append(source.operators[node], tuple(places))
            if node in source.names:
                self.names[self.images[node]] = source.names[node]
        return self.graph(self.images[source.output]), self.images

    def copied(self, node: int) -> int:
        """The same leaf."""
        made = self.append(self.source.operators[node])
        if node in self.source.values:
            self.values[made] = self.source.values[node]
        if node in self.source.names:
            self.names[made] = self.source.names[node]
        return made

    def is_of_numbers(self, region: int) -> bool:
        """Whether no condition of a region is an array."""
        while region:
            if self.guards.literals[region][0] not in self.numbers:
                return False
            region = self.guards.parents[region]
        return True

    def into(self, region: int, x: int, is_whole: bool) -> int:
        """What a node of a region reads for a node outside of it; `is_whole`: not element by element, so that it is the
        same for all where the condition holds somewhere.
        """
        operator = self.source.operators[x]
        own = 0 if self.source.is_leaf(x) else self.guards.regions[x]
        is_number = self.source.is_leaf(x) and operator is not VARIABLE
        if own == region or is_number or operator.condition:
            return self.images[x]
        if (x, region, is_whole) not in self.held:
            image, condition = self.images[x], self.condition(region, own)
            condition = self.append(_ANY, (condition,)) if is_whole else condition
            stopped = self.append(STOP, (image,))
            self.held[x, region, is_whole] = self.append(WHERE, (condition, image, stopped))
        return self.held[x, region, is_whole]

    def condition(self, region: int, around: int) -> int:
        """What holds in a region, beside what holds around it."""
        found, key = -1, (region, around)
        if key in self.conditions:
            return self.conditions[key]
        while region != around:
            outer, literal, holds = self.guards.wholes.get(region) or (
                self.guards.parents[region],
                *self.guards.literals[region],
            )
            image = self.images[literal]
            one = image if holds else self.append(_NOT, (image,))
            found = one if found < 0 else self.append(_AND, (one, found))
            region = outer
        self.conditions[key] = found
        return found
