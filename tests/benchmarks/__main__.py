"""Run all benchmarks: `python -m tests.benchmarks`."""

from tests.benchmarks import check, derivatives, layouts, memory, parsing, passes, startup, traces

for module in (startup, parsing, passes, memory, traces, check, derivatives, layouts):
    module.main()
