"""The largest inputs."""

import json

import pytest

from tests.check.test_size import CLAIMS, FORMS, check_many_claims_at_kinks
from tests.helpers.running import run
from tests.test_size import DEEP, check_deep


def test_a_sum_of_a_million_terms() -> None:
    """A million terms are within the default limit on length, and the gradient is right."""
    outcome = run("eval", "-", "--at", "x=0.5", "--json", stdin=("x" + "+x" * 999_999).encode())
    found = json.loads(outcome.out)
    assert (500_000.0, {"x": 1_000_000.0}) == (found["value"], found["gradient"])


@pytest.mark.parametrize("name", DEEP)
def test_fifty_thousand(name: str) -> None:
    """Nested in one another, side by side, one after the other."""
    check_deep(name, 50_000)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("claim", CLAIMS)
def test_many_claims_at_kinks(form: str, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides are asked for up to a limit."""
    check_many_claims_at_kinks(form, claim, monkeypatch)
