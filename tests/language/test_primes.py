"""Derivatives of functions that are called by a prime, or another name: the formula is the derivative."""

from typing import Any

import pytest

from gradcli import GradcliError, gradient
from gradcli.language import primes
from gradcli.language.notation import LONGEST
from gradcli.language.parser import parse
from gradcli.operators.table import FUNCTIONS

SINGLE = [name for name, row in FUNCTIONS.items() if row.parameters == ("x",) and row.partials and not row.variadic]


def told(line: str) -> dict[str, str]:
    """What is said of a line."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert caught.value.code == "function-derivative"
    return dict(caught.value.facts)


@pytest.mark.parametrize("name", SINGLE)
def test_the_formula_is_the_derivative(name: str) -> None:
    """Of each function of the table, with another argument than x, in a product."""
    x = 1.625 if name in ("acosh", "asec", "acsc", "acoth") else 0.625
    expected = gradient(f"{name}(x)", {"x": x}).gradient["x"]
    facts = told(f"3*{name}'(z/2) + z")
    z = 2 * x
    at = {"z": z} if "z" in parse(facts["write"]).variables else {}
    assert gradient(facts["write"], at).value == pytest.approx(3 * expected + z, rel=1e-12)
    assert told(f"{name}' + 1").keys() == {"function", "rule"}


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("σ'(z)*(a - t)", "sigmoid(z)*(1 - sigmoid(z))*(a - t)"),
        ("sigma'(z)", "sigmoid(z)*(1 - sigmoid(z))"),
        (r"\sigma^{\prime}(z)", "sigmoid(z)*(1 - sigmoid(z))"),
        ("ReLU′(H)", "where(H >= 0, 1, 0)"),
        ("relu’(H)", "where(H >= 0, 1, 0)"),
        ("drelu(H) * G", "where(H >= 0, 1, 0)*G"),
        ("relu_prime(H)", "where(H >= 0, 1, 0)"),
        ("d_sigmoid(z)", "sigmoid(z)*(1 - sigmoid(z))"),
        ("sigmoid_derivative(z)", "sigmoid(z)*(1 - sigmoid(z))"),
        ("leaky_relu'(x, 0.1)", "where(x >= 0, 1, 0.1)"),
        ("sin'(cos'(x))", "cos(-sin(x))"),
        ("X.T @ (relu'(H) * G)", "X.T @ (where(H >= 0, 1, 0)*G)"),
        ("X^T (G ⊙ σ'(Z))", "X.T @ (G*(sigmoid(Z)*(1 - sigmoid(Z))))"),
        ("X' * (relu'(H) .* G)", "X.T @ (where(H >= 0, 1, 0)*G)"),
        ("tanh'(H)*X' + relu'.(X)", "(1 - tanh(H)^2) @ X.T + where(X >= 0, 1, 0)"),
        ("(H > 0) * tanh'(H)", "where(H > 0, 1 - tanh(H)^2, 0)"),
        ("(tanh'(H) * G).sum(axis=0)", "sum((1 - tanh(H)^2)*G, axis=0)"),
        ("y = x^2\nsigmoid'(y)", "sigmoid(y)*(1 - sigmoid(y))"),
    ],
)
def test_the_line_with_the_formula(line: str, written: str) -> None:
    """In each notation."""
    assert told(line)["write"] == written


@pytest.mark.parametrize("line", ["f'(x)", "g'(x)*f(x)", "relu''(x)", "y' + y", "max'(x, y)", "X'(Y - T)", "dnorm'(x)"])
def test_what_has_no_formula(line: str) -> None:
    """A function of no table, a second derivative, a transpose."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert caught.value.code != "function-derivative"


def test_formulas_within_formulas_are_not_written_out_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its argument three times."""
    lengths, original = list[int](), primes._formula

    def formula(*arguments: Any) -> str:
        lengths.append(len(found := original(*arguments)))
        return found

    monkeypatch.setattr(primes, "_formula", formula)
    assert told("gelu'(" * 6 + "x" + ")" * 6).keys() == {"function", "rule"}
    assert max(lengths) < 5 * LONGEST


def test_a_name_of_ones_own() -> None:
    """It is a function where it is defined, and a variable where it is not called."""
    assert gradient("relu_prime(x) = x^2; relu_prime(a)", {"a": 3}).value == 9
    assert gradient("drelu * G", {"drelu": 2, "G": 3}).value == 6
