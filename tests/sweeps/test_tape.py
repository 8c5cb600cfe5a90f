"""The engines on NumPy and in C over the operator table, with tails, kinks, special points, and on random programs."""

from itertools import islice
from math import inf, isfinite
from random import Random
from typing import Any

import numpy as np
import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.batch.compiled.compiled import Compiled
from gradcli.batch.tape.nodewise import FEWEST
from gradcli.batch.tape.tape import NumPyTape
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from tests import accuracy
from tests.helpers import random_expressions
from tests.helpers.calls import call
from tests.helpers.definitions import attempt
from tests.helpers.points import VANISHING, Case, cases
from tests.helpers.rows import of
from tests.helpers.tapes import Calls, Row, answers, has_the_bits_of_the_passes, rows

POINTS = 600


@of(lambda row: not row.condition and not row.conditions)
def test_rows_are_as_exact_as_the_table_promises(row: Operator) -> None:
    """Each engine against the same 80 digits, at the points of `tests.accuracy`, with its limits."""
    value, *partials = accuracy.truths(row)
    points: dict[object, list[accuracy.Point]] = {}
    for point in islice(accuracy.points(row), POINTS):
        points.setdefault((len(point), point[: len(row.orders)]), []).append(point)
    with mp.workdps(accuracy.DIGITS):
        for some in points.values():
            names = "xyzuv"[: len(some[0])]
            graph = parse(f"({call(row, names)})" if not row.orders else f"{row.word}({some[0][0]!r}, y)")
            numbers = [point[len(row.orders) :] for point in some]
            found = [answers(engine(graph, graph.variables), graph, numbers) for engine in (NumPyTape, Compiled, Calls)]
            for point, *same in zip(some, *found, strict=True):
                exact = [mp.mpf(x) for x in point]
                true = [mp.mpf(value(*exact)), *(attempt(partial, *exact) for partial in partials[: len(point)])]
                for got in same:
                    check_row(row, point, got, true)


def check_row(row: Operator, point: accuracy.Point, found: list[float], true: list[Any]) -> None:
    """A value and its slopes are within the row's limits; beside a value that is not finite no slope is meant."""
    for quantity, got, expected in zip(("value", *("slope",) * 9), found, true, strict=False):
        error = accuracy.ulp_error(got, expected) if isfinite(found[0]) or quantity == "value" else 0.0
        assert error <= accuracy.limit(row, quantity)[0], (row.name, point, quantity, got, expected)


@pytest.mark.parametrize(
    ("engine", "kink"),
    [(NumPyTape, "branch"), (NumPyTape, "minnorm"), (Compiled, "branch")],
    ids=["tape-branch", "tape-minnorm", "c-branch"],
)
@pytest.mark.parametrize("case", [case for case in cases() if case.points != [()]], ids=lambda case: case.text)
def test_rows_have_the_numbers_of_the_passes(case: Case, engine: Any, kink: str) -> None:
    """At every point at which derivatives go wrong, where there is no value too."""
    assert not [row for row in rows(case.text, case.points, kink, engine) if row.differences() and not _is_lost(row)]


@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize("case", [case for case in cases() if case.points != [()]], ids=lambda case: case.text)
def test_passes_over_columns_have_the_bits_of_the_scalar_ones(case: Case, kink: str) -> None:
    """At the same points, so many times that rows go together."""
    points = [point for point in case.points for _ in range(FEWEST if len(case.points) < 2 * FEWEST else 1)]
    assert has_the_bits_of_the_passes(case.text, points, kink)


@pytest.mark.parametrize("text", VANISHING)
def test_infinite_slopes_stay_infinite_in_c(text: str) -> None:
    """Where what they are multiplied by, or subtracted from, is 0 whatever the variables are."""
    assert not [row for row in rows(text, [(2.0,), (-2.0,)] * 10, engine=Compiled) if row.differences()]


@pytest.mark.parametrize("seed", range(20))
def test_random_programs(seed: int) -> None:
    """With poles, cancellation, huge and tiny numbers: the same numbers, unless the passes have lost their digits."""
    random = Random(seed)
    for _ in range(40):
        texts = random_expressions.random_texts(random)
        text = random.choice(random_expressions.HOSTILE).format(texts[0], *texts)
        names = list(parse(text).variables)
        points = [[random.choice((-1, 1)) * 10 ** random.uniform(-6, 6) for _ in names] for _ in range(20)]
        assert not [row for row in rows(text, points) if row.differences(1e-8) and not _is_lost(row)]


def _is_lost(row: Row) -> bool:
    """Whether the passes have lost digits, or add what formulas cancel: terms that are large, or infinite."""
    graph = parse(row.text)
    try:
        here = evaluate(graph, dict(zip(graph.variables, row.point, strict=True)), tuple(graph.variables.values()))
    except Fault:
        return False
    rounding = 1e-12 * max(filter(isfinite, map(abs, here.adjoints)), default=0.0)
    apart = (abs(one - other) if isfinite(one) and isfinite(other) else inf for one, other in row.differences())
    return bool(here.losses) or max(apart, default=inf) < rounding


def test_long_programs_are_compiled_too() -> None:
    """Without the optimizations of which each line takes longer than the one before."""
    graph = parse(" + ".join(f"x{n}*x{n + 1}" for n in range(2000)))
    value, gradient = Compiled(graph, graph.variables)(dict.fromkeys(graph.variables, np.array([1.0, 2.0])), 2)
    assert list(value) == [2000.0, 8000.0]
    assert {tuple(column) for column in gradient.values()} == {(1.0, 2.0), (2.0, 4.0)}


def test_few_places_need_scalar_functions() -> None:
    """Of usual numbers slopes are found in arrays, all of them."""
    graph = parse("x/y + abs(x)^y + atan2(x, y) + tanh(x) + hypot(x, y) + erf(x) + x^3")
    x, y = np.random.default_rng(3).normal(size=(2, 1000))
    value, gradient = NumPyTape(graph, graph.variables)({"x": x, "y": y}, 1000)
    assert np.isfinite([value, *gradient.values()]).all()
