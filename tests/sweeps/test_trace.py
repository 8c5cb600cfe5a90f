"""Traces, in size."""

import pytest

from tests.trace.test_trace import writes_in_passing


@pytest.mark.parametrize(
    ("form", "few", "many"),
    [("markdown", 400, 800), ("latex", 1600, 2000), ("csv", 400, 800), ("html", 400, 800), ("json", 400, 800)],
)
def test_a_trace_streams_out(form: str, few: int, many: int) -> None:
    """Rows are written when they are made, and forgotten; Python keeps the first 2,000 small tuples for later use."""
    assert writes_in_passing(form, few, many)
