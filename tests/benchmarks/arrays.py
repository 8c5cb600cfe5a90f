"""Value, gradient and claims of programs over arrays, end to end: `python -m tests.benchmarks.arrays`."""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.printing import line, title
from tests.helpers.running import environment

CHILD = """
import resource, sys
from gradcli import program
code = program._run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
sys.stderr.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss * (1 if sys.platform == 'darwin' else 1024)}")
sys.exit(code > 1)
"""
NETWORK = "H = sigmoid(X @ W1 + b1); Y = softmax(H @ W2 + b2); L = -sum(T * log(Y))/10"
AFFINE = ("Y = X @ W + b; L = sum(tanh(Y))", {"X": (200, 20), "W": (20, 10), "b": (10,)})
# What is measured: the text, the shapes of the variables, and seconds: what a trial of the passes alone took.
PROGRAMS: dict[str, tuple[str, dict[str, tuple[int, ...]], float]] = {
    "network 784, 50, 10; 10 rows": (
        NETWORK,
        {"X": (10, 784), "W1": (784, 50), "b1": (50,), "W2": (50, 10), "b2": (10,), "T": (10, 10)},
        1.5,
    ),
    "logistic regression, 10,000 rows of 20": (
        "z = X @ w; L = mean(softplus(z) - t*z)",
        {"X": (10_000, 20), "w": (20,), "t": (10_000,)},
        2.0,
    ),
    "64×64 @ 64×64": ("sum((A @ B)^2)", {"A": (64, 64), "B": (64, 64)}, 0.9),
}
# Claims about W of the affine layer, 200 elements and 44,000 nodes, at 21 points; the seconds are the aim.
CLAIMS = {
    "a right claim": ("W = X.T @ (1 - tanh(Y)^2)", 5.0),
    "a wrong claim": ("W = X.T @ (1 - tanh(Y))", 5.0),
}


def values(shape: tuple[int, ...], source: random.Random) -> list[Any]:
    """Numbers as data have them."""
    length, *inner = shape
    return [values(tuple(inner), source) if inner else source.gauss(0, 0.1) for _ in range(length)]


def main() -> None:
    """Measure and print, the best of three."""
    title("Arrays: eval --json of whole programs, reading and writing included")
    for name, (text, shapes, goal) in PROGRAMS.items():
        measured(name, ["eval", text, "--json"], shapes, goal)
    title("Arrays: check of 200 elements and 44,000 nodes")
    text, shapes = AFFINE
    for name, (claim, goal) in CLAIMS.items():
        measured(name, ["check", text, "--claim", claim], shapes, goal)


def measured(name: str, words: list[str], shapes: dict[str, tuple[int, ...]], goal: float) -> None:
    """One command."""
    source = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        point = Path(folder) / "point.json"
        point.write_text(json.dumps({name: values(shape, source) for name, shape in shapes.items()}))
        command = [sys.executable, "-c", CHILD, *words, "--at", f"@{point}"]
        taken = [
            subprocess.run(command, capture_output=True, env=environment(), check=True).stderr.split()[-2:]
            for _ in range(3)
        ]
    line(name, min(float(seconds) for seconds, _ in taken), "s", None, goal)
    line("its memory", max(int(memory) for _, memory in taken) / 2**20, "MiB")


if __name__ == "__main__":
    main()
