"""Running error bounds: how far off both passes in doubles may be, by one more sweep of each.

For every value the sweep carries a bound of its distance from the exact value, for every adjoint likewise: what the
arguments' errors do by the local derivatives, looked at over the uncertainty of the arguments, plus the rounding of the
operation itself (Wilkinson's running error analysis). A bound says that digits may be lost, never that they are: it is
the gate before `exact`, which knows.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import inf, isfinite
from operator import truediv
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.engine import rules
from gradcli.engine.rules import ARITHMETIC_ERRORS
from gradcli.graph import Graph
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

SUSPECT = 1e-10  # relative: a number with a larger bound may have lost digits that count
# Larger graphs are not computed with more digits, and the bound of a harmless sum grows with its terms: there only what
# may be off by more than 1e-7 is suspected.
MOST = 100_000  # nodes
SUSPECT_UNSEEN = 1e-7
ROUNDING = 2.0**-53  # relative, of an operation in IEEE 754
FUNCTION = 2.0**-51  # the same of a function or slope of the table; 4 or 32 units make no difference to SUSPECT
TINY = 5e-324  # what an underflow may have lost: a bound that would underflow becomes this
NORMAL = 2.0**-1022  # below, a number has not all its digits
FAR = 1e-6  # of an argument: over larger errors a slope is looked at on both sides

# What leaves a node towards its arguments: index, slope and error of the slope.
Edges = Sequence[tuple[int, float, float]]


class Bounds(NamedTuple):
    """Bounds of the errors of values and adjoints, one for each node."""

    values: list[float]
    adjoints: list[float]
    turns: bool  # whether a comparison, a jump or a tie could turn out otherwise


def suspects(here: "Evaluation") -> set[int | None]:
    """The targets whose gradient may have lost digits that count, and None for the value; all if a branch may turn.

    None where a value on the way is not finite.
    """
    if here.total and not all(isfinite(here.values[node]) for node in here.order):
        return set()
    found = bounds(here)
    numbers: dict[int | None, tuple[float, float]] = {None: (here.value, found.values[here.graph.output])}
    numbers |= {node: (here.adjoints[node], found.adjoints[node]) for node in here.targets}
    limit = SUSPECT if len(here.graph) <= MOST else SUSPECT_UNSEEN
    turns = found.turns and len(here.graph) <= MOST
    return {
        key
        for key, (number, bound) in numbers.items()
        if turns or not (bound <= limit * abs(number) and isfinite(number))
    }


def bounds(here: "Evaluation") -> Bounds:
    """The bounds of all values and adjoints; infinite where nothing is known."""
    sweep = _Sweep(here)
    sweep.forward()
    sweep.backward()
    return Bounds(sweep.errors, sweep.adjoint_errors, sweep.turns)


LINEAR, PRODUCT, QUOTIENT, UNARY, GENERAL = range(5)


@cache
def kind(operator: Operator) -> tuple[int, Any]:
    """How errors pass an operator: the kind, and the slopes or what finds them."""
    formulas, count = operator.formulas, len(operator.parameters)
    if formulas and set(formulas) <= {"1", "-1"}:
        return LINEAR, tuple(map(float, formulas))
    if count == 2 and formulas == operator.parameters[::-1]:
        return PRODUCT, None
    if count == 1 and formulas and not (operator.jump or operator.variadic):
        return UNARY, _straight(operator) if operator.branches else _slope_over(operator)
    return (QUOTIENT, _quotient) if operator.function is truediv else (GENERAL, None)


def _slope_over(operator: Operator) -> Callable[[float, float, float], tuple[float, float]]:
    """For a function of one argument: the slope and its error, from the argument, its error and the value."""
    slope, bends = rules.slopes(operator, (0,), False), bool(operator.branches)
    is_flat = any(branch.partials[0] == "0" for branch in operator.branches)  # a slope of 0 that is no underflow

    def over(x: float, error: float, out: float) -> tuple[float, float]:
        here = slope(x, out)
        size = here if here >= 0.0 else -here
        off = size * FUNCTION
        if size < NORMAL and not is_flat:
            off += TINY
        if error:
            off += abs(slope(x + error, out + here * error) - here)
            if bends or error > FAR * abs(x):
                off += abs(slope(x - error, out - here * error) - here)
        return here, off

    return over


def _straight(operator: Operator) -> Callable[[float, float, float], tuple[float, float]]:
    """The same for a function with branches: one whose slope is a number is straight but at its kinks."""
    general = _slope_over(operator)
    if [kink.at for kink in operator.kinks] != ["x"]:
        return general
    below, above = (
        operator.branches[index].partials[0] for index in (operator.kinks[0].below, operator.kinks[0].above)
    )
    try:
        left, right = float(below), float(above)
    except ValueError:
        return general

    def over(x: float, error: float, out: float) -> tuple[float, float]:
        if x > error:
            return right, 0.0
        return (left, 0.0) if -x > error else general(x, error, out)

    return over


def _quotient(
    numbers: Sequence[float], errors: Sequence[float], arguments: Sequence[int], out: float
) -> tuple[float, Edges]:
    """The error of a quotient and its edges, in one place since quotients are frequent: slopes 1/y and −out/y."""
    x, y = arguments
    size, error = abs(numbers[y]), errors[y]
    if error > FAR * size or not size:
        return inf, ((0, inf, inf), (1, inf, inf))
    off = 2 * error / size + FUNCTION  # relative, of 1/y
    slope = 1.0 / numbers[y]
    found = (errors[x] + abs(out) * error) / size + abs(out) * ROUNDING
    if abs(out) < NORMAL and (numbers[x] or errors[x]):
        found += TINY
    by_divisor = -out * slope
    lost = TINY if abs(by_divisor) < NORMAL and (numbers[x] or errors[x]) else 0.0
    return found, (
        (0, slope, abs(slope) * off + (TINY if abs(slope) < NORMAL else 0.0)),
        (1, by_divisor, abs(by_divisor) * off + found / size + lost),
    )


class _Sweep:
    """Both sweeps; the loops are the hot ones, so sums and products stand in them without calls."""

    def __init__(self, here: "Evaluation") -> None:
        self.here = here
        self.graph: Graph = here.graph
        self.errors = [0.0] * len(here.graph)
        self.adjoint_errors = [0.0] * len(here.graph)
        self.edges: list[Edges] = [()] * len(here.graph)
        self.turns = False

    def forward(self) -> None:
        """The errors of the values."""
        numbers, errors, edges = self.here.values, self.errors, self.edges
        operators, inputs = self.graph.operators, self.graph.inputs
        kinds = {operator: kind(operator) for operator in set(operators)}
        for node in self.here.order:
            arguments = inputs[node]
            if not arguments:
                continue
            passes, how = kinds[operators[node]]
            out = numbers[node]
            if passes == LINEAR:
                error = abs(out) * ROUNDING
                for x in arguments:
                    error += errors[x]
            elif passes == PRODUCT:
                x, y = arguments
                a, b, size = abs(numbers[x]), abs(numbers[y]), abs(out)
                error = a * errors[y] + b * errors[x] + size * ROUNDING
                if size < NORMAL and (a or errors[x]) and (b or errors[y]):
                    error += TINY
            elif passes == QUOTIENT:
                error, edges[node] = how(numbers, errors, arguments, out)
            elif passes == UNARY:
                error = self.unary(node, arguments[0], out, how)
            else:
                error = self.general(node)
            errors[node] = error

    def unary(self, node: int, x: int, out: float, how: Callable[..., tuple[float, float]]) -> float:
        """The error of a function of one argument; its edge is kept for the backward sweep."""
        argument, error, size = self.here.values[x], self.errors[x], abs(out)
        try:
            slope, off = how(argument, error, out)
        except ARITHMETIC_ERRORS:
            self.edges[node] = ((0, inf, inf),)
            return inf if error else size * FUNCTION
        self.edges[node] = ((0, slope, off),)
        found = (abs(slope) + off) * error + size * FUNCTION
        return found + TINY if size < NORMAL and (argument or error) else found

    def backward(self) -> None:
        """The errors of the adjoints."""
        numbers, required, errors = self.here.values, self.here.required, self.errors
        operators, inputs, edges = self.graph.operators, self.graph.inputs, self.edges
        kinds = {operator: kind(operator) for operator in set(operators)}
        adjoints, found = [0.0] * len(self.graph), self.adjoint_errors
        adjoints[self.graph.output] = 1.0 if required[self.graph.output] else 0.0
        leave = _leaving(required, adjoints, found)
        for node in reversed(self.here.order):
            adjoint, error, arguments = adjoints[node], found[node], inputs[node]
            if not (adjoint or error) or not required[node]:
                continue
            passes, how = kinds[operators[node]]
            if passes == LINEAR:
                for x, slope in zip(arguments, how):  # noqa: B905 (strict costs time here)
                    adjoints[x] = total = adjoints[x] + adjoint * slope
                    found[x] += error + abs(total) * ROUNDING
            elif passes == PRODUCT:
                x, y = arguments
                leave(x, numbers[y], errors[y], adjoint, error)
                leave(y, numbers[x], errors[x], adjoint, error)
            else:
                for index, slope, off in edges[node]:
                    leave(arguments[index], slope, off, adjoint, error)

    def general(self, node: int) -> float:
        """The error of a node of any kind; its edges are kept for the backward sweep."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator.condition:
            self.turns = self.turns or self._turns(operator, inputs)
            return 0.0
        if operator.chooses:
            chosen = self.here.chosen(node)
            self.edges[node] = ((chosen, 1.0, 0.0),)
            return self.errors[inputs[chosen]]
        out = self.here.values[node]
        numbers, errors = self.here.arguments(node), [self.errors[x] for x in inputs]
        if operator.ties:
            return self._tie(node, numbers, errors, out)
        wanted = tuple(index for index, x in enumerate(inputs) if self.here.required[x] or errors[index])
        try:
            error, edges = _over(operator, numbers, errors, out, wanted)
        except ARITHMETIC_ERRORS:
            error, edges = inf, [(index, inf, inf) for index in wanted]
        if operator.jump and _jumps(operator, numbers, errors, out, error):
            self.turns = True
        self.edges[node] = edges
        return error + TINY if abs(out) < NORMAL and (any(numbers) or any(errors)) else error

    def _turns(self, operator: Operator, inputs: Sequence[int]) -> bool:
        """Whether a comparison could turn out otherwise."""
        if operator.conditions:
            return False
        x, y = inputs
        error = self.errors[x] + self.errors[y] if x != y else 0.0
        return bool(error) and not abs(self.here.values[x] - self.here.values[y]) > error

    def _tie(self, node: int, numbers: Sequence[float], errors: Sequence[float], out: float) -> float:
        """A maximum or minimum: the first that holds it, unless others may."""
        first = numbers.index(out) if out in numbers else 0
        inputs = self.graph.inputs[node]
        rivals = [
            index
            for index, x in enumerate(numbers)
            if inputs[index] != inputs[first] and not abs(x - out) > errors[index] + errors[first]
        ]
        if any(errors[index] or errors[first] for index in rivals):
            self.turns = True
        self.edges[node] = ((first, 1.0, 0.0),)
        return max(errors[first], *(errors[index] for index in rivals)) if rivals else errors[first]


def _leaving(
    required: bytearray, adjoints: list[float], found: list[float]
) -> Callable[[int, float, float, float, float], None]:
    """What adds a product to an adjoint, and the bound of its error to the adjoint's."""

    def leave(x: int, slope: float, off: float, adjoint: float, error: float) -> None:
        if required[x]:
            product = adjoint * slope
            adjoints[x] = total = adjoints[x] + product
            step = abs(product)
            found[x] += (step + abs(total)) * ROUNDING + (abs(slope) + off) * error + abs(adjoint) * off
            if step < NORMAL and (slope or off):
                found[x] += TINY

    return leave


def _over(
    operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, wanted: tuple[int, ...]
) -> tuple[float, Edges]:
    """The error of a value and the edges for the wanted arguments, each argument moved by its error, one at a time."""
    if not wanted:
        return abs(out) * FUNCTION, ()
    slopes = _slopes_of(operator, wanted)
    here = slopes(numbers, out)
    bends = bool(operator.branches)
    offs = [abs(slope) * FUNCTION + (TINY if abs(slope) < NORMAL and not bends else 0.0) for slope in here]
    total = abs(out) * FUNCTION
    for place, index in enumerate(wanted):
        error = errors[index]
        if not error:
            continue
        steepest = abs(here[place])
        both = bends or error > FAR * abs(numbers[index])
        for step in (error, -error) if both else (error,):
            moved = list(numbers)
            moved[index] += step
            beside = slopes(moved, out + here[place] * step)
            steepest = max(steepest, abs(beside[place]))
            for other, slope in enumerate(beside):
                offs[other] += abs(slope - here[other])
        total += steepest * error
    return total, list(zip(wanted, here, offs, strict=True))


def _slopes_of(operator: Operator, wanted: tuple[int, ...]) -> Callable[[Sequence[float], float], Sequence[float]]:
    """The slopes for the wanted arguments, from all arguments and the value."""
    local = rules.slopes(operator, wanted, False)
    if operator.variadic:

        def of_many(numbers: Sequence[float], out: float) -> Sequence[float]:
            found = local(numbers, out)
            return [found[index] for index in wanted]

        return of_many
    if len(wanted) == 1:
        return lambda numbers, out: (local(*numbers, out),)
    return lambda numbers, out: local(*numbers, out)


def _jumps(operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, moved_by: float) -> bool:
    """Whether a jump lies within the errors of the arguments: beside the point the function is far away."""
    for index, error in enumerate(errors):
        for step in (error, -error) if error else ():
            beside = list(numbers)
            beside[index] += step
            if not abs(rules.ieee(operator)(*beside) - out) <= 2 * moved_by:
                return True
    return False
