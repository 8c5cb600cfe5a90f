"""The trace without a point: formulas, products of the chain rule, and no number but that of ∂y/∂y."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

import gradcli
from gradcli.engine.doubles import rules
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.table import CALLS
from gradcli.trace.passes import WithoutPoint
from gradcli.trace.rows import Row
from gradcli.trace.tracing import Trace
from tests.helpers.programs import programs
from tests.helpers.running import run

FORMS = ("table", "markdown", "latex", "csv", "html", "json")


def branches(text: str) -> list[str]:
    """What the last node may take."""
    row = [row for row in gradcli.passes(text).forward() if row.kind == "node"][-1]
    return [choice.text("en") for choice in row.choices]


def test_the_forward_pass_has_the_formulas() -> None:
    """And a constant its value."""
    rows = list(gradcli.passes("y = 2*a + pi").forward())
    assert ["s = 2*a", "y = s + pi"] == [row.expression for row in rows if row.kind == "node"]
    table = run("eval", "y = 2*a + pi", "--trace", "--format", "markdown").out.partition("**Backward")[0]
    assert [
        "| Start point | - | a |", "| Mul node  s = 2*a | 2, a | s = 2*a |",
        "| Add node  y = s + pi | s, pi | y = s + pi |", "| End point | y | - |",
    ] == table.splitlines()[4:8]  # fmt: skip


def test_contributions_add_without_numbers() -> None:
    """Where a node is used more than once."""
    out = run("eval", "x*x", "--trace", "--format", "markdown").out
    assert "| Start point x | ∂y/∂y·∂y/∂x + ∂y/∂y·∂y/∂x (=∂y/∂x) | - |" in out
    assert "| ∂y/∂y·∂y/∂x (part of ∂y/∂x)<br>∂y/∂y·∂y/∂x (part of ∂y/∂x) |" in out


@pytest.mark.parametrize(
    ("expected", "text"),
    [(["x >= 0: open", "x < 0: closed"], "relu(x)"), (["x >= 0: takes x", "x < 0: takes -x"], "abs(x)"),
     (["x >= a: takes x", "x < a: takes a"], "max(x, a)"), (["x <= 2: takes x", "x > 2: takes 2"], "min(x, 2)"),
     (["y = a: takes a", "y = b: takes b", "y = 3: takes 3"], "max(a, b, 3)"),
     (["x >= a: takes x", "x < a: takes a"], "max(x, x, a)"), (["takes x"], "min(x, x)"),
     (["1 >= x: takes 1", "1 < x: takes x"], "max(1, x, 1)"),
     (["a > 0 and b > 0 is true: takes x", "a > 0 and b > 0 is false: takes 1"], "where(a > 0 and b > 0, x, 1)"),
     (["x > 1 or a > 1: takes 1", "x < a: takes a", "otherwise: takes x"], "clip(x, a, 1)"),
     (["x >= 0: takes x", "x < 0: takes expm1(x)"], "elu(x)"), ([], "a*x"), ([], "detach(x)")],
)  # fmt: skip
def test_all_branches_are_listed(expected: list[str], text: str) -> None:
    """Each with its condition."""
    assert expected == branches(text)


@pytest.mark.parametrize("operator", [row for row in CALLS if len(row.branches) == 2], ids=lambda row: row.name)
def test_the_first_of_two_branches_has_the_kink(operator: Any) -> None:
    """So that the second one's condition, which its row does not have, is strict."""
    (kink,) = operator.kinks
    point = [float(kink.other) if name == kink.one else 2.0 for name in operator.parameters]
    assert rules.taken(operator, point) == 0
    beside = [x + (1.0 if kink.above == 1 else -1.0) * (name == kink.one) for x, name in
              zip(point, operator.parameters, strict=True)]  # fmt: skip
    assert rules.taken(operator, beside) == 1


def test_both_ways_of_a_choice_are_gone_back() -> None:
    """At a point one of them."""
    trace = gradcli.passes("where(x > 0, 2*a, b)")
    assert {"a", "b", "x"} <= {row.name for row in trace.backward()}
    assert "not reached" in str(trace)
    assert list(trace.edges(trace.graph.output)) == [1, 2]


@given(programs())
def test_the_rows_are_those_of_the_graph(text: str) -> None:
    """Every node has its row, what goes out comes in, and there is no number."""
    graph = parse(text)
    trace = Trace(WithoutPoint(graph, graph.variables.values()), "full")
    forward, backward = list(trace.forward()), list(trace.backward())
    assert [row.name for row in forward if row.kind == "node"] == [
        trace.names[node] for node, inputs in enumerate(graph.inputs) if inputs
    ]
    assert all(row.gradient is None and row.taken and not row.mark for row in (*forward, *backward))
    assert sent(backward) == arrived(backward)


def sent(rows: list[Row]) -> list[str]:
    """All products that leave nodes."""
    return sorted(repr((row.name, x.end, x.chain)) for row in rows if row.kind != "end" for x in row.outputs)


def arrived(rows: list[Row]) -> list[str]:
    """All products that come to nodes, but the first."""
    return sorted(repr((x.end, row.name, x.chain)) for row in rows for x in row.inputs if not x.is_first)


@pytest.mark.parametrize("form", FORMS)
def test_standard_output_is_the_tables(form: str) -> None:
    """In every form; what adds numbers is said beside them, but in JSON among the notes."""
    outcome = run("eval", "y = a*x + b*z", "--trace", "--wrt", "a", "--format", form)
    command = f'gradcli eval "y = a*x + b*z" --trace --wrt a --format {form} --at a=1,x=2,b=3,z=4'
    said = f"note: without --at the tables have no numbers; with numbers: {command}\n"
    notes = f"note: no gradient is required for: x, b, z, t\n{said}"
    assert (0, "" if form == "json" else notes) == (outcome.code, outcome.err)
    assert "--at" not in outcome.out or form == "json"
    assert run("eval", "y = a*x + b*z", "--trace", "--wrt", "a", "--format", form, "--quiet").err == ""
    assert run("eval", "y = a*x + b*z", "--trace", "--wrt", "a", "--format", form, "--strict").code == 0


def test_json_has_no_numbers() -> None:
    """Keys that would have one are left out."""
    out = run("eval", "relu(a*x) + detach(b)", "--trace", "--json").out
    found = json.loads(out)
    assert ["expression", "output", "notes", "trace"] == list(found)
    assert not re.search(r'"(value|gradient|upstream|local|at)"|null|:-?\d', out)
    relu = next(row for row in found["trace"]["forward"] if row["operator"] == "relu")
    assert ["s >= 0: open", "s < 0: closed"] == relu["branches"]
    assert ["no-gradient", "no-point"] == [note["code"] for note in found["notes"]]


def test_csv_has_the_columns_without_numbers() -> None:
    """And a line for each name."""
    lines = run("eval", "a*x", "--trace", "--format", "csv").out.splitlines()
    assert lines[0] == "pass,node,operator,expression,side,name,chain,equals"
    assert lines[-1] == "backward,x,variable,,input,y,∂y/∂y·∂y/∂x,∂y/∂x"
    assert {7} == {line.count(",") for line in lines}


def test_names_in_japanese_html_are_italic() -> None:
    """Before `(=` too."""
    out = run("eval", "a*x", "--trace", "--lang", "ja", "--format", "html").out
    assert "∂<i>y</i>/∂<i>a</i></span>(=" in out


def test_some_values_are_not_none() -> None:
    """Those that are missing are asked for; so are all with digits, and without a trace."""
    for options in (["--trace", "--at", "a=1"], ["--trace", "--digits", "5"], []):
        outcome = run("eval", "a*x", *options)
        assert (2, "") == (outcome.code, outcome.out)
        assert outcome.err.startswith("gradcli: no value for ")


def test_without_a_variable_there_are_numbers() -> None:
    """As there is nothing to give a value to."""
    assert "y = 2 × 3 = 6" in run("eval", "2*3", "--trace").out


def test_the_library() -> None:
    """The same tables, printed and in a notebook."""
    trace = gradcli.passes("y = a*x + b*z", wrt=["a"])
    assert f"{trace}\n" == run("eval", "y = a*x + b*z", "--trace", "--wrt", "a").out
    assert "<th" in trace._repr_html_()
    assert not trace.has_numbers
    assert "│ ∂y/∂s·∂s/∂a (=∂y/∂a) │" in str(gradcli.passes(parse("y = a*x + b*z"), "a", chain="short"))
    for arguments in (("a*x", "b"), ("a*", None), (3, None)):
        with pytest.raises(GradcliError):
            gradcli.passes(*arguments)  # type: ignore[arg-type]
    with pytest.raises(GradcliError):
        gradcli.passes("a*x", chain="long")


@pytest.mark.parametrize(
    ("node", "way", "text"),
    [
        ("∂y/∂b = 0 where b > 0", "1·where(b > 0, 0, y·log(0)) =", "0^b"), ("∂y/∂b = y·log(2)", "1·y·log(2) =", "2^b"),
        ("∂y/∂b = 1/0", "1·1/0 =", "log(b, 1)"),
    ],
)  # fmt: skip
def test_numbers_leave_a_formula_a_value(node: str, way: str, text: str) -> None:
    """A form of the derivative that has one somewhere is chosen, and no case is said that has none."""
    out = run("eval", text, "--explain", "--format", "markdown").out
    assert f"node: {node}" in out
    assert way in out
