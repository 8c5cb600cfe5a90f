"""Which function in `decimal` is the counterpart of a numeric function of the operator table, and which are slow.

Without an entry here a row's function is that of its definition; where it has none, it is known for floats alone.
"""

import math
import operator as python
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gradcli.operators import erfinv, functions, gamma, logsumexp
from gradcli.operators.decimals import arithmetic, elementary, erf, trigonometric
from gradcli.operators.decimals import gamma as decimal_gamma
from gradcli.operators.records import Operator

SAME: Mapping[Callable[..., Any], Callable[..., Decimal]] = {
    math.exp: elementary.exp, math.expm1: elementary.expm1, math.pow: elementary.power,
    math.log: elementary.log, math.log2: elementary.log2, math.log10: elementary.log10, math.log1p: elementary.log1p,
    math.sqrt: elementary.sqrt, functions.cbrt: elementary.cbrt, math.hypot: arithmetic.hypot,
    math.sin: trigonometric.sin, math.cos: trigonometric.cos, math.tan: trigonometric.tan,
    math.asin: trigonometric.asin, math.acos: trigonometric.acos, math.atan: trigonometric.atan,
    math.atan2: trigonometric.atan2,
    math.sinh: elementary.sinh, math.cosh: elementary.cosh, math.tanh: elementary.tanh,
    math.asinh: elementary.asinh, math.acosh: elementary.acosh, math.atanh: elementary.atanh,
    python.abs: Decimal.copy_abs, functions.sign: arithmetic.sign, functions.mod: arithmetic.mod,
    functions.minimum: arithmetic.minimum, functions.maximum: arithmetic.maximum,
    functions.floor: arithmetic.floor, functions.ceil: arithmetic.ceil, functions.round_half_even: arithmetic.nearest,
    math.erf: erf.erf, math.erfc: erf.erfc, erfinv.erfinv: erf.erfinv,
    gamma.lgamma: decimal_gamma.lgamma, gamma.gamma: decimal_gamma.gamma,
    gamma.digamma: decimal_gamma.digamma, gamma.polygamma: decimal_gamma.polygamma,
    functions.total: arithmetic.total, logsumexp.logsumexp: arithmetic.logsumexp,
}  # fmt: skip
# What takes a thousand times as long as a product, and more.
_SLOW = frozenset(
    {erf.erfinv, decimal_gamma.lgamma, decimal_gamma.gamma, decimal_gamma.digamma, decimal_gamma.polygamma}
)
# Slow ones with zeros: their result, and the size of what it is the difference of.
WITH_SIZE: Mapping[Callable[..., Decimal], Callable[..., tuple[Decimal, Decimal]]] = {
    decimal_gamma.lgamma: decimal_gamma.lgamma_and_size,
    decimal_gamma.digamma: decimal_gamma.digamma_and_size,
}


def function_of(row: Operator) -> Callable[..., Decimal] | None:
    """The function of a row in `decimal`; None for a row that has none of its own."""
    return SAME.get(row.function) if row.function else None


def is_slow(row: Operator) -> bool:
    """Whether the function of a row in `decimal` is a slow one."""
    return function_of(row) in _SLOW
