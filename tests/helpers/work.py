"""How much some work takes, whatever the machine: calls, and memory."""

import cProfile
import gc
import tracemalloc
from collections.abc import Callable


def calls_of(work: Callable[[], object]) -> int:
    """How many calls of Python functions and of functions in C some work makes: its steps."""
    profile = cProfile.Profile(subcalls=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def peak_of(work: Callable[[], object]) -> int:
    """The most memory that some work takes at once, in bytes."""
    gc.freeze()  # late in a run of all tests it takes half a second to look through what they keep
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
