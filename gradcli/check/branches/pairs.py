"""Pairs of branches, of the function and a claim, that are never taken together."""

from collections.abc import Mapping
from functools import cached_property

from gradcli.check.branches.combinations import Pair
from gradcli.check.branches.exclusion import Scope, Unknowns, exclude, written
from gradcli.check.branches.groups import Group
from gradcli.check.branches.joint import Joint
from gradcli.check.branches.search import NodeBranch
from gradcli.check.branches.systems import Work
from gradcli.check.trials.claims import Claim
from gradcli.graph import Graph, reachable

MOST_NODES = 2_000  # of a graph whose branches are looked at


class Exclusions:
    """Tells which pairs exclude each other. `held` has the variables that are not varied."""

    def __init__(self, graph: Graph, held: Mapping[str, float]) -> None:
        self._graph = graph
        self._held = held
        self._claims: dict[Claim, Scope] = {}
        self._known: dict[tuple[Group, Pair], bool] = {}
        self._impossible: dict[tuple[Group | None, NodeBranch], bool] = {}
        self._work, self._work_near = Work(), Work()
        self._near: dict[Group, _Near] = {}

    @cached_property
    def _function(self) -> Scope:
        return Scope(Unknowns(), self._graph, {name: written(number) for name, number in self._held.items()})

    def joint(self, group: Group) -> Joint:
        """The function and the claims about an array as one graph."""
        return self._of(group).joint

    def _of(self, group: Group) -> "_Near":
        if group not in self._near:
            self._near[group] = _Near(self._graph, group, self._held, self._work_near)
        return self._near[group]

    def __call__(self, group: Group, pair: Pair) -> bool:
        """Whether one branch is not taken where the other one is, but maybe on an edge; False where it is not known."""
        if (group, pair) not in self._known:
            self._known[group, pair] = self._exclude(group, pair)
        return self._known[group, pair]

    def nearby(self, group: Group, pair: Pair) -> bool:
        """The same for claims about an array, by what lies between both and what they have in common."""
        return self._of(group).exclude(pair)

    def is_impossible(self, group: Group, branch: NodeBranch, is_claim: bool) -> bool:
        """Whether a branch is taken nowhere, but maybe on an edge; False where it is not known."""
        key = (group if is_claim else None, branch)
        if key not in self._impossible:
            place = self._place(group, branch, is_claim)
            self._impossible[key] = place is not None and exclude(place, place, self._work)
        return self._impossible[key]

    def _exclude(self, group: Group, pair: Pair) -> bool:
        one, other = self._place(group, pair.function, False), self._place(group, pair.other, pair.is_claim)
        return one is not None and other is not None and exclude(one, other, self._work)

    def _place(self, group: Group, branch: NodeBranch, is_claim: bool) -> tuple[Scope, int, int] | None:
        """Where a branch of the function or of a claim stands; None where that is too much work."""
        if len(self._graph) > MOST_NODES or self._work.left <= 0:
            return None
        function = self._function
        if not is_claim:
            return function, *branch
        owned = group.owned([branch], group.claims)
        assert owned is not None, "some claim has it"
        claim, (own,) = owned
        if claim not in self._claims:
            leaves = {name: function.values[node] for name, node in claim.names.items()}
            self._claims[claim] = Scope(function.unknowns, claim.graph, leaves)
        return self._claims[claim], *own


class _Near:
    """What pairs of claims about an array exclude by what lies between them and what they have in common.

    Elements are computed alike, so that few pieces of graphs have to be looked at.
    """

    def __init__(self, graph: Graph, group: Group, held: Mapping[str, float], work: Work) -> None:
        self.joint = Joint(graph, group.whole, held)
        own = group.whole.graph
        chosen = [x for node, operator in enumerate(own.operators) if operator.chooses for x in own.inputs[node][1:]]
        is_chosen = own.marked(reachable(own.inputs, chosen))
        # What is evaluated wherever both are: conditions of choices around others may leave edges alone.
        self._always = {self.joint.function[node] for node, always in enumerate(graph.unconditional) if always}
        self._always |= {self.joint.claims[node] for node, is_one in enumerate(is_chosen) if not is_one}
        self._known: dict[int, bool] = {}  # by the identity of their piece
        self._work = work
        self._pairs: dict[Pair, bool] = {}

    def exclude(self, pair: Pair) -> bool:
        """Whether both exclude each other; False where it is not known."""
        if pair not in self._pairs:
            self._pairs[pair] = self._is_excluded(pair)
        return self._pairs[pair]

    def _is_excluded(self, pair: Pair) -> bool:
        one, other = self.joint.branches(pair)
        piece = self.joint.piece(one, other) if {one.node, other.node} <= self._always else None
        if piece is None:
            return False
        if id(piece) not in self._known:
            scope = Scope(Unknowns(), piece.graph, {})
            self._known[id(piece)] = exclude((scope, *piece.one), (scope, *piece.other), self._work)
        return self._known[id(piece)]
