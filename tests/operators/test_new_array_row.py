"""An operation on whole arrays is a row, its shape and its numbers: rows are added while the tests run.

Traces, formulas, code, pictures and the list of functions have what goes back through it from the row alone.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcli.api import gradient
from gradcli.arrays import scalars, shapes
from gradcli.arrays.elements import Elements
from gradcli.export.arrays import numpy as for_numpy
from gradcli.export.export import export
from gradcli.graph import Builder
from gradcli.operators.arrays import ARRAY_FUNCTIONS, ArrayOperator, Backward, array_row
from gradcli.operators.table import ADD, MUL
from gradcli.words.en.operators import TEXTS
from tests.helpers.array_formulas import differences, over_arrays
from tests.helpers.running import run

SQUARES = array_row("qsquares", "x", "qsquares(x)", {"x": [3.0, 4.0]}, Backward(("2 * G * x",)))
SUMS = array_row(
    "qsums",
    "x y",
    "sum(qsums(x, y))",
    {"x": [1.0, 2.0], "y": [3.0, 4.0]},
    Backward(("sum(G, axis=1)", "sum(G, axis=0)")),
)
X, Y, G = [1.0, -2.0], [0.5, 3.0, 1.0], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def squares(builder: Builder, _: Any, arrays: list[Elements]) -> Elements:
    """The sum of the squares of all elements."""
    return [scalars._sum(builder, [builder.append(MUL, (x, x)) for x in arrays[0]])]


def sums(builder: Builder, _: Any, arrays: list[Elements]) -> Elements:
    """All sums of two."""
    return [builder.append(ADD, (x, y)) for x in arrays[0] for y in arrays[1]]


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table with both rows; besides, NumPy spells them."""
    given: list[tuple[ArrayOperator, Callable[..., Any], Callable[..., Any], str]] = [
        (SQUARES, squares, lambda _: (), "np.sum({0} ** 2)"),
        (SUMS, sums, lambda both: both[0] + both[1], "np.add.outer"),
    ]
    for row, numbers, shape, spelled in given:
        monkeypatch.setitem(ARRAY_FUNCTIONS, row.name, row)
        monkeypatch.setitem(shapes._RESULTS, row.name, shape)
        monkeypatch.setitem(scalars.FUNCTIONS, row.name, numbers)
        monkeypatch.setitem(scalars.SIZES, row.name, lambda _: 10)
        monkeypatch.setitem(for_numpy.LANGUAGE.calls, row.name, spelled)
        monkeypatch.setitem(TEXTS, f"array-function.{row.name}", "a row of this test")


CASES = [
    ("s = qsquares(x); 3*s", {"x": X}, {"x": [6.0, -12.0]}, ["∂y/∂y·∂y/∂s", "2·∂y/∂s·x"], {"x": "6*x"}),
    (
        "s = qsums(x, y); sum(s * G)",
        {"x": X, "y": Y, "G": G},
        {"x": [6.0, 15.0], "y": [5.0, 7.0, 9.0]},
        ["sum(∂z/∂s, axis=1)", "sum(∂z/∂s, axis=0)"],
        {"x": "sum(G, axis=1)", "y": "sum(G, axis=0)"},
    ),
]


@pytest.mark.parametrize(("text", "at", "slopes", "traced", "formulas"), CASES, ids=["number", "matrix"])
def test_what_goes_back(
    text: str, at: dict[str, Any], slopes: dict[str, Any], traced: list[str], formulas: dict[str, str]
) -> None:
    """In values, trace, formulas and code."""
    result = gradient(text, at, list(slopes))
    assert result.gradient == slopes
    chains = re.findall(r'"chain":"([^"]+)"', run("eval", text, "--at", typed(at), "--trace", "--json").out)
    assert set(traced) <= set(chains)
    found = over_arrays(text, {name: np.shape(value) for name, value in at.items()})
    assert {name: found.text((name,)).rpartition("; ")[2] for name in formulas} == formulas
    assert not differences(text, at)
    scope: dict[str, Any] = {}
    exec(export(result.graph, "numpy", list(slopes)), scope)
    value, gradients = scope["value_and_gradient"](*at.values())
    assert (value, {name: slope.tolist() for name, slope in gradients.items()}) == (result.value, slopes)
    for name, formula in formulas.items():
        claim = run("check", text, "--at", typed(at), "--claim", f"{name} = {formula}", "--quiet")
        assert (claim.code, claim.err) == (0, "")
    assert run("draw", text, "--at", typed(at)).code == 0


def typed(at: dict[str, Any]) -> str:
    """A point as it is typed."""
    return ",".join(f"{name}={value}" for name, value in at.items())


def test_the_list_of_functions_has_them() -> None:
    """With their examples."""
    out = run("functions", "qsquares", "qsums").out
    assert "Function: qsquares(x)\n" in out
    assert "Value and gradient: out = 25, ∂out/∂x = [6, 8]" in out
    assert "x: sum(G, axis=1), y: sum(G, axis=0)" in out
