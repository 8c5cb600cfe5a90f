"""What turns at a point without a word from its gradient: edges of conditions, and jumps to which no gradient comes.

A condition that compares equal numbers, of which one moves, may turn beside the point; so does a jump under a gradient
of 0. Neither shows in a gradient. Which of them make a difference is seen from the function beside the point (see
`beside`): with all of them free, with all of them held, and with one of them free. Variables move one at a time, and
then together, since `floor(x)*floor(y)` at 0 shows nothing along the axes.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import isclose, isfinite
from typing import TYPE_CHECKING

from gradcli.engine.doubles import kinks
from gradcli.engine.doubles.kinks import AtKink
from gradcli.frozen import Frozen
from gradcli.graph import reachable

if TYPE_CHECKING:
    from gradcli.engine.digits.beside import Beside, Side
    from gradcli.engine.evaluation import Evaluation

MOST = 8  # edges and jumps that are looked at one by one
WORK = 120_000  # sums that it may take as long as: 7,000 nodes and one variable, a second at the most
NEAR = 1e-9  # relative: numbers of both sides that are the same
MOST_TOGETHER = 3  # variables that are moved together with all pairs of signs, and each at all SPEEDS
SPEEDS = (1.0, 0.625)  # of a variable relative to its size: a wedge of less than that is not seen
ROUNDED = 1e-12  # and relative to the terms that they are sums of
REACHED = 1e-6  # relative: how near to the point the whole expression comes if nothing turns


class Turn(Frozen):
    """A comparison of equal numbers that makes a difference as some variables move: the whole function on both sides.

    `moves` are the variables and their speeds, 1 for one alone.
    """

    node: int
    moves: Mapping[int, float]
    left: "Side"
    right: "Side"


class Around(Frozen):
    """What turns at the point: the jumps to which no gradient comes, and the edges of conditions.

    Where that would take too long `is_known` is false; the jumps are then all that may make a difference.
    """

    jumps: Sequence[AtKink] = ()
    turns: Sequence[Turn] = ()
    is_known: bool = True


def around(here: "Evaluation") -> Around:
    """What makes a difference beside the point to the derivatives for the targets: the variables, or else the steps."""
    operators = set(here.graph.operators)
    if not any(operator.condition or operator.jump for operator in operators) or not isfinite(here.value):
        return Around()
    used = here.reaching([here.graph.output])
    jumps = [at for at in here.all_bends if at.code == "jump" and used[at.node] and not here.adjoints[at.node]]
    undecided = [node for node in here.order if used[node] and here.is_undecided(node)]
    below = set(reachable(here.graph.inputs, [*(at.node for at in jumps), *undecided]))
    targets = [node for node in _moved(here) if node in below]
    return _seen(here, targets, jumps, undecided) if targets else Around()


def _seen(here: "Evaluation", targets: Sequence[int], jumps: Sequence[AtKink], undecided: Sequence[int]) -> Around:
    """What is seen as the targets move, each alone, and then several together; within the limit on work."""
    from gradcli.engine.digits.beside import PASSES  # with all of `decimal`
    from gradcli.engine.digits.decimal_functions import work

    rough = [*(at.node for at in jumps), *undecided]
    looks = 2 + (min(MOST, len(rough)) if len(rough) > 1 else 0)
    one_look = work(here.graph) * PASSES * looks
    if len(targets) * one_look > WORK:
        return Around(jumps, is_known=not undecided)
    found = list(_turns(here, rough, [{target: 1.0} for target in targets]))
    silent = [node for node in rough if node not in {turn.node for turn in found}]
    together = _together(here, _deciding(here, silent))
    if len(together) * one_look > WORK:
        return Around(jumps, found, is_known=not set(silent) & set(undecided))
    found += _turns(here, silent, together) if silent else []
    blamed = {turn.node for turn in found}
    return Around([at for at in jumps if at.node in blamed], [turn for turn in found if turn.node in set(undecided)])


def _deciding(here: "Evaluation", undecided: Sequence[int]) -> list[int]:
    """The targets on which it depends what is undecided, and what may turn beyond that and is not evaluated here."""
    graph, above = here.graph, here.graph.dependents(undecided)
    operators = graph.operators
    choosing = [node for node, operator in enumerate(operators) if above[node] and operator.chooses]
    hidden = [node for node in reachable(graph.inputs, choosing) if not here.is_evaluated(node)]
    beyond = [node for node in hidden if operators[node].condition or kinks.may_bend(operators[node])]
    below = set(reachable(graph.inputs, [*undecided, *beyond]))
    return [node for node in _moved(here) if node in below]


def _together(here: "Evaluation", targets: Sequence[int]) -> list[dict[int, float]]:
    """Ways in which several variables move at once: of few with all signs and some speeds; of many so that each two
    move both with and against each other.
    """
    count = len(targets)
    if count < 2:
        return []
    if count <= MOST_TOGETHER:
        speeds = [pair for pair in product(SPEEDS, repeat=count) if max(pair) == SPEEDS[0]]
        signs = [(1.0, *rest) for rest in product((1.0, -1.0), repeat=count - 1)]
    else:
        speeds = [(1.0,) * count]
        bits = range(count.bit_length())
        signs = [(1.0,) * count, *(tuple(-1.0 if place >> bit & 1 else 1.0 for place in range(count)) for bit in bits)]
    sizes = [abs(here.values[node]) or 1.0 for node in targets]
    most = max(sizes)
    return [
        {node: x * y * size / most for node, x, y, size in zip(targets, way, turned, sizes, strict=True)}
        for turned in signs
        for way in speeds
    ]


def _moved(here: "Evaluation") -> list[int]:
    """The targets that are moved: the variables among them, or all, of those with a finite derivative."""
    finite = [node for node in here.targets if isfinite(here.adjoints[node])]
    return [node for node in finite if here.graph.is_leaf(node)] or finite


def _turns(here: "Evaluation", rough: Sequence[int], ways: Sequence[Mapping[int, float]]) -> Iterator[Turn]:
    """The nodes that make a difference as variables move in these ways, each with what is on both sides.

    What moves alone is looked at to the end; of ways to move together the first that makes a difference is enough.
    """
    from gradcli.engine.digits.beside import Beside, Side

    beside = Beside(here.graph, here.values, here.parted, here.exact_leaves)
    output, scale = here.graph.output, _scale(here)
    others = {at.node: at.code for at in here.all_bends if at.node not in rough}
    jumps = [node for node, code in others.items() if code == "jump"]
    for moves in ways:
        point, terms = Side(here.value, _slope(here, moves)), (scale, _terms_along(here, moves))
        free = beside.sides(output, moves)
        if all(_are_alike(side, point, terms) for side in free):
            continue
        held = beside.sides(output, moves, rough)
        still = beside.sides(output, moves, [*rough, *jumps]) if jumps else held
        free = _reached(free, still, point, terms[1], not others)
        if _agree(free, held, terms, point):
            continue
        for node in _blamed(beside, output, moves, rough, free, held, terms):
            yield Turn(node, moves, *free)
        if len(moves) > 1:
            return


def _blamed(
    beside: "Beside",
    output: int,
    moves: Mapping[int, float],
    rough: Sequence[int],
    free: "Sequence[Side]",
    held: "Sequence[Side]",
    terms: tuple[float, float],
) -> Sequence[int]:
    """Which of the nodes make a difference: those that do alone, or else those without which nothing is as it is."""
    one_by_one = rough[:MOST] if len(rough) > 1 else []
    alone = [node for node in one_by_one if not _agree(beside.sides(output, moves, set(rough) - {node}), held, terms)]
    if alone:
        return alone
    return [x for x in one_by_one if not _agree(beside.sides(output, moves, {x}), free, terms)] or rough[:1]


def _reached(
    free: "Sequence[Side]", held: "Sequence[Side]", point: "Side", terms: float, is_smooth: bool
) -> "tuple[Side, Side]":
    """Both sides, as far as they are seen: with all held that turns or jumps the function must come to the point.

    If it does not, something lies between that is no part of the limit: a pole, or a bend at 1e-150. `terms` is the sum
    of what the slope is made of.
    """
    from gradcli.engine.digits.beside import UNKNOWN

    found = []
    for side, other in zip(free, held, strict=True):
        if not other.is_defined or other.value is None:
            found.append(side)
        elif not isclose(other.value, point.value or 0.0, rel_tol=REACHED):
            found.append(UNKNOWN)
        elif is_smooth and not isclose(
            other.slope or 0.0, point.slope or 0.0, rel_tol=REACHED, abs_tol=ROUNDED * terms
        ):
            found.append(side._replace(slope=None))
        else:
            found.append(side)
    left, right = found
    return left, right


def _agree(
    some: "Sequence[Side]", others: "Sequence[Side]", terms: tuple[float, float], point: "Side | None" = None
) -> bool:
    """Whether both sides are as the others are, or as at the point."""
    return all(
        _are_alike(side, other, terms) or (point is not None and _are_alike(side, point, terms))
        for side, other in zip(some, others, strict=True)
    )


def _are_alike(side: "Side", other: "Side", terms: tuple[float, float]) -> bool:
    pairs = zip(side[:2], other[:2], terms, strict=True)
    return side.is_defined == other.is_defined and all(are_same(x, y, largest) for x, y, largest in pairs)


def are_same(x: float | None, y: float | None, largest: float) -> bool:
    """Whether two numbers are equal up to rounding, relative to themselves or to the largest term; or both unknown."""
    if x is None or y is None:
        return x is y
    return isclose(x, y, rel_tol=NEAR, abs_tol=ROUNDED * largest)


def _scale(here: "Evaluation") -> float:
    """The largest term of the value, to first order."""
    products = (abs(here.adjoints[x] * here.values[x]) for x in here.order if isinstance(here.values[x], float))
    return max((product for product in products if isfinite(product)), default=0.0)


def _slope(here: "Evaluation", moves: Mapping[int, float]) -> float:
    return sum(here.adjoints[target] * speed for target, speed in moves.items())


def _terms_along(here: "Evaluation", moves: Mapping[int, float]) -> float:
    return sum(terms_of(here, target) * abs(speed) for target, speed in moves.items())


def terms_of(here: "Evaluation", target: int) -> float:
    """The sum of the sizes of what comes to a target."""
    graph, total = here.graph, 0.0
    for node in here.order:
        if target in graph.inputs[node] and here.adjoints[node]:
            for index, slope in here.local_derivatives(node).items():
                if graph.inputs[node][index] == target:
                    total += abs(here.passed_on(node, index, slope))
    return total if isfinite(total) else 0.0


def may_turn(here: "Evaluation") -> list[int]:
    """The nodes that lie on a kink or a jump or compare equal numbers, whatever their slopes are."""
    return [node for node in here.order if here.is_undecided(node) or (_bends(here, node) and here.is_met(node))]


def _bends(here: "Evaluation", node: int) -> bool:
    operator = here.graph.operators[node]
    return kinks.may_bend(operator) and kinks.bends(operator, here.arguments(node), here.values[node])
