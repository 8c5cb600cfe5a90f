"""Comparison with SymPy itself, in its own process. Needs sympy; run with `pytest tests/slow/test_algebra.py`."""

import pytest

from gradcli.compare import compare
from gradcli.parser import parse
from tests.random_expressions import Example
from tests.symbolic.test_derive import ALL

SWELL = [2, 21, 82, 264, 768, 2096, 5472, 13824]  # operations of the logistic map's derivative, as in README


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


@pytest.mark.parametrize("example", list(ALL.values())[:60], ids=list(ALL)[:60])
def test_both_ways_agree(example: Example) -> None:
    """Or the algebra has no number (a formula that divides 0 by 0 at the point, too little time)."""
    assert compare(parse(example.text), example.at, limit=20).agree in (True, None)


def test_too_little_time() -> None:
    """The process is ended; the function written out was counted before."""
    found = compare(parse(logistic(14)), {"x": 0.2}, limit=2)
    assert "time" == found.failed
    assert 5 * 2**13 - 2 == found.algebra["written_out"]


@pytest.mark.parametrize("text", ["s = a*x; s*s", "s = a*x; t = s + s; u = t*t*s + a; u*t", "s = 2*x; t = sin(s); x"])
def test_named_steps(text: str) -> None:
    """For its derivative a step is a variable: both ways agree."""
    graph = parse(text)
    point = {name: 0.7 + index for index, name in enumerate(graph.variables)}
    assert compare(graph, point, [*graph.variables, *graph.steps], limit=20).agree is True
