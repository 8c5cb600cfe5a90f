"""Pairs of a branch of the function and one of a claim that are never taken together."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from gradcli.check.branches.exclusion import Scope, Unknowns, exclude, written
from gradcli.check.branches.search import NodeBranch
from gradcli.check.trials.claims import Claim
from gradcli.graph import Graph

MOST_NODES = 2_000  # of a graph whose branches are looked at
MOST = 100  # pairs that are looked at, of all claims


class Pair(NamedTuple):
    """A branch of the function and one of the claim."""

    function: NodeBranch
    claim: NodeBranch


class Exclusions:
    """Tells which pairs exclude each other. `held` has the variables that are not varied."""

    def __init__(self, graph: Graph, held: Mapping[str, float]) -> None:
        self._graph = graph
        self._leaves = {name: written(number) for name, number in held.items()}
        self._claims: dict[Claim, Scope] = {}
        self._known: dict[tuple[Claim, Pair], bool] = {}

    @cached_property
    def _function(self) -> Scope:
        return Scope(Unknowns(), self._graph, self._leaves)

    def __call__(self, claim: Claim, pair: Pair) -> bool:
        """Whether one branch is not taken where the other one is, but maybe on an edge; False where it is not known."""
        known = self._known.get((claim, pair))
        if known is None:
            known = len(self._graph) <= MOST_NODES and len(self._known) < MOST and self._exclude(claim, pair)
            self._known[claim, pair] = known
        return known

    def _exclude(self, claim: Claim, pair: Pair) -> bool:
        function = self._function
        if claim not in self._claims:
            leaves = {name: function.values[node] for name, node in claim.names.items()}
            self._claims[claim] = Scope(function.unknowns, claim.graph, leaves)
        return exclude((function, *pair.function), (self._claims[claim], *pair.claim))
