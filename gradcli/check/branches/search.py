"""The branches of a graph: which ones a point takes, and points that take one which no other point takes.

What is right where one branch is taken may be wrong on another one. A `where` takes one of two by comparisons; a
function of the table with branches, a maximum or minimum, and a sign do so by their arguments.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations, product
from math import isfinite
from typing import Any, NamedTuple

from gradcli.check.branches import distances
from gradcli.check.branches.distances import Distance
from gradcli.check.trials.remarks import Mentions
from gradcli.engine.doubles import rules
from gradcli.engine.doubles.passes import Fault, forward
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph, reachable
from gradcli.language.format import format_node
from gradcli.language.names import leaf_names
from gradcli.operators.records import Operator
from gradcli.operators.table import OPERATORS, SUB

WORK = 400_000  # nodes that the search for points may visit for all claims together
STARTS = 5  # points that it begins at
STEPS = 6  # of Newton's method from each of them
OVERSHOOTS = (0.5, 0.03, 1e-3)  # how far beyond the edge to go, as a part of the way to it
LEAST = 1e-3  # the same, where the way is short
FRACTION = 64  # a start is moved to multiples of one over this
MOST_ALONE = 3  # variables that are moved one by one besides
MOST_PAIRED = 6  # nodes of which the branches of two are tried together
MOST_BRANCHES = 20  # that they have, all of them
LONGEST = 60  # characters of an expression that is named


class NodeBranch(NamedTuple):
    """A branch: the node that takes it, and its number, or whether a comparison holds."""

    node: int
    number: int


class Branches:
    """The branches of a graph that depend on what is varied.

    Whether numbers are equal is a branch of a claim; one of a function only where they are equal at more than single
    points, since at these alone it has no derivative. `roots` are what is used, without them the output.
    """

    def __init__(
        self, graph: Graph, varied: Collection[str], is_claim: bool = False, roots: Iterable[int] | None = None
    ) -> None:
        self.graph = graph
        moved = graph.dependents(graph.variables[name] for name in varied if name in graph.variables)
        used = graph.used() if roots is None else graph.marked(reachable(graph.inputs, roots))
        counts = {operator: _count(operator) for operator in set(graph.operators)}
        nodes = [
            node for node, operator in enumerate(graph.operators) if counts[operator] and moved[node] and used[node]
        ]
        if not is_claim:
            nodes = _without_points(graph, nodes)
        self.nodes = nodes

    @cached_property
    def alone(self) -> list[int]:
        """The nodes that are no operands of `and` and `or`."""
        graph = self.graph
        operands = {x for node in self.nodes if graph.operators[node].condition for x in graph.inputs[node]}
        return [node for node in self.nodes if node not in operands]

    def compares_equal(self, node: int) -> bool:
        """Whether it is a condition that may hold at single points alone."""
        graph = self.graph
        return any(distances.is_equality(graph.operators[x]) for x in reachable(graph.inputs, [node]))

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
            operator = self.graph.operators[node]
            if values[node] is not None and (operator.condition or None not in arguments):
                found |= {NodeBranch(node, number) for number in _taken(operator, arguments, values[node])}
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
            if not branch.number:
                written = f"not ({written})" if operator.conditions else f"not {written}"
            return _cut(written)
        if operator.ties:
            return f"{_cut(written)} = {_cut(format_node(graph, graph.inputs[node][branch.number], names))}"
        if operator.branches:
            takes = self._mentions.rules(node, {"takes": operator.branches[branch.number].takes})["takes"]
            return f"{_cut(written)} = {_cut(takes)}"
        return f"{_cut(format_node(graph, graph.inputs[node][0], names))} {'>' if branch.number else '<'} 0"

    def distances(self, *branches: NodeBranch) -> Iterator[Distance]:
        """Functions of the graph's variables of which one is 0 or more where all these branches are taken."""
        return distances.of_all(self.graph, branches)

    def pairs(self) -> Iterator[tuple[NodeBranch, NodeBranch]]:
        """The branches of two nodes each, where these are few. Operands of `and` and `or` are tried with these."""
        graph, alone = self.graph, self.alone
        is_few = len(alone) <= MOST_PAIRED and sum(_number_of(graph, node) for node in alone) <= MOST_BRANCHES
        for one, other in combinations(alone, 2) if is_few else ():
            for numbers in product(range(_number_of(graph, one)), range(_number_of(graph, other))):
                yield NodeBranch(one, numbers[0]), NodeBranch(other, numbers[1])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@cache
def _count(operator: Operator) -> int:
    """How many branches a node of this operator has; 0 where it has none, or as many as arguments."""
    if operator.condition:
        return 2 * (len(operator.parameters) > 1)  # `not` turns one that has them
    return 1 if operator.ties else len(operator.branches) or 2 * (operator.jump in operator.parameters)


def has_branches(graph: Graph) -> bool:
    """Whether some node has some, whatever is varied."""
    return any(map(_count, set(graph.operators)))


def _without_points(graph: Graph, nodes: Sequence[int]) -> list[int]:
    """Without comparisons of equality that turn at single points alone: where nothing before them has branches."""
    steps = [node for node, operator in enumerate(graph.operators) if _count(operator) or operator.jump]
    stepped = graph.dependents(steps)
    return [
        node
        for node in nodes
        if not distances.is_equality(graph.operators[node]) or any(stepped[x] for x in graph.inputs[node])
    ]


def _number_of(graph: Graph, node: int) -> int:
    operator = graph.operators[node]
    return len(graph.inputs[node]) if operator.ties else _count(operator)


def _taken(operator: Operator, arguments: Sequence[Any], out: Any) -> Iterable[int]:
    if operator.condition:
        return (int(out),)
    if operator.ties:
        return (arguments.index(out),) if out in arguments else ()
    if operator.branches:
        return (rules.taken(operator, arguments),)
    side = arguments[operator.parameters.index(operator.jump)]
    return (int(side > 0),) if side else (0, 1)


class Search:
    """Searches points that take a branch, until the work is done that is allowed."""

    def __init__(self, varied: Collection[str]) -> None:
        self._varied = varied
        self._left = WORK

    @property
    def is_left(self) -> bool:
        """Whether more work is allowed."""
        return self._left > 0

    def points(
        self, distances: Iterable[Distance], starts: Sequence[Mapping[str, float]], is_inside: bool = False
    ) -> Iterator[Mapping[str, float]]:
        """Points at which a distance is 0 or more, by Newton's method: at the edge, and farther or nearer beyond it;
        if `is_inside` those alone at which it is more. Each once: Newton's method stays where it has come to.
        """
        known = set[tuple[float, ...]]()
        for distance in distances:
            for at in self._near(distance, starts):
                point = tuple(at.values())
                if point not in known and self._is_beyond(distance.graph, is_inside, at):
                    known.add(point)
                    yield at

    def _near(self, distance: Distance, starts: Sequence[Mapping[str, float]]) -> Iterator[Mapping[str, float]]:
        """Points to try for one distance, from each start with one variable moved, those of one side, and all."""
        names = [name for name in distance.smooth.variables if name in self._varied]
        alone = [[name] for name in names[:MOST_ALONE]] if len(names) > 1 else []
        # One row alone is made the largest of many; where all move, it passes one of the others at each step.
        alone = [*_of_one_side(distance.smooth, names), *alone]
        # Where few digits are taken up, products are exact, and numbers can be equal with any number of digits.
        for start in (*map(self._short, starts[:1]), *starts[:STARTS]):
            for moving in (*alone, names):
                yield from self._from(start, distance, moving)

    def _from(
        self, start: Mapping[str, float], distance: Distance, names: Sequence[str]
    ) -> Iterator[Mapping[str, float]]:
        """Points to try from one point, for one distance, with these variables moved."""
        at, edge = start, start
        for _ in range(STEPS):
            self._left -= len(distance.smooth)
            moves = _newton(distance.smooth, at, names) if self._left >= 0 else None
            if moves is None:
                return
            before, edge = edge, _moved(at, moves, 0.0)
            beyond = [_moved(at, moves, part) for part in OVERSHOOTS]
            yield from beyond
            # On the edge itself, with its numbers as people write them too; and between two edges.
            yield edge
            yield {name: float(f"{x:.12g}") if name in moves else x for name, x in edge.items()}
            yield {name: before[name] + (x - before[name]) / 2 for name, x in edge.items()}
            at = beyond[0]

    def _short(self, at: Mapping[str, float]) -> Mapping[str, float]:
        return {
            name: round(x * FRACTION) / FRACTION if name in self._varied and abs(x) < 1e6 else x
            for name, x in at.items()
        }

    def _is_beyond(self, distance: Graph, is_inside: bool, at: Mapping[str, float]) -> bool:
        self._left -= len(distance)
        try:
            found = float(forward(distance, distance.leaves_at(at)).values[distance.output])
        except Fault:
            return False
        return found > 0.0 or (not is_inside and not found)

    def spend(self, work: int) -> None:
        """Count the work that is done with a point."""
        self._left -= work


def _of_one_side(distance: Graph, names: Collection[str]) -> Iterator[list[str]]:
    """For each side of a difference the variables that are on it alone, where these are not all; of a distance that is
    the least of some, for each of them.
    """
    for node in _least_of(distance):
        sides = [set(reachable(distance.inputs, [x])) for x in distance.inputs[node]]
        for one, other in (sides, sides[::-1]) if distance.operators[node] is SUB else ():
            own = [name for name in names if distance.variables[name] in one - other]
            if 0 < len(own) < len(names):
                yield own


def _least_of(distance: Graph) -> Iterator[int]:
    """The nodes of which a distance is the least."""
    pending = [distance.output]
    while pending:
        node = pending.pop()
        if distance.operators[node] is OPERATORS["min"]:
            pending += distance.inputs[node][::-1]
        else:
            yield node


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
