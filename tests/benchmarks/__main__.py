"""Run all benchmarks, or some: `python -m tests.benchmarks [NAME …]`."""

import sys
from importlib import import_module

ALL = ("startup", "parsing", "passes", "memory", "traces", "check", "derivatives", "layouts", "arrays", "batch")

for name in sys.argv[1:] or ALL:
    import_module(f"tests.benchmarks.{name}").main()
