"""Derivatives of the second and higher orders: each the gradient of those of the order before.

There are two ways to the third order and beyond: the backward pass, which shares what it can, and term by term, in
which like terms meet. Which formulas are shorter depends on the function and the order; those are taken.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations_with_replacement

from gradcli.errors import GradcliError
from gradcli.graph import reachable
from gradcli.symbolic.backward import gradient
from gradcli.symbolic.conditions import without_choices_made
from gradcli.symbolic.simplify import Simplifier
from gradcli.symbolic.terms import Collector
from gradcli.symbolic.termwise import Termwise

# Nodes that are made for the third order and higher ones, or as many times the function's own: each order may have
# several times as many as the one before. Some seconds' work.
MAX_NODES = 50_000
MAX_GROWTH = 50
LONG = 2  # a way whose formulas are so many times as long as the other's is given up

Key = tuple[str, ...]
Roots = Mapping[Key, int]
Gradient = Callable[[int, Sequence[int]], list[int] | None]  # of a node by some variables


def higher(builder: Collector, names: Sequence[str], first: Roots, order: int, size: int) -> dict[Key, int]:
    """The derivatives from the second order to this one, of a function of `size` nodes whose gradient is `first`.

    Raises `GradcliError` where there would be too many nodes.
    """
    variables = {name: builder.variable(name) for name in names}
    most = max(MAX_NODES, MAX_GROWTH * size)
    room = len(builder) + most

    def backward(root: int, rest: Sequence[int], most: int | None = room) -> list[int] | None:
        return gradient(builder, decided(builder, [root])[0], rest, most)

    def slopes(node: int) -> dict[int, int]:
        return dict(zip(variables.values(), gradient(builder, node, list(variables.values())) or (), strict=True))

    second = _next(first, variables, lambda root, rest: backward(root, rest, None))
    assert second is not None
    found = dict(second)
    ways: list[tuple[Gradient, Roots]] = [(backward, second)]
    if order > 2:
        ways.append((Termwise(builder, slopes, room).gradient, second))
    for degree in range(3, order + 1):
        nexts = [(way, _next(roots, variables, way)) for way, roots in ways]
        ways = [(way, roots) for way, roots in nexts if roots is not None]
        if not ways:
            facts = {"order": degree, "before": degree - 1, "limit": most}
            raise GradcliError("order-too-large", facts, source="option")
        lengths = [len(reachable(builder.inputs, roots.values())) for _, roots in ways]
        shortest = min(lengths)
        found |= ways[lengths.index(shortest)][1]
        ways = [way for way, length in zip(ways, lengths, strict=True) if length <= LONG * shortest]
    return found


def _next(roots: Roots, variables: Mapping[str, int], way: Gradient) -> dict[Key, int] | None:
    """The derivatives of derivatives of one order, each once; None where there would be too many nodes."""
    found: dict[Key, int] = {}
    names = list(variables)
    for key in combinations_with_replacement(names, len(next(iter(roots), ()))):
        rest = names[names.index(key[-1]) :]
        made = way(roots[key], [variables[name] for name in rest])
        if made is None:
            return None
        found |= {(*key, name): node for name, node in zip(rest, made, strict=True)}
    return found


def decided(builder: Simplifier, roots: Sequence[int]) -> list[int]:
    """The derivatives without a choice that is made already around it."""
    return without_choices_made(builder, reachable(builder.inputs, roots), roots)
