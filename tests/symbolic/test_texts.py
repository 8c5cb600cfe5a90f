"""Derivatives for programs: each a program of its own, or in terms of steps where these would repeat themselves."""

import json
from collections.abc import Callable

import pytest

from gradcli.api import gradient
from gradcli.symbolic import texts
from tests.helpers.derivatives import formulary, leaves
from tests.helpers.running import run
from tests.helpers.shapes import FAMILIES, names


def product(count: int) -> str:
    """Of so many variables."""
    return "*".join(names(count))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps at every size."""
    monkeypatch.setattr(texts, "MAX_ALONE", 0)
    monkeypatch.setattr(texts, "TIMES_SHARED", 0)


@pytest.mark.sampled(3)
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("make", FAMILIES.values(), ids=FAMILIES.keys())
def test_steps_and_a_formula_are_a_program_with_its_number(make: Callable[[int], str]) -> None:
    """In the order in which they stand, for the gradient and the Hessian."""
    text = make(4)
    at = {name: 0.3 + 0.1 * place for place, name in enumerate(formulary(text).derivatives.targets)}
    facts = formulary(text, 2, **at).as_dict()
    steps = "".join(f"{name} = {expression}; " for name, expression in facts.get("steps", {}).items())
    for order in ("gradient", "hessian"):
        numbers = dict(leaves(facts[f"{order}_at"]))
        for key, formula in leaves(facts[order]):
            assert gradient(steps + formula, at, []).value == pytest.approx(numbers[key], rel=1e-9, abs=1e-12)


def test_formulas_stand_alone_below_a_length() -> None:
    """Of 100,000 characters together."""
    for count, are_alone in ((100, True), (200, False)):
        facts = formulary(product(count)).as_dict()
        assert ("steps" not in facts) == are_alone == (max(map(len, facts["gradient"].values())) > 300)


@pytest.mark.usefixtures("shared")
def test_a_text_is_linear_in_the_number_of_factors() -> None:
    """Formulas that stand alone are quadratic."""
    first, second, third = (len(json.dumps(formulary(product(count)).as_dict())) for count in (30, 60, 90))
    assert third - second <= 1.05 * (second - first)


def test_what_shares_little_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is."""
    monkeypatch.setattr(texts, "MAX_ALONE", 0)
    assert "steps" not in formulary(FAMILIES["products of neighbours"](50), 2).as_dict()
    assert "steps" in formulary(product(40)).as_dict()


@pytest.mark.usefixtures("shared")
def test_a_step_has_no_name_of_the_expression() -> None:
    """Neither that of a variable nor that of a step that no derivative needs."""
    facts = formulary("n1 = a + n2; exp(a*b*c)*d + 3*n1").as_dict()
    assert {"n3": "exp(a*b*c)"} == facts["steps"]
    assert {"a": "b*c*d*n3 + 3", "n2": "3", "b": "a*c*d*n3", "c": "a*b*d*n3", "d": "n3"} == facts["gradient"]


@pytest.mark.usefixtures("shared")
def test_csv_has_the_steps_as_rows() -> None:
    """Before the derivatives; they have no value."""
    lines = "derivative,expression\nn1,exp(a*b*c)\n∂y/∂a,b*c*n1\n∂y/∂b,a*c*n1\n∂y/∂c,a*b*n1\n"
    assert lines == run("diff", "exp(a*b*c)", "--format", "csv").out
    assert "\nn1,exp(a*b*c),\n∂y/∂a," in run("diff", "exp(a*b*c)", "--format", "csv", "--at", "a=1,b=1,c=1").out


@pytest.mark.usefixtures("shared")
def test_inline_formulas_stand_alone() -> None:
    """As was asked for."""
    assert "steps" not in json.loads(run("diff", "exp(a*b*c)", "--inline", "--json").out)
