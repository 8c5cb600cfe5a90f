"""What is suggested for the names of other systems means what these mean by them."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from mpmath import mp

from gradcli import gradient
from gradcli.language.elsewhere import meanings
from gradcli.language.parser import parse
from gradcli.operators.table import FUNCTIONS
from tests.helpers.running import run

KNOWN = meanings()
POINTS = [(-5.5, 2.0, 0.3), (0.6, 0.25, 1.5), (3.2, 1.7, -0.4), (7.0, 3.0, 2.0), (-0.4, -1.5, 0.9), (1.25, -2.5, 4.0)]


def _softplus(x: float) -> Any:
    return mp.log1p(mp.exp(x))


def _cdf(x: float) -> Any:
    return mp.ncdf(x)


def _quantile(x: float) -> Any:
    return mp.sqrt(2) * mp.erfinv(2 * x - 1)


def _sigmoid(x: float) -> Any:
    return 1 / (1 + mp.exp(-x))


# What the others document, over mpmath: names that NumPy or Python's math have by themselves are not here.
REFERENCES: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(("magnitude", "fabsf"), abs),
    **dict.fromkeys(("abs2", "sqr", "squared"), lambda x: x * x),
    "cube": lambda x: x * x * x,
    **dict.fromkeys(("sqrtf", "root", "real_sqrt"), mp.sqrt),
    **dict.fromkeys(("rsqrt", "invsqrt"), lambda x: 1 / mp.sqrt(x)),
    "isqrt": lambda x: math.isqrt(math.floor(x)),
    "nthroot": lambda x, n: -mp.root(-x, int(n)) if x < 0 and n % 2 == 1 else mp.power(x, 1 / n),
    "sqrtpi": lambda x: mp.sqrt(mp.pi * x),
    "powf": mp.power,
    "pow2": lambda x: mp.power(2, x),
    **dict.fromkeys(("pow10", "exp10"), lambda x: mp.power(10, x)),
    **dict.fromkeys(("expf", "exponential"), mp.exp),
    **dict.fromkeys(("inv", "recip"), lambda x: 1 / mp.mpf(x)),
    "cbrtf": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    **dict.fromkeys(("logf", "loge"), mp.log),
    "ln1p": mp.log1p,
    **dict.fromkeys(("lg", "logten", "LOG"), mp.log10),
    **dict.fromkeys(("lb", "ld"), lambda x: mp.log(x, 2)),
    "logn": lambda x, n: mp.log(x) / mp.log(n),
    "logb": lambda x: math.frexp(x)[1] - 1,
    **dict.fromkeys(("arsinh",), mp.asinh),
    **dict.fromkeys(("arcosh",), mp.acosh),
    **dict.fromkeys(("artanh",), mp.atanh),
    "arccot": mp.acot, "arcsec": mp.asec, "arccsc": mp.acsc, "arcsech": mp.asech, "arccsch": mp.acsch,
    "arccoth": mp.acoth, "asinf": mp.asin, "sinf": mp.sin, "cosf": mp.cos, "tanf": mp.tan, "tanhf": mp.tanh,
    "tg": mp.tan, **dict.fromkeys(("ctg", "cotg", "cotan"), mp.cot), "cosec": mp.csc,
    **dict.fromkeys(("arctg", "atn"), mp.atan), "arcctg": mp.acot,
    **dict.fromkeys(("sh", "sinhf"), mp.sinh), **dict.fromkeys(("ch", "coshf"), mp.cosh), "th": mp.tanh,
    **dict.fromkeys(("sind", "sindg"), lambda x: mp.sin(mp.radians(x))),
    **dict.fromkeys(("cosd", "cosdg"), lambda x: mp.cos(mp.radians(x))),
    **dict.fromkeys(("tand", "tandg"), lambda x: mp.tan(mp.radians(x))),
    "cotd": lambda x: mp.cot(mp.radians(x)),
    "asind": lambda x: mp.degrees(mp.asin(x)), "acosd": lambda x: mp.degrees(mp.acos(x)),
    "atand": lambda x: mp.degrees(mp.atan(x)), "atan2d": lambda y, x: mp.degrees(mp.atan2(y, x)),
    "sinpi": mp.sinpi, "cospi": mp.cospi, "tanpi": lambda x: mp.tan(mp.pi * x),
    "torad": mp.radians, "todeg": mp.degrees,
    **dict.fromkeys(("vers", "versin"), lambda x: 1 - mp.cos(x)),
    **dict.fromkeys(("haversin", "haversine"), lambda x: (1 - mp.cos(x)) / 2),
    "cosm1": lambda x: mp.cos(x) - 1,
    **dict.fromkeys(("sgn", "signum"), mp.sign),
    **dict.fromkeys(("ceiling", "ceilf"), mp.ceil), **dict.fromkeys(("INT", "floorf"), mp.floor),
    **dict.fromkeys(("ROUNDDOWN", "truncate"), math.trunc), "nearbyint": mp.nint,
    "frac": lambda x: x - math.trunc(x), "fract": lambda x: x - math.floor(x),
    **dict.fromkeys(("fmodf", "rem"), math.fmod), "IEEEremainder": math.remainder,
    **dict.fromkeys(("floormod", "floor_mod"), lambda x, y: x % y),
    "Max": max, "Min": min,
    **dict.fromkeys(("clamp", "clip_by_value", "bound"), lambda x, a, b: min(max(x, a), b)),
    "saturate": lambda x: min(max(x, 0), 1), "fdim": lambda x, y: x - y if x > y else 0,
    "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "product": lambda x, y: x * y,
    "prod": lambda x, y: x * y, "quotient": lambda x, y: math.trunc(x / y), "neg": lambda x: -x,
    **dict.fromkeys(("sum", "SUM"), lambda x, y: x + y),
    **dict.fromkeys(("mean", "average", "AVERAGE"), lambda x, y: (x + y) / 2),
    "fma": lambda x, y, z: x * y + z, "lerp": lambda a, b, t: (1 - t) * a + t * b,
    "squared_difference": lambda x, y: (x - y) ** 2, **dict.fromkeys(("hypotf", "norm"), mp.hypot),
    **dict.fromkeys(("expit", "logistic"), _sigmoid), "logit": lambda x: mp.log(x / (1 - x)),
    **dict.fromkeys(("log_expit", "log_sigmoid"), lambda x: mp.log(_sigmoid(x))), "log1pexp": _softplus,
"swish": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * mp.tanh(_softplus(x)), "softsign": lambda x: x / (1 + abs(x)),
    **dict.fromkeys(("hardtanh", "hard_tanh"), lambda x: max(-1, min(1, x))),
    "relu6": lambda x: min(max(x, 0), 6), **dict.fromkeys(("ReLU", "ramp"), lambda x: max(x, 0)),
    "softmax": lambda a, b: mp.exp(a) / (mp.exp(a) + mp.exp(b)),
    "log_softmax": lambda a, b: a - mp.log(mp.exp(a) + mp.exp(b)),
    **dict.fromkeys(("lse", "reduce_logsumexp"), lambda x, y: mp.log(mp.exp(x) + mp.exp(y))),
    "tanhshrink": lambda x: x - mp.tanh(x), "logcosh": lambda x: mp.log(mp.cosh(x)),
    "huber": lambda d, x: x * x / 2 if abs(x) <= d else d * (abs(x) - d / 2),
    "entr": lambda x: -x * mp.log(x), "rel_entr": lambda x, y: x * mp.log(x / y),
    "xlog1py": lambda x, y: x * mp.log1p(y),
    **dict.fromkeys(("gammaln", "loggamma", "lngamma", "GAMMALN"), lambda x: mp.log(abs(mp.gamma(x)))),
    "tgamma": mp.gamma, **dict.fromkeys(("factorial", "fact", "FACT"), mp.factorial), "rgamma": mp.rgamma,
    "psi": mp.digamma, "trigamma": lambda x: mp.psi(1, x), "beta": mp.beta,
    "betaln": lambda x, y: mp.log(abs(mp.beta(x, y))),
    **dict.fromkeys(("binomial", "comb", "nchoosek", "COMBIN"), mp.binomial),
    "perm": lambda n, k: mp.factorial(n) / mp.factorial(n - k),
    **dict.fromkeys(("ndtr", "normcdf", "NORMSDIST", "pnorm"), _cdf),
    **dict.fromkeys(("normpdf", "dnorm"), mp.npdf),
    **dict.fromkeys(("ndtri", "norminv", "probit", "qnorm"), _quantile),
    "erfcinv": lambda x: mp.erfinv(1 - x), "inverf": mp.erfinv,
    **dict.fromkeys(("step", "unitstep"), lambda x: 1 if x >= 0 else 0),
    **dict.fromkeys(("stop_gradient", "StopGradient"), lambda x: x),
}  # fmt: skip
CHOICES = {"ifelse", "if", "IF", "iif", "cond", "select"}  # of a condition, tested by themselves


def reference(name: str) -> Callable[..., Any]:
    """What another system means by a name."""
    found = REFERENCES.get(name) or getattr(np, name, None) or getattr(math, name, None)
    assert found is not None, name
    return found  # type: ignore[no-any-return]


def test_there_are_many_names() -> None:
    """None of them is a function here, and none stands twice."""
    assert len(KNOWN) >= 150
    assert not KNOWN.keys() & FUNCTIONS.keys()


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - CHOICES))
def test_what_is_suggested_means_the_same(name: str) -> None:
    """At all points where the other one has a real value, of which there are some."""
    parameters, formula = KNOWN[name]
    letters = parameters.split(", ")
    graph, tried = parse(formula), 0
    for point in POINTS:
        try:
            with np.errstate(all="ignore"):
                true = reference(name)(*point[: len(letters)])
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            continue
        if isinstance(true, mp.mpc) or not abs(true) < 1e12:
            continue
        at = dict(zip(letters, point, strict=False))
        if name in ("binomial", "comb", "nchoosek", "COMBIN", "perm", "beta", "betaln") and min(point[:2]) <= 0:
            continue  # where signs of gamma count
        assert math.isclose(gradient(graph, at).value, float(true), rel_tol=1e-9, abs_tol=1e-12), point
        tried += 1
    assert tried


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_choices(name: str) -> None:
    """The condition is put in as it stands."""
    assert "write where(x > 0, x, -x)\n" in run("eval", f"{name}(x > 0, x, -x)").err


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("expit(2*x)", "write sigmoid(2*x)\n"),
        ("1 + sqr(a + b)", "write (a + b)^2\n"),
        ("Sqr(-a)", "write (-a)^2\n"),
        ("rsqrt(x)", "write 1/sqrt(x)\n"),
        ("softmax(a, b)", "write exp(a - logsumexp(a, b))\n"),
        ("average(a, b, c)", "average(x, y) is (x + y)/2\n"),
        ("LOG(x)", "write log10(x)\n"),
        ("fmod(x, y)", "write x - y*trunc(x/y)\n"),
    ],
)
def test_what_is_written_for_a_call(call: str, said: str) -> None:
    """With its own arguments, if they fit."""
    assert run("eval", call).err.startswith("gradcli: unknown function '")
    assert said in run("eval", call).err


@pytest.mark.parametrize(
    ("call", "suggested"),
    [("sine(x)", "sin"), ("tahn(x)", "tanh"), ("SQRT(x)", "sqrt"), ("sigmod(x)", "sigmoid"), ("sqare(x)", "x^2"),
     ("logsumexpt(x)", "logsumexp"), ("arctann(x)", "atan(x)")],
)  # fmt: skip
def test_slips_of_the_pen(call: str, suggested: str) -> None:
    """One letter, or two in a longer word, of a name here or elsewhere."""
    assert re.search(rf"(did you mean '|write ){re.escape(suggested)}", run("eval", call).err)


@pytest.mark.parametrize("name", ["foo", "exponent", "activation", "sinus_cardinalis", "qq", "max_pool", "price"])
def test_nothing_else_gets_a_suggestion(name: str) -> None:
    """What is far from all names is only said to be unknown."""
    assert "'gradcli functions' lists those there are" in run("eval", f"{name}(x)").err
