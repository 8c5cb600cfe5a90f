"""The operator table: everything the program knows about an operator or a function stands in its one row.

A row gives the numeric forward function and the partial derivatives, written in gradcli's own language over the
row's parameters and `out`, the result. The backward pass, symbolic derivatives, exported code, `gradcli functions`
and the tests all read them here; no other module knows an operator by name, except where text is read or written.

The rule language: `x`, `y`, … are the row's parameters, `out` is the value of the node. A row with branches gives
the partial derivatives for each branch, the conditions tried in order; its derivative is that of the branch taken,
at a kink too. A variadic row (`max`) gives a rule for the first argument and one for any later argument: there `x`
is that argument and `before` the same function of the arguments before it.

Where the formula loses digits that a slope can have (a tail, a cancellation), the row names a function from
`functions.py` in `slopes`, one for each parameter; the formula stays what people read. For a variadic row there is
one slope function that takes all arguments and returns all slopes. What those functions know, `stable` says in
gradcli's language: the same partial derivative, written so that doubles give it at every point of the domain. From
these exported code and the page are made.
"""

import math
import operator as python
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from gradcli.operators import functions

OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 10)

CONSTANTS = {"pi": math.pi, "tau": math.tau, "e": math.e}


class Branch(NamedTuple):
    """One branch of a function: taken where `condition` holds and none before it did ("" is: otherwise)."""

    condition: str
    takes: str  # what the function is there, as an expression over the parameters
    partials: tuple[str, ...]
    words: tuple[str, str] = ("", "")  # what the branch is called in English and Japanese, if not "takes …"


class Kink(NamedTuple):
    """Where two branches meet: at the zero of `at`, which is a parameter or the difference of two.

    It is a kink where their slopes differ. `below` and `above` are the indices of the branches where `at` is negative
    and positive.
    """

    at: str
    below: int
    above: int


@dataclass(frozen=True, slots=True, eq=False)
class Operator:
    """One row of the table. `forward` takes and returns floats (bools for conditions) and raises the `ValueError`,
    `ZeroDivisionError` or `OverflowError` of Python's own arithmetic where it has no finite value;
    `exceptional` then gives the IEEE 754 result.
    """

    name: str
    parameters: tuple[str, ...]
    forward: Callable[..., Any]
    partials: tuple[str, ...] = ()  # one for each parameter, "" for a condition
    symbol: str = ""  # as written between or before its operands; "" for what is written as a call
    precedence: int = ATOM
    right: bool = False  # associates to the right
    variadic: bool = False  # takes one or more arguments (`least` says how many at least)
    least: int = 0
    condition: bool = False  # the result is a condition, not a number
    conditions: tuple[int, ...] = ()  # the parameters that are conditions
    # From the first argument, a condition: which other argument is evaluated (0: none of them).
    chooses: Callable[[bool], int] | None = None
    branches: tuple[Branch, ...] = ()
    kinks: tuple[Kink, ...] = ()
    ties: bool = False  # takes one of its arguments: the first that equals the result; equal ones are a kink
    cone: bool = False  # has a kink at the origin, where f(dx, dy) is its derivative in the direction (dx, dy)
    jump: str = ""  # the function jumps at the zeros of this expression
    domain: tuple[str, ...] = ()  # the conditions that must all hold where the function is defined
    hint: str = ""  # what to try where it is not
    overflow_hint: str = ""
    slopes: tuple[Callable[..., Any] | None, ...] = ()
    stable: tuple[str, ...] = ()  # partials for machines, "" where those that people read will do
    steep: tuple[str, ...] = ()  # for each parameter: where a slope may be infinite or NaN and the value is finite
    at_zero: str = ""  # the n-th derivative at x = 0, where the partial is a limit that cannot be derived once more
    exceptional: Callable[..., float] = functions.not_a_number
    words: tuple[str, str] = ("", "")  # the node's label in English and Japanese, if not the name

    def label(self, language: str) -> str:
        """What a node of this operator is called before the word "node": `Mul`, `乗算`, `ReLU`, `exp`."""
        return self.words[language == "ja"] or self.name


def _row(name: str, parameters: str, forward: Callable[..., Any], *partials: str, **facts: Any) -> Operator:
    return Operator(name, tuple(parameters.split()), forward, _joined(partials, facts.get("branches", ())), **facts)


def _joined(partials: tuple[str, ...], branches: tuple[Branch, ...]) -> tuple[str, ...]:
    """The partial derivatives of a function with branches, as one `where` for each parameter."""
    if not branches:
        return partials
    joined = branches[-1].partials
    for branch in reversed(branches[:-1]):
        joined = tuple(
            taken if taken == other else f"where({branch.condition}, {taken}, {other})"
            for taken, other in zip(branch.partials, joined, strict=True)
        )
    return joined


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
    _row("div", "x y", python.truediv, "1 / y", "-out / y", symbol="/", precedence=PRODUCT, words=("Div", "除算"),
         domain=("y != 0",), slopes=(None, functions.divide_slope_divisor), exceptional=functions.divide_exceptional),
    _row("pow", "x y", math.pow, "y * x^(y - 1)", "out * log(x)", symbol="^", precedence=POWER, right=True,
         words=("Power", "べき乗"), domain=("x >= 0 or y == round(y)", "x != 0 or y >= 0"),
         hint="a root of a negative number: -(8^(1/3)) or cbrt(-8) instead of (-8)^(1/3)",
         slopes=(functions.power_slope_base, functions.power_slope_exponent),
         stable=("where(y == 0, 0, y * x^(y - 1))", "where(x == 0 and y > 0, 0, out * log(x))"),
         steep=("x == 0 and y > 0 and y < 1", "x <= 0"),
         exceptional=functions.power_exceptional),
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
    _row("expm1", "x", math.expm1, "exp(x)", exceptional=functions.infinity),
    _row("log",   "x", math.log,   "1 / x", domain=("x > 0",), exceptional=functions.log_exceptional,
         hint="for log(1 + x) with a small x there is log1p(x)"),
    _row("log2",  "x", math.log2,  "1 / (x * log(2))", domain=("x > 0",), exceptional=functions.log_exceptional),
    _row("log10", "x", math.log10, "1 / (x * log(10))", domain=("x > 0",), slopes=(functions.log10_slope,),
         stable=("1 / log(10) / x",), exceptional=functions.log_exceptional),
    _row("log1p", "x", math.log1p, "1 / (1 + x)", domain=("x > -1",), exceptional=functions.log1p_exceptional),
    _row("sqrt",  "x", math.sqrt,  "1 / (2 * out)", domain=("x >= 0",), steep=("x == 0",)),
    _row("cbrt",  "x", functions.cbrt,  "1 / (3 * out^2)", steep=("x == 0",)),
    # trigonometric, radians
    _row("sin",   "x", math.sin,   "cos(x)"),
    _row("cos",   "x", math.cos,   "-sin(x)"),
    _row("tan",   "x", math.tan,   "1 + out^2"),
    _row("asin",  "x", math.asin,  "1 / sqrt((1 - x) * (1 + x))", domain=("x >= -1", "x <= 1"),
         steep=("abs(x) == 1",)),
    _row("acos",  "x", math.acos,  "-1 / sqrt((1 - x) * (1 + x))", domain=("x >= -1", "x <= 1"),
         steep=("abs(x) == 1",)),
    _row("atan",  "x", math.atan,  "1 / (1 + x^2)", slopes=(functions.atan_slope,), stable=("(1 / hypot(1, x))^2",)),
    _row("atan2", "y x", math.atan2, "x / hypot(x, y) / hypot(x, y)", "-y / hypot(x, y) / hypot(x, y)",
         jump="where(x <= 0, y, 1)", slopes=(functions.atan2_slope_y, functions.atan2_slope_x),
         steep=("x == 0 and y == 0", "x == 0 and y == 0")),
    _row("sinh",  "x", math.sinh,  "cosh(x)", exceptional=functions.signed_infinity),
    _row("cosh",  "x", math.cosh,  "sinh(x)", exceptional=functions.infinity),
    _row("tanh",  "x", math.tanh,  "(1 / cosh(x))^2", slopes=(functions.tanh_slope,),
         stable=("4 * sigmoid(2 * x) * sigmoid(-2 * x)",)),
    _row("asinh", "x", math.asinh, "1 / hypot(1, x)"),
    _row("acosh", "x", math.acosh, "1 / (sqrt(x - 1) * sqrt(x + 1))", domain=("x >= 1",), steep=("x == 1",)),
    _row("atanh", "x", math.atanh, "1 / ((1 - x) * (1 + x))", domain=("x > -1", "x < 1"),
         exceptional=functions.atanh_exceptional),
    # with branches
    _row("abs",   "x", python.abs, branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "-x", ("-1",))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("sign",  "x", functions.sign,  "0", jump="x"),
    _row("min",   "x", functions.minimum, "where(x == out, 1, 0)", "where(x == out and x < before, 1, 0)",
         variadic=True, least=2, ties=True, slopes=(functions.slopes_of_first_extreme,)),
    _row("max",   "x", functions.maximum, "where(x == out, 1, 0)", "where(x == out and x > before, 1, 0)",
         variadic=True, least=2, ties=True, slopes=(functions.slopes_of_first_extreme,)),
    _row("clip",  "x low high", functions.clip, branches=(
            Branch("x > high or low > high", "high", ("0", "0", "1")),
            Branch("x < low", "low", ("0", "1", "0")),
            Branch("", "x", ("1", "0", "0"))),
         kinks=(Kink("x - low", below=1, above=2), Kink("x - high", below=2, above=0),
                Kink("low - high", below=1, above=0))),
    _row("floor", "x", functions.floor, "0", jump="x - out", exceptional=float),
    _row("ceil",  "x", functions.ceil,  "0", jump="x - out", exceptional=float),
    _row("round", "x", functions.round_half_even, "0", jump="abs(x - out) - 0.5", exceptional=float),
    _row("mod",   "x y", functions.mod, "1", "-round((x - out) / y)", jump="out", domain=("y != 0",),
         slopes=(None, functions.mod_slope_divisor), stable=("", "-round(x / y - out / y)"),
         steep=("", "abs(y) < 1")),
    _row("where", "condition a b", functions.where, "", "where(condition, 1, 0)", "where(condition, 0, 1)",
         conditions=(0,), chooses=lambda condition: 1 if condition else 2),
    # neural networks
    _row("relu",  "x", functions.relu, words=("ReLU", "ReLU"), branches=(
            Branch("x >= 0", "x", ("1",), words=("open", "通す")),
            Branch("", "0", ("0",), words=("closed", "通さない"))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("leaky_relu", "x slope", functions.leaky_relu, words=("Leaky ReLU", "Leaky ReLU"), branches=(
            Branch("x >= 0", "x", ("1", "0")),
            Branch("", "slope * x", ("slope", "x"))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("elu",   "x", functions.elu, words=("ELU", "ELU"), branches=(
            Branch("x >= 0", "x", ("1",)),
            Branch("", "expm1(x)", ("exp(x)",))),
         kinks=(Kink("x", below=1, above=0),)),
    _row("sigmoid",  "x", functions.sigmoid,  "out * sigmoid(-x)"),
    _row("softplus", "x", functions.softplus, "sigmoid(x)"),
    _row("silu",  "x", functions.silu, "sigmoid(x) * (1 + x * sigmoid(-x))", words=("SiLU", "SiLU"),
         slopes=(functions.silu_slope,)),
    _row("gelu",  "x", functions.gelu, "erfc(-x / sqrt(2)) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)",
         words=("GELU", "GELU"), slopes=(functions.gelu_slope,),
         stable=("erfc(-x / sqrt(2)) / 2 + x * exp(-clip(x, -40, 40)^2 / 2) / sqrt(2 * pi)",)),
    # other
    _row("hypot", "x y", math.hypot, "x / out", "y / out", cone=True,
         slopes=(functions.hypot_slope_x, functions.hypot_slope_y),
         stable=("where(out == 0, 0, x / out)", "where(out == 0, 0, y / out)")),
    _row("erf",   "x", math.erf,  "2 / sqrt(pi) * exp(-x^2)", slopes=(functions.erf_slope,),
         stable=("2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",)),
    _row("erfc",  "x", math.erfc, "-2 / sqrt(pi) * exp(-x^2)", slopes=(functions.erfc_slope,),
         stable=("-2 / sqrt(pi) * exp(-clip(x, -30, 30)^2)",)),
    _row("sinc",  "x", functions.sinc, "where(x == 0, 0, (cos(x) - out) / x)", slopes=(functions.sinc_slope,),
         stable=("where(abs(x) < 0.2, -x / 3 * (1 - x^2 / 10 * (1 - x^2 / 28 * (1 - x^2 / 54 * (1 - x^2 / 88)))), "
                 "(cos(x) - out) / x)",),
         at_zero="where(mod(n, 2) == 0, (-1)^(n/2) / (n + 1), 0)"),
    _row("logsumexp", "x", functions.logsumexp, "exp(x - out)", "exp(x - out)",
         variadic=True, least=1, slopes=(functions.softmax,)),
)
# fmt: on

OPERATORS = {row.name: row for row in (IDENTITY, *INFIX, *PREFIX, *CALLS)}
FUNCTIONS = {row.name: row for row in CALLS} | {"ln": OPERATORS["log"]}
