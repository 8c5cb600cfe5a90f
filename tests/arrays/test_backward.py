"""What goes back through each operation on whole arrays: the formulas of its row, for inputs of every shape."""

from math import isclose
from typing import Any

import pytest

from gradcli.arrays.backward import COUNT, INCOMING, RESULT, UNIT, Passing
from gradcli.arrays.lowering import lowered_elements
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape, flattened, shaped
from gradcli.language.format import format_graph, operation_text
from gradcli.language.parser import parse
from gradcli.operators.arrays import ArrayOperator, along, array_operations
from tests.helpers.array_formulas import slopes, somewhere, value_of

VECTOR, MATRIX, SQUARE = (3,), (2, 3), (2, 2)
SHAPES: dict[str, list[tuple[Shape, ...]]] = {
    "matmul": [(VECTOR, VECTOR), (MATRIX, VECTOR), (VECTOR, (3, 2)), (MATRIX, (3, 4))],
    "dot": [(VECTOR, VECTOR)],
    "outer": [(VECTOR, (2,))],
    "literal": [((), ()), (VECTOR, VECTOR)],
    "column": [(VECTOR,)],
    "row": [(VECTOR,)],
    "trace": [(SQUARE,)],
}
AXES = [(0, VECTOR), (0, MATRIX), (1, MATRIX), (-1, MATRIX), (1, (3, 1)), (0, (1, 3)), (1, (1, 3))]
ROWS = [row for row in array_operations() if row.backward]
CASES = [(row, shapes) for row in ROWS for shapes in SHAPES.get(row.name, [(VECTOR,), (MATRIX,), ((1,),)])]
CASES += [(along(row.name, axis), (shape,)) for row in ROWS if row.reduces for axis, shape in AXES]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("row", "shapes"), CASES, ids=lambda one: getattr(one, "name", str(one)))
def test_formulas_are_the_gradient(row: ArrayOperator, shapes: tuple[Shape, ...]) -> None:
    """Those that people read and those for machines, of an incoming gradient that is any array."""
    names = ["x", "y"][: len(shapes)]
    at = somewhere(dict(zip(names, shapes, strict=True)))
    text = operation_text(row, names)
    whole = shape_of_result(text, dict(zip(names, shapes, strict=True)))
    weights = somewhere({"w": whole}, seed=1)
    for place, name in enumerate(names):
        passing = Passing(row, shapes, whole, place)
        beside = passing.letters[INCOMING]
        letters: dict[str, Any] = at | {
            INCOMING: shaped(flattened(weights["w"]) if whole else [weights["w"]], beside),
            RESULT: shaped(value_of(text, at, whole), beside),
            COUNT: passing.terms,
            UNIT: [[1, 0], [0, 1]],
        }
        right = slopes(f"sum([w * ({text})])" if not whole else f"sum(w * ({text}))", at | weights, name)
        for formula in (passing.formula, passing.stable):
            found = value_of(*written(formula, letters), shapes[place])
            assert all(map(lambda one, other: isclose(one, other, rel_tol=1e-12), found, right))


def test_every_operation_has_formulas() -> None:
    """One for each input; of a part no formula says where it is."""
    assert [row.name for row in array_operations() if not row.backward] == ["index"]
    for row in ROWS:
        assert {len(case.formulas) for case in row.backward} == {len(row.parameters)}
        assert not any(case.stable and len(case.stable) != len(case.formulas) for case in row.backward)


def shape_of_result(text: str, shapes: dict[str, Shape]) -> Shape:
    """The shape of an operation on arrays."""
    arrays = lowered_elements(parse(text), shapes).arrays
    assert arrays is not None
    return arrays.shapes[arrays.program.output]


def written(formula: Graph, letters: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A formula as a text, and the values of its letters."""
    return format_graph(formula, inline=True), {letter: letters[letter] for letter in formula.variables}
