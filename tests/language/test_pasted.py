"""Lines of other notations: what is offered for them can be parsed, and means what was meant."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli import GradcliError, gradient
from gradcli.language.parser import parse
from gradcli.language.pasted import LONGEST, rewritten
from tests.helpers.running import run

AT = {"x": 0.7, "y": -1.3, "a": 2.0, "b": 5.0, "c": 1.5, "m": 3.0, "v": 2.0, "n": 4.0, "x0": 0.2, "x1": 0.4, "w": 0.6}
AT |= {"w0": 1.5, "w1": -2.0, "alpha": 0.3, "x_1": 0.9, "A1": 3.0, "B1": 4.0, "z": 1.1, "θ": 0.5, "C1": 2.0}
X = AT["x"]
SIGMOID = 1 / (1 + math.exp(-X))
GAUSS = math.exp(-X * X / 2) / math.sqrt(math.tau)

# The line, what is to be written, and its value where that is told by other means.
LINES: list[tuple[str, str, Any]] = [
    # Python
    ("x if x > 0 else 0", "where(x > 0, x, 0)", X),
    ("1 if x > 1 else 2 if x > 0 else 3", "where(x > 1, 1, where(x > 0, 2, 3))", 2),
    ("2*(x if x > y else y)", "2*where(x > y, x, y)", 2 * X),
    ("x if c else y", "where(c != 0, x, y)", X),
    ("np.exp(x)", "exp(x)", math.exp(X)),
    ("1/(1 + np.exp(-x))", "1/(1 + exp(-x))", SIGMOID),
    ("scipy.special.expit(x)", "sigmoid(x)", SIGMOID),
    ("torch.nn.functional.softplus(x)", "softplus(x)", math.log1p(math.exp(X))),
    ("math.pi*x**2", "pi*x^2", math.pi * X * X),
    ("lambda x: x**2 + 1", "x^2 + 1", X * X + 1),
    ("np.where(x > 0, x, 0.01*x)", "where(x > 0, x, 0.01*x)", X),
    ("np.maximum(0, x)", "max(0, x)", X),
    ("np.square(x - y)/2", "(x - y)^2/2", 2.0),
    ("w[0]*x[0] + w[1]*x[1]", "w0*x0 + w1*x1", -0.5),
    ("x[0]", "x0", 0.2),
    # Arguments by name, lists, and what is said besides
    ("F.softplus(x, beta=2)", "softplus(2*x)/2", math.log1p(math.exp(2 * X)) / 2),
    ("2*F.softplus(x, beta=2, threshold=20)", "2*(softplus(2*x)/2)", math.log1p(math.exp(2 * X))),
    ("F.softplus(x, 2)", "softplus(2*x)/2", math.log1p(math.exp(2 * X)) / 2),
    ("F.softplus(input=x)", "softplus(x)", math.log1p(math.exp(X))),
    ("F.leaky_relu(y, negative_slope=0.1)", "leaky_relu(y, 0.1)", -0.13),
    (
        "F.leaky_relu(F.elu(y, alpha=2), negative_slope=0.1)",
        "leaky_relu(where(y >= 0, y, 2*expm1(y)), 0.1)",
        0.2 * math.expm1(-1.3),
    ),
    ("F.celu(y, alpha=2)", "where(y >= 0, y, 2*expm1(y/2))", 2 * math.expm1(-0.65)),
    ("F.relu(x, inplace=True)", "relu(x)", X),
    ("F.gelu(x, approximate='none')", "gelu(x)", X * (1 + math.erf(X / math.sqrt(2))) / 2),
    (
        "nn.functional.gelu(x, approximate='tanh')",
        "x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2",
        X / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (X + 0.044715 * X**3))),
    ),
    ("F.softmax([x, y], dim=0)", "exp(x - logsumexp(x, y))", 1 / (1 + math.exp(-1.3 - X))),
    ("torch.clamp(y, min=-1, max=1)", "clip(y, -1, 1)", -1),
    ("torch.clamp(y, min=0)", "max(y, 0)", 0),
    ("np.clip(x, a_min=0, a_max=0.5)", "clip(x, 0, 0.5)", 0.5),
    ("math.log(x, base=2)", "log(x, 2)", math.log2(X)),
    ("log(base=2, x=b)", "log(b, 2)", math.log2(5)),
    ("np.round(x/3, decimals=2)", "round(x/3*10^2)/10^2", 0.23),
    ("np.linalg.norm([x, y])", "hypot(x, y)", math.hypot(X, 1.3)),
    ("np.linalg.norm([x, y], ord=1)", "abs(x) + abs(y)", 2.0),
    ("np.linalg.norm([x, y], ord=np.inf)", "max(abs(x), abs(y))", 1.3),
    ("torch.sum(a*b, dim=1)", "a*b", 10.0),
    # C and JavaScript
    ("x > 0 ? x : 0", "where(x > 0, x, 0)", X),
    ("c ? x : y", "where(c != 0, x, y)", X),
    ("x > 1 ? 1 : x > 0 ? 2 : 3", "where(x > 1, 1, where(x > 0, 2, 3))", 2),
    ("pow(x, 2) + fabs(y)", "x^2 + abs(y)", X * X + 1.3),
    ("double z2 = pow(x, 2.0f);", "z2 = x^2", X * X),
    ("Math.max(0, x)*Math.PI", "max(0, x)*pi", X * math.pi),
    ("std::sqrt(a)", "sqrt(a)", math.sqrt(2)),
    ("(x > 0 && y > 0) ? 1 : 2", "where(x > 0 and y > 0, 1, 2)", 2),
    # LaTeX
    (r"\frac{1}{2}x", "1/2*x", X / 2),
    (r"\frac{1}{2} m v^2", "1/2*m*v^2", 6.0),
    (r"\frac{1}{\sqrt{2\pi}} e^{-\frac{x^{2}}{2}}", "1/sqrt(2*pi)*e^-(x^2/2)", GAUSS),
    (r"\sigma(x)", "sigmoid(x)", SIGMOID),
    (r"a \cdot b", "a*b", 10.0),
    (r"\sqrt{x}", "sqrt(x)", math.sqrt(X)),
    (r"\sqrt[3]{x}", "cbrt(x)", X ** (1 / 3)),
    (r"x^{2}", "x^2", X * X),
    (r"\ln\left(1 + e^{x}\right)", "log(1 + e^x)", math.log1p(math.exp(X))),
    (r"\alpha x_{1}", "alpha*x_1", 0.27),
    (r"\sin x \cos y", "sin(x)*cos(y)", math.sin(X) * math.cos(-1.3)),
    # Spreadsheets and calculators
    ("=SUM(A1, B1)*2", "(A1 + B1)*2", 14.0),
    ("=SUM(A1, B1, C1)", "A1 + B1 + C1", 9.0),
    ("=IF(A1>0, A1, 0)", "where(A1 > 0, A1, 0)", 3.0),
    ("=$A$1^2", "A1^2", 9.0),
    ("50%", "0.5", 0.5),
    ("a*12.5%", "a*0.125", 0.25),
    # As people write
    ("n!", "gamma(n + 1)", 24.0),
    ("n!/(a + b)!", "gamma(n + 1)/gamma(a + b + 1)", 24 / math.factorial(7)),
    ("|x|", "abs(x)", X),
    ("|x - y| + |y|", "abs(x - y) + abs(y)", 3.3),
    ("x² + y²", "x^2 + y^2", X * X + 1.69),
    ("√x", "sqrt(x)", math.sqrt(X)),
    ("√(x + 1)", "sqrt(x + 1)", math.sqrt(X + 1)),
    ("-b + √(b² - 4ac)", None, None),
    ("sin^2(x) + cos^2(x)", "sin(x)^2 + cos(x)^2", 1.0),
    ("sin^-1(x)", "asin(x)", math.asin(X)),
    ("2x + 3y", "2*x + 3*y", 2 * X - 3.9),
    ("3(x + 1)(x - 1)", "3*(x + 1)*(x - 1)", 3 * (X * X - 1)),
    ("2sin(x) + sin 2x", "2*sin(x) + sin(2*x)", 2 * math.sin(X) + math.sin(2 * X)),
    ("[a + b]*c", "(a + b)*c", 10.5),
    ("{a + [b - c]}*x", "(a + (b - c))*x", 5.5 * X),
    ("max(a、b、x)", "max(a, b, x)", 5.0),
]  # fmt: skip


@pytest.mark.parametrize(("line", "written", "value"), LINES)
def test_what_is_offered(line: str, written: str | None, value: float | None) -> None:
    """The whole line, with the value that was meant."""
    found = rewritten(line, parse)
    if written is None:  # 4ac is 4 times a name here
        assert parse(found).variables.keys() == {"b", "ac"}
        return
    assert written == found
    assert value is None or math.isclose(gradient(found, AT).value, value, rel_tol=1e-12)


@pytest.mark.parametrize("line", [line for line, *_ in LINES])
def test_the_message_offers_it(line: str) -> None:
    """Or says what is wrong at the one place that is."""
    outcome = run("eval", "--", line)
    assert (2, "") == (outcome.code, outcome.out)
    assert "write " in outcome.err


@pytest.mark.parametrize(
    "line", ["x + 1", "2*x)", "$", "x +", "a b $ %", "(" * 50, "? : ?", "if else", "\\frac{", "[[[", "||"]
)
def test_nothing_is_offered(line: str) -> None:
    """Where nothing is wrong, or too much."""
    found = rewritten(line, parse)
    assert found in ("", line)


@given(st.text("xy2sin ()[]{}|!%?:\\frac^²√.,=+-*/<>&_ifels", max_size=LONGEST + 5))
def test_what_is_offered_can_be_parsed(line: str) -> None:
    """Whatever is typed; nothing but an error of the language comes out."""
    found = rewritten(line, parse)
    if found:
        parse(found)
    try:
        parse(line)
    except GradcliError as error:
        if error.code == "other-notation":
            parse(error.facts["write"])


@pytest.mark.parametrize("text", ["-Σ p log p", "∑ p_i", r"-\sum_i p_i \log p_i", "∏ x", "∫ x dx", "2 + Σ(x) y"])
def test_what_runs_over_an_index(text: str) -> None:
    """A sign for a sum is no variable: nothing says what it runs over."""
    with pytest.raises(GradcliError) as caught:
        parse(text)
    assert caught.value.code == "over-an-index"


def test_a_letter_that_is_a_variable() -> None:
    """As such it stands between operators."""
    assert list(parse("Σ*p + Σ").variables) == ["Σ", "p"]
    with pytest.raises(GradcliError, match=r"write x\*y"):
        parse("Σ*x y")
