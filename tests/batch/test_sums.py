"""Sums are exact and rounded once, whatever the order, the blocks and the engine's columns."""

import pickle
import random
from fractions import Fraction
from math import inf

import numpy
import pytest

from gradcli.batch.sums import ExactSum

SMALLEST, LARGEST = 5e-324, 1.7976931348623157e308
DRAWN = random.Random(14)


def drawn(count: int, least: int, most: int) -> list[float]:
    """Numbers of many sizes."""
    return [DRAWN.uniform(-1, 1) * 2.0 ** DRAWN.randint(least, most) for _ in range(count)]


COLUMNS = {
    "narrow": drawn(300, -2, 3),
    "wide": drawn(200, -1070, 1000),
    "cancelling": [x for number in drawn(100, -300, 300) for x in (number, -number)] + [SMALLEST],
    "tiny": [SMALLEST, -3 * SMALLEST, 2.2250738585072014e-308, 1e-310],
    "large": [LARGEST, LARGEST, -LARGEST, 1.0, 1e-300],
    "halfway": [1.0, 2.0**-53, 2.0**-1074],
    "zeros": [0.0, -0.0],
    "none": [],
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_sum_is_the_nearest_double(column: list[float]) -> None:
    """Of the exact sum, from lists and from arrays, in one block or more; and the mean is that of the exact mean."""
    exact = sum(map(Fraction, column), Fraction())
    in_list, in_array, in_parts = ExactSum(), ExactSum(), ExactSum()
    in_list.add(column)
    in_array.add(numpy.array(column, float))
    shuffled = DRAWN.sample(column, len(column))
    for part in (shuffled[:7], shuffled[7:]):
        other = ExactSum()
        other.add(numpy.array(part, float))
        in_parts.merge(pickle.loads(pickle.dumps(other)))
    for found in (in_list, in_array, in_parts):
        assert found.over(1) == float(exact)
        assert not column or found.over(len(column)) == float(exact / len(column))


def test_a_long_column_takes_several_blocks() -> None:
    """With what is left of each."""
    numbers = numpy.random.default_rng(0).standard_normal(20_001) * 1e10
    found = ExactSum()
    found.add(numbers)
    assert found.over(1) == float(sum(map(Fraction, numbers.tolist())))


def test_a_sum_beyond_doubles_is_infinite() -> None:
    """With its sign; the mean of the same numbers is there."""
    for sign in (1.0, -1.0):
        found = ExactSum()
        found.add([sign * LARGEST] * 3)
        assert found.over(1) == sign * inf
        assert found.over(3) == sign * LARGEST
