"""Peak memory and seconds of a whole process for large expressions: `python -m tests.benchmarks.memory`."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks.printing import line, title
from tests.helpers.running import environment

COUNT = 1_000_000


def _one() -> dict[str, float]:
    return {"x": 0.5}


class Shape(NamedTuple):
    """A text, its point, and the most seconds and MiB that it may take, now and later."""

    text: Callable[[], str]
    at: Callable[[], dict[str, float]] = _one
    seconds: tuple[float | None, float | None] = (None, None)
    memory: tuple[float | None, float | None] = (None, None)


SHAPES = {
    "a variable": Shape(lambda: "x"),
    f"a sum of {COUNT:,} terms": Shape(lambda: "x" + "+x" * (COUNT - 1), _one, (None, 4), (1024, 400)),
    f"{COUNT:,} steps": Shape(
        lambda: "s0 = x\n" + "".join(f"s{n} = s{n - 1} + x\n" for n in range(1, COUNT)), _one, (None, 9), (1024, 400)
    ),
    f"{COUNT:,} variables": Shape(
        lambda: "+".join(f"v{n}" for n in range(COUNT)),
        lambda: {f"v{n}": 0.5 + n / COUNT for n in range(COUNT)},
        (None, 10),
        (1024, 500),
    ),
    f"{COUNT:,} nested parentheses": Shape(lambda: "(" * COUNT + "x" + ")" * COUNT, memory=(1024, 160)),
    f"{COUNT:,} nested calls": Shape(lambda: "abs(" * COUNT + "x" + ")" * COUNT, memory=(1024, None)),
}


# Starts a command and says what it took: the peak of a process counts what the one has that starts it, so it is small.
_MEASURED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def main() -> None:
    """Measure and print."""
    title("Large expressions: seconds and peak of the process, from the text to JSON")
    for name, shape in SHAPES.items():
        seconds, memory = measured(shape)
        line(name, seconds, "s", *shape.seconds)
        line("its memory", memory, "MiB", *shape.memory)


def measured(shape: Shape) -> tuple[float, float]:
    """Seconds and MiB of `gradcli eval`."""
    with TemporaryDirectory() as folder:
        program, point = Path(folder, "program.txt"), Path(folder, "point.json")
        program.write_text(shape.text(), encoding="utf-8")
        point.write_text(json.dumps(shape.at()), encoding="utf-8")
        command = [sys.executable, "-m", "gradcli", "eval", f"@{program}", "--at", f"@{point}", "--json"]
        command += ["--max-length", "100000000"]
        between = [sys.executable, "-c", _MEASURED, *command]
        told = subprocess.run(between, stdout=subprocess.PIPE, text=True, check=True, env=environment()).stdout
    status, seconds, peak = map(float, told.split())
    assert status == 0, told
    return seconds, peak * (1 if sys.platform == "darwin" else 1024) / 2**20


if __name__ == "__main__":
    main()
