"""Random programs over arrays beside NumPy: values, shapes and gradients."""

from random import Random

import numpy as np
import pytest

import gradcli
from tests.helpers.by_numpy import by_numpy
from tests.helpers.written_arrays import Writer


@pytest.mark.parametrize("seed", range(150))
def test_programs_over_arrays(seed: int) -> None:
    """Relative to the largest slope; an element that is in no text has none."""
    program = Writer(Random(seed)).program()
    value, gradient = by_numpy(program)
    found = gradcli.gradient(program.text, program.at)
    largest = max([1.0, *(float(np.max(np.abs(slopes))) for slopes in gradient.values())])
    assert found.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    for name, slopes in gradient.items():
        got = np.array(found.gradient.get(name, np.zeros(slopes.shape)))
        assert got.shape == slopes.shape
        assert np.max(np.abs(got - slopes)) <= 1e-12 * largest, name
