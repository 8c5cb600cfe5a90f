"""Running error bounds: how far off both passes in doubles may be, by one more sweep of each.

For every value the sweep carries a bound of its distance from the exact value, for every adjoint likewise: what the
arguments' errors do by the local derivatives, looked at over the uncertainty of the arguments, plus the rounding of the
operation itself (Wilkinson's running error analysis). A bound says that digits may be lost, never that they are: it is
the gate before `exact`, which knows.
"""

from collections.abc import Iterator, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from gradcli.engine.digits.propagation import (
    BINARY,
    NORMAL,
    PRODUCT,
    QUOTIENT,
    ROUNDING,
    SAME,
    SUM,
    TINY,
    UNARY,
    Edges,
    jumps,
    kind,
    of_constants,
    over,
    quotient,
)
from gradcli.engine.rules import ARITHMETIC_ERRORS
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.operators.records import Operator

if TYPE_CHECKING:
    from gradcli.engine.evaluation import Evaluation

SUSPECT = 1e-10  # relative: a number with a larger bound may have lost digits that count
# Larger graphs are not computed with more digits, and the bound of a harmless sum grows with its terms: there only what
# may be off by more than 1e-7 is suspected.
MOST = 100_000  # nodes
SUSPECT_UNSEEN = 1e-7


class Bounds(Frozen):
    """Bounds of the errors of values and adjoints, one for each node.

    `turning` is the first node at which a comparison, a jump or a tie could turn out otherwise, -1 if there is none.
    """

    values: list[float]
    adjoints: list[float]
    turning: int
    sweep: "_Sweep"

    @property
    def turns(self) -> bool:
        """Whether there is such a node."""
        return self.turning >= 0

    def edges(self, node: int) -> Edges:
        """What leaves a node."""
        return self.sweep.leaving(node)


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
    return {
        key
        for key, (number, bound) in numbers.items()
        if found.turns or not (bound <= limit * abs(number) and isfinite(number))
    }


def bounds(here: "Evaluation") -> Bounds:
    """The bounds of all values and adjoints; infinite where nothing is known."""
    sweep = _Sweep(here)
    sweep.forward()
    sweep.backward()
    return Bounds(sweep.errors, sweep.adjoint_errors, sweep.turning, sweep)


def tiny(slope: float, off: float) -> float:
    """What a product may have lost of whose size ROUNDING is 0."""
    return TINY if slope or off else 0.0


class _Sweep:
    """Both sweeps; the loops are the hot ones, so sums and products stand in them without calls."""

    def __init__(self, here: "Evaluation") -> None:
        self.here = here
        self.graph: Graph = here.graph
        self.errors = [0.0] * len(here.graph)
        self.adjoint_errors = [0.0] * len(here.graph)
        self.rounds = [0.0] * len(here.graph)  # ROUNDING for each of the terms that an adjoint is the sum of
        kinds = {operator: kind(operator) for operator in set(here.graph.operators)}
        self.kinds = [kinds[operator] for operator in here.graph.operators]
        # What leaves a node, of a function of one argument what `moving` gives, and of sums and products nothing.
        self.edges: list[Sequence[Any]] = [()] * len(here.graph)
        self.turning = -1

    def forward(self) -> None:
        """The errors of the values."""
        nodes = iter(self.here.order)
        while (unknown := self.forward_over(nodes)) is not None:
            inputs = self.graph.inputs[unknown]
            self.errors[unknown] = inf
            is_flat = self.kinds[unknown][0] == UNARY
            self.edges[unknown] = (inf, inf, inf) if is_flat else [(x, inf, inf) for x in inputs]

    def forward_over(self, nodes: Iterator[int]) -> int | None:
        """The errors of the values of these nodes; stops at one of which nothing is known, and returns it."""
        numbers, errors, edges = self.here.values, self.errors, self.edges
        kinds, inputs, rounds, node = self.kinds, self.graph.inputs, self.rounds, -1
        try:
            for node in nodes:
                arguments = inputs[node]
                if not arguments:
                    continue
                passes, how = kinds[node]
                if passes == SUM:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    errors[node] = errors[x] + errors[y] + abs(numbers[node]) * ROUNDING
                elif passes == PRODUCT:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    size = abs(numbers[node])
                    errors[node] = abs(numbers[x]) * errors[y] + abs(numbers[y]) * errors[x] + size * ROUNDING
                    if size < NORMAL:
                        errors[node] += self.underflow(x, y)
                elif passes == UNARY:
                    x = arguments[0]
                    rounds[x] += ROUNDING
                    edges[node] = found = how(numbers[x], numbers[node], errors[x])
                    errors[node] = found[0]
                elif passes == QUOTIENT:
                    x, y = arguments
                    rounds[x] += ROUNDING
                    rounds[y] += ROUNDING
                    error, by_x, off_x, by_y, off_y = quotient(
                        numbers[x], numbers[y], numbers[node], errors[x], errors[y]
                    )
                    errors[node], edges[node] = error, ((x, by_x, off_x), (y, by_y, off_y))
                elif passes == SAME:
                    x = arguments[0]
                    rounds[x] += ROUNDING
                    errors[node] = errors[x]
                else:
                    for x in arguments:
                        rounds[x] += ROUNDING
                    errors[node] = self.binary(node) if passes == BINARY else self.general(node)
        except ARITHMETIC_ERRORS:
            return node
        return None

    def underflow(self, x: int, y: int) -> float:
        """What a product of 0 or less than a normal number may have lost."""
        numbers, errors = self.here.values, self.errors
        return TINY if (numbers[x] or errors[x]) and (numbers[y] or errors[y]) else 0.0

    def binary(self, node: int) -> float:
        """The error of a function of two arguments, one of which may be a number that nothing is asked of."""
        x, y = self.graph.inputs[node]
        numbers, errors, required = self.here.values, self.errors, self.here.required
        first, second, how = required[x] or errors[x], required[y] or errors[y], self.kinds[node][1]
        error: float
        if first and second:
            error, slope, off, by_y, off_y = how[0, 1](numbers[x], numbers[y], numbers[node], errors[x], errors[y])
            self.edges[node] = ((x, slope, off), (y, by_y, off_y))
        elif first or second:
            wanted = x if first else y
            error, slope, off = how[0 if first else 1,](numbers[x], numbers[y], numbers[node], errors[wanted])
            self.edges[node] = ((wanted, slope, off),)
        else:
            error = of_constants((numbers[x], numbers[y]), numbers[node])
        return error

    def backward(self) -> None:
        """The errors of the adjoints.

        That a sum of k terms is rounded k times is counted with each of them.
        """
        edges, kinds, inputs = self.edges, self.kinds, self.graph.inputs
        numbers, errors, adjoints, found = self.here.values, self.errors, self.here.adjoints, self.adjoint_errors
        rounds = self.rounds
        for node in reversed(self.here.order):
            error = found[node]
            if not (adjoints[node] or error):
                continue
            adjoint, passes = abs(adjoints[node]), kinds[node][0]
            if passes == SUM:
                x, y = inputs[node]
                found[x] += error + adjoint * rounds[x]
                found[y] += error + adjoint * rounds[y]
            elif passes == PRODUCT:
                x, y = inputs[node]
                slope, off, size = abs(numbers[y]), errors[y], adjoint + error
                found[x] += slope * (adjoint * rounds[x] + error) + off * size or tiny(slope, off)
                slope, off = abs(numbers[x]), errors[x]
                found[y] += slope * (adjoint * rounds[y] + error) + off * size or tiny(slope, off)
            elif passes == SAME:
                x = inputs[node][0]
                found[x] += error + adjoint * rounds[x]
            elif passes == UNARY:
                x = inputs[node][0]
                _, slope, off = edges[node]
                found[x] += abs(slope) * (adjoint * rounds[x] + error) + off * (adjoint + error) or tiny(slope, off)
            else:
                size = adjoint + error
                for x, slope, off in edges[node]:
                    found[x] += abs(slope) * (adjoint * rounds[x] + error) + off * size or tiny(slope, off)

    def leaving(self, node: int) -> Edges:
        """What leaves a node towards its arguments."""
        (passes, how), inputs, edges = self.kinds[node], self.graph.inputs[node], self.edges[node]
        if passes in (SAME, SUM):
            return [(x, slope, 0.0) for x, slope in zip(inputs, how, strict=True)]
        if passes == PRODUCT:
            x, y = inputs
            return ((x, self.here.values[y], self.errors[y]), (y, self.here.values[x], self.errors[x]))
        return ((inputs[0], edges[1], edges[2]),) if passes == UNARY else edges

    def general(self, node: int) -> float:
        """The error of a node of any kind; its edges are kept for the backward sweep."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator.condition:
            if not self.turns and self._turns(operator, inputs):
                self.turning = node
            return 0.0
        if operator.chooses:
            chosen = inputs[self.here.chosen(node)]
            self.edges[node] = ((chosen, 1.0, 0.0),)
            return self.errors[chosen]
        out = self.here.values[node]
        numbers, errors = [self.here.values[x] for x in inputs], [self.errors[x] for x in inputs]
        if operator.ties:
            return self._tie(node, numbers, errors, out)
        moved = [index for index, x in enumerate(inputs) if self.here.required[x] or errors[index]]
        wanted = tuple([index for index in moved if index not in operator.discrete])
        error, edges = over(operator, numbers, errors, out, wanted)
        if operator.jump and not self.turns and jumps(operator, numbers, errors, out, error):
            self.turning = node
        self.edges[node] = [(inputs[index], slope, off) for index, slope, off in edges]
        return error

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
        if not self.turns and any(errors[index] or errors[first] for index in rivals):
            self.turning = node
        self.edges[node] = ((inputs[first], 1.0, 0.0),)
        return max(errors[first], *(errors[index] for index in rivals)) if rivals else errors[first]
