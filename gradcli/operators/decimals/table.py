"""Which function in `decimal` is that of a row of the operator table, and what is known of some of them."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from gradcli.operators.decimals.arithmetic import (
    ceil,
    floor,
    hypot,
    logsumexp,
    maximum,
    minimum,
    mod,
    nearest,
    sign,
    trunc,
    xlogy,
)
from gradcli.operators.decimals.elementary import (
    acosh,
    asinh,
    atanh,
    cbrt,
    cosh,
    exp,
    expm1,
    log,
    log1p,
    log2,
    log10,
    power,
    sinh,
    sqrt,
    tanh,
)
from gradcli.operators.decimals.erf import erf, erfc, erfinv
from gradcli.operators.decimals.gamma import digamma, gamma, lgamma, polygamma
from gradcli.operators.decimals.trigonometric import acos, asin, atan, atan2, cos, sin, tan

# The function of each row of the operator table that is not a formula of others, by the row's name.
FUNCTIONS: Mapping[str, Callable[..., Decimal]] = {
    "exp": exp, "expm1": expm1, "log": log, "log2": log2, "log10": log10, "log1p": log1p, "sqrt": sqrt, "cbrt": cbrt,
    "pow": power, "sin": sin, "cos": cos, "tan": tan, "asin": asin, "acos": acos, "atan": atan, "atan2": atan2,
    "sinh": sinh, "cosh": cosh, "tanh": tanh, "asinh": asinh, "acosh": acosh, "atanh": atanh,
    "abs": Decimal.copy_abs, "sign": sign, "min": minimum, "max": maximum, "mod": mod, "hypot": hypot,
    "floor": floor, "ceil": ceil, "round": nearest, "trunc": trunc, "erf": erf, "erfc": erfc, "erfinv": erfinv,
    "lgamma": lgamma, "gamma": gamma, "digamma": digamma, "polygamma": polygamma, "xlogy": xlogy,
    "logsumexp": logsumexp,
}  # fmt: skip

# Those that take a thousand times as long as a product, and more.
SLOW = frozenset({erfinv, lgamma, gamma, digamma, polygamma})
NEVER_0 = frozenset({exp, erfc, power})  # but for a power of 0
WAVES = frozenset({sin, cos})  # which move no more than their argument
POLES = frozenset({tan, gamma, lgamma, digamma, polygamma})  # in between of which the ends of a range say nothing
