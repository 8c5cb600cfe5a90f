"""The order of calls: near to the one in which each is the last to read what was just computed, so that few buffers do.

With few buffers blocks stay near the processor: for the gradient of a long sum the order as derived keeps every term
until the end, this one a handful. It is the greedy list scheduling of compilers, in time n log n.
"""

from collections.abc import Collection, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from gradcli.batch.tape.spelling import Call


class Step(NamedTuple):
    """One call, with what it reads and what it writes to."""

    call: Call
    operands: tuple[int, ...]
    out: int


_Entry: TypeAlias = tuple[int, int, int]


def scheduled(steps: Sequence[Step], kept: Collection[int]) -> list[Step]:
    """The steps, whose operands and `out` are values that are computed once, in another order; `kept` are asked for."""
    makers = {step.out: index for index, step in enumerate(steps)}
    read = [{x for x in step.operands if x in makers} for step in steps]
    readers: dict[int, set[int]] = {step.out: set() for step in steps}
    for index, values in enumerate(read):
        for x in values:
            readers[x].add(index)
    missing = [len(values) for values in read]
    waiting: list[_Entry] = []

    def offer(index: int, time: int) -> None:
        """Enter a step by how many buffers it sets free, those that became ready last first."""
        frees = sum(len(readers[x]) == 1 and x not in kept for x in read[index])
        heappush(waiting, (-frees, -time, index))

    for index, count in enumerate(missing):
        if not count:
            offer(index, 0)
    order: list[Step] = []
    done = bytearray(len(steps))
    while waiting:
        index = heappop(waiting)[-1]
        if done[index]:
            continue
        done[index] = 1
        order.append(steps[index])
        for x in read[index]:
            readers[x].discard(index)
            if len(readers[x]) == 1:
                (last,) = readers[x]
                if not missing[last]:
                    offer(last, len(order))
        for reader in readers[steps[index].out]:
            missing[reader] -= 1
            if not missing[reader]:
                offer(reader, len(order))
    return order
