"""How the operations on whole arrays pass an adjoint back: formulas over arrays, from the textbook.

Each rule takes a `Step` and returns what its inputs get, in their order. Formulas of layers are those of the
matrix-derivative tables, as in Petersen and Pedersen, The Matrix Cookbook (2012), sections 2.4 to 2.5.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gradcli.arrays import shapes as rules
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators.arrays import MATMUL, ArrayOperator
from gradcli.operators.table import DIV, EQ, FUNCTIONS, MUL, OPERATORS, SUB, WHERE
from gradcli.symbolic.arrays.builder import ArrayBuilder
from gradcli.symbolic.arrays.spreading import outer, product
from gradcli.symbolic.arrays.views import SOFTMAX

EXP, ABS = FUNCTIONS["exp"], OPERATORS["abs"]


class Step(NamedTuple):
    """An operation on arrays in the backward pass: its inputs and its result as nodes of a builder, the shapes of these
    arrays, and the adjoint of the result.
    """

    builder: ArrayBuilder
    operator: ArrayOperator
    inputs: Sequence[int]
    shapes: Sequence[Shape]
    out: int
    whole: Shape
    adjoint: int


def passed_back(step: Step) -> list[int]:
    """What each input gets."""
    return RULES[step.operator.name](step)


def _matmul(step: Step) -> list[int]:
    builder, (x, y), (left, right), g = step.builder, step.inputs, step.shapes, step.adjoint
    x, y = _as_column(builder, x), _as_column(builder, y)
    if len(left) == len(right) == 1:
        return [builder.multiplied(g, y), builder.multiplied(g, x)]
    if len(left) == 1:
        return [product(builder, y, right, g, step.whole), outer(builder, x, g)]
    turned = builder.transposed(x, left)
    if len(right) == 1:
        return [outer(builder, g, y), product(builder, turned, left[::-1], g, step.whole)]
    return [
        product(builder, g, step.whole, builder.transposed(y, right), right[::-1]),
        product(builder, turned, left[::-1], g, step.whole),
    ]


def _as_column(builder: ArrayBuilder, node: int) -> int:
    """A vector times a matrix, as textbooks have a gradient: x@A as A.T@x."""
    sides = builder.opened(node, MATMUL)
    if not sides or len(builder.shapes[sides[0]]) > 1:
        return node
    x, matrix = sides
    whole = builder.shapes[matrix]
    return product(builder, builder.transposed(matrix, whole), whole[::-1], x, builder.shapes[x])


def _dot(step: Step) -> list[int]:
    return [step.builder.multiplied(step.adjoint, _as_column(step.builder, x)) for x in step.inputs[::-1]]


def _outer(step: Step) -> list[int]:
    builder, (x, y), (left, right), g = step.builder, step.inputs, step.shapes, step.adjoint
    turned = builder.transposed(g, step.whole)
    return [product(builder, g, step.whole, y, right), product(builder, turned, step.whole[::-1], x, left)]


def _transpose(step: Step) -> list[int]:
    return [step.builder.transposed(step.adjoint, step.whole)]


def _column(step: Step) -> list[int]:
    builder = step.builder
    node = builder.plain(step.adjoint, step.whole)
    return [builder.vector(node) if len(builder.shapes[node]) == rules.MOST_AXES else node]


def _literal(step: Step) -> list[int]:
    builder, g = step.builder, step.adjoint
    g = builder.plain(g, step.whole)
    if len(builder.shapes[g]) < len(step.whole):  # equal elements, or rows
        return [g] * len(step.inputs)
    found = [builder.index(g, (place,)) for place in range(len(step.inputs))]
    return [builder.alone(x) if builder.shapes[x] == (1,) else x for x in found]


def _trace(step: Step) -> list[int]:
    return [step.builder.multiplied(step.adjoint, step.builder.identity(step.shapes[0][0]))]


def _softmax(step: Step) -> list[int]:
    """y·(g − Σ y·g) along the last axis: 0 for what is equal along it."""
    builder, y, g, whole = step.builder, step.out, step.adjoint, step.whole
    if not builder.extents(g, whole)[-1]:
        return [builder.constant(0.0)]
    number, g = builder.scaled(g)
    weighted = builder.multiplied(y, g)
    if len(whole) == 1:
        shared = builder.total(weighted, whole)
    else:
        shared = builder.column(builder.summed(weighted, whole, 1))
    return [builder.multiplied(number, builder.multiplied(y, builder.make(SUB, (g, shared))))]


# Reductions


def _shown(step: Step, node: int) -> int:
    """What a reduction gave, or its adjoint, beside the elements that it was made of."""
    operator, shape = step.operator, step.shapes[0]
    is_column = operator.axis is not None and len(shape) == rules.MOST_AXES and operator.axis % len(shape) == 1
    return step.builder.column(node) if is_column else node


def _count(step: Step) -> int:
    """How many elements are reduced to one."""
    return size_of(step.shapes[0]) // size_of(step.whole)


def _sum(step: Step) -> list[int]:
    return [_shown(step, step.adjoint)]


def _mean(step: Step) -> list[int]:
    builder = step.builder
    return [builder.make(DIV, (_shown(step, step.adjoint), builder.constant(float(_count(step)))))]


def _extreme(step: Step) -> list[int]:
    builder, (x,) = step.builder, step.inputs
    is_taken = builder.make(EQ, (x, _shown(step, step.out)))
    return [builder.make(WHERE, (is_taken, _shown(step, step.adjoint), builder.constant(0.0)))]


def _logsumexp(step: Step) -> list[int]:
    builder, (x,), (shape,) = step.builder, step.inputs, step.shapes
    if len(shape) == 1 or (step.operator.axis is not None and step.operator.axis % len(shape) == 1):
        shares = builder.keep(SOFTMAX, (x,))
    elif step.operator.axis is not None:
        shares = builder.turned(builder.keep(SOFTMAX, (builder.turned(x),)))
    else:
        shares = builder.make(EXP, (builder.make(SUB, (x, step.out)),))
    return [builder.multiplied(_shown(step, step.adjoint), shares)]


def _norm(step: Step) -> list[int]:
    builder, (x,) = step.builder, step.inputs
    if _count(step) == 1:
        slope = builder.rule(ABS.formulas[0], {"x": x})
    else:
        slope = builder.make(DIV, (x, _shown(step, step.out)))
    return [builder.make(MUL, (_shown(step, step.adjoint), slope))]


RULES: Mapping[str, Callable[[Step], list[int]]] = {
    "matmul": _matmul,
    "dot": _dot,
    "outer": _outer,
    "transpose": _transpose,
    "column": _column,
    "row": _column,
    "literal": _literal,
    "trace": _trace,
    "softmax": _softmax,
    "sum": _sum,
    "mean": _mean,
    "max": _extreme,
    "min": _extreme,
    "logsumexp": _logsumexp,
    "norm": _norm,
}
