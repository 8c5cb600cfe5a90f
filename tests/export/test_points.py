"""Exported Python at the points where derivatives go wrong; the other backends are run there in tests/slow."""

import pytest

from tests.helpers.exported import check_results
from tests.helpers.points import COMPOSED, Case, cases_for

CASES = list(enumerate(cases_for("python")))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "case"), CASES, ids=[case.text for _, case in CASES])
def test_python_has_a_number_wherever_gradcli_has(number: int, case: Case) -> None:
    """At a twentieth of the points of a row, other ones for each, and at all of a composition; all in tests/sweeps."""
    check_results(case.text, case.results if case.text in COMPOSED else case.some(number % 20, 20))
