"""Local derivatives for people: each has a value where the function has a slope, in a whole region of zeros too."""

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program


def derivative(text: str, *names: str) -> str:
    """One derivative of an expression."""
    derivatives = derive(parse(text), order=len(names))
    return format_graph(program(derivatives.graph, derivatives.root(*names)), inline=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0^x", "where(x > 0, 0, 0^x*log(0))"),
        ("relu(y)^x", "where(relu(y) == 0 and x > 0, 0, relu(y)^x*log(relu(y)))"),
        ("max(y, 0)^x", "where(max(y, 0) == 0 and x > 0, 0, max(y, 0)^x*log(max(y, 0)))"),
        ("2^x", "2^x*log(2)"),
        ("y^x", "y^x*log(y)"),
        ("max(y, 1)^x", "max(y, 1)^x*log(max(y, 1))"),
        ("x^relu(y)", "relu(y)*x^(relu(y) - 1)"),
        ("mod(floor(y), x)", "-round((floor(y) - mod(floor(y), x))/x)"),
    ],
)
def test_powers_of_zero(text: str, expected: str) -> None:
    """A branch only where the base is 0 in a whole region; one point of a variable has none."""
    assert expected == derivative(text, "x")


@pytest.mark.parametrize(
    "text",
    ["0^x", "x*0^(x*y)", "relu(-y)^x", "floor(y/9)^x", "clip(-y, 0, 1)^x", "where(y > 0, 0, 1)^x", "sign(0*y)^x"],
)
def test_derivatives_of_powers_of_zero_are_programs_with_a_value(text: str) -> None:
    """Of first and second order: the numbers of the backward pass, and 0."""
    at = {"x": 1.5, "y": 0.5}
    slope = derivative(text, "x")
    assert gradient(text, at).gradient["x"] == gradient(slope, at).value
    assert 0.0 == gradient(derivative(text, "x", "x"), at).value


def test_what_a_maximum_compares_again_has_no_slope_of_its_own() -> None:
    """It is taken where it stands first."""
    assert "where(x == max(x, x, y), 1, 0)" == derivative("max(x, x, y)", "x")
    assert "where(y == min(x, x, y) and y < x, 1, 0)" == derivative("min(x, x, y)", "y")
    assert "2*exp(x - logsumexp(x, x))" == derivative("logsumexp(x, x)", "x")
