"""Both passes over columns, a node at a time, beside the scalar passes; the whole table is in tests/sweeps."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest

from gradcli.batch.compiled.compiled import Compiled
from gradcli.batch.scalar import Scalar
from gradcli.batch.tape.nodewise import FEWEST, Nodewise
from gradcli.batch.tape.tape import NumPyTape
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers.points import VANISHING
from tests.helpers.tapes import has_the_bits_of_the_passes
from tests.helpers.work import calls_of

SPREAD = [-3.0, -1.0, -0.5, -0.0, 0.0, 1e-200, 0.5, 1.0, 2.0, 3.0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize(
    "text",
    [
        *VANISHING[::7],
        "relu(x)*sqrt(0*y) + relu(y)",  # a gradient of 0 stops where x < 0, and else is 0 times infinity
        "where(x > 0 and log(x) < y, sqrt(x - x), cbrt(0*y)*abs(x)^y) + max(x, y, 1)",
        "w = where(x > 0, x, -x); where(w > 1, where(y > 0, asin(1 + 0*y), acos(0*x - 1)), log(w)*y)",
        "clip(x, -1, y)*hypot(x, y) + logsumexp(x, y)/mod(x, 0.3) + 1e308*x*10*y",
        "x*0 + relu(0*y)^0.5 + atan(1/x)",
        "log2(abs(x))*sqrt(0*x) + acot(y)",
        "asin(sign(x)) + sqrt(floor(y))",  # what is flat everywhere stops a gradient that is infinite
        "2 + 3",
    ],
)
def test_rows_have_the_bits_of_the_passes(text: str, kink: str) -> None:
    """Where a slope is 0 times infinity, gradients stop, nothing is defined, and rows take other branches."""
    points = [(x, y) for x, y in product(SPREAD, SPREAD) for _ in range(2)]
    assert has_the_bits_of_the_passes(text, points, kink)


def test_few_rows_of_a_kind() -> None:
    """None at all, and some that go one by one."""
    graph = parse("where(x > 0, sqrt(0*x), x)")
    value, gradient = Nodewise(graph, graph.variables)({"x": []}, 0)
    assert (len(value), len(gradient["x"])) == (0, 0)
    assert has_the_bits_of_the_passes(graph.text, [(-1.0,)] * FEWEST + [(1.0,)])


def _refused(*_: Any) -> None:
    raise AssertionError("rows go one by one")


@pytest.mark.parametrize("engine", [NumPyTape, Compiled])
def test_no_row_goes_by_itself(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each has a slope of 0 times infinity, whichever branch it takes."""
    monkeypatch.setattr(Scalar, "__call__", _refused)
    graph = parse("where(x > 0, sqrt(0*x), cbrt(x - x)) + x")
    try:
        made = engine(graph, graph.variables)
    except GradcliError:  # without a compiler
        return
    value, gradient = made({"x": np.linspace(-1, 1, 4001)}, 4001)
    assert np.isfinite(value).all()
    assert np.isnan(gradient["x"]).all()


def test_many_kinds_of_rows_are_the_work_of_so_many_rows() -> None:
    """Twice the choices, each of which parts one row more from the others, are four times the work."""

    def work(size: int) -> int:
        graph = parse(" + ".join(f"where(x > {number}, x, 2)" for number in range(size)))
        columns: dict[str, Sequence[float]] = {"x": [float(x) for x in range(size)] + [-1.0] * FEWEST}
        engine = Nodewise(graph, graph.variables)
        return calls_of(lambda: engine(columns, size + FEWEST))

    assert work(60) < 5 * work(30)
