"""What a node passes on to its operands in a derivative for machines: adjoint times slope, where there is a slope.

Doubles know what formulas do not: 0 times infinity is NaN, and what stands in a branch that is not taken has no
value. The backward pass of `engine/passes.py` stops at an adjoint of 0 and never comes into such a branch. Here that is
written into the derivative: the conditions under which an adjoint is 0 go around the product, and where they are not
to be seen, the adjoint is compared with 0.
"""

from collections.abc import Sequence

from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, MUL, NEG, WHERE
from gradcli.symbolic.simplify import Simplifier

MOST_CONDITIONS = 4  # so many branches are looked into for an adjoint of 0,
MOST_PARTS = 8  # and so many terms and factors


class Passing:
    """Makes what the nodes of a graph pass on, as nodes of a builder.

    `poles` collects those of them that may be infinite although nothing comes of it, as a branch further on is not
    taken: in a language whose arithmetic raises they may not be computed just like that.
    """

    def __init__(self, builder: Simplifier, graph: Graph) -> None:
        self.builder = builder
        self.first = len(builder)  # the nodes before are those of the function
        self.always = graph.unconditional
        self.stops = bytearray(len(graph))  # whether something on the way from a node to the leaves may stop a gradient
        for node, operator in enumerate(graph.operators):
            has_branches = bool(operator.chooses or operator.ties or operator.branches or "0" in operator.formulas)
            self.stops[node] = has_branches or any(self.stops[x] for x in graph.inputs[node])
        self.poles: set[int] = set()

    def on(
        self, node: int, index: int, x: int, operator: Operator, inputs: Sequence[int], adjoint: int, local: int
    ) -> int:
        """What a node of the graph passes on to its operand x, the index-th; the rest are nodes of the builder."""
        found = self._found(node, index, x, operator, inputs, adjoint, local)
        if adjoint in self.poles and self.stops[x]:
            self._mark(found)  # what is simplified is another quotient with the same divisor
        return found

    def _mark(self, node: int) -> None:
        """Note a product that may be infinite, and the quotient or the power in it that is."""
        nodes = [node]
        for _ in range(3):
            self.poles.update(nodes)
            nodes = [x for node in nodes for x in self.builder.inputs[node] if x >= self.first]

    def _found(
        self, node: int, index: int, x: int, operator: Operator, inputs: Sequence[int], adjoint: int, local: int
    ) -> int:
        builder = self.builder
        zero = builder.constant(0.0)
        is_steep = self._is_steep(operator, index, inputs)
        if not is_steep and (self.always[node] or not builder.inputs[local]):
            return self._product(adjoint, local)
        conditions: list[tuple[int, int]] = []
        while (
            builder.operators[adjoint] is WHERE
            and zero in builder.inputs[adjoint]
            and len(conditions) < MOST_CONDITIONS
        ):
            condition, *branches = builder.inputs[adjoint]
            conditions.append((condition, branches.index(zero)))
            adjoint = branches[1 - branches.index(zero)]
        found = self._product(adjoint, local)
        if is_steep and found >= self.first:
            builder.may_be_infinite(found)
        if is_steep and self.stops[x]:
            self._mark(found)
        if is_steep or self._may_be_a_choice(adjoint):
            found = builder.rule("where(adjoint == 0, 0, product)", {"adjoint": adjoint, "product": found})
        for condition, place in reversed(conditions):
            found = builder.make(WHERE, (condition, *((zero, found) if place == 0 else (found, zero))))
        return found

    def _is_steep(self, operator: Operator, index: int, inputs: Sequence[int]) -> bool:
        """Whether the slope may be infinite: whether numbers among the inputs do not decide that it is not."""
        steep = "" if operator.variadic else operator.partials[index].steep
        if not steep:
            return False
        parameters = dict(zip(operator.parameters, inputs, strict=True))
        return self.builder.rule(f"where({steep}, 1, 0)", parameters) != self.builder.constant(0.0)

    def _may_be_a_choice(self, adjoint: int) -> bool:
        """Whether an adjoint is 0 or something, or is made of sums and products in which something is."""
        builder = self.builder
        pending = [adjoint]
        for _ in range(MOST_PARTS):
            if not pending:
                return False
            node = pending.pop()
            operator = builder.operators[node]
            if operator is WHERE:
                return True
            if node >= self.first and operator in (ADD, MUL, DIV, NEG):
                pending += builder.inputs[node]
        return True

    def _product(self, adjoint: int, local: int) -> int:
        """The adjoint times the slope; it comes first in a quotient, so that 0 stays 0 where the quotient overflows."""
        builder = self.builder
        operator, inputs = builder.operators[local], builder.inputs[local]
        if operator is NEG:
            return builder.make(operator, (self._product(adjoint, inputs[0]),))
        if operator is DIV:
            return builder.make(operator, (builder.make(MUL, (adjoint, inputs[0])), inputs[1]))
        return builder.make(MUL, (adjoint, local))
