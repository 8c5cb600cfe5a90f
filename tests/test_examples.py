"""Worked examples with known answers, from the article and the literature: tests/data/examples.json."""

import json
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.examples import EXAMPLES
from tests.helpers.running import run


def close(value: Any) -> Any:
    """To a relative 1e-12, zeros exactly."""
    return pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_examples(example: dict[str, Any]) -> None:
    """Value and gradient, to a relative 1e-12."""
    result = gradient(example["expression"], example["at"])
    assert close(example["value"]) == result.value
    assert close(example["gradient"]) == dict(result.gradient)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_examples_by_the_command(example: dict[str, Any]) -> None:
    """The same from the command line as JSON, with the point as text; the expression comes back as given."""
    at = ",".join(f"{name}={value!r}" for name, value in example["at"].items())
    outcome = run("eval", example["expression"], "--at", at, "--json")
    found = json.loads(outcome.out)
    assert (0, "") == (outcome.code, outcome.err)
    assert example["expression"] == found["expression"]
    assert example["at"] == found["at"]
    assert close(example["value"]) == found["value"]
    assert close(example["gradient"]) == found["gradient"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_examples_go_round(example: dict[str, Any]) -> None:
    """The formatter's text of each example is the same graph."""
    graph = parse(example["expression"])
    assert graph == parse(format_graph(graph))


def test_all_examples_are_here() -> None:
    """Each once."""
    assert len(EXAMPLES) == len({example["id"] for example in EXAMPLES}) == 21
