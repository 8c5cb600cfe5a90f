"""The order of calls: near to the one in which each is the last to read what was just computed, so that few buffers do.

With few buffers blocks stay near the processor: for the gradient of a long sum the order as derived keeps every term
until the end, this one a handful. It is the greedy list scheduling of compilers, in time n log n.
"""

from collections.abc import Collection, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from gradcli.batch.tape.spelling import Call


class ScheduledCall(NamedTuple):
    """One call, with what it reads and what it writes to."""

    call: Call
    operands: tuple[int, ...]
    out: int


_Entry: TypeAlias = tuple[int, int, int]


def scheduled(steps: Sequence[ScheduledCall], kept: Collection[int]) -> list[ScheduledCall]:
    """The steps, whose operands and `out` are values that are computed once, in another order; `kept` are asked for."""
    return list(_Schedule(steps, kept))


class _Schedule:
    """The steps, and of those that wait for nothing a heap: first how many buffers one sets free, then how long ago it
    was ready.
    """

    def __init__(self, steps: Sequence[ScheduledCall], kept: Collection[int]) -> None:
        self.steps = steps
        self.kept = kept
        made = {step.out for step in steps}
        self.read = [made.intersection(step.operands) for step in steps]
        self.readers: dict[int, set[int]] = {value: set() for value in made}
        for index, values in enumerate(self.read):
            for x in values:
                self.readers[x].add(index)
        self.missing = [len(values) for values in self.read]
        self.waiting: list[_Entry] = []

    def __iter__(self) -> Iterator[ScheduledCall]:
        for index in range(len(self.steps)):
            self._offer(index, 0)
        done = bytearray(len(self.steps))
        time = 0
        while self.waiting:
            index = heappop(self.waiting)[-1]
            if not done[index]:
                done[index] = 1
                time += 1
                yield self.steps[index]
                self._after(index, time)

    def _offer(self, index: int, time: int) -> None:
        """Enter a step that waits for nothing."""
        if not self.missing[index]:
            frees = sum(len(self.readers[x]) == 1 and x not in self.kept for x in self.read[index])
            heappush(self.waiting, (-frees, -time, index))

    def _after(self, index: int, time: int) -> None:
        """Enter the steps for which one that is done changes something."""
        for x in self.read[index]:
            self.readers[x].discard(index)
            if len(self.readers[x]) == 1:
                (last,) = self.readers[x]
                self._offer(last, time)
        for reader in self.readers[self.steps[index].out]:
            self.missing[reader] -= 1
            self._offer(reader, time)
