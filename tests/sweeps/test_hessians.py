"""The Hessians of all 500 random expressions against differences at 100 digits."""

import pytest

from tests.helpers.derivatives import check_hessian
from tests.helpers.examples import ALL
from tests.helpers.random_expressions import Example


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_the_hessian_is_that_of_finite_differences(example: Example) -> None:
    """All second derivatives."""
    check_hessian(example)
