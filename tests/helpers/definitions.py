"""The references of functions that are made of others: what the table's texts say, with as many digits as mpmath has.

The value is that of the definition, and a slope that of the formula that people read; `tests/operators/test_rows.py`
compares the two by difference quotients.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from mpmath import mp  # type: ignore[import-untyped]

from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, CONSTANTS, IDENTITY, VARIABLE

Truth = Callable[..., Any]  # a function, or one of its partial derivatives, of numbers of mpmath
Truths = Callable[[Operator], Sequence[Truth]]  # the references of the operators that a text names

TRUTH_OF_CONSTANTS = {"pi": lambda: +mp.pi, "e": lambda: +mp.e}
_parsed = cache(partial(parse_rule, conditions=("condition",)))


def attempt(function: Callable[..., Any], *arguments: Any) -> Any:
    """The function's value, NaN where it raises what arithmetic may raise."""
    try:
        return function(*arguments)
    except ARITHMETIC_ERRORS:
        return math.nan


def references(row: Operator, truths: Truths) -> tuple[Truth, ...]:
    """The function and its partial derivatives."""

    def value(*point: Any) -> Any:
        return read(row.definition, truths, **dict(zip(row.parameters, point, strict=True)))

    def slope(formula: str, *point: Any) -> Any:
        return read(formula, truths, **dict(zip(row.parameters, point, strict=True)), out=value(*point))

    return (value, *(partial(slope, formula) for formula in row.formulas))


def read(text: str, truths: Truths, **arguments: Any) -> Any:
    """The value of a text of the table at these arguments; NaN where there is no real one."""
    graph = _parsed(text)
    values: list[Any] = []
    for node, operator in enumerate(graph.operators):
        name, point = graph.names.get(node, ""), [values[x] for x in graph.inputs[node]]
        if operator is VARIABLE:
            value = arguments[name]
        elif operator is CONSTANT:
            value = TRUTH_OF_CONSTANTS[name]() if name in CONSTANTS else mp.mpf(graph.values[node])
        else:
            value = point[0] if operator is IDENTITY else attempt(truths(operator)[0], *point)
        values.append(mp.nan if isinstance(value, mp.mpc) else value)
    return values[graph.output]
