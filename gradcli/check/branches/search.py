"""The branches of a graph: which ones a point takes, and points that take one which no other point takes.

What is right where one branch is taken may be wrong on another one. A `where` takes one of two by comparisons; a
function of the table with branches, a maximum or minimum, and a sign do so by their arguments.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from math import isfinite
from typing import Any, NamedTuple

from gradcli.check.remarks import Mentions
from gradcli.engine import rules
from gradcli.engine.evaluation import evaluate
from gradcli.engine.passes import Fault
from gradcli.graph import Builder, Graph
from gradcli.language.format import format_node
from gradcli.language.names import leaf_names
from gradcli.operators.records import Operator
from gradcli.operators.table import WRITTEN

WORK = 200_000  # nodes that the search for points may visit for all claims together
STARTS = 5  # points that it begins at
STEPS = 6  # of Newton's method from each of them
OVERSHOOTS = (0.5, 0.03, 1e-3)  # how far beyond the edge to go, as a part of the way to it
LEAST = 1e-3  # the same, where the way is short
LONGEST = 60  # characters of an expression that is named


class NodeBranch(NamedTuple):
    """A branch: the node that takes it, and its number, or whether a comparison holds."""

    node: int
    number: int


class Branches:
    """The branches of a graph that depend on what is varied."""

    def __init__(self, graph: Graph, varied: Collection[str]) -> None:
        self.graph = graph
        moved = graph.dependents(graph.variables[name] for name in varied if name in graph.variables)
        used = graph.used()
        counts = {operator: _count(operator) for operator in set(graph.operators)}
        self.nodes = [
            node for node, operator in enumerate(graph.operators) if counts[operator] and moved[node] and used[node]
        ]

    @cached_property
    def _names(self) -> dict[int, str]:
        return leaf_names(self.graph) | dict(self.graph.names)

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self.graph)

    def taken(self, values: Sequence[Any]) -> set[NodeBranch]:
        """Those that are taken, given the values of all nodes."""
        found = set()
        for node in self.nodes:
            arguments = [values[x] for x in self.graph.inputs[node]]
            if values[node] is not None and None not in arguments:
                found |= {
                    NodeBranch(node, number) for number in _taken(self.graph.operators[node], arguments, values[node])
                }
        return found

    def others(self, taken: Collection[NodeBranch]) -> list[NodeBranch]:
        """Those that are not among the ones taken, of the nodes that take one."""
        reached = {branch.node for branch in taken}
        return [
            NodeBranch(node, number)
            for node in self.nodes
            if node in reached
            for number in range(_number_of(self.graph, node))
            if NodeBranch(node, number) not in taken
        ]

    def text(self, branch: NodeBranch) -> str:
        """A branch as a condition in gradcli's language."""
        graph, node = self.graph, branch.node
        operator, names = graph.operators[node], self._names
        others = {x: name for x, name in names.items() if x != node} if node in names else names
        written = format_node(graph, node, others)
        if operator.condition:
            return _cut(written if branch.number else f"not {written}")
        if operator.ties:
            return f"{_cut(written)} = {_cut(format_node(graph, graph.inputs[node][branch.number], names))}"
        if operator.branches:
            takes = self._mentions.rules(node, {"takes": operator.branches[branch.number].takes})["takes"]
            return f"{_cut(written)} = {_cut(takes)}"
        return f"{_cut(format_node(graph, graph.inputs[node][0], names))} {'>' if branch.number else '<'} 0"

    def distances(self, branch: NodeBranch) -> Iterator[Graph]:
        """Functions of the graph's variables of which one is above 0 where the branch is taken."""
        graph, node = self.graph, branch.node
        operator, inputs = graph.operators[node], graph.inputs[node]
        builder = Builder(graph)
        for ends in _ends(operator, branch.number):
            above, below = (_place(builder, operator, inputs, end) for end in ends)
            yield builder.pruned(builder.append(WRITTEN["-"], (above, below)))[0]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@cache
def _count(operator: Operator) -> int:
    """How many branches a node of this operator has; 0 where it has none, or as many as arguments."""
    if operator.condition:
        return 0 if operator.conditions or not operator.parameters else 2
    return 1 if operator.ties else len(operator.branches) or 2 * (operator.jump in operator.parameters)


def _number_of(graph: Graph, node: int) -> int:
    operator = graph.operators[node]
    return len(graph.inputs[node]) if operator.ties else _count(operator)


def _taken(operator: Operator, arguments: Sequence[Any], out: Any) -> Iterable[int]:
    if operator.condition:
        # Numbers are equal at single points only; whether they are, is no branch of its own.
        return (0, 1) if _is_equality(operator) else (int(out),)
    if operator.ties:
        return (arguments.index(out),) if out in arguments else ()
    if operator.branches:
        return (rules.taken(operator, arguments),)
    side = arguments[operator.parameters.index(operator.jump)]
    return (int(side > 0),) if side else (0, 1)


@cache
def _is_equality(operator: Operator) -> bool:
    return bool(operator.forward(0.0, 1.0) == operator.forward(1.0, 0.0))


def _ends(operator: Operator, number: int) -> Iterator[tuple[Any, Any]]:
    """What must be above what, for a branch to be taken: arguments by index, a number, or all others but an index."""
    if operator.condition:
        yield (0, 1) if bool(operator.forward(1.0, 0.0)) == bool(number) else (1, 0)
    elif operator.ties:
        others = ("others", number)
        yield (number, others) if operator.forward(0.0, 1.0) else (others, number)
    elif operator.branches:
        for kink in operator.kinks:
            ends = tuple(_end(operator, text) for text in (kink.one, kink.other))
            if kink.above == number:
                yield ends[0], ends[1]
            if kink.below == number:
                yield ends[1], ends[0]
    else:
        place = operator.parameters.index(operator.jump)
        yield (place, 0.0) if number else (0.0, place)


def _end(operator: Operator, text: str) -> int | float:
    return operator.parameters.index(text) if text in operator.parameters else float(text)


def _place(builder: Builder, operator: Operator, inputs: Sequence[int], end: Any) -> int:
    if isinstance(end, float):
        return builder.constant(end)
    if isinstance(end, int):
        return inputs[end]
    rest = tuple(x for index, x in enumerate(inputs) if index != end[1])
    return rest[0] if len(rest) == 1 else builder.append(operator, rest)


class Search:
    """Searches points that take a branch, until the work is done that is allowed."""

    def __init__(self, varied: Collection[str]) -> None:
        self._varied = varied
        self._left = WORK

    def points(
        self, distances: Iterable[Graph], starts: Sequence[Mapping[str, float]]
    ) -> Iterator[Mapping[str, float]]:
        """Points beyond the edge at which a distance is 0, each farther or nearer, by Newton's method."""
        for distance in distances:
            for start in starts[:STARTS]:
                yield from self._from(start, distance)

    def _from(self, start: Mapping[str, float], distance: Graph) -> Iterator[Mapping[str, float]]:
        """The same from one point, for one distance."""
        at, names = start, [name for name in distance.variables if name in self._varied]
        for _ in range(STEPS):
            self._left -= len(distance)
            moves = _newton(distance, at, names) if self._left >= 0 else None
            if moves is None:
                return
            beyond = [_moved(at, moves, part) for part in OVERSHOOTS]
            yield from beyond
            at = beyond[0]

    def spend(self, work: int) -> None:
        """Count the work that is done with a point."""
        self._left -= work


def _newton(distance: Graph, at: Mapping[str, float], names: Sequence[str]) -> dict[str, tuple[float, float]] | None:
    """For each variable its way to the edge, and its share of the least way beyond; None where nothing leads there."""
    try:
        there = evaluate(distance, {name: at[name] for name in distance.variables}, list(distance.variables.values()))
    except Fault:
        return None
    slopes = {name: there.adjoints[distance.variables[name]] for name in names}
    steepness = sum(slope * slope for slope in slopes.values())
    if not isfinite(steepness) or not steepness:
        return None
    least = LEAST * max(1.0, *(abs(at[name]) for name in names)) / steepness**0.5
    return {name: (-there.value * slope / steepness, least * slope) for name, slope in slopes.items()}


def _moved(at: Mapping[str, float], moves: Mapping[str, tuple[float, float]], part: float) -> Mapping[str, float]:
    return {**at, **{name: at[name] + way + part * _beyond(way, least) for name, (way, least) in moves.items()}}


def _beyond(way: float, least: float) -> float:
    """In the direction in which the distance grows, as far as the way to the edge."""
    size = max(abs(way), abs(least))
    return size if least >= 0 else -size
