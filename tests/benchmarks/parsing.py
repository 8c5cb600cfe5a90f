"""Microseconds to parse one operator, for texts of several shapes and sizes: `python -m tests.benchmarks.parsing`."""

import ast
import gc
from collections.abc import Callable
from functools import partial

from gradcli.language.parser import parse
from tests.benchmarks.printing import best, line, title

LONGEST = 100_000_000
SHAPES: dict[str, Callable[[int], str]] = {
    "flat sum": lambda n: "x" + " + x" * n,
    "nested calls": lambda n: "sin(" * n + "x" + ")" * n,
    "nested parentheses": lambda n: "(1 + " * n + "x" + ")" * n,
    "one step a line": lambda n: "s0 = x\n" + "".join(f"s{i} = s{i - 1} + x\n" for i in range(1, n + 1)),
}


def main() -> None:
    """Measure and print."""
    gc.disable()
    title("Parsing: µs for one operator")
    for size in (10_000, 100_000, 1_000_000):
        for name, shape in SHAPES.items():
            text = shape(size)
            goals = (10, 2) if (size, name) == (100_000, "flat sum") else ()
            line(f"{name}, {size:,}", best(partial(parse, text, LONGEST), 2) / size * 1e6, "µs", *goals)
            gc.collect()
    text = SHAPES["flat sum"](1000)
    ratio = best(partial(parse, text), 20) / best(partial(ast.parse, text, mode="eval"), 20)
    line("flat sum, 1,000, over Python's ast.parse", ratio, "×")
    gc.enable()


if __name__ == "__main__":
    main()
