"""Traces, in size."""

import pytest

from tests.trace.test_trace import writes_in_passing


@pytest.mark.parametrize("form", ["latex", "csv", "html"])
def test_a_trace_streams_out(form: str) -> None:
    """Rows are written when they are made, and forgotten."""
    assert writes_in_passing(form, 400, 800)
