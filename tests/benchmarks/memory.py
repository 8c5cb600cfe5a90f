"""Peak memory of a whole process for large expressions: `python -m tests.benchmarks.memory`."""

import subprocess
import sys

from tests.benchmarks.printing import line, title
from tests.helpers.running import environment

CHILD = """
import resource, sys
from gradcli import program
code = program._run(["eval", "-", "--at", "x=0.5", "--json", "--max-length", "100000000"])
unit = 1 if sys.platform == "darwin" else 1024
sys.stderr.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}")
sys.exit(code)
"""
COUNT = 1_000_000
TEXTS: dict[str, tuple[str, float | None, float | None]] = {
    "a variable": ("x", None, None),
    f"a sum of {COUNT:,} terms": ("x" + "+x" * (COUNT - 1), 1024, 300),
    f"{COUNT:,} nested parentheses": ("(" * COUNT + "x" + ")" * COUNT, 1024, 160),
    f"{COUNT:,} nested calls": ("abs(" * COUNT + "x" + ")" * COUNT, 1024, None),
}


def main() -> None:
    """Measure and print."""
    title("Memory: peak of the process, end to end")
    for name, (text, goal, later) in TEXTS.items():
        done = subprocess.run(
            [sys.executable, "-c", CHILD], input=text.encode(), capture_output=True, env=environment(), check=True
        )
        line(name, int(done.stderr) / 2**20, "MiB", goal, later)


if __name__ == "__main__":
    main()
