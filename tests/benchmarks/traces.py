"""Microseconds that a row of a trace takes to write, and the memory for it: `python -m tests.benchmarks.traces`."""

import gc
import io
import tracemalloc

from gradcli.api import Result, gradient
from gradcli.trace.tracing import Trace
from tests.benchmarks.printing import best, line, title
from tests.helpers.reports import print_result


class Sink(io.TextIOBase):
    """A stream that drops what is written."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Drop it."""
        return len(text)


def drop(result: Result, trace: Trace, form: str) -> None:
    """Write a trace in a form to nowhere."""
    print_result(result, trace, form, Sink())


def main() -> None:
    """Measure and print."""
    title("Traces: µs for a row; MiB beyond the trace itself")
    for form, sizes in {"json": (10_000, 50_000), "csv": (10_000, 50_000), "table": (2_000, 10_000)}.items():
        for size in sizes:
            result = gradient("x" + " + 1" * size, {"x": 1})
            trace = result.trace()
            gc.disable()
            taken = best(lambda r=result, t=trace, f=form: drop(r, t, f), 1)
            line(f"{form}, {size:,} nodes", taken / (2 * size) * 1e6, "µs")
            gc.enable()
    for size in (10_000, 20_000):
        result = gradient("x" + " + 1" * size, {"x": 1})
        trace = result.trace()
        tracemalloc.start()
        drop(result, trace, "json")
        line(f"json, {size:,} nodes, memory", tracemalloc.get_traced_memory()[1] / 2**20, "MiB")
        tracemalloc.stop()


if __name__ == "__main__":
    main()
