"""Which branches may act together: those of different addends of the output, and of a claim, do not.

A sum is the same function of each of its addends whatever the others are: rows of a batch, say. So where a branch of
the function and one of a claim stand in different addends of both, the claim is right where both are taken if it is
right where one of them is and where none is.
"""

from collections import defaultdict
from collections.abc import Iterable

from gradcli.check.branches.joint import Joint
from gradcli.operators.table import ADD, DIV, IDENTITY, MUL, NEG, SUB, TOTAL

SUMS = (ADD, SUB, NEG, TOTAL, IDENTITY)


class Blocks:
    """The nodes of function and claims in blocks: those in one of the first addends that has branches, and those whose
    branches exclude each other.
    """

    def __init__(self, joint: Joint, function: Iterable[int], claims: Iterable[int], roots: Iterable[int]) -> None:
        self._parents = list(range(len(joint)))
        function, claims = list(function), list(claims)
        self._join_addends(joint, [*function, *claims], roots)
        self._join_alike(joint, function, claims)

    def _join_addends(self, joint: Joint, branching: Iterable[int], roots: Iterable[int]) -> None:
        size = len(joint)
        moved, is_open, is_inside = bytearray(size), bytearray(size), bytearray(size)
        for node in branching:
            moved[node] = 1
        for node in roots:
            is_open[node] = 1
        for node, inputs in enumerate(joint.inputs):
            moved[node] |= any(map(moved.__getitem__, inputs))
        for node in range(size - 1, -1, -1):
            moving = [x for x in joint.inputs[node] if moved[x]] if is_open[node] or is_inside[node] else []
            is_sum = bool(moving) and _is_sum(joint, node, moving)
            for x in moving:
                is_open[x] |= is_open[node] and is_sum
                if is_inside[node] or not is_sum:
                    is_inside[x] = 1
                    self.join(node, x)

    def _join_alike(self, joint: Joint, function: Iterable[int], claims: Iterable[int]) -> None:
        """Those that look at the same numbers, whose branches may exclude each other."""
        looking = defaultdict[int, list[tuple[int, set[int]]]](list)
        for node in function:
            operands = joint.operands(node)
            for x in operands:
                looking[x].append((node, operands))
        for node in claims:
            operands = joint.operands(node)
            for other, others in {one: of for x in operands for one, of in looking[x]}.items():
                if operands <= others or others <= operands:
                    self.join(node, other)

    def of(self, node: int) -> int:
        """The block of a node, as a number that it shares with all that is in it."""
        parents = self._parents
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    def join(self, one: int, other: int) -> bool:
        """Make the blocks of two nodes one; whether they were two."""
        one, other = self.of(one), self.of(other)
        self._parents[one] = other
        return one != other


def _is_sum(joint: Joint, node: int, moved: list[int]) -> bool:
    """Whether a node is a sum of multiples of what has branches in it."""
    operator, inputs = joint.operators[node], joint.inputs[node]
    if operator is MUL:
        return len(moved) == 1
    return operator in SUMS or (operator is DIV and inputs[1] not in moved)
