"""What value and gradient of many rows take: `python -m tests.benchmarks batch`.

`python -m tests.benchmarks.batch PEER …` measures beside some peers alone.
The tape, compiled columns, the exported NumPy code on whole arrays, and what is installed of JAX, PyTorch, Polars and
DuckDB: an environment of its own has them. All work on the same million rows, on one processor, in turns; figures are
medians of the processor's time, so that what else the machine does counts little. With pyarrow whole processes are
measured besides, from Parquet to Parquet. At the end stand the tables of the guide's page batch, in both languages.
"""

import os
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from gradcli.batch.compiled import compiled
from gradcli.batch.compiled.compiled import Compiled
from gradcli.batch.engine import Engine
from gradcli.batch.tape.lowering import TapeGraph, lower
from gradcli.batch.tape.tape import MOST_ROWS, NumPyTape
from gradcli.choices import LANGUAGES
from gradcli.export.export import export
from gradcli.language.parser import parse
from tests.benchmarks import files, tables
from tests.benchmarks.peers import PEERS, Columns, Work
from tests.benchmarks.printing import line, title
from tests.benchmarks.tables import Goal

ROWS = 1_000_000
ROUNDS = 7
TEXTS = {
    "sum of products": "a*x + b*y",
    "Baydin": "log(x) + x*y - sin(y)",
    "Griewank": "1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))",
    "branches": "where(x > y, relu(x*y) + sin(x), abs(x - y)*exp(-abs(y))) + max(x, y, 0.5) + clip(x*y, -1, 1)",
    "Rosenbrock of 20": " + ".join(f"100*(x{n + 1} - x{n}^2)^2 + (1 - x{n})^2" for n in range(1, 20)),
}
GOALS = (
    Goal("tape", "jax", {name: 1.5 if name in ("sum of products", "Baydin", "Griewank") else 1.0 for name in TEXTS}),
    Goal("columns", "jax", dict.fromkeys(TEXTS, 2.0)),
    Goal("columns", "torch", {name: 0.9 if name == "sum of products" else 1.0 for name in TEXTS}),
)
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
    processes = {}
    if find_spec("pyarrow"):
        processes = {name: files.compare(name, TEXTS[name], there) for name in files.NAMES}
    print(f"\n{_processor()}; {', '.join(f'{name} {version(name)}' for name in ('numpy', *there))}")
    for language in LANGUAGES:
        print(f"\n{tables.markdown(table, processes, (*GOALS, *files.GOALS), language)}")


def compare(name: str, text: str, columns: Columns, peers: Collection[str]) -> dict[str, float]:
    """Nanoseconds that each takes for a row of one expression."""
    graph = parse(text)
    title(f"Value and gradient of a row: {name}, {len(graph)} nodes")
    works: dict[str, Work] = {"tape": partial(_in_blocks, NumPyTape(graph, graph.variables), MOST_ROWS, columns)}
    works["exported NumPy, whole arrays"] = _exported(text, columns)
    makers: dict[str, Callable[[TapeGraph, Columns], Work]] = {peer: PEERS[peer] for peer in peers}
    makers["columns"] = lambda _, columns: partial(_in_blocks, Compiled(graph, graph.variables), compiled.ROWS, columns)
    seconds = {}
    for contestant, make in makers.items():
        lowered, start = lower(graph, graph.variables, "branch"), _spent()
        works[contestant] = make(lowered, columns)
        works[contestant]()
        seconds[contestant] = _spent() - start
        line(f"{contestant}, until the first rows", seconds[contestant], "s")
    found = measured(works)
    for contestant, times in found.items():
        line(contestant, times, "ns")
    for goal in GOALS:
        if goal.peer in found:
            line(f"{goal.one} / {goal.peer}", found[goal.one] / found[goal.peer], "×", 1 / goal.times[name])
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


def _spent() -> float:
    """The processor's time of this process and of the compilers that it started."""
    used = getrusage(RUSAGE_CHILDREN)
    return process_time() + used.ru_utime + used.ru_stime


def _in_blocks(engine: Engine, step: int, columns: Columns) -> None:
    """In blocks of the size that it is made for."""
    for start in range(0, ROWS, step):
        block = {name: column[start : start + step] for name, column in columns.items()}
        engine(block, min(step, ROWS - start))


def _exported(text: str, columns: Columns) -> Work:
    scope: dict[str, Any] = {}
    exec(export(parse(text), "numpy"), scope)
    return partial(scope["value_and_gradient"], **columns)


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    return next((x.partition(": ")[2] for x in lines if x.startswith("model name")), sys.platform)


if __name__ == "__main__":
    main(sys.argv[1:])
