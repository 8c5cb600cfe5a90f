"""Derivatives of higher order that jump at a point: there a formula's number is that of the branches taken, not theirs.

Whether one jumps is seen from its formula beside the point (see `engine.digits.beside`); where, from the function's own
kinks, jumps and turns.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from math import isfinite
from typing import NamedTuple

from gradcli.engine.digits.beside import PASSES, Beside, Side
from gradcli.engine.digits.decimal_functions import work
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.turns import WORK, are_same, may_turn
from gradcli.graph import Builder, reachable
from gradcli.symbolic.derive import Derivatives

Key = tuple[str, ...]


class Jump(NamedTuple):
    """A derivative that has another limit on a side of the point than its formula gives there.

    `variable` is what moves, `nodes` are the function's nodes on a kink, a jump or a turn that move with it.
    """

    key: Key
    variable: str
    left: Side
    right: Side
    nodes: tuple[int, ...]


class Jumps(NamedTuple):
    """Those that were found; `is_known` is false where it would take too long to look at all of them."""

    found: tuple[Jump, ...] = ()
    is_known: bool = True


def jumps(source: Evaluation, derivatives: Derivatives, here: Evaluation, numbers: Mapping[Key, float]) -> Jumps:
    """The derivatives of higher order that jump at a point.

    `source` is the function there, `here` its derivatives (`Derivatives.evaluated`), `numbers` what these are.
    """
    rough = may_turn(here)
    if not rough:
        return Jumps()
    turns, graph = here.graph.dependents(rough), derivatives.graph
    higher = {key: root for key, root in derivatives.roots.items() if len(key) > 1}
    keys = {key: root for key, root in higher.items() if turns[root] and isfinite(numbers[key])}
    parts = {root: reachable(graph.inputs, [root]) for root in set(keys.values())}
    if sum(map(len, parts.values())) > WORK or (
        sum(work(Builder(graph).pruned(root)[0]) for root in parts) * len(derivatives.targets) * PASSES > WORK
    ):
        return Jumps(is_known=False)
    moved = {name: node for name, node in graph.variables.items() if name in derivatives.targets}
    below = set(reachable(graph.inputs, rough))
    variables = {name: node for name, node in moved.items() if node in below}
    bent = may_turn(source)
    nodes = {name: _moving(source, bent, name) for name in variables}
    found = {root: numbers[key] for key, root in keys.items()}
    looks = (_jumps(here, root, found[root], variables) for root in parts)
    sides = dict(chain.from_iterable(looks))
    pairs = ((key, root, name) for key, root in keys.items() for name in variables if (root, name) in sides)
    return Jumps(tuple(Jump(key, name, *sides[root, name], nodes[name]) for key, root, name in pairs))


def _moving(source: Evaluation, bent: list[int], name: str) -> tuple[int, ...]:
    moving = source.graph.dependents([source.graph.variables[name]])
    return tuple(node for node in bent if moving[node])


def _jumps(
    here: Evaluation, root: int, number: float, variables: Mapping[str, int]
) -> Iterator[tuple[tuple[int, str], tuple[Side, Side]]]:
    """Both sides of a derivative for each variable for which one of them is not its `number`."""
    graph, place = Builder(here.graph).pruned(root)
    values = [here.values[node] for node in sorted(place, key=place.__getitem__)]
    beside = Beside(graph, values)
    terms = [here.values[x] for x in here.graph.inputs[root]]
    size = max((abs(x) for x in terms if isinstance(x, float) and isfinite(x)), default=0.0)
    for name, node in variables.items():
        if node in place:
            left, right = beside.sides(graph.output, {place[node]: 1.0})
            if not (are_same(left.value, number, size) and are_same(right.value, number, size)):
                yield (root, name), (left, right)
