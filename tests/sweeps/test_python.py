"""Exported Python, for all worked and random examples."""

import pytest

from tests.helpers.examples import ALL
from tests.helpers.exported import check_function
from tests.helpers.random_expressions import Example


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_it_agrees(example: Example) -> None:
    """Value and gradient."""
    check_function(example)
