"""Parts of a derived graph as graphs of their own, made to be read: each becomes a program by `format_graph`.

A shared node becomes a named step only where its text is long; a short one (`cos(x)`, `1 - x`) is written out at
each place. Named steps of the user keep their names. A sign moves to the front of its product: `-a*x`.
"""

from collections.abc import Mapping

from gradcli.graph import Builder, Graph, reachable
from gradcli.operators.table import CONSTANT, DIV, EQ, IDENTITY, MUL, NEG, WHERE

SMALL = 2  # operations of a shared node that is written out
LONG = 8  # comparisons, `and`, `or` and `not` of a shared condition that is written out

_SIGN_PASSES = (MUL.symbol, DIV.symbol, "@")  # -(x op y) is (-x) op y


def program(graph: Graph, root: int) -> Graph:
    """The function that a node of the graph is."""
    copy = _Program(graph, [root])
    return copy.tidy(copy.of(root))


def block(graph: Graph, roots: Mapping[str, int]) -> Graph:
    """One graph with a named step for each root, which shares what the roots have in common.

    The names need not be names of the language: the result is to be formatted, not parsed.
    """
    copy = _Program(graph, list(roots.values()))
    for name, root in roots.items():
        node = copy.append(IDENTITY, (copy.of(root),))
        copy.names[node] = name
    return copy.tidy(len(copy) - 1)


class _Program(Builder):
    """Copies what is reachable from the roots, node by node; a small shared node once for each use."""

    def __init__(self, graph: Graph, roots: list[int]) -> None:
        super().__init__()
        self.source = graph
        nodes = reachable(graph.inputs, roots)
        self.long_conditions = self._long_conditions(nodes)
        self.shared = self._shared(nodes, roots)
        self.named: set[int] = set()  # steps: those of the user, and what is large and shared
        self.copies: dict[int, int] = {}  # of the nodes that are copied once: all but the small ones
        self._copy_large(nodes)

    def _shared(self, nodes: list[int], roots: list[int]) -> set[int]:
        """The operations that are used more than once."""
        graph = self.source
        uses = dict.fromkeys(nodes, 0)
        for root in roots:
            uses[root] += 1
        for node in reversed(nodes):
            # A condition has no name of its own: it is written out, with what it is made of, at each use.
            is_written_out = graph.operators[node].condition and node not in self.long_conditions
            for x in graph.inputs[node]:
                uses[x] += uses[node] if is_written_out else 1
        return {node for node in nodes if uses[node] > 1 and graph.inputs[node]}

    def _copy_large(self, nodes: list[int]) -> None:
        """Copy what is copied once, and decide what gets a name."""
        graph = self.source
        # What is written out up to the next name: operations, those of many operands as many.
        sizes: dict[int, int] = {}
        for node in nodes:
            inputs = graph.inputs[node]
            sizes[node] = sum(sizes[x] for x in inputs) + max(bool(inputs), len(inputs) - 1)
            large = sizes[node] > SMALL and not graph.operators[node].condition
            if inputs and (large or node in graph.names):
                if node in self.shared or node in graph.names:
                    self.named.add(node)
                    sizes[node] = 0
                self.copies[node] = self.copied(node)
            elif node in self.long_conditions:
                sizes[node] = 0
                self.copies[node] = self.append(WHERE, (self.condition(node), self.constant(1.0), self.constant(0.0)))

    def _long_conditions(self, nodes: list[int]) -> set[int]:
        """The conditions that are used more than once and too long to be written out at each use."""
        graph = self.source
        sizes: dict[int, int] = {}
        uses: dict[int, int] = {}
        for node in nodes:
            if graph.operators[node].condition:
                sizes[node] = min(1 + sum(sizes.get(x, 0) for x in graph.inputs[node]), LONG + 1)
            for x in set(graph.inputs[node]):
                if x in sizes:
                    uses[x] = uses.get(x, 0) + 1
        return {node for node, count in uses.items() if count > 1 and sizes[node] > LONG}

    def of(self, node: int) -> int:
        """The copy of a node."""
        known = self.copies.get(node)
        return self.copied(node) if known is None or self.source.operators[node].condition else known

    def copied(self, node: int) -> int:
        """A new copy of a node, and of its operands where these are small."""
        source = self.source
        if not source.inputs[node]:
            return self.leaf_of(node)
        if source.operators[node].condition:
            return self.condition(node)
        inputs = source.inputs[node]
        if source.operators[node] is NEG and node not in source.names:
            moved = self.with_sign(inputs[0])
            if moved is not None:
                return moved
        copy = self.append(source.operators[node], tuple(self.of(x) for x in inputs))
        if node in source.names:
            self.names[copy] = source.names[node]
        return copy

    def condition(self, root: int) -> int:
        """A new copy of a condition and, with a stack, of those that it is made of: each use gets its own."""
        source = self.source
        pending: list[tuple[int, bool]] = [(root, False)]
        made: list[int] = []
        while pending:
            node, is_ready = pending.pop()
            inputs = source.inputs[node]
            if not source.operators[node].condition:
                made.append(self.of(node))
            elif node in self.copies:
                made.append(self.append(EQ, (self.copies[node], self.constant(1.0))))
            elif is_ready:
                copies = tuple(made[-len(inputs) :])
                del made[-len(inputs) :]
                made.append(self.append(source.operators[node], copies))
            else:
                pending.append((node, True))
                pending += [(x, False) for x in reversed(inputs)]
        return made[0]

    def leaf_of(self, node: int) -> int:
        """The copy of a variable or constant."""
        copy = self.copies.get(node)
        if copy is None or self.source.operators[node] is CONSTANT:
            copy = self.copies[node] = self.leaf(self.source, node)
        return copy

    def with_sign(self, product: int) -> int | None:
        """-(x*y*…) as (-x)*y*…; None where the product is no product or has a name."""
        source = self.source
        way: list[int] = []
        node = product
        while source.operators[node].symbol in _SIGN_PASSES and node not in self.named:
            way.append(node)
            node = source.inputs[node][0]
        if not way:
            return None
        free = node not in self.named
        if source.operators[node] is NEG and free:
            copy = self.of(source.inputs[node][0])
        elif source.operators[node] is CONSTANT and node not in source.names:
            copy = self.constant(-source.values[node])
        else:
            copy = self.append(NEG, (self.of(node),))
        for node in reversed(way):
            copy = self.append(source.operators[node], (copy, self.of(source.inputs[node][1])))
        return copy

    def tidy(self, output: int) -> Graph:
        """The copy as a frozen graph, without the nodes that a moved sign left behind."""
        steps = [node for node in self.names if self.inputs[node]]
        return self.pruned(output, steps)[0]
