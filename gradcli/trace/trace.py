"""The forward and the backward pass as rows: the one structure that every table, JSON and LaTeX is printed from.

A row is a stop on the way through the graph: what comes in, what goes out. Rows are made one at a time, in the order
in which the passes visit the nodes, so that a trace of any length can be written out in bounded memory. This module
gives names, numbers and chain-rule products; how they look is the business of `report/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from gradcli.choices import CHAINS
from gradcli.engine.passes import local_derivatives, passed_on
from gradcli.engine.rules import taken
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph, format_node, operation_text
from gradcli.language.names import node_names
from gradcli.language.parser import parse_rule
from gradcli.operators.table import CONSTANT, VARIABLE, Branch, Operator
from gradcli.text import quote
from gradcli.trace.rows import Choice, Factor, Product, Quantity, Row

if TYPE_CHECKING:
    from gradcli.api import Result

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
        self.output = self.names[result.graph.output]
        self.marks = {note.facts["node"]: note.code for note in result.notes if note.code in ("kink", "tie", "jump")}
        self._ways = _Ways(self)
        self._slopes_of_many: dict[int, Mapping[int, float]] = {}  # of variadic nodes, which many edges ask for

    def rows(self) -> Iterator[Row]:
        """The rows of both passes."""
        yield from self.forward()
        yield from self.backward()

    # The forward pass

    def forward(self) -> Iterator[Row]:
        """Start point, the nodes in the order of evaluation, those not taken, end point."""
        graph = self.graph
        start = [self._quantity(node) for node in graph.variables.values()]
        yield Row("forward", "start", "", outputs=start)
        for node in self.result.order:
            if graph.inputs[node]:
                inputs = [self._quantity(x) for x in self._read(node)]
                yield self._row("forward", node, inputs, [self._quantity(node)])
        for node in self.not_taken():
            yield replace(self._row("forward", node, (), ()), taken=False)
        yield Row("forward", "end", self.output, inputs=[self._quantity(graph.output)])

    def _read(self, node: int) -> Sequence[int]:
        """The inputs whose values a node has read: of one that chooses, the condition and what it has chosen."""
        inputs, chooses = self.graph.inputs[node], self.graph.operators[node].chooses
        if chooses is None:
            return inputs
        chosen = chooses(self.result.values[inputs[0]])
        return (inputs[0], inputs[chosen]) if chosen else inputs[:1]

    def not_taken(self) -> list[int]:
        """The nodes that were not evaluated."""
        values = self.result.values
        return [node for node, inputs in enumerate(self.graph.inputs) if inputs and values[node] is None]

    def _quantity(self, node: int) -> Quantity:
        graph = self.graph
        is_literal = graph.operators[node] is CONSTANT and node not in graph.names and node != graph.output
        return Quantity(self.names[node], self.result.values[node], is_literal)

    # The backward pass

    def backward(self) -> Iterator[Row]:
        """End point, the nodes in the order of the backward pass, the start points in order of first appearance."""
        graph, result = self.graph, self.result
        if result.required[graph.output]:
            yield Row("backward", "end", self.output, outputs=[self._one()], gradient=1.0)
        for node in reversed(result.order):
            if graph.inputs[node] and result.required[node]:
                yield self._row("backward", node, self._arriving(node), self._leaving(node), result.adjoints[node])
        for node in graph.variables.values():
            if result.required[node]:
                inputs, gradient = self._arriving(node), result.adjoints[node]
                yield Row("backward", "start", self.names[node], VARIABLE, inputs=inputs, gradient=gradient)

    def _repr_html_(self) -> str:
        """What a notebook shows: the tables of both passes."""
        from gradcli.report.forms.html import trace_tables

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

    def _one(self) -> Product:
        """What comes to the output: ∂y/∂y."""
        itself = (self.output, self.output)
        return Product((itself,), itself, self.output, None, None, 1.0)

    def _arriving(self, node: int) -> list[Product]:
        """The products that come to a node, in the order in which they arrive; none if the output does not use it."""
        if node == self.graph.output:
            return [self._one()]
        return [
            replace(self._product(sender, index), end=self.names[sender]) for sender, index in self._ways.arriving(node)
        ]

    def _leaving(self, node: int) -> list[Product]:
        """The products that leave a node, one for each argument that requires a gradient."""
        return [self._product(node, index) for index in self.edges(node)] if self._ways.reaches(node) else []

    def _product(self, node: int, index: int) -> Product:
        """The product that a node passes on to one of its arguments."""
        x = self.graph.inputs[node][index]
        name, upstream, slope = self.names[x], self.result.adjoints[node], self._slopes(node)[index]
        value = passed_on(self.graph, self.result.values, node, index, upstream, slope) + 0.0
        chain = (*self._chain(node), (self.names[node], name))
        return Product(chain, (self.output, name), name, upstream, slope, value, self._ways.adds_up(x))

    def _slopes(self, node: int) -> Mapping[int, float]:
        """The local derivatives of a node for its arguments that require a gradient."""
        found = self._slopes_of_many.get(node)
        if found is None:
            result = self.result
            found = dict(local_derivatives(self.graph, result.values, node, result.required, result.slopes))
            if self.graph.operators[node].variadic:
                self._slopes_of_many[node] = found
        return found

    def _chain(self, node: int) -> tuple[Factor, ...]:
        """The factors written for the gradient that comes to a node, before its own local derivative."""
        ways = self._ways
        full = self.chain == "full" or (self.chain == "auto" and ways.factors[node] < AUTO_FACTORS)
        if not full:
            return ((self.output, self.names[node]),)
        factors: list[Factor] = []
        while ways.factors[node] > 1:
            factors.append((self.names[ways.sender[node]], self.names[node]))
            node = ways.sender[node]
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
            condition = format_node(self.graph, inputs[0], self._condition_names)
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
            if index in (kink.below, kink.above) and kink.at.startswith(operator.parameters[0])
        )
        return Choice(where, None, _with_names(branch, operator, names), branch.words)

    @cached_property
    def _condition_names(self) -> Mapping[int, str]:
        """Names of all nodes but conditions, which are written out."""
        return {node: name for node, name in enumerate(self.names) if not self.graph.operators[node].condition}


class _Ways:
    """The edges of the backward pass, from the side of the nodes to which they lead.

    For each node: who sends it a product (`sender`, the last one) for which of its arguments, and how many factors
    its chain has. The edges of nodes to which several lead are kept apart.
    """

    def __init__(self, trace: Trace) -> None:
        count = len(trace.graph)
        self.output = trace.graph.output
        self.sender, self.argument, self.factors = [-1] * count, [0] * count, [1] * count
        self.several: dict[int, list[tuple[int, int]]] = {}
        for node in reversed(trace.result.order):
            if self.reaches(node):
                for index in trace.edges(node):
                    self._add(node, index, trace.graph.inputs[node][index])

    def _add(self, node: int, index: int, x: int) -> None:
        if self.sender[x] < 0:
            self.factors[x] = self.factors[node] + 1
        else:
            # Where products add up, the chain starts anew with their sum.
            self.factors[x] = 1
            self.several.setdefault(x, [(self.sender[x], self.argument[x])]).append((node, index))
        self.sender[x], self.argument[x] = node, index

    def reaches(self, node: int) -> bool:
        """Whether a gradient comes to the node."""
        return node == self.output or self.sender[node] >= 0

    def adds_up(self, node: int) -> bool:
        """Whether several products come to the node."""
        return node in self.several

    def arriving(self, node: int) -> list[tuple[int, int]]:
        """The edges that lead to a node, each as its sender and the argument of it, in the order of the pass."""
        if self.sender[node] < 0:
            return []
        return self.several.get(node) or [(self.sender[node], self.argument[node])]


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
