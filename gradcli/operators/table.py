"""The operator table: everything the program knows about an operator or a function stands in its one row.

A row gives the numeric forward function and the partial derivatives, written in gradcli's own language over the
row's parameters and `out`, the result (what else a row may say: `records.py`). The backward pass, symbolic
derivatives, exported code, `gradcli functions` and the tests all read them here; no other module knows an operator by
name, except where text is read or written.
"""

import math
import operator as python
from collections.abc import Callable
from typing import Any

from gradcli.operators import functions
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

CONSTANTS = {"pi": math.pi, "tau": math.tau, "e": math.e}


def _row(name: str, parameters: str, forward: Callable[..., Any], *partials: str | Partial, **facts: Any) -> Operator:
    given = tuple(Partial(partial) if isinstance(partial, str) else partial for partial in partials)
    letters = tuple(parameters.split())
    return Operator(name, letters, forward, _joined(letters, given, facts.get("branches", ())), **facts)


def _joined(
    parameters: tuple[str, ...], partials: tuple[Partial, ...], branches: tuple[Branch, ...]
) -> tuple[Partial, ...]:
    """The partial derivatives of a function with branches, as one `where` for each parameter."""
    if not branches:
        return partials
    joined = branches[-1].partials
    for branch in reversed(branches[:-1]):
        joined = tuple(
            taken if taken == other else f"where({branch.condition}, {taken}, {other})"
            for taken, other in zip(branch.partials, joined, strict=True)
        )
    known = partials or (Partial(""),) * len(parameters)
    return tuple(partial._replace(formula=text) for partial, text in zip(known, joined, strict=True))


# Where a square or its reciprocal leaves the doubles.
_FAR = "abs(x) > 1e100"
_NEAR_OR_FAR = "{0} < 1e-100 or {0} > 1e100"

# Leaves: their value is given, not computed.
VARIABLE = _row("variable", "", functions.not_a_number)
CONSTANT = _row("constant", "", functions.not_a_number)

# fmt: off
IDENTITY = _row("identity", "x", float, "1", words=("Step", "代入"))

INFIX = (
    _row("add", "x y", python.add, "1", "1",   symbol="+", precedence=SUM, words=("Add", "加算")),
    _row("sub", "x y", python.sub, "1", "-1",  symbol="-", precedence=SUM, words=("Sub", "減算")),
    _row("mul", "x y", python.mul, "y", "x",   symbol="*", precedence=PRODUCT, words=("Mul", "乗算"),
         overflow_hint="for the length of a vector there is hypot(x, y)"),
    _row("div", "x y", python.truediv, "1 / y",
         Partial("-out / y", textbook="-x / y^2", slope=functions.divide_slope_divisor,
                 elsewhere=_NEAR_OR_FAR.format("abs(y)")),
         symbol="/", precedence=PRODUCT, words=("Div", "除算"),
         domain=("y != 0",), exceptional=functions.divide_exceptional),
    _row("pow", "x y", math.pow,
         Partial("y * x^(y - 1)", stable="where(y == 0, 0, y * x^(y - 1))", slope=functions.power_slope_base,
                 steep="x == 0 and y > 0 and y < 1", elsewhere="x == 0 and y == 0"),
         Partial("out * log(x)", stable="where(x == 0 and y > 0, 0, out * log(x))", steep="x <= 0",
                 slope=functions.power_slope_exponent),
         symbol="^", precedence=POWER, right=True, words=("Power", "べき乗"),
         domain=("x >= 0 or y == round(y)", "x != 0 or y >= 0"), exceptional=functions.power_exceptional,
         hint="a root of a negative number: -(8^(1/3)) or cbrt(-8) instead of (-8)^(1/3)"),
    _row("lt", "x y", python.lt, symbol="<",  precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("le", "x y", python.le, symbol="<=", precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("gt", "x y", python.gt, symbol=">",  precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("ge", "x y", python.ge, symbol=">=", precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("eq", "x y", python.eq, symbol="==", precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("ne", "x y", python.ne, symbol="!=", precedence=COMPARISON, condition=True, words=("Comparison", "比較")),
    _row("and", "x y", functions.conjunction, symbol="and", precedence=AND, condition=True, conditions=(0, 1),
         chooses=lambda x: 1 if x else 0, words=("And", "論理積")),
    _row("or", "x y", functions.disjunction, symbol="or", precedence=OR, condition=True, conditions=(0, 1),
         chooses=lambda x: 0 if x else 1, words=("Or", "論理和")),
)

PREFIX = (
    _row("neg", "x", python.neg, "-1", symbol="-", precedence=SIGN, words=("Neg", "符号反転")),
    _row("not", "x", python.not_, symbol="not", precedence=NOT, condition=True, conditions=(0,), words=("Not", "否定")),
)

CALLS = (
    # exponential
    _row("exp",   "x", math.exp,   "out", exceptional=functions.infinity,
         overflow_hint="for log(1 + exp(x)) there is softplus(x), for log(exp(x) + exp(y)) logsumexp(x, y)"),
    _row("expm1", "x", math.expm1, Partial("exp(x)", elsewhere="x < -8"), exceptional=functions.infinity),
    _row("log",   "x", math.log,   "1 / x", domain=("x > 0",), exceptional=functions.log_exceptional,
         hint="for log(1 + x) with a small x there is log1p(x)"),
    _row("log2",  "x", math.log2,  "1 / (x * log(2))", domain=("x > 0",), exceptional=functions.log_exceptional),
    _row("log10", "x", math.log10, Partial("1 / (x * log(10))", stable="1 / log(10) / x"), domain=("x > 0",),
         exceptional=functions.log_exceptional),
    _row("log1p", "x", math.log1p, "1 / (1 + x)", domain=("x > -1",), exceptional=functions.log1p_exceptional),
    _row("sqrt",  "x", math.sqrt,  Partial("1 / (2 * out)", steep="x == 0"), domain=("x >= 0",)),
    _row("cbrt",  "x", functions.cbrt,  Partial("1 / (3 * out^2)", steep="x == 0")),
    # trigonometric, radians
    _row("sin",   "x", math.sin,   "cos(x)"),
    _row("cos",   "x", math.cos,   "-sin(x)"),
    _row("tan",   "x", math.tan,   Partial("1 + out^2", textbook="1 / cos(x)^2", elsewhere="abs(out) > 1e100")),
    _row("asin",  "x", math.asin,
         Partial("1 / sqrt((1 - x) * (1 + x))", textbook="1 / sqrt(1 - x^2)", steep="abs(x) == 1",
                 elsewhere="abs(x) > 0.99"),
         domain=("x >= -1", "x <= 1")),
    _row("acos",  "x", math.acos,
         Partial("-1 / sqrt((1 - x) * (1 + x))", textbook="-1 / sqrt(1 - x^2)", steep="abs(x) == 1",
                 elsewhere="abs(x) > 0.99"),
         domain=("x >= -1", "x <= 1")),
    _row("atan",  "x", math.atan,  Partial("1 / (1 + x^2)", stable="(1 / hypot(1, x))^2", elsewhere=_FAR)),
    _row("atan2", "y x", math.atan2,
         Partial("x / hypot(x, y) / hypot(x, y)", slope=functions.atan2_slope_y, steep="x == 0 and y == 0",
                 elsewhere=_NEAR_OR_FAR.format("hypot(x, y)")),
         Partial("-y / hypot(x, y) / hypot(x, y)", slope=functions.atan2_slope_x, steep="x == 0 and y == 0",
                 elsewhere=_NEAR_OR_FAR.format("hypot(x, y)")),
         jump="where(x <= 0, y, 1)"),
    _row("sinh",  "x", math.sinh,  "cosh(x)", exceptional=functions.signed_infinity),
    _row("cosh",  "x", math.cosh,  "sinh(x)", exceptional=functions.infinity),
    _row("tanh",  "x", math.tanh,
         Partial("(1 / cosh(x))^2", textbook="1 - out^2", stable="4 * sigmoid(2 * x) * sigmoid(-2 * x)",
                 slope=functions.tanh_slope, elsewhere="abs(x) > 4")),
    _row("asinh", "x", math.asinh, Partial("1 / hypot(1, x)", textbook="1 / sqrt(x^2 + 1)", elsewhere=_FAR)),
    _row("acosh", "x", math.acosh,
         Partial("1 / (sqrt(x - 1) * sqrt(x + 1))", textbook="1 / sqrt(x^2 - 1)", steep="x == 1",
                 elsewhere="x < 1.01 or x > 1e100"),
         domain=("x >= 1",)),
    _row("atanh", "x", math.atanh,
         Partial("1 / ((1 - x) * (1 + x))", textbook="1 / (1 - x^2)", elsewhere="abs(x) > 0.99"),
         domain=("x > -1", "x < 1"), exceptional=functions.atanh_exceptional),
    # with branches
    _row("abs",   "x", python.abs, branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "-x", ("-1",))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("sign",  "x", functions.sign,  "0", jump="x"),
    _row("min",   "x", functions.minimum, Partial("where(x == out, 1, 0)", slope=functions.slopes_of_first_extreme),
         "where(x == out and x < before, 1, 0)", variadic=True, least=2, ties=True),
    _row("max",   "x", functions.maximum, Partial("where(x == out, 1, 0)", slope=functions.slopes_of_first_extreme),
         "where(x == out and x > before, 1, 0)", variadic=True, least=2, ties=True),
    _row("clip",  "x low high", functions.clip, branches=(
            Branch("x > high or low > high", "high", ("0", "0", "1")),
            Branch("x < low", "low", ("0", "1", "0")),
            Branch("", "x", ("1", "0", "0"))),
         kinks=(Kink("x - low", below=1, above=2), Kink("x - high", below=2, above=0),
                Kink("low - high", below=1, above=0))),
    _row("floor", "x", functions.floor, "0", jump="x - out", exceptional=float),
    _row("ceil",  "x", functions.ceil,  "0", jump="x - out", exceptional=float),
    _row("round", "x", functions.round_half_even, "0", jump="abs(x - out) - 0.5", exceptional=float),
    _row("mod",   "x y", functions.mod, "1",
         Partial("-round((x - out) / y)", stable="-round(x / y - out / y)", steep="abs(y) < 1",
                 elsewhere="out < 0 or round(x / y - out / y) != floor(x / y)"),
         jump="out", domain=("y != 0",)),
    _row("where", "condition a b", functions.where, "", "where(condition, 1, 0)", "where(condition, 0, 1)",
         conditions=(0,), chooses=lambda condition: 1 if condition else 2),
    # neural networks
    _row("relu",  "x", functions.relu, words=("ReLU", "ReLU"), branches=(
            Branch("x >= 0", "x", ("1",), gate="open"),
            Branch("", "0", ("0",), gate="closed")),
         kinks=(Kink("x", below=1, above=0),)),
    _row("leaky_relu", "x slope", functions.leaky_relu, words=("Leaky ReLU", "Leaky ReLU"), branches=(
            Branch("x >= 0", "x", ("1", "0")),
            Branch("", "slope * x", ("slope", "x"))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("elu",   "x", functions.elu, Partial("", elsewhere="x < -8"), words=("ELU", "ELU"), branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "expm1(x)", ("exp(x)",))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("sigmoid", "x", functions.sigmoid,
         Partial("out * sigmoid(-x)", textbook="out * (1 - out)", elsewhere="x > 8")),
    _row("softplus", "x", functions.softplus, "sigmoid(x)"),
    _row("silu",  "x", functions.silu,
         Partial("sigmoid(x) * (1 + x * sigmoid(-x))", slope=functions.silu_slope, elsewhere="x < -8"),
         words=("SiLU", "SiLU")),
    _row("gelu",  "x", functions.gelu,
         Partial("erfc(-x / sqrt(2)) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)",
                 stable="erfc(-x / sqrt(2)) / 2 + x * exp(-clip(x, -40, 40)^2 / 2) / sqrt(2 * pi)",
                 slope=functions.gelu_slope, elsewhere=_FAR),
         words=("GELU", "GELU")),
    # other
    _row("hypot", "x y", math.hypot,
         Partial("x / out", textbook="x / sqrt(x^2 + y^2)", stable="where(out == 0, 0, x / out)",
                 slope=functions.hypot_slope_x, elsewhere=_NEAR_OR_FAR.format("out")),
         Partial("y / out", textbook="y / sqrt(x^2 + y^2)", stable="where(out == 0, 0, y / out)",
                 slope=functions.hypot_slope_y, elsewhere=_NEAR_OR_FAR.format("out")),
         cone=True),
    _row("erf",   "x", math.erf,
         Partial("2 / sqrt(pi) * exp(-x^2)", stable="2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",
                 slope=functions.erf_slope)),
    _row("erfc",  "x", math.erfc,
         Partial("-2 / sqrt(pi) * exp(-x^2)", stable="-2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",
                 slope=functions.erfc_slope)),
    _row("sinc",  "x", functions.sinc,
         Partial("where(x == 0, 0, (cos(x) - out) / x)",
                 stable="where(abs(x) < 0.2,"
                        " -x / 3 * (1 - x^2 / 10 * (1 - x^2 / 28 * (1 - x^2 / 54 * (1 - x^2 / 88)))),"
                        " (cos(x) - out) / x)",
                 slope=functions.sinc_slope, at_zero="where(mod(n, 2) == 0, (-1)^(n/2) / (n + 1), 0)",
                 elsewhere="abs(x) < 0.2")),
    _row("logsumexp", "x", functions.logsumexp, Partial("exp(x - out)", slope=functions.softmax), "exp(x - out)",
         variadic=True, least=1),
)
# fmt: on

OPERATORS = {row.name: row for row in (IDENTITY, *INFIX, *PREFIX, *CALLS)}
FUNCTIONS = {row.name: row for row in CALLS} | {"ln": OPERATORS["log"]}
