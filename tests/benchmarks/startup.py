"""How long a whole process takes, as a multiple of `python -c pass`: `python -m tests.benchmarks.startup`.

The package is laid out as in a wheel, with its modules compiled; all commands take turns, so that what else the
machine does falls on each of them.
"""

import compileall
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.printing import line, title
from tests.helpers.running import environment
from tests.helpers.wheel import lay_out

ROUNDS = 25
APPLES = ("-m", "gradcli", "eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
COMMANDS: dict[str, tuple[tuple[str, ...], float | None, float | None]] = {
    "python -c pass": (("-c", "pass"), None, None),
    "import click": (("-c", "import click"), None, None),
    "import click, lark, rich.table": (("-c", "import click, lark, rich.table"), None, None),
    "gradcli --help": (("-m", "gradcli", "--help"), None, None),
    "gradcli eval --json": ((*APPLES, "--json"), 10, 4.5),
    "gradcli eval --json --trace": ((*APPLES, "--json", "--trace"), None, None),
    "gradcli eval": (APPLES, None, None),
    "gradcli eval --trace": ((*APPLES, "--trace"), None, None),
}


def main() -> None:
    """Measure and print."""
    title(f"Start-up: whole process, median of {ROUNDS}, as a multiple of python -c pass")
    with TemporaryDirectory() as folder:
        lay_out(Path(folder))
        compileall.compile_dir(folder, quiet=1)
        variables = environment(PYTHONPATH=folder)
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS):
            for name, (arguments, _, _) in COMMANDS.items():
                start = perf_counter()
                subprocess.run(
                    [sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, cwd=folder, check=True
                )
                taken[name].append(perf_counter() - start)
    bare = median(taken["python -c pass"])
    for name, (_, goal, later) in COMMANDS.items():
        line(f"{name} ({median(taken[name]) * 1000:.0f} ms)", median(taken[name]) / bare, "×", goal, later)


if __name__ == "__main__":
    main()
