"""How far a point is from a branch, as a graph: 0 or more where the branch is taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product
from math import inf
from typing import Any, NamedTuple

from gradcli.graph import Builder, Graph, reachable
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY, OPERATORS, WRITTEN


class Distance(NamedTuple):
    """A function of a graph's variables that is 0 or more where branches are taken; and the same with the arguments of
    steps in their place, which has slopes.
    """

    graph: Graph
    smooth: Graph


class Ends(NamedTuple):
    """What must be above what, for a branch of a node to be taken: arguments by index, a number, or all others but an
    index; or a condition that must hold or not.
    """

    node: int
    above: Any = None
    below: Any = None
    holds: bool = False


def ends(graph: Graph, node: int, number: int) -> Iterator[Ends]:
    """Any of these is what must hold for the branch of that number to be taken."""
    operator = graph.operators[node]
    if operator.condition:
        yield Ends(node, holds=bool(number))
    elif operator.ties:
        others = ("others", number)
        yield Ends(node, number, others) if operator.forward(0.0, 1.0) else Ends(node, others, number)
    elif operator.branches:
        for kink in operator.kinks:
            one, other = (_end(operator, text) for text in (kink.one, kink.other))
            if kink.above == number:
                yield Ends(node, one, other)
            if kink.below == number:
                yield Ends(node, other, one)
    else:
        place = operator.parameters.index(operator.jump)
        yield Ends(node, place, 0.0) if number else Ends(node, 0.0, place)


def of_all(graph: Graph, branches: Sequence[tuple[int, int]], are_evaluated: bool = False) -> Iterator[Distance]:
    """Functions of a graph's variables of which one is 0 or more where all these branches are taken: nodes, with the
    numbers of their branches. With `are_evaluated` all of them are above 0 only where the nodes are evaluated, else
    the last ones.
    """
    left_out = [node for node, _ in branches if not graph.unconditional[node]]
    around = _around(graph) if left_out else []
    given = [each for node in left_out for each in _conditions(graph, around, node)]
    every = [list(ends(graph, *branch)) for branch in branches]
    for conditions in [given] if are_evaluated or not given else [[], given]:
        for wanted in product(*every):
            yield between(graph, [*wanted, *conditions])


def _around(graph: Graph) -> Sequence[tuple[int, int] | None]:
    """For each node the choice around it, and as which of its arguments; on the way from the output with the fewest."""
    found: list[tuple[int, int] | None] = [None] * len(graph)
    depths = [inf] * len(graph)
    depths[graph.output] = 0
    for node in range(graph.output, -1, -1):
        for index, x in enumerate(graph.inputs[node]):
            is_choice = graph.condition_of(node, index) is not None
            if depths[node] + is_choice < depths[x]:
                depths[x], found[x] = depths[node] + is_choice, (node, index) if is_choice else found[node]
    return found


def _conditions(graph: Graph, around: Sequence[tuple[int, int] | None], node: int) -> Iterator[Ends]:
    """What must hold for a node to be evaluated."""
    while choice := around[node]:
        condition = graph.condition_of(*choice)
        assert condition is not None, "it is a choice"
        yield Ends(condition[0], holds=condition[1])
        node = choice[0]


def between(graph: Graph, wanted: Sequence[Ends]) -> Distance:
    """The distance at which all of these hold."""
    builder = Builder(graph)
    output = _extreme(builder, "min", [_place(builder, graph, each) for each in wanted])
    exact = builder.pruned(output)[0]
    for node, operator in enumerate(builder.operators):
        if is_step(operator):
            builder.replace(node, IDENTITY, builder.inputs[node][:1])
    return Distance(exact, builder.pruned(output)[0])


def both(one: Distance, other: Distance) -> Distance:
    """The distance at which two of them are 0 or more."""
    return Distance(*(_least(*graphs) for graphs in zip(one, other, strict=True)))


def _least(*graphs: Graph) -> Graph:
    builder = Builder()
    names = {name: builder.variable(name) for name in dict.fromkeys(x for graph in graphs for x in graph.variables)}
    return builder.graph(_extreme(builder, "min", [builder.insert(graph, names) for graph in graphs]))


@cache
def is_step(operator: Operator) -> bool:
    """Whether the function is constant between jumps."""
    return bool(operator.jump) and operator.is_flat


@cache
def is_equality(operator: Operator) -> bool:
    """Whether it compares numbers for being equal, or for not being so."""
    if not operator.condition or operator.conditions or not operator.parameters:
        return False
    return bool(operator.forward(0.0, 1.0) == operator.forward(1.0, 0.0))


def _end(operator: Operator, text: str) -> int | float:
    return operator.parameters.index(text) if text in operator.parameters else float(text)


def _place(builder: Builder, graph: Graph, wanted: Ends) -> int:
    """The distance for one node."""
    if graph.operators[wanted.node].condition:
        return _of_condition(builder, graph, wanted.node, wanted.holds)
    above, below = (_argument(builder, graph, wanted.node, end) for end in (wanted.above, wanted.below))
    return builder.append(WRITTEN["-"], (above, below))


def _argument(builder: Builder, graph: Graph, node: int, end: Any) -> int:
    inputs = graph.inputs[node]
    if isinstance(end, float):
        return builder.constant(end)
    if isinstance(end, int):
        return inputs[end]
    rest = tuple(x for index, x in enumerate(inputs) if index != end[1])
    return rest[0] if len(rest) == 1 else builder.append(graph.operators[node], rest)


def _of_condition(builder: Builder, graph: Graph, condition: int, holds: bool) -> int:
    """The distance of a condition, from those of its operands up; negative ones are where it does not hold."""
    found: dict[tuple[int, bool], int] = {}
    for node in reachable(graph.inputs, [condition]):
        operator, inputs = graph.operators[node], graph.inputs[node]
        if operator.condition:
            of = _of_comparison if not operator.conditions else partial(_of_operands, found=found)
            found |= {(node, wanted): of(builder, operator, inputs, wanted) for wanted in (False, True)}
    return found[condition, holds]


def _of_operands(
    builder: Builder,
    operator: Operator,
    inputs: tuple[int, ...],
    wanted: bool,
    found: Mapping[tuple[int, bool], int],
) -> int:
    """The distance of `and`, `or` and `not`."""
    if len(inputs) == 1:
        return found[inputs[0], not wanted]
    needs_all = bool(operator.forward(True, False)) != wanted
    return _extreme(builder, "min" if needs_all else "max", (found[x, wanted] for x in inputs))


def _of_comparison(builder: Builder, operator: Operator, inputs: tuple[int, ...], wanted: bool) -> int:
    minus = WRITTEN["-"]
    if not inputs:
        return builder.constant(1.0 if operator.forward() == wanted else -1.0)
    if not is_equality(operator):
        return builder.append(minus, inputs if bool(operator.forward(1.0, 0.0)) == wanted else inputs[::-1])
    gap = builder.append(OPERATORS["abs"], (builder.append(minus, inputs),))
    if bool(operator.forward(0.0, 0.0)) == wanted:
        return builder.append(OPERATORS["neg"], (gap,))
    return gap


def _extreme(builder: Builder, name: str, nodes: Iterable[int]) -> int:
    distinct = tuple(dict.fromkeys(nodes))
    return distinct[0] if len(distinct) == 1 else builder.append(OPERATORS[name], distinct)
