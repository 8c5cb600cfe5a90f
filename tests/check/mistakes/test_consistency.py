"""What is said of a wrong claim: the simplest, once, and nothing unlikely."""

import pytest

from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.language.parser import parse
from tests.helpers.judging import judged, said


def test_a_claim_that_holds_at_the_point_alone() -> None:
    """The open ReLU's derivative is not the derivative everywhere; a point where it fails is named."""
    found = said("relu(a*x)", "a=2,x=3", "a=x")
    assert found[0].startswith("it holds at the point, but not at a = ")
    assert ["consistent with the branch that is a*x, everywhere, at relu(a*x)"] == found[1:]


@pytest.mark.parametrize(
    ("text", "claim", "factor"),
    [
        ("x^4", "x=8*x^3", "2 times"),
        ("x^4", "x=2*x^3", "half"),
        ("x^2", "x=3*x", "3/2 times"),
        ("x^2", "x=6*x", "3 times"),
    ],
)
def test_a_constant_factor_is_said_first(text: str, claim: str, factor: str) -> None:
    """Where the claim is a simple multiple of the right value at all points."""
    assert f"consistent with a constant factor: {factor} the right value" == said(text, "x=1.7", claim)[0]


def test_one_mistake_is_said_once() -> None:
    """Not as a path left out and as a chain that stops early, nor as two signs."""
    path = "consistent with a path left out at the fork y: the one through (x + y)*y (gradients add)"
    assert [path] == said("(x + y)*y", "x=2,y=3", "y=y")
    assert ["consistent with the opposite sign"] == said("sin(-x)", "x=0.3", "x=cos(-x)")
    factor = "consistent with a factor of the chain missing: the derivative of t*b with respect to t"
    assert [factor] == said("s = a*x; t = s^2; t*b", "a=2,x=3,b=4", "s=2*s")


def test_a_wrong_claim_that_nothing_fits() -> None:
    """Then nothing is said, rather than something unlikely."""
    assert [] == said("a*x + b*y", "a=2,x=3,b=4,y=5", "a=17.3")


def test_a_branch_is_said_alone() -> None:
    """Though another sign of its slope is the same."""
    assert ["consistent with the branch that is x, everywhere, at abs(x)"] == said("x + abs(x)", "x=-2", "x=2")


@pytest.mark.parametrize(
    ("a", "claim", "fits"),
    [
        ("1.125", "1.12", True),
        ("1.125", "1.13", True),
        ("1.12500001", "1.13", True),
        ("1.12500001", "1.12", False),
        ("0.125", "0.12", False),  # two digits tell too little
    ],
)
def test_a_rounded_number(a: str, claim: str, fits: bool) -> None:
    """Is consistent with a mistake that leads to a number no more than half a unit of its last digit away."""
    own = "consistent with the wrong factor of the product a*x: its own input a instead of x"
    assert ([own] if fits else []) == said("a*x", f"a={a},x=7", f"a={claim}")


def test_japanese() -> None:
    """The same in Japanese."""
    graph = parse("a*x")
    verdict = judge(graph, {"a": 2.0, "x": 3.0}, read_claims(graph, ["a=a"]))[0]
    assert ["考えられる間違い: 積 a*x で、x ではなく自分の入力 a を掛けている"] == verdict.phrases("ja")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("x^2", "2*x + 1e-12*(x - 1)"),
        ("x/3", "0.3333333333333337"),  # which is the value too
        ("x^2", "2.0000000000002"),
        ("x^3/3", "x^2 + 1e-14"),
        ("exp(x)", "exp(x) + 1"),  # its own integral
    ],
)
def test_what_nothing_tells_from_the_right_derivative(text: str, claim: str) -> None:
    """Is consistent with no mistake."""
    found = judged(text, {"x": 1.0}, f"x={claim}")
    assert ("wrong", []) == (found.verdict, found.consistent)


@pytest.mark.parametrize(
    ("claim", "start"),
    [
        ("1 - tanh(w*x + b)^2", "a factor of the chain missing"),
        ("-x*(1 - tanh(w*x + b)^2)", "the opposite sign"),
        ("2*x*(1 - tanh(w*x + b)^2)", "a constant factor: 2 times"),
        ("x*(1 - (w*x + b)^2)", "the input w*x + b in place of the output"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_where_a_form_loses_digits(claim: str, start: str, seed: int) -> None:
    """At some of the points the textbook's form has few digits, beside the right derivative's stable one."""
    found = judged("tanh(w*x + b)", {"w": 0.5, "x": 2.0, "b": 0.1}, f"w={claim}", seed)
    assert any(f"consistent with {start}" in phrase for phrase in found.phrases("en"))
