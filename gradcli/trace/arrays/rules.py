"""What operations over arrays pass back, as formulas over arrays: Xᵀ·∂L/∂Y for a matrix product; and the numbers of
their factors.
"""

from gradcli.arrays.elements import spread
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators import passing_rules
from gradcli.operators.arrays import ArrayOperator
from gradcli.operators.passing_rules import OTHER, PASSES, SIGN
from gradcli.trace.arrays.records import Records
from gradcli.trace.arrays.rows import DOT, EACH, TIMES, ArrayValues, Derivative, Factors, Formula, Symbol
from gradcli.trace.arrays.table import TableRule

Rule = tuple[Formula, Factors]


class Rules:
    """The rules of the operations of a program."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.program = records.program

    def of(self, node: int, index: int) -> Rule:
        """What an operation passes back to one of its inputs."""
        operator = self.records.arrays.operator(node)
        if not isinstance(operator, ArrayOperator):
            return self._elementwise(node, index)
        if operator.positions:
            return (self.records.incoming(node),), ()
        rule = TableRule(self.records, node, index)
        return rule.formula(), rule.factors() if self.records.has_numbers else ()

    def _elementwise(self, node: int, index: int) -> Rule:
        """The product with the local derivative, which is summed over what broadcasting has repeated."""
        records, operator, inputs = self.records, self.program.operators[node], self.program.inputs[node]
        x, shape = inputs[index], records.shapes[node]
        kind, by = passing_rules.rule_of(operator, index) if not operator.branches else ("", -1)
        formula: Formula = (records.incoming(node),)
        factors: Factors = ()
        if kind == OTHER and not records.shapes[inputs[by]]:
            formula = (*formula, DOT, Symbol(records.names[inputs[by]]))
            factors = self._factors(node, TIMES, inputs[by])
        elif kind == OTHER:
            formula = (*formula, f" {EACH} ", Symbol(records.names[inputs[by]]))
            factors = self._factors(node, EACH, inputs[by])
        elif kind not in (PASSES, SIGN):
            formula = (*formula, f" {EACH} ", Derivative(records.names[node], records.names[x]))
            if records.has_numbers:
                factors = (records.adjoint(node), EACH, ArrayValues(records.slopes(node, index), shape))
        if records.shapes[x] != shape:
            formula, factors = _summed(formula, records.shapes[x], shape), ()
        return (("-", *formula) if kind == SIGN else formula), factors

    def _factors(self, node: int, sign: str, by: int) -> Factors:
        """The incoming gradient and another input, as broadcasting has it beside an array."""
        records, shape = self.records, self.records.shapes[node]
        if not records.has_numbers:
            return ()
        other = records.value(by)
        if other.shape:
            other = ArrayValues(spread(other.values, other.shape, shape), shape)
        return records.adjoint(node), sign, other


def _summed(formula: Formula, own: Shape, shape: Shape) -> Formula:
    """A formula of a shape as it comes back to an array that broadcasting has spread to it."""
    if size_of(own) == 1 or len(shape) == 1:
        return ("sum(", *formula, ")")
    axis = 1 if len(own) > 1 and own[1] == 1 else 0
    begin = "" if len(own) == 1 else ("row(", "column(")[axis]
    return (f"{begin}sum(", *formula, f", axis={axis})" + ")" * bool(begin))
