"""Run all benchmarks: `python -m tests.benchmarks`."""

from tests.benchmarks import check, derivatives, memory, parsing, passes, startup, traces

for module in (startup, parsing, passes, memory, traces, check, derivatives):
    module.main()
