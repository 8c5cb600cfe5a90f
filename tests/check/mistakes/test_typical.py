"""Typical mistakes in derivatives worked out by hand, and what must be said of each."""

import pytest

from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.language.parser import parse
from tests.helpers.judging import said

# The expression, the point, the claims; the name of the claim that is meant, and what must be said of it.
MISTAKES = [
    # a path left out at a fork: gradients add
    ("(x + y)*y", "x=2,y=3", "y=y", "a path left out at the fork y: the one through (x + y)*y"),
    ("(x + y)*y", "x=2,y=3", "y=x + y", "a path left out at the fork y: the one through x + y"),
    ("(x + y)*y", "x=2,y=3", "y=5", "a path left out at the fork y: the one through x + y"),
    ("x*sin(x)", "x=0.7", "x=sin(x)", "a path left out at the fork x: the one through s"),
    ("x*sin(x)", "x=0.7", "x=x*cos(x)", "a path left out at the fork x: the one through x*sin(x)"),
    ("x + x^2 + x^3", "x=2", "x=1 + 2*x", "a path left out at the fork x: the one through x^3"),
    ("x + x^2 + x^3", "x=2", "x=3*x^2", "the path through x^3 alone, at the fork x"),
    ("s = a*x; s*exp(s)", "a=0.5,x=2", "x=exp(s)*a", "a path left out at the fork s: the one through exp(s)"),
    ("x*sin(x)", "x=0.7", "x=sin(x)*x*cos(x)", "contributions multiplied instead of added at the fork x"),
    ("x*sin(x)", "x=0.7", "x=x*cos(x) - sin(x)", "contributions subtracted instead of added at the fork x"),
    # a factor of the chain missing
    ("sin(x^2)", "x=1.3", "x=cos(x^2)", "a factor of the chain missing: the derivative of x^2 with respect to x"),
    ("sin(x^2)", "x=1.3", "x=2*x", "a factor of the chain missing: the derivative of sin(x^2) with respect to x^2"),
    ("exp(-x)", "x=0.4", "x=exp(-x)", "the opposite sign"),
    ("(3*x + 1)^4", "x=0.5", "x=4*(3*x + 1)^3",
     "a factor of the chain missing: the derivative of 3*x with respect to x"),
    ("log(2*x + 5)", "x=1", "x=1/(2*x + 5)",
     "a factor of the chain missing: the derivative of 2*x with respect to x"),
    ("tanh(w*x)", "w=0.5,x=2", "w=1/cosh(w*x)^2",
     "a factor of the chain missing: the derivative of w*x with respect to w"),
    ("sigmoid(w*x + b)", "w=1,x=2,b=0.5", "w=x",
     "a factor of the chain missing: the derivative of sigmoid(w*x + b) with respect to w*x + b"),
    ("sqrt(1 + x^2)", "x=2", "x=1/(2*sqrt(1 + x^2))",
     "a factor of the chain missing: the derivative of x^2 with respect to x"),
    ("(a*x - y)^2", "a=2,x=3,y=1", "a=2*(a*x - y)",
     "a factor of the chain missing: the derivative of a*x with respect to a"),
    ("sin(cos(exp(x)))", "x=0.2", "x=cos(cos(exp(x)))", "a chain that stops early, at the gradient of cos(exp(x))"),
    ("sin(cos(exp(x)))", "x=0.2", "x=-sin(exp(x))*exp(x)",
     "a factor of the chain missing: the derivative of sin(cos(exp(x))) with respect to cos(exp(x))"),
    # the wrong factor of a product
    ("a*x + b*y", "a=2,x=3,b=4,y=5", "a=a", "its own input a instead of x"),
    ("a*x + b*y", "a=2,x=3,b=4,y=5", "b=4", "its own input b instead of y"),
    ("apple*num*tax", "apple=100,num=2,tax=1.1", "tax=1.1",
     "the wrong factor of the product apple*num*tax: its own input tax instead of apple*num"),
    ("(x + y)*z", "x=-2,y=5,z=-4", "x=x + y",
     "the wrong factor of the product (x + y)*z: its own input x + y instead of z"),
    ("(x + y)*z", "x=-2,y=5,z=-4", "z=z",
     "the wrong factor of the product (x + y)*z: its own input z instead of x + y"),
    # a sign
    ("cos(x)", "x=0.6", "x=sin(x)", "the opposite sign"),
    ("x - y", "x=1,y=2", "y=1", "the opposite sign"),
    ("a - b*c", "a=1,b=2,c=3", "b=c", "the opposite sign"),
    ("x^2 - sin(x)", "x=0.5", "x=2*x + cos(x)",
     "a wrong sign of the derivative of x^2 - sin(x) with respect to sin(x)"),
    ("1/x", "x=2", "x=1/x^2", "the opposite sign"),
    ("exp(1 - x)*x", "x=0.5", "x=exp(1 - x) + x*exp(1 - x)",
     "a wrong sign of the derivative of 1 - x with respect to x"),
    # branches
    ("relu(a*x)", "a=-2,x=3", "a=x", "a closed branch treated as open, at relu(a*x)"),
    ("relu(a*x)", "a=-2,x=3", "a=3", "a closed branch treated as open, at relu(a*x)"),
    ("relu(a*x)", "a=2,x=3", "a=0", "an open branch treated as closed, at relu(a*x)"),
    ("relu(w*x + b) + b", "w=1,x=-2,b=0.5", "b=2", "a closed branch treated as open, at relu(w*x + b)"),
    ("abs(x)*y", "x=-2,y=3", "x=y", "the branch that is x, everywhere, at abs(x)"),
    ("leaky_relu(x, 0.1)", "x=-1", "x=1", "the branch that is x, everywhere, at leaky_relu(x, 0.1)"),
    ("where(x > 0, x^2, -x)", "x=-1", "x=2*x", "the branch that is x^2, everywhere, at where(x > 0, x^2, -x)"),
    ("2*(x*y + max(z, w))", "x=3,y=-4,z=2,w=-1", "w=2",
     "the gradient given to the wrong argument of max(z, w), at w"),
    ("2*(x*y + max(z, w))", "x=3,y=-4,z=2,w=-1", "z=0",
     "the gradient given to the wrong argument of max(z, w), at z"),
    # rules
    ("x^3", "x=2", "x=x^2", "x^2 for the derivative of x^3 with respect to x, which is 3*x^2"),
    ("x^3", "x=2", "x=3*x^3", "3*x^3 for the derivative of x^3 with respect to x, which is 3*x^2"),
    ("x^3", "x=2", "x=3*x", "3*x for the derivative of x^3 with respect to x, which is 3*x^2"),
    ("2^x", "x=3", "x=x*2^(x - 1)", "the derivative for the other argument of 2^x"),
    ("2^x", "x=3", "x=2^x", "2^x for the derivative of 2^x with respect to x, which is 2^x*log(2)"),
    ("sqrt(x)", "x=2", "x=1/sqrt(x)",
     "1/sqrt(x) for the derivative of sqrt(x) with respect to x, which is 1/(2*sqrt(x))"),
    ("sqrt(x)", "x=2", "x=0.5", "0.5 for the derivative of sqrt(x) with respect to x, which is 1/(2*sqrt(x))"),
    ("log10(x)", "x=2", "x=1/x", "1/x for the derivative of log10(x)"),
    ("x/y", "x=3,y=2", "y=1/y", "the derivative for the other argument of x/y"),
    ("x/y", "x=3,y=2", "y=-x/y", "-x/y for the derivative of x/y with respect to y, which is -x/y^2"),
    ("atan(x)", "x=2", "x=1 + x^2", "one over the derivative"),
    ("sigmoid(x)", "x=0.5", "x=sigmoid(x)",
     "sigmoid(x) for the derivative of sigmoid(x) with respect to x, which is sigmoid(x)*(1 - sigmoid(x))"),
    # rules as textbooks write them
    ("tanh(x)", "x=0.5", "x=1 - tanh(x)",
     "1 - tanh(x) for the derivative of tanh(x) with respect to x, which is 1 - tanh(x)^2"),
    ("tanh(w*x)", "w=0.5,x=2", "w=(1 - tanh(w*x))*x",
     "1 - tanh(w*x) for the derivative of tanh(w*x) with respect to w*x, which is 1 - tanh(w*x)^2"),
    ("sigmoid(x)", "x=0.5", "x=1 - sigmoid(x)",
     "1 - sigmoid(x) for the derivative of sigmoid(x) with respect to x, which is sigmoid(x)*(1 - sigmoid(x))"),
    ("tanh(x)", "x=0.5", "x=1 + tanh(x)^2",
     "1 + tanh(x)^2 for the derivative of tanh(x) with respect to x, which is 1 - tanh(x)^2"),
    ("tan(x)", "x=0.5", "x=1 - tan(x)^2", "1 - tan(x)^2 for the derivative of tan(x) with respect to x"),
    ("x^3", "x=2", "x=3*x^4", "3*x^4 for the derivative of x^3 with respect to x, which is 3*x^2"),
    ("atan(x)", "x=0.5", "x=1/(1 - x^2)", "1/(1 - x^2) for the derivative of atan(x)"),
    ("tan(x)", "x=0.5", "x=1/cos(x)", "1/cos(x) for the derivative of tan(x) with respect to x, which is 1/cos(x)^2"),
    ("asin(x)", "x=0.5", "x=1/sqrt(1 - x)", "1/sqrt(1 - x) for the derivative of asin(x)"),
    ("asinh(x)", "x=0.5", "x=1/sqrt(x + 1)", "1/sqrt(x + 1) for the derivative of asinh(x)"),
    ("atanh(x)", "x=0.5", "x=1/(1 - x)", "1/(1 - x) for the derivative of atanh(x)"),
    ("atan(x)", "x=0.5", "x=1/(1 + x)", "1/(1 + x) for the derivative of atan(x)"),
    ("hypot(x, y)", "x=3,y=4", "x=x/sqrt(x + y^2)", "x/sqrt(x + y^2) for the derivative of hypot(x, y)"),
    # the derivatives of the arguments instead of the chain rule and the product rule
    ("sin(x)^2", "x=0.7", "x=cos(x)^2", "the derivatives of the arguments put into sin(x)^2 instead of the arguments"),
    ("x^2*sin(x)", "x=0.7", "x=2*x*cos(x)", "of the factors multiplied, for the product rule at x^2*sin(x)"),
    ("sin(x)/x^2", "x=0.7", "x=cos(x)/(2*x)", "divided by that of the other, for the quotient rule at sin(x)/x^2"),
    # the place, another gradient, the value
    ("sin(x^2)", "x=1.3", "x=cos(x)*2*x",
     "the derivative of the outer function taken at x instead of x^2, at sin(x^2)"),
    ("exp(3*x)", "x=0.4", "x=3*exp(x)",
     "the derivative of the outer function taken at x instead of 3*x, at exp(3*x)"),
    ("s = a*x; sin(s^2)", "a=1,x=2", "a=cos(s)*2*s*x",
     "the derivative of the outer function taken at s instead of s^2, at sin(s^2)"),
    ("a*sin(b)", "a=2,b=1", "a=a*cos(b)", "the gradient of b"),
    ("sin(x) + 2", "x=1", "x=sin(x) + 2", "the value of the function instead of its derivative"),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "at", "claim", "expected"), MISTAKES, ids=[f"{m[0]} {m[2]}" for m in MISTAKES])
def test_mistakes(text: str, at: str, claim: str, expected: str) -> None:
    """The mistake is among what the claim is consistent with, and each sentence says that and no more."""
    found = said(text, at, claim)
    assert any(sentence.startswith("consistent with ") and expected in sentence for sentence in found), found
    assert len(found) <= 2
    assert not any("you" in sentence.split() for sentence in found)


def test_there_are_enough() -> None:
    """The table has at least 40 rows, each different."""
    assert 40 <= len({mistake[:3] for mistake in MISTAKES}) == len(MISTAKES)


NEURON = "z = w*x + b; a = {}(z); (a - y)^2/2"
NORM = "m = (x1 + x2 + x3)/3; v = ((x1 - m)^2 + (x2 - m)^2 + (x3 - m)^2)/3; (x1 - m)/sqrt(v + eps)"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "at", "claim", "expected"),
    [
        (NEURON.format("sigmoid"), "w=0.8,x=1.5,b=-0.3,y=1", "w=(a-y)*sigmoid(a)*(1-sigmoid(a))*x", "at-output"),
        (NEURON.format("tanh"), "w=0.8,x=1.5,b=-0.3,y=1", "b=(a-y)*(1-tanh(a)^2)", "at-output"),
        (NEURON.format("sigmoid"), "w=0.8,x=1.5,b=-0.3,y=1", "w=(a-y)*z*(1-z)*x", "for-output"),
        (NEURON.format("tanh"), "w=0.8,x=1.5,b=-0.3,y=1", "w=(a-y)*(1-z^2)*x", "for-output"),
        ("exp(x^2)", "x=0.5", "x=2*x*x^2", "for-output"),
        (NORM, "x1=0.2,x2=-1.3,x3=2.1,eps=1e-5", "x1=(2/3)/sqrt(v+eps)", "constant"),
        ("x^2", "x=3", "x=x^3/3", "integral"),
        ("s = 2*x; cos(s)", "x=3", "s=sin(s)", "sign"),
        ("s = 2*x; s^2", "x=3", "s=s^3/3", "integral"),
        ("x^2 + sin(2*x)", "x=3", "x=x^3/3 - cos(2*x)/2", "integral"),
    ],
)
def test_mistakes_of_courses(text: str, at: str, claim: str, expected: str) -> None:
    """Each is told, in both languages."""
    graph = parse(text)
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    verdict = judge(graph, point, read_claims(graph, [claim]))[0]
    assert "wrong" == verdict.verdict
    assert expected in [mistake.code for mistake in verdict.consistent]
    assert not set(verdict.phrases("en")) & set(verdict.phrases("ja"))
