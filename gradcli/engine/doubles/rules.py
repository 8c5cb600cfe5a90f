"""The operator table's rules, made into functions: partial derivatives, kinks and branches at numeric arguments.

Rules are texts of gradcli's own language. Each is made into one Python function over the rows' numeric functions when
it is first needed. There are two arithmetics: Python's, which is fast and raises at a pole
or an overflow, and IEEE 754's, which goes on with infinities and NaN.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import isnan
from typing import Any

from gradcli.operators import numeric
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, WRITTEN, forward_of

ARITHMETIC_ERRORS = (ValueError, ZeroDivisionError, OverflowError)


@cache
def ieee(operator: Operator) -> Callable[..., Any]:
    """The operator's forward function in IEEE 754 arithmetic: it never raises."""
    if operator.function is None:
        return expression(operator.definition, operator.parameters, total=True)
    forward, exceptional = operator.function, operator.exceptional

    def total(*arguments: float) -> Any:
        try:
            return forward(*arguments)
        except ARITHMETIC_ERRORS:
            return exceptional(*arguments)

    return total


@cache
def expression(text: str, parameters: tuple[str, ...], total: bool = False) -> Callable[..., Any]:
    """A rule's text as a function of its parameters, in IEEE arithmetic if `total`."""
    return numeric.function(text, parameters, _ieee_of if total else forward_of, CONSTANTS)


def _ieee_of(name: str) -> Callable[..., Any] | None:
    return None if WRITTEN[name].chooses else ieee(WRITTEN[name])


def taken(operator: Operator, arguments: Sequence[Any]) -> int:
    """The index of the branch that a function with branches takes."""
    for index, branch in enumerate(operator.branches[:-1]):
        if expression(branch.condition, operator.parameters)(*arguments):
            return index
    return len(operator.branches) - 1


def depends(operator: Operator, index: int, arguments: Sequence[Any], out: float) -> bool:
    """Whether the operator, on the branch that it takes at these arguments, depends on one of them at all."""
    if operator.chooses:
        return operator.chooses(arguments[0]) == index
    if operator.ties:
        return bool(arguments[index] == out or isnan(arguments[index]))
    if operator.branches:
        return operator.branches[taken(operator, arguments)].partials[index] != "0"
    return operator.variadic or operator.partials[index].formula != "0"


@cache
def slopes(operator: Operator, wanted: tuple[int, ...], total: bool = False) -> Callable[..., Any]:
    """The local derivatives for the wanted arguments, as a function of the arguments and the result.

    The function returns a tuple, or for one wanted argument the number alone. For a variadic operator it takes the
    list of arguments and returns a list of all local derivatives.
    """
    if operator.variadic:
        return operator.partials[0].slope or formula_slopes(operator)
    parameters = (*operator.parameters, "out")
    texts, owns = [], {}  # type: list[str], dict[str, Callable[..., Any]]
    for index in wanted:
        own = operator.partials[index].slope
        if own is None:
            texts.append(f"({operator.partials[index].for_machines or 0})")
            continue
        function = _guarded(own, operator, index) if total else own
        if len(wanted) == 1:
            return function
        owns[f"slope_{index}"] = function
        texts.append(f"slope_{index}({', '.join(parameters)})")
    spelling = _ieee_of if total else forward_of
    return numeric.function(", ".join(texts), parameters, lambda name: owns.get(name) or spelling(name), CONSTANTS)


def _guarded(own: Callable[..., float], operator: Operator, index: int) -> Callable[..., float]:
    """A row's own slope function, and the row's formula in IEEE arithmetic where that one raises."""
    formula = expression(operator.partials[index].formula, (*operator.parameters, "out"), total=True)

    def guarded(*arguments: float) -> float:
        try:
            return own(*arguments)
        except ARITHMETIC_ERRORS:
            return formula(*arguments)  # type: ignore[no-any-return]

    return guarded


def formula_slopes(operator: Operator) -> Callable[[Sequence[float], float], list[float]]:
    """The local derivatives of a variadic operator for all its arguments, from the formulas in the table alone."""
    texts = [partial.for_machines for partial in operator.partials]
    first, later = (expression(text, ("x", "before", "out"), total=True) for text in texts)
    forward = operator.forward

    def formula(arguments: Sequence[float], out: float) -> list[float]:
        before = arguments[0]
        found = [first(before, None, out)]
        for x in arguments[1:]:
            found.append(later(x, before, out))
            before = forward(before, x)
        return found

    return formula
