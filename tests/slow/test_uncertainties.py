"""Uncertainties against the `uncertainties` package, which propagates them to first order too."""

import pytest
from uncertainties import ufloat, umath

from gradcli import gradient
from gradcli.engine.uncertainty import spread

AT = {"a": (1.3, 0.02), "b": (0.7, 0.01), "c": (2.9, 0.3)}


@pytest.mark.parametrize(
    "text",
    ["a*b + c", "a/b - b/c", "a**b", "exp(a*b)/c", "sqrt(a**2 + b**2 + c**2)", "atan(a/b)*log(c)",
     "sin(a)*cos(b)*tanh(c)", "a*b*c*a*b*c", "hypot(a, b)*c", "log(a)/log(c)", "erf(a - b)", "(a - b)*(a + b) - c*a"],
)  # fmt: skip
def test_uncertainty_and_shares(text: str) -> None:
    """Both agree."""
    functions = {name: getattr(umath, name) for name in dir(umath) if not name.startswith("_")}
    known = {name: ufloat(*pair) for name, pair in AT.items()}
    expected = eval(text, functions | known)
    result = gradient(text, {name: value for name, (value, _) in AT.items()})
    found = spread(result, {name: sigma for name, (_, sigma) in AT.items()})
    assert found.uncertainty == pytest.approx(expected.std_dev, rel=1e-9)
    parts = {name: expected.derivatives.get(x, 0) * x.std_dev / expected.std_dev for name, x in known.items()}
    shares = {name: found.shares.get(name, 0.0) for name in parts}
    assert shares == pytest.approx({name: 100 * part**2 for name, part in parts.items()}, rel=1e-8, abs=1e-12)
