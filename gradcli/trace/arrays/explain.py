"""What a trace over arrays does, in words: a sentence for each formula that leaves a row, and one for each fork."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from gradcli.graph.arrays import size_of
from gradcli.operators import passing_rules
from gradcli.operators.arrays import MATMUL, ArrayOperator
from gradcli.operators.passing_rules import OTHER, PASSES, SIGN
from gradcli.trace.arrays.rows import ArrayRow, Derivative, Passed
from gradcli.trace.explain import Explainer, kind_of_end
from gradcli.trace.sentences import Explanation, Fact, Node, NodeName, Pieces

if TYPE_CHECKING:
    from gradcli.trace.arrays.tracing import ArrayTrace


class ArrayExplainer:
    """Says what the rows of the backward pass do."""

    def __init__(self, trace: "ArrayTrace") -> None:
        self.trace = trace
        self.records = trace.records
        self.program = trace.program
        self.nodes = {trace.names[node]: node for node in (*trace.records.starts, *trace.nodes)}
        self._used = self.program.used()
        self._reached = self.program.reached(list(map(trace.records.requires, range(len(self.program)))))

    @cached_property
    def _of_scalars(self) -> Explainer:
        return Explainer(self.trace.scalars)

    def explained(self, row: ArrayRow) -> ArrayRow:
        """A row with its sentences."""
        if row.kind == "end":
            one = replace(row.outputs[0], explanation=Explanation("begins", {"node": Node(None)}))
            return replace(row, outputs=[one])
        node = self.nodes.get(row.name)
        if node is None or node in self.trace.opened or (row.kind == "node" and self.trace.is_scalar(node)):
            return self._of_numbers(row, node)
        edges = self.trace.edges(node) if row.kind == "node" else []
        said = [
            replace(one, explanation=self._sentence(row, node, index, one))
            for index, one in zip(edges, row.outputs, strict=True)
        ]
        return replace(row, outputs=said, on_inputs=self._arriving(row, node), on_outputs=list(self._ending(node)))

    def _of_numbers(self, row: ArrayRow, node: int | None) -> ArrayRow:
        """An operation on numbers has the sentences that it has in every trace."""
        one = self._of_scalars.nodes[row.name]
        said = self._of_scalars.explained(self.trace.scalars.row("backward", one))
        outputs = [
            replace(own, explanation=other.explanation) for own, other in zip(row.outputs, said.outputs, strict=True)
        ]
        on_inputs: Sequence[Explanation] = said.on_inputs
        if node is not None and node not in self.trace.opened:
            on_inputs = self._arriving(row, node)
        return replace(row, outputs=outputs, on_inputs=on_inputs, on_outputs=said.on_outputs)

    def _arriving(self, row: ArrayRow, node: int) -> list[Explanation]:
        """What is said where gradients add up, and of what no gradient reaches."""
        if not row.is_reached:
            kind = "not-taken" if self._reached[node] else "no-way" if self._used[node] else "unused"
            return [Explanation(kind, {"name": NodeName(row.name)})]
        if len(row.inputs) > 1 and self.records.adds_up(self.records.elements[node]):
            return [Explanation("fork", {"name": NodeName(row.name), "count": len(row.inputs)}, has_numbers=False)]
        return []

    def _ending(self, node: int) -> Iterator[Explanation]:
        """What is said of inputs to which no gradient goes, as they are constants, or held."""
        operators = self.records.here.graph.operators
        for index, x in enumerate(self.program.inputs[node]):
            if not self.program.passes_back(node, index):
                continue
            kinds = {kind_of_end(operators[one]) for one in self.records.elements[x]}
            if len(kinds) == 1 and (kind := kinds.pop()):
                yield Explanation(kind, {"to": NodeName(self.trace.names[x], self.trace.quantity(x).is_literal)})

    def _sentence(self, row: ArrayRow, node: int, index: int, one: Passed) -> Explanation:
        inputs, names, shapes = self.program.inputs[node], self.trace.names, self.records.shapes
        operator, others = self.records.arrays.operator(node), [x for place, x in enumerate(inputs) if place != index]
        facts: dict[str, Fact] = {
            "node": Node(operator),
            "to": NodeName(one.end),
            "incoming": Pieces((Derivative(self.trace.output, names[node]),)),
            "formula": Pieces(one.formula),
            "local": Pieces((Derivative(names[node], names[inputs[index]]),)),
        }
        if others:
            facts["other"] = NodeName(names[others[0]], self.trace.quantity(others[0]).is_literal)
        if operator is MATMUL and shapes[node]:
            return Explanation("matmul-right" if index else "matmul-left", facts)
        if isinstance(operator, ArrayOperator):
            if operator.reduces:
                facts["count"] = size_of(shapes[inputs[0]]) // size_of(shapes[node])
            other = "array-passes" if operator.view else "array"
            return Explanation(operator.rule if len(shapes[inputs[0]]) in operator.ruled else other, facts)
        if shapes[inputs[index]] != shapes[node]:
            return Explanation("array-summed", facts)
        if row.open:
            return Explanation("array-gate", facts | {"open": row.open[0], "count": row.open[1]})
        return Explanation(self._each(node, index), facts)

    def _each(self, node: int, index: int) -> str:
        """The kind of the rule of an operation element by element."""
        operator = self.program.operators[node]
        kind, by = passing_rules.rule_of(operator, index) if not operator.branches else ("", -1)
        if kind == OTHER:
            return "array-each" if self.records.shapes[self.program.inputs[node][by]] else "array-other"
        return {PASSES: "array-passes", SIGN: "array-sign"}.get(kind, "array-slopes")
