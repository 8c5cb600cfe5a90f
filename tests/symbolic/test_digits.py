"""Derivatives with as many correct digits as are asked for."""

from decimal import Decimal

import pytest
from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.engine.certified.correct import with_digits
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.digits import derivatives_with_digits
from gradcli.symbolic.programs import program


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("x^2.5*0.12345678901234567890123", lambda x: x ** mpf("2.5") * mpf("0.12345678901234567890123")),
        ("exp(0.1*0.2*x)/(x + 0.3)", lambda x: mp.exp(mpf("0.02") * x) / (x + mpf("0.3"))),
        ("(exp(x) - 1)/x", lambda x: mp.expm1(x) / x),
        ("gamma(x)*erf(x)", lambda x: mp.gamma(x) * mp.erf(x)),
        ("1e5*1e5*x^3 + 123456789*987654321*x^2", lambda x: mpf(10) ** 10 * x**3 + 123456789 * 987654321 * x**2),
    ],
)
@pytest.mark.parametrize("at", ["0.7", "1e-7"])
def test_numbers_mean_what_is_written(text: str, function: object, at: str) -> None:
    """In formulas of higher order too, and whatever cancels in them."""
    _, found = derivatives_with_digits(parse(text), {"x": at}, 25, None, 3)
    with mp.workdps(120):
        for order in (1, 2, 3):
            digits = found["x",] if order == 1 else found[("x",) * order]
            true = mp.diff(function, mpf(at), order, h=mpf("1e-40"))
            assert abs(mpf(digits.text) - true) <= mpf(10) ** (Decimal(digits.text).adjusted() - 24)


def test_a_derivative_without_a_value_is_not_known() -> None:
    """The gradient is that of the passes, which have one."""
    _, found = derivatives_with_digits(parse("x^1.5"), {"x": "0"}, 5, None, 2)
    assert (found["x",].text, found["x", "x"].text, found["x", "x"].is_known) == ("0", "", False)


@pytest.mark.parametrize("text", ["cosh(1e-8)*x", "log10(cosh(1e-8))*x", "tanh(20)*x", "(1e16 + 1)*x"])
def test_a_formula_is_what_its_digits_say(text: str) -> None:
    """Nothing is computed in it that doubles round."""
    derived = derive(parse(text))
    formula = format_graph(program(derived.graph, derived.root("x")))
    found, _ = derivatives_with_digits(parse(text), {"x": "1"}, 30, None, 1)
    assert with_digits(parse(formula), {}, 30).digits["value"] == found.digits["gradient"]["x"]
