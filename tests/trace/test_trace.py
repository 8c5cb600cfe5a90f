"""The trace, rule by rule: names, rows, chain-rule products and their numbers."""

import io
import json
import math
import re
from fractions import Fraction
from typing import Any, ClassVar
from weakref import WeakSet

import pytest
from hypothesis import example, given

from gradcli.api import Result, gradient
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.report.cells import Line
from gradcli.report.forms import table as tables
from gradcli.report.notation import ARTICLE, UNICODE, Notation, notation_in
from gradcli.report.views.trace import row_cells
from gradcli.text import Characters
from gradcli.trace.rows import Row
from gradcli.trace.tracing import Trace
from tests.helpers.programs import POINT, evaluated, programs
from tests.helpers.reports import print_result
from tests.helpers.running import run
from tests.helpers.work import peak_of

AXBY = ("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5})


def lines(row: Row, notation: Notation) -> list[list[Line]]:
    """The lines of the three cells of a row."""
    return [cell.lines(notation) for cell in row_cells(row)]


def cells(row: Row, language: str = "en") -> tuple[str, ...]:
    """The three cells of a row as a wide table shows them."""
    notation = ARTICLE if language == "ja" else UNICODE
    return tuple("<br>".join(line.joined for line in cell) for cell in lines(row, notation))


def table(result: Result, pass_: str, chain: str = "auto", language: str = "en") -> list[tuple[str, ...]]:
    """All rows of a pass."""
    trace = result.trace(chain)
    rows = trace.forward() if pass_ == "forward" else trace.backward()
    return [cells(row, language) for row in rows]


# The worked example of the article


def test_the_articles_table() -> None:
    """Four rows with the article's words and products, followed by the numbers."""
    result = gradient("y = a*x + b*z", {"a": 2, "x": 3, "b": 4, "z": 5}, ["a"])
    assert [
        ("終点 y", "-", "∂y/∂y(=1)"),
        ("加算ノード  y = s + t", "∂y/∂y(=1)", "∂y/∂y·∂y/∂s(=∂y/∂s) = 1 × 1 = 1"),
        ("乗算ノード  s = a*x", "∂y/∂y·∂y/∂s(=∂y/∂s) = 1", "∂y/∂y·∂y/∂s·∂s/∂a(=∂y/∂a) = 1 × 3 = 3"),
        ("始点 a", "∂y/∂y·∂y/∂s·∂s/∂a(=∂y/∂a) = 3", "-"),
    ] == table(result, "backward", language="ja")


def test_the_forward_table() -> None:
    """The same table for the forward pass."""
    assert [
        ("Start point", "-", "a = 2, x = 3, b = 4, y = 5"),
        ("Mul node  s = a*x", "a = 2, x = 3", "s = 2 × 3 = 6"),
        ("Mul node  t = b*y", "b = 4, y = 5", "t = 4 × 5 = 20"),
        ("Add node  z = s + t", "s = 6, t = 20", "z = 6 + 20 = 26"),
        ("End point", "z = 26", "-"),
    ] == table(gradient(*AXBY), "forward")


def test_the_backward_table() -> None:
    """One row for each stop of the gradient's way."""
    assert [
        ("End point z", "-", "∂z/∂z (=1)"),
        ("Add node  z = s + t", "∂z/∂z (=1)",
         "∂z/∂z·∂z/∂s (=∂z/∂s) = 1 × 1 = 1<br>∂z/∂z·∂z/∂t (=∂z/∂t) = 1 × 1 = 1"),
        ("Mul node  t = b*y", "∂z/∂z·∂z/∂t (=∂z/∂t) = 1",
         "∂z/∂z·∂z/∂t·∂t/∂b (=∂z/∂b) = 1 × 5 = 5<br>∂z/∂z·∂z/∂t·∂t/∂y (=∂z/∂y) = 1 × 4 = 4"),
        ("Mul node  s = a*x", "∂z/∂z·∂z/∂s (=∂z/∂s) = 1",
         "∂z/∂z·∂z/∂s·∂s/∂a (=∂z/∂a) = 1 × 3 = 3<br>∂z/∂z·∂z/∂s·∂s/∂x (=∂z/∂x) = 1 × 2 = 2"),
        ("Start point a", "∂z/∂z·∂z/∂s·∂s/∂a (=∂z/∂a) = 3", "-"),
        ("Start point x", "∂z/∂z·∂z/∂s·∂s/∂x (=∂z/∂x) = 2", "-"),
        ("Start point b", "∂z/∂z·∂z/∂t·∂t/∂b (=∂z/∂b) = 5", "-"),
        ("Start point y", "∂z/∂z·∂z/∂t·∂t/∂y (=∂z/∂y) = 4", "-"),
    ] == table(gradient(*AXBY), "backward")  # fmt: skip


EIGHTY = """\
╭───────────────┬────────────────────────────┬────────────────────────────╮
│ Node          │ Input                      │ Output                     │
├───────────────┼────────────────────────────┼────────────────────────────┤
│ End point z   │ -                          │ ∂z/∂z (=1)                 │
├───────────────┼────────────────────────────┼────────────────────────────┤
│ Add node      │ ∂z/∂z (=1)                 │ ∂z/∂z·∂z/∂s (=∂z/∂s)       │
│ z = s + t     │                            │   = 1 × 1 = 1              │
│               │                            │ ∂z/∂z·∂z/∂t (=∂z/∂t)       │
│               │                            │   = 1 × 1 = 1              │
├───────────────┼────────────────────────────┼────────────────────────────┤
│ Mul node      │ ∂z/∂z·∂z/∂t (=∂z/∂t)       │ ∂z/∂z·∂z/∂t·∂t/∂b (=∂z/∂b) │
│ t = b*y       │   = 1                      │   = 1 × 5 = 5              │
│               │                            │ ∂z/∂z·∂z/∂t·∂t/∂y (=∂z/∂y) │
│               │                            │   = 1 × 4 = 4              │
├───────────────┼────────────────────────────┼────────────────────────────┤
│ Mul node      │ ∂z/∂z·∂z/∂s (=∂z/∂s)       │ ∂z/∂z·∂z/∂s·∂s/∂a (=∂z/∂a) │
│ s = a*x       │   = 1                      │   = 1 × 3 = 3              │
│               │                            │ ∂z/∂z·∂z/∂s·∂s/∂x (=∂z/∂x) │
│               │                            │   = 1 × 2 = 2              │
├───────────────┼────────────────────────────┼────────────────────────────┤
│ Start point a │ ∂z/∂z·∂z/∂s·∂s/∂a (=∂z/∂a) │ -                          │
│               │   = 3                      │                            │
"""


def test_eighty_columns() -> None:
    """The numbers of a cell go to a second line below the chain."""
    text = run("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--trace", columns=80).out
    assert text.partition("Backward pass\n")[2].startswith(EIGHTY)


# Names


@pytest.mark.parametrize(
    ("expected", "text"),
    [("s = a*x; t = b*y; z = s + t", "a*x + b*y"), ("s = a*x; y = relu(s)", "relu(a*x)"),
     ("h = a*x; y = h*2", "h = a*x; h*2"), ("s = x^2; y = 3*s", "3*x^2"), ("s = -x; y = s^2", "(-x)^2"),
     ("s = x + 1; t = s; y = t*s", "s = x + 1; t = s; t*s")],
)  # fmt: skip
def test_definitions(expected: str, text: str) -> None:
    """Each node is defined by the names of its inputs; a constant is written as its value, and has no row."""
    rows = gradient(text, dict.fromkeys(parse(text).variables, 2)).trace().forward()
    assert expected == "; ".join(row.expression for row in rows if row.kind == "node")


# Rule 1


def test_a_product_that_is_zero_has_no_sign() -> None:
    """-1 times 0 is written as 0."""
    trace = gradient("-(a*x)", {"a": 0, "x": 3}).trace()
    assert ["0.0"] == [repr(product.value) for row in trace.backward() for product in row.outputs if product.end == "x"]


@given(programs(), POINT)
@example("s0 = sigmoid(polygamma(2, x))", {"x": 0.139})
def test_every_line_multiplies_and_adds_out(text: str, at: dict[str, float]) -> None:
    """Incoming gradient × local derivative = outgoing gradient, and what arrives at a node adds up to its gradient."""
    result = evaluated(parse(text), at)
    if result is None or not all(map(math.isfinite, result.evaluation.adjoints)):
        return
    names = {}
    for row in result.trace().backward():
        for product in row.outputs:
            if product.local is not None and product.upstream:
                assert product.upstream * product.local == product.value
            assert product.upstream in (None, row.gradient)
        total = 0.0
        for product in row.inputs:
            total += product.value
        assert row.kind == "end" or total == row.gradient
        names[row.name] = row.gradient
    # What rounding or underflow took from the doubles, the result has; the rows have the doubles.
    doubles = {note.facts.get("name"): note.facts["computed"] for note in result.notes if "computed" in note.facts}
    assert {name: names[name] for name in result.graph.variables if name in names} == {
        name: doubles.get(name, slope) for name, slope in result.gradient.items() if name in names
    }


@given(programs(), POINT)
def test_what_goes_out_comes_in(text: str, at: dict[str, float]) -> None:
    """Every product that leaves a node arrives once, with the same chain and numbers."""
    result = evaluated(parse(text), at)
    if result is None:
        return
    sent: list[str] = []
    arrived: list[str] = []
    for row in result.trace("full").backward():
        if row.kind != "end":
            sent += [repr((row.name, product.end, product.chain, product.value)) for product in row.outputs]
        arrived += [repr((product.end, row.name, product.chain, product.value)) for product in row.inputs]
    start = repr((result.output, result.output, ((result.output, result.output),), 1.0))
    assert sorted(sent) == sorted(arrival for arrival in arrived if arrival != start)


# Rule 2


def test_contributions_add_in_the_input_cell() -> None:
    """In the order in which they arrive; below such a node the chain starts anew with its sum."""
    rows = table(gradient("s = 2*x; u = s*3; v = s*4; u + v", {"x": 1}), "backward")
    by_name = {row[0].rpartition("  ")[2]: row for row in rows}
    assert by_name["s = 2*x"][1] == "∂y/∂y·∂y/∂v·∂v/∂s + ∂y/∂y·∂y/∂u·∂u/∂s (=∂y/∂s) = 4 + 3 = 7"
    assert by_name["s = 2*x"][2] == "∂y/∂s·∂s/∂x (=∂y/∂x) = 7 × 2 = 14"
    assert by_name["u = s*3"][2] == "∂y/∂y·∂y/∂u·∂u/∂s (part of ∂y/∂s) = 1 × 3 = 3"


def test_a_square_is_two_contributions() -> None:
    """x*x sends x two products."""
    rows = table(gradient("x*x", {"x": 3}), "backward")
    assert rows[1][2] == "∂y/∂y·∂y/∂x (part of ∂y/∂x) = 1 × 3 = 3<br>∂y/∂y·∂y/∂x (part of ∂y/∂x) = 1 × 3 = 3"
    assert rows[2][1] == "∂y/∂y·∂y/∂x + ∂y/∂y·∂y/∂x (=∂y/∂x) = 3 + 3 = 6"


def test_negative_terms_stand_in_parentheses() -> None:
    """The first one does not need them."""
    rows = table(gradient("(x - 2)*(-x)", {"x": 1}), "backward")
    assert rows[-1][1].endswith("(=∂y/∂x) = 1 + (-1) = 0")


# Rule 3


def test_chains() -> None:
    """Full from the output on, short from node to node, auto up to four factors and short beyond."""
    text, at = "sin(cos(tan(exp(x))))", {"x": 0.1}

    def chains(chain: str) -> list[str]:
        found = [
            product.as_dict("to")["chain"]
            for row in gradient(text, at).trace(chain).backward()
            for product in row.outputs
        ]
        return found[1:]

    full = ["∂y/∂y·∂y/∂u", "∂y/∂y·∂y/∂u·∂u/∂t", "∂y/∂y·∂y/∂u·∂u/∂t·∂t/∂s", "∂y/∂y·∂y/∂u·∂u/∂t·∂t/∂s·∂s/∂x"]
    assert full == chains("full")
    assert ["∂y/∂y·∂y/∂u", "∂y/∂u·∂u/∂t", "∂y/∂t·∂t/∂s", "∂y/∂s·∂s/∂x"] == chains("short")
    assert [*full[:3], "∂y/∂s·∂s/∂x"] == chains("auto")


# Rule 4


@pytest.mark.parametrize(
    ("expected", "text", "x"),
    [("y = 1 / 3 ≈ 0.333333", "x/3", 1), ("y = 1 / 4 = 0.25", "x/4", 1), ("y = 0.5^2 = 0.25", "x^2", 0.5),
     ("y ≈ 1.23457e8 + 1 ≈ 1.23457e8", "x + 1", 123456789), ("y = -1 × (-1) = 1", "x*x", -1),
     ("y = 5 - (-3) = 8", "5 - x", -3), ("y = (-2)^2 = 4", "x^2", -2), ("y = 1e-9 + 0 = 1e-9", "x + 0", 1e-9),
     ("y = sqrt(2) ≈ 1.41421", "sqrt(x)", 2), ("y ≈ -3.14159", "-x", math.pi), ("y = max(2, 1) = 2", "max(x, 1)", 2),
     ("y = 0.1 + 0.2 ≈ 0.3", "x + 0.2", 0.1), ("y = 1e16 + 1 ≈ 1e16", "x + 1", 1e16),
     ("y = cos(1e-9) ≈ 1", "cos(x)", 1e-9), ("y = sqrt(4) = 2", "sqrt(x)", 4), ("y = exp(0) = 1", "exp(x)", 0),
     ("y = tanh(400) ≈ 1", "tanh(x)", 400), ("y = log10(0.001) = -3", "log10(x)", 0.001),
     ("y = 1e-200 × 1e-200 ≈ 1e-400", "x*1e-200", 1e-200), ("y = 1e-200 × 0 = 0", "x*0", 1e-200),
     ("y = 1e-200^2 ≈ 1e-400", "x^2", 1e-200), ("y = exp(-1000) ≈ 5.07596e-435", "exp(x)", -1000),
     ("y = 1e-200 / 1e200 ≈ 1e-400", "x/1e200", 1e-200), ("y = sin(0) = 0", "sin(x)", 0)],
)  # fmt: skip
def test_six_significant_digits(expected: str, text: str, x: float) -> None:
    """`=` where the line is exact as it is printed, `≈` where anything in it is rounded; negative numbers in
    parentheses; a result that is too small for a double is what it is.
    """
    assert expected == table(gradient(text, {"x": x}), "forward")[1][2]


def test_a_line_with_rounded_factors_is_rounded() -> None:
    """Though its result is a whole number."""
    result = gradient("(x/3)*3", {"x": 1})
    assert "y ≈ 0.333333 × 3 ≈ 1" == table(result, "forward")[2][2]
    assert "∂y/∂y·∂y/∂s·∂s/∂x (=∂y/∂x) ≈ 3 × 0.333333 ≈ 1" == table(result, "backward")[2][2]
    (*_, start) = table(gradient("x/3 + 2*x/3", {"x": 1}), "backward")
    assert start[1].endswith("≈ 0.666667 + 0.333333 ≈ 1")
    (*_, start) = table(gradient("1e-200*(1e-200*x) + x*1e16 + x", {"x": 1}), "backward")
    assert start[1].endswith("≈ 1 + 1e16 + 1e-400 ≈ 1e16")


def test_digits_are_marked_in_the_pass_that_loses_them() -> None:
    """An operation loses them forward, a slope backward."""
    for text, pass_ in (("x^2", "forward"), ("atan(1/x)", "backward")):
        rows = gradient(text, {"x": 1e-200}).trace().rows()
        assert {(row.pass_, row.mark) for row in rows if row.mark} == {(pass_, "lost")}


@given(programs(), POINT)
def test_printed_lines_can_be_checked_by_hand(text: str, at: dict[str, float]) -> None:
    """With the printed numbers: exact where all signs are `=`, else to what six digits allow."""
    result = evaluated(parse(text), at)
    if result is None:
        return
    for row in result.trace().backward():
        for line in lines(row, UNICODE)[2]:
            match = PRODUCT.fullmatch(line.tail)
            if match is None or "inf" in line.tail or "nan" in line.tail:
                continue
            first, x, y, second, product = match.groups()
            multiplied = Fraction(x) * Fraction(y.strip("()"))
            if first == second == "=":
                assert multiplied == Fraction(product)
            assert abs(multiplied - Fraction(product)) <= abs(multiplied) * Fraction("2e-5") + Fraction("1e-300")


PRODUCT = re.compile(r"([=≈]) (\S+) × (\S+) ([=≈]) (\S+)")


# Rule 5


@pytest.mark.parametrize(
    ("expected", "text", "x"),
    [("ReLU node  y = relu(x), x > 0: open", "relu(x)", 2), ("ReLU node  y = relu(x), x < 0: closed", "relu(x)", -2),
     ("ReLU node  y = relu(x), x = 0: open (kink)", "relu(x)", 0),
     ("where node  y = where(s, x, 2), x > 0 is true: takes x", "where(x > 0, x, 2)", 2),
     ("where node  y = where(s, x, 2), x > 0 is false: takes 2", "where(x > 0, x, 2)", -2),
     ("max node  y = max(x, 1), takes x", "max(x, 1)", 2), ("min node  y = min(x, 1), takes 1", "min(x, 1)", 2),
     ("max node  y = max(x, 1), takes x (tie)", "max(x, 1)", 1), ("abs node  y = abs(x), x < 0: takes -x",
     "abs(x)", -2),
     ("clip node  y = clip(x, 0, 1), x > 1: takes 1", "clip(x, 0, 1)", 2),
     ("floor node  y = floor(x) (jump)", "floor(x)", 2)],
)  # fmt: skip
def test_branches(expected: str, text: str, x: float) -> None:
    """A node at a branch says which one it took; at a kink, a tie or a jump its row is marked."""
    rows = [cells(row)[0] for row in gradient(text, {"x": x}).trace().forward()]
    assert expected in rows
    assert expected in [cells(row)[0] for row in gradient(text, {"x": x}).trace().backward()]


@pytest.mark.parametrize(
    ("expected", "text", "x"),
    [("ReLUノード  y = relu(x), x > 0: 通す", "relu(x)", 2),
     ("ReLUノード  y = relu(x), x < 0: 通さない", "relu(x)", -2),
     ("whereノード  y = where(s, x, 2), x > 0 は真: x をとる", "where(x > 0, x, 2)", 2),
     ("べき乗ノード  y = x^2", "x^2", 2),
     ("減算ノード  y = x - 1", "x - 1", 2), ("除算ノード  y = x/2", "x/2", 2), ("符号反転ノード  y = -x", "-x", 2),
     ("expノード  y = exp(x)", "exp(x)", 2)],
)  # fmt: skip
def test_japanese_words(expected: str, text: str, x: float) -> None:
    """The article's words."""
    assert expected == cells(list(gradient(text, {"x": x}).trace().backward())[1], "ja")[0]


def test_what_was_not_taken_is_listed() -> None:
    """Without numbers, and without a backward row."""
    result = gradient("where(x > 0, x, log(-x) + 1/0)", {"x": 2})
    rows = table(result, "forward")
    assert [row for row in rows if "not taken" in row[2]] == [
        ("Neg node  t = -x", "-", "not taken"),
        ("log node  u = log(t)", "-", "not taken"),
        ("Div node  v = 1/0", "-", "not taken"),
        ("Add node  w = u + v", "-", "not taken"),
    ]
    assert not any("log" in row[0] for row in table(result, "backward"))
    facts = [row.as_dict() for row in result.trace().forward()]
    assert [fact["node"] for fact in facts if fact.get("taken") is False] == ["t", "u", "v", "w"]


def test_a_note_stands_below_the_table() -> None:
    """And on standard error."""
    outcome = run("eval", "relu(x)", "--at", "x=0", "--trace")
    note = "note: relu at column 1 is at its kink (x = 0): used 1, the branch x >= 0; "
    note += "the slope is 0 from the left and 1 from the right (see --kink)\n"
    assert note in outcome.out
    assert note in outcome.err


# Rule 6


def test_nodes_that_need_no_gradient() -> None:
    """They have a forward row and no backward row; a line below the table names them."""
    outcome = run("eval", "y = a*x + b*z", "--at", "a=2,x=3,b=4,z=5", "--wrt", "a", "--trace")
    assert "\nno gradient is required for: x, b, z, t\n" in outcome.out
    result = gradient("y = a*x + b*z", {"a": 2, "x": 3, "b": 4, "z": 5}, ["a"])
    assert ["x", "b", "z", "t"] == result.trace().without_gradient()
    assert ["s", "t", "y"] == [row.name for row in result.trace().forward() if row.kind == "node"]
    assert ["y", "y", "s", "a"] == [row.name for row in result.trace().backward()]


def test_nothing_is_asked_for() -> None:
    """There is no backward pass without a variable; a step asked for is a target."""
    assert list(gradient("2*3", {}).trace().backward()) == []
    result = gradient("s = a*x; s*2", {"a": 2, "x": 3}, ["s"])
    assert ["y", "y", "s"] == [row.name for row in result.trace().backward()]


# Rule 7


def test_the_order_of_rows() -> None:
    """Forward in the order of evaluation, backward in the order of the pass, start points by first appearance."""
    result = gradient("t = b*y; s = a*x; s + t", AXBY[1])
    assert ["", "t", "s", "z", "z"] == [row.name for row in result.trace().forward()]
    assert ["z", "z", "s", "t", "b", "y", "a", "x"] == [row.name for row in result.trace().backward()]


# Rule 8


def test_json_has_the_same_rows() -> None:
    """Each row an object with the keys of trace.md."""
    facts = json.loads(run("eval", AXBY[0], "--at", "a=2,x=3,b=4,y=5", "--json", "--trace").out)["trace"]
    assert ["forward", "backward"] == list(facts)
    assert facts["backward"][2] == {
        "node": "t", "operator": "mul", "expression": "t = b*y", "gradient": 1.0,
        "inputs": [{"from": "z", "chain": "∂z/∂z·∂z/∂t", "equals": "∂z/∂t",
        "upstream": 1.0, "local": 1.0, "value": 1.0}],
        "outputs": [
            {"to": "b", "chain": "∂z/∂z·∂z/∂t·∂t/∂b", "equals": "∂z/∂b", "upstream": 1.0, "local": 5.0, "value": 5.0},
            {"to": "y", "chain": "∂z/∂z·∂z/∂t·∂t/∂y", "equals": "∂z/∂y", "upstream": 1.0, "local": 4.0, "value": 4.0},
        ],
    }  # fmt: skip
    assert facts["forward"][1] == {
        "node": "s", "operator": "mul", "expression": "s = a*x",
        "inputs": [{"name": "a", "value": 2.0}, {"name": "x", "value": 3.0}], "outputs": [{"name": "s", "value": 6.0}],
    }  # fmt: skip


def test_json_has_all_digits() -> None:
    """Where the table has six."""
    facts = json.loads(run("eval", "x/3", "--at", "x=1", "--json", "--trace").out)
    assert facts["trace"]["forward"][1]["outputs"][0]["value"] == 1 / 3
    assert facts["trace"]["backward"][1]["outputs"][0]["local"] == 1 / 3


def test_latex_writes_fractions() -> None:
    """Each derivative is a fraction of two partials."""
    text = run("eval", AXBY[0], "--at", "a=2,x=3,b=4,y=5", "--trace", "--format", "latex").out
    assert r"$\frac{\partial z}{\partial z} \cdot \frac{\partial z}{\partial s}" in text


def test_ascii_notation() -> None:
    """No sign outside ASCII."""
    row = list(gradient("x/3", {"x": 1}).trace().backward())[1]
    notation = notation_in(Characters.of("ascii"), "en")
    text = " ".join(line.joined for cell in lines(row, notation) for line in cell)
    assert text == "Div node  y = x/3 dy/dy (=1) dy/dy*dy/dx (=dy/dx) ~ 1 * 0.333333 ~ 0.333333"


def test_unknown_chain() -> None:
    """There are three."""
    with pytest.raises(GradcliError, match="unknown form of the chain 'x'; there are 'auto', 'full', 'short'"):
        gradient("x", {"x": 1}).trace("x")


# Rule 10


class Sink(io.TextIOBase):
    """A stream that only counts."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.size = 0

    def write(self, text: str) -> int:
        """Count."""
        self.size += len(text)
        return len(text)


def writes_in_passing(form: str, few: int, many: int) -> bool:
    """Whether twice the rows need hardly more memory than half of them: far less than if they were kept."""

    def print_all(result: Result, trace: Trace) -> None:
        sink = Sink()
        print_result(result, trace, form, sink)
        assert sink.size > 50 * len(result.graph)

    results = [gradient("x" + " + 1" * size, {"x": 1}) for size in (few, many)]
    small, large = ((result, result.trace()) for result in results)
    print_all(*large)
    kept = peak_of(lambda: list(large[1].rows())) - peak_of(lambda: list(small[1].rows()))
    return peak_of(lambda: print_all(*large)) - peak_of(lambda: print_all(*small)) < kept / 5


def test_a_trace_streams_out() -> None:
    """Rows are written when they are made, and forgotten; other forms are in tests/sweeps.

    Python keeps the first 2,000 tuples of each length for later use: some 100 bytes a row until then.
    """
    assert writes_in_passing("markdown", 60, 120)


def test_a_table_streams_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich, which has caches of its own, never holds more than some rows; they are as wide in all of its tables."""
    monkeypatch.setattr(tables, "MOST_ROWS", 20)
    monkeypatch.setattr(tables, "MANY_ROWS", 40)
    monkeypatch.setattr(tables, "Folded", Cell)
    stream, notes = Cells(), list[Note]()
    result = gradient("x" + " + 1" * 48, {"x": 1})
    print_result(result, result.trace(), "table", stream, note=notes.append)
    assert 3 * 20 >= stream.most > 0
    assert ["the table has 50 rows; --format markdown writes them faster"] == [note.message for note in notes]
    forward = stream.getvalue().partition("Backward pass")[0].splitlines()[1:-1]
    assert {len(forward[0])} == set(map(len, forward))
    assert (3, 1) == (sum(line.startswith("╭") for line in forward), sum("Node " in line for line in forward))


class Cell(tables.Folded):
    """A cell that is known as long as it exists."""

    known: ClassVar[WeakSet["Cell"]] = WeakSet()

    def __init__(self, *arguments: Any, **choices: Any) -> None:
        super().__init__(*arguments, **choices)
        self.known.add(self)


class Cells(io.StringIO):
    """A stream that counts the cells that exist whenever something is written."""

    most = 0

    def write(self, text: str) -> int:
        """Count."""
        self.most = max(self.most, len(Cell.known))
        return super().write(text)
