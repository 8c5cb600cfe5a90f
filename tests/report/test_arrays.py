"""Tables of arrays: one row each, with matrices that a terminal has room for."""

import csv
import io
from typing import Any

import pytest
from rich.cells import cell_len

from gradcli.api import gradient
from gradcli.report.variables import rows_of
from tests.helpers.running import run

AT = {"X": [[1.0, 2.0, 4.0], [3.0, 4.0, -5.0]], "w": [0.1, 0.2, 1 / 3], "k": 2.0}
MEAN = "s = exp(X) @ w; k*mean(s)"


def printed(columns: int, *options: str, text: str = MEAN, at: dict[str, Any] = AT) -> str:
    """What eval prints into a terminal of so many columns, or a pipe (0)."""
    return run(
        "eval", text, "--at", ",".join(f"{name}={value}" for name, value in at.items()), *options, columns=columns
    ).out


@pytest.mark.parametrize(
    ("columns", "gradient"),
    [(0, "22.8038"), (99, "22.8038"), (75, "22.80"), (60, "22.8038"), (30, "22.80"), (29, "22.80")],
)
def test_numbers_have_fewer_digits_where_there_is_less_room(columns: int, gradient: str) -> None:
    """Then each row is a block of its own, which has more room; no line is wider than the terminal, none broken."""
    out = printed(columns)
    assert f"≈ [ {gradient}  " in out
    assert ("╭" in out) == (columns not in range(1, 70))
    assert not columns or max(map(cell_len, out.splitlines())) <= columns


@pytest.mark.parametrize(
    ("wrt", "rows"),
    [
        (None, [("X", True), ("w", True), ("k", True)]),
        (["w", "k"], [("X", False), ("w", True), ("k", True)]),
        (["w[2]", "w[1]", "w[0]"], [("X", False), ("w", True), ("k", False)]),
        (["w[1]"], [("X", False), ("w", False), ("w[1]", True), ("k", False)]),
        (["s", "X"], [("X", True), ("w", False), ("k", False), ("s", True)]),
        (["s[1]"], [("X", False), ("w", False), ("k", False), ("s[1]", True)]),
    ],
)
def test_which_rows_there_are(wrt: list[str] | None, rows: list[tuple[str, bool]]) -> None:
    """One for each array, and for elements of others that were asked for; JSON has the same names."""
    result = gradient(MEAN, AT, wrt)
    found = list(rows_of(result.graph, {*result.point, *result.slopes}, result.slopes))
    assert [(row.name, row.is_required) for row in found] == rows
    assert list(result.gradient) == list(result.as_dict()["gradient"]) == [name for name, required in rows if required]


def test_large_arrays_are_cut_and_csv_has_all() -> None:
    """People are told the first and last elements, programs every digit of each, and what is said of any of them."""
    at = {"x": [float(n) for n in range(9)]}
    out = printed(80, text="sum(relu(x))", at=at)
    assert "[ 0  1  2  …  7  8 ]" in out
    [row, last] = csv.DictReader(io.StringIO(printed(0, "--format", "csv", text="sum(relu(x))", at=at)))
    assert row == {
        "variable": "x",
        "value": "[0.0,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0]",
        "gradient": "[1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0]",
        "status": "kink one-sided",
    }
    assert last["value"] == "36.0"


def test_of_large_arrays_less_is_shown_in_a_narrow_terminal() -> None:
    """The first and the last element, where three and two have no room."""
    at = {"x": [n + 1 / 3 for n in range(9)]}
    assert "≈ [ 0.333  1.333  2.333  …  7.333  8.333 ]\n" in printed(50, text="sum(x)", at=at)
    assert "≈ [ 0.33  …  8.33 ]\n" in printed(40, text="sum(x)", at=at)


def test_what_is_rounded_for_want_of_room_is_said_to_be() -> None:
    """Behind the name of a variable, whose numbers all stand there where there is room."""
    at = {"X": [[1.254, 2.125, 3, 4, 5], [1, 2, 3, 4, 5]]}
    assert "X (2×5) =\n    ⎡ 1.254  2.125  3.000  4.000  5.000 ⎤\n" in printed(50, "--trace", text="sum(X)", at=at)
    assert "X (2×5) ≈\n    ⎡ 1.25  …  5.00 ⎤\n" in printed(34, "--trace", text="sum(X)", at=at)


def test_a_long_formula_is_broken_and_its_numbers_are_not() -> None:
    """They stand below it, between brackets."""
    at = {"a": [5, 3, -2], "t": [0, 1, 0]}
    out = printed(40, "--trace", "--wrt", "a", text="y = softmax(a); L = -sum(t * log(y))", at=at)
    assert "  Output:\n    y ⊙ (∂L/∂y - sum(y ⊙ ∂L/∂y))\n    (=∂L/∂a)\n    ≈ [ 0.8801  -0.8809  0.0008 ]\n" in out, out
    assert "[0" not in out


def test_numbers_that_are_not_finite_have_their_words() -> None:
    """In a matrix they are written as they are, in CSV they are null as in JSON."""
    out = printed(0, "--allow-nonfinite", text="sum(log(x))", at={"x": [0.0, 1.0]})
    assert "[ inf  1 ]" in out
    assert "[null,1.0]" in printed(0, "--allow-nonfinite", "--format", "csv", text="sum(log(x))", at={"x": [0.0, 1.0]})


def test_many_arrays_that_require_no_gradient_are_left_out() -> None:
    """Counted as one each."""
    names = [f"v{place}" for place in range(12)]
    text = "sum(x) + " + " + ".join(f"sum({name})" for name in names)
    out = printed(80, "--wrt", "x", text=text, at={"x": [1.0, 2.0]} | {name: [1.0, 2.0] for name in names})
    assert "12 others" in out
    assert "v3" not in out


def test_uncertain_elements() -> None:
    """Each with its part, nothing for exact ones."""
    out = run("eval", "dot(x, y)", "--at", "x=[3±0.3,4±0.4], y=[1,2±0.25]").out
    assert "[ 0.3  0.4 ]" in out
    assert "[ -  0.25 ]" in out


def test_settled_numbers_share_a_matrix() -> None:
    """Digits and fractions as they were asked for, and bounds where there are none."""
    at = "x=[1/3,0.5]"
    assert "[ 1/3  1/2 ]" in run("eval", "sum(x^2)", "--at", at, "--fractions").out
    assert "[ 0.66667  1 ]" in run("eval", "sum(x^2)", "--at", at, "--digits", "5").out
    out = run("eval", "sum(x)*(exp(1) - exp(y))", "--at", "x=[1,2],y=1", "--digits", "5", "--wrt", "x").out
    assert "|gradient| < " in out


def test_every_array_of_a_start_point_stands_behind_its_heading() -> None:
    """Be its matrix below its name or beside it."""
    out = printed(30, "--trace", text="sum(W @ x) + c", at={"W": [[1, 2], [3, 4]], "x": [1, 2], "c": 3})
    block = out[out.index("Start point") : out.index("MatMul node")].splitlines()
    assert [line for line in block if "Output" in line] == [
        "  Output: W (2×2) =",
        "  Output: x (2) = [ 1  2 ]",
        "  Output: c = 3",
    ]


def test_ways_of_arrays_are_said_to_go_by_elements() -> None:
    """Above their lines; a trace of numbers says nothing of it."""
    said = "Chain rule, variable by variable\nThe ways of arrays are those of their elements, one by one.\n"
    assert said in printed(0, "--trace", "--paths", text="sum(x)", at={"x": [1, 2]})
    assert "elements" not in printed(0, "--trace", "--paths", text="x*y", at={"x": 1, "y": 2})
