"""What value and gradient of many rows take: `python -m tests.benchmarks batch`.

`python -m tests.benchmarks.batch PEER …` measures beside some peers alone.
The tape, compiled columns, the exported NumPy code on whole arrays, and what is installed of JAX, PyTorch, Polars and
DuckDB: an environment of its own has them. All work on the same million rows, on one processor, in turns; figures are
medians of the processor's time, so that what else the machine does counts little. With pyarrow whole processes are
measured besides, from Parquet to Parquet. At the end stands the table of the guide's page batch.
"""

import os
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from gradcli.batch.compiled.compiled import Compiled
from gradcli.batch.engine import Engine
from gradcli.batch.tape.lowering import TapeGraph, lower
from gradcli.batch.tape.tape import MOST_ROWS, NumPyTape
from gradcli.export.export import export
from gradcli.language.parser import parse
from tests.benchmarks import files
from tests.benchmarks.peers import PEERS, Columns, Work
from tests.benchmarks.printing import line, title

ROWS = 1_000_000
ROUNDS = 7
TEXTS = {
    "sum of products": "a*x + b*y",
    "Baydin": "log(x) + x*y - sin(y)",
    "Griewank": "1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))",
    "branches": "where(x > y, relu(x*y) + sin(x), abs(x - y)*exp(-abs(y))) + max(x, y, 0.5) + clip(x*y, -1, 1)",
    "Rosenbrock of 20": " + ".join(f"100*(x{n + 1} - x{n}^2)^2 + (1 - x{n})^2" for n in range(1, 20)),
}
TAPE_GOALS = {"sum of products": 1.5, "Baydin": 1.5, "Griewank": 1.5, "branches": 1.0, "Rosenbrock of 20": 1.0}
COLUMNS_GOALS = {"jax": 2.0, "torch": 1.0}
COMPILED_GOAL = 1.5  # times as fast as JAX, with what both take to compile


def main(peers: Collection[str] = tuple(PEERS)) -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    random = np.random.default_rng(14)
    there = [peer for peer in peers if find_spec(peer)]
    table = {}
    for name, text in TEXTS.items():
        least = -1.5 if name == "branches" else 0.1
        columns = {variable: random.uniform(least, least + 3, ROWS) for variable in parse(text).variables}
        table[name] = compare(name, text, columns, there)
    if find_spec("pyarrow"):
        for name in ("Baydin", "branches"):
            files.compare(name, TEXTS[name], there)
    _print(table, there)


def compare(name: str, text: str, columns: Columns, peers: Collection[str]) -> dict[str, float]:
    """Nanoseconds that each takes for a row of one expression."""
    graph = parse(text)
    title(f"Value and gradient of a row: {name}, {len(graph)} nodes")
    works: dict[str, Work] = {"tape": partial(_in_blocks, NumPyTape(graph, graph.variables), columns)}
    works["exported NumPy, whole arrays"] = _exported(text, columns)
    makers: dict[str, Callable[[TapeGraph, Columns], Work]] = {peer: PEERS[peer] for peer in peers}
    makers["columns"] = lambda _, columns: partial(_in_blocks, Compiled(graph, graph.variables), columns)
    seconds = {}
    for contestant, make in makers.items():
        start = perf_counter()
        works[contestant] = make(lower(graph, graph.variables, "branch"), columns)
        works[contestant]()
        seconds[contestant] = perf_counter() - start
        line(f"{contestant}, until the first rows", seconds[contestant], "s")
    found = measured(works)
    for contestant, times in found.items():
        line(contestant, times, "ns")
    for peer in peers:
        line(f"tape / {peer}", found["tape"] / found[peer], "×", 1 / TAPE_GOALS[name] if peer == "jax" else None)
        goal = 0.9 if (peer, name) == ("torch", "sum of products") else COLUMNS_GOALS.get(peer)
        line(f"columns / {peer}", found["columns"] / found[peer], "×", 1 / goal if goal else None)
    if "jax" in seconds:
        line("columns / jax, until the first rows", seconds["columns"] / seconds["jax"], "×", 1 / COMPILED_GOAL)
    return found


def measured(works: Mapping[str, Work]) -> dict[str, float]:
    """The median nanoseconds a row of each, in turns."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for work in works.values():
            start = process_time()
            work()
            times.append(process_time() - start)
        rounds.append(times)
    return {name: median(times) / ROWS * 1e9 for name, times in zip(works, zip(*rounds, strict=True), strict=True)}


def _in_blocks(engine: Engine, columns: Columns) -> None:
    """In blocks of the size that it is made for."""
    step = MOST_ROWS
    for start in range(0, ROWS, step):
        block = {name: column[start : start + step] for name, column in columns.items()}
        engine(block, min(step, ROWS - start))


def _exported(text: str, columns: Columns) -> Work:
    scope: dict[str, Any] = {}
    exec(export(parse(text), "numpy"), scope)
    return partial(scope["value_and_gradient"], **columns)


def _print(table: Mapping[str, Mapping[str, float]], peers: Collection[str]) -> None:
    """The nanoseconds as Markdown, with the machine and the versions."""
    print(f"\n{_processor()}; {', '.join(f'{name} {version(name)}' for name in ('numpy', *peers))}\n")
    print(f"| ns a row | {' | '.join(table)} |\n| --- |{' --- |' * len(table)}")
    for contestant in next(iter(table.values())):
        shown = [f"{float(f'{found[contestant]:.2g}'):g}" for found in table.values()]
        print(f"| {contestant} | {' | '.join(shown)} |")


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    return next((x.partition(": ")[2] for x in lines if x.startswith("model name")), sys.platform)


if __name__ == "__main__":
    main(sys.argv[1:])
