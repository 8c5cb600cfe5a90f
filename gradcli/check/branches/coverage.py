"""Tries claims on every branch of the function and of the claim itself, also on those that no random point takes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import isfinite

from gradcli.check.branches.distances import Distance, both
from gradcli.check.branches.pairs import Exclusions, Pair
from gradcli.check.branches.search import Branches, NodeBranch, Search, has_branches
from gradcli.check.trials.claims import Claim, Whole
from gradcli.check.trials.samples import Sample, sample
from gradcli.check.trials.trials import Trial
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Builder

ROUNDS = 3  # a point on one branch shows others behind it


class _Log:
    """What a graph has taken: at each point, by the point's number, and in all."""

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.taken: set[NodeBranch] = set()
        self.out_of_reach: set[NodeBranch] = set()  # beyond their edges their nodes take no part
        self.at: dict[int, set[NodeBranch]] = {}
        self._deciding: dict[int, set[int]] = {}  # the nodes that took a branch at a point

    def add(self, number: int, taken: set[NodeBranch]) -> None:
        """What was taken at a point."""
        self.at[number] = taken
        self.taken |= taken
        self._deciding[number] = {branch.node for branch in taken}

    def starts(self, branch: NodeBranch) -> list[int]:
        """The points at which the node of a branch takes another one: the first, and then the latest ones."""
        found = [number for number, nodes in self._deciding.items() if branch.node in nodes]
        return found[:1] + found[:0:-1]

    def texts(self, taken: Collection[NodeBranch]) -> list[str]:
        """The other branches than these, as conditions."""
        others = self.branches.others(taken)
        return [self.branches.text(branch) for branch in others if branch not in self.out_of_reach]


def _branches(claims: Sequence[Claim], moved: Sequence[int]) -> Iterator[tuple[Claim, Branches]]:
    """Those of each claim. Where the claims about an array have none, what each of them is made of is not asked for."""
    none: dict[Whole, Branches | None] = {}
    for claim in claims:
        whole = claim.whole
        if whole not in none:
            none[whole] = None if has_branches(whole.graph) else Branches(whole.graph, (), True)
        names = () if none[whole] else [name for name, node in claim.names.items() if moved[node]]
        yield claim, none[whole] or Branches(claim.graph, names, True)


class Coverage:
    """What branches were taken where a claim was tried and did not fail."""

    def __init__(self, here: Sample, claims: Sequence[Claim], varied: Collection[str] | None) -> None:
        graph = here.graph
        names = list(graph.variables) if varied is None else varied
        moved = graph.dependents(graph.variables[name] for name in names) if claims else b""
        self._graph = graph
        self._search = Search(names)
        self._points: list[Mapping[str, float]] = []
        self._function = _Log(Branches(graph, names))
        self._own = {claim: _Log(branches) for claim, branches in _branches(claims, moved)}
        self._tried: dict[Claim, list[int]] = {claim: [] for claim in claims}
        self._off_edges: dict[Claim, list[int]] = {claim: [] for claim in claims}
        self._failed: set[Claim] = set()
        self._exclude = Exclusions(graph, {name: x for name, x in here.at.items() if name not in names})
        self._texts: dict[tuple[int, ...], list[str]] = {}

    def add(self, found: Sample, tries: Mapping[Claim, Trial]) -> None:
        """Take note of the claims that were tried at a point."""
        number = len(self._points)
        self._points.append(found.at)
        self._function.add(number, self._taken_by_function(found))
        for claim, trial in tries.items():
            if trial.outcome in ("same", "undefined") and claim in self._own:
                self._tried[claim].append(number)
                self._own[claim].add(number, self._taken_by(claim)(found))
                if not trial.is_rough:
                    self._off_edges[claim].append(number)
            elif trial.outcome == "differs":
                self._failed.add(claim)

    def more(self) -> Iterator[tuple[Sample, Sequence[Claim]]]:
        """Points on branches that were not tried yet, each with the claims to try there."""
        everyone = list(self._own)
        for found in self._more(self._function, self._taken_by_function, lambda distance: distance):
            yield found, everyone
        for claim, log in self._own.items():
            for found in self._more(log, self._taken_by(claim), self._inserted(claim)):
                yield found, [claim]
                if claim in self._failed:
                    break
        for claim in everyone:
            for pair in self._apart(claim):
                found_together = None if self._are_tried(claim, pair) else self._together(claim, pair)
                if found_together is not None and claim not in self._failed:
                    yield found_together, [claim]

    def _apart(self, claim: Claim) -> list[Pair]:
        """The branches of function and claim that were taken, but not together, and do not exclude each other."""
        if claim in self._failed:
            return []
        own, points = self._own[claim], self._off_edges[claim]
        taken, alone = self._taken_at(points), set(self._function.branches.alone)
        found = []
        for branch in sorted(set[NodeBranch]().union(*(own.at[number] for number in points))):
            if branch.node in own.branches.alone:
                beside = self._taken_at(number for number in points if branch in own.at[number])
                found += [Pair(other, branch) for other in sorted(taken - beside) if other.node in alone]
        return [pair for pair in found if not self._exclude(claim, pair)]

    def _are_tried(self, claim: Claim, pair: Pair) -> bool:
        at, own = self._function.at, self._own[claim].at
        return any(pair.function in at[number] and pair.claim in own[number] for number in self._off_edges[claim])

    def _taken_at(self, points: Iterable[int]) -> set[NodeBranch]:
        """What the function has taken at some points."""
        return set[NodeBranch]().union(*(self._function.at[number] for number in points))

    def _together(self, claim: Claim, pair: Pair) -> Sample | None:
        """A point at which both branches are taken, off kinks, jumps and edges."""
        if not self._search.is_left:
            return None
        self._search.spend(len(self._graph))
        own, inserted = self._own[claim], self._inserted(claim)
        distances = (
            both(one, inserted(other))
            for one in self._function.branches.distances(pair.function)
            for other in own.branches.distances(pair.claim)
        )
        numbers = [number for number, taken in own.at.items() if pair.claim in taken][::-1]
        numbers += [number for number in self._function.starts(pair.function) if number not in numbers]
        is_equal = own.branches.compares_equal(pair.claim.node)
        for found in self._samples(distances, numbers, is_inside=not is_equal):
            are_taken = pair.function in self._taken_by_function(found) and pair.claim in self._taken_by(claim)(found)
            if are_taken and not found.above_rough[claim.node]:
                return found
        return None

    def _more(
        self, log: _Log, taken: Callable[[Sample], set[NodeBranch]], inserted: Callable[[Distance], Distance]
    ) -> Iterator[Sample]:
        """Points at which a graph takes branches that it did not take yet."""
        wanted: set[NodeBranch] = set()
        for _ in range(ROUNDS):
            for branch in log.branches.others(log.taken):
                if branch not in wanted and branch not in log.taken:
                    wanted.add(branch)
                    found = self._found(log, [branch], taken, map(inserted, log.branches.distances(branch)))
                    if found is not None:
                        yield found
        for pair in log.branches.pairs():
            if log.taken.issuperset(pair) and not any(there.issuperset(pair) for there in log.at.values()):
                found = self._found(log, pair, taken, map(inserted, log.branches.distances(*pair)))
                if found is not None:
                    yield found

    def _found(
        self,
        log: _Log,
        wanted: Sequence[NodeBranch],
        taken: Callable[[Sample], set[NodeBranch]],
        distances: Iterable[Distance],
    ) -> Sample | None:
        """A point at which branches are taken; one on a kink, a jump or an edge only where no other is found."""
        on_edge = None
        for found in self._samples(distances, log.starts(wanted[0])):
            there = taken(found)
            if there.issuperset(wanted):
                log.out_of_reach.difference_update(wanted)
                if not any(found.above_rough):
                    return found
                on_edge = on_edge or found
            elif len(wanted) == 1 and all(other.node != wanted[0].node for other in there):
                log.out_of_reach.add(wanted[0])
        return on_edge

    def _samples(
        self, distances: Iterable[Distance], starts: Iterable[int], is_inside: bool = False
    ) -> Iterator[Sample]:
        """Samples with a finite gradient where a distance is 0 or more, or if `is_inside` more, found from some of the
        points.
        """
        for at in self._search.points(distances, [self._points[number] for number in starts], is_inside):
            found = sample(self._graph, at)
            self._search.spend(4 * len(self._graph))
            if found is not None and all(map(isfinite, found.adjoints)):
                yield found

    def _inserted(self, claim: Claim) -> Callable[[Distance], Distance]:
        """What makes of functions of what a claim speaks of those of the variables."""

        def inserted(distance: Distance) -> Distance:
            builder = Builder(self._graph)
            return Distance(*(builder.pruned(builder.insert(graph, claim.names))[0] for graph in distance))

        return inserted

    def _taken_by_function(self, found: Sample) -> set[NodeBranch]:
        return self._function.branches.taken(found.values)

    def _taken_by(self, claim: Claim) -> Callable[[Sample], set[NodeBranch]]:
        branches = self._own[claim].branches

        def taken(found: Sample) -> set[NodeBranch]:
            if not branches.nodes:
                return set()
            values = {name: found.values[node] for name, node in claim.names.items()}
            if None in values.values():
                return set()
            try:
                return branches.taken(evaluate(claim.graph, values).values)
            except Fault as fault:  # it has no value there, which is said
                return branches.taken(fault.values)

        return taken

    def untried(self, claim: Claim) -> list[str]:
        """The branches, as conditions, that were taken at no point at which the claim was tried."""
        if claim not in self._own:
            return []
        points = tuple(self._tried[claim])
        if points not in self._texts:
            self._texts[points] = self._function.texts(self._taken_at(points))
        own = self._own[claim]
        pairs = [self._text(own, pair) for pair in self._apart(claim)]
        return [*self._texts[points], *own.texts(own.taken), *pairs]

    def _text(self, own: _Log, pair: Pair) -> str:
        one, other = self._function.branches.text(pair.function), own.branches.text(pair.claim)
        return " and ".join(f"({text})" if " or " in text else text for text in (one, other))
