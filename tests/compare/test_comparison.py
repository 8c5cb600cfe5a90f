"""Algebra beside the graph. What SymPy itself finds is in tests/sweeps/test_algebra.py."""

import json
import subprocess
from typing import Any

import pytest

from gradcli.compare import algebra
from gradcli.compare import comparison as package
from gradcli.compare.comparison import compare
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.records import Operator, Partial
from gradcli.operators.table import FUNCTIONS
from tests.helpers.algebra import FOUND, algebra_finds, algebra_forks
from tests.helpers.running import run


def test_operations_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a*x + b: two of the function; backward one product for each of four edges, and no sum."""
    algebra_finds(monkeypatch)
    found = compare(parse("a*x + b"))
    assert (2, 6) == (found.operations, found.passes)


def test_a_fork_costs_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """x*x: one product forward; backward two products and a sum."""
    algebra_finds(monkeypatch)
    assert 4 == compare(parse("x*x")).passes


@pytest.mark.parametrize(("number", "code", "agree"), [(3.0, 0, True), (3.1, 1, False), (None, 0, None)])
def test_whether_the_results_agree(
    number: float | None, code: int, agree: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1 if they do not."""
    algebra_finds(monkeypatch, gradient={"a": number})
    outcome = run("compare", "a*x", "--at", "a=2,x=3", "--wrt", "a", "--json")
    found = json.loads(outcome.out)
    assert (code, agree) == (outcome.code, found["agree"])
    assert {"a": number} == found["algebra"]
    assert {"a": 3.0} == found["graph"]


def test_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas, passes, work with what is counted, and results, in Markdown."""
    algebra_finds(monkeypatch, gradient={"a": 3.0, "x": 2.0}, derivative=0, formulas={"a": "x", "x": "a"})
    outcome = run("compare", "a*x", "--at", "a=2,x=3", "--no-seconds", "--format", "markdown")
    expected = """\
**By algebra: a formula for each derivative**

| Derivative | Expression | Value |
|---|---|---:|
| ∂y/∂a | x | 3 |
| ∂y/∂x | a | 2 |

**By the graph: both passes, step by step**

| Pass | Step | Operations |
|---|---|---:|
| Forward pass | y = a*x = 6 | 1 |
| Backward pass | ∂y/∂a = ∂y/∂y·x = 3 | 1 |
| Backward pass | ∂y/∂x = ∂y/∂y·a = 2 | 1 |

**The work**

| Work | Operations |
|---|---:|
| function | 1 |
| function, written out | 3 |
| algebra: derivative as derived | 0 |
| algebra: common subexpressions taken out | 5 |
| graph: forward and backward pass | 3 |

Operators and functions applied are counted; names and numbers cost nothing.

The algebra's rows are its formulas alone, the graph's row is all of its work.

The formulas are short here: 0 operations, 3 of the graph.

Where functions are put into each other, formulas swell; the graph does not.

| Variable | Algebra | Graph | Agree |
|---|---:|---:|---|
| a | 3 | 3 | yes |
| x | 2 | 2 | yes |
"""
    assert (0, expected, "") == outcome


def test_what_is_long_is_shown_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """In JSON too; of a stopped algebra the passes remain."""
    algebra_finds(monkeypatch, derivative=41, formulas={"x": "x"})
    assert "The formulas have 41 operations, both passes of the graph 2." in run("compare", "-x").out
    assert "--show prints them" in run("compare", "-x").out
    assert "By algebra" not in run("compare", "-x").out
    assert "passes" not in json.loads(run("compare", "-x", "--json").out)
    assert "By algebra" in run("compare", "-x", "--show").out
    assert {"x": "x"} == json.loads(run("compare", "-x", "--show", "--json").out)["formulas"]
    monkeypatch.setattr(package, "derive_by_algebra", lambda *_: {"failed": "time"})
    found = run("compare", "-x").out
    assert "By algebra" not in found
    assert "∂y/∂x = ∂y/∂y·(-1)" in found


def test_the_steps_are_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other: they add up, and backward each ends at the gradient."""
    algebra_finds(monkeypatch)
    for text in ("x*x", "x*sigmoid(x) + max(x, y, 2)", "where(x > 0, x^2, -x)*y", "log(2*x) - cbrt(x)*y"):
        found = compare(parse(text), {"x": 0.5, "y": 2.0} if "y" in text else {"x": 0.5})
        steps = found.steps()
        assert found.passes == sum(step.operations for step in steps)
        assert found.numbers == pytest.approx(
            {name: [step.value for step in steps if step.sender and step.node == name][-1] for name in found.names}
        )


def test_relu_in_two_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula with its branches, and a node that lets through or not; in the article's words."""
    algebra_finds(monkeypatch, gradient={"x": 0.0}, formulas={"x": "where(x >= 0, 1, 0)"}, derivative=2)
    outcome = run("compare", "relu(x)", "--at", "x=-3", "--no-seconds", "--lang", "ja")
    assert "∂y/∂x = where(x >= 0, 1, 0) = 0" in outcome.out
    assert "順伝搬 │ y = relu(x) = 0 " in outcome.out
    assert "逆伝搬 │ ∂y/∂x = ∂y/∂y·where(x >= 0, 1, 0) = 0 " in outcome.out


def test_steps_that_are_conditions_have_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named in the steps that read them, whether these compute, decide or pass back."""
    algebra_finds(monkeypatch)
    outcome = run("compare", "where(x > 0 and not y < 1, x, x*y)", "--show", "--format", "latex")
    assert (outcome.code, outcome.err) == (0, "")
    assert r"$v = s \wedge u$" in outcome.out
    assert outcome.out.count(r"\mbox{if } v") == 3


def test_csv_has_both_parts_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The results are not left out."""
    algebra_finds(monkeypatch, gradient={"a": 3.0})
    outcome = run("compare", "a*x", "--at", "a=2,x=3", "--wrt", "a", "--no-seconds", "--format", "csv")
    lines = outcome.out.splitlines()
    assert ["way,operations,variable,algebra,graph,agree", "function,1,,,,"] == lines[:2]
    assert ",,a,3,3,yes" == lines[-1]
    assert {5} == {line.count(",") for line in lines}


@pytest.mark.parametrize(
    ("reason", "language", "words"),
    [
        ("time", "en", "| a | stopped | 3 | - |"),
        ("time", "ja", "| a | 打ち切り | 3 | - |"),
        ("memory", "en", "| a | failed | 3 | - |"),
    ],
)
def test_numbers_that_a_stopped_algebra_lacks(
    reason: str, language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not called infinite."""
    monkeypatch.setattr(package, "derive_by_algebra", lambda *_: {"failed": reason})
    arguments = ("--at", "a=2,x=3", "--format", "markdown", "--lang", language)
    assert words in run("compare", "a*x", *arguments).out


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("time", "the algebra was stopped after 10 s"),
        ("depth", "nested too deeply for SymPy"),
        ("memory", "out of memory"),
    ],
)
def test_an_algebra_that_fails(reason: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is said to have failed, and why; the graph's numbers stand all the same."""
    monkeypatch.setattr(package, "derive_by_algebra", lambda *_: {"failed": reason})
    outcome = run("compare", "a*x", "--at", "a=2,x=3")
    assert 0 == outcome.code
    assert words in outcome.out
    assert reason == json.loads(run("compare", "a*x", "--json").out)["failed"]


def test_without_sympy(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message that says what to install."""
    monkeypatch.setattr(algebra, "find_spec", lambda _: None)
    with pytest.raises(GradcliError) as caught:
        compare(parse("a*x"))
    assert "gradcli compare needs SymPy: pip install 'gradcli[algebra]'" == caught.value.message


def test_the_algebra_is_really_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does not come back is ended when its time is over."""
    monkeypatch.setattr(algebra, "find_spec", lambda _: object())
    monkeypatch.setattr(algebra, "_START", "import time; time.sleep(60)")
    assert {"failed": "time", "seconds": {}} == compare(parse("a*x"), limit=0.1).algebra


def test_what_was_done_in_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts and formulas that came before the end stand there; a line that is not whole is not read."""
    formulas = b'{"formulas": {"a": "where((a*x) >= (0), x, 0)", "x": "a"}}'
    lines = b'{"written_out": 7}\n{"derivative": 9, "seconds": {"derive": 0.5}}\n' + formulas + b'\n{"gradient'

    def stopped(command: list[str], *, timeout: float, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, timeout, lines)

    monkeypatch.setattr(algebra, "find_spec", lambda _: object())
    monkeypatch.setattr(subprocess, "run", stopped)
    outcome = run("compare", "a*x", "--at", "a=2,x=3", "--format", "markdown", "--no-seconds")
    assert "| ∂y/∂a | where(a*x >= 0, x, 0) |" in outcome.out
    assert "| algebra: derivative as derived | 9 |" in outcome.out
    assert "| algebra: common subexpressions taken out | stopped |" in outcome.out
    assert "| a | stopped | 3 | - |" in outcome.out


def test_named_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The algebra gets the step as a target, with its value."""
    asked: list[object] = []
    monkeypatch.setattr(package, "derive_by_algebra", lambda *arguments: asked.append(arguments[1:3]) or FOUND)
    found = compare(parse("s = a*x; s*s"), {"a": 2.0, "x": 3.0}, ["s", "a"])
    assert [({"a": 0, "s": 2}, {"a": 2.0, "x": 3.0, "s": 6.0})] == asked
    assert {"a": 36.0, "s": 12.0} == found.numbers


def test_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to derive for is said."""
    algebra_finds(monkeypatch)
    assert "note: the expression has no variable, so there is nothing to derive for\n" == run("compare", "5").err


def test_numbers_that_are_not_finite(monkeypatch: pytest.MonkeyPatch) -> None:
    """The graph's note is shown, and the exit code is 1, as with eval."""
    algebra_finds(monkeypatch, gradient={"x": None})
    outcome = run("compare", "sqrt(x)", "--at", "x=0")
    assert 1 == outcome.code
    assert run("eval", "sqrt(x)", "--at", "x=0").err == outcome.err


def test_notes_at_a_kink(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kink is no error; the note is that of eval."""
    algebra_finds(monkeypatch, gradient={"x": 1.0})
    outcome = run("compare", "abs(x)", "--at", "x=0", "--json")
    assert 0 == outcome.code
    assert json.loads(run("eval", "abs(x)", "--at", "x=0", "--json").out)["notes"] == json.loads(outcome.out)["notes"]


@pytest.mark.parametrize("limit", ["inf", "nan", "1e300", "0", "-1"])
def test_limits_that_are_none(limit: str) -> None:
    """One message, before anything is begun."""
    outcome = run("compare", "a*x", f"--limit={limit}")
    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith("gradcli: ")
    assert "--limit" in outcome.err


@pytest.mark.parametrize(
    ("text", "number", "agree"),
    [("tanh(x)", 0.0, False), ("tanh(x)", 3.50260430507860763e-26, True), ("sin(x)^2 + cos(x)^2", 1e-17, True)],
)
def test_how_near_numbers_must_be(text: str, number: float, agree: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative to themselves, or to what cancels in them: a tail that is lost is no agreement."""
    algebra_finds(monkeypatch, gradient={"x": number})
    assert compare(parse(text), {"x": 30.0}).agree is agree


def test_a_function_that_is_not_spelled_for_sympy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a message that names both."""
    monkeypatch.setitem(FUNCTIONS, "blob", Operator("blob", ("x",), float, (Partial("1"),)))
    algebra_forks(monkeypatch)
    with pytest.raises(
        GradcliError, match=r"^the function blob cannot be written in SymPy\n  2\*blob\(x\)\n    \^~~~$"
    ):
        compare(parse("2*blob(x)"), limit=60)


@pytest.mark.parametrize(
    ("text", "shapes", "expected"),
    [
        ("sum(x*x)", "x=2", {"x": "2*x"}),
        (
            "sum(relu(X @ w))",
            "X=3x2,w=2",
            {"X": "outer(where(X @ w >= 0, 1, 0), w)", "w": "X.T @ where(X @ w >= 0, 1, 0)"},
        ),
        ("a*x[0]", "x=2", {"a": "x[0]", "x": "[a, 0]"}),
        ("max([x, x, y])", "x=2,y=2", None),
        ("a*x", "", None),
    ],
)
def test_arrays_have_the_formulas_of_diff(
    text: str, shapes: str, expected: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the work, whose elements are counted; none of numbers, and where those of elements stand for some."""
    algebra_finds(monkeypatch)
    options = ("--shape", shapes) if shapes else ()
    found = json.loads(run("compare", text, *options, "--json").out).get("formulas_over_arrays")
    assert found == expected
    out = run("compare", text, *options).out
    assert ("gradcli diff" in out) == (expected is not None)
    assert ("every element" in out) == bool(shapes)
