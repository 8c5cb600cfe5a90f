"""Graphs under construction for arrays: slopes in a form for them, and operators that are spelled or called one by one.

Where doubles lose digits of a form, as the operator table says, a number is found by the table's own function, one row
after the other: those rows are few.
"""

from collections.abc import Mapping
from functools import cache

from gradcli.batch.conditions import Conditional, Weighing
from gradcli.batch.tape.spelling import ByRow, is_spelled
from gradcli.engine.doubles import rules
from gradcli.operators.records import Operator
from gradcli.operators.table import MAX, OPERATORS, row_called
from gradcli.symbolic.slopes import weights_of

MOST_EXACT = 100  # arguments of a function that is called for single rows
_MIN, _LOG1P = OPERATORS["min"], OPERATORS["log1p"]


@cache
def _exact(operator: Operator, size: int = 0) -> Operator:
    """The function of an operator where a condition holds."""
    parameters = operator.parameters * size or operator.parameters
    return Operator(
        f"{operator.name}{size or ''}_exact", ("condition", "near", *parameters), ByRow(rules.ieee(operator))
    )


@cache
def _exact_slope(operator: Operator, index: int) -> Operator:
    """The slope of an operator where a condition holds."""
    slope = rules.slopes(operator, (index,), total=True)
    parameters = ("condition", "near", *operator.parameters, "out")
    return Operator(f"{operator.name}_slope_{index}_exact", parameters, ByRow(slope))


class RowwiseBuilder(Conditional):
    """A graph under construction, with nodes that are computed one by one where doubles in arrays lose digits."""

    def exactly(self, exact: Operator, lossy: str, near: int, letters: Mapping[str, int]) -> int:
        """A node, and in its place what a function of the letters has where a condition holds."""
        condition = self.condition(lossy, letters)
        return near if condition == self.false() else self.keep(exact, (condition, near, *letters.values()))


class Deriving(RowwiseBuilder, Weighing):
    """Slopes in the form for arrays."""

    def slope(self, operator: Operator, index: int, parameters: Mapping[str, int]) -> int:
        """The partial derivative by an argument."""
        partial = operator.partials[index]
        near = self.rule(partial.arrays or partial.for_machines, parameters)
        if not partial.lossy:
            return near
        return self.exactly(_exact_slope(operator, index), partial.lossy, near, parameters)


class Lowering(RowwiseBuilder):
    """Nodes that are spelled, or called one by one; equal ones are one. Nothing is simplified.

    `inner` are those of definitions, in which a rounding more is one of a function of the table. `apart` are
    conditions: where one holds, the row is to be computed in another way.
    """

    def __init__(self) -> None:
        super().__init__()
        self.inner: set[int] = set()
        self.apart: list[int] = []

    def is_spelled(self, operator: Operator) -> bool:
        """Whether an operator stays what it is, though it has a definition."""
        return is_spelled(operator)

    def make(self, operator: Operator, inputs: tuple[int, ...], depth: int = 0) -> int:  # noqa: ARG002
        """An operation, or what its definition says."""
        if operator.variadic:
            return self._of_many(operator, inputs)
        if self.is_spelled(operator) or not operator.definition:
            return self.keep(operator, inputs)
        letters = dict(zip(operator.parameters, inputs, strict=True))
        before = len(self)
        near = self.rule(operator.definition, letters)
        self.inner.update(range(before, len(self)))
        if not operator.lossy:
            return near
        return self.exactly(_exact(operator), operator.lossy, near, letters)

    take = make

    def _of_many(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """An operation on any number of arguments, two at a time."""
        if operator.arithmetic:
            return self._sum(operator, inputs)
        largest, smaller = inputs[0], []
        pair = MAX if operator.weight else row_called(operator.word, 2)
        assert pair, "what takes more arguments takes two"
        for x in inputs[1:]:
            if operator.weight:
                smaller.append(self.keep(_MIN, (largest, x)))
            largest = self.keep(pair, (largest, x))
        if not smaller:
            return largest
        _, total = weights_of(self, operator, smaller, largest)
        letters = {"largest": largest, "grown": self.keep(_LOG1P, (total,))}
        near = self.rule("largest + grown", letters)
        cancels = self.condition("abs(largest + grown) < 0.4 * grown", letters)
        return self.keep(_exact(operator, len(inputs)), (cancels, near, *inputs))

    def _sum(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """A sum with what its roundings lose (Knuth's two-sum), which n² units of the last place of 2^-53 times the
        sizes of the terms may be missing of: beside that the sum is to be a hundred times as large, or is exact.
        """
        whole, size = inputs[0], self.rule("abs(x)", {"x": inputs[0]})
        lost: int | None = None
        for x in inputs[1:]:
            letters = {"whole": whole, "x": x, "size": size}
            letters["more"] = self.rule("whole + x", letters)
            letters["one"] = self.rule("back = more - whole; (whole - (more - back)) + (x - back)", letters)
            lost = letters["one"] if lost is None else self.rule("lost + one", letters | {"lost": lost})
            whole, size = letters["more"], self.rule("size + abs(x)", letters)
        assert lost is not None, "a sum has two terms"
        near = self.rule("whole + lost", {"whole": whole, "lost": lost})
        letters = {"near": near, "size": size, "share": self.constant(100 * len(inputs) ** 2 * 2.0**-53)}
        cancels = self.condition("not (size * share < abs(near))", letters)
        if len(inputs) > MOST_EXACT:
            self.apart.append(cancels)
            return near
        return self.keep(_exact(operator, len(inputs)), (cancels, near, *inputs))
