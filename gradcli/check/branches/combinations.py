"""Which pairs of a branch of the function and one of a claim are to be tried together: all in a block; and of nodes in
different blocks as many as it takes to conclude from them on the others.

For such a claim is the function f of one branch and g of the other one, f(a) = g(b) where both were tried. So it is
known for all that are connected by pairs that were tried: of two by two branches by three of the four pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.check.branches.record import Record, numbers
from gradcli.check.branches.search import NodeBranch

BlockOf = Callable[[int], int]


class Pair(NamedTuple):
    """A branch of the function and one of the claim, or another one of the function."""

    function: NodeBranch
    other: NodeBranch
    is_claim: bool = True


class _Place(NamedTuple):
    """The branches of a node of the function among the bits: the first one, and how many were taken."""

    first: int
    size: int


class _Places(NamedTuple):
    """Those of all nodes; the first bits of those with two branches; and the places of the others."""

    every: Sequence[_Place]
    two: int
    more: Sequence[_Place]


def apart(function: Record, own: Record, points: int, blocks: tuple[BlockOf, BlockOf] | None = None) -> Iterator[Pair]:
    """The pairs that were taken at these points, but not together, and are not known from others. `blocks` tell the
    blocks of both graphs' nodes; without them all are in one.
    """
    bits, at = _bits(function, points)
    places = _places(bits)
    everything = (1 << len(bits)) - 1
    members = defaultdict[int, int](int)
    for place, branch in enumerate(bits) if blocks else ():
        assert blocks is not None, "asked above"
        members[blocks[0](branch.node)] |= 1 << place
    for node, taken in sorted(_taken(own, points).items()):
        missing = {}
        for branch, there in taken.items():
            together = 0
            for number in numbers(there):
                together |= at[number]
            missing[branch] = everything & ~together
        inside = everything if blocks is None else members[blocks[1](node)]
        unknown = inside | _unknown([each & ~inside for each in missing.values()], places)
        for branch, without in missing.items():
            yield from (Pair(bits[number], branch) for number in numbers(without & unknown))


def within(function: Record, points: int, block_of: BlockOf) -> Iterator[Pair]:
    """The pairs of branches of the function itself, of two nodes in one block, that were not taken together."""
    bits, at = _bits(function, points)
    members = defaultdict[int, int](int)
    for place, branch in enumerate(bits):
        others = members[block_of(branch.node)]
        for number in numbers(function.points[branch] & points):
            others &= ~at[number]
        yield from (Pair(bits[x], branch, False) for x in numbers(others) if bits[x].node != branch.node)
        members[block_of(branch.node)] |= 1 << place


def _bits(function: Record, points: int) -> tuple[list[NodeBranch], Mapping[int, int]]:
    """The branches of the function, each with a bit by its place; and as such bits what each point took."""
    alone, at = set(function.branches.alone), defaultdict[int, int](int)
    bits = sorted(branch for branch in function.taken(points) if branch.node in alone)
    for place, branch in enumerate(bits):
        for number in numbers(function.points[branch] & points):
            at[number] |= 1 << place
    return bits, at


def _places(bits: Sequence[NodeBranch]) -> _Places:
    """Those of all nodes."""
    found: dict[int, _Place] = {}
    for place, branch in enumerate(bits):
        first = found.get(branch.node, _Place(place, 0))
        found[branch.node] = _Place(first.first, first.size + 1)
    every = list(found.values())
    two = sum(1 << place.first for place in every if place.size == 2)
    return _Places(every, two, [place for place in every if place.size != 2])


def _taken(own: Record, points: int) -> dict[int, dict[NodeBranch, int]]:
    """By node of the claim its branches that were taken, each with the points at which it was."""
    found = defaultdict[int, dict[NodeBranch, int]](dict)
    alone = set(own.branches.alone)
    for branch, there in sorted(own.points.items()):
        if there & points and branch.node in alone:
            found[branch.node][branch] = there & points
    return found


def _unknown(missing: Sequence[int], places: _Places) -> int:
    """The bits of the nodes whose pairs with a node of the claim do not connect all branches of both."""
    some = found = 0
    for each in missing:
        some |= each
    if len(missing) == 2:  # and two: of the four pairs one may be missing
        one, other = missing
        ones, others = one >> 1, other >> 1
        first = one & ones | other & others | one & other | ones & others | one & others | ones & other
        found = (first & places.two) * 3
    for place in places.more if len(missing) == 2 else places.every if some else ():
        whole = ((1 << place.size) - 1) << place.first
        if some & whole and not _connected([whole & ~each for each in missing], whole):
            found |= whole
    return found


def _connected(together: Sequence[int], whole: int) -> bool:
    """Whether sets of bits are connected by those that they share, and have all bits."""
    found, rest = together[0], together[1:]
    while more := [each for each in rest if each & found]:
        rest = [each for each in rest if not each & found]
        for each in more:
            found |= each
    return found == whole and not rest
