"""What is known inside a branch: a choice that is made already is not made again."""

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program


def derivative(text: str) -> str:
    """∂/∂x as a program."""
    derivatives = derive(parse(text))
    return format_graph(program(derivatives.graph, derivatives.root("x")), inline=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where(x > 0, where(x > 0, x^2, x), 3*x)", "where(x > 0, 2*x, 3)"),
        ("where(x > 0, 3*x, where(x > 0, x^2, sin(x)))", "where(x > 0, 3, cos(x))"),
        ("where(a > 0, x*where(b > 0, x*where(a > 0, x, 1), 2), 0)", "where(a > 0, where(b > 0, 3*x^2, 2), 0)"),
        ("where(a > 0, x*where(b > 0, x, 1), 0)", "where(a > 0, where(b > 0, 2*x, 1), 0)"),
    ],
)
def test_a_choice_is_made_once(text: str, expected: str) -> None:
    """In either branch, and under another choice."""
    assert expected == derivative(text)


@pytest.mark.parametrize("a", [-1.0, 1.0])
@pytest.mark.parametrize("b", [-1.0, 1.0])
def test_a_part_that_is_used_elsewhere_keeps_its_choice(a: float, b: float) -> None:
    """Only what stands inside the branch is decided."""
    text = "s = where(a > 0, x^2, x); where(a > 0, s, b*s) + s*where(b > 0, s, 1)"
    at = {"a": a, "b": b, "x": 1.5}
    assert pytest.approx(gradient(text, at).gradient["x"]) == gradient(derivative(text), at).value


def test_many_nested_choices_are_decided_in_bounded_time() -> None:
    """Some hundred; more than a thousand in tests/sweeps."""
    check_nested(400)


def check_nested(count: int) -> None:
    """Only the innermost few are remembered."""
    text = "".join(f"where(x > {n}, x + " for n in range(count)) + "x" + ", 0)" * count
    assert len(derive(parse(text)).graph) < 10 * count


def test_a_branch_that_is_not_taken_is_not_evaluated() -> None:
    """The gradient's own condition is around that of the slope, which has no value where it does not hold."""
    graph = parse("where(a > 0, a, max(1, acosh(-a)))")
    derivatives = derive(graph)
    text = format_graph(program(derivatives.graph, derivatives.root("a")))
    assert 1.0 == gradient(text, {"a": 0.5}).value
    assert gradient(graph, {"a": -4.0}).gradient["a"] == gradient(text, {"a": -4.0}).value
