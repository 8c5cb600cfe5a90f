"""Lines that ask for a derivative, an integral or a sum: what is said of them, and what the offered command gives."""

import pytest

from gradcli import GradcliError
from gradcli.language.parser import parse
from tests.helpers.running import run

DERIVATIVES = [
    ("d/dx (x^2 + 3x)", "x^2 + 3*x", "x"),
    ("∂/∂x (x²y)", "x^2*y", "x"),
    ("d(x^2)/dx", "(x^2)", "x"),
    (r"\frac{d}{dx} \frac{1}{x}", "1/x", "x"),
    (r"$\frac{\partial}{\partial y} x^2 y$", "x^2*y", "y"),
    (r"\frac{\mathrm{d}}{\mathrm{d}t} \sin t", "sin(t)", "t"),
    ("D[Sin[x]*y, x]", "sin(x)*y", "x"),
    ("D[x^2, x]", "x^2", "x"),
    ("diff(x^2*y, y)", "x^2*y", "y"),
    ("sp.diff(sp.sin(x)*x, x)", "sin(x)*x", "x"),
    ("derivative of sin(x) with respect to x", "sin(x)", "x"),
    ("differentiate 3x^2 by x", "3*x^2", "x"),
    ("derivative of x^3", "x^3", None),
    ("x²をxで偏微分する", "x^2", "x"),
]


# A command in the place of the expression, and values behind it.
COMMANDS = [
    ("plot sin(x)/x", "command-inside", {"name": "plot", "write": "sin(x)/x"}),
    ("graph y = x²", "command-inside", {"name": "plot", "write": "y = x^2"}),
    ("evaluate 2x", "command-inside", {"name": "eval", "write": "2*x"}),
    ("x² at x=3", "values-behind", {"write": "x^2", "point": "x=3"}),
    ("x*y where x = 2 and y = -1/3", "values-behind", {"write": "x*y", "point": "x=2,y=-1/3"}),
    ("y = max(x, 2), x = 1", "values-behind", {"write": "y = max(x, 2)", "point": "x=1"}),
    ("2x | x=3", "values-behind", {"write": "2*x", "point": "x=3"}),
    ("y = 2*x, z = 3", "stray-comma", {"character": ","}),
    ("max(x, y=2)", "no-keyword", {"function": "max", "name": "y"}),
]


@pytest.mark.parametrize(("line", "code", "facts"), COMMANDS)
def test_a_command_in_the_expression(line: str, code: str, facts: dict[str, str]) -> None:
    """And values behind it: what to type in a shell is said, and works."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert (caught.value.code, caught.value.facts) == (code, facts)
    if code == "values-behind":
        assert run("eval", facts["write"], "--at", facts["point"]).code == 0


@pytest.mark.parametrize(("line", "write", "name"), DERIVATIVES)
def test_a_derivative_is_offered_as_a_command(line: str, write: str, name: str | None) -> None:
    """Which gives it."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert (caught.value.code, caught.value.facts.get("write"), caught.value.facts.get("name")) == (
        "derivative-of", write, name,
    )  # fmt: skip
    assert run("diff", write, *(["--wrt", name] if name else [])).code == 0


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ("2*diff(x^2, x)", "derivative-sign", "diff"),
        ("diff(x^2, x) + diff(y, x)", "derivative-sign", "diff"),
        ("jax.grad(f)(x)", "derivative-sign", "jax.grad"),
        (r"\frac{df}{dx}", "derivative-sign", r"\frac{df}{dx}"),
        (r"\nabla f", "derivative-sign", r"\nabla"),
        ("∇f", "derivative-sign", "∇"),
        ("np.diff(x)", "no-counterpart", "np.diff"),
        ("np.gradient(x)", "no-counterpart", "np.gradient"),
        ("∫x²dx", "no-integrals", "∫"),
        (r"\int_0^1 x^2 dx", "no-integrals", r"\int"),
        (r"\int\limits_0^1 x dx", "no-integrals", r"\int"),
        ("Integrate[x^2, {x, 0, 1}]", "no-integrals", "Integrate"),
        ("integrate(x^2, x)", "no-integrals", "integrate"),
        ("integrate x^2", "no-integrals", "integrate"),
        ("Sum[x^k, {k, 0, 10}]", "over-an-index", "Sum"),
        (r"\prod_i x_i", "over-an-index", r"\prod"),
        ("D[x, y]", "not-a-place", None),
    ],
)
def test_what_is_asked_for_is_named(line: str, code: str, name: str | None) -> None:
    """With what is said of it."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    error = caught.value
    assert (error.code, error.facts.get("name")) == (code, name)
    assert name is None or line[error.start : error.end] == name
