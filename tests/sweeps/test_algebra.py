"""Comparison with SymPy itself, in its own process."""

from collections.abc import Mapping

import pytest
import sympy

from gradcli.compare.comparison import compare
from gradcli.engine.answer import Answer
from gradcli.language.parser import parse
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY, OPERATORS
from tests.helpers.algebra import algebra_forks
from tests.helpers.calls import call
from tests.helpers.examples import mixed
from tests.helpers.samples import POINTS, ordinary

SWELL = [2, 21, 82, 264, 768, 2096, 5472, 13824]  # operations of the logistic map's derivative, as in the manual


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of comparisons load SymPy once."""
    algebra_forks(monkeypatch)


def logistic(count: int) -> str:
    """The logistic map, iterated."""
    steps = [f"l{number} = 4*l{number - 1}*(1 - l{number - 1})" for number in range(2, count + 1)]
    return "; ".join(["l1 = 4*x*(1 - x)", *steps])


@pytest.mark.parametrize("count", range(1, 9))
def test_the_logistic_map(count: int) -> None:
    """The derivative's formula swells; the graph's passes take eight operations for each iteration."""
    found = compare(parse(logistic(count)), {"x": 0.2}, limit=60)
    assert found.agree is True
    assert SWELL[count - 1] == found.algebra["derivative"]
    assert 8 * count == found.passes


@pytest.mark.usefixtures("forked")
def test_both_ways_agree() -> None:
    """Nearly all; the others are tails in which a formula loses digits, or formulas without a number at the point."""
    agree = 0
    for example in list(mixed().values())[:60]:
        found = compare(parse(example.text), example.at, limit=10)
        agree += found.agree is True
        if found.agree is False:
            assert found.numbers == pytest.approx(found.algebra["gradient"], abs=1e-12)
    assert agree >= 55


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("row", OPERATORS.values(), ids=OPERATORS)
def test_every_operator_is_spelled(row: Operator) -> None:
    """At two points on every branch the algebra gives the table's slopes; a function of conditions chooses by them."""
    if row.condition or row is IDENTITY:
        points = [point[: len(row.parameters)] for point in ((-1.0, 1.0), (1.0, 1.0), (2.0, 1.0))]
    else:
        points = ordinary(row)[:: POINTS // 2]
    for point in points:
        names = [f"v{index}" for index in range(len(point))]
        text = spelled(row, names)
        at = {name: float(x) for name, x in zip(names, point, strict=True) if name in parse(text).variables}
        found = compare(parse(text), at, limit=20)
        assert found.agree is True, (text, at, found.algebra, found.numbers)
        for name, formula in found.formulas.items():
            assert value_of(formula, at) == pytest.approx(found.algebra["gradient"][name], rel=1e-9), formula
        assert found.formulas, text


BRANCHES = ["max(x, y)", "relu(a*x)", "clip(x, a, b)", "where(x > 0 and y > 0, x*y, -x)", "abs(x)*max(x, y, z)"]


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("text", [*BRANCHES, "sqrt(x)/y^2", "-x*exp(-x)", "asin(x) - y"])
def test_printed_operations_are_counted(text: str) -> None:
    """Of the formulas as many as their graphs have, with conditions and choices; sharing makes none longer."""
    found = compare(parse(text), limit=60)
    printed = sum(operations(formula) for formula in found.formulas.values())
    assert printed == found.algebra["derivative"]
    assert found.algebra["shared"] <= printed
    assert found.algebra["written_out"] >= found.operations


def test_branches_of_long_formulas_are_counted_as_those_of_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """What SymPy's own count leaves out of them is added."""
    from gradcli.compare import derivation

    x, y = sympy.symbols("v0 v1")
    long = sympy.Piecewise((x + y, x > y), (x * y, x + 1 < y), (x, True))
    symbols = {"x": x, "y": y}
    count, texts = derivation._operations(sympy, symbols, [long])
    assert operations(texts[0]) == count
    monkeypatch.setattr(derivation, "MOST_WRITTEN", 0)
    assert (count, []) == derivation._operations(sympy, symbols, [long])


def operations(formula: str) -> int:
    """Those of a formula's graph."""
    return sum(map(bool, parse(formula).inputs))


def value_of(formula: str, at: Mapping[str, float]) -> float:
    """What a formula of the algebra is at a point."""
    graph = parse(formula)
    return Answer.of(graph, {name: at[name] for name in graph.variables}, []).value


def spelled(row: Operator, names: list[str]) -> str:
    """An expression that uses an operator on these variables."""
    if row is IDENTITY:
        return f"s = {names[0]}; s"
    return f"where({call(row, names)}, v0^2, 3*v0)" if row.condition else call(row, names)


def test_too_little_time() -> None:
    """The process is ended; the function written out was counted before."""
    found = compare(parse(logistic(14)), {"x": 0.2}, limit=10)
    assert "time" == found.failed
    assert 5 * 2**13 - 2 == found.algebra["written_out"]


@pytest.mark.parametrize("text", ["s = a*x; s*s", "s = a*x; t = s + s; u = t*t*s + a; u*t", "s = 2*x; t = sin(s); x"])
def test_named_steps(text: str) -> None:
    """For its derivative a step is a variable: both ways agree."""
    graph = parse(text)
    point = {name: 0.7 + index for index, name in enumerate(graph.variables)}
    assert compare(graph, point, [*graph.variables, *graph.steps], limit=20).agree is True
