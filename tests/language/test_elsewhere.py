"""What is suggested for the names of other systems means what these mean by them."""

import builtins
import math
import statistics
from collections.abc import Callable
from types import ModuleType
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mp

from gradcli import gradient
from gradcli.errors import GradcliError
from gradcli.language.absent import ABSENT
from gradcli.language.elsewhere import meanings
from gradcli.language.parser import parse
from gradcli.language.refusals import unknown
from gradcli.language.spelling import nearest
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import FUNCTIONS
from tests.helpers.running import run

KNOWN = meanings()
POINTS = [(-5.5, 2.0, 0.3), (0.6, 0.25, 1.5), (3.2, 1.7, -0.4), (7.0, 3.0, 2.0), (-0.4, -1.5, 0.9), (1.25, -2.5, 4.0)]


def _softplus(x: float) -> Any:
    return mp.log1p(mp.exp(x))


def _cdf(x: float, m: float = 0, s: float = 1) -> Any:
    return mp.ncdf(x, m, s)


def _quantile(x: float) -> Any:
    return mp.sqrt(2) * mp.erfinv(2 * x - 1)


def _half_away(x: float) -> float:
    return math.copysign(math.floor(abs(x) + 0.5), x)


def _real_root(x: float, n: float) -> Any:
    return -mp.root(-x, int(n)) if x < 0 and n % 2 == 1 else mp.power(x, 1 / n)


def _log(*arguments: float) -> Any:
    """Mathematica's, with the base first."""
    return mp.log(arguments[-1], *arguments[:-1])


def _smoothstep(a: float, b: float, x: float) -> Any:
    t = min(max((x - a) / (b - a), 0), 1)
    return 3 * t**2 - 2 * t**3


def _gelu_tanh(x: float) -> Any:
    return x * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3))) / 2


def _sigmoid(x: float) -> Any:
    return 1 / (1 + mp.exp(-x))


# What the others document, over mpmath: names that NumPy or Python's math have by themselves are not here.
REFERENCES: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(("magnitude", "labs", "llabs"), abs),
    **dict.fromkeys(("abs2", "sqr", "squared"), lambda x: x * x),
    "cube": lambda x: x * x * x,
    **dict.fromkeys(("real_sqrt", "squareroot", "square_root"), mp.sqrt),
    **dict.fromkeys(("nroot", "root"), lambda x, n=2: 1 / n and mp.root(x, int(n))),
    **dict.fromkeys(("sen", "sinus"), mp.sin), **dict.fromkeys(("cosine", "cosinus"), mp.cos),
    **dict.fromkeys(("tangent", "tangens"), mp.tan), "arcsine": mp.asin, "arccosine": mp.acos,
    "sinhc": lambda x: mp.sinh(x) / x,
    "tanc": lambda x: mp.tan(x) / x, "tanhc": lambda x: mp.tanh(x) / x,
    **dict.fromkeys(("rsqrt", "invsqrt"), lambda x: 1 / mp.sqrt(x)),
    "isqrt": lambda x: math.isqrt(math.floor(x)),
    **dict.fromkeys(("nthroot", "Surd"), _real_root),
    "sqrtpi": lambda x: mp.sqrt(mp.pi * x),
    "pow2": lambda x: mp.power(2, x),
    **dict.fromkeys(("pow10", "exp10"), lambda x: mp.power(10, x)),
    **dict.fromkeys(("exponential",), mp.exp),
    **dict.fromkeys(("recip",), lambda x: 1 / mp.mpf(x)),
    **dict.fromkeys(("CubeRoot", "cuberoot", "cube_root"), lambda x: mp.sign(x) * mp.cbrt(abs(x))),
    "loge": mp.log, "LOG": lambda x, b=10: mp.log(x, b), "Log": _log,
    "exp2m1": lambda x: mp.expm1(x * mp.log(2)), "log2p1": lambda x: mp.log1p(x) / mp.log(2),
    "ln1p": mp.log1p,
    **dict.fromkeys(("lg", "logten"), mp.log10),
    **dict.fromkeys(("lb", "ld"), lambda x: mp.log(x, 2)),
    "logn": lambda x, n: mp.log(x) / mp.log(n),
    **dict.fromkeys(("arsinh",), mp.asinh),
    **dict.fromkeys(("arcosh",), mp.acosh),
    **dict.fromkeys(("artanh",), mp.atanh),
    "arccot": mp.acot, "arcsec": mp.asec, "arccsc": mp.acsc, "arcsech": mp.asech, "arccsch": mp.acsch,
    "arccoth": mp.acoth, "ATAN2": lambda x, y: mp.atan2(y, x), "ACOT": lambda x: mp.acot(x) + (mp.pi if x < 0 else 0),
    "tg": mp.tan, **dict.fromkeys(("ctg", "cotg", "cotan", "cotangent", "cotangens"), mp.cot), "cosec": mp.csc,
    **dict.fromkeys(("arctg", "atn", "arctangent"), mp.atan),
    **dict.fromkeys(("sh",), mp.sinh), **dict.fromkeys(("ch",), mp.cosh), "th": mp.tanh,
    **dict.fromkeys(("sind", "sindg"), lambda x: mp.sin(mp.radians(x))),
    **dict.fromkeys(("cosd", "cosdg"), lambda x: mp.cos(mp.radians(x))),
    **dict.fromkeys(("tand", "tandg"), lambda x: mp.tan(mp.radians(x))),
    **dict.fromkeys(("cotd", "cotdg"), lambda x: mp.cot(mp.radians(x))),
    "asind": lambda x: mp.degrees(mp.asin(x)), "acosd": lambda x: mp.degrees(mp.acos(x)),
    "atand": lambda x: mp.degrees(mp.atan(x)), "atan2d": lambda y, x: mp.degrees(mp.atan2(y, x)),
    "sinpi": mp.sinpi, "cospi": mp.cospi, "tanpi": lambda x: mp.tan(mp.pi * x),
    "torad": mp.radians, "todeg": mp.degrees,
    **dict.fromkeys(("vers", "versin"), lambda x: 1 - mp.cos(x)),
    **dict.fromkeys(("covers", "coversin"), lambda x: 1 - mp.sin(x)), "sincpi": mp.sincpi,
    **dict.fromkeys(("haversin", "haversine"), lambda x: (1 - mp.cos(x)) / 2),
    "cosm1": lambda x: mp.cos(x) - 1,
    **dict.fromkeys(("sgn", "signum"), mp.sign),
    "ceiling": mp.ceil, "INT": mp.floor,
    **dict.fromkeys(("int", "truncate", "IntegerPart"), math.trunc),
    **dict.fromkeys(("nearbyint", "around", "lrint", "llrint"), mp.nint),
    "FractionalPart": lambda x: x - math.trunc(x), "fract": lambda x: x - math.floor(x),
    **dict.fromkeys(("roundf", "lround", "llround"), _half_away), "ROUND": lambda x, n=0: _half_away(x * 10**n) / 10**n,
    "roundup": lambda x: math.copysign(math.ceil(abs(x)), x), "rounddown": math.trunc,
    "mround": lambda x, m: m * _half_away(x / m),
    "CEILING": lambda x, s: math.ceil(x / s) * s, "FLOOR": lambda x, s: math.floor(x / s) * s,
    "float": float, "double": float, "amax": max, "amin": min, "rem": math.fmod, "IEEEremainder": math.remainder,
    **dict.fromkeys(("floormod", "floor_mod"), lambda x, y: x % y),
    "Max": max, "Min": min,
    **dict.fromkeys(("clamp", "clip_by_value", "bound"), lambda x, a, b: min(max(x, a), b)),
    "saturate": lambda x: min(max(x, 0), 1), "fdim": lambda x, y: x - y if x > y else 0,
    "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "product": lambda x, y: x * y,
    "prod": lambda x, y: x * y, "Times": lambda x, y: x * y, "Plus": lambda x, y: x + y, "Minus": lambda x: -x,
    "QUOTIENT": lambda x, y: math.trunc(x / y), "Quotient": lambda x, y: x // y, "neg": lambda x: -x,
    **dict.fromkeys(("sum", "SUM"), lambda x, y: x + y),
    **dict.fromkeys(("mean", "average", "AVERAGE"), lambda x, y: (x + y) / 2),
    "fma": lambda x, y, z: x * y + z, **dict.fromkeys(("lerp", "mix"), lambda a, b, t: (1 - t) * a + t * b),
    "smoothstep": _smoothstep,
    "ldexp": lambda x, n: x * mp.power(2, n), "sumsq": lambda x, y: x * x + y * y,
    "squared_difference": lambda x, y: (x - y) ** 2, "norm": mp.hypot,
    **dict.fromkeys(("expit", "logistic", "LogisticSigmoid", "invlogit", "inv_logit", "plogis", "sigm", "σ"), _sigmoid),
    **dict.fromkeys(("logit", "qlogis"), lambda x: mp.log(x / (1 - x))),
    **dict.fromkeys(("log_expit", "log_sigmoid"), lambda x: mp.log(_sigmoid(x))), "log1pexp": _softplus,
    "swish": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * mp.tanh(_softplus(x)), **dict.fromkeys(("softsign", "soft_sign"), lambda x: x / (1 + abs(x))),
    "selu": lambda x: 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * mp.expm1(x)),
    "celu": lambda x, a=1: x if x > 0 else a * mp.expm1(x / a), "prelu": lambda x, a: x if x > 0 else a * x,
    "glu": lambda a, b: a * _sigmoid(b), "squareplus": lambda x: (x + mp.sqrt(x * x + 4)) / 2,
    **dict.fromkeys(("hardswish", "hard_swish"), lambda x: x * min(max(x + 3, 0), 6) / 6),
    "hardsigmoid": lambda x: min(max(x + 3, 0), 6) / 6,
    "softshrink": lambda x: x - 0.5 if x > 0.5 else x + 0.5 if x < -0.5 else 0,
    "hardshrink": lambda x: x if abs(x) > 0.5 else 0, "relu_squared": lambda x: max(x, 0) ** 2,
    **dict.fromkeys(("gelu_tanh", "gelu_new"), _gelu_tanh), "quick_gelu": lambda x: x * _sigmoid(1.702 * x),
    **dict.fromkeys(("hardtanh", "hard_tanh"), lambda x: max(-1, min(1, x))),
    "relu6": lambda x: min(max(x, 0), 6), **dict.fromkeys(("ReLU", "ramp"), lambda x: max(x, 0)),
    "softmax": lambda a, b: mp.exp(a) / (mp.exp(a) + mp.exp(b)),
    "softmin": lambda a, b: mp.exp(-a) / (mp.exp(-a) + mp.exp(-b)),
    "log_softmax": lambda a, b: a - mp.log(mp.exp(a) + mp.exp(b)),
    **dict.fromkeys(("lse", "reduce_logsumexp"), lambda x, y: mp.log(mp.exp(x) + mp.exp(y))),
    "tanhshrink": lambda x: x - mp.tanh(x), "logcosh": lambda x: mp.log(mp.cosh(x)),
    "entr": lambda x: -x * mp.log(x), "rel_entr": lambda x, y: x * mp.log(x / y),
    "kl_div": lambda x, y: x * mp.log(x / y) - x + y,
    "xlog1py": lambda x, y: x * mp.log1p(y),
    **dict.fromkeys(("gammaln", "loggamma", "lngamma", "GAMMALN"), lambda x: mp.log(abs(mp.gamma(x)))),
    **dict.fromkeys(("tgamma", "Γ"), mp.gamma), "lfactorial": lambda n: mp.log(mp.factorial(n)),
    **dict.fromkeys(("factorial", "fact", "FACT"), mp.factorial), "rgamma": mp.rgamma,
    **dict.fromkeys(("psi", "ψ"), mp.digamma), "trigamma": lambda x: mp.psi(1, x), "beta": mp.beta,
    **dict.fromkeys(("betaln", "lbeta"), lambda x, y: mp.log(abs(mp.beta(x, y)))),
    **dict.fromkeys(("binomial", "comb", "nchoosek", "COMBIN"), mp.binomial),
    "perm": lambda n, k: mp.factorial(n) / mp.factorial(n - k),
    **dict.fromkeys(("ndtr", "normcdf", "NORMSDIST", "pnorm", "Φ"), _cdf),
    **dict.fromkeys(("normpdf", "dnorm"), mp.npdf),
    **dict.fromkeys(("ndtri", "norminv", "NORMSINV", "probit", "qnorm"), _quantile),
    "log_ndtr": lambda x: mp.log(_cdf(x)), "erfcx": lambda x: mp.exp(mp.mpf(x) ** 2) * mp.erfc(x),
    "erfcinv": lambda x: mp.erfinv(1 - x), **dict.fromkeys(("inverf", "InverseErf"), mp.erfinv),
    **dict.fromkeys(("step", "unitstep"), lambda x: 1 if x >= 0 else 0),
    **dict.fromkeys(("stop_gradient", "StopGradient"), lambda x: x),
}  # fmt: skip
OF_GAMMA = {"binomial", "comb", "nchoosek", "COMBIN", "perm", "beta", "betaln", "lbeta"}
CHOICES = {"ifelse", "if", "IF", "iif"}  # of a condition, tested by themselves


def reference(name: str) -> Callable[..., Any]:
    """What another system means by a name."""
    found = REFERENCES.get(name) or getattr(np, name, None) or getattr(math, name, None)
    assert found is not None, name
    return found  # type: ignore[no-any-return]


def test_there_are_many_names() -> None:
    """None of them is a function here, and none stands twice."""
    assert len(KNOWN) >= 150
    assert not KNOWN.keys() & FUNCTIONS.keys()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "parameters", "formula"),
    [(name, *row) for name in sorted(KNOWN.keys() - CHOICES) for row in KNOWN[name]],
)
def test_what_is_suggested_means_the_same(name: str, parameters: str, formula: str) -> None:
    """At all points where the other one has a real value, of which there are some."""
    letters = parameters.split(", ")
    graph, tried = parse(formula), 0
    for point in POINTS:
        numbers = [float(round(x)) if letter == "n" else x for letter, x in zip(letters, point, strict=False)]
        try:
            with np.errstate(all="ignore"):
                true = reference(name)(*numbers)
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            continue
        if isinstance(true, mp.mpc) or not abs(true) < 1e12:
            continue
        if name in OF_GAMMA and min(numbers) <= 0:
            continue  # where signs of gamma count
        at = dict(zip(letters, numbers, strict=True))
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
        ("1 + sqr(a + b)", "write 1 + (a + b)^2\n"),
        ("Sqr(-a)", "write (-a)^2\n"),
        ("rsqrt(x)", "write 1/sqrt(x)\n"),
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
    [("sine(x)", "'sin'"), ("tahn(x)", "'tanh'"), ("SQRT(x)", "'sqrt'"), ("sigmod(x)", "'sigmoid'"),
     ("sqare(x)", "'square(x)', that is x^2"), ("logsumexpt(x)", "'logsumexp'"),
     ("arctann(x)", "'arctan(x)', that is atan(x)")],
)  # fmt: skip
def test_slips_of_the_pen(call: str, suggested: str) -> None:
    """One letter, or two in a longer word, of a name here; one of a name elsewhere, which is said to be that."""
    assert f"; did you mean {suggested}?\n" in run("eval", call).err


@pytest.mark.parametrize(
    "name", ["foo", "activation", "sin2", "log3", "rexlu2", "sinus_cardinalis", "qq", "max_pool", "price"]
)
def test_nothing_else_gets_a_suggestion(name: str) -> None:
    """What is far from all names is only said to be unknown."""
    assert "'gradcli functions' lists those there are" in run("eval", f"{name}(x)").err


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("snih", "sinh"), ("sqt", "sqrt"), ("cosg", "cosh"), ("tann", "tan"), ("soin", "sin"), ("squrt", "sqrt"),
        ("sigmaid", "sigmoid"), ("sofplus", "softplus"), ("degree", "degrees"), ("leakyrelu", "leaky_relu"),
        ("atna2", "atan2"), ("logsumexpt", "logsumexp"), ("sine", "sin"),
        ("sinr", None), ("tanm", None), ("coshk", None), ("signer", None), ("pot", None), ("expo", None), ("bin", None),
        ("long", None), ("fround", None), ("rgamma", None), ("rel", None), ("sun", None), ("flip", None),
    ],
)  # fmt: skip
def test_a_slip_is_one_of_the_fingers(word: str, meant: str | None) -> None:
    """Neighbouring keys, changed places, vowels, a letter inside that is too many: no other beginning, no other end."""
    assert nearest(word, FUNCTIONS) == meant


# Names that are near one of gradcli's, or of another system, with the same meaning.
KNOWN_HERE = {name.lower() for name in (*FUNCTIONS, *ARRAY_FUNCTIONS)}
MEANT_SO = {"cdouble", "degree", "erf_inv", "fmean", "fprod"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("system", [np, sympy, mpmath, math, statistics, builtins], ids=lambda system: system.__name__)
def test_no_function_of_another_system_is_taken_for_a_slip(system: ModuleType) -> None:
    """Each is known by its meaning, or gets no suggestion; other capitals are no other name."""
    names = [name for name in dir(system) if name[0] != "_" and callable(getattr(system, name))]
    slips = {name: unknown(name).facts for name in names if name.lower() not in KNOWN_HERE}
    assert {name for name, facts in slips.items() if "suggestion" in facts} <= MEANT_SO


def test_what_has_no_counterpart_is_only_said_to_have_none() -> None:
    """Some hundred names, in any capitals that mean nothing else."""
    assert len(ABSENT) >= 300
    assert not ABSENT & (KNOWN.keys() | FUNCTIONS.keys())
    for name in ABSENT:
        assert ("function-elsewhere", {"name": name}) == (unknown(name).code, unknown(name).facts)
    assert "there is no 'Zeta' here; 'gradcli functions' lists" in run("eval", "Zeta(x)").err
    assert "there is no 'airy' here" in run("functions", "airy").err


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ("int(-2.5)", -2), ("INT(-2.5)", -3), ("Int(x)", None), ("Log(x)", "log(x)"), ("Log(2, x)", "log(x, 2)"),
        ("LOG(x)", "log10(x)"), ("LOG(x, 2)", "log(x, 2)"), ("ATAN2(x, 3)", "atan2(3, x)"),
        ("quotient(x, y)", None), ("Quotient(x, y)", "floor(x/y)"), ("QUOTIENT(x, y)", "trunc(x/y)"),
        ("σ(w*x + b)", "sigmoid(w*x + b)"), ("σ + σ(x)", "σ*(x)"),
        ("sinf(2*x)", "sin(2*x)"), ("powl(x, 2)", "x^2"), ("exp_(x)", "exp(x)"), ("sinc_(x)", None),
        ("float(x + 1)", "x + 1"), ("positive(a)", "a"), ("ROUND(x)", "sign(x)*floor(abs(x) + 1/2)"),
    ],
)  # fmt: skip
def test_capitals_and_endings_count(call: str, meant: str | float | None) -> None:
    """What systems mean differently is told apart by how they write it, or nothing is suggested."""
    said = run("eval", call).err.split("\n")[0]
    if isinstance(meant, (int, float)):
        assert meant == gradient(said.rpartition("write ")[2], {}).value
    else:
        assert said.endswith(f"write {meant}" if meant else "lists the functions there are")


@pytest.mark.parametrize("name", ["erfcinv", "ndtri"])
def test_digits_that_a_formula_loses_are_announced(name: str) -> None:
    """In the tails, where 1 - x and 2*x - 1 lose x: a note or an error, never a wrong number alone."""
    graph = parse(KNOWN[name][0][1])
    assert {"lost-digits"} <= {note.code for note in gradient(graph, {"x": 1e-10}).notes}
    with pytest.raises(GradcliError, match="not defined"):
        gradient(graph, {"x": 1e-20})
