"""Parquet to Parquet: the processor's time of whole processes, on one processor, in turns.

The package is laid out as in a wheel, which has the tables of its parser: a checkout makes them at each start.
"""

import compileall
import pickle
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory

import numpy as np

from gradcli.batch.tape.lowering import lower
from gradcli.language.parser import parse
from tests.benchmarks.peers import polars_columns, query
from tests.benchmarks.printing import line, title
from tests.benchmarks.tables import Goal
from tests.helpers.running import environment
from tests.helpers.wheel import lay_out

ROWS = 10_000_000
ROUNDS = 3
NAMES = ("Baydin", "branches")
GOALS = tuple(Goal("tape", peer, dict.fromkeys(NAMES, n)) for peer, n in (("polars, snappy", 1.15), ("duckdb", 1.4)))
_POLARS = """
import pickle, polars, sys
asked = pickle.loads(open(sys.argv[3], "rb").read())
polars.scan_parquet(sys.argv[1]).select(asked).sink_parquet(sys.argv[2], compression=sys.argv[4])
"""
_DUCKDB = """
import duckdb, sys
duckdb.execute("set threads to 1; set enable_progress_bar to false")
duckdb.execute(open(sys.argv[3]).read())
"""


def compare(name: str, text: str, peers: Collection[str]) -> dict[str, float]:
    """Seconds of each, for one expression in two variables."""
    import pyarrow
    from pyarrow import parquet

    title(f"Parquet to Parquet, {ROWS:,} rows: {name}")
    random, least = np.random.default_rng(14), -1.5 if name == "branches" else 0.1
    with TemporaryDirectory() as folder:
        rows, result = Path(folder, "rows.parquet"), Path(folder, "result.parquet")
        columns = {name: random.uniform(least, least + 3, ROWS) for name in parse(text).variables}
        parquet.write_table(pyarrow.table(columns), rows)
        package = Path(folder, "package")
        lay_out(package)
        compileall.compile_dir(package, quiet=1)
        found = _measured(_commands(text, peers, rows, result), environment(PYTHONPATH=str(package)))
    for contestant, seconds in found.items():
        line(contestant, seconds, "s")
    for goal in GOALS:
        if goal.peer in found:
            line(f"{goal.one} / {goal.peer}", found[goal.one] / found[goal.peer], "×", 1 / goal.times[name])
    return found


def _commands(text: str, peers: Collection[str], rows: Path, result: Path) -> dict[str, Sequence[str]]:
    """What each runs; what it is to compute stands in a file."""
    graph = parse(text)
    lowered = lower(graph, graph.variables, "branch")
    python = [sys.executable, "-c"]
    ours = [sys.executable, "-m", "gradcli", "batch", text, "--rows", str(rows), "--output", str(result), "--engine"]
    found: dict[str, Sequence[str]] = {"tape": [*ours, "tape"], "columns": [*ours, "c"]}
    if "polars" in peers:
        asked = rows.with_name("polars")
        asked.write_bytes(pickle.dumps(polars_columns(lowered)))
        for compression in ("snappy", "zstd"):
            found[f"polars, {compression}"] = [*python, _POLARS, *map(str, (rows, result, asked)), compression]
    if "duckdb" in peers:
        asked = rows.with_name("duckdb")
        asked.write_text(f"copy ({query(lowered, repr(str(rows)))}) to '{result}' (format parquet)", encoding="utf-8")
        found["duckdb"] = [*python, _DUCKDB, *map(str, (rows, result, asked))]
    return found


def _measured(commands: Mapping[str, Sequence[str]], variables: Mapping[str, str]) -> dict[str, float]:
    """The median seconds of each."""
    rounds = [[_seconds(command, variables) for command in commands.values()] for _ in range(ROUNDS)]
    return dict(zip(commands, map(median, zip(*rounds, strict=True)), strict=True))


def _seconds(command: Sequence[str], variables: Mapping[str, str]) -> float:
    before = _spent()
    run(command, check=True, env=variables)
    return _spent() - before


def _spent() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
