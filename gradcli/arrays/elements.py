"""The elements of arrays in other orders: repeated, in groups, transposed, a part of them."""

from collections.abc import Sequence
from itertools import product
from typing import TypeVar

from gradcli.arrays.shapes import MOST_AXES, own_axis, places
from gradcli.graph.arrays import Shape, size_of
from gradcli.operators.arrays import Position

Elements = Sequence[int]  # scalar nodes, row by row
One = TypeVar("One")


def spread(elements: Sequence[One], own: Shape, shape: Shape) -> Sequence[One]:
    """The elements repeated as broadcasting to a shape has them."""
    if own == shape:
        return elements
    if not own or size_of(own) == 1:
        return elements * size_of(shape) if isinstance(elements, tuple) else list(elements) * size_of(shape)
    rows, columns = shape
    if len(own) == 1 or own[0] == 1:
        return list(elements) * rows
    return [x for x in elements for _ in range(columns)]


def groups(shape: Shape, elements: Elements, axis: int | None) -> list[Elements]:
    """The elements that a reduction takes together."""
    axis = own_axis(axis, shape)
    if axis is None:
        return [elements]
    width = shape[1]
    if axis == 0:
        return [elements[place::width] for place in range(width)]
    return [elements[start : start + width] for start in range(0, len(elements), width)]


def transposed(shape: Shape, elements: Sequence[One]) -> Sequence[One]:
    """The elements row by row of the transpose; a vector is its own."""
    if len(shape) < MOST_AXES:
        return elements
    return [x for place in range(shape[1]) for x in elements[place :: shape[1]]]


def part(shape: Shape, elements: Elements, positions: Sequence[Position]) -> tuple[Shape, Elements]:
    """The shape and the elements of a part."""
    result, taken = places(shape, positions)
    if len(shape) == 1:
        return result, [elements[place] for place in taken[0]]
    return result, [elements[row * shape[1] + column] for row, column in product(*taken)]
