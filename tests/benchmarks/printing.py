"""How the benchmarks print: one line for each measurement, beside its goals."""

from collections.abc import Callable
from time import process_time


def title(text: str) -> None:
    """What is measured, and the columns."""
    print(f"\n{text}\n{'':44}{'measured':>12}  {'goal':>10}  {'later':>10}")


def line(name: str, value: float, unit: str, goal: float | None = None, later: float | None = None) -> None:
    """A measurement, and the most that it may be."""

    def limit(most: float | None) -> str:
        return "" if most is None else f"{'ok' if value <= most else 'MISSED'} ≤ {most:g}"

    print(f"  {name:<42}{value:>9.4g} {unit:<4} {limit(goal):>10}  {limit(later):>10}".rstrip())


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor that some work takes, the best of several times."""
    taken = []
    for _ in range(times):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return min(taken)
