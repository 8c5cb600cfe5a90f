"""One operator at its kinks and jumps: whether its arguments lie on one, the slopes on both sides, the rule minnorm.

Where a kink is, and which branch holds there, are facts of the operator table. The default rule is the derivative of
the branch taken, which the table's partial derivatives give by themselves. `minnorm` takes the subgradient of smallest
norm, for each argument by itself, and for equal arguments of max and min together: PyTorch's documented rule for relu,
abs, max and min.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import isnan
from typing import Any, NamedTuple

from gradcli.engine.doubles import rules
from gradcli.engine.doubles.rules import taken
from gradcli.frozen import Frozen
from gradcli.operators.records import Kink, Operator


class Arithmetic(NamedTuple):
    """How numbers beside kinks are computed: an operator, the partial derivative of one of its branches by one argument
    as a function of the arguments and the result, and what 0 is.
    """

    function: Callable[[Operator], Callable[..., Any]]
    slope: Callable[[Operator, int, int], Callable[..., Any]]
    zero: Any


class AtKink(Frozen):
    """A node that lies on a kink or jump.

    For a kink between branches, `argument` is the index of the argument that moves across it, `left` and `right` are
    the slopes on both sides for it. `tied` holds the indices of the arguments that are equal: at a tie, or at a kink
    where one of them meets the others.
    """

    node: int
    code: str  # "kink", "tie", "cone" or "jump"
    argument: int = 0
    left: float = 0.0
    right: float = 0.0
    tied: tuple[int, ...] = ()

    @property
    def mark(self) -> str:
        """The word for it beside a node: a cone is a kink."""
        return "kink" if self.code == "cone" else self.code


def may_bend(operator: Operator) -> bool:
    """Whether the operator has kinks or jumps at all."""
    return bool(operator.kinks or operator.ties or operator.cone or operator.jump)


def bends(operator: Operator, arguments: Sequence[Any], out: float) -> bool:
    """Whether the arguments lie on a kink or jump, whatever the slopes there are."""
    if operator.ties:
        return len([x for x in arguments if x == out]) > 1
    if operator.cone:
        return bool(out == 0)
    return jumps(operator, arguments, out) or bool(active(operator, arguments))


def at_kink(
    node: int, operator: Operator, inputs: Sequence[int], arguments: Sequence[Any], out: float, wanted: Sequence[int]
) -> AtKink | None:
    """The kink or jump that a node lies on, if it makes a difference to the slopes for the wanted arguments."""
    if not wanted:
        return None
    if operator.ties:
        tied = tuple(index for index, x in enumerate(arguments) if x == out)
        matters = len({inputs[index] for index in tied}) > 1 and any(index in wanted for index in tied)
        return AtKink(node, "tie", tied[0], tied=tied) if matters else None
    if operator.cone:
        return AtKink(node, "cone", wanted[0]) if out == 0 else None
    if operator.jump:
        return AtKink(node, "jump") if jumps(operator, arguments, out) else None
    met = active(operator, arguments)
    return _between_branches(node, operator, arguments, out, wanted, met) if met else None


def _between_branches(
    node: int, operator: Operator, arguments: Sequence[Any], out: float, wanted: Sequence[int], met: Sequence[Kink]
) -> AtKink | None:
    """A node on kinks between branches, if the slopes there differ for a wanted argument."""
    for index in wanted:
        used = branch_slope(operator, taken(operator, arguments), index)(*arguments, out)
        left, right = sides(operator, arguments, index, out)
        if not left == right == used:
            zero = tuple(dict.fromkeys(place for kink in met for place in _parameters(operator, kink)))
            return AtKink(node, "kink", index, left, right, zero)
    return None


def jumps(operator: Operator, arguments: Sequence[Any], out: float) -> bool:
    """Whether the function jumps at these arguments."""
    if not operator.jump:
        return False
    at: float = rules.expression(operator.jump, (*operator.parameters, "out"), total=True)(*arguments, out)
    return at == 0


def active(operator: Operator, arguments: Sequence[float]) -> list[Kink]:
    """The kinks of the operator that these arguments lie on."""
    return [kink for kink in operator.kinks if rules.expression(kink.at, operator.parameters)(*arguments) == 0]


def _parameters(operator: Operator, kink: Kink) -> tuple[int, ...]:
    """The indices of the parameters that meet at a kink."""
    return tuple(operator.parameters.index(name) for name in (kink.one, kink.other) if name in operator.parameters)


class _Moving(tuple[float, float]):
    """A number that moves: its value and its speed. Of two that are equal, that one is larger which moves faster."""

    def __lt__(self, other: Any) -> bool:
        return tuple.__lt__(self, _pair(other))

    def __le__(self, other: Any) -> bool:
        return tuple.__le__(self, _pair(other))

    def __gt__(self, other: Any) -> bool:
        return tuple.__gt__(self, _pair(other))

    def __ge__(self, other: Any) -> bool:
        return tuple.__ge__(self, _pair(other))


def _pair(number: Any) -> tuple[float, float]:
    return number if isinstance(number, _Moving) else (number, 0.0)


def _entered(operator: Operator, arguments: Sequence[float], tangents: Sequence[float]) -> int:
    """The branch into which the arguments move."""
    return taken(operator, [_Moving(pair) for pair in zip(arguments, tangents, strict=True)])


@cache
def branch_slope(operator: Operator, branch: int, index: int) -> Callable[..., float]:
    """The partial derivative of one branch, as a function of the arguments and the result."""
    return rules.expression(operator.branches[branch].partials[index], (*operator.parameters, "out"), total=True)


DOUBLES = Arithmetic(lambda operator: operator.forward, branch_slope, 0.0)


def sides(
    operator: Operator, arguments: Sequence[Any], index: int, out: Any, by: Arithmetic = DOUBLES
) -> tuple[Any, Any]:
    """The slopes for one argument when it comes from the left and from the right."""
    left, right = (
        _entered(operator, arguments, [direction if place == index else 0.0 for place in range(len(arguments))])
        for direction in (-1.0, 1.0)
    )
    return by.slope(operator, left, index)(*arguments, out), by.slope(operator, right, index)(*arguments, out)


@cache
def minnorm_slopes(operator: Operator, wanted: tuple[int, ...], total: bool) -> Callable[..., Any]:
    """Like `rules.slopes`, but at a kink the subgradient of smallest norm."""
    plain = rules.slopes(operator, wanted, total)
    if operator.ties:
        return _shared
    if not operator.kinks:
        return plain

    def slopes(*point: float) -> Any:
        *arguments, out = point
        if not active(operator, arguments):
            return plain(*point)
        found = []
        for index in wanted:
            low, high = sorted(sides(operator, arguments, index, out))
            found.append(min(max(0.0, low), high))  # 0, or the end of the interval nearest to it
        return tuple(found) if len(found) > 1 else found[0]

    return slopes


def _shared(arguments: Sequence[float], out: float) -> list[float]:
    """Slopes of max and min: equal shares for all arguments that hold the extreme value (or are NaN)."""
    holds = [x == out or isnan(x) for x in arguments]
    share = 1.0 / sum(holds)
    return [share if held else 0.0 for held in holds]


def tangent(
    operator: Operator, arguments: Sequence[Any], out: Any, tangents: Sequence[Any], by: Arithmetic = DOUBLES
) -> Any:
    """Forward mode on a kink: the tangent of the branch into which the tangents of the arguments lead."""
    if operator.ties:
        return by.function(operator)(*(t for x, t in zip(arguments, tangents, strict=True) if x == out))
    if operator.cone:
        return by.function(operator)(*tangents)
    branch = _entered(operator, arguments, tangents)
    return sum(
        by.slope(operator, branch, index)(*arguments, out) * moves for index, moves in enumerate(tangents) if moves
    )
