"""`gradcli diff`: its texts are programs, its numbers those of `gradcli eval`, in every form and language."""

import json

import pytest

from gradcli.choices import FORMS
from tests.helpers.running import run, run_forked, run_process, run_terminal


def test_the_gradient() -> None:
    """One line for each variable."""
    expected = "∂z/∂a = x\n∂z/∂x = a\n∂z/∂b = y\n∂z/∂y = b\n"
    assert (0, expected, "") == run("diff", "a*x + b*y")


def test_shared_steps_stand_first_and_once() -> None:
    """Named by the user or n1, n2, …; --inline writes them out."""
    outcome = run("diff", "s = a*x; exp(s)*s")
    assert "s = a*x\nn1 = exp(s) + exp(s)*s\n∂y/∂a = x*n1\n∂y/∂x = a*n1\n" == outcome.out
    outcome = run("diff", "s = a*x; exp(s)*s", "--inline", "--wrt", "a")
    assert "∂y/∂a = x*(exp(a*x) + exp(a*x)*(a*x))\n" == outcome.out


def test_json() -> None:
    """Expression, output, gradient and Hessian; numbers behind them with --at."""
    outcome = run("diff", "x^2*y", "--order", "2", "--at", "x=3,y=2", "--json")
    expected = {
        "expression": "x^2*y",
        "output": "z",
        "gradient": {"x": "2*x*y", "y": "x^2"},
        "hessian": {"x": {"x": "2*y", "y": "2*x"}, "y": {"x": "2*x", "y": "0"}},
        "at": {"x": 3.0, "y": 2.0},
        "value": 18.0,
        "gradient_at": {"x": 12.0, "y": 9.0},
        "hessian_at": {"x": {"x": 4.0, "y": 6.0}, "y": {"x": 6.0, "y": 0.0}},
        "notes": [],
    }
    assert expected == json.loads(outcome.out)


def test_every_string_is_a_program() -> None:
    """`gradcli eval` takes it and finds the number."""
    found = json.loads(run("diff", "tanh(x*y)/y", "--at", "x=0.5,y=2", "--json").out)
    for name, text in found["gradient"].items():
        outcome = run("eval", text, "--at", "x=0.5,y=2", "--json")
        assert pytest.approx(found["gradient_at"][name], rel=1e-15) == json.loads(outcome.out)["value"]


def test_order_three() -> None:
    """Mixed ones too, each once."""
    outcome = run("diff", "x^3*y^2", "--order", "3")
    labels = [line.split(" = ")[0] for line in outcome.out.splitlines()]
    assert ["∂³z/∂x³", "∂³z/∂x²∂y", "∂³z/∂x∂y²", "∂³z/∂y³"] == labels
    found = json.loads(run("diff", "x^3*y^2", "--order", "3", "--json").out)
    assert (3, "12*x*y") == (found["order"], found["derivatives"]["x"]["y"]["x"])


def test_json_of_exponential_length_is_refused() -> None:
    """A mixed derivative is there once for each order of its variables; in plain text once."""
    outcome = run("diff", "x*y*z*u*v", "--order", "6", "--json")
    assert (2, "") == outcome[:2]
    assert json.loads(outcome.err)["error"]["message"] == (
        "JSON has 15,625 entries for the derivatives of order 6, one for each order of the variables; "
        "the limit is 10,000 (see --wrt)"
    )
    assert 0 == run("diff", "x*y*z*u*v", "--order", "6").code
    assert 0 == run("diff", "x*y*z*u*v", "--order", "6", "--wrt", "x,y", "--json").code
    assert 0 == run("diff", "x*y*z*u*v", "--order", "5", "--json").code


def test_numbers_follow_and_notes_go_to_standard_error() -> None:
    """At a kink the branch's slope, with the note of `gradcli eval`."""
    code, out, err = run("diff", "relu(x)", "--at", "x=0")
    assert (0, "∂y/∂x = where(x >= 0, 1, 0) = 1\n") == (code, out)
    assert err.startswith("note: relu at column 1 is at its kink")


def test_a_formula_that_is_its_number_is_printed_once() -> None:
    """`= 1`, not `= 1 = 1`."""
    assert "∂x/∂x = 1\n" == run("diff", "x", "--at", "x=1").out
    assert "∂z/∂x = 2\n∂z/∂y = 2*y = 6\n" == run("diff", "2*x + y^2", "--at", "x=0,y=3").out
    assert "x} &= -2\n" in run("diff", "-2*x", "--at", "x=1", "--format", "latex").out


def test_strict_and_allow_nonfinite() -> None:
    """As in `gradcli eval`."""
    assert 1 == run("diff", "relu(x)", "--at", "x=0", "--strict").code
    assert 0 == run("diff", "relu(x)", "--at", "x=1", "--strict").code
    assert [0, 1] == [run("diff", "3", *options).code for options in ((), ("--strict",))]
    code, out, _ = run("diff", "log(x)", "--at", "x=0", "--allow-nonfinite", "--json")
    assert (0, None, {"x": None}) == (code, json.loads(out)["value"], json.loads(out)["gradient_at"])


def test_a_formula_without_a_value_where_the_gradient_has_one() -> None:
    """The number is that of `gradcli eval`, and a note says that the formula does not give it."""
    code, out, err = run("diff", "x^y", "--at", "x=0,y=2")
    assert (0, "∂z/∂x = y*x^(y - 1) = 0\n∂z/∂y = x^y*log(x) = 0\n") == (code, out)
    assert "note: the formula for ∂z/∂y has no finite value here; 0 is from the backward pass\n" == err


def test_a_formula_without_a_number() -> None:
    """Exit code 1, null in JSON, a note in it alone."""
    code, out, err = run("diff", "sqrt(x)", "--at", "x=0", "--json")
    found = json.loads(out)
    assert (1, "", None) == (code, err, found["gradient_at"]["x"])
    assert found["notes"][0]["message"].startswith("the gradient of x is not finite (inf)")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("markdown", "| Derivative | Expression | Value |\n|---|---|---:|\n| ∂z/∂a | b | 3 |\n| ∂z/∂b | a | 2 |\n"),
        ("csv", "derivative,expression,value\n∂z/∂a,b,3\n∂z/∂b,a,2\n"),
        (
            "latex",
            "% Needs \\usepackage{amsmath}, and \\allowdisplaybreaks where a block is longer than a page.\n"
            "\\begin{align*}\n\\frac{\\partial z}{\\partial a} &= b = 3 \\\\\n"
            "\\frac{\\partial z}{\\partial b} &= a = 2\n\\end{align*}\n",
        ),
    ],
)
def test_forms(form: str, expected: str) -> None:
    """For notes, slides and spreadsheets."""
    outcome = run("diff", "z = a*b", "--at", "a=2,b=3", "--format", form)
    assert (0, expected, "") == outcome


def test_languages_and_ascii() -> None:
    """Japanese words; signs that any terminal has."""
    assert "| 導関数 | 式 |" in run("diff", "a*b", "--lang", "ja", "--format", "markdown").out
    assert "dz/da = b\ndz/db = a\n" == run("diff", "z = a*b", "--ascii").out
    assert "dy/d\\u03b1 = \\u03b2_1\ndy/d\\u03b2_1 = \\u03b1\n" == run("diff", "α*β_1", "--ascii").out
    assert run("diff", "α*β_1", "--ascii", "--at", "α=2,β_1=3", "--format", "csv").out.isascii()
    assert "d2z/da2 = 2\n" == run("diff", "z = a*a", "--order", "2", encoding="cp932").out


def test_a_narrow_terminal_loses_nothing() -> None:
    """Lines fold at 40 columns."""
    outcome = run_terminal(40, "diff", "sin(x)/x", "--order", "3", "--at", "x=2")
    assert all(len(line) <= 40 for line in outcome.out.splitlines())
    assert "0.236949825922845" in outcome.out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a*"], "gradcli: the expression ends where a value is missing\n  a*\n    ^\n"),
        (["a", "--order", "0"], "gradcli: the order of a derivative is a whole number from 1 to 20, not 0\n"),
        (["a", "--order", "21"], "gradcli: the order of a derivative is a whole number from 1 to 20, not 21\n"),
        (
            ["a*x", "--wrt", "a, q"],
            "gradcli: 'q' is no variable and no named step of the expression; there are a, x\n  a, q\n     ^\n",
        ),
        (
            ["s = a*x; s^2", "--wrt", "s", "--order", "2"],
            "gradcli: derivatives of order 2 are for variables; 's' is a named step\n  s\n  ^\n",
        ),
    ],
)
def test_bad_input(arguments: list[str], message: str) -> None:
    """One message, exit code 2, nothing on standard output."""
    assert (2, "", message) == run("diff", *arguments)


def test_inline_text_of_exponential_length_is_refused() -> None:
    """Beforehand, not after the memory is full."""
    program = "; ".join(["s0 = sin(x)", *(f"s{n} = s{n - 1}*s{n - 1} + cos(s{n - 1})" for n in range(1, 60))])
    outcome = run("diff", program, "--inline")
    assert 2 == outcome.code
    assert "has more than 2,000,000 characters; leave --inline away" in outcome.err
    assert 0 == run("diff", program).code


def test_no_variable() -> None:
    """One sentence says why there is no result."""
    assert (0, "", "note: the expression has no variable, so there is nothing to derive for\n") == run("diff", "5")


def test_as_a_process() -> None:
    """An expression that begins with a minus, on standard input, and colourless JSON."""
    assert (0, "∂y/∂x = -2*x\n", "") == run_process("diff", "-x^2")
    outcome = run_forked("diff", "-", "--json", stdin=b"x*x", variables={"FORCE_COLOR": "1"})
    assert {"expression": "x*x", "output": "y", "gradient": {"x": "2*x"}} == json.loads(outcome.out)


@pytest.mark.sweep
def test_latex_shares_steps_too() -> None:
    """A chain of 2,000 calls stays linear: each step is one equation."""
    outcome = run("diff", "sin(" * 2_000 + "x" + ")" * 2_000, "--format", "latex")
    assert outcome.out.partition("\n")[2].startswith("\\begin{align*}\nn_{1} &= \\sin\\left(")
    assert len(outcome.out) < 400_000


@pytest.mark.parametrize("form", FORMS)
def test_digits_in_every_form(form: str) -> None:
    """Of the gradient and of higher orders."""
    point = ("--at", "x=0.5,y=2", "--digits", "25", "--format", form)
    first = run("diff", "sin(x)*0.1^y + cos(pi*x)", *point)
    assert (first.code, first.err) == (0, "")
    assert "-3.132816827970889511301481" in first.out
    second = run("diff", "sin(x)*0.1^y + cos(pi*x)", "--order", "2", *point)
    assert "0.02541865357240712149085981" in second.out


def test_digits_in_json() -> None:
    """Beyond doubles null; what no digits settle is a bound, and the exit code 1."""
    done = run("diff", "exp(x)*y", "--at", "x=1000,y=1", "--digits", "5", "--order", "3", "--json")
    found = json.loads(done.out)
    assert (done.code, found["value"], found["gradient_at"]["x"]) == (0, None, None)
    assert found["digits"]["value"] == found["digits"]["derivatives"]["x"]["y"]["x"] == "1.9701e434"
    assert found["digits"]["hessian"]["y"] == {"x": "1.9701e434", "y": "0"}
    done = run("diff", "cos(x)", "--at", "x=pi", "--digits", "5")
    assert (done.code, done.out) == (1, "∂y/∂x = -sin(x), |gradient| < 1e-1002\n")


def test_digits_say_what_the_formula_does_at_a_kink() -> None:
    """As without them."""
    done = run("diff", "abs(x)*x*0.1", "--at", "x=0", "--digits", "5", "--order", "2")
    assert done.out == "∂²y/∂x² = 0.2*where(x >= 0, 1, -1) = 0.2\n"
    assert "note: ∂²y/∂x² jumps here" in done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--digits", "5"), "digits are those of numbers at a point: give one with --at"),
        (("--digits", "0", "--at", "x=1"), "the number of digits is a whole number from 1 to 1000, not 0"),
        (("--digits", "1001", "--at", "x=1"), "the number of digits is a whole number from 1 to 1000, not 1001"),
        (("--digits", "5", "--at", "x=1", "--allow-nonfinite"), "digits do not go with --allow-nonfinite"),
    ],
)
def test_digits_are_refused(options: tuple[str, ...], message: str) -> None:
    """By one message."""
    assert run("diff", "x^2", *options) == (2, "", f"gradcli: {message}\n")


@pytest.mark.parametrize(("x", "jumps"), [("0.3", True), ("0.30000000000000004", False), ("0.1+0.2", True)])
def test_orders_jump_at_what_is_written(x: str, jumps: bool) -> None:
    """Doubles have 0.3 - 0.1 - 0.2 below 0."""
    for text in ("(x - 0.1 - 0.2)*abs(x - 0.1 - 0.2)", "relu(x - 0.1 - 0.2)^2"):
        found = run("diff", text, "--order", "2", "--at", f"x={x}", "--digits", "20", "--json").out
        assert any(note["code"] == "order" for note in json.loads(found)["notes"]) == jumps, text
