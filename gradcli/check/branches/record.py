"""Which branches of a graph were taken at which points, points as the bits of a number."""

from collections.abc import Iterator

from gradcli.check.branches.search import Branches, NodeBranch


class Record:
    """What a graph has taken: by branch the points at which it did, as bits by the points' numbers. `on_edges` are the
    points on kinks, jumps and edges, where a branch may be taken that is not taken beside them.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.points: dict[NodeBranch, int] = {}
        self.on_edges = 0
        self.out_of_reach: set[NodeBranch] = set()  # beyond their edges their nodes take no part
        self._others: dict[int, list[NodeBranch]] = {}

    def add(self, number: int, taken: set[NodeBranch], is_on_edge: bool = False) -> None:
        """What was taken at a point."""
        self.on_edges |= is_on_edge << number
        for branch in taken:
            self.points[branch] = self.points.get(branch, 0) | 1 << number

    def taken(self, points: int) -> set[NodeBranch]:
        """What was taken at some of these points."""
        return {branch for branch, there in self.points.items() if there & points}

    def inside(self) -> set[NodeBranch]:
        """What was taken off edges."""
        return self.taken(~self.on_edges)

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
