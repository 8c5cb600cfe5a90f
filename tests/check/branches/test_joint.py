"""The function and claims about arrays as one graph: what excludes each other nearby, and what may act together."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from gradcli.check.arrays.claims import read_array_claims
from gradcli.check.branches.blocks import Blocks
from gradcli.check.branches.combinations import Pair
from gradcli.check.branches.exclusion import Scope, Unknowns, exclude
from gradcli.check.branches.groups import Group, grouped
from gradcli.check.branches.joint import Joint
from gradcli.check.branches.pairs import Exclusions
from gradcli.check.branches.search import Branches, NodeBranch
from gradcli.check.branches.systems import MOST_FOR_ONE, Work
from gradcli.check.trials.samples import random_samples
from gradcli.graph import Graph
from tests.helpers.layers import layers, point

SHAPES = {"X": (3, 2), "W": (2, 2)}
SUM = "Y = X@W; sum(relu(Y))"


def group_of(graph: Graph, claim: str) -> Group:
    """The claims about the elements of an array."""
    claims = read_array_claims(graph, [claim])[0].elements
    return grouped(claims, graph.dependents(graph.variables.values()))[0]


TOGETHER = [
    (SUM, "W = X.T @ where(Y > 0.5, 1, 0)"),
    (SUM, "W = X.T @ where(X@W > -0.5 and Y < 1, relu(Y), 0)"),
    ("Y = X@W; sum(max(Y, axis=1))", "X = where(Y == column(max(Y, axis=1)), 1, 0) @ W.T"),
    ("Y = X@W; sum(where(abs(Y) < 1, Y^2/2, abs(Y) - 0.5))", "W = X.T @ clip(Y, -1, 2)"),
    ("H = relu(X@W); sum(relu(H - 0.5))", "W = X.T @ where(H > 0.3, sign(H - 0.4), max(H, 0.2))"),
    ("Y = X@W; sum(where(Y > 0, where(Y < 1, Y, 1), 0))", "W = X.T @ where(Y > 0, where(2*Y > 1, 1, sign(Y)), 0)"),
    ("Y = X@W; sum(abs(Y)*relu(1 - Y))", "W = X.T @ floor(where(Y - 1 >= 0, abs(Y), -Y))"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("text", "claim"), TOGETHER, ids=[claim for _, claim in TOGETHER])
@pytest.mark.parametrize("is_held", [False, True])
def test_what_is_taken_together_is_not_excluded(text: str, claim: str, is_held: bool) -> None:
    """At any random point; and something is excluded."""
    graph = layers(text, SHAPES)
    at, group = point(graph), group_of(graph, claim)
    held = {name: x for name, x in at.items() if is_held and name.startswith("X")}
    exclusions, function = Exclusions(graph, held), Branches(graph, graph.variables)
    excluded = {pair for pair in pairs_of_taken(graph, group, function, at, held) if exclusions.nearby(group, pair)}
    assert not excluded
    assert any(exclusions.nearby(group, pair) for pair in known_pairs(graph, group, function, at))


def pairs_of_taken(
    graph: Graph, group: Group, function: Branches, at: dict[str, float], held: dict[str, float]
) -> set[Pair]:
    """Those of branches that are taken at the same random point."""
    varied = [name for name in graph.variables if name not in held]
    return {
        Pair(one, other)
        for found in random_samples(graph, at, 3, varied)
        for one, other in product(function.taken(found.values), group.taken(found))
    }


def known_pairs(graph: Graph, group: Group, function: Branches, at: dict[str, float]) -> Iterator[Pair]:
    """Those of branches that are taken at some random points."""
    taken = [(function.taken(found.values), group.taken(found)) for found in random_samples(graph, at, 3)]
    ones, others = (sorted(set().union(*some)) for some in zip(*taken, strict=True))
    return (Pair(one, other) for one, other in product(ones, others))


def test_one_form_is_decided_once() -> None:
    """However many elements there are."""
    graph = layers(SUM, {"X": (9, 2), "W": (2, 3)})
    group = group_of(graph, "W = X.T @ where(Y > 0, 1, 0)")
    joint = Joint(graph, group.whole, {})
    relus = [joint.function[node] for node in Branches(graph, graph.variables).nodes]
    conditions = [joint.claims[node] for node in group.record.branches.nodes]
    assert (27, 27) == (len(relus), len(conditions))
    pieces = {
        id(joint.piece(NodeBranch(one, 0), NodeBranch(other, 1)))
        for one in relus
        for other in conditions
        if joint.operands(one) == joint.operands(other)
    }
    assert 1 == len(pieces)


LARGEST = "A = X@W; m = max(A, axis=0); sum(m)"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("text", [LARGEST, LARGEST.replace("max", "min")])
@pytest.mark.parametrize("size", [5, 30])
def test_of_many_arguments_few_are_looked_at(text: str, size: int) -> None:
    """Which of them is the largest is one of three questions, however many they are."""
    graph = layers(text, {"X": (size, 2), "W": (2, 1)})
    group = group_of(graph, "A = where(A == m, 1, 0)")
    joint, exclusions = Joint(graph, group.whole, {}), Exclusions(graph, {})
    (node,) = Branches(graph, graph.variables).nodes
    pieces, count = set(), 0
    for number, other in product(range(size), group.record.branches.nodes):
        for holds in (0, 1):
            pair = Pair(NodeBranch(node, number), NodeBranch(other, holds))
            pieces.add(id(joint.piece(*joint.branches(pair))))
            count += exclusions.nearby(group, pair)
    assert (6, size * size) == (len(pieces), count)


@pytest.mark.parametrize("left", [0, 100, None])
def test_work_is_limited(left: int | None) -> None:
    """That of all questions and that of one; beyond, nothing is known to exclude each other."""
    graph = layers(LARGEST, {"X": (12, 2), "W": (2, 1)})
    scope, (node,) = Scope(Unknowns(), graph, {}), Branches(graph, graph.variables).nodes
    work = Work() if left is None else Work(left)
    before = work.left
    found = [exclude((scope, node, one), (scope, node, other), work) for one, other in combinations(range(12), 2)]
    assert all(found) is (left is None)
    assert any(found) is (left is None)
    assert before - work.left <= len(found) * MOST_FOR_ONE


def test_what_is_computed_alike_is_one_node() -> None:
    """In whatever order, with the names of steps or written out."""
    graph = layers("Y = X@W; sum(relu(Y))", SHAPES)
    group = group_of(graph, "Y = where(X@W > 0, 1, 0) + where(Y > 0, 1, 0)")
    conditions = {Joint(graph, group.whole, {}).claims[node] for node in group.record.branches.nodes}
    assert 6 == len(conditions)


@pytest.mark.parametrize(("size", "is_looked_at"), [(5, True), (20, False)])
def test_large_pieces_are_left_out(size: int, is_looked_at: bool) -> None:
    """What is not looked at excludes nothing."""
    graph = layers("sum(relu(X@W))", {"X": (1, size), "W": (size, 1)})
    group = group_of(graph, "X = where(sum(2*(X*W.T)) > 0, W.T, 0)")
    exclusions, function = Exclusions(graph, {}), Branches(graph, graph.variables)
    pairs = list(known_pairs(graph, group, function, point(graph)))
    assert 4 == len(pairs)
    assert (2 if is_looked_at else 0) == sum(exclusions.nearby(group, pair) for pair in pairs)


def blocks_of(text: str, claim: str) -> tuple[list[int], list[int]]:
    """The blocks of the function's nodes with branches, and of the claim's."""
    graph = layers(text, SHAPES)
    group = group_of(graph, claim)
    joint = Joint(graph, group.whole, {})
    function = [joint.function[node] for node in Branches(graph, graph.variables).nodes]
    own = [joint.claims[node] for node in group.record.branches.nodes]
    roots = [joint.function[graph.output], *(joint.claims[claim.root] for claim in group.claims)]
    blocks = Blocks(joint, function, own, roots)
    return [blocks.of(node) for node in function], [blocks.of(node) for node in own]


@pytest.mark.parametrize(
    ("text", "claim", "count"),
    [
        (SUM, "W = X.T @ where(Y > 0, 1, 0)", 6),
        ("Y = X@W; 3*mean(-relu(Y))/2 - sum(Y)", "W = -X.T @ where(Y > 0, 1, 0)/4", 6),
        ("Y = X@W; sum(relu(Y)^2)", "W = X.T @ (2*relu(Y))", 6),
        ("Y = X@W; sum(sum(relu(Y), axis=1)^2)", "W = X.T @ where(Y > 0, 1, 0)", 3),
        ("Y = X@W; sum(relu(Y))^2", "W = X.T @ where(Y > 0, 1, 0)", 1),
        (SUM, "W = (X.T @ where(Y > 0, 1, 0))^2", 2),
        (SUM, "W = X.T @ where(Y > Y[0,0], 1, 0)", 1),
        ("Y = X@W; sum(relu(Y)) + relu(Y[0,0])*relu(Y[2,1])", "W = X.T @ where(Y > 0, 1, 0)", 5),
        ("Y = X@W; sum(relu(Y))/relu(Y[0,0])", "W = X.T @ where(Y > 0, 1, 0)", 1),
    ],
)
def test_blocks_are_addends(text: str, claim: str, count: int) -> None:
    """Of the output and of the claim; those that look at the same numbers are in one."""
    function, own = blocks_of(text, claim)
    assert count == len({*function, *own})
