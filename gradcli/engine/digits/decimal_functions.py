"""The functions of the table over Decimals, and how long they take."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from gradcli.graph import Graph
from gradcli.operators import numeric
from gradcli.operators.decimals import counterparts
from gradcli.operators.decimals.precision import pi
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY, WRITTEN


def work(graph: Graph) -> int:
    """How long a pass takes, in sums (10 microseconds or so)."""
    return sum(map(_cost, graph.operators))


@cache
def _cost(operator: Operator) -> int:
    own = counterparts.function_of(operator)
    if counterparts.is_slow(operator):
        return 3000
    is_step = operator.branches or operator.ties or operator.jump
    return 100 if not is_step and (operator.definition or own) else 1


@cache
def stair_of(operator: Operator) -> Callable[[Sequence[Any], Any], Any] | None:
    """Which step a function is on, given its arguments and its value: a remainder is by how often its divisor goes."""
    if operator.jump == "out":
        return lambda numbers, out: out if out is None else ((numbers[0] - out) / numbers[1]).to_integral_value()
    return (lambda _, out: out) if operator.jump and operator.is_flat else None


@cache
def function_of(operator: Operator) -> Callable[..., Any]:
    """A row's function over Decimals: that of `decimals`, or what its definition says, or Python's own."""
    if operator is IDENTITY:
        return lambda x: x
    own = counterparts.function_of(operator)
    if own:
        return own
    if operator.definition:
        return numeric.function(operator.definition, operator.parameters, _spelling, _CONSTANTS, Decimal)
    return operator.forward if operator.symbol or operator.chooses else _not_known


def _not_known(*_: Any) -> Decimal:
    """What a function of floats alone is in Decimals."""
    raise InvalidOperation


def _spelling(name: str) -> Callable[..., Any] | None:
    return None if WRITTEN[name].chooses else function_of(WRITTEN[name])


_CONSTANTS: Mapping[str, Any] = {"pi": pi}
