"""Passes with many digits against values and gradients that are known."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, getcontext
from pathlib import Path
from typing import Any

import pytest
from mpmath import mp, mpf  # type: ignore[import-untyped]

import gradcli
from gradcli.engine.digits import exact
from gradcli.engine.digits.exact import Exact
from gradcli.engine.digits.problem import Problem
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.operators.decimals import trigonometric
from tests.helpers import oracle
from tests.helpers.random_expressions import Example, examples

CASES = json.loads((Path(__file__).parents[2] / "data" / "lost.json").read_text(encoding="utf-8"))


def _settled(text: str, at: Mapping[str, float]) -> tuple[Exact, Decimal, dict[str, Decimal]]:
    """The exact passes, the value and the gradient."""
    graph = parse(text)
    here = evaluate(graph, at, tuple(graph.variables.values()), total=True)
    found = exact.settled(Problem.at(here))
    assert found is not None
    gradient = {}
    for name, node in graph.variables.items():
        number = found.adjoints[node]
        assert number is not None
        gradient[name] = number.middle
    return found, found.values[graph.output].middle, gradient


@pytest.mark.sampled(2)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"])
def test_numbers_that_doubles_lose(case: Mapping[str, Any]) -> None:
    """All come out right to the last digit of a double."""
    _, value, gradient = _settled(case["expression"], case["at"])
    assert float(value) == pytest.approx(case["value"], rel=3e-16, abs=0)
    assert {name: float(slope) for name, slope in gradient.items()} == pytest.approx(case["gradient"], rel=3e-16, abs=0)


def check_settled(tried: Iterable[Example]) -> None:
    """Against forward mode in mpmath."""
    with mp.workdps(80):
        for example in tried:
            _, value, gradient = _settled(example.text, example.at)
            graph = parse(example.text)
            true, _ = oracle.sweep(graph, example.at)
            assert abs(mpf(str(value)) - true) <= abs(true) * mpf("1e-19"), example
            for name in graph.variables:
                _, slope = oracle.sweep(graph, example.at, name)
                assert abs(mpf(str(gradient[name])) - slope) <= abs(slope) * mpf("1e-19"), example


def test_random_expressions() -> None:
    """More of them in tests/sweeps."""
    check_settled(examples(30))


def test_a_number_is_0_only_when_all_digits_say_so() -> None:
    """A true 0 is found, and a number 300 digits below its terms is not taken for one."""
    _, value, gradient = _settled("sin(x)^2 + cos(x)^2 - 1", {"x": 0.7})
    assert (value, gradient) == (0, {"x": 0})
    _, value, gradient = _settled("x + 1e-290*x^2 - x", {"x": 0.5})
    assert float(value) == pytest.approx(2.5e-291, rel=1e-15)
    assert float(gradient["x"]) == pytest.approx(1e-290, rel=1e-15)


def test_digits_grow_as_it_takes() -> None:
    """A few for what is well conditioned; with each cancellation more."""
    assert _settled("x*y", {"x": 0.3, "y": 0.7})[0].digits == exact.FIRST_DIGITS
    assert exact.FIRST_DIGITS < _settled("(x + 1e45) - 1e45", {"x": 0.3})[0].digits < exact.ZERO_DIGITS


def test_what_the_digits_do_not_decide_stays_as_doubles_had_it() -> None:
    """A root that is squared again is a whole number in neither arithmetic; the jump keeps the side of the doubles."""
    found, value, _ = _settled("floor(sqrt(x)^2)", {"x": 3.0})
    assert found.is_undecided
    assert value == 2  # sqrt(3)^2 is 2.9999999999999996
    found, value, gradient = _settled("max(log(exp(x)), x)*x", {"x": 0.5})
    assert found.is_undecided
    assert (value, gradient) == (Decimal("0.25"), {"x": Decimal(1)})


def test_a_gradient_of_0_stops() -> None:
    """At an infinite slope beyond it too."""
    _, value, gradient = _settled("y + 0*sqrt(x)", {"x": 0.0, "y": 1.0})
    assert (value, gradient) == (1, {"y": 1, "x": 0})


def test_the_terms_of_a_zero_are_known() -> None:
    """What a value or gradient of 0 is the sum of, so that an error can be measured against it."""
    found, _, _ = _settled("(a + b)^2 - a^2 - 2*a*b - b^2", {"a": 3e8, "b": 1.0})
    assert float(found.largest[parse("a").output]) == pytest.approx(6e8, rel=1e-8)
    found, value, _ = _settled("2*(x + y - x - y)", {"x": 0.1, "y": 0.2})
    assert value == 0
    assert max(found.terms.values()) > Decimal("0.1")


@pytest.mark.sweep
def test_large_graphs_are_computed_once() -> None:
    """With the first number of digits, however many it would take."""
    found, value, _ = _settled("x + 1e290 - 1e290" + " + 0*x" * 12_000, {"x": 0.5})
    assert found.digits == exact.FIRST_DIGITS
    assert found.values[-1].radius > 1
    assert value != Decimal("0.5")


def test_no_function_is_computed_twice_with_the_same_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sine is the slope of a cosine, and one program is looked into several times."""
    done: list[tuple[int, Decimal]] = []

    def counted(r: Decimal, sine: Callable[[Decimal], Decimal] = trigonometric._sine) -> Decimal:
        done.append((getcontext().prec, r))
        return sine(r)

    monkeypatch.setattr(trigonometric, "_sine", counted)
    assert gradcli.gradient("sin(x)^2 + cos(x)^2", {"x": 0.6180339}).gradient == {"x": 0.0}
    assert len(done) == len(set(done)) > 1
