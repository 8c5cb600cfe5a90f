"""Typical mistakes in derivatives worked out by hand, and what must be said of each."""

import pytest

from gradcli.check.claims import read_claims
from gradcli.check.verdicts import first_break, judge
from gradcli.parser import parse

# The expression, the point, the claims; the name of the claim that is meant, and what must be said of it.
MISTAKES = [
    # a path left out at a fork: gradients add
    ("(x + y)*y", "x=2,y=3", "y=y", "a path left out at the fork y: the one through z"),
    ("(x + y)*y", "x=2,y=3", "y=x + y", "a path left out at the fork y: the one through s"),
    ("(x + y)*y", "x=2,y=3", "y=5", "a path left out at the fork y: the one through s"),
    ("x*sin(x)", "x=0.7", "x=sin(x)", "a path left out at the fork x: the one through s"),
    ("x*sin(x)", "x=0.7", "x=x*cos(x)", "a path left out at the fork x: the one through y"),
    ("x + x^2 + x^3", "x=2", "x=1 + 2*x", "a path left out at the fork x: the one through u"),
    ("x + x^2 + x^3", "x=2", "x=3*x^2", "the path through u alone, at the fork x"),
    ("s = a*x; s*exp(s)", "a=0.5,x=2", "x=exp(s)*a", "a path left out at the fork s: the one through t"),
    ("x*sin(x)", "x=0.7", "x=sin(x)*x*cos(x)", "contributions multiplied instead of added at the fork x"),
    ("x*sin(x)", "x=0.7", "x=x*cos(x) - sin(x)", "contributions subtracted instead of added at the fork x"),
    # a factor of the chain missing
    ("sin(x^2)", "x=1.3", "x=cos(x^2)", "a factor of the chain missing: ∂s/∂x at s = x^2"),
    ("sin(x^2)", "x=1.3", "x=2*x", "a factor of the chain missing: ∂y/∂s at y = sin(s)"),
    ("exp(-x)", "x=0.4", "x=exp(-x)", "a factor of the chain missing: ∂s/∂x at s = -x"),
    ("(3*x + 1)^4", "x=0.5", "x=4*(3*x + 1)^3", "a factor of the chain missing: ∂s/∂x at s = 3*x"),
    ("log(2*x + 5)", "x=1", "x=1/(2*x + 5)", "a factor of the chain missing: ∂s/∂x at s = 2*x"),
    ("tanh(w*x)", "w=0.5,x=2", "w=1/cosh(w*x)^2", "a factor of the chain missing: ∂s/∂w at s = w*x"),
    ("sigmoid(w*x + b)", "w=1,x=2,b=0.5", "w=x", "a factor of the chain missing: ∂y/∂t at y = sigmoid(t)"),
    ("sqrt(1 + x^2)", "x=2", "x=1/(2*sqrt(1 + x^2))", "a factor of the chain missing: ∂s/∂x at s = x^2"),
    ("(a*x - y)^2", "a=2,x=3,y=1", "a=2*(a*x - y)", "a factor of the chain missing: ∂s/∂a at s = a*x"),
    ("sin(cos(exp(x)))", "x=0.2", "x=cos(cos(exp(x)))", "a chain that stops early, at the gradient of t"),
    ("sin(cos(exp(x)))", "x=0.2", "x=-sin(exp(x))*exp(x)", "a chain that starts late: the derivative of t"),
    # the wrong factor of a product
    ("a*x + b*y", "a=2,x=3,b=4,y=5", "a=a", "its own input a instead of x"),
    ("a*x + b*y", "a=2,x=3,b=4,y=5", "b=4", "its own input b instead of y"),
    ("apple*num*tax", "apple=100,num=2,tax=1.1", "tax=1.1", "its own input tax instead of s"),
    ("(x + y)*z", "x=-2,y=5,z=-4", "x=x + y", "its own input s instead of z"),
    ("(x + y)*z", "x=-2,y=5,z=-4", "z=z", "its own input z instead of s"),
    # a sign
    ("cos(x)", "x=0.6", "x=sin(x)", "the opposite sign"),
    ("x - y", "x=1,y=2", "y=1", "the opposite sign"),
    ("a - b*c", "a=1,b=2,c=3", "b=c", "a wrong sign of ∂y/∂s at y = a - s"),
    ("x^2 - sin(x)", "x=0.5", "x=2*x + cos(x)", "a wrong sign of ∂y/∂t at y = s - t"),
    ("1/x", "x=2", "x=1/x^2", "the opposite sign"),
    ("exp(1 - x)*x", "x=0.5", "x=exp(1 - x) + x*exp(1 - x)", "a factor of the chain missing: ∂s/∂x at s = 1 - x"),
    # branches
    ("relu(a*x)", "a=-2,x=3", "a=x", "a closed branch treated as open, at y = relu(s)"),
    ("relu(a*x)", "a=-2,x=3", "a=3", "a closed branch treated as open, at y = relu(s)"),
    ("relu(a*x)", "a=2,x=3", "a=0", "an open branch treated as closed, at y = relu(s)"),
    ("relu(w*x + b) + b", "w=1,x=-2,b=0.5", "b=2", "a closed branch treated as open, at u = relu(t)"),
    ("abs(x)*y", "x=-2,y=3", "x=y", "the branch that is x, everywhere, at s = abs(x)"),
    ("leaky_relu(x, 0.1)", "x=-1", "x=1", "the branch that is x, everywhere, at y = leaky_relu(x, 0.1)"),
    ("where(x > 0, x^2, -x)", "x=-1", "x=2*x", "the branch that is t, everywhere, at y = where(x > 0, t, u)"),
    ("2*(x*y + max(z, w))", "x=3,y=-4,z=2,w=-1", "w=2", "the gradient given to the wrong argument of t = max(z, w)"),
    ("2*(x*y + max(z, w))", "x=3,y=-4,z=2,w=-1", "z=0", "the gradient given to the wrong argument of t = max(z, w)"),
    # rules
    ("x^3", "x=2", "x=x^2", "x^(y - 1) for the derivative of x^y"),
    ("x^3", "x=2", "x=3*x^3", "y*x^y for the derivative of x^y"),
    ("x^3", "x=2", "x=3*x", "y*x^1 for the derivative of x^y"),
    ("2^x", "x=3", "x=x*2^(x - 1)", "the derivative for the other argument of y = 2^x"),
    ("2^x", "x=3", "x=2^x", "out for the derivative of x^y"),
    ("sqrt(x)", "x=2", "x=1/sqrt(x)", "1/out for the derivative of sqrt(x)"),
    ("sqrt(x)", "x=2", "x=0.5", "1/2 for the derivative of sqrt(x)"),
    ("log10(x)", "x=2", "x=1/x", "1/x for the derivative of log10(x)"),
    ("x/y", "x=3,y=2", "y=1/y", "the derivative for the other argument of z = x/y"),
    ("x/y", "x=3,y=2", "y=-x/y", "for the derivative of x/y, which is -out / y"),
    ("atan(x)", "x=2", "x=1 + x^2", "for the derivative of atan(x)"),
    ("sigmoid(x)", "x=0.5", "x=sigmoid(x)", "out for the derivative of sigmoid(x)"),
    # the place, another gradient, the value
    ("sin(x^2)", "x=1.3", "x=cos(x)*2*x", "the derivative of the outer function taken at x instead of s"),
    ("exp(3*x)", "x=0.4", "x=3*exp(x)", "the derivative of the outer function taken at x instead of s"),
    ("a*sin(b)", "a=2,b=1", "a=a*cos(b)", "the gradient of b"),
    ("sin(x) + 2", "x=1", "x=sin(x) + 2", "the value of the function instead of its derivative"),
]  # fmt: skip


def said(text: str, at: str, *claims: str) -> list[str]:
    """What is said of the last claim, which must be wrong."""
    graph = parse(text)
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    verdict = judge(graph, point, read_claims(graph, list(claims)))[-1]
    assert "wrong" == verdict.verdict
    return verdict.phrases("en")


@pytest.mark.parametrize(("text", "at", "claim", "expected"), MISTAKES, ids=[f"{m[0]} {m[2]}" for m in MISTAKES])
def test_mistakes(text: str, at: str, claim: str, expected: str) -> None:
    """The mistake is among what the claim is consistent with, and each sentence says that and no more."""
    found = said(text, at, claim)
    assert any(sentence.startswith("consistent with ") and expected in sentence for sentence in found), found
    assert len(found) <= 4
    assert not any("you" in sentence.split() for sentence in found)


def test_there_are_enough() -> None:
    """The table has at least 40 rows, each different."""
    assert 40 <= len({mistake[:3] for mistake in MISTAKES}) == len(MISTAKES)


def test_the_first_node_where_claims_break() -> None:
    """A wrong claim for a step, carried on correctly: the step is named."""
    text, at, claims = "s = a*x; t = s^2; t*b", "a=2,x=3,b=4", ("t=b", "s=2*s", "a=2*s*x")
    assert "consistent with the wrong claim for s, carried on correctly" == said(text, at, *claims)[0]
    graph = parse(text)
    verdicts = judge(graph, {"a": 2.0, "x": 3.0, "b": 4.0}, read_claims(graph, list(claims)))
    assert ["right", "wrong", "wrong"] == [verdict.verdict for verdict in verdicts]
    assert "s" == first_break(verdicts)


def test_a_claim_that_holds_at_the_point_alone() -> None:
    """The open ReLU's derivative is not the derivative everywhere; a point where it fails is named."""
    found = said("relu(a*x)", "a=2,x=3", "a=x")
    assert found[0].startswith("it holds at the point, but not at a = ")
    assert "consistent with a closed branch treated as open, at y = relu(s)" == found[1]


def test_a_wrong_claim_that_nothing_fits() -> None:
    """Then nothing is said, rather than something unlikely."""
    assert [] == said("a*x + b*y", "a=2,x=3,b=4,y=5", "a=17.3")


def test_japanese() -> None:
    """The same in Japanese."""
    graph = parse("a*x")
    verdict = judge(graph, {"a": 2.0, "x": 3.0}, read_claims(graph, ["a=a"]))[0]
    assert ["次の場合と一致する: 積 y = a*x で x ではなく自分自身の入力 a を掛けた場合"] == verdict.phrases("ja")
