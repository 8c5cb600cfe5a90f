"""The sweeps of running error bounds over both passes in doubles: their state, and the two hot loops."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from math import copysign, inf
from typing import TYPE_CHECKING, Any

from gradcli.engine.digits.propagation import (
    BINARY,
    BOTH,
    LARGE,
    LENGTH,
    PRODUCT,
    QUOTIENT,
    ROUNDING,
    SAME,
    SHARES,
    SUM,
    TIE,
    TINY,
    TOTAL,
    UNARY,
    Edges,
    is_lost,
    kind,
    quotient,
)
from gradcli.engine.digits.several import jumps, length, of_constants, over, shares, total_error
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Graph
from gradcli.operators.exceptional import NORMAL
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation


MANY = 100_000  # nodes


def tiny(slope: float, off: float) -> float:
    """What a product may have lost of whose size ROUNDING is 0."""
    return TINY if slope or off else 0.0


def zeros(count: int) -> MutableSequence[float]:
    """So many numbers: many as an array, which has 8 bytes for each where a list has 32 more."""
    if count < MANY:
        return [0.0] * count
    from array import array

    return array("d", bytes(8 * count))


def along(order: Sequence[int], facts: Sequence[Any]) -> Iterable[Any]:
    """The facts of the nodes in an order, each read when its turn comes: without a lookup where it is that of all."""
    if not isinstance(order, range):
        return map(facts.__getitem__, order)
    return facts if order.step > 0 else reversed(facts)


class Sweep:
    """Both sweeps; the loops are the hot ones, so sums and products stand in them without calls."""

    def __init__(self, here: "Evaluation") -> None:
        self.here = here
        self.graph: Graph = here.graph
        self.numbers, self.required = here.values, here.required
        self.errors, self.adjoint_errors = zeros(len(here.graph)), zeros(len(here.graph))
        self.rounds = zeros(len(here.graph))  # ROUNDING for each of the terms that an adjoint is the sum of
        kinds = {operator: kind(operator) for operator in set(here.graph.operators)}
        self.hows = {operator: how for operator, (_, how) in kinds.items()}
        passes = {operator: passes for operator, (passes, _) in kinds.items()}
        self.kinds = list(map(passes.__getitem__, here.graph.operators))
        # What leaves a node; of functions of one argument and of two the error and that, without nodes.
        self.edges: list[Sequence[Any]] = [()] * len(here.graph)
        self.turning = -1

    def forward(self) -> None:
        """The errors of the values."""
        order, inputs, numbers = self.here.order, self.graph.inputs, self.numbers
        steps = zip(*([order] + [along(order, facts) for facts in (inputs, self.kinds, numbers)]), strict=True)
        while (unknown := self.forward_over(steps)) is not None:
            self.errors[unknown] = inf
            flat = {UNARY: 3, QUOTIENT: 5}.get(self.kinds[unknown])
            self.edges[unknown] = [inf] * flat if flat else [(x, inf, inf) for x in inputs[unknown]]

    def forward_over(self, steps: Iterator[tuple[Any, ...]]) -> int | None:
        """The errors of the values of these nodes; stops at one of which nothing is known, and returns it."""
        numbers, errors, edges, hows, rounds = self.numbers, self.errors, self.edges, self.hows, self.rounds
        operators, node = self.graph.operators, -1
        try:
            for node, arguments, passes, out in steps:
                if not arguments:
                    continue
                if passes == SUM:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    errors[node] = errors[x] + errors[y] + abs(out) * ROUNDING
                elif passes == PRODUCT:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    size = abs(out)
                    errors[node] = abs(numbers[x]) * errors[y] + abs(numbers[y]) * errors[x] + size * ROUNDING
                    if size < NORMAL:
                        errors[node] += self.underflow(x, y)
                elif passes == UNARY:
                    x = arguments[0]
                    rounds[x] += ROUNDING
                    edges[node] = found = hows[operators[node]](numbers[x], out, errors[x])
                    errors[node] = found[0]
                elif passes == QUOTIENT:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    edges[node] = found = quotient(numbers[x], numbers[y], out, errors[x], errors[y])
                    errors[node] = found[0]
                elif passes == SAME:
                    x = arguments[0]
                    rounds[x] += ROUNDING
                    errors[node] = errors[x]
                elif passes == BINARY:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    errors[node] = self.binary(node, x, y, hows[operators[node]])
                else:
                    for x in arguments:
                        rounds[x] += ROUNDING
                    errors[node] = self.of_many(node, arguments)
        except ARITHMETIC_ERRORS:
            return node
        return None

    def underflow(self, x: int, y: int) -> float:
        """What a product of 0 or less than a normal number may have lost."""
        numbers, errors = self.numbers, self.errors
        return TINY if (numbers[x] or errors[x]) and (numbers[y] or errors[y]) else 0.0

    def binary(self, node: int, x: int, y: int, how: Mapping[int, Callable[..., Any]]) -> float:
        """The error of a function of two arguments, one of which may be a number that nothing is asked of."""
        numbers, errors, required = self.numbers, self.errors, self.required
        error_x, error_y = errors[x], errors[y]
        if (error_x > LARGE or error_y > LARGE) and (is_lost(numbers[x], error_x) or is_lost(numbers[y], error_y)):
            self.edges[node] = ((x, inf, inf), (y, inf, inf))
            return inf
        first, second = error_x or required[x], error_y or required[y]
        if first and second:
            self.kinds[node] = QUOTIENT  # from here on it is the same as one
            self.edges[node] = found = how[BOTH](numbers[x], numbers[y], numbers[node], error_x, error_y)
        elif first:
            self.kinds[node] = UNARY
            self.edges[node] = found = how[0](numbers[x], numbers[y], numbers[node], error_x)
        elif second:
            found = how[1](numbers[y], numbers[x], numbers[node], error_y)
            self.edges[node] = ((y, *found[1:]),)
        else:
            return of_constants((numbers[x], numbers[y]), numbers[node])
        return found[0]  # type: ignore[no-any-return]

    def backward(self) -> None:
        """The errors of the adjoints.

        That a sum of k terms is rounded k times is counted with each of them.
        """
        numbers, errors, found, rounds = self.numbers, self.errors, self.adjoint_errors, self.rounds
        backward = self.here.order[::-1]
        facts = (found, self.kinds, self.graph.inputs, self.edges)
        adjoints = map(abs, along(backward, self.here.adjoints))
        steps = zip(adjoints, *(along(backward, fact) for fact in facts), strict=True)
        for adjoint, error, passes, inputs, edges in steps:
            if not (adjoint or error):
                continue
            if passes == SUM:
                x, y = inputs
                found[x] += error + adjoint * rounds[x]
                found[y] += error + adjoint * rounds[y]
            elif passes == PRODUCT:
                x, y = inputs
                slope, off, size = abs(numbers[y]), errors[y], adjoint + error
                found[x] += slope * (adjoint * rounds[x] + error) + off * size or tiny(slope, off)
                slope, off = abs(numbers[x]), errors[x]
                found[y] += slope * (adjoint * rounds[y] + error) + off * size or tiny(slope, off)
            elif passes == SAME:
                x = inputs[0]
                found[x] += error + adjoint * rounds[x]
            elif passes == TOTAL:
                self.spread(inputs, adjoint, error)
            elif passes == UNARY:
                x = inputs[0]
                _, slope, off = edges
                found[x] += slope * (adjoint * rounds[x] + error) + off * (adjoint + error) or tiny(slope, off)
            elif passes == QUOTIENT:
                x, y = inputs
                _, slope, off, by_y, off_y = edges
                size = adjoint + error
                found[x] += slope * (adjoint * rounds[x] + error) + off * size or tiny(slope, off)
                found[y] += by_y * (adjoint * rounds[y] + error) + off_y * size or tiny(by_y, off_y)
            else:
                self.through(edges, adjoint, error)

    def through(self, edges: Edges, adjoint: float, error: float) -> None:
        """What a node of any other kind passes on."""
        size = adjoint + error
        for x, slope, off in edges:
            passed = slope * (adjoint * self.rounds[x] + error) + off * size
            self.adjoint_errors[x] += passed or tiny(slope, off)

    def spread(self, inputs: Sequence[int], adjoint: float, error: float) -> None:
        """What a sum of any number of terms passes on."""
        for x in inputs:
            self.adjoint_errors[x] += error + adjoint * self.rounds[x]

    def leaving(self, node: int) -> Edges:
        """What leaves a node towards its arguments."""
        passes, inputs, edges = self.kinds[node], self.graph.inputs[node], self.edges[node]
        if passes in (SAME, SUM, TOTAL):
            return [(x, 1.0, 0.0) for x in inputs]
        if passes == PRODUCT:
            x, y = inputs
            return ((x, abs(self.numbers[y]), self.errors[y]), (y, abs(self.numbers[x]), self.errors[x]))
        if passes in (UNARY, QUOTIENT):
            return list(zip(inputs, edges[1::2], edges[2::2], strict=False))
        return edges

    def of_many(self, node: int, inputs: Sequence[int]) -> float:
        """The error of a node of any other kind; its edges are kept for the backward sweep."""
        passes = self.kinds[node]
        if passes == TOTAL:
            return total_error([self.numbers[x] for x in inputs], [self.errors[x] for x in inputs])
        if passes == TIE:
            return self._tie(node, inputs)
        if passes in (SHARES, LENGTH):
            found, how = shares if passes == SHARES else length, self.hows[self.graph.operators[node]]
            numbers, errors = map(self.numbers.__getitem__, inputs), map(self.errors.__getitem__, inputs)
            error, self.edges[node] = found(inputs, list(numbers), list(errors), self.numbers[node], how)
            return error
        operator = self.graph.operators[node]
        if operator.condition:
            if not self.turns and self._turns(operator, inputs):
                self.turning = node
            return 0.0
        if operator.chooses:
            chosen = inputs[self.here.chosen(node)]
            self.edges[node] = ((chosen, 1.0, 0.0),)
            return self.errors[chosen]
        return self._general(node, operator, inputs)

    def _general(self, node: int, operator: Operator, inputs: Sequence[int]) -> float:
        """The error of an operator of any number of arguments, which may jump."""
        if operator.held:
            return self.errors[inputs[0]]
        out, numbers, errors = self.numbers[node], [self.numbers[x] for x in inputs], [self.errors[x] for x in inputs]
        moved = [index for index, x in enumerate(inputs) if self.required[x] or errors[index]]
        wanted = tuple([index for index in moved if index not in operator.discrete])
        error, edges = over(operator, numbers, errors, out, wanted)
        if operator.jump and not self.turns:
            is_signed = any(map(self._is_signed_0, inputs)) and not operator.is_flat
            if is_signed or jumps(operator, numbers, errors, out, error):
                self.turning = node
        self.edges[node] = [(inputs[index], slope, off) for index, slope, off in edges]
        return error

    def _is_signed_0(self, node: int) -> bool:
        """Whether a node has come to -0, which is 0: doubles jump with its sign."""
        number = self.numbers[node]
        return number == 0 and copysign(1.0, number) < 0 and bool(self.graph.inputs[node])

    @property
    def turns(self) -> bool:
        """Whether a node may turn that was met."""
        return self.turning >= 0

    def _turns(self, operator: Operator, inputs: Sequence[int]) -> bool:
        """Whether a comparison could turn out otherwise."""
        if operator.conditions:
            return False
        x, y = inputs
        error = self.errors[x] + self.errors[y] if x != y else 0.0
        return bool(error) and not abs(self.numbers[x] - self.numbers[y]) > error

    def _tie(self, node: int, inputs: Sequence[int]) -> float:
        """The error of a maximum or minimum: that of the first that holds it, unless others may."""
        numbers, errors, out = self.numbers, self.errors, self.numbers[node]
        first = inputs[0]
        for first in inputs:
            if numbers[first] == out:
                break
        self.edges[node] = ((first, 1.0, 0.0),)
        error = most = errors[first]
        for x in inputs:
            if x != first and not abs(numbers[x] - out) > errors[x] + error:
                most = max(most, errors[x])
                if (errors[x] or error) and not self.turns:
                    self.turning = node
        return most
