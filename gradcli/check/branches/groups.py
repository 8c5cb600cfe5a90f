"""The claims that are computed at once, those about the elements of an array, with one record of their branches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from gradcli.check.branches.record import Record
from gradcli.check.branches.search import Branches, NodeBranch, has_branches
from gradcli.check.trials.claims import Claim, Whole
from gradcli.check.trials.samples import Sample
from gradcli.check.trials.trials import of_whole
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.graph import reachable


class Group:
    """Claims with the same right side, of which each is a node. `moved` marks what is varied of the function."""

    def __init__(self, whole: Whole, claims: Sequence[Claim], moved: Sequence[int]) -> None:
        names = [name for name, node in whole.names.items() if moved[node]] if has_branches(whole.graph) else []
        self.whole = whole
        self.claims = claims
        self.is_array = claims[0].is_element
        self.record = Record(Branches(whole.graph, names, True, [claim.root for claim in claims]))
        self._parts: dict[Claim, Mapping[int, int]] = {}

    def part(self, claim: Claim) -> Mapping[int, int]:
        """The nodes that a claim is made of, by those of the whole."""
        if claim not in self._parts:
            nodes = reachable(self.whole.graph.inputs, [claim.root]) if claim.is_element else range(len(claim.graph))
            self._parts[claim] = {node: index for index, node in enumerate(nodes)}
        return self._parts[claim]

    def of_claim(self, claim: Claim, branches: Collection[NodeBranch]) -> list[NodeBranch]:
        """Those of some branches that a claim has."""
        places: Collection[int] = self.part(claim) if branches else ()
        return [branch for branch in branches if branch.node in places]

    def owned(self, branches: Sequence[NodeBranch], claims: Iterable[Claim]) -> tuple[Claim, list[NodeBranch]] | None:
        """The first of some claims that has these branches, and these in its own graph; None where none has all."""
        for claim in claims:
            places = self.part(claim)
            if all(branch.node in places for branch in branches):
                return claim, [branch._replace(node=places[branch.node]) for branch in branches]
        return None

    def taken(self, found: Sample) -> set[NodeBranch]:
        """The branches that are taken at a point."""
        branches = self.record.branches
        if not branches.nodes:
            return set()
        numbers = of_whole(self.whole, found)[0] if self.is_array else ()
        if numbers:
            return branches.taken(numbers)
        return set[NodeBranch]().union(*(self._taken_by(claim, found) for claim in self.claims))

    def _taken_by(self, claim: Claim, found: Sample) -> set[NodeBranch]:
        """Those of one claim alone: others may have no value there."""
        values = {name: found.values[node] for name, node in claim.names.items()}
        if None in values.values():
            return set()
        try:
            own = evaluate(claim.graph, values).values
        except Fault as fault:  # it has no value there, which is said
            own = fault.values
        if not self.is_array:
            return self.record.branches.taken(own)
        everywhere: list[Any] = [None] * len(self.whole.graph)
        for node, index in self.part(claim).items():
            everywhere[node] = own[index]
        return self.record.branches.taken(everywhere)


def grouped(claims: Iterable[Claim], moved: Sequence[int]) -> list[Group]:
    """The groups of some claims."""
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(id(claim.whole), []).append(claim)
    return [Group(some[0].whole, some, moved) for some in found.values()]
