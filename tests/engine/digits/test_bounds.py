"""The bounds of both passes hold, and suspect what has lost digits."""

import json
from array import array
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from gradcli.engine.digits import bounds, exact, sweep
from gradcli.engine.digits.problem import Problem
from gradcli.engine.digits.several import jumps
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.language.parser import parse
from gradcli.operators.table import OPERATORS
from tests.helpers.random_expressions import Example, examples, hostile

CASES = json.loads((Path(__file__).parents[2] / "data" / "lost.json").read_text(encoding="utf-8"))


def _here(text: str, at: dict[str, float]) -> Evaluation:
    graph = parse(text)
    return evaluate(graph, at, tuple(graph.variables.values()), total=True)


def test_bounds_of_large_graphs_are_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same numbers."""
    here = _here("s = sin(x*y)/y; max(s, x) + exp(s - x)*relu(y)", {"x": 0.3, "y": 2.0})
    few = bounds.bounds(here)
    monkeypatch.setattr(sweep, "MANY", 0)
    many = bounds.bounds(here)
    assert isinstance(many.values, array)
    assert (list(many.values), list(many.adjoints)) == (few.values, few.adjoints)


def _exceeded(example: Example) -> list[str]:
    """Where a number is farther from the exact one than its bound, in spite of no branch that may turn.

    A large bound says no more than that it is large: the slope of a sine is looked at beside the point, not in between.
    """
    here = _here(example.text, dict(example.at))
    found = bounds.bounds(here)
    exactly = exact.settled(Problem.at(here))
    if found.turns or exactly is None or exactly.is_undecided:
        return []
    numbers = [("value", here.value, found.values[here.graph.output], exactly.values[here.graph.output])]
    numbers += [
        (here.graph.names[node], here.adjoints[node], found.adjoints[node], exactly.adjoints[node])
        for node in here.targets
    ]
    return [
        name
        for name, number, bound, ball in numbers
        if ball is not None
        and bound <= 1e-3 * abs(number)
        and abs(Decimal(number) - ball.middle) > Decimal(bound) * Decimal("1.001") + ball.radius
    ]


def check_bounds(tried: Iterable[Example]) -> None:
    """In none is a number farther from the exact one."""
    assert not [example for example in tried if _exceeded(example)]


def test_bounds_hold() -> None:
    """On ordinary and on hostile expressions, on more of them in tests/sweeps."""
    check_bounds((*examples(30), *hostile(30)))


def test_every_number_that_doubles_lose_is_suspected() -> None:
    """And ordinary numbers are not."""
    for case in CASES:
        here = _here(case["expression"], case["at"])
        suspects = bounds.suspects(here)
        numbers = {None: (here.value, case["value"])} | {
            node: (here.adjoints[node], case["gradient"][name]) for name, node in here.graph.variables.items()
        }
        for key, (number, true) in numbers.items():
            assert abs(number - true) <= 1e-9 * abs(true) or key in suspects, case
    for text in ("a*x + b*y", "relu(a*x) - abs(b)", "exp(-x^2/2)*sin(a)", "logsumexp(a, b, x)", "max(a, b)/(1 + x^2)"):
        assert not bounds.suspects(_here(text, {"a": 2.0, "x": 0.75, "b": -1.25, "y": 0.5})), text


def test_a_branch_that_may_turn_makes_all_suspect() -> None:
    """A comparison, a jump and a tie whose sides lie within the errors of their arguments."""
    for text in ("where(x/3*3 < 0.1 + 0.2, x, y)", "floor(x/0.1)*y", "max(exp(log(x)), x)*y", "ceil(1e-320 + 2)*x*y"):
        here = _here(text, {"x": 0.3, "y": 2.0})
        assert bounds.suspects(here) == {None, *here.targets}, text


def test_large_graphs_are_suspected_of_coarse_errors_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound of a harmless sum of a great many terms is beyond what counts elsewhere."""
    monkeypatch.setattr(bounds, "MOST", 20_000)
    long = "x" + " + x*y" * (bounds.MOST // 2)
    assert not bounds.suspects(_here(long, {"x": 0.3, "y": 0.7}))
    assert bounds.suspects(_here(f"(1e10*x + y - 1e10*x)*({long})", {"x": 0.3, "y": 1e-3}))


@pytest.mark.parametrize("name", ["floor", "ceil"])
def test_jumps_within_less_than_half_a_unit(name: str) -> None:
    """An error too small to make another double still reaches the step at the number."""
    row = OPERATORS[name]
    assert jumps(row, [3.0], [1e-30], 3.0, 0.0)
    assert not jumps(row, [3.5], [1e-30], row.forward(3.5), 0.0)
