"""How the operators of a tape are spelled: as calls of NumPy for whole blocks, else one by one.

A call takes arrays, or arrays without dimensions for what is the same in all rows, and writes to `out`, which may be
the array of an argument. Which function NumPy has for an operator says the export for NumPy.
"""

from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np

from gradcli.engine.doubles import rules
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.export.backends.numpy import LANGUAGE
from gradcli.operators.records import Operator

Call: TypeAlias = Callable[..., Any]

_ZERO, _ONE = np.array(0.0), np.array(1, np.int8)  # a number would be made into an array at each call
_SYMBOLS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "<": "less", "<=": "less_equal", ">": "greater",
    ">=": "greater_equal", "==": "equal", "!=": "not_equal",
}  # fmt: skip
_OTHER = {"round": "rint", "finite": "isfinite", "neg": "negative"}  # where the export has another function or a symbol


@cache
def _ufunc(operator: Operator) -> Call | None:
    spelled = LANGUAGE.pairs.get(operator.name) or LANGUAGE.calls.get(operator.name, "")
    library, _, function = spelled.rpartition(".")
    name = _OTHER.get(operator.name) or _SYMBOLS.get(operator.symbol) or (function if library == "np" else "")
    found = getattr(np, name, None)
    # The C library's cube root is off by 3 ulp; that of vector instructions is not.
    return found if isinstance(found, np.ufunc) and (name != "cbrt" or _has_vectors(name)) else None


@cache
def sine_is_product() -> bool:
    """Whether tan x · cos x is a faster sine where there is cos x already: NumPy has a tangent of vector instructions.

    It is within 2 ulp, as both are within 0.52, and vector instructions give it in a fifth of the time of the sine.
    """
    return _has_vectors("tan")


def _has_vectors(name: str) -> bool:
    """Whether NumPy computes a function of doubles by vector instructions on this processor."""
    try:
        from numpy.lib.introspect import opt_func_info
    except ImportError:  # before NumPy 2
        return False
    found = opt_func_info(func_name=f"^{name}$", signature="float64").get(name, {}).get("dd", {})
    return bool(found) and not found["current"].startswith("baseline")


def sine(tangent: Any, cosine: Any, out: Any) -> None:
    """Tan x · cos x, which rounding may not take beyond 1: what follows may be an arcsine or a root of 1 − sin² x."""
    np.multiply(tangent, cosine, out=out)
    np.minimum(out, 1.0, out=out)
    np.maximum(out, -1.0, out=out)


def is_spelled(operator: Operator) -> bool:
    """Whether NumPy computes it, or the tape itself."""
    return bool(operator.chooses) or _ufunc(operator) is not None


def call(operator: Operator) -> Call:
    """The call of an operator that is no choice."""
    if isinstance(operator.function, ByRow):
        return operator.function.block
    return _ufunc(operator) or Each(operator)


class Each:
    """A numeric function of the operator table, called for one row after the other."""

    def __init__(self, operator: Operator) -> None:
        self.function = operator.forward
        self.total = rules.ieee(operator)

    def __call__(self, *arguments: Any, out: Any) -> None:
        """Compute a block."""
        rows = [repeat(x.item()) if not x.ndim else x.tolist() for x in arguments]
        try:
            out[...] = list(map(self.function, *rows))
        except ARITHMETIC_ERRORS:
            out[...] = list(map(self.total, *rows))


class ByRow:
    """A number where a condition holds: there it is that of a function, called for one row after the other."""

    def __init__(self, function: Callable[..., float]) -> None:
        self.function = function

    def __call__(self, condition: bool, near: float, *arguments: float) -> float:
        """The number for one row."""
        return self.function(*arguments) if condition else near

    def block(self, condition: Any, near: Any, *arguments: Any, out: Any) -> None:
        """Compute a block."""
        rows = np.flatnonzero(np.broadcast_to(condition, out.shape))
        columns = [repeat(x.item()) if not x.ndim else x[rows].tolist() for x in arguments]
        if out is not near:
            np.copyto(out, near)
        if rows.size:
            out[rows] = list(map(self.function, *columns))


def mask(condition: Any, out: Any) -> None:
    """All bits 1 where a condition holds, else 0: with it a choice costs less than NumPy's `where`."""
    np.copyto(out, np.negative(condition.view(np.int8)))


def other_mask(condition: Any, out: Any) -> None:
    """All bits 1 where a condition does not hold, else 0."""
    np.copyto(out, np.subtract(condition.view(np.int8), _ONE))


def answer(number: Any, out: Any) -> None:
    """A number without −0."""
    np.add(number, _ZERO, out=out)
