"""Both passes of a program over arrays as rows: one for each operation that makes nodes, with whole arrays as numbers.

The numbers are those of the passes over scalar nodes. Chains are short: a full product would be an array of four
indices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gradcli.errors import GradcliError
from gradcli.language.spelling import nearest
from gradcli.operators.table import CONSTANT, VARIABLE
from gradcli.trace.arrays.records import Records
from gradcli.trace.arrays.rows import Array, ArrayRow, Passed
from gradcli.trace.arrays.rules import Rules
from gradcli.trace.base import TraceBase
from gradcli.trace.choices import Choices
from gradcli.trace.passes import Passes, WithoutPoint
from gradcli.trace.rows import Choice, Product, Row

if TYPE_CHECKING:
    from gradcli.trace.arrays.scalars import Scalars
    from gradcli.trace.ways import Ways


class ArrayTrace(TraceBase[ArrayRow | Row]):
    """Both passes, at a point or without numbers. `forward()` and `backward()` make the rows anew at each call.

    The operations in `opened`, by name, have the rows of their scalar nodes instead. With `explain` the rows of the
    backward pass say in words what they do; with `paths` the ways to each element are listed. Chains are short,
    whatever `chain` is. Raises `GradcliError` for a name of no operation.
    """

    view = "arrays"  # what shows it

    def __init__(
        self,
        here: Passes,
        chain: str = "auto",
        explain: bool = False,
        paths: bool = False,
        opened: Sequence[str] = (),
    ) -> None:
        super().__init__(here, chain, explain, paths)
        self.records = Records(here)
        self.program = self.records.program
        self.names = self.records.names
        self.output = self.names[self.records.output]
        self._rules = Rules(self.records)
        self._marked = {pass_: self.records.marked(marks) for pass_, marks in self.marks.items()}
        self._found: dict[tuple[int, int], Passed | Product] = {}
        self.opened = {self._operation(name) for name in opened}

    @cached_property
    def ways(self) -> "Ways | None":
        """The ways to each number, if they are asked for."""
        if not self.paths:
            return None
        from gradcli.trace.ways import Ways

        return Ways(self.scalars)

    def _operation(self, name: str) -> int:
        """The operation of a name."""
        known = {self.names[node]: node for node in self.nodes}
        if name not in known:
            facts = {"name": name, "suggestion": nearest(name, list(known)), "known": list(known)}
            raise GradcliError("not-opened", facts, source="option")
        return known[name]

    @cached_property
    def scalars(self) -> "Scalars":
        """The trace of the scalar nodes."""
        from gradcli.trace.arrays.scalars import Scalars

        return Scalars(self.records)

    @cached_property
    def nodes(self) -> list[int]:
        """The operations that have rows, in the order of the program."""
        return [node for node in range(len(self.program)) if self.records.is_record(node)]

    # The forward pass

    def forward(self) -> Iterator[ArrayRow | Row]:
        """Start point, the operations, end point."""
        yield ArrayRow("forward", "start", "", outputs=[self.quantity(node) for node in self.records.starts])
        for node in self.nodes:
            if node in self.opened:
                made = self.made(node)
                yield from (self.scalars.row("forward", one) for one in made if self._is_computed(one))
            elif self.records.is_evaluated(node):
                inputs = [self.quantity(x) for x in self._read(node)]
                yield self._row("forward", node, inputs=inputs, outputs=[self.quantity(node)])
        for node in self.nodes:
            if not self.records.is_evaluated(node):
                yield self._row("forward", node, taken=False)
        yield ArrayRow("forward", "end", self.output, inputs=[self.quantity(self.records.output)])

    def _read(self, node: int) -> Sequence[int]:
        """The inputs whose values an operation reads: of a choice the condition and what is chosen for some element."""
        inputs = self.program.inputs[node]
        if not self.program.operators[node].chooses:
            return inputs
        if self.records.shapes[node]:
            return [x for x in inputs if self.records.is_evaluated(x)]
        return [inputs[0], *(inputs[index] for index in self.here.alternatives(self.records.elements[node][0]))]

    def quantity(self, node: int) -> Array:
        """An array by its name; of a literal number that alone."""
        program, x = self.program, self.records.start_of(node)
        is_literal = program.operators[x] is CONSTANT and x not in program.names and x != self.records.output
        return Array(self.names[x], self.records.shapes[x], self.records.values(x), is_literal)

    # The backward pass

    def backward(self) -> Iterator[ArrayRow]:
        """End point, the operations in the order of the backward pass, the start points in that of the program."""
        rows = self._backward()
        if not self.explain:
            return rows
        from gradcli.trace.arrays.explain import ArrayExplainer  # with all of `symbolic`

        return map(ArrayExplainer(self).explained, rows)

    def _backward(self) -> Iterator[ArrayRow]:
        records = self.records
        if records.requires(records.output):
            yield ArrayRow("backward", "end", self.output, outputs=[self.one()])
        for node in reversed(self.nodes):
            if node in self.opened:
                yield from map(self._opened, filter(self._is_passing, reversed(self.made(node))))
            elif records.requires(node) and self.records.is_evaluated(node):
                outputs = [self.passed(node, index) for index in self.edges(node)]
                yield self._row("backward", node, outputs=outputs, **self._arriving(node))
        for node in records.starts:
            if records.requires(node):
                mark = self._marked["backward"].get(node, "")
                arriving = self._arriving(node, is_start=True)
                yield ArrayRow("backward", "start", self.names[node], VARIABLE, mark=mark, **arriving)

    def _is_computed(self, one: int) -> bool:
        return bool(self.graph.inputs[one]) and self.here.is_evaluated(one)

    def _is_passing(self, one: int) -> bool:
        return self._is_computed(one) and bool(self.here.required[one])

    def _opened(self, one: int) -> ArrayRow:
        """The row of a scalar node in the backward pass."""
        row = self.scalars.row("backward", one)
        return ArrayRow(
            "backward",
            "node",
            row.name,
            row.operator,
            row.arguments,
            choices=row.choices,
            mark=row.mark,
            inputs=row.inputs,
            output=self.output,
            arriving=Array(row.name, (), None if row.gradient is None else [row.gradient]),
            is_reached=bool(row.inputs),
            outputs=row.outputs,
        )

    def edges(self, node: int) -> list[int]:
        """The indices of an operation's inputs to which it passes something on."""
        return self.records.edges(node) if self.records.reached[node] else []

    def _arriving(self, node: int, is_start: bool = False) -> dict[str, Any]:
        """What comes to an operation or a variable, with its numbers where these stand in no other row."""
        records, senders = self.records, self.senders(node)
        gradient = Array(self.names[node], records.shapes[node], records.adjoints(node))
        is_whole = len(senders) == 1 and self._is_whole(node, *senders[0])
        return {
            "output": self.output,
            "arriving": gradient,
            "is_shown": is_start or not is_whole,
            "is_reached": node == records.output or bool(senders),
            "inputs": [replace(self.passed(*edge), end=self.names[edge[0]]) for edge in senders],
        }

    def _is_whole(self, node: int, sender: int, index: int) -> bool:
        """Whether what comes along an edge is all of an array, and not what is to be gathered from a view of it."""
        x = self.program.inputs[sender][index]
        return self.records.start_of(x) == node and not self.records.is_part(sender)

    def senders(self, node: int) -> list[tuple[int, int]]:
        """The edges along which something comes to a variable or operation, in the order of the pass."""
        return self._senders.get(node, [])

    @cached_property
    def _senders(self) -> dict[int, list[tuple[int, int]]]:
        """The edges that lead to a node, through views too, in the order of the pass."""
        found: dict[int, list[tuple[int, int]]] = {}
        for node in reversed(self.nodes):
            for index in self.edges(node):
                for x in self._roots(self.program.inputs[node][index]):
                    found.setdefault(x, []).append((node, index))
        return found

    def _roots(self, node: int) -> Sequence[int]:
        """The variables and operations of whose elements an array is a view."""
        found, pending = dict[int, None](), [node]
        while pending:
            x = self.records.start_of(pending.pop())
            if x in self.records.starts or self.records.is_record(x) or not self.program.inputs[x]:
                found[x] = None
            else:
                pending += reversed(self.program.inputs[x])
        return list(found)

    def passed(self, node: int, index: int) -> Passed | Product:
        """What an operation passes on to one of its inputs."""
        if (node, index) not in self._found:
            found = self._product(node, index) if self.is_scalar(node) else self._passed(node, index)
            self._found[node, index] = found
        return self._found[node, index]

    def made(self, node: int) -> range:
        """The scalar nodes that an operation made."""
        return self.records.arrays.made[node]

    def _product(self, node: int, index: int) -> Product:
        """Of an operation on numbers: a product as in every other trace, with a short chain."""
        records, x = self.records, self.program.inputs[node][index]
        name, one = self.names[records.start_of(x)], records.elements[node][0]
        slope = self.here.local_derivatives(one)[index]
        value = self.here.passed_on(one, index, slope)
        chain = ((self.output, self.names[node]), (self.names[node], name))
        is_part = records.adds_up(records.elements[x])
        return Product(chain, (self.output, name), name, self.here.adjoints[one], slope, value, is_part)

    def _passed(self, node: int, index: int) -> Passed:
        records, x = self.records, self.program.inputs[node][index]
        formula, factors = self._rules.of(node, index)
        name, shape = self.names[records.start_of(x)], records.shapes[x]
        values = records.passed_on(node, index)
        if records.is_part(node):
            name, shape = f"{name}{self.program.operators[node].suffix}", records.shapes[node]
            values = records.adjoints(node)
        is_part = records.adds_up(records.read(node, index))
        return Passed(formula, (self.output, name), name, shape, values, is_part, factors)

    def without_gradient(self) -> list[str]:
        """The names of the arrays and numbers that need no gradient: variables first, then the others in order."""
        records = self.records
        nodes = [*records.starts, *(node for node in self.nodes if self.records.is_evaluated(node))]
        return [self.names[node] for node in nodes if not records.requires(node)]

    # Both

    def _row(self, pass_: str, node: int, **facts: Any) -> ArrayRow:
        names = [self.names[self.records.start_of(x)] for x in self.program.inputs[node]]
        mark, opened = self._marked[pass_].get(node, ""), self.records.opened(node)
        operator, choices = self.program.operators[node], self._choices(node)
        name = self.names[node]
        return ArrayRow(pass_, "node", name, operator, names, open=opened, choices=choices, mark=mark, **facts)

    def _choices(self, node: int) -> Sequence[Choice]:
        """What an operation on numbers takes; without a point what any may take, element by element."""
        operator = self.records.arrays.operator(node)
        if not (operator.branches or operator.chooses or operator.ties):
            return ()
        if not self.has_numbers:
            return self._alternatives.of(node)
        return self.scalars.choices(self.records.elements[node][0]) if self.is_scalar(node) else ()

    @cached_property
    def _alternatives(self) -> Choices:
        return Choices(WithoutPoint(self.program, ()), self.names)

    def is_scalar(self, node: int) -> bool:
        """Whether it is an operation on numbers."""
        shapes = [self.records.shapes[x] for x in (*self.program.inputs[node], node)]
        return not any(shapes) and len(self.made(node)) == 1
