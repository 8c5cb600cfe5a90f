"""Derivatives of high order: short where a function has short ones, exact whatever their numbers, refused in time."""

from collections.abc import Callable
from math import isclose
from typing import Any

import mpmath
import pytest

from gradcli.errors import GradcliError
from gradcli.graph import reachable
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.digits import derivatives_with_digits, numbers_of, with_variables
from gradcli.symbolic.formulary import Formulary
from gradcli.symbolic.programs import program

FUNCTIONS: dict[str, tuple[Callable[[Any], Any], int]] = {  # and how many nodes the twentieth derivative has at most
    "tanh(x)": (mpmath.tanh, 200),
    "sqrt(1 + x^2)": (lambda x: mpmath.sqrt(1 + x**2), 200),
    "sin(x)/x": (lambda x: mpmath.sin(x) / x, 200),
    "exp(-x^2)": (lambda x: mpmath.exp(-(x**2)), 100),
    "sigmoid(x)": (lambda x: 1 / (1 + mpmath.exp(-x)), 250),
    "softplus(x)": (lambda x: mpmath.log(1 + mpmath.exp(x)), 250),
    "silu(x)": (lambda x: x / (1 + mpmath.exp(-x)), 400),
    "log(x)/x": (lambda x: mpmath.log(x) / x, 20),
    "atan(x)": (mpmath.atan, 150),
    "tan(x)": (mpmath.tan, 150),
    "x^x": (lambda x: x**x, 1200),
    "exp(sin(x))": (lambda x: mpmath.exp(mpmath.sin(x)), 700),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", list(FUNCTIONS)[::3])
def test_the_twentieth_derivative(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every third one; of the others in tests/sweeps."""
    check_twentieth(text, monkeypatch)


def check_twentieth(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, not long, and has the value that mpmath gives; with digits that were asked for, all of them."""
    function, most = FUNCTIONS[text]
    derivatives = derive(parse(text), order=20)
    if with_variables(parse(text), numbers_of(parse(text))) == parse(text):
        monkeypatch.setattr("gradcli.symbolic.digits.derive", lambda *_: derivatives)
    root = derivatives.roots[("x",) * 20]
    assert len(reachable(derivatives.graph.inputs, [root])) <= most
    with mpmath.workdps(60):
        expected = mpmath.taylor(function, mpmath.mpf("0.75"), 20)[20] * mpmath.factorial(20)
    formulary = Formulary(parse(text), derivatives)
    formulary.evaluate({"x": 0.75}, None)
    assert isclose(formulary.numbers[("x",) * 20], expected, rel_tol=1e-9)
    _, found = derivatives_with_digits(parse(text), {"x": 0.75}, 25, None, 20)
    with mpmath.workdps(40):
        assert abs(mpmath.mpf(found[("x",) * 20].text) / expected - 1) < 1e-24


def text_of(expression: str, order: int) -> str:
    """The derivative of a function of x."""
    derivatives = derive(parse(expression), order=order)
    return format_graph(program(derivatives.graph, derivatives.roots[("x",) * order]))


@pytest.mark.parametrize(
    ("expression", "order", "expected"),
    [
        ("x^y", 3, "y*(y - 1)*(y - 2)*x^(y - 3)"),
        ("atan(x)", 4, "24*x/(x^2 + 1)^3 - 48*x^3/(x^2 + 1)^4"),
        ("tan(x)", 4, "(tan(x)^2 + 1)*(24*tan(x)^3 + 16*tan(x))"),
    ],
)
def test_the_shorter_of_two_ways(expression: str, order: int, expected: str) -> None:
    """The backward pass keeps products of sums, term by term like terms meet."""
    assert expected == text_of(expression, order)


def test_branches_are_kept_apart() -> None:
    """What is multiplied by a choice goes into its branch, where alone it may be evaluated."""
    assert "where(x >= 0, 24*(1/cosh(x))^4*sinh(x)^2 - 8*(1/cosh(x))^2, 0)" in text_of("relu(x)*tanh(x)", 4)


def test_long_numbers_are_exact() -> None:
    """Those with more digits than doubles have are sums."""
    assert "*1e16 + " in text_of("sqrt(1 + x^2)", 20)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("text", ["x^x^x", "tanh(x*y)*sin(x/y)*exp(z)", "abs(x)^x*sin(y)", "sin(sin(sin(sin(x))))"])
def test_what_grows_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the highest order that works."""
    monkeypatch.setattr("gradcli.symbolic.higher.MAX_NODES", 1500)
    with pytest.raises(GradcliError) as caught:
        derive(parse(text), order=20)
    assert caught.value.code == "order-too-large"
    before = caught.value.facts["before"]
    assert before >= 3
    assert derive(parse(text), order=before).order == before
