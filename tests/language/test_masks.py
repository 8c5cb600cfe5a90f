"""Conditions where numbers belong: what is offered has the value that Python has, where a condition is 1 or 0."""

from math import sin

import pytest

from gradcli import GradcliError, gradient
from gradcli.language.parser import parse

POINTS = [{"x": x, "y": y} for x in (-1.5, 0.0, 2.0) for y in (-0.5, 3.0)]
TEXTS = [
    "(x > 0)*y", "y*(x > 0)", "(x > 0)*y*(y < 1)", "2*(x > 0)*y", "-(x > 0)*y", "+(x > 0)", "1 - (x > 0)",
    "(x > 0)*(y > 0)", "(x > 0) + (y > 0)", "((x > 0)*y + x)^2", "sin(x > 0)", "max(x > 0, y)", "(x > 0)^2", "x > 0",
    "(x > 0 and y > 0)*y", "(not x > 0)*y", "(x > 0 or y > 0)*x", "y*(1 - (x > 0))", "y/(1 + (x > 0))", "x == y",
    "(x > 0)*((y > 0)*x + y)", "((x > 0) - (x < 0))*x", "where(x > 0, x > 1, 2)", "abs(x)*(y >= 3)*(x != 0)",
]  # fmt: skip


def offered(text: str) -> str | None:
    """What is offered for a text that has a condition as a number."""
    with pytest.raises(GradcliError) as caught:
        parse(text)
    assert caught.value.code == "condition-as-number"
    return caught.value.facts.get("write")


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_offered_has_the_value(text: str) -> None:
    """Everywhere, and only what it takes of each point."""
    write = offered(text)
    assert write is not None
    code = text.replace("^", "**")
    for point in POINTS:
        at = {name: value for name, value in point.items() if name in parse(write).variables}
        true = eval(code, {"sin": sin, "where": lambda c, a, b: a if c else b}, point)
        assert gradient(write, at).value == true


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(H > 0) * G", "where(H > 0, G, 0)"),
        ("G * (H > 0)", "where(H > 0, G, 0)"),
        ("X.T @ ((H > 0)*(G @ W.T))", "X.T @ where(H > 0, G @ W.T, 0)"),
        ("X.T @ (H > 0)", "X.T @ where(H > 0, 1, 0)"),
        ("sum(H > 0)/2", "sum(where(H > 0, 1, 0))/2"),
        ("sum([x > 0, y], axis=0)", "sum([where(x > 0, 1, 0), y], axis=0)"),
        ("m = H > 0; sum(m*G)", "m = where(H > 0, 1, 0); sum(m*G)"),
        ("f(x) = (x > 0)*x; f(a) + 1", "f(x) = where(x > 0, x, 0); f(a) + 1"),
        ("f(x) = x^2\n(a > 0)*f(a)", "where(a > 0, f(a), 0)"),
        ("(H > 0)*G  # through the ReLU", "where(H > 0, G, 0)"),
    ],
)
def test_lines_that_are_offered(text: str, written: str) -> None:
    """The line with the condition, with its calls of definitions as they are."""
    assert offered(text) == written


@pytest.mark.parametrize("text", ["(x < y) < 1", "s = x > 0; where(s, 1, 2)", "(x > 0)*(" + "x + " * 60 + "x)"])
def test_where_nothing_is_offered(text: str) -> None:
    """A comparison of conditions, a name of one that is used as such, and what is long."""
    assert offered(text) is None
