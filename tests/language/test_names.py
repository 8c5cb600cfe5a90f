"""What nodes are called: as in the article."""

import pytest

from gradcli.language.names import node_names, output_name, step_names
from gradcli.language.parser import parse


def inner(text: str) -> list[str]:
    """The names of the nodes that are no leaves."""
    graph = parse(text)
    return [name for name, inputs in zip(node_names(graph), graph.inputs, strict=True) if inputs]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("s t z", "a*x + b*y"),
        ("s t y", "a*x + b*z"),
        ("s y", "relu(a*x)"),
        ("s t y", "s = a*x; t = b*z; y = s + t"),
        ("s h t y", "h = relu(w*x); h*u + b"),
        ("s t u v w p q r n1 n2 y", "abs(" * 11 + "x" + ")" * 11),
        ("t u y", "s*x + s*z"),
        ("h1", "h1 = a + b"),
        ("s t u p q r n1 n2 y", "abs(" * 8 + "w1" + ")" * 8 + "*b"),
        ("s t u p q y", "abs(" * 5 + "x2*h_12" + ")" * 5),
        ("s t u v w y", "abs(" * 5 + "x1*wide2" + ")" * 5),
    ],
)
def test_fresh_names(expected: str, text: str) -> None:
    """The output is the first free one of y z f g h out, the others s t u v w p q r n1 n2 …, in order."""
    assert expected.split() == inner(text)


def test_names_in_use_are_passed_over() -> None:
    """Also n1, and all the names for the output."""
    assert inner("s*t*u*v*w*p*q*r*n1 - n3")[:3] == ["n2", "n4", "n5"]
    assert output_name(parse("y*z*f*g*h*out")) == "out1"
    assert output_name(parse("y*z*f*g*h*out*out1")) == "out2"
    assert output_name(parse("y + z")) == "f"


def test_leaves_as_outputs() -> None:
    """A variable keeps its name; a constant is given one."""
    assert output_name(parse("x")) == "x"
    assert output_name(parse("3")) == "y"
    assert output_name(parse("s = 3")) == "s"


def test_a_constant_is_its_value() -> None:
    """A named constant keeps its name."""
    assert node_names(parse("2.50*pi")) == ["2.5", "pi", "y"]


def test_steps_of_derived_graphs() -> None:
    """Only what is used more than once and has no name gets one."""
    assert step_names(parse("s = a*x; s*s")) == {0: "a", 1: "x", 2: "s"}
