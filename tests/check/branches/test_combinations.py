"""Pairs of branches that were not taken together: those that do not follow from the ones that were."""

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import pytest

from gradcli.check.branches.combinations import Pair, apart, within
from gradcli.check.branches.record import Record, numbers
from gradcli.check.branches.search import Branches, NodeBranch
from gradcli.language.parser import parse

# Nodes with two and with three branches.
FUNCTION = "relu(a) + max(a, b, c) + abs(b) + relu(c)"
CLAIM = "heaviside(a) + clip(b, 0, 1) + sign(c)"


def records(random: Random, points: int) -> tuple[Record, Record]:
    """What both have taken at points; some nodes are not evaluated everywhere."""
    found = []
    for text in (FUNCTION, CLAIM):
        graph = parse(text)
        branches = Branches(graph, graph.variables, text is CLAIM)
        record = Record(branches)
        for number in range(points):
            taken = set()
            for node in branches.nodes:
                count = 3 if graph.operators[node].name in ("max", "clip") else 2
                if random.random() < 0.9:
                    taken.add(NodeBranch(node, random.randrange(count)))
            record.add(number, taken)
        found.append(record)
    return found[0], found[1]


def naive(function: Record, own: Record, points: int) -> Iterator[tuple[Pair, bool]]:
    """All pairs that were not taken together, and whether both nodes' branches are connected by those that were."""
    for one, other in product(function.branches.nodes, own.branches.nodes):
        ones = [branch for branch in sorted(function.taken(points)) if branch.node == one]
        others = [branch for branch in sorted(own.taken(points)) if branch.node == other]
        pairs = [Pair(x, y) for x in ones for y in others]
        tried = [pair for pair in pairs if function.points[pair.function] & own.points[pair.other] & points]
        is_known = are_connected(tried, len(ones) + len(others))
        yield from ((pair, is_known) for pair in pairs if pair not in tried)


def are_connected(pairs: list[Pair], count: int) -> bool:
    """Whether so many branches are connected by pairs."""
    every = [set(enumerate(pair[:2])) for pair in pairs]
    reached = set(every[0]) if every else set()
    for _ in every:
        for ends in every:
            reached |= ends if reached & ends else set()
    return len(reached) == count


@pytest.mark.parametrize("count", [1, 3, 5, 8, 14])
def test_as_without_bits(count: int) -> None:
    """In one block all of them; in blocks of their own those of nodes that are not connected."""
    random = Random(count)
    for _ in range(12):
        function, own = records(random, count)
        points = random.getrandbits(count)
        every = dict(naive(function, own, points))
        assert sorted(every) == sorted(apart(function, own, points))
        blocks = (lambda node: node, lambda node: -1 - node)
        unconnected = sorted(pair for pair, is_known in every.items() if not is_known)
        assert unconnected == sorted(apart(function, own, points, blocks))


def test_blocks() -> None:
    """What is in a block with a node of the claim, and what is not."""
    function, own = records(Random(3), 8)
    every = dict(naive(function, own, 255))
    together = {function.branches.nodes[0], function.branches.nodes[1]}
    block = own.branches.nodes[0]
    found = set(
        apart(
            function,
            own,
            255,
            (lambda node: 0 if node in together else node, lambda node: 0 if node == block else -node),
        )
    )
    wanted = {
        pair
        for pair, is_known in every.items()
        if not is_known or (pair.function.node in together and pair.other.node == block)
    }
    assert wanted == found
    assert set(every) > wanted


def test_pairs_of_the_function_itself() -> None:
    """Those of nodes in one block."""
    function, _ = records(Random(4), 6)
    first = function.branches.nodes[0]
    taken = sorted(function.taken(63))
    wanted = {
        (one, other)
        for one, other in combinations(taken, 2)
        if first not in (one.node, other.node)
        and one.node != other.node
        and not function.points[one] & function.points[other]
    }
    found = [pair[:2] for pair in within(function, 63, lambda node: -1 if node == first else 0)]
    assert (len(found), wanted) == (len(wanted), set(found))
    assert wanted


def test_numbers_of_points() -> None:
    """From the first one on."""
    assert [0, 3, 70] == list(numbers(1 | 8 | 1 << 70))
