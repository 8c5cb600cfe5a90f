"""The scalar nodes that operations on whole arrays are, by the elements of these."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from gradcli.arrays.elements import Elements
from gradcli.graph import Builder
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators.arrays import MATMUL, ArrayOperator
from gradcli.operators.records import Operator
from gradcli.operators.table import DIV, MUL, OPERATORS, SUB, row_called

_EXP, _LOGSUMEXP, _SUM, _HYPOT = (OPERATORS[name] for name in ("exp", "logsumexp", "sum", "hypot"))


def reduced(builder: Builder, row: ArrayOperator, groups: Sequence[Elements]) -> Elements:
    """A reduction of each group."""
    assert row.reduces is not None, "a reduction"
    if not row.averages:
        return [_of_many(builder, row.reduces, group) for group in groups]
    length = builder.constant(float(len(groups[0])))
    return [builder.append(DIV, (_of_many(builder, row.reduces, group), length)) for group in groups]


def _of_many(builder: Builder, operator: Operator, group: Elements) -> int:
    """A variadic function of some elements; of one alone what it is of that."""
    if len(group) > 1:
        return builder.append(row_called(operator.word, len(group)) or operator, tuple(group))
    return builder.append(OPERATORS["abs"], tuple(group)) if operator is _HYPOT else group[0]


def _sum(builder: Builder, terms: Elements) -> int:
    """Their sum, which of one element is that element."""
    return builder.append(_SUM, tuple(terms)) if len(terms) > 1 else terms[0]


def _dot(builder: Builder, x: Elements, y: Elements) -> int:
    return _sum(builder, builder.extend(MUL, list(zip(x, y, strict=True))))


def matmul(builder: Builder, shapes: Sequence[Shape], arrays: Sequence[Elements]) -> Elements:
    """Rows times columns."""
    (left, right), (x, y) = shapes, arrays
    inner, width = left[-1], right[1] if len(right) > 1 else 1
    rows = [x[start : start + inner] for start in range(0, len(x), inner)]
    columns = [y[place::width] for place in range(width)]
    return [_dot(builder, row, column) for row in rows for column in columns]


def softmax(builder: Builder, shapes: Sequence[Shape], arrays: Sequence[Elements]) -> Elements:
    """Along the last axis: exp(x − logsumexp(x)), which cannot overflow."""
    append, made = builder.append, []
    width = shapes[0][-1]
    for start in range(0, len(arrays[0]), width):
        group = arrays[0][start : start + width]
        whole = append(_LOGSUMEXP, tuple(group))
        made += [append(_EXP, (append(SUB, (x, whole)),)) for x in group]
    return made


def outer(builder: Builder, _: Sequence[Shape], arrays: Sequence[Elements]) -> Elements:
    """All products."""
    return builder.extend(MUL, list(product(*arrays)))


def dot(builder: Builder, _: Sequence[Shape], arrays: Sequence[Elements]) -> Elements:
    """The sum of the products."""
    return [_dot(builder, *arrays)]


def trace(builder: Builder, shapes: Sequence[Shape], arrays: Sequence[Elements]) -> Elements:
    """The sum of the diagonal."""
    return [_sum(builder, arrays[0][:: shapes[0][1] + 1])]


FUNCTIONS: Mapping[str, Callable[[Builder, Sequence[Shape], Sequence[Elements]], Elements]] = {
    MATMUL.name: matmul,
    "softmax": softmax,
    "outer": outer,
    "dot": dot,
    "trace": trace,
}
# How many scalar nodes each makes.
SIZES: Mapping[str, Callable[[Sequence[Shape]], int]] = {
    MATMUL.name: lambda shapes: size_of(shapes[0][:-1] + shapes[1][1:]) * (shapes[0][-1] + 1),
    "softmax": lambda shapes: 2 * size_of(shapes[0]) + size_of(shapes[0][:-1]),
    "outer": lambda shapes: size_of(shapes[0]) * size_of(shapes[1]),
    "dot": lambda shapes: size_of(shapes[0]) + 1,
    "trace": lambda _: 1,
}
