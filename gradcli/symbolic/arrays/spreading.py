"""Products and sums of nodes that stand for larger arrays; see `builder.py`.

Each function takes nodes with the shapes of the wholes that they stand for, and returns a node for the result.
"""

from gradcli.arrays import shapes as rules
from gradcli.graph.arrays import Shape
from gradcli.symbolic.arrays.builder import ArrayBuilder


def product(builder: ArrayBuilder, x: int, left: Shape, y: int, right: Shape) -> int:
    """The matrix product. What is equal along the axis that is summed goes in front of the sum of the other."""
    number, x = builder.scaled(x)
    other, y = builder.scaled(y)
    x, y = builder.plain(x, left), builder.plain(y, right)
    (*rows, is_long), (is_high, *columns) = builder.extents(x, left), builder.extents(y, right)
    if not is_long and not is_high:
        made = builder.multiplied(builder.constant(float(left[-1])), _spread(builder, x, y, left, right))
    elif not is_long:
        made = _spread(builder, x, _over_rows(builder, y, right), left, right)
    elif not is_high:
        made = _spread(builder, _over_columns(builder, x, left), y, left, right)
    else:
        first = builder.vector(x) if len(builder.shapes[x]) > 1 and not any(rows) else x
        second = builder.vector(y) if len(builder.shapes[y]) > 1 and not any(columns) else y
        made = builder.matmul(first, second)
        if len(left) == len(right) == rules.MOST_AXES and any(rows) and not any(columns):
            made = builder.column(made)
    return builder.multiplied(number, other, made)


def _over_rows(builder: ArrayBuilder, y: int, right: Shape) -> int:
    return builder.summed(y, right, 0) if len(right) == rules.MOST_AXES else builder.total(y, right)


def _over_columns(builder: ArrayBuilder, x: int, left: Shape) -> int:
    return builder.summed(x, left, 1) if len(left) == rules.MOST_AXES else builder.total(x, left)


def _spread(builder: ArrayBuilder, x: int, y: int, left: Shape, right: Shape) -> int:
    """All products of what is left of the rows and of the columns: a vector each, a column or a number."""
    if len(left) < rules.MOST_AXES or len(right) < rules.MOST_AXES:
        return builder.multiplied(_flat(builder, x), _flat(builder, y))
    return builder.outer(_flat(builder, x), _flat(builder, y))


def _flat(builder: ArrayBuilder, node: int) -> int:
    return builder.vector(node) if len(builder.shapes[node]) == rules.MOST_AXES else node


def outer(builder: ArrayBuilder, x: int, y: int) -> int:
    """All products of two vectors, either of which a number may stand for."""
    return builder.outer(x, y)


def narrowed(builder: ArrayBuilder, node: int, whole: Shape, shape: Shape) -> int:
    """What comes back to an array of this shape, whose elements were repeated to the whole: the sum over repeats."""
    if shape == whole:
        return node
    if not any(length != 1 for length in shape):
        return builder.total(node, whole)
    padded = (1,) * (len(whole) - len(shape)) + shape
    axis = next((place for place in range(len(whole)) if padded[place] != whole[place]), None)
    if axis is None:  # a vector that is a row beside matrices
        return builder.plain(node, whole)
    found = builder.summed(node, whole, axis)
    return builder.column(found) if axis else found
