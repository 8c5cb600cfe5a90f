"""The largest inputs."""

import json
from collections.abc import Callable

import pytest

from gradcli.choices import BACKENDS
from tests.check.test_size import (
    CLAIMS,
    FORMS,
    MANY,
    TEXTS,
    WRONG,
    check_many_claims,
    check_many_claims_at_kinks,
    check_one_claim,
)
from tests.export.test_size import SHAPES, check_branches, check_code, layers
from tests.helpers.running import run
from tests.helpers.shapes import FAMILIES
from tests.helpers.shapes import SHAPES as GROWING
from tests.language.test_definitions import check_chain
from tests.language.test_format import check_formatted
from tests.symbolic.test_programs import check_growth
from tests.test_size import DEEP, check_deep, check_work


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


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_code_grows_in_proportion(backend: str, shape: str) -> None:
    """Twice the terms, calls, layers or branches: about twice the text."""
    check_code(backend, shape, 20)


def test_many_branches_run() -> None:
    """Layers of exponentials in branches."""
    check_branches(layers("elu", 120))


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_linearly(name: str) -> None:
    """Through parse, both passes and the trace."""
    check_work(name, 200)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("claim", WRONG)
def test_one_claim(text: Callable[[int], str], claim: str) -> None:
    """A wrong one about a large expression."""
    check_one_claim(text, claim, 60)


@pytest.mark.parametrize("claim", MANY)
def test_many_claims(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each of many variables."""
    check_many_claims(claim, 30, monkeypatch)


@pytest.mark.parametrize("make", FAMILIES.values(), ids=FAMILIES.keys())
def test_nodes_and_text_grow_in_proportion(make: Callable[[int], str]) -> None:
    """Of derived programs."""
    check_growth(make, 15)


def test_long_chains_of_definitions() -> None:
    """Ten thousand."""
    check_chain(10_000)


def test_deep_and_long_graphs_are_formatted() -> None:
    """Ten times as deep as by default."""
    check_formatted(20_000)
