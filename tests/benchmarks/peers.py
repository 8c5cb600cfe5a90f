"""What others take for value and gradient of many rows, each with a function, made for one expression and its columns.

JAX and PyTorch derive themselves; Polars and DuckDB are given the formulas of value and slopes.
"""

import operator as python
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gradcli.batch.tape.lowering import TapeGraph
from gradcli.graph import Builder
from gradcli.operators.table import OPERATORS

Columns = Mapping[str, Any]
Work = Callable[[], object]
Words = Mapping[str, Callable[..., Any]]  # what a peer has for an operator of the table
_SYMBOLS = {row.name: row.symbol for row in OPERATORS.values() if row.symbol} | {"eq": "=", "ne": "<>"}
_TWO = ("max", "min")
INFIX: Words = {row.name: row.forward for row in OPERATORS.values() if row.symbol} | {"pow": python.pow}


def _values(
    lowered: TapeGraph, variable: Callable[[str], Any], number: Callable[[float], Any], words: Words
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


def _formula(lowered: TapeGraph, number: Callable[[float], Any], words: Words) -> Callable[..., Any]:
    names = list(lowered.graph.variables)

    def formula(*arguments: Any) -> Any:
        point = dict(zip(names, arguments, strict=True))
        return _values(lowered, point.__getitem__, number, words)[lowered.value]

    return formula


def _jax(lowered: TapeGraph, columns: Columns) -> Work:
    import jax

    jax.config.update("jax_enable_x64", True)
    formula = _formula(_pruned(lowered, {}), float, _like_numpy(jax.numpy))
    places = tuple(range(len(columns)))
    function = jax.jit(jax.vmap(jax.value_and_grad(formula, places)))
    arrays = [jax.numpy.asarray(columns[name]) for name in lowered.graph.variables]
    return lambda: jax.block_until_ready(function(*arrays))


def _torch(lowered: TapeGraph, columns: Columns) -> Work:
    import torch

    torch.set_num_threads(1)
    number = partial(torch.tensor, dtype=torch.float64)
    formula = _formula(_pruned(lowered, {}), number, _like_numpy(torch))
    places = tuple(range(len(columns)))
    function = torch.compile(torch.func.vmap(torch.func.grad_and_value(formula, places)))
    arrays = [torch.from_numpy(columns[name]) for name in lowered.graph.variables]
    return lambda: function(*arrays)


def polars_columns(lowered: TapeGraph) -> list[Any]:
    """Value and slopes as expressions of Polars."""
    import polars

    lowered = _pruned(lowered, lowered.slopes)
    words = INFIX | {
        **{name: getattr(polars.Expr, name) for name in ("exp", "log", "sin", "cos", "sqrt", "abs")},
        "max": polars.max_horizontal, "min": polars.min_horizontal, "and": python.and_, "or": python.or_,
        "not": python.invert, "where": lambda condition, a, b: polars.when(condition).then(a).otherwise(b),
    }  # fmt: skip
    found = _values(lowered, polars.col, polars.lit, words)
    return [found[root].alias(f"v{n}") for n, root in enumerate([lowered.value, *lowered.slopes.values()])]


def _polars(lowered: TapeGraph, columns: Columns) -> Work:
    import polars

    asked = polars_columns(lowered)
    frame = polars.DataFrame(dict(columns)).lazy()
    return lambda: frame.select(asked).collect()


def query(lowered: TapeGraph, rows: str) -> str:
    """Value and slopes in DuckDB's SQL; `rows` is what they are selected from."""
    lowered = _pruned(lowered, lowered.slopes)
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
    return f"select {whole} from (select *, {', '.join(steps)} from {rows})"


def _duckdb(lowered: TapeGraph, columns: Columns) -> Work:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads to 1")
    given = dict(columns)  # noqa: F841 (the query finds it by its name)
    connection.execute("create table stored as select * from given")
    text = query(lowered, "stored")
    return lambda: connection.execute(text).fetchnumpy()


def _sql(template: str) -> Callable[..., str]:
    return template.format


def _pruned(lowered: TapeGraph, slopes: Mapping[str, int]) -> TapeGraph:
    """Without the conditions under which a row holds, and with these slopes alone."""
    roots = [*slopes.values(), *lowered.graph.variables.values()]
    graph, place = Builder(lowered.graph).pruned(lowered.value, roots)
    slopes = {name: place[node] for name, node in slopes.items()}
    return lowered._replace(graph=graph, value=place[lowered.value], slopes=slopes)


PEERS: Mapping[str, Callable[[TapeGraph, Columns], Work]] = {
    "jax": _jax, "torch": _torch, "polars": _polars, "duckdb": _duckdb,
}  # fmt: skip
