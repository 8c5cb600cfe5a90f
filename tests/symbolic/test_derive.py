"""Derivatives as graphs: against the backward pass, against finite differences at 100 digits, and in linear time."""

from typing import Any

import pytest

from gradcli.errors import GradcliError
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.derivatives import check_formulas, check_hessian
from tests.helpers.examples import FEW
from tests.helpers.random_expressions import Example


@pytest.mark.sampled(2)
@pytest.mark.parametrize("example", list(FEW.values())[::4], ids=list(FEW)[::4])
def test_the_formulas_give_the_gradient(example: Example) -> None:
    """To 1e-12; of some examples here, of all of them in tests/sweeps."""
    check_formulas(example)


@pytest.mark.parametrize("example", list(FEW.values())[1::14], ids=list(FEW)[1::14])
def test_the_hessian_is_that_of_finite_differences(example: Example) -> None:
    """At 100 digits; of some examples here, of all of them in tests/sweeps."""
    check_hessian(example)


@pytest.mark.parametrize("text", ["sin(x)/x", "x^x"])
def test_third_derivatives_stay_short(text: str) -> None:
    """Below 400 characters, with and without named steps."""
    derivatives = derive(parse(text), order=3)
    found = program(derivatives.graph, derivatives.root("x", "x", "x"))
    assert len(format_graph(found)) < 400
    assert len(format_graph(found, inline=True)) < 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*x + b*y", {"a": "x", "x": "a", "b": "y", "y": "b"}),
        ("relu(a*x)", {"a": "where(a*x >= 0, x, 0)", "x": "where(a*x >= 0, a, 0)"}),
        ("x^3", {"x": "3*x^2"}),
        ("x + x + x", {"x": "3"}),
        ("-a*x/b", {"a": "-x/b", "x": "-a/b", "b": "a*x/b^2"}),
        ("where(x > 0, sqrt(x), 0*x)", {"x": "where(x > 0, 1/(2*sqrt(x)), 0)"}),
        ("s = a*x; s^2", {"a": "s = a*x; 2*x*s", "x": "s = a*x; 2*a*s"}),
        ("5", {}),
        ("floor(x)*y", {"x": "0", "y": "floor(x)"}),
    ],
)
def test_formulas_read_well(text: str, expected: dict[str, str]) -> None:
    """Small functions have the derivatives that people write."""
    derivatives = derive(parse(text))
    assert expected == {
        key: format_graph(program(derivatives.graph, root)) for (key,), root in derivatives.roots.items()
    }


def test_a_named_step_can_be_derived_for() -> None:
    """Its gradient is its adjoint."""
    derivatives = derive(parse("s = a*x; s*s + a"), ["s"])
    assert "s = a*x; 2*s" == format_graph(program(derivatives.graph, derivatives.root("s")))


def test_mixed_derivatives_in_any_order_are_one_node() -> None:
    """`root` takes the names in any order."""
    derivatives = derive(parse("sin(x*y)*z"), order=3)
    assert derivatives.root("x", "y", "z") == derivatives.root("z", "x", "y")
    assert 10 == len([key for key in derivatives.roots if len(key) == 3])


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("x^2", {"order": 0}, "the order of a derivative is a whole number from 1 to 20, not 0"),
        ("x^2", {"order": 21}, "the order of a derivative is a whole number from 1 to 20, not 21"),
        ("s = x^2; s^2", {"order": 2, "wrt": ["s"]}, "derivatives of order 2 are for variables; 's' is a named step"),
        (
            " + ".join(f"x{i}" for i in range(200)),
            {"order": 2},
            "there are 20,100 derivatives of order 2; the limit is 10,000 (see --wrt)",
        ),
    ],
)
def test_what_cannot_be_derived(text: str, options: dict[str, Any], message: str) -> None:
    """One clear message each."""
    with pytest.raises(GradcliError) as caught:
        derive(parse(text), **options)
    assert message == caught.value.message


def test_orders_that_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has several times the nodes of the one before, and the last is named. A Hessian is not limited."""
    monkeypatch.setattr("gradcli.symbolic.higher.MAX_NODES", 300)
    with pytest.raises(GradcliError) as caught:
        derive(parse("x^x"), order=20)
    found = caught.value
    assert "derivatives of order 6 take more than 300 nodes here; up to --order 5 there are fewer" == found.message
    assert 5 == derive(parse("x^x"), order=5).order
    monkeypatch.setattr("gradcli.symbolic.higher.MAX_NODES", 0)
    monkeypatch.setattr("gradcli.symbolic.higher.MAX_GROWTH", 0)
    assert 2 == derive(parse("x^x"), order=2).order


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "make", [lambda n: " + ".join(f"sin(x{i % 7})" for i in range(n)), lambda n: "sin(" * n + "x" + ")" * n]
)
def test_large_graphs_grow_in_proportion(make: Any) -> None:
    """A sum of 1,100 terms and a chain of as many calls have ten times the nodes of 110."""
    small, large = (derive(parse(make(n))) for n in (110, 1_100))
    assert len(large.graph) < 11 * len(small.graph)
    root = next(iter(large.roots.values()))
    assert len(format_graph(program(large.graph, root))) < 66_000


def test_a_derivative_in_a_branch_of_another_is_evaluated() -> None:
    """∂/∂a stands in a branch of ∂/∂b that is not taken; it has its number all the same."""
    found = derive(parse("a*sqrt(x) + where(a > 5, b*sqrt(x), 0)")).numbers({"a": 1.0, "x": 4.0, "b": 3.0})
    assert {("a",): 2.0, ("x",): 0.25, ("b",): 0.0} == found


def test_sinc_at_zero() -> None:
    """Up to the tenth; up to the twentieth in tests/sweeps."""
    check_sinc(10)


def check_sinc(most: int) -> None:
    """Its derivatives there are 0, -1/3, 0, 1/5, …, as its series says; the quotient has none of them."""
    numbers = derive(parse("sinc(x)"), order=most).numbers({"x": 0.0})
    expected = [(-1) ** (order // 2) / (order + 1) if order % 2 == 0 else 0.0 for order in range(1, most + 1)]
    assert expected == [numbers[("x",) * order] for order in range(1, most + 1)]


def test_derivatives_of_high_order_stay_small() -> None:
    """Like terms are collected: the 14th derivative has some ten terms, not two to the 14th."""
    for text in ("sin(x)/x", "x^2*exp(-x)", "1/(1 + x)", "sqrt(x)"):
        derivatives = derive(parse(text), order=14)
        assert len(format_graph(program(derivatives.graph, derivatives.root(*["x"] * 14)))) < 1_500, text


def test_sinc_at_zero_obeys_the_chain_rule() -> None:
    """d²/dt² a*sinc(b*t)^2 = -2*a*b²/3 at t = 0."""
    numbers = derive(parse("a*sinc(b*t)^2"), ["t"], order=2).numbers({"a": 2.0, "b": 3.0, "t": 0.0})
    assert {("t",): 0.0, ("t", "t"): pytest.approx(-12.0)} == numbers


def test_sinc_is_derived_as_people_write_it() -> None:
    """The series is gone where everything is derived."""
    derivatives = derive(parse("sinc(x)"))
    found = format_graph(program(derivatives.graph, derivatives.root("x")))
    assert "where(x == 0, 0, (cos(x) - sinc(x))/x)" == found


def test_max_of_many_is_linear() -> None:
    """The rule for a later argument needs the maximum of those before it: a chain of nodes, not a triangle."""
    text = "max(" + ", ".join(f"x{i}" for i in range(1_000)) + ")"
    assert len(derive(parse(text)).graph) < 10_000
