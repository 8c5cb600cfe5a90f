"""Instructions that bounds of the errors of both passes take, by those of the passes, as valgrind counts them:
`python -m tests.benchmarks.counted`, some minutes. Unlike seconds they do not hang on what else the machine does.
"""

import gc
import re
import shutil
import subprocess
import sys

from tests.benchmarks.passes import gated, parts
from tests.benchmarks.printing import line, title
from tests.helpers.running import environment

NODES = 6_000
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
NOTHING, PASSES, BOUNDS = (), (0, 1), (2,)  # of `parts`, what a process does once more


def main() -> None:
    """Measure and print."""
    title(f"Bounds of the errors of both passes, in instructions: about {NODES:,} nodes")
    if shutil.which("valgrind") is None:
        sys.exit("there is no valgrind")
    for name, _ in gated(NODES):
        start, both, found = (counted(name, again) for again in (NOTHING, PASSES, BOUNDS))
        line(f"bounds / both, {name}", (found - start) / (both - start), "×", 1.7)


def counted(name: str, again: tuple[int, ...]) -> int:
    """The instructions of a process that does everything once and these parts once more."""
    child = (sys.executable, "-m", "tests.benchmarks.counted", name, *map(str, again))
    variables = environment(PYTHONHASHSEED="0")
    done = subprocess.run([*VALGRIND, *child], env=variables, capture_output=True, text=True, check=True)
    found = re.search(r"I +refs: +([0-9,]+)", done.stderr)
    assert found is not None, done.stderr
    return int(found[1].replace(",", ""))


def work(name: str, again: tuple[int, ...]) -> None:
    """What is counted."""
    gc.disable()
    measured = parts(dict(gated(NODES))[name])
    for part in (*measured, *(measured[index] for index in again)):
        part()


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else work(sys.argv[1], tuple(map(int, sys.argv[2:])))
