"""The largest inputs."""

import json

from tests.helpers.running import run


def test_a_sum_of_a_million_terms() -> None:
    """A million terms are within the default limit on length, and the gradient is right."""
    outcome = run("eval", "-", "--at", "x=0.5", "--json", stdin=("x" + "+x" * 999_999).encode())
    found = json.loads(outcome.out)
    assert (500_000.0, {"x": 1_000_000.0}) == (found["value"], found["gradient"])
