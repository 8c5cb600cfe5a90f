"""The engine on NumPy at few points of everything; the whole table with its tails is in tests/sweeps."""

import math
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest

from gradcli.batch.conditions import Conditional, Conditions
from gradcli.batch.tape.lowering import lower
from gradcli.batch.tape.program import TapeProgram
from gradcli.batch.tape.tape import NumPyTape
from gradcli.graph import Graph
from gradcli.language.parser import parse
from tests.helpers.points import COMPOSED, VANISHING, Case, cases
from tests.helpers.tapes import Calls, answers, rows
from tests.helpers.work import calls_of

CASES = list(enumerate(case for case in cases() if case.points != [()]))


def check(text: str, points: "list[tuple[float, ...]]", kink: str = "branch") -> None:
    """Both engines have the same numbers there."""
    assert not [(row, row.differences()) for row in rows(text, points, kink) if row.differences()]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "case"), CASES, ids=[case.text for _, case in CASES])
def test_rows_have_the_numbers_of_the_passes(number: int, case: Case) -> None:
    """At a few points of a row of the operator table, other ones for each, and at all of a composition."""
    points = case.points if case.text in COMPOSED else case.points[number % 41 :: 41]
    check(case.text, [tuple(point) for point in points])


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("relu(x)*y + abs(x)", [(0.0, 2.0), (1.0, 2.0)]),
        ("max(x, y, 1) - min(x, y)", [(1.0, 1.0), (2.0, 1.0), (1.0, 0.0), (3.0, 3.0)]),
        ("hypot(x, y) + leaky_relu(x, 0.1)", [(0.0, 0.0), (0.0, 1.0), (3.0, 4.0)]),
        ("clip(x, 0, y)", [(0.0, 1.0), (1.0, 1.0), (0.5, 1.0), (0.0, 0.0)]),
        ("where(x > 0, relu(y), elu(x))", [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0)]),
    ],
)
def test_kinks_by_minnorm(text: str, points: "list[tuple[float, ...]]") -> None:
    """Rows on a kink have the subgradient of smallest norm."""
    check(text, points, "minnorm")
    assert answers(NumPyTape(parse(text), parse(text).variables, "minnorm"), parse(text), points) != (
        answers(NumPyTape(parse(text), parse(text).variables), parse(text), points)
    )


@pytest.mark.parametrize(
    ("text", "point", "holds"),
    [
        ("1/(1 + exp(x))", (800.0,), False),  # exp is infinite, and its reciprocal is 0
        ("atan(1/x)", (0.0,), False),
        ("where(x > 1 and log(x) < 1, 1, 0)", (-1.0,), True),
        ("x*0 + 1", (nan,), False),
        ("tanh(x)", (inf,), False),
        ("max(x, 1)", (-inf,), False),
        ("where(x > 0, log(x), x)", (-1.0,), True),
        ("where(x > 0, atan(1/x), x)", (0.0,), True),
        ("where(x > 0, 1, relu(y))", (1.0, inf), True),
        ("where(x > 0, 1, relu(y))", (-1.0, -inf), False),
        ("where(x > 0, 1, relu(1/y))", (1.0, 0.0), True),
        ("where(x > 0, 1, relu(1/y))", (-1.0, 0.0), False),
        ("where(x < 0 or sqrt(x) > 1, 1, 2)", (-1.0,), True),
        ("a = log(x); x^2", (-1.0,), False),  # what nothing reads is computed all the same
        ("acot(x)", (0.0,), False),
        ("x^0", (nan,), False),
    ],
)
def test_rows_without_a_value(text: str, point: tuple[float, ...], holds: bool) -> None:
    """Something that is needed is not finite, though the output may hide it; what is not needed may be."""
    for row in rows(text, [point, point]):
        assert [isnan(x) for x in row.got] == [not holds] * len(row.got)
        assert not row.differences()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", VANISHING)
def test_infinite_slopes_stay_infinite(text: str) -> None:
    """Where what they are multiplied by, or subtracted from, is 0 whatever the variables are: a slope is no number."""
    points = [(2.0,), (-2.0,)]
    for row in (*rows(text, points * 10), *rows(text, points, engine=Calls)):
        assert isnan(row.expected[1])
        assert not row.differences()


def test_rows_depend_on_nothing_but_their_numbers() -> None:
    """Not on their place, on the size of the block or on the rows beside them: bit for bit."""
    text = "sin(x)*exp(y)^0.3 + atan2(x, y)*tanh(x*1e3) + logsumexp(x, y) + where(x > 0, erf(y), cos(1e6*x)) + abs(x)^y"
    graph, random = parse(text), np.random.default_rng(1)
    x, y = random.normal(size=(2, 8211)) * 10 ** random.uniform(-3, 3, size=(2, 8211))
    tape = NumPyTape(graph, graph.variables)

    def table(x: Any, y: Any) -> Any:
        value, gradient = tape({"x": x, "y": y}, len(x))
        return np.array([value, *gradient.values()]).view(np.int64)

    whole = table(x, y)
    order = random.permutation(len(x))
    assert (table(x[order], y[order]) == whole[:, order]).all()
    for start, stop in [(0, 1), (5, 12), (8191, 8193), (11, 8203), (8203, 8211)]:
        assert (table(x[start:stop], y[start:stop]) == whole[:, start:stop]).all()
    assert (table(np.repeat(x, 2)[::2], np.repeat(y, 2)[::2]) == whole).all()


def test_the_same_number_in_all_rows() -> None:
    """A variable may be one number, and all of them; then all rows are the same."""
    graph = parse("w*x + where(w > 1, x, w)/b")
    tape = NumPyTape(graph, {"w": graph.variables["w"]})
    value, gradient = tape({"w": 2.0, "x": [1.0, 3.0], "b": 0.5}, 2)
    assert (list(value), list(gradient), list(gradient["w"])) == ([4.0, 12.0], ["w"], [1.0, 3.0])
    value, gradient = tape({"w": 0.0, "x": 1.0, "b": 0.5}, 3)
    assert (list(value), list(gradient["w"])) == ([0.0] * 3, [3.0] * 3)
    assert isnan(tape({"w": 1.0, "x": 1.0, "b": 0.0}, 1).value[0])


def test_no_negative_zero() -> None:
    """Values and slopes are 0 as those of `eval` are, not −0."""
    graph = parse("x*y")
    value, gradient = NumPyTape(graph, graph.variables)({"x": [-0.0, 0.0], "y": [1.0, -0.0]}, 2)
    assert not np.signbit([value, gradient["x"], gradient["y"]]).any()


def test_long_sums_take_few_buffers() -> None:
    """However many terms they have: blocks stay near the processor."""
    text = " + ".join(f"100*(x{n + 1} - x{n}^2)^2 + (1 - x{n})^2" for n in range(1, 20))
    graph = parse(text)
    program = TapeProgram(lower(graph, graph.variables, "branch"), frozenset(graph.variables))
    assert len(program.numbers) < 10
    check(text, [tuple(0.1 * place * row for place in range(20)) for row in range(9)])


def test_a_sine_beside_its_cosine_is_exact_to_2_ulp() -> None:
    """Near zeros of both too."""
    graph = parse("sin(x)")
    multiples = np.arange(1, 500) * (np.pi / 2)
    x = np.concatenate([multiples, np.nextafter(multiples, 0), np.linspace(-9, 9, 4001), 10.0 ** np.arange(-300, 300)])
    value, gradient = NumPyTape(graph, graph.variables)({"x": x}, len(x))
    assert (np.abs(value) <= 1).all()
    for found, function in ((np.asarray(value), math.sin), (gradient["x"], math.cos)):
        true = np.array([function(number) for number in x.tolist()])
        assert (np.abs(found - true) <= 2 * np.spacing(np.abs(true))).all()


def test_many_arguments_are_linear_work() -> None:
    """Twice the arguments are twice the work."""

    def work(size: int) -> int:
        graph = parse(f"max({', '.join(f'x{number}' for number in range(size))})")
        return calls_of(lambda: Conditional().all_of(conditions(graph).checks()))

    def conditions(graph: Graph) -> Conditions:
        builder = Conditional()
        return Conditions(builder, graph, builder.taken(graph))

    assert work(400) < 2.5 * work(200)
