"""Graphs under construction for loops in C: one for several rows at once, one for the rows that these leave."""

from gradcli.batch.compiled.vectors import CALLS, MOST_TURNED
from gradcli.batch.tape.builders import Lowering
from gradcli.batch.tape.program import PRODUCTS
from gradcli.batch.tape.spelling import ByRow
from gradcli.export.backends.c import LANGUAGE
from gradcli.operators.records import Operator
from gradcli.operators.table import MUL, POW

# C's are less exact than those of the operator table, which are called in their place.
_LESS_EXACT = ("gamma", "lgamma")
_NEAR = f"abs(x) <= {MOST_TURNED!r}"


def is_spelled(operator: Operator) -> bool:
    """Whether C has an operator, exact enough."""
    return operator.name not in _LESS_EXACT and LANGUAGE.spells(operator)


class OneByOne(Lowering):
    """Operators as C has them."""

    def is_spelled(self, operator: Operator) -> bool:
        """Whether an operator stays what it is, though it has a definition."""
        return is_spelled(operator)

    def make(self, operator: Operator, inputs: tuple[int, ...], depth: int = 0) -> int:
        """An operation, or what its definition says."""
        exponent = self.values.get(inputs[1]) if operator is POW else None
        if exponent not in range(2, PRODUCTS + 1):
            return super().make(operator, inputs, depth)
        square = self.keep(MUL, (inputs[0], inputs[0]))
        return square if exponent == 2 else self.keep(MUL, (square, inputs[0] if exponent == 3 else square))

    take = make


class Several(OneByOne):
    """The same without what would be computed for one row alone: `apart` says where."""

    def make(self, operator: Operator, inputs: tuple[int, ...], depth: int = 0) -> int:
        """An operation, or what its definition says."""
        if isinstance(operator.function, ByRow):
            return self.keep(operator, inputs)
        if operator.name in CALLS and operator.name != "exp":
            self.apart.append(self.condition(f"not ({_NEAR})", {"x": inputs[0]}))
        return super().make(operator, inputs, depth)

    take = make

    def keep(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """An operation as it is."""
        if isinstance(operator.function, ByRow):
            condition, near, *_ = inputs
            self.apart.append(condition)
            return near
        return super().keep(operator, inputs)
