"""Nanoseconds that value and gradient take for a row: `python -m tests.benchmarks batch`.

`python -m tests.benchmarks.batch PEER …` measures beside some peers alone (PyTorch compiles for half a minute each).
The tape, compiled columns, the exported NumPy code on whole arrays, and what is installed of JAX, PyTorch, Polars and
DuckDB: an environment of its own has them. All work on the same million rows, on one processor, in turns; figures are
medians of the processor's time, so that what else the machine does counts little.
"""

import operator as python
import os
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from gradcli.batch.compiled.compiled import Compiled
from gradcli.batch.engine import Engine
from gradcli.batch.tape.lowering import Lowered, lower
from gradcli.batch.tape.tape import MOST_ROWS, Tape
from gradcli.export.export import export
from gradcli.graph import Builder
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS
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

Columns = Mapping[str, Any]
Work = Callable[[], object]
Words = Mapping[str, Callable[..., Any]]  # what a peer has for an operator of the table
_SYMBOLS = {row.name: row.symbol for row in OPERATORS.values() if row.symbol} | {"eq": "=", "ne": "<>"}
_TWO = ("max", "min")
INFIX: Words = {row.name: row.forward for row in OPERATORS.values() if row.symbol} | {"pow": python.pow}


def main(peers: Collection[str] = ("jax", "torch", "polars", "duckdb")) -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    random = np.random.default_rng(14)
    for name, text in TEXTS.items():
        least = -1.5 if name == "branches" else 0.1
        columns = {variable: random.uniform(least, least + 3, ROWS) for variable in parse(text).variables}
        compare(name, text, columns, [peer for peer in peers if find_spec(peer)])


def compare(name: str, text: str, columns: Columns, peers: Collection[str]) -> None:
    """One expression."""
    graph = parse(text)
    title(f"Value and gradient of a row: {name}, {len(graph)} nodes")
    works: dict[str, Work] = {"tape": partial(_in_blocks, Tape(graph, graph.variables), columns)}
    works["exported NumPy, whole arrays"] = _exported(text, columns)
    makers: dict[str, Callable[[Lowered, Columns], Work]] = {peer: PEERS[peer] for peer in peers}
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
        line(contestant, times / ROWS * 1e9, "ns")
    for peer in peers:
        line(f"tape / {peer}", found["tape"] / found[peer], "×", 1 / TAPE_GOALS[name] if peer == "jax" else None)
        goal = 0.9 if (peer, name) == ("torch", "sum of products") else COLUMNS_GOALS.get(peer)
        line(f"columns / {peer}", found["columns"] / found[peer], "×", 1 / goal if goal else None)
    if "jax" in seconds:
        line("columns / jax, until the first rows", seconds["columns"] / seconds["jax"], "×", 1 / COMPILED_GOAL)


def measured(works: Mapping[str, Work]) -> dict[str, float]:
    """The median seconds of each, in turns."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for work in works.values():
            start = process_time()
            work()
            times.append(process_time() - start)
        rounds.append(times)
    return dict(zip(works, map(median, zip(*rounds, strict=True)), strict=True))


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


# Peers ----------------------------------------------------------------------------------------------------------------


def _values(
    lowered: Lowered, variable: Callable[[str], Any], number: Callable[[float], Any], words: Words
) -> list[Any]:
    """Each node of a graph as a peer has it."""
    graph = lowered.graph
    found: list[Any] = []
    for node, operator in enumerate(graph.operators):
        arguments = [found[x] for x in graph.inputs[node]]
        if arguments:
            found.append(words[operator.name](*arguments))
        else:
            found.append(number(graph.values[node]) if node in graph.values else variable(graph.names[node]))
    return found


def _like_numpy(library: Any) -> Words:
    """The words of a library with the names of NumPy."""
    shared = {name: getattr(library, name) for name in ("exp", "log", "sin", "cos", "sqrt", "abs", "where")}
    others = {"max": "maximum", "min": "minimum", "and": "logical_and", "or": "logical_or", "not": "logical_not"}
    return INFIX | shared | {name: getattr(library, other) for name, other in others.items()}


def _formula(lowered: Lowered, number: Callable[[float], Any], words: Words) -> Callable[..., Any]:
    names = list(lowered.graph.variables)

    def formula(*arguments: Any) -> Any:
        point = dict(zip(names, arguments, strict=True))
        return _values(lowered, point.__getitem__, number, words)[lowered.value]

    return formula


def _jax(lowered: Lowered, columns: Columns) -> Work:
    import jax

    jax.config.update("jax_enable_x64", True)
    formula = _formula(_pruned(lowered, {}), float, _like_numpy(jax.numpy))
    places = tuple(range(len(columns)))
    function = jax.jit(jax.vmap(jax.value_and_grad(formula, places)))
    arrays = [jax.numpy.asarray(columns[name]) for name in lowered.graph.variables]
    return lambda: jax.block_until_ready(function(*arrays))


def _torch(lowered: Lowered, columns: Columns) -> Work:
    import torch

    torch.set_num_threads(1)
    number = partial(torch.tensor, dtype=torch.float64)
    formula = _formula(_pruned(lowered, {}), number, _like_numpy(torch))
    places = tuple(range(len(columns)))
    function = torch.compile(torch.func.vmap(torch.func.grad_and_value(formula, places)))
    arrays = [torch.from_numpy(columns[name]) for name in lowered.graph.variables]
    return lambda: function(*arrays)


def _polars(lowered: Lowered, columns: Columns) -> Work:
    import polars

    lowered = _pruned(lowered, lowered.slopes)
    words = INFIX | {
        **{name: getattr(polars.Expr, name) for name in ("exp", "log", "sin", "cos", "sqrt", "abs")},
        "max": polars.max_horizontal, "min": polars.min_horizontal, "and": python.and_, "or": python.or_,
        "not": python.invert, "where": lambda condition, a, b: polars.when(condition).then(a).otherwise(b),
    }  # fmt: skip
    found = _values(lowered, polars.col, polars.lit, words)
    asked = [found[root].alias(f"v{n}") for n, root in enumerate([lowered.value, *lowered.slopes.values()])]
    frame = polars.DataFrame(dict(columns)).lazy()
    return lambda: frame.select(asked).collect()


def _duckdb(lowered: Lowered, columns: Columns) -> Work:
    import duckdb

    lowered = _pruned(lowered, lowered.slopes)
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    given = dict(columns)  # noqa: F841 (the query finds it by its name)
    connection.execute("create table stored as select * from given")
    functions = {"log": "ln", "max": "greatest", "min": "least", "abs": "abs", "exp": "exp", "sin": "sin", "cos": "cos"}
    words = {name: _sql(f"({{}} {symbol} {{}})") for name, symbol in _SYMBOLS.items()}
    words |= {
        name: _sql(f"{other}({{}}{more})") for name, other in functions.items() for more in [", {}" * (name in _TWO)]
    }
    words |= {"neg": _sql("(-{})"), "not": _sql("(not {})"), "pow": _sql("({} ** {})"), "sqrt": _sql("sqrt({})")}
    words["where"] = _sql("(case when {} then {} else {} end)")
    steps: list[str] = []

    def named(word: Callable[..., str], *arguments: str) -> str:
        steps.append(f"{word(*arguments)} as t{len(steps)}")
        return f"t{len(steps) - 1}"

    found = _values(lowered, "{}".format, repr, {name: partial(named, word) for name, word in words.items()})
    whole = ", ".join(f"{found[root]} as v{n}" for n, root in enumerate([lowered.value, *lowered.slopes.values()]))
    query = f"select {whole} from (select *, {', '.join(steps)} from stored)"
    return lambda: connection.execute(query).fetchnumpy()


def _sql(template: str) -> Callable[..., str]:
    return template.format


def _pruned(lowered: Lowered, slopes: Mapping[str, int]) -> Lowered:
    """Without the conditions under which a row holds, and with these slopes alone."""
    roots = [*slopes.values(), *lowered.graph.variables.values()]
    graph, place = Builder(lowered.graph).pruned(lowered.value, roots)
    slopes = {name: place[node] for name, node in slopes.items()}
    return lowered._replace(graph=graph, value=place[lowered.value], slopes=slopes)


PEERS: Mapping[str, Callable[[Lowered, Columns], Work]] = {
    "jax": _jax, "torch": _torch, "polars": _polars, "duckdb": _duckdb,
}  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
