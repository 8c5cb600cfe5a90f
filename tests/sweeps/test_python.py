"""Exported Python, for all worked and random examples, and at all points where derivatives go wrong."""

import pytest

from tests.helpers.examples import mixed
from tests.helpers.exported import check_function, check_results
from tests.helpers.points import Case, cases_for
from tests.helpers.random_expressions import Example

ALL = mixed()


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_it_agrees(example: Example) -> None:
    """Value and gradient."""
    check_function(example)


@pytest.mark.parametrize("case", cases_for("python"), ids=lambda case: case.text)
def test_it_has_a_number_wherever_gradcli_has(case: Case) -> None:
    """The same, and nothing raises."""
    check_results(case.text, case.results)
