"""Traces, in size."""

import pytest

from tests.trace.test_trace import writes_in_passing


@pytest.mark.parametrize(
    ("form", "few", "many"),
    [("table", 2000, 2600), ("latex", 400, 800), ("csv", 400, 800)],
)
def test_a_trace_streams_out(form: str, few: int, many: int) -> None:
    """Rows are written when they are made, and forgotten. Rich fills a cache of its own first."""
    assert writes_in_passing(form, few, many)
