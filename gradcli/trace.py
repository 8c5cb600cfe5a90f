"""The forward and the backward pass as rows: the one structure that every table, JSON and LaTeX is printed from.

A row is a stop on the way through the graph: what comes in, what goes out. Rows are made one at a time, in the order
in which the passes visit the nodes, so that a trace of any length can be written out in bounded memory. This module
gives names, numbers and chain-rule products; how they look is the business of `report/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from gradcli.errors import GradcliError, quote
from gradcli.evaluate import local_derivatives, passed_on
from gradcli.formatter import format_graph, format_node, operation_text
from gradcli.graph import Graph
from gradcli.names import node_names
from gradcli.operators import CONSTANT, VARIABLE, Branch, Operator
from gradcli.parser import parse_rule
from gradcli.rows import Choice, Factor, Product, Quantity, Row
from gradcli.rules import taken

if TYPE_CHECKING:
    from gradcli.gradient import Result

CHAINS = ("auto", "full", "short")
AUTO_FACTORS = 4  # auto writes out products of up to so many factors, as the article does


class Trace:
    """Both passes of a result. `forward()` and `backward()` make the rows anew at each call."""

    def __init__(self, result: "Result", chain: str = "auto") -> None:
        if chain not in CHAINS:
            raise GradcliError(f"unknown form of the chain {quote(chain)}; there are {', '.join(CHAINS)}")
        self.result = result
        self.graph = result.graph
        self.chain = chain
        self.names = node_names(result.graph)
        self.output = result.output
        self.names[result.graph.output] = self.output
        self.marks = {note.facts["node"]: note.code for note in result.notes if note.code in ("kink", "tie", "jump")}
        self._arrivals, self._consumer, self._factors = self._ways()

    def rows(self) -> Iterator[Row]:
        """The rows of both passes."""
        yield from self.forward()
        yield from self.backward()

    # The forward pass

    def forward(self) -> Iterator[Row]:
        """Start point, the nodes in the order of evaluation, those not taken, end point."""
        graph, values = self.graph, self.result.values
        start = [self._quantity(node) for node in graph.variables.values()]
        yield Row("forward", "start", "", outputs=start)
        for node in self.result.order:
            if graph.inputs[node]:
                inputs = [self._quantity(x) for x in graph.inputs[node] if values[x] is not None]
                yield self._row("forward", node, inputs, [self._quantity(node)])
        for node in self.not_taken():
            yield replace(self._row("forward", node, (), ()), taken=False)
        yield Row("forward", "end", self.output, inputs=[self._quantity(graph.output)])

    def not_taken(self) -> list[int]:
        """The nodes that were not evaluated."""
        values = self.result.values
        return [node for node, inputs in enumerate(self.graph.inputs) if inputs and values[node] is None]

    def _quantity(self, node: int) -> Quantity:
        is_literal = self.graph.operators[node] is CONSTANT and node not in self.graph.names
        return Quantity(self.names[node], self.result.values[node], is_literal)

    # The backward pass

    def backward(self) -> Iterator[Row]:
        """End point, the nodes in the order of the backward pass, the start points in order of first appearance."""
        graph, result = self.graph, self.result
        output = graph.output
        if result.required[output]:
            one = Product(((self.output, self.output),), (self.output, self.output), self.output, None, None, 1.0)
            yield Row("backward", "end", self.output, outputs=[one], gradient=1.0)
            for node in reversed(result.order):
                if graph.inputs[node] and self._arrivals[node]:
                    yield self._row("backward", node, self._arriving(node), self._leaving(node), result.adjoints[node])
        for node in graph.variables.values():
            if result.required[node]:
                inputs = self._arriving(node)
                name = self.names[node]
                yield Row("backward", "start", name, VARIABLE, inputs=inputs, gradient=result.adjoints[node])

    def _repr_html_(self) -> str:
        """What a notebook shows: the tables of both passes."""
        from gradcli.report.html import trace_tables

        return trace_tables(self)

    def without_gradient(self) -> list[str]:
        """The names of the nodes that need no gradient: variables first, then the others in order."""
        graph, required = self.graph, self.result.required
        variables = [node for node in graph.variables.values() if not required[node]]
        others = [node for node in self.result.order if graph.inputs[node] and not required[node]]
        return [self.names[node] for node in variables + others]

    def edges(self, node: int) -> list[int]:
        """The indices of a node's arguments along which it passes a gradient on: at a choice, only the chosen one."""
        graph, result = self.graph, self.result
        inputs, operator = graph.inputs[node], graph.operators[node]
        if operator.condition or not result.required[node]:
            return []
        if operator.chooses:
            chosen = operator.chooses(result.values[inputs[0]])
            return [chosen] if result.required[inputs[chosen]] else []
        return [index for index, x in enumerate(inputs) if result.required[x]]

    def _ways(self) -> tuple[list[int], list[int], list[int]]:
        """For each node: how many products arrive, from which consumer, and how many factors its chain has."""
        count = len(self.graph)
        arrivals, consumer, factors = [0] * count, [-1] * count, [1] * count
        arrivals[self.graph.output] = 1
        for node in reversed(self.result.order):
            if arrivals[node]:
                for index in self.edges(node):
                    x = self.graph.inputs[node][index]
                    arrivals[x] += 1
                    consumer[x] = node
                    # Where products add up, the chain starts anew with their sum.
                    factors[x] = factors[node] + 1 if arrivals[x] == 1 else 1
        return arrivals, consumer, factors

    def _arriving(self, node: int) -> list[Product]:
        """The products that come to a node, in the order in which they arrive."""
        if node == self.graph.output:
            return [Product(((self.output, self.output),), (self.output, self.output), self.output, None, None, 1.0)]
        if self._arrivals[node] <= 1:
            senders = [self._consumer[node]] * self._arrivals[node]
        else:
            senders = self._senders()[node]
        return [
            replace(product, end=self.names[sender])
            for sender in senders
            for product in self._leaving_to(sender).get(self.names[node], ())
        ]

    def _leaving_to(self, sender: int) -> Mapping[str, list[Product]]:
        """The products that leave a node, by where they go; the last node's are kept, since its inputs ask in turn."""
        if self._last_sender[0] != sender:
            by_end: dict[str, list[Product]] = {}
            for product in self._leaving(sender):
                by_end.setdefault(product.end, []).append(product)
            self._last_sender = (sender, by_end)
        return self._last_sender[1]

    _last_sender: tuple[int, Mapping[str, list[Product]]] = (-1, {})

    def _senders(self) -> Mapping[int, list[int]]:
        """For the nodes at which several products arrive: the nodes that send them, each once."""
        if self._senders_found is None:
            found: dict[int, list[int]] = {}
            for node in reversed(self.result.order):
                if self._arrivals[node]:
                    for x in dict.fromkeys(self.graph.inputs[node][index] for index in self.edges(node)):
                        if self._arrivals[x] > 1:
                            found.setdefault(x, []).append(node)
            self._senders_found = found
        return self._senders_found

    _senders_found: Mapping[int, list[int]] | None = None

    def _leaving(self, node: int) -> list[Product]:
        """The products that leave a node, one for each argument that requires a gradient."""
        indices = self.edges(node)
        if not indices:
            return []
        result = self.result
        local = dict(local_derivatives(self.graph, result.values, node, result.required, result.slopes))
        upstream = result.adjoints[node]
        before = self._chain(node)
        products = []
        for index in indices:
            x = self.graph.inputs[node][index]
            name, slope = self.names[x], local[index]
            value = passed_on(self.graph, result.values, node, index, upstream, slope)
            chain = (*before, (self.names[node], name))
            is_part = self._arrivals[x] > 1
            products.append(Product(chain, (self.output, name), name, upstream, slope, value + 0.0, is_part))
        return products

    def _chain(self, node: int) -> tuple[Factor, ...]:
        """The factors written for the gradient that comes to a node, before its own local derivative."""
        full = self.chain == "full" or (self.chain == "auto" and self._factors[node] < AUTO_FACTORS)
        if not full:
            return ((self.output, self.names[node]),)
        factors: list[Factor] = []
        while self._factors[node] > 1:
            factors.append((self.names[self._consumer[node]], self.names[node]))
            node = self._consumer[node]
        factors.append((self.output, self.names[node]))
        return tuple(reversed(factors))

    # Both

    def _row(
        self, pass_: str, node: int, inputs: Sequence[Any], outputs: Sequence[Any], gradient: float | None = None
    ) -> Row:
        operator, name = self.graph.operators[node], self.names[node]
        text = operation_text(operator, [self.names[x] for x in self.graph.inputs[node]])
        choice, mark = self._choice(node), self.marks.get(name, "")
        return Row(pass_, "node", name, operator, f"{name} = {text}", choice, mark, inputs, outputs, gradient)

    def _choice(self, node: int) -> Choice | None:
        """The branch that a node takes, if its operator has branches."""
        operator, inputs, values = self.graph.operators[node], self.graph.inputs[node], self.result.values
        if values[node] is None:
            return None
        arguments = [values[x] for x in inputs]
        names = [self.names[x] for x in inputs]
        if operator.chooses and not operator.condition:
            condition = format_node(self.graph, inputs[0], self._condition_names())
            return Choice(condition, arguments[0], names[operator.chooses(arguments[0])])
        if operator.ties:
            first = next((index for index, x in enumerate(arguments) if x == values[node]), None)
            return None if first is None else Choice("", None, names[first])
        if not operator.branches:
            return None
        index = taken(operator, arguments)
        branch = operator.branches[index]
        where = ", ".join(
            _relation(kink.at, operator.parameters, names, arguments)
            for kink in operator.kinks
            if index in (kink.below, kink.above)
        )
        return Choice(where, None, _with_names(branch, operator, names), branch.words)

    def _condition_names(self) -> Mapping[int, str]:
        """Names of all nodes but conditions, which are written out."""
        if self._numbers is None:
            self._numbers = {n: name for n, name in enumerate(self.names) if not self.graph.operators[n].condition}
        return self._numbers

    _numbers: Mapping[int, str] | None = None


def _relation(at: str, parameters: Sequence[str], names: Sequence[str], arguments: Sequence[float]) -> str:
    """How the two sides of a kink compare: `s > 0`, `x = low`."""
    left, _, right = at.partition(" - ")
    index = parameters.index(left)
    other_name, other = (names[parameters.index(right)], arguments[parameters.index(right)]) if right else ("0", 0.0)
    sign = "=" if arguments[index] == other else "<" if arguments[index] < other else ">"
    return f"{names[index]} {sign} {other_name}"


def _with_names(branch: Branch, operator: Operator, names: Sequence[str]) -> str:
    """A branch's expression with the names of the node's arguments."""
    rule = _rule(branch.takes)
    called = dict(zip(operator.parameters, names, strict=True))
    return format_graph(replace(rule, names={node: called[name] for node, name in rule.names.items()}))


@cache
def _rule(text: str) -> Graph:
    return parse_rule(text)
