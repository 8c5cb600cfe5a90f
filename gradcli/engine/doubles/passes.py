"""The forward and the backward pass over a graph at one point. They know no names.

Nothing that is given is changed, but for the lists of values and of the order that `demanded` fills with its caller.

Values and adjoints are flat lists, one entry for each node. `where` evaluates only the branch that it takes; nodes
that are only reached through another branch have the value None and take no part in either pass.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from math import isfinite
from typing import Any, NamedTuple

from gradcli.engine.doubles import rules
from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.operators.records import Operator


class Pass(NamedTuple):
    """A forward pass: each node's value (None where it was not evaluated) and the nodes in the order of evaluation."""

    values: list[Any]
    order: Sequence[int]


class Fault(Exception):  # noqa: N818 (what a rule raises is no error of the user yet)
    """The forward pass has no finite value at `node`; `values` holds what was computed before it."""

    def __init__(self, node: int, values: list[Any]) -> None:
        super().__init__(node)
        self.node = node
        self.values = values


def forward(graph: Graph, leaves: Mapping[int, float], total: bool = False) -> Pass:
    """Evaluate the graph, given the values of its variables and constants.

    Raises `Fault` at the first node without a finite value; with `total` it goes on in IEEE 754 arithmetic.
    """
    values: list[Any] = [None] * len(graph)
    for node, value in leaves.items():
        values[node] = value
    lazy = graph.is_lazy
    found: list[int] = []
    order = found if lazy else range(len(graph))
    if lazy or total:
        failed = _evaluate(graph, values, demanded(graph, values, found) if lazy else order, total)
    else:
        failed = _evaluate_all(graph, values)
    if failed is None and not total and not all(map(isfinite, [values[x] for x in order] if lazy else values)):
        failed = graph.output
    if failed is not None:
        raise _first_fault(values, order, failed)
    return Pass(values, order)


def _evaluate(graph: Graph, values: list[Any], nodes: Iterable[int], total: bool) -> int | None:
    """Give these nodes their values; returns the node that has none, if there is one."""
    operators, all_inputs = graph.operators, graph.inputs
    for node in nodes:
        inputs, operator = all_inputs[node], operators[node]
        if inputs:
            function = rules.ieee(operator) if total else operator.forward
            try:
                values[node] = function(*[values[x] for x in inputs])
            except ARITHMETIC_ERRORS:
                return node
    return None


def _evaluate_all(graph: Graph, values: list[Any]) -> int | None:
    """The same for all nodes: the hot loop, with one or two arguments without a list in between."""
    node = 0
    try:
        for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
            if len(inputs) == 2:
                x, y = inputs
                values[node] = operator.forward(values[x], values[y])
            elif len(inputs) == 1:
                values[node] = operator.forward(values[inputs[0]])
            elif inputs:
                values[node] = operator.forward(*[values[x] for x in inputs])
    except ARITHMETIC_ERRORS:
        return node
    return None


def _first_fault(values: list[Any], order: Sequence[int], last: int) -> Fault:
    """A node that overflowed in silence (1e200*1e200) comes before the one that raised because of it."""
    for node in order:
        if values[node] is not None and not isfinite(values[node]):
            return Fault(node, values)
    return Fault(last, values)


def demanded(graph: Graph, values: list[Any], order: list[int]) -> Any:
    """The nodes to evaluate, each when its inputs have values, without the branches that are not taken.

    A generator: it reads a condition's value in `values` after the caller has put it there. It appends to `order`
    the nodes, leaves included.
    """
    operators, all_inputs = graph.operators, graph.inputs
    done = bytearray(len(graph))
    for root in compress(range(len(graph)), graph.unconditional):
        pending = [root]
        while pending:
            node = pending[-1]
            # What comes before a root is evaluated by now, but for what nodes choose.
            missing = _missing(graph, node, values, done) if node != root or operators[node].chooses else ()
            if missing:
                pending.extend(reversed(missing))
                continue
            pending.pop()
            if not done[node]:
                if all_inputs[node]:
                    yield node
                order.append(node)
                done[node] = 1


def _missing(graph: Graph, node: int, values: list[Any], done: bytearray) -> Sequence[int]:
    """Inputs of a node that are to be evaluated yet: of one that chooses first the condition, then what it chooses."""
    inputs, chooses = graph.inputs[node], graph.operators[node].chooses
    if chooses is not None:
        inputs = (inputs[chooses(values[inputs[0]]) if done[inputs[0]] else 0],)
    return [x for x in inputs if not done[x]]


# How local derivatives are found: operator, indices of the wanted arguments, whether in IEEE arithmetic.
Slopes = Callable[[Operator, tuple[int, ...], bool], Callable[..., Any]]


class Tape(Frozen):
    """What the backward pass runs over: the graph, each node's value, the order of evaluation, the nodes that require a
    gradient, and how their local derivatives are found.
    """

    graph: Graph
    values: Sequence[Any]
    order: Sequence[int]
    required: bytearray
    slopes: Slopes = staticmethod(rules.slopes)  # no method

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs."""
        return [self.values[x] for x in self.graph.inputs[node]]

    def local_derivatives(self, node: int) -> dict[int, float]:
        """∂node/∂argument by the argument's index, for each that requires a gradient, in IEEE arithmetic."""
        operator, required = self.graph.operators[node], self.required
        discrete = operator.discrete
        inputs = enumerate(self.graph.inputs[node])
        wanted = tuple([index for index, x in inputs if required[x] and index not in discrete])
        if not wanted or operator.condition:
            return {}
        arguments, out = self.arguments(node), self.values[node]
        if operator.variadic:
            local = self.slopes(operator, wanted, True)(arguments, out)
            return {index: local[index] for index in wanted}
        try:
            local = self.slopes(operator, wanted, False)(*arguments, out)
        except ARITHMETIC_ERRORS:
            local = self.slopes(operator, wanted, True)(*arguments, out)
        return dict(zip(wanted, local, strict=True)) if len(wanted) > 1 else {wanted[0]: local}

    def passed_on(self, node: int, index: int, adjoint: float, slope: float) -> float:
        """What a node passes on to one of its arguments: adjoint × slope.

        It is 0 for an adjoint of 0, and for an infinite one where the node does not depend on the argument.
        """
        if not adjoint:
            return 0.0
        if not slope and adjoint - adjoint:
            arguments, out = self.arguments(node), self.values[node]
            if not rules.depends(self.graph.operators[node], index, arguments, out):
                return 0.0
        return adjoint * slope


def backward(tape: Tape) -> list[float]:
    """Each node's adjoint: the derivative of the output with respect to it, by the chain rule from the output on.

    A node whose adjoint is exactly 0 passes nothing on. Adjoints that are not finite are left as they are, but do not
    reach what the branch that is taken does not depend on.
    """
    graph, required = tape.graph, tape.required
    adjoints = [0.0] * len(graph)
    if not required[graph.output]:
        return adjoints
    adjoints[graph.output] = 1.0
    try:
        _pass_back_all(tape, adjoints)
    except ARITHMETIC_ERRORS:
        pass
    else:
        if isfinite(sum(adjoints)):
            return adjoints
    # Something is not finite, or is so in Python's arithmetic: once more, with care.
    adjoints = [0.0] * len(graph)
    adjoints[graph.output] = 1.0
    for node in reversed(tape.order):
        if adjoints[node] and required[node]:
            for index, slope in tape.local_derivatives(node).items():
                adjoints[graph.inputs[node][index]] += tape.passed_on(node, index, adjoints[node], slope)
    return adjoints


def _pass_back_all(tape: Tape, adjoints: list[float]) -> None:
    """The hot loop, in Python's arithmetic, with one or two arguments without a list in between."""
    values, required, operators, all_inputs = tape.values, tape.required, tape.graph.operators, tape.graph.inputs
    first, second, both = (_Compiled(tape.slopes, wanted) for wanted in ((0,), (1,), (0, 1)))
    for node in reversed(tape.order):
        adjoint = adjoints[node]
        if not adjoint or not required[node]:
            continue
        inputs = all_inputs[node]
        if len(inputs) == 2:
            x, y = inputs
            if required[x] and required[y]:
                dx, dy = both[operators[node]](values[x], values[y], values[node])
                adjoints[x] += adjoint * dx
                adjoints[y] += adjoint * dy
            elif required[x]:
                adjoints[x] += adjoint * first[operators[node]](values[x], values[y], values[node])
            elif required[y]:
                adjoints[y] += adjoint * second[operators[node]](values[x], values[y], values[node])
        elif len(inputs) == 1:
            x = inputs[0]
            if required[x]:
                adjoints[x] += adjoint * first[operators[node]](values[x], values[node])
        elif inputs:
            _pass_back(tape, node, adjoints)


def _pass_back(tape: Tape, node: int, adjoints: list[float]) -> None:
    """What a node of any number of arguments adds to the adjoints of its inputs."""
    for index, slope in tape.local_derivatives(node).items():
        adjoints[tape.graph.inputs[node][index]] += adjoints[node] * slope


def all_slopes(tape: Tape) -> list[Sequence[float]]:
    """The local derivatives of each node for all of its arguments, 0 for those that require no gradient: what
    `Tape.local_derivatives` finds for one node, in a loop as hot as that of the backward pass.
    """
    values, required, operators, all_inputs = tape.values, tape.required, tape.graph.operators, tape.graph.inputs
    plain, many = _passing_all(set(operators), variadic=False), _passing_all(set(operators), variadic=True)
    first, both = _Compiled(tape.slopes, (0,)), _Compiled(tape.slopes, (0, 1))
    found: list[Sequence[float]] = [()] * len(tape.graph)
    for node in tape.order:
        inputs, operator = all_inputs[node], operators[node]
        try:
            if len(inputs) == 2 and operator in plain and required[inputs[0]]:
                x, y = inputs
                if required[y]:
                    found[node] = both[operator](values[x], values[y], values[node])
                else:
                    found[node] = (first[operator](values[x], values[y], values[node]), 0.0)
            elif len(inputs) == 1 and operator in plain and required[inputs[0]]:
                found[node] = (first[operator](values[inputs[0]], values[node]),)
            elif operator in many and all(map(required.__getitem__, inputs)):
                found[node] = tape.slopes(operator, (), True)(tape.arguments(node), values[node])
            elif inputs:
                found[node] = _slopes_of(tape, node)
        except ARITHMETIC_ERRORS:
            found[node] = _slopes_of(tape, node)
    return found


def _passing_all(operators: Iterable[Operator], *, variadic: bool) -> set[Operator]:
    """Those that have a slope for each argument."""
    return {one for one in operators if one.variadic is variadic and not (one.condition or one.discrete)}


def _slopes_of(tape: Tape, node: int) -> list[float]:
    local = tape.local_derivatives(node)
    return [local.get(index, 0.0) for index in range(len(tape.graph.inputs[node]))]


class _Compiled(dict[Operator, Callable[..., Any]]):
    """The operators' slope functions for some wanted arguments, each made when it is first asked for."""

    def __init__(self, slopes: Slopes, wanted: tuple[int, ...]) -> None:
        super().__init__()
        self.slopes = slopes
        self.wanted = wanted

    def __missing__(self, operator: Operator) -> Callable[..., Any]:
        made = self.slopes(operator, self.wanted, False)
        self[operator] = _one_by_one(made, self.wanted) if operator.variadic else made
        return self[operator]


def _one_by_one(slopes: Callable[..., Any], wanted: tuple[int, ...]) -> Callable[..., Any]:
    """The slopes of a variadic operator as a function of its arguments, for those that are wanted."""

    def found(*point: Any) -> Any:
        *arguments, out = point
        local = slopes(arguments, out)
        return [local[index] for index in wanted] if len(wanted) > 1 else local[wanted[0]]

    return found
