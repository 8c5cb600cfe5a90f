"""Points to practise at: small whole numbers at which both passes have numbers that can be read and multiplied by hand.

Points are drawn in widening circles around 0. Each that has a value, a gradient and no kink or jump is weighed: what it
costs to read its numbers, and how easily a mistake would give the right number by chance. Of these the points are taken
one by one, each time the cheapest, where what was taken before makes a variable, a node or a branch dearer; so all
branches that are met are taken about equally often, and what has few exact numbers (sigmoid) has inexact ones besides.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import ceil, floor, inf, isfinite
from typing import NamedTuple

from gradcli.engine.digits.bounds import suspects
from gradcli.engine.doubles import kinks
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.graph import Graph
from gradcli.text import DIGITS, rounded
from gradcli.worksheet.draws import Draws

# Draws, so many more for each point that is wanted. A draw takes some 10 µs and 5 µs a node; 300 find the few exact
# points of a network of two layers, 40 a point keep the points of one variable apart.
FIRST, EACH = 300, 40
# The circles: the largest number, and the parts of 1 in which numbers are. asin and log(1 - p) are defined between 0
# and 1, and floor jumps at whole numbers, which is why there are parts at all.
CIRCLES = ((3, 1), (5, 1), (5, 1), (9, 1), (9, 1), (20, 1), (100, 1), (3, 2), (1, 4), (1, 10))
NEGATIVE = 0.3  # of the numbers
NEAR = 0.3  # of the numbers, if the function has constants: beside one of these

NOT_WHOLE = 6.0  # what it costs to have another number than a whole one at a start point
MISLEADING = {0: 3.0, 1: 2.0, -1: 2.0}  # factors that hide a mistake
FAR = 0.1  # each step of a start point away from 0
SAME = 2.0  # two variables with one number up to its sign, which may then be taken for each other
SAME_IN_ARRAY = 1.0  # two numbers of arrays: these are told apart by their places too
CHANCE = 4.0  # up to so much by chance, without which every seed would begin with the same point
NO_GRADIENT = 4.0  # a variable with the gradient 0
FLAT, SATURATED = 0.01, 60.0  # a smaller slope, and what it costs: nearly nothing goes on there
HIDDEN = 6.0  # a number that is longer than its six digits show, as 0.6000000000000001
# What practises nothing: where fewer than so many gradients are not 0. It costs much more than all branches are worth,
# unless nothing else meets one of its branches: then it costs as much as that branch taken three times more.
FEWEST, USELESS, IDLE = 2, 1e5, 9.0
AGAIN = 1.5  # a variable or node that has the number which it had at a point taken before
SAME_BRANCH = 3.0  # a branch that was taken before
NEW_BRANCH = 100.0  # what a branch is worth that was not
# After so many points that lose their digits, which takes many digits to know, those that may lose some come last.
LOST, DOUBTFUL = 5, 1e9


class Candidate(NamedTuple):
    """A point, what its numbers cost, the printed number of each node, and the branch that each node takes; and whether
    nearly all gradients are 0.
    """

    at: dict[str, float]
    cost: float
    is_idle: bool
    numbers: tuple[tuple[int, str], ...]
    branches: tuple[tuple[int, int], ...]


def good_points(
    graph: Graph,
    count: int,
    seed: int,
    targets: Sequence[int] = (),
    held: Mapping[str, float] | None = None,
    may_idle: bool = True,
) -> list[dict[str, float]]:
    """So many different points, or fewer where no more are found; each has a number for every variable.

    `targets` are the nodes whose gradient is asked for (none: all variables). `held` has the variables that have one
    value at all points. With `may_idle` points meet every branch, though nearly all gradients may be 0 there, as where
    a lone relu is closed. The same `seed`, a whole number from 0 on, gives the same points.
    """
    held = held or {}
    targets = targets or tuple(graph.variables.values())
    whole = [circle for circle in CIRCLES if circle[1] == 1]
    found: list[Candidate] = []
    for circles in (whole, CIRCLES) if graph.arrays else (CIRCLES,):  # matrices of parts of 1 are hard to multiply
        if all(candidate.is_idle for candidate in found):
            found = _found(graph, count, Draws(seed), circles, targets, held)
    return _taken(_settled(found, may_idle), count, graph, targets)


def _found(
    graph: Graph,
    count: int,
    draws: Draws,
    circles: Sequence[tuple[int, int]],
    targets: Sequence[int],
    held: Mapping[str, float],
) -> list[Candidate]:
    """The points that can be used."""
    found: dict[tuple[float, ...], Candidate] = {}
    for at in _drawn(graph, FIRST + EACH * count, draws, circles, held):
        key = tuple(at.values())
        if key not in found and (candidate := _weighed(graph, at, targets, held)) is not None:
            found[key] = candidate._replace(cost=candidate.cost + CHANCE * draws.fraction())
    return list(found.values())


def _drawn(
    graph: Graph, tries: int, draws: Draws, circles: Sequence[tuple[int, int]], held: Mapping[str, float]
) -> Iterator[dict[str, float]]:
    """Points, the nearer ones first."""
    near = _constants(graph)
    for index in range(tries):
        reach, parts = circles[index * len(circles) // tries]
        yield {name: held[name] if name in held else _number(draws, reach, parts, near) for name in graph.variables}


def _number(draws: Draws, reach: int, parts: int, near: Sequence[float]) -> float:
    if near and draws.happens(NEAR):
        beside = draws.one_of(near)
        away = draws.below(reach + 1)
        return float(floor(beside) - away if draws.happens(0.5) else ceil(beside) + away)
    number = draws.below(reach * parts + 1) / parts
    return -number if number and draws.happens(NEGATIVE) else number


def _constants(graph: Graph) -> list[float]:
    """The constants, but for 0: beside them conditions turn, functions bend, and domains end."""
    return sorted({value for value in graph.values.values() if value})


def _weighed(graph: Graph, at: dict[str, float], targets: Sequence[int], held: Mapping[str, float]) -> Candidate | None:
    """A point with what it costs; None where it is not to be used."""
    try:
        here = evaluate(graph, at, targets)
    except Fault:
        return None
    if any(_bends(here, node) for node in here.order):
        return None
    computed = [node for node in here.order if graph.inputs[node] and not graph.operators[node].condition]
    backward = [number for node in here.order for number in _backward(here, node)]
    if not all(map(isfinite, backward)):
        return None
    cost = sum(_printed(number)[1] for number in (*map(here.values.__getitem__, computed), *backward))
    gradients = [node for node in targets if here.adjoints[node]]
    cost += NO_GRADIENT * (len(targets) - len(gradients)) + SATURATED * _saturated(here, computed)
    drawn = [value for name, value in at.items() if name not in held]
    cost += sum(MISLEADING.get(int(x), 0.0) if x == int(x) else NOT_WHOLE for x in drawn)
    alike = len(drawn) - len(set(drawn if graph.arrays else map(abs, drawn)))
    cost += FAR * sum(map(abs, drawn)) + (SAME_IN_ARRAY if graph.arrays else SAME) * alike
    moving = [node for name, node in graph.variables.items() if name not in held]
    numbers = tuple((node, _printed(here.values[node])[0]) for node in (*moving, *computed))
    is_idle = len(gradients) < min(FEWEST, len(targets))
    return Candidate(at, cost, is_idle, numbers, tuple(_branches(here)))


def _backward(here: Evaluation, node: int) -> Iterator[float]:
    """The numbers that the backward pass has at a node: its gradient, local derivatives, what it passes on."""
    if here.graph.inputs[node] and here.required[node] and here.adjoints[node]:
        for index, slope in here.local_derivatives(node).items():
            yield slope
            yield here.passed_on(node, index, slope)
        yield here.adjoints[node]


def _saturated(here: Evaluation, computed: Sequence[int]) -> int:
    """How many slopes are nearly 0, where the function has no branch that is flat."""
    return sum(
        abs(slope) < FLAT
        for node in computed
        if here.required[node] and not kinks.may_bend(here.graph.operators[node])
        for slope in here.local_derivatives(node).values()
    )


def _bends(here: Evaluation, node: int) -> bool:
    """Whether the point lies on a kink, a jump or the edge of a condition."""
    operator = here.graph.operators[node]
    if operator.condition:
        return here.is_undecided(node)
    return kinks.may_bend(operator) and kinks.bends(operator, here.arguments(node), here.values[node])


def _branches(here: Evaluation) -> Iterator[tuple[int, int]]:
    """The branch that each node takes which has some."""
    for node in here.order:
        operator = here.graph.operators[node]
        if operator.chooses and not operator.condition:
            yield node, here.chosen(node)
        elif operator.ties:
            yield node, here.holder(node) or 0
        elif operator.branches:
            yield node, here.taken(node)


@lru_cache(4096)  # most numbers are whole and small, and come again and again
def _printed(number: float) -> tuple[str, float]:
    """A number as it is printed, and what it costs to read and to work with it: up to two digits nothing."""
    text, is_exact = rounded(number)
    mantissa, _, exponent = text.removeprefix("-").partition("e")
    digits = len(mantissa.replace(".", "").strip("0"))
    hidden = HIDDEN if not is_exact and digits < DIGITS - 1 else 0.0
    return text, max(0, digits - 2) + (0.5 if "." in mantissa else 0.0) + (4.0 if exponent else 0.0) + hidden


def _settled(candidates: list[Candidate], may_idle: bool) -> list[Candidate]:
    """The candidates with what it costs to practise nothing."""
    useful = {branch for candidate in candidates if not candidate.is_idle for branch in candidate.branches}

    def idle(candidate: Candidate) -> float:
        if not candidate.is_idle:
            return 0.0
        return IDLE if may_idle and not useful.issuperset(candidate.branches) else USELESS

    return [candidate._replace(cost=candidate.cost + idle(candidate)) for candidate in candidates]


def _taken(candidates: list[Candidate], count: int, graph: Graph, targets: Sequence[int]) -> list[dict[str, float]]:
    """The cheapest of the candidates, one after the other; without those whose numbers lose their digits."""
    sharing: dict[tuple[str, object], list[int]] = {}
    for place, candidate in enumerate(candidates):
        for thing in _things(candidate):
            sharing.setdefault(thing, []).append(place)
    branches = [len(candidate.branches) for candidate in candidates]
    costs = [found.cost - NEW_BRANCH * known for found, known in zip(candidates, branches, strict=True)]
    points: list[dict[str, float]] = []
    met: set[tuple[str, object]] = set()
    lost = 0
    while (best := min(range(len(costs)), key=costs.__getitem__, default=None)) is not None and costs[best] < inf:
        here = evaluate(graph, candidates[best].at, targets)
        if lost >= LOST and costs[best] < DOUBTFUL / 2 and suspects(here):
            costs[best] += DOUBTFUL
            continue
        costs[best] = inf
        if here.losses:
            lost += 1
            continue
        points.append(candidates[best].at)
        if len(points) == count:
            break
        for thing in _things(candidates[best]):
            dearer = AGAIN if thing[0] == "number" else SAME_BRANCH + (0 if thing in met else NEW_BRANCH)
            _add(dearer, sharing[thing], costs)
            met.add(thing)
    return points


def _add(dearer: float, places: Sequence[int], costs: list[float]) -> None:
    for place in places:
        costs[place] += dearer


def _things(candidate: Candidate) -> Iterator[tuple[str, object]]:
    """What makes other points dearer that have it too."""
    yield from (("number", number) for number in candidate.numbers)
    yield from (("branch", branch) for branch in candidate.branches)
