"""What commands say of points where numbers are hard to come by: what must be in it, and what must not."""

import re

import pytest

from tests.helpers.running import run

BATCH = "m=(x1+x2+x3)/3; v=((x1-m)^2+(x2-m)^2+(x3-m)^2)/3; (x1-m)/sqrt(v+eps)"
ENTROPY = "s1=exp(z1); s2=exp(z2); p1=s1/(s1+s2); p2=s2/(s1+s2); -(t1*log(p1)+t2*log(p2))"
WHOLE = "whole expression has the derivative|smooth"
# Arguments, exit code, patterns that all match what is printed, and one that matches nothing of it.
SAID = [
    (["eval", "max(0, sqrt(x^2))", "--at", "x=0"], 0, ["max at column 1 is at a tie"], WHOLE),
    (["eval", "relu(x) + where(x^2 > 0, 5, 0)", "--at", "x=0"], 0, ["comes to 5 on the left and to 5 on the"], WHOLE),
    (["eval", "relu(x) + floor(-x^2)", "--at", "x=0"], 0, ["floor at column 11 jumps here"], WHOLE),
    (["eval", "cbrt(x)^3 + relu(x)", "--at", "x=0"], 0, ["relu at column 13"], WHOLE),
    (["eval", "leaky_relu(x, cbrt(x))", "--at", "x=0"], 0, ["leaky_relu at column 1"], "nan"),
    (["eval", "sqrt(y) + cbrt(x)", "--at", "x=0,y=0"], 1, ["of y .*of sqrt at", "of x .*of cbrt at"], "of x .*sqrt"),
    (["eval", "max(log(x), 1/x)", "--at", "x=0", "--allow-nonfinite"], 0, [r"value.*comes from '/'"], "from log"),
    (["diff", "x*abs(x)", "--order", "2", "--at", "x=0", "--strict"], 1, ["to -2 on the left and to 2 on"], WHOLE),
    (["diff", "elu(x)", "--order", "2", "--at", "x=0"], 0, ["comes to 1 on the left and to 0 on the right"], WHOLE),
    (["diff", "where(x == 0, 1, sin(x)/x)", "--order", "2", "--at", "x=0"], 0, ["jumps here: 0 is.*-0.3333"], WHOLE),
    (["diff", "tanh(x)", "--at", "x=400"], 0, ["too small for double precision: it is 1.467149833671"], "wrong"),
    (["diff", "sinc(x)", "--at", "x=1e-9"], 0, [r"\(cos\(x\) - sinc\(x\)\)/x\) = -3.33333333333333\d+e-10"], "note"),
    (["eval", "where(x == 0, 0, (cos(x) - sinc(x))/x)", "--at", "x=1e-9"], 0, [r"y = -3.33333333333333\d+e-10"],
     "wrong"),
    (["check", "(x-sin(x))/x^3", "--at", "x=1e-6"], 0, ["inconclusive"], "right|wrong"),
    (["check", "1/tanh(x)-1/x", "--at", "x=1e-7"], 0, ["inconclusive"], "right|wrong"),
    (["check", "-log(1/(1+exp(-z)))", "--at", "z=-400", "--claim", "z=-1"], 0, ["right"], "wrong"),
    (["check", "x^2", "--at", "x=1", "--claim", "x=where(x > 3.5, 0, 2*x)"], 1, ["wrong", "not at x ="], "right where"),
    (["check", "a*where(x < 1000, x/10, x/5 - 100)", "--at", "x=500,a=1", "--claim", "a=x/10"], 1, ["wrong"], "nan"),
    (["check", "1e10*x", "--at", "x=1", "--claim", "x=10000000001"], 1, ["wrong"], "right where"),
    (["check", "exp(-200*(x-y))", "--at", "x=1,y=1", "--claim", "x=-200*exp(-200*x)/exp(-200*y)"], 0, ["right"],
     "wrong"),
    (["check", "s=w*x; (s-y)^2", "--at", "w=0.1,x=3,y=0.3", "--claim", "w=2*(s-y)"], 1, ["wrong"], "no value"),
    (["check", ENTROPY, "--at", "z1=1.75,z2=1.75,t1=0,t2=1", "--wrt", "z1,z2", "--claim", "z1=p1-t1"], 0, ["right"],
     "wrong"),
    (["check", "z=w*x+b; a=sigmoid(z); (a-y)^2/2", "--at", "w=0.8,x=1.5,b=-0.3,y=1", "--claim",
      "w=(a-y)*sigmoid(a)*(1-sigmoid(a))*x"], 1, ["wrong", "a = sigmoid.z. taken at its output"], "nan"),
    (["check", BATCH, "--at", "x1=0.2,x2=-1.3,x3=2.1,eps=1e-5", "--claim", "x1=(2/3)/sqrt(v+eps)"], 1,
     ["wrong", "consistent with v held constant"], "nan"),
    (["eval", "x + y", "--at", "x=1e16,y=1", "--trace", "--format", "markdown"], 0, ["1e16 [+] 1 ≈ 1e16"], "1 = 1e16"),
    (["eval", "(x/3)*3", "--at", "x=1", "--trace", "--format", "markdown"], 0, ["≈ 0.333333 × 3 ≈ 1"], "3333 × 3 ="),
    (["eval", "sin(x)/x", "--at", "x=0"], 1, ["there is sinc"], "log1p"),
    (["eval", "sqrt(x^2+y^2)", "--at", "x=0,y=0"], 1, ["there is hypot"], "log1p"),
    (["eval", "log(1-sigmoid(x))", "--at", "x=100"], 1, ["there is -softplus"], "log1p"),
    (["eval", "1/(1+exp(-x))", "--at", "x=-800"], 1, ["there is sigmoid"], "logsumexp"),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("arguments", "code", "must", "never"), SAID)
def test_what_is_said(arguments: list[str], code: int, must: list[str], never: str) -> None:
    """On standard output or standard error, with the exit code."""
    outcome = run(*arguments)
    printed = outcome.out + outcome.err
    assert outcome.code == code
    assert all(re.search(pattern, printed) for pattern in must), printed
    words = printed.replace("Right value", "").replace("from the right", "").replace("on the right", "")
    assert not re.search(never, words), printed
