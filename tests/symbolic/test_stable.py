"""The table's rules for machines: as right as the rows' own slope functions, and silent where nothing comes in."""

import math
from collections.abc import Iterable, Iterator
from itertools import product
from random import Random

import pytest

from gradcli.engine.doubles import rules
from gradcli.language.format import format_graph
from gradcli.language.parser import parse, parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import OPERATORS
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.rows import of

SIZES = (
    0.0, 1e-300, 1e-200, 1e-100, 1e-20, 1e-9, 1e-5, 0.05, 0.19, 0.2, 0.21, 0.5, 0.75, 1 - 1e-10, 1.0, 1 + 1e-10, 1.28,
    2.0, 2.5, 3.0, 7.0, 19.0, 20.0, 26.0, 29.0, 30.0, 31.0, 37.5, 39.0, 41.0, 100.0, 700.0, 745.0, 800.0, 1000.0,
    1e10, 1e100, 1e154, 1e200, 1e300,
)  # fmt: skip
SPECIAL = (*SIZES, *(-x for x in SIZES if x))
DENSE = [number / 37 + 0.00123 for number in range(-1500, 1501)]
SMALL = (-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)

# Where the rule for machines is not as good: a sum of exponentials has slopes with the absolute error of its result,
# and the last bit of an exponent above 2^53 decides over the sign of a power.
LARGEST = {"logsumexp": 1000.0, "pow": 2.0**53}


def points(row: Operator, count: int = 700) -> Iterator[tuple[float, ...]]:
    """Special points in all combinations, and dense ones, with all the results that are finite."""
    if not row.variadic and len(row.parameters) == 1:
        yield from ((x,) for x in (*SPECIAL, *DENSE))
        return
    random = Random(row.name)
    yield from product(SPECIAL, repeat=2)
    yield from (tuple(random.choice(DENSE) for _ in range(2)) for _ in range(count))


def value(row: Operator, point: tuple[float, ...]) -> float:
    """The value, or NaN where there is none."""
    try:
        return float(row.forward(*point))
    except rules.ARITHMETIC_ERRORS:
        return math.nan


def machine_slopes(row: Operator, point: tuple[float, ...], out: float) -> list[float]:
    """The local derivatives by the rules for machines, in IEEE 754 arithmetic."""
    if row.variadic:
        return rules.formula_slopes(row)(point, out)
    texts = [partial.for_machines for partial in row.partials]
    return [rules.expression(text, (*row.parameters, "out"), True)(*point, out) for text in texts]


@pytest.mark.sampled(3)
@of(lambda row: any(partial.slope for partial in row.partials))
def test_the_rules_for_machines_know_what_the_slope_functions_know(row: Operator) -> None:
    """At some random points; at more in tests/sweeps."""
    check_rules(row, points(row))


def check_rules(row: Operator, points: Iterable[tuple[float, ...]]) -> None:
    """To 1e-12 wherever the slope is a normal number, in tails, at 0 and beside it, and where squares overflow."""
    compared = 0
    for point in points:
        out = value(row, point)
        if not math.isfinite(out) or max(map(abs, point)) > LARGEST.get(row.name, math.inf):
            continue
        found = machine_slopes(row, point, out)
        for index, slope in enumerate(found):
            if row.variadic:
                true = rules.slopes(row, (index,))(list(point), out)[index]
            else:
                true = rules.slopes(row, (index,), True)(*point, out)
            if math.isfinite(true):
                assert math.isclose(true, slope, rel_tol=1e-12, abs_tol=1e-300), (point, index)
                compared += 1
    assert compared > 100


@of(lambda row: row.partials)
def test_the_table_says_where_slopes_are_infinite(row: Operator) -> None:
    """A slope beside a finite value is finite at whole and half numbers, or the table says so; and not for nothing."""
    seen = set()
    size = max(2, row.least) if row.variadic else len(row.parameters)
    choices = [(True, False) if index in row.conditions else SMALL for index in range(size)]
    for point in product(*choices):
        out = value(row, point)
        if not math.isfinite(out):
            continue
        for index in range(size):
            if index in row.conditions or row.variadic:
                continue
            slope = rules.slopes(row, (index,), True)(*point, out)
            steep = row.partials[index].steep
            is_steep = bool(steep) and rules.expression(steep, row.parameters)(*point)
            assert is_steep or math.isfinite(slope), (point, index)
            if not math.isfinite(slope):
                seen.add(index)
    assert row.name == "mod" or {index for index, partial in enumerate(row.partials) if partial.steep} == seen


def test_the_rules_name_what_they_may() -> None:
    """The row's parameters, and out where the result is known."""
    for row in OPERATORS.values():
        for partial in row.partials:
            for text in (partial.stable, partial.textbook, partial.elsewhere):
                assert not text or {*parse_rule(text).variables} <= {*row.parameters, "out"}
            assert not partial.steep or {*parse_rule(partial.steep).variables} <= {*row.parameters}
            assert not partial.at_zero or {*parse_rule(partial.at_zero).variables} == {"n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2", {"x": "2*x"}),
        ("2^x", {"x": "2^x*log(2)"}),
        ("e^x", {"x": "e^x"}),
        ("x^y", {"x": "where(y == 0, 0, y*x^(y - 1))", "y": "where(x == 0 and y > 0, 0, x^y*log(x))"}),
        ("sqrt(x)", {"x": "1/(2*sqrt(x))"}),
        ("x*sqrt(x)", {"x": "sqrt(x) + where(x == 0, 0, x/(2*sqrt(x)))"}),
        ("a*x^3", {"a": "x^3", "x": "3*(x^2*a)"}),
        ("relu(sqrt(x))", {"x": "where(sqrt(x) >= 0, 1/(2*sqrt(x)), 0)"}),
        ("tanh(x)", {"x": "4*(sigmoid(2*x)*sigmoid(-2*x))"}),
    ],
)
def test_derivatives_for_machines(text: str, expected: dict[str, str]) -> None:
    """Constant exponents decide the conditions; where nothing comes in, an infinite slope passes nothing on."""
    derivatives = derive(parse(text), stable=True)
    assert expected == {
        key: format_graph(program(derivatives.graph, root)) for (key,), root in derivatives.roots.items()
    }
