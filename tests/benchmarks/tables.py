"""The tables of the guide's page `batch` as Markdown, in both languages, from what was measured."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Figures = Mapping[str, Mapping[str, float]]  # by expression and contestant

_FUNCTIONS = {
    "en": {"sum of products": "sum", "branches": "branches", "Rosenbrock of 20": "Rosenbrock"},
    "ja": {"sum of products": "和", "branches": "分岐", "Rosenbrock of 20": "Rosenbrock"},
}
_HEADS = {
    "en": ("ns a row", "s", "times as fast / goal"),
    "ja": ("1 行のナノ秒", "秒", "速さの倍率 / 目標"),
}
_CONTESTANTS = {
    "columns": "`--engine c`", "tape": "`--engine tape`", "exported NumPy, whole arrays": "`export --to numpy`",
    "jax": "JAX", "torch": "PyTorch", "polars": "Polars", "polars, snappy": "Polars, Snappy",
    "polars, zstd": "Polars, Zstandard", "duckdb": "DuckDB",
}  # fmt: skip


class Goal(NamedTuple):
    """How many times as fast as a peer one is to be, for each expression."""

    one: str
    peer: str
    times: Mapping[str, float]


def markdown(rows: Figures, processes: Figures, goals: Sequence[Goal], language: str) -> str:
    """Nanoseconds of a row, seconds of whole processes, and how many times as fast that is beside the goals."""
    a_row, seconds, times = _HEADS[language]
    measured = [(a_row, rows), *([(seconds, processes)] if processes else [])]
    found = [_table(head, list(figures), _figures(figures), language) for head, figures in measured]
    beside = [_beside(goal, rows if goal.times.keys() == rows.keys() else processes, list(rows)) for goal in goals]
    return "\n\n".join([*found, _table(times, list(rows), filter(None, beside), language)])


def _figures(figures: Figures) -> Iterable[Sequence[str]]:
    """A row of cells for each contestant."""
    there = next(iter(figures.values()))
    for contestant in (name for name in _CONTESTANTS if name in there):
        yield _CONTESTANTS[contestant], *(_short(found[contestant]) for found in figures.values())


def _beside(goal: Goal, figures: Figures, names: Sequence[str]) -> Sequence[str]:
    """The cells of one goal, if the peer is there."""
    if not all(goal.peer in figures.get(name, ()) for name in goal.times):
        return ()
    cells = [
        f"{_short(figures[name][goal.peer] / figures[name][goal.one])} / {goal.times[name]:g}"
        if name in goal.times
        else ""
        for name in names
    ]
    one = "c" if goal.one == "columns" else goal.one
    return f"{one} : {_CONTESTANTS[goal.peer]}", *cells


def _table(head: str, names: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> str:
    functions = _FUNCTIONS[language]
    lines = [[head, *(functions.get(name, name) for name in names)], ["---"] * (len(names) + 1), *rows]
    return "\n".join("".join(f"| {cell} " if cell else "| " for cell in line) + "|" for line in lines)


def _short(number: float) -> str:
    """Two digits."""
    return f"{float(f'{number:.2g}'):g}"
