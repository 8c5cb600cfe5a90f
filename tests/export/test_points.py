"""Exported Python at the points where derivatives go wrong; the other targets are run there in tests/slow."""

import math

import pytest

from tests.helpers.exported import function
from tests.helpers.points import Case, cases_for


@pytest.mark.parametrize("case", cases_for("python"), ids=lambda case: case.text)
def test_python_has_a_number_wherever_gradcli_has(case: Case) -> None:
    """The same to 1e-11, in tails too, and nothing raises."""
    run = function(case.text)
    for result in case.results:
        value, slopes = run(*result.at.values())
        assert math.isclose(result.value, value, rel_tol=1e-11, abs_tol=1e-300), result.at
        for name, slope in result.gradient.items():
            assert math.isclose(slope, slopes[name], rel_tol=1e-11, abs_tol=1e-300), (name, result.at)
