"""What goes back through an operation on whole arrays: the formula of its row for inputs of certain shapes."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gradcli.arrays.shapes import own_axis
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, Shape, size_of
from gradcli.language.parser import parse_rule
from gradcli.operators.arrays import ArrayOperator, Backward

INCOMING, RESULT, COUNT, UNIT = "G", "out", "n", "I"  # what the letters of formulas stand for besides parameters


class Passing(NamedTuple):
    """How an operation passes a gradient back: to the input at a place, of those of these shapes, from a result of the
    shape `whole`. Of any number of inputs the shape of the first will do.
    """

    operator: ArrayOperator
    shapes: Sequence[Shape]
    whole: Shape
    place: int = 0

    @property
    def formula(self) -> Graph:
        """As people read it."""
        return _parsed(formula_of(self.operator, self._case.formulas, self.place))

    @property
    def stable(self) -> Graph:
        """As doubles compute it best."""
        case = self._case
        return _parsed(formula_of(self.operator, case.stable or case.formulas, self.place))

    @property
    def _case(self) -> Backward:
        return next(case for case in self.operator.backward if self._is_for(case))

    def _is_for(self, case: Backward) -> bool:
        return (
            (not case.ranks or case.ranks == tuple(map(len, self.shapes)))
            and case.axis in (None, self.axis)
            and case.terms in (None, self.terms)
        )

    @property
    def axis(self) -> int | None:
        """The axis of a matrix that a reduction goes along."""
        return own_axis(self.operator.axis, self.shapes[0])

    @property
    def is_by_rows(self) -> bool:
        """Whether a row is made one element: beside it stands what belongs to that as a column."""
        return self.operator.reduces is not None and self.axis == 1

    @property
    def terms(self) -> int:
        """How many elements one of the result is made of."""
        return size_of(self.shapes[0]) // size_of(self.whole)

    @property
    def letters(self) -> Mapping[str, Shape]:
        """The shapes of the letters."""
        beside = (*self.whole, 1) if self.is_by_rows else self.whole
        known = {INCOMING: beside, RESULT: beside, COUNT: (), UNIT: self.shapes[0]}
        return known | dict(zip(self.operator.parameters, self.shapes, strict=False))


def passing_of(arrays: Arrays, node: int, place: int) -> Passing:
    """How an operation on whole arrays of a program does."""
    row = arrays.operator(node)
    assert isinstance(row, ArrayOperator)
    inputs = arrays.program.inputs[node][: len(row.parameters)]
    return Passing(row, [arrays.shapes[x] for x in inputs], arrays.shapes[node], place)


def formula_of(operator: ArrayOperator, formulas: Sequence[str], place: int) -> str:
    """What goes back to an input."""
    return formulas[0].format(place=place) if operator.variadic else formulas[place]


@cache
def _parsed(text: str) -> Graph:
    return parse_rule(text)
