"""The forward and the backward pass as rows: the one structure that every table, JSON and LaTeX is printed from.

A row is a stop on the way through the graph: what comes in, what goes out. Rows are made one at a time, in the order
in which the passes visit the nodes, so that a trace of any length can be written out in bounded memory. This module
gives names, numbers and chain-rule products; how they look is the business of `report/`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gradcli.errors import GradcliError
from gradcli.language.names import node_names
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.text import Settled
from gradcli.trace.base import TraceBase
from gradcli.trace.chains import Arrival, Chains
from gradcli.trace.choices import Choices
from gradcli.trace.passes import Passes
from gradcli.trace.rows import Choice, Product, Quantity, Row

if TYPE_CHECKING:
    from gradcli.trace.ways import Ways

MOST_FACTORS = 200_000  # of all products of a trace: along a path their number grows with the square of its length


class Trace(TraceBase[Row]):
    """Both passes, at a point or without numbers. `forward()` and `backward()` make the rows anew at each call.

    With `explain` the rows of the backward pass say in words what they do, and a line for each variable has its ways;
    with `paths` these are listed. `opened` are names of operations over arrays, of which numbers have none.
    """

    view = "trace"  # what shows it

    def __init__(
        self,
        here: Passes,
        chain: str = "auto",
        explain: bool = False,
        paths: bool = False,
        opened: Sequence[str] = (),
    ) -> None:
        if opened:
            raise GradcliError("not-opened", {"name": opened[0], "suggestion": None, "known": []}, source="option")
        super().__init__(here, chain, explain, paths)
        self.names = node_names(here.graph)
        self.output = self.names[here.graph.output]
        self._choices = Choices(here, self.names)
        edges = (
            Arrival(node, index, here.graph.inputs[node][index])
            for node in reversed(here.order)
            for index in self.edges(node)
        )
        self._chains = Chains(len(here.graph), here.graph.output, edges, chain)
        if chain == "full" and self._chains.written > MOST_FACTORS:
            raise GradcliError(
                "chains-too-long", {"count": self._chains.written, "limit": MOST_FACTORS}, source="option"
            )

    @cached_property
    def ways(self) -> "Ways | None":
        """The ways to each variable, if they are asked for."""
        if not (self.explain or self.paths):
            return None
        from gradcli.trace.ways import Ways

        return Ways(self)

    # The forward pass

    def forward(self) -> Iterator[Row]:
        """Start point, the nodes in the order of evaluation, those not taken, end point."""
        graph = self.graph
        start = [self.quantity(node) for node in graph.variables.values()]
        yield Row("forward", "start", "", outputs=start)
        for node in self.here.order:
            if graph.inputs[node]:
                inputs = [self.quantity(x) for x in self._read(node)]
                yield self._row("forward", node, inputs, [self.quantity(node)])
        for node in self.not_taken():
            yield replace(self._row("forward", node, (), ()), taken=False)
        yield Row("forward", "end", self.output, inputs=[self.quantity(graph.output)])

    def _read(self, node: int) -> Sequence[int]:
        """The inputs whose values a node reads: of one that chooses, the condition and what it may choose."""
        inputs = self.graph.inputs[node]
        if self.graph.operators[node].chooses is None:
            return inputs
        return [inputs[0], *(inputs[index] for index in self.here.alternatives(node))]

    def not_taken(self) -> list[int]:
        """The nodes that were not evaluated."""
        return [node for node, inputs in enumerate(self.graph.inputs) if inputs and not self.here.is_evaluated(node)]

    def quantity(self, node: int) -> Quantity:
        """A node's value, by its name."""
        graph = self.graph
        is_literal = graph.operators[node] is CONSTANT and node not in graph.names and node != graph.output
        return Quantity(self.names[node], self.here.values[node], is_literal)

    # The backward pass

    def backward(self) -> Iterator[Row]:
        """End point, the nodes in the order of the backward pass, the start points in order of first appearance."""
        rows = self._backward()
        if not self.explain:
            return rows
        from gradcli.trace.explain import Explainer  # with all of `symbolic`

        return map(Explainer(self).explained, rows)

    def _backward(self) -> Iterator[Row]:
        graph, here = self.graph, self.here
        if here.required[graph.output]:
            one = self.one()
            yield Row("backward", "end", self.output, outputs=[one], gradient=one.value)
        for node in reversed(here.order):
            if graph.inputs[node] and here.required[node]:
                yield self._row("backward", node, self._arriving(node), self._leaving(node), here.adjoints[node])
        for node in graph.variables.values():
            if here.required[node]:
                inputs, gradient = self._arriving(node), here.adjoints[node]
                mark = self.marks["backward"].get(node, "")
                yield Row("backward", "start", self.names[node], VARIABLE, mark=mark, inputs=inputs, gradient=gradient)

    def without_gradient(self) -> list[str]:
        """The names of the nodes that need no gradient: variables first, then the others in order."""
        graph, required = self.graph, self.here.required
        variables = [node for node in graph.variables.values() if not required[node]]
        others = [node for node in self.here.order if graph.inputs[node] and not required[node]]
        return [self.names[node] for node in variables + others]

    def edges(self, node: int) -> list[int]:
        """The indices of a node's arguments along which it passes a gradient on: at a choice, only the chosen ones."""
        inputs, operator, required = self.graph.inputs[node], self.graph.operators[node], self.here.required
        if operator.condition or not required[node]:
            return []
        indices = self.here.alternatives(node) if operator.chooses else range(len(inputs))
        return [index for index in indices if required[inputs[index]]]

    def _arriving(self, node: int) -> list[Product]:
        """The products that come to a node, in the order in which they arrive; none if the output does not use it."""
        if node == self.graph.output:
            return [self.one()]
        return [replace(self._product(sender, index), end=self.names[sender]) for sender, index in self.arriving(node)]

    def arriving(self, node: int) -> list[tuple[int, int]]:
        """The edges that lead to a node, each as its sender and the argument of it, in the order of the pass."""
        return self._chains.arriving(node)

    def choices(self, node: int) -> Sequence[Choice]:
        """What a node may take."""
        return self._choices.of(node)

    def _leaving(self, node: int) -> list[Product]:
        """The products that leave a node, one for each argument that requires a gradient."""
        return [self._product(node, index) for index in self.edges(node)] if self._chains.reaches(node) else []

    def _product(self, node: int, index: int) -> Product:
        """The product that a node passes on to one of its arguments."""
        x = self.graph.inputs[node][index]
        name, upstream = self.names[x], self.here.adjoints[node]
        slope: Any = self.here.local_derivatives(node)[index]
        value = self.here.passed_on(node, index, slope)
        links = (*self._chains.before(node), (node, x))
        # From a list: a tuple that grows out of a generator is one that Python keeps when it is forgotten.
        chain = tuple([(self.names[of], self.names[by]) for of, by in links])
        return Product(chain, (self.output, name), name, upstream, slope, value, self._chains.adds_up(x))

    # Both

    def _row(
        self,
        pass_: str,
        node: int,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        gradient: float | Settled | None = None,
    ) -> Row:
        operator, name = self.graph.operators[node], self.names[node]
        arguments = [self.names[x] for x in self.graph.inputs[node]]
        choices, mark = self.choices(node), self.marks[pass_].get(node, "")
        return Row(pass_, "node", name, operator, arguments, choices, mark, inputs, outputs, gradient=gradient)
