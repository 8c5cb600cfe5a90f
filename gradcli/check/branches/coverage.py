"""Tries claims on every branch of the function and of the claim itself, also on those that no random point takes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from math import isfinite

from gradcli.check.branches import distances
from gradcli.check.branches.blocks import Blocks
from gradcli.check.branches.combinations import BlockOf, Pair, apart, within
from gradcli.check.branches.distances import Distance, both
from gradcli.check.branches.groups import Group, grouped
from gradcli.check.branches.pairs import Exclusions
from gradcli.check.branches.record import Record, numbers
from gradcli.check.branches.search import Branches, NodeBranch, Search
from gradcli.check.branches.untried import Untried
from gradcli.check.trials.claims import Claim
from gradcli.check.trials.samples import Sample, random_samples, sample
from gradcli.check.trials.trials import Trial
from gradcli.graph import Builder

ROUNDS = 3  # a point on one branch shows others behind it
IN_VAIN = 3  # more random points, one after the other, that show nothing new
MOST_PAIRS = 10_000  # that are looked at for the claims about an array

Taken = Callable[[Sample], set[NodeBranch]]
Distances = Callable[[Sequence[NodeBranch]], Iterable[Distance]]


class Coverage:
    """What branches were taken where a claim was tried and did not fail. `seed` fixes the random points that are
    tried besides, where claims about an array leave many branches open.
    """

    def __init__(self, here: Sample, claims: Sequence[Claim], varied: Collection[str] | None, seed: int = 0) -> None:
        graph = here.graph
        names = list(graph.variables) if varied is None else varied
        moved = graph.dependents(graph.variables[name] for name in names) if claims else b""
        self._graph = graph
        self._search = Search(names)
        self._others = random_samples(graph, here.at, seed + 1, varied)
        self._points: list[Mapping[str, float]] = []
        self._function = Record(Branches(graph, names))
        self._groups = grouped(claims, moved)
        self._of = {claim: group for group in self._groups for claim in group.claims}
        self._tried = dict.fromkeys(claims, 0)  # the points, as bits
        self._off_edges = dict.fromkeys(claims, 0)
        self._failed: set[Claim] = set()
        self._exclude = Exclusions(graph, {name: x for name, x in here.at.items() if name not in names})
        self._blocks: dict[Group, Blocks] = {}
        self._known: dict[tuple[Group, int, bool], list[Pair]] = {}

    def add(self, found: Sample, tries: Mapping[Claim, Trial]) -> None:
        """Take note of the claims that were tried at a point."""
        number = len(self._points)
        self._points.append(found.at)
        self._function.add(number, self._taken_by_function(found), found.rough)
        held: dict[Group, None] = {}
        for claim, trial in tries.items():
            if trial.outcome in ("same", "undefined") and claim in self._of:
                held[self._of[claim]] = None
                self._tried[claim] |= 1 << number
                if not trial.is_rough:
                    self._off_edges[claim] |= 1 << number
            elif trial.outcome == "differs":
                self._failed.add(claim)
        for group in held:
            group.record.add(number, group.taken(found))

    def more(self) -> Iterator[tuple[Sample, Sequence[Claim]]]:
        """Points on branches that were not tried yet, each with the claims to try there."""
        everyone = list(self._of)
        for found in self._more(self._function, self._taken_by_function, self._distances_of_function):
            yield found, everyone
        for group in self._groups:
            for found in self._more(group.record, group.taken, partial(self._distances_of, group)):
                yield found, self._holding(group)
        for group in self._groups:
            for found in self._at_random(group) if group.is_array else ():
                yield found, self._holding(group)
        for group in self._groups:
            for pair in self._wanted(group):
                found_together = None if self._are_tried(group, pair) else self._together(group, pair)
                if found_together is not None:
                    yield found_together, self._holding(group)

    def _holding(self, group: Group) -> list[Claim]:
        """The claims of a group that did not fail."""
        return [claim for claim in group.claims if claim not in self._failed]

    def _at_random(self, group: Group) -> Iterator[Sample]:
        """More random points while they take branches together that were not yet: each may do so for many."""
        left, in_vain = len(self._wanted(group, False)), 0
        while left and in_vain < IN_VAIN:
            found = next(self._others, None)
            if found is None:
                return
            yield found
            before, left = left, len(self._wanted(group, False))
            in_vain = 0 if left < before else in_vain + 1

    def _wanted(self, group: Group, is_thorough: bool = True) -> list[Pair]:
        """The pairs of branches that are to be tried for the claims of a group."""
        every = {self._off_edges[claim] for claim in self._holding(group)}
        found = (pair for points in sorted(every) for pair in self._apart(group, points, is_thorough))
        return list(dict.fromkeys(found))

    def _apart(self, group: Group, points: int, is_thorough: bool = True) -> list[Pair]:
        """The branches of function and claims that were taken at these points, but not together, do not exclude each
        other, and matter to each other.
        """
        key = (group, points, is_thorough)
        if key not in self._known:
            of = self._apart_in_array if group.is_array else self._apart_in_one
            self._known[key] = of(*key) if self._function.points and group.record.points else []
        return self._known[key]

    def _apart_in_one(self, group: Group, points: int, _: bool) -> list[Pair]:
        return [pair for pair in apart(self._function, group.record, points) if not self._exclude(group, pair)]

    def _apart_in_array(self, group: Group, points: int, is_thorough: bool) -> list[Pair]:
        joint, blocks = self._exclude.joint(group), self._blocks_of(group)
        of: tuple[BlockOf, BlockOf] = (
            lambda node: blocks.of(joint.function[node]),
            lambda node: blocks.of(joint.claims[node]),
        )
        while True:
            pairs = list(islice(apart(self._function, group.record, points, of), MOST_PAIRS))
            pairs += islice(within(self._function, points, of[0]), MOST_PAIRS)
            if len(pairs) >= MOST_PAIRS:
                return pairs
            left, is_joined = [], False
            for pair in pairs:
                if self._exclude.nearby(group, pair) or (is_thorough and self._exclude(group, pair)):
                    is_joined |= blocks.join(*joint.places(pair))
                else:
                    left.append(pair)
            if not is_joined:
                return left

    def _blocks_of(self, group: Group) -> Blocks:
        """The blocks of the function and the claims about an array."""
        if group not in self._blocks:
            joint, graph = self._exclude.joint(group), self._graph
            function = [joint.function[node] for node in self._function.branches.nodes]
            own = [joint.claims[node] for node in group.record.branches.nodes]
            roots = [joint.function[graph.output], *(joint.claims[claim.root] for claim in group.claims)]
            self._blocks[group] = Blocks(joint, function, own, roots)
        return self._blocks[group]

    def _are_tried(self, group: Group, pair: Pair) -> bool:
        record = group.record if pair.is_claim else self._function
        both_taken = self._function.points[pair.function] & record.points[pair.other]
        return any(both_taken & self._off_edges[claim] for claim in self._holding(group))

    def _together(self, group: Group, pair: Pair) -> Sample | None:
        """A point at which both branches are taken, off kinks, jumps and edges."""
        holding = self._holding(group)
        if not self._search.is_left or not holding:
            return None
        self._search.spend(len(self._graph))
        if not pair.is_claim:
            wanted = pair[:2]
            there = distances.of_all(self._graph, wanted, are_evaluated=True)
            return self._found(self._function, wanted, self._taken_by_function, there)
        owned = group.owned([pair.other], holding)
        if owned is None:
            return None
        claim, own = owned
        together = (
            both(one, self._inserted(claim, other))
            for one in distances.of_all(self._graph, [pair.function], are_evaluated=True)
            for other in distances.of_all(claim.graph, own)
        )
        starts = list(numbers(group.record.points[pair.other]))[::-1]
        starts += [number for number in self._function.starts(pair.function) if number not in starts]
        is_equal = group.record.branches.compares_equal(pair.other.node)
        for found in self._samples(together, starts, is_inside=not is_equal):
            are_taken = pair.function in self._taken_by_function(found) and pair.other in group.taken(found)
            if are_taken and not found.above_rough[claim.node]:
                return found
        return None

    def _more(self, record: Record, taken: Taken, distances_of: Distances) -> Iterator[Sample]:
        """Points at which a graph takes branches that it did not take yet."""
        wanted: set[NodeBranch] = set()
        for _ in range(ROUNDS):
            for branch in [*record.branches.others(record.points), *record.on_edges()]:
                if branch not in wanted and branch not in record.inside:
                    wanted.add(branch)
                    found = self._found(record, [branch], taken, distances_of([branch]))
                    if found is not None:
                        yield found
        for one, other in record.branches.pairs():
            if {one, other} <= record.points.keys() and not record.points[one] & record.points[other]:
                found = self._found(record, [one, other], taken, distances_of([one, other]))
                if found is not None:
                    yield found

    def _found(
        self, record: Record, wanted: Sequence[NodeBranch], taken: Taken, found_from: Iterable[Distance]
    ) -> Sample | None:
        """A point at which branches are taken; one on a kink, a jump or an edge only where no other is found."""
        on_edge = None
        for found in self._samples(found_from, record.starts(wanted[0])):
            there = taken(found)
            if there.issuperset(wanted):
                record.out_of_reach.difference_update(wanted)
                if not any(found.above_rough):
                    return found
                on_edge = on_edge or found
            elif len(wanted) == 1 and all(other.node != wanted[0].node for other in there):
                record.out_of_reach.add(wanted[0])
        return on_edge

    def _samples(
        self, found_from: Iterable[Distance], starts: Iterable[int], is_inside: bool = False
    ) -> Iterator[Sample]:
        """Samples with a finite gradient where a distance is 0 or more, or if `is_inside` more, found from some of the
        points.
        """
        for at in self._search.points(found_from, [self._points[number] for number in starts], is_inside):
            found = sample(self._graph, at)
            self._search.spend(4 * len(self._graph))
            if found is not None and all(map(isfinite, found.adjoints)):
                yield found

    def _distances_of_function(self, wanted: Sequence[NodeBranch]) -> Iterator[Distance]:
        return self._function.branches.distances(*wanted)

    def _distances_of(self, group: Group, wanted: Sequence[NodeBranch]) -> Iterator[Distance]:
        """Of branches of claims, where some claim has them that did not fail."""
        owned = group.owned(wanted, self._holding(group))
        if owned is not None:
            claim, own = owned
            yield from (self._inserted(claim, distance) for distance in distances.of_all(claim.graph, own))

    def _inserted(self, claim: Claim, distance: Distance) -> Distance:
        """What makes of functions of what a claim speaks of those of the variables."""
        builder = Builder(self._graph)
        return Distance(*(builder.pruned(builder.insert(graph, claim.names))[0] for graph in distance))

    def _taken_by_function(self, found: Sample) -> set[NodeBranch]:
        return self._function.branches.taken(found.values)

    def untried(self, claim: Claim) -> Sequence[str]:
        """The branches, as conditions, that were taken at no point at which the claim was tried."""
        if claim not in self._of or claim in self._failed:
            return ()
        group, points = self._of[claim], self._tried[claim]
        function, own = self._function.branches, group.record.branches
        is_impossible = self._exclude.is_impossible
        missing = [*self._function.others(points), *self._function.on_edges(points)]
        others = [branch for branch in missing if not is_impossible(group, branch, False)]
        mine = group.of_claim(claim, group.record.others(points))
        texts = [partial(function.text, branch) for branch in others]
        texts += [partial(own.text, branch) for branch in mine if not is_impossible(group, branch, True)]
        pairs = self._apart(group, self._off_edges[claim])
        paired = set(group.of_claim(claim, {pair.other for pair in pairs if pair.is_claim}))
        texts += [partial(self._text, own, pair) for pair in pairs if not pair.is_claim or pair.other in paired]
        return Untried(texts)

    def _text(self, own: Branches, pair: Pair) -> str:
        function = self._function.branches
        texts = function.text(pair.function), (own if pair.is_claim else function).text(pair.other)
        return " and ".join(f"({text})" if " or " in text else text for text in texts)
