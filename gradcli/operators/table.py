"""The operator table: what the program knows about an operator or a function stands in its one row.

A row gives the numeric forward function or a definition by other functions, and the partial derivatives, written in
gradcli's own language over the row's parameters and `out`, the result (what else a row may say: `records.py`). Both
passes, symbolic derivatives, exported code, `gradcli functions` and the tests all read them here; no other module
knows an operator by name, except where text is read or written. Arithmetic other than that of floats is found by a
row's numeric function: `decimals` and `rationals` say of such functions what they are in theirs.
"""

import math
import operator as python
from collections.abc import Callable, Sequence
from typing import Any

from gradcli.operators import exceptional, functions, normal, numeric
from gradcli.operators.erfinv import erfinv, erfinv_slope
from gradcli.operators.gamma import (
    digamma,
    digamma_exceptional,
    gamma,
    gamma_exceptional,
    gamma_slope,
    lgamma,
    polygamma,
    polygamma_exceptional,
)
from gradcli.operators.logsumexp import logsumexp, softmax
from gradcli.operators.records import (
    AND,
    COMPARISON,
    NOT,
    OR,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Branch,
    Kink,
    Operator,
    Partial,
)

# Functions whose names no variable can have. A new function's name is not one of them, so that it breaks no program.
_NAMES = """abs acos acosh asin asinh atan atan2 atanh cbrt ceil clip cos cosh elu erf erfc exp expm1 floor gelu
hypot leaky_relu log log10 log1p log2 logsumexp max min mod relu round sigmoid sign silu sin sinc sinh softplus sqrt tan
tanh where"""
_RESERVED = frozenset(_NAMES.split())

CONSTANTS = {"pi": math.pi, "e": math.e}
# Constants whose name is a variable's where it is given a value, as that of an eccentricity.
FREE = frozenset({"e"})


def row(
    name: str, parameters: str, function: Callable[..., Any] | None, *partials: str | Partial, **facts: Any
) -> Operator:
    """A row; a partial derivative without other facts is its formula.

    Of a function with branches the formulas are put together here, and the definition, unless it is given.
    """
    facts = {"reserved": name in _RESERVED} | facts
    letters = tuple(parameters.split())
    known = tuple(Partial(partial) if isinstance(partial, str) else partial for partial in partials)
    branches = facts.get("branches", ())
    if branches:
        formulas = (joined(branches, [branch.partials[index] for branch in branches]) for index in range(len(letters)))
        known = known or (Partial(""),) * len(letters)
        known = tuple(partial._replace(formula=text) for partial, text in zip(known, formulas, strict=True))
        facts = {"definition": joined(branches, [branch.takes for branch in branches])} | facts
    return Operator(name, letters, function, known, reader=_read, **facts)


def formula(name: str, parameters: str, definition: str, *partials: str | Partial, **facts: Any) -> Operator:
    """The row of a function that is a formula of others: the definition is its numeric function too."""
    return row(name, parameters, None, *partials, definition=definition, **facts)


def joined(branches: Sequence[Branch], texts: Sequence[str]) -> str:
    """What holds on each branch, as one `where`."""
    joined = texts[-1]
    for branch, text in zip(branches[-2::-1], texts[-2::-1], strict=True):
        joined = text if text == joined else f"where({branch.condition}, {text}, {joined})"
    return joined


def _read(definition: str, parameters: tuple[str, ...]) -> Callable[..., Any]:
    return numeric.function(definition, parameters, forward_of, CONSTANTS)


def forward_of(name: str) -> Callable[..., Any] | None:
    """The numeric function of what is called or written so; None for a choice."""
    return None if WRITTEN[name].chooses else WRITTEN[name].read()


# Where a square or its reciprocal leaves the doubles.
_FAR = "abs(x) > 1e100"
_NEAR_OR_FAR = "{0} < 1e-100 or {0} > 1e100"
# e^(−x²), where the square of what the exponential is of is exact (as in fdlibm's erfc).
_OF_SQUARE = "c = clip(x, -30, 30); h = round(c * 1024) / 1024; {} / sqrt(pi) * exp(-h^2) * exp(-(c - h) * (c + h))"
_OFF_POLES = "x > 0 or x != floor(x)"

# Leaves: their value is given, not computed.
VARIABLE = row("variable", "", exceptional.not_a_number)
CONSTANT = row("constant", "", exceptional.not_a_number)

# fmt: off
IDENTITY = row("identity", "x", float, "1", arithmetic="sum")

INFIX = (
    row("add", "x y", python.add, "1", "1",   symbol="+", precedence=SUM, arithmetic="sum"),
    row("sub", "x y", python.sub, "1", "-1",  symbol="-", precedence=SUM, arithmetic="sum"),
    row("mul", "x y", python.mul, "y", "x",   symbol="*", precedence=PRODUCT, arithmetic="product"),
    row("div", "x y", python.truediv, "1 / y",
        Partial("-out / y", textbook="-x / y^2", slope=functions.divide_slope_divisor,
                lossy="out != 0 and abs(out) < 2.3e-308",
                elsewhere=_NEAR_OR_FAR.format("abs(y)")),
        symbol="/", precedence=PRODUCT, arithmetic="quotient", domain=("y != 0",),
        exceptional=exceptional.divide_exceptional),
    row("pow", "x y", math.pow,
        Partial("y * x^(y - 1)", stable="where(y == 0, 0, y * x^(y - 1))", slope=functions.power_slope_base,
                arrays="where(y == 0, 0, where(y == round(y), y * x^(y - 1), y * (out / x)))",
                lossy="y != round(y) and (x == 0 or abs(out) < 1e-290 or abs(out / x) < 1e-290 or abs(out / x) > 1e290)"
                      " or abs(y) > 4 and (abs(y) > 1e15 or abs(out) < 1e-290 or abs(out) > 1e290)",
                steep="x == 0 and y > 0 and y < 1", elsewhere="x == 0 and y == 0"),
        Partial("out * log(x)", stable="where(x == 0 and y > 0, 0, out * log(x))", steep="x <= 0",
                slope=functions.power_slope_exponent, lossy="x > 0 and out < 2.3e-308"),
        symbol="^", precedence=POWER, right=True, never_0=True,
        domain=("x >= 0 or y == round(y)", "x != 0 or y >= 0"), exceptional=exceptional.power_exceptional),
    row("lt", "x y", python.lt, symbol="<",  precedence=COMPARISON, condition=True),
    row("le", "x y", python.le, symbol="<=", precedence=COMPARISON, condition=True),
    row("gt", "x y", python.gt, symbol=">",  precedence=COMPARISON, condition=True),
    row("ge", "x y", python.ge, symbol=">=", precedence=COMPARISON, condition=True),
    row("eq", "x y", python.eq, symbol="==", precedence=COMPARISON, condition=True),
    row("ne", "x y", python.ne, symbol="!=", precedence=COMPARISON, condition=True),
    row("and", "x y", functions.conjunction, symbol="and", precedence=AND, condition=True, conditions=(0, 1),
        chooses=lambda x: 1 if x else 0),
    row("or", "x y", functions.disjunction, symbol="or", precedence=OR, condition=True, conditions=(0, 1),
        chooses=lambda x: 0 if x else 1),
)

PREFIX = (
    row("neg", "x", python.neg, "-1", symbol="-", precedence=SIGN, arithmetic="sum"),
    row("not", "x", python.not_, symbol="not", precedence=NOT, condition=True, conditions=(0,)),
)

EXPONENTIAL = (
    row("exp",   "x", math.exp,   "out", exceptional=exceptional.infinity, never_0=True, rises=True),
    row("expm1", "x", math.expm1, Partial("exp(x)", elsewhere="x < -8"), exceptional=exceptional.infinity,
        textbook="exp(x) - 1", rises=True),
    row("log",   "x", math.log,   "1 / x", domain=("x > 0",), exceptional=exceptional.log_exceptional, rises=True),
    row("log2",  "x", math.log2,  "1 / (x * log(2))", domain=("x > 0",), exceptional=exceptional.log_exceptional,
        textbook="log(x) / log(2)", rises=True),
    row("log10", "x", math.log10, Partial("1 / (x * log(10))", stable="1 / log(10) / x"), domain=("x > 0",),
        exceptional=exceptional.log_exceptional, textbook="log(x) / log(10)", rises=True),
    row("log_base", "x base", functions.log_base,
        Partial("1 / (x * log(base))", stable="1 / log(base) / x"),
        Partial("-out / (base * log(base))", stable="-out / log(base) / base"),
        domain=("x > 0", "base > 0", "base != 1"), exceptional=exceptional.log_base_exceptional,
        # in IEEE arithmetic log(x) / log(0) is 0, which would pass for a value
        definition="log(x) / log(where(base > 0, base, -1))", textbook="log(x) / log(base)", called="log"),
    formula("exp2", "x", "2^x", "out * log(2)", rises=True),
    row("log1p", "x", math.log1p, "1 / (1 + x)", domain=("x > -1",), exceptional=exceptional.log1p_exceptional,
        textbook="log(1 + x)", rises=True),
    row("sqrt",  "x", math.sqrt,  Partial("1 / (2 * out)", steep="x == 0"), domain=("x >= 0",), rises=True),
    row("cbrt",  "x", functions.cbrt,  Partial("1 / (3 * out^2)", steep="x == 0"), rises=True),
)

TRIGONOMETRIC = (  # in radians
    row("sin",   "x", math.sin,   "cos(x)", waves=True),
    row("cos",   "x", math.cos,   "-sin(x)", waves=True),
    row("tan",   "x", math.tan,   Partial("1 + out^2", textbook="1 / cos(x)^2", elsewhere="abs(out) > 1e100"),
        parts="sin(x) / cos(x)"),
    formula("sec", "x", "1 / cos(x)", "out * tan(x)"),
    formula("csc", "x", "1 / sin(x)", Partial("-out * cot(x)", stable="-cos(x) / sin(x) / sin(x)"), domain=("x != 0",)),
    formula("cot", "x", "1 / tan(x)", Partial("-1 / sin(x)^2", stable="-1 / sin(x) / sin(x)"), domain=("x != 0",),
        parts="cos(x) / sin(x)"),
    row("asin",  "x", math.asin,
        Partial("1 / sqrt((1 - x) * (1 + x))", textbook="1 / sqrt(1 - x^2)", steep="abs(x) == 1",
                elsewhere="abs(x) > 0.99"),
        domain=("x >= -1", "x <= 1"), rises=True),
    row("acos",  "x", math.acos,
        Partial("-1 / sqrt((1 - x) * (1 + x))", textbook="-1 / sqrt(1 - x^2)", steep="abs(x) == 1",
                elsewhere="abs(x) > 0.99"),
        domain=("x >= -1", "x <= 1")),
    row("atan",  "x", math.atan,
        Partial("1 / (1 + x^2)", stable="where(abs(x) < 1e100, 1 / (1 + x^2), 1 / x / x)", elsewhere=_FAR), rises=True),
    row("atan2", "y x", math.atan2,
        Partial("x / hypot(x, y) / hypot(x, y)", textbook="x / (x^2 + y^2)", slope=functions.atan2_slope_y,
                arrays="x / (x^2 + y^2)", lossy=_NEAR_OR_FAR.format("x^2 + y^2"), steep="x == 0 and y == 0",
                elsewhere=_NEAR_OR_FAR.format("hypot(x, y)")),
        Partial("-y / hypot(x, y) / hypot(x, y)", textbook="-y / (x^2 + y^2)", slope=functions.atan2_slope_x,
                arrays="-y / (x^2 + y^2)", lossy=_NEAR_OR_FAR.format("x^2 + y^2"), steep="x == 0 and y == 0",
                elsewhere=_NEAR_OR_FAR.format("hypot(x, y)")),
        jump="where(x <= 0, y, 1)"),
    formula("asec", "x", "s = where(x < 0, -1, 1); 2 * atan2(sqrt(s * (x - 1)), sqrt(s * (x + 1)))",
        Partial("1 / (abs(x) * sqrt((x - 1) * (x + 1)))", textbook="1 / (abs(x) * sqrt(x^2 - 1))",
                stable="1 / abs(x) / (sqrt(abs(x) - 1) * sqrt(abs(x) + 1))", steep="abs(x) == 1",
                elsewhere="abs(x) > 1000"),
        domain=("x <= -1 or x >= 1",), textbook="acos(1 / x)"),
    formula("acsc", "x", "where(abs(x) > 2, asin(1 / x), atan2(sign(x), sqrt((x - 1) * (x + 1))))",
        Partial("-1 / (abs(x) * sqrt((x - 1) * (x + 1)))", textbook="-1 / (abs(x) * sqrt(x^2 - 1))",
                stable="-1 / abs(x) / (sqrt(abs(x) - 1) * sqrt(abs(x) + 1))", steep="abs(x) == 1"),
        domain=("x <= -1 or x >= 1",), textbook="asin(1 / x)"),
    formula("acot", "x", "atan(1 / x)",
        Partial("-1 / (1 + x^2)", stable="where(abs(x) < 1e100, -1 / (1 + x^2), -1 / x / x)",
                elsewhere="abs(x) < 1e-100"), domain=("x != 0",)),
    row("sinh",  "x", math.sinh,  "cosh(x)", exceptional=exceptional.signed_infinity, rises=True),
    row("cosh",  "x", math.cosh,  "sinh(x)", exceptional=exceptional.infinity),
    row("tanh",  "x", math.tanh,
        Partial("(1 / cosh(x))^2", textbook="1 - out^2", stable="4 * sigmoid(2 * x) * sigmoid(-2 * x)",
                slope=functions.tanh_slope, arrays="p = exp(-2 * abs(x)); 4 * p / (1 + p)^2",
                elsewhere="abs(x) > 4"), rises=True),
    row("asinh", "x", math.asinh, Partial("1 / hypot(1, x)", textbook="1 / sqrt(x^2 + 1)", elsewhere=_FAR), rises=True),
    row("acosh", "x", math.acosh,
        Partial("1 / (sqrt(x - 1) * sqrt(x + 1))", textbook="1 / sqrt(x^2 - 1)", steep="x == 1",
                elsewhere="x < 1.01 or x > 1e100"),
        domain=("x >= 1",), rises=True),
    row("atanh", "x", math.atanh,
        Partial("1 / ((1 - x) * (1 + x))", textbook="1 / (1 - x^2)", elsewhere="abs(x) > 0.99"),
        domain=("x > -1", "x < 1"), exceptional=exceptional.atanh_exceptional, rises=True),
    formula("sech", "x", "p = exp(-abs(x)); 2 * p - 2 * p^3 / (1 + p^2)",
        Partial("-out * tanh(x)", elsewhere="abs(x) < 0.1"), textbook="1 / cosh(x)"),
    formula("csch", "x", "where(x < 0, 2 * exp(x) / expm1(2 * x), -2 * exp(-x) / expm1(-2 * x))",
        Partial("-out * coth(x)", stable="-out / tanh(x)"), domain=("x != 0",), textbook="1 / sinh(x)"),
    formula("coth", "x", "where(x < 0, 2 * exp(2 * x) / expm1(2 * x) - 1, 1 - 2 * exp(-2 * x) / expm1(-2 * x))",
        Partial("-csch(x)^2", stable="-1 / sinh(clip(x, -400, 400)) / sinh(clip(x, -400, 400))"),
        domain=("x != 0",), textbook="1 / tanh(x)"),
    formula("asech", "x",
        "where(x < 0.5, log(1 + sqrt((1 - x) * (1 + x))) - log(x), 2 * asinh(sqrt((1 - x) / x / 2)))",
        Partial("-1 / (x * sqrt((1 - x) * (1 + x)))", textbook="-1 / (x * sqrt(1 - x^2))", steep="x == 1"),
        domain=("x > 0", "x <= 1"), textbook="acosh(1 / x)"),
    formula("acsch", "x", "where(x != 0 and abs(x) < 1e-300, sign(x) * (log(2) - log(abs(x))), asinh(1 / x))",
        Partial("-1 / (abs(x) * hypot(1, x))", textbook="-1 / (abs(x) * sqrt(1 + x^2))",
                stable="-1 / abs(x) / hypot(1, x)", elsewhere="abs(x) < 1e-100"),
        domain=("x != 0",), textbook="asinh(1 / x)"),
    formula("acoth", "x", "sign(x) * log1p(2 / (abs(x) - 1)) / 2",
        Partial("1 / ((1 - x) * (1 + x))", textbook="1 / (1 - x^2)", stable="1 / (1 - x) / (1 + x)"),
        domain=("x < -1 or x > 1",), textbook="atanh(1 / x)"),
    formula("detach", "x", "x", "0", held=True),
    formula("degrees", "x", "x * (180 / pi)", "180 / pi"),
    formula("radians", "x", "x * (pi / 180)", "pi / 180"),
)

BRANCHING = (
    row("abs",   "x", python.abs, branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "-x", ("-1",))),
        kinks=(Kink("x", "0", below=1, above=0),)),
    row("sign",  "x", functions.sign,  "0", jump="x"),
    row("min",   "x", functions.minimum, Partial("where(x == out, 1, 0)", slope=functions.slopes_of_first_extreme),
        "where(x == out and x < before, 1, 0)", variadic=True, least=2, ties=True),
    row("max",   "x", functions.maximum, Partial("where(x == out, 1, 0)", slope=functions.slopes_of_first_extreme),
        "where(x == out and x > before, 1, 0)", variadic=True, least=2, ties=True),
    row("clip",  "x low high", functions.clip, definition="min(max(x, low), high)", branches=(
            Branch("x > high or low > high", "high", ("0", "0", "1")),
            Branch("x < low", "low", ("0", "1", "0")),
            Branch("", "x", ("1", "0", "0"))),
        kinks=(Kink("x", "low", below=1, above=2), Kink("x", "high", below=2, above=0),
                Kink("low", "high", below=1, above=0))),
    row("floor", "x", functions.floor, "0", jump="x - out", exceptional=float),
    row("ceil",  "x", functions.ceil,  "0", jump="x - out", exceptional=float),
    row("round", "x", functions.round_half_even, "0", jump="abs(x - out) - 0.5", exceptional=float),
    formula("trunc", "x", "sign(x) * floor(abs(x))", "0", jump="where(x == 0, 1, x - out)"),
    formula("heaviside", "x", "where(x >= 0, 1, where(x < 0, 0, x))", "0", jump="x", textbook="where(x >= 0, 1, 0)"),
    row("mod",   "x y", functions.mod, "1",
        Partial("-round((x - out) / y)", textbook="-floor(x / y)", stable="-round(x / y - out / y)", steep="abs(y) < 1",
                elsewhere="out < 0 or abs(x / y - round(x / y)) < 1e-9 * abs(x / y)"),
        jump="out", domain=("y != 0",), textbook="x - y * floor(x / y)"),
    row("where", "condition a b", functions.where, "", "where(condition, 1, 0)", "where(condition, 0, 1)",
        conditions=(0,), chooses=lambda condition: 1 if condition else 2),
)

NEURAL = (
    row("relu",  "x", None, definition="where(x < 0, 0, x)", branches=(
            Branch("x >= 0", "x", ("1",), gate="open"),
            Branch("", "0", ("0",), gate="closed")),
        kinks=(Kink("x", "0", below=1, above=0),)),
    row("leaky_relu", "x slope", None, branches=(
            Branch("x >= 0", "x", ("1", "0")),
            Branch("", "slope * x", ("slope", "x"))),
        kinks=(Kink("x", "0", below=1, above=0),)),
    row("elu",   "x", None, Partial("", elsewhere="x < -8"), branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "expm1(x)", ("exp(x)",))),
        kinks=(Kink("x", "0", below=1, above=0),)),
    row("sigmoid", "x", functions.sigmoid,
        Partial("out * sigmoid(-x)", textbook="out * (1 - out)", elsewhere="x > 8"),
        definition="power = exp(-abs(x)); where(x < 0, power, 1) / (1 + power)", textbook="1 / (1 + exp(-x))",
        letter="σ", complement="sigmoid(-x)", rises=True),
    formula("softplus", "x", "where(x < 0, 0, x) + log1p(exp(-abs(x)))", "sigmoid(x)", textbook="log(1 + exp(x))",
        rises=True),
    formula("logsigmoid", "x", "-softplus(-x)", "sigmoid(-x)", textbook="-log(1 + exp(-x))", rises=True),
    row("silu",  "x", functions.silu,
        Partial("sigmoid(x) * (1 + x * sigmoid(-x))", slope=functions.silu_slope, elsewhere="x < -8",
                arrays="d = x + 1.2784645427610737 + 1.0946994183093437e-16; p = exp(x);"
                       " where(x < 0, p * (d + 0.2784645427610738 * expm1(d)) / (1 + p)^2,"
                       " sigmoid(x) * (1 + x * sigmoid(-x)))", lossy="x < -700"),
        definition="x * sigmoid(x)", lossy="x < -700"),
    row("gelu",  "x", normal.gelu,
        Partial("erfc(-x / sqrt(2)) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)",
                stable="erfc(-x / sqrt(2)) / 2 + x * exp(-clip(x, -40, 40)^2 / 2) / sqrt(2 * pi)",
                slope=normal.gelu_slope, elsewhere=_FAR, lossy="x < -0.3 or x > 1e100"),
        definition="x * erfc(-x / sqrt(2)) / 2", lossy="x < -1.5 or x > 1e100"),
)

OTHER = (
    row("sum", "x", functions.total, Partial("1", slope=functions.ones), "1", variadic=True, least=2,
        arithmetic="sum", exceptional=exceptional.total_exceptional),
    row("hypot", "x y", math.hypot,
        Partial("x / out", textbook="x / sqrt(x^2 + y^2)", stable="where(out == 0, 0, x / out)",
                slope=functions.hypot_slope_x, arrays="x / out", lossy="out < 2.3e-308",
                elsewhere=_NEAR_OR_FAR.format("out")),
        Partial("y / out", textbook="y / sqrt(x^2 + y^2)", stable="where(out == 0, 0, y / out)",
                slope=functions.hypot_slope_y, arrays="y / out", lossy="out < 2.3e-308",
                elsewhere=_NEAR_OR_FAR.format("out")),
        cone=True, textbook="sqrt(x^2 + y^2)"),
    row("length", "x", math.hypot,
        Partial("x / out", stable="where(out == 0, 0, x / out)", slope=functions.length_slopes, lossy="out < 2.3e-308",
                elsewhere=_NEAR_OR_FAR.format("out")),
        Partial("x / out", stable="where(out == 0, 0, x / out)"),
        variadic=True, least=3, cone=True, textbook="sqrt(x^2 + …)", called="hypot"),
    formula("xlogy", "x y", "x * log(where(x == 0 and y <= 0, 1, y))",
        Partial("log(y)", steep="y <= 0"),
        Partial("where(x == 0, 0, x / y)", textbook="x / y", stable="x / where(x == 0, 1, y)"),
        domain=("x == 0 or y > 0",)),
    row("erf",   "x", math.erf,
        Partial("2 / sqrt(pi) * exp(-x^2)", stable="2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",
                slope=normal.erf_slope,
                arrays=_OF_SQUARE.format("2"), lossy="abs(x) > 26 and abs(x) < 28"), rises=True),
    row("erfc",  "x", math.erfc,
        Partial("-2 / sqrt(pi) * exp(-x^2)", stable="-2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",
                slope=normal.erfc_slope,
                arrays=_OF_SQUARE.format("-2"), lossy="abs(x) > 26 and abs(x) < 28"), never_0=True),
    formula("sinc", "x", "where(x == 0, 1, sin(x) / x)",
        Partial("where(x == 0, 0, (cos(x) - out) / x)",
                stable="where(abs(x) < 0.2,"
                       " -x / 3 * (1 - x^2 / 10 * (1 - x^2 / 28 * (1 - x^2 / 54 * (1 - x^2 / 88)))),"
                       " (cos(x) - out) / x)",
                slope=functions.sinc_slope, lossy="abs(x) < 1.25 or abs(cos(x) - out) < 0.7 * abs(out)",
                at_zero="where(mod(n, 2) == 0, (-1)^(n/2) / (n + 1), 0)",
                elsewhere="abs(x) < 0.2")),
    row("logsumexp", "x", logsumexp, Partial("exp(x - out)", slope=softmax), "exp(x - out)",
        variadic=True, least=1, weight="exp(x - largest)"),
    row("erfinv", "x", erfinv, Partial("sqrt(pi) / 2 * exp(out^2)", slope=erfinv_slope, lossy="abs(x) > 0.5"),
        domain=("x > -1", "x < 1"), exceptional=exceptional.atanh_exceptional, rises=True),
    row("lgamma", "x", lgamma, Partial("digamma(x)", elsewhere="x < 0"), domain=(_OFF_POLES,), poles=True,
        exceptional=exceptional.infinity),
    row("gamma", "x", gamma, Partial("out * digamma(x)", slope=gamma_slope, lossy="abs(out) < 1e-290",
        elsewhere="x < 0"), domain=(_OFF_POLES,),
        poles=True, exceptional=gamma_exceptional),
    row("digamma", "x", digamma,
        Partial("polygamma(1, x)", stable="where(x > 1e20, 1 / x, polygamma(1, x))", elsewhere="x == x"),
        domain=(_OFF_POLES,), poles=True, exceptional=digamma_exceptional),
    row("polygamma", "n x", polygamma, "", Partial("polygamma(n + 1, x)", elsewhere="n == 0"), orders=(0,),
        domain=("n >= 0 and n == round(n)", "n < 2^53", _OFF_POLES), poles=True, exceptional=polygamma_exceptional),
)
# fmt: on

# The rows as `gradcli functions` lists them.
GROUPS = {
    "operators": (IDENTITY, *INFIX, *PREFIX),
    "exponential": EXPONENTIAL,
    "trigonometric": TRIGONOMETRIC,
    "branching": BRANCHING,
    "neural": NEURAL,
    "other": OTHER,
}
CALLS = (*EXPONENTIAL, *TRIGONOMETRIC, *BRANCHING, *NEURAL, *OTHER)
OPERATORS = {row.name: row for rows in GROUPS.values() for row in rows}
# What the chain rule and simplification write themselves.
ADD, SUB, MUL, DIV, POW, NEG, EQ, MAX, TOTAL, SQRT, CBRT, WHERE = (
    OPERATORS[name] for name in ["add", "sub", "mul", "div", "pow", "neg", "eq", "max", "sum", "sqrt", "cbrt", "where"]
)
FUNCTIONS = {row.name: row for row in CALLS if not row.called} | {"ln": OPERATORS["log"]}
LONGER = tuple(row for row in CALLS if row.called)  # what is called by the name of another row
WRITTEN = {row.symbol: row for row in INFIX} | FUNCTIONS


def row_called(name: str, count: int) -> Operator | None:
    """The row that is called by a name with so many arguments, if there is one."""
    row = FUNCTIONS.get(name)
    named = [row, *(other for other in LONGER if other.called == row.name)] if row else []
    return next((row for row in named if row.takes(count)), None)


def is_reserved(word: str) -> bool:
    """Whether a word is a function or constant wherever it stands, so that no variable or step can be called so."""
    row = FUNCTIONS.get(word)
    return (word in CONSTANTS and word not in FREE) or (row is not None and row.reserved)
