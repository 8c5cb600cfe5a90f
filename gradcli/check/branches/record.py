"""Which branches of a graph were taken at which points, points as the bits of a number."""

from collections.abc import Collection, Iterator

from gradcli.check.branches.search import Branches, NodeBranch


class Record:
    """What a graph has taken: by branch the points at which it did, as bits by the points' numbers; `inside` has those
    at which its node does not lie on an edge, where a branch may be taken that is not taken beside it.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.points: dict[NodeBranch, int] = {}
        self.inside: dict[NodeBranch, int] = {}
        self.out_of_reach: set[NodeBranch] = set()  # beyond their edges their nodes take no part
        self._others: dict[int, list[NodeBranch]] = {}

    def add(self, number: int, taken: set[NodeBranch], on_edges: Collection[int] = ()) -> None:
        """What was taken at a point, and the nodes that lie on edges there."""
        for branch in taken:
            self.points[branch] = self.points.get(branch, 0) | 1 << number
            if branch.node not in on_edges:
                self.inside[branch] = self.inside.get(branch, 0) | 1 << number

    def taken(self, points: int) -> set[NodeBranch]:
        """What was taken at some of these points."""
        return {branch for branch, there in self.points.items() if there & points}

    def on_edges(self, points: int = -1) -> list[NodeBranch]:
        """What was taken at some of these points (without them of all), but on edges alone."""
        return sorted(branch for branch in self.taken(points) if not self.inside.get(branch, 0) & points)

    def starts(self, branch: NodeBranch) -> list[int]:
        """The points at which the node of a branch takes one: the first, and then the latest ones."""
        there = 0
        for other, points in self.points.items():
            if other.node == branch.node:
                there |= points
        found = list(numbers(there))
        return found[:1] + found[:0:-1]

    def others(self, points: int) -> list[NodeBranch]:
        """The other branches than those that were taken at these points, of nodes that took one there."""
        if points not in self._others:
            self._others[points] = self.branches.others(self.taken(points))
        return [branch for branch in self._others[points] if branch not in self.out_of_reach]


def numbers(points: int) -> Iterator[int]:
    """The numbers of points that are given as bits."""
    while points:
        yield (points & -points).bit_length() - 1
        points &= points - 1
