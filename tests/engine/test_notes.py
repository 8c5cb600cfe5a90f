"""The notes on a result, word for word, and as JSON has them."""

import json
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.choices import MOST_NOTES
from gradcli.engine import noting
from gradcli.engine.digits import bounds
from gradcli.language.parser import parse
from gradcli.words.ja.engine import TEXTS
from tests.helpers.algebra import algebra_finds
from tests.helpers.running import run


def notes(text: str, at: dict[str, float], **options: Any) -> list[str]:
    """The sentences of the notes."""
    return [note.message for note in gradient(text, at, **options).notes]


SLOPES = "the slope is {} from the left and {} from the right (see --kink)"
RELU = "relu at column 1 is at its kink (s = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1)

MESSAGES = [
    ("relu(a*b)", {"a": 0, "b": 1}, [
        RELU,
        "in a the whole expression has the derivative 0 from the left and 1 from the right",
        "in b the whole expression is smooth here, with derivative 0",
    ]),
    ("relu(x) - relu(-x)", {"x": 0}, [
        "relu at column 1 is at its kink (x = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1),
        "relu at column 11 is at its kink (t = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1),
        "in x the whole expression is smooth here, with derivative 1",
    ]),
    ("0.1*relu(x) + 0.2*relu(x) - 0.3*relu(-x)", {"x": 0}, [
        "relu at column 5 is at its kink (x = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1),
        "relu at column 19 is at its kink (x = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1),
        "relu at column 33 is at its kink (p = 0): used 1, the branch x >= 0; " + SLOPES.format(0, 1),
        "in x the whole expression is smooth here, with derivative 0.3",
    ]),
    ("x + 1e-13*abs(x)", {"x": 0}, [
        "abs at column 11 is at its kink (x = 0): used 1, the branch x >= 0; " + SLOPES.format(-1, 1),
        "in x the whole expression has the derivative 0.9999999999999 from the left and 1.0000000000001 from the right",
    ]),
    ("clip(x, 0, b)", {"x": 2, "b": 2}, [
        "clip at column 1 is at its kink (x = b = 2): used 1, the branch that is x; " + SLOPES.format(1, 0),
        "in x the whole expression has the derivative 1 from the left and 0 from the right",
        "in b the whole expression has the derivative 1 from the left and 0 from the right",
    ]),
    ("max(x, y)", {"x": 2, "y": 2}, [
        "max at column 1 is at a tie (x = y = 2): all of the gradient goes to x, the first (see --kink)",
        "in x the whole expression has the derivative 0 from the left and 1 from the right",
        "in y the whole expression has the derivative 0 from the left and 1 from the right",
    ]),
    ("min(0, x)", {"x": 0}, [
        "min at column 1 is at a tie (0 = x): all of the gradient goes to 0, the first (see --kink)",
        "in x the whole expression has the derivative 1 from the left and 0 from the right",
    ]),
    ("hypot(x, y)", {"x": 0, "y": 0}, [
        "hypot at column 1 is at its kink (x = 0, y = 0): used (0, 0)",
        "in x the whole expression has the derivative -1 from the left and 1 from the right",
        "in y the whole expression has the derivative -1 from the left and 1 from the right",
    ]),
    ("s = x + 1\nfloor(s)", {"x": 1}, ["floor at line 2, column 1 jumps here (s = 2): used 0, the slope beside it"]),
    ("mod(x, y)", {"x": 6, "y": 3}, ["mod at column 1 jumps here (x = 6, y = 3): used (1, -2), the slopes beside it"]),
    ("2 + sqrt(x)", {"x": 0},
     ["the gradient of x is not finite (inf): it comes from the slope of sqrt at column 5 (x = 0)"]),
    ("sqrt(y) + cbrt(x)", {"x": 0, "y": 0}, [
        "the gradient of y is not finite (inf): it comes from the slope of sqrt at column 1 (y = 0)",
        "the gradient of x is not finite (inf): it comes from the slope of cbrt at column 11 (x = 0)",
    ]),
    ("s = sqrt(x); t = 2*s; t + cbrt(y)*z", {"x": 0, "y": 0, "z": 1}, [
        "the gradient of x is not finite (inf): it comes from the slope of sqrt at column 5 (x = 0)",
        "the gradient of y is not finite (inf): it comes from the slope of cbrt at column 27 (y = 0)",
    ]),
    ("where(x == 1, 0, log(x))", {"x": 1}, [
        "'==' at column 9 turns here (x = 1): used 0, the slope of the branch taken; in x the slope of the whole "
        "expression is 1 on the left and 1 on the right"
    ]),
    ("where(x > 0, x*log(x), 2*x)", {"x": 0}, [
        "'>' at column 9 turns here (x = 0): used 2, the slope of the branch taken; in x the slope of the whole "
        "expression is 2 on the left and minus infinity on the right"
    ]),
    ("where(x == 0, 0, x*sin(1/x))", {"x": 0}, [
        "'==' at column 9 turns here (x = 0): used 0, the slope of the branch taken; what the whole expression "
        "does in x beside the point is not known"
    ]),
    ("t = y\nwhere(t > 0.3, 1, 2)*t", {"y": 0.3}, [
        "'>' at line 2, column 9 turns here (t = 0.3): the value is 0.6, with the slope 2 of the branch taken; "
        "in y the whole expression comes to 0.6 on the left and to 0.3 on the right"
    ]),
    ("where(x == 0, 0, log(x))", {"x": 0}, [
        "'==' at column 9 turns here (x = 0): the value is 0, with the slope 0 of the branch taken; in x the whole "
        "expression comes to nothing (it has no value there) on the left and to minus infinity on the right"
    ]),
    ("x^y", {"x": -2, "y": 3},
     ["the gradient of y is not finite (nan): it comes from the slope of '^' at column 2 (x = -2, y = 3)"]),
    ("1/x", {"x": 1e-200},
     ["the gradient of x is not finite (-inf): it comes from the slope of '/' at column 2 (x = 1e-200)"]),
    ("1e300*(1e300*x)", {"x": 1e-300},
     ["the gradient of x is not finite (inf): it comes from an overflow behind '*' at column 13 (x = 1e-300)"]),
    ("a*x - b*x", {"a": 0, "b": 0, "x": 1}, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "expected"), MESSAGES)
def test_messages(text: str, at: dict[str, float], expected: list[str]) -> None:
    """One sentence for each kink, jump and number that is not finite, with function, place, arguments and slopes."""
    assert expected == notes(text, at)


MINNORM = [
    (
        "relu(x)",
        "relu at column 1 is at its kink (x = 0): used 0, the subgradient of smallest norm; " + SLOPES.format(0, 1),
    ),
    ("max(x, y)", "max at column 1 is at a tie (x = y = 0): the gradient is shared equally (see --kink)"),
]


@pytest.mark.parametrize(("text", "expected"), MINNORM)
def test_the_other_rule(text: str, expected: str) -> None:
    """Under minnorm the note says so."""
    assert expected == notes(text, {"x": 0, "y": 0}, kink="minnorm")[0]


def test_facts_for_programs() -> None:
    """A kink in JSON has the form that the format promises, and the sentence."""
    found = json.loads(run("eval", "relu(a*x)", "--at", "a=0,x=3", "--json").out)["notes"]
    kink = {
        "code": "kink", "function": "relu", "node": "y", "column": 1,
        "argument": 0.0, "used": 1.0, "left": 0.0, "right": 1.0,
    }  # fmt: skip
    assert kink | {"message": RELU} == found[0]
    assert [*kink, "message"] == list(found[0])
    assert {"code", "variable", "left", "right", "smooth", "message"} == set(found[1])


def test_facts_of_a_tie_and_a_jump() -> None:
    """A tie names the arguments that are equal and what each gets; a jump the slopes beside it."""
    tie, *_ = gradient("min(x, 5, y, x)", {"x": 1, "y": 1}).notes
    place = {"code": "tie", "function": "min", "node": "z", "column": 1}
    assert place | {"argument": 1.0, "tied": ["x", "y", "x"], "used": [1.0, 0.0, 0.0]} == _without_message(tie)
    (jump,) = gradient("t = 1\n t*sign(x)", {"x": 0}).notes
    place = {"code": "jump", "function": "sign", "node": "s", "line": 2, "column": 4}
    assert place | {"argument": 0.0, "used": 0.0} == _without_message(jump)


def _without_message(note: Any) -> dict[str, Any]:
    return {key: value for key, value in note.as_dict().items() if key != "message"}


def test_numbers_that_are_not_finite_in_json() -> None:
    """They are null, and the note says which they are, there alone."""
    code, out, err = run("eval", "sqrt(x) + y", "--at", "x=0,y=1", "--json")
    found = json.loads(out)
    assert (1, 1.0, {"x": None, "y": 1.0}) == (code, found["value"], found["gradient"])
    (note,) = found["notes"]
    assert ("not-finite", "gradient", "x", "inf") == (note["code"], note["of"], note["name"], note["value"])
    assert err == ""


FIRST = [
    ("log(x) + 1/x", "the value is not finite (nan): it comes from log at column 1 (x = 0)"),
    ("exp(-1/x) + x", "a step on the way is not finite (-inf): it comes from '/' at column 7 (x = 0)"),
    ("exp(-1/x) + log(x)", "the value is not finite (-inf): it comes from log at column 13 (x = 0)"),
    ("max(log(x), 1/x)", "the value is not finite (inf): it comes from '/' at column 14 (x = 0)"),
    ("where(x > 0, 1/x, log(x))", "the value is not finite (-inf): it comes from log at column 19 (x = 0)"),
    ("s = 1/x; s*s - s", "the value is not finite (nan): it comes from '/' at column 6 (x = 0)"),
]


@pytest.mark.parametrize(("text", "expected"), FIRST)
def test_where_an_infinity_came_from(text: str, expected: str) -> None:
    """In IEEE arithmetic the first node that made a NaN or an infinity is named, if the value suffered or not."""
    found = gradient(text, {"x": 0}, allow_nonfinite=True)
    assert expected == found.notes[0].message
    (code, out, _) = run("eval", text, "--at", "x=0", "--allow-nonfinite", "--json")
    assert (0, expected) == (code, json.loads(out)["notes"][0]["message"])


def test_nothing_to_remark() -> None:
    """A finite result away from kinks has no notes, also in IEEE arithmetic."""
    assert [] == notes("relu(x) + log(x)", {"x": 1}) == notes("relu(x) + log(x)", {"x": 1}, allow_nonfinite=True)


def test_sums_that_are_not_finite() -> None:
    """Two finite contributions can overflow together; then the place where they meet is named."""
    expected = "the gradient of x is not finite (inf): it comes from the sum of what comes to x"
    assert [expected] == notes("1e308*x + 1e308*x", {"x": 0})
    expected = "the gradient of x is not finite (inf): it comes from the sum of what comes to sin at column 5 (x = 0)"
    assert [expected] == notes("s = sin(x); 1e308*s + 1e308*s", {"x": 0})


def test_infinite_gradients_do_not_reach_what_is_not_taken() -> None:
    """Infinity times the 0 of a branch that does not depend on an argument is no NaN."""
    text, at = "sqrt(where(x > 0, x, y)) + sqrt(relu(x)) + sqrt(max(x, y)) + sqrt(clip(x, 0, 1))", {"x": -1, "y": 0}
    result = gradient(text, at)
    assert {"x": 0, "y": float("inf")} == result.gradient
    assert ["not-finite"] == [note.code for note in result.notes]
    rows = [row for row in result.trace().backward() if row.name == "x"]
    assert [0.0] == [row.gradient for row in rows]
    table = run("eval", "sqrt(relu(x))", "--at", "x=-1", "--trace", "--format", "markdown").out
    assert "(=∂y/∂x) = 0 |" in table
    assert "inf × 0" not in table


def test_too_many_variables_for_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the sweeps would take too long, the note says that they are left out."""
    monkeypatch.setattr(noting, "SWEPT", 10)
    found = notes("relu(a + b + c)", {"a": 0, "b": 0, "c": 0})
    left_out = "the derivatives of the whole expression from both sides are left out: there are too many variables"
    assert [left_out] == found[1:]


def test_strict() -> None:
    """With --strict any note makes the exit code 1; the result is printed all the same."""
    for options, expected in (((), 0), (("--strict",), 1), (("--strict", "--kink", "minnorm"), 1)):
        code, out, err = run("eval", "relu(x)", "--at", "x=0", *options)
        assert (expected, True, True) == (code, out.startswith("y = 0\n"), err.startswith("note: relu at column 1"))
    assert (0, "") == run("eval", "relu(x)", "--at", "x=1", "--strict")[::2]
    assert 1 == run("eval", "1/x", "--at", "x=0", "--strict", "--allow-nonfinite").code


def test_not_finite_in_the_table() -> None:
    """The value is printed, the gradient is called not finite, and the exit code is 1, or 0 on request."""
    code, out, _ = run("eval", "sqrt(x)", "--at", "x=0", "--format", "markdown")
    assert (1, True, True) == (code, "y = 0" in out, "not finite (inf)" in out)
    assert 0 == run("eval", "sqrt(x)", "--at", "x=0", "--allow-nonfinite").code


@pytest.mark.parametrize(
    ("text", "at", "messages"),
    [
        ("(exp(x) - 1)/x", {"x": 1e-8},
         ["the value has lost its digits to cancellation: 7 of 16 hold, at '-' at column 9; it is 1.000000005; "
          "for exp(x) - 1 there is expm1(x)",
          "the gradient of x has lost its digits to cancellation: 0 of 16 hold, at '-' at column 9; it is "
          "0.5000000033333334; for exp(x) - 1 there is expm1(x)"]),
        ("s = 1/tanh(x)\nt = s - 1/x\n0*t", {"x": 1e-7}, []),
        ("t = 1/x\n1/tanh(x) - t", {"x": 1e-7},
         ["the value has lost its digits to cancellation: 1 of 16 hold, at '-' at line 2, column 11; it is "
          "3.333333333333331e-8",
          "the gradient of x has lost its digits to cancellation: 0 of 16 hold, in the sum of what comes to x; it is "
          "0.33333333333333265"]),
        ("-log(1/(1+exp(-z)))", {"z": -400},
         ["the gradient of z has lost its digits to underflow: 0 of 16 hold, in the slope of '/' at column 7; "
          "it is -1; for -log(1/(1 + exp(-z))) there is softplus(-z)"]),
        ("x + 1e-200*(1e-200*(1e300*(1e300*x)))", {"x": 1e-300},
         ["the gradient of x has lost its digits to underflow: 0 of 16 hold, in the product behind '*' at column 19; "
          "it is 1.0000000000000001e200"]),
        ("1e-300*x*1e300*1e300", {"x": 1e-300},
         ["the value has lost its digits to underflow: 0 of 16 hold, at '*' at column 7; it is 1.0000000000000002",
          "the gradient of x has lost its digits to an overflow: 0 of 16 hold, in the product behind '*' at column 9; "
          "it is 1.0000000000000002e300"]),
        ("sin(1e9*x)", {"x": 0.1},
         ["the value has lost its digits to rounding: 8 of 16 hold, at sin at column 1; it is 0.9316390250925335",
          "the gradient of x has lost its digits to rounding: 7 of 16 hold, at sin at column 1; it is "
          "-363385094.52732605"]),
        ("x*y", {"x": 1e-200, "y": 1e-200},
         ["the value is too small for double precision: it is 1e-400"]),
        ("0*x + y", {"x": 1, "y": 2}, []),
    ],
)  # fmt: skip
def test_lost_digits(text: str, at: dict[str, float], messages: list[str]) -> None:
    """The note says of which number, what took its digits, how many hold, where, and what it is."""
    found = gradient(text, at)
    said = [note.message for note in found.notes]
    assert messages == said
    assert {"lost-digits", "underflow"} >= {note.code for note in found.notes}


def test_lost_digits_may_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a graph that is too large to be computed with more digits."""
    monkeypatch.setattr(bounds, "MOST", 1_000)
    found = gradient("(1e10*y + x - 1e10*y)*(x" + " + 0*x" * 340 + ")", {"x": 0.3, "y": 1 / 3})
    note = found.notes[0]
    assert note.message == "the value may have lost its digits, at '-' at column 13; what it is was not found"
    assert note.facts["corrected"] is None
    assert (note.facts["computed"], note.facts["place"], note.facts["column"]) == (found.value, "operation", 13)


def test_answers_are_corrected_and_passes_are_not() -> None:
    """The result has the right numbers, its evaluation what doubles make of them."""
    found = gradient("(exp(x) - 1)/x", {"x": 1e-8})
    assert (found.value, found.gradient) == (1.000000005, {"x": pytest.approx(0.5000000033333334, rel=1e-15)})
    assert found.evaluation.gradient["x"] == pytest.approx(1.6, abs=0.01)
    overflowing = gradient("1e-300*x*1e-300*1e300*1e300", {"x": 2.0})
    assert (overflowing.value, overflowing.gradient) == (2.0000000000000004, {"x": 1.0000000000000002})
    assert overflowing.is_finite
    assert {note.code for note in overflowing.notes} == {"underflow", "lost-digits"}


@pytest.mark.parametrize(
    "text", ["relu(x) + where(x > 0, x, -x)", "s = relu(x); where(s > 0, s, -s)", "relu(x) + where(x == 0, 0, x)"]
)
def test_nothing_is_said_of_sides_that_a_condition_parts(text: str) -> None:
    """Where a comparison turns out otherwise beside the point, the sweeps do not know the expression's slopes."""
    assert "one-sided" not in {note.code for note in gradient(text, {"x": 0}).notes}


def test_a_jump_without_a_slope_is_said_to_have_none() -> None:
    """atan2 at the origin."""
    messages = [note.message for note in gradient("atan2(x, y)", {"x": 0, "y": 0}).notes]
    assert "atan2 at column 1 jumps here (x = 0, y = 0): it has no slope" == messages[0]


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("cbrt(x)^3", "cbrt"),
        ("cbrt(x)^2 + y", "cbrt"),
        ("sqrt(x)*sqrt(x)", "sqrt"),
        ("s = sqrt(x); t = s*2; t*t", "sqrt"),
        ("x*x^0.5", "pow"),
        ("logsumexp(sqrt(x) - 1000, 0)", "sqrt"),
    ],
)
def test_a_zero_that_moves_with_the_argument_of_an_infinite_slope(text: str, function: str) -> None:
    """The gradient stops there, and its 0 is announced: it may not be the derivative."""
    result = gradient(text, dict.fromkeys(parse(text).variables, 0.0))
    stops = [note for note in result.notes if note.code == "stop"]
    assert [("stop", function)] == [(note.code, note.facts["function"]) for note in stops]
    assert 0.0 == result.gradient["x"]


@pytest.mark.parametrize(
    "text",
    ["0*sqrt(x)", "y*sqrt(x)", "where(x > 0, x*sqrt(x), 0)", "relu(sqrt(x) - 1)", "max(1, cbrt(x))", "y^2*cbrt(x)",
     "floor(sqrt(x) + 0.5)", "s = sqrt(x); y"],
)  # fmt: skip
def test_a_zero_that_stays_is_the_derivative(text: str) -> None:
    """A constant, another variable or a closed branch: 0 without a note."""
    result = gradient(text, dict.fromkeys(parse(text).variables, 0.0))
    assert 0.0 == result.gradient["x"]
    assert () == result.notes


def test_a_note_is_said_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its code and its facts are the same in all of them."""
    monkeypatch.setitem(TEXTS, "note.smooth", "{variable} について滑らかで、微分は {left}")
    *_, note = gradient("relu(x) - relu(-x)", {"x": 0}).notes
    assert ("one-sided", "x について滑らかで、微分は 1") == (note.code, note.text("ja"))
    english, japanese = note.as_dict(), note.as_dict("ja")
    assert (note.text("en"), note.text("ja")) == (english.pop("message"), japanese.pop("message"))
    assert english == japanese


def test_a_command_without_the_option_names_the_one_that_has_it() -> None:
    """`diff` has no --kink."""
    err = run("diff", "relu(x)", "--at", "x=0").err
    assert err.startswith("note: relu at column 1 is at its kink (x = 0)")
    assert "from the right (see gradcli eval --kink)\n" in err


@pytest.mark.parametrize("command", ["diff", "compare", "check"])
def test_json_says_itself_that_there_is_no_variable(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And standard error nothing."""
    algebra_finds(monkeypatch, gradient={})
    code, out, err = run(command, "2*3", "--json")
    (note,) = json.loads(out)["notes"]
    assert (0, "", "no-variable") == (code, err, note["code"])
    assert f"note: {note['message']}\n" in run(command, "2*3").err


def test_json_is_the_same_in_every_language_but_for_its_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes, keys and facts stay."""
    monkeypatch.setitem(TEXTS, "note.smooth", "滑らか")
    arguments = ["eval", "relu(x) - relu(-x)", "--at", "x=0", "--json"]
    english, japanese = (json.loads(run(*arguments, "--lang", language).out) for language in ("en", "ja"))
    assert japanese["notes"][-1]["message"] == "滑らか"
    for found in (english, japanese):
        for note in found["notes"]:
            del note["message"]
    assert english == japanese


@pytest.mark.parametrize(
    ("text", "at", "codes"),
    [
        ("(exp(x)-1)/x + relu(y)", {"x": 1e-8, "y": 0.0}, ["kink", "one-sided", "lost-digits", "lost-digits"]),
        ("(exp(x)-1)/x + abs(x-1e-8)", {"x": 1e-8}, ["kink", "lost-digits", "lost-digits"]),
        ("(exp(x)-1)/x + max(x, 1e-8)", {"x": 1e-8}, ["tie", "lost-digits", "lost-digits"]),
    ],
)
def test_nothing_is_claimed_of_what_has_lost_its_digits(text: str, at: dict[str, float], codes: list[str]) -> None:
    """One-sided derivatives in doubles are said of those variables alone whose gradient holds."""
    found = gradient(text, at).notes
    assert [note.code for note in found] == codes
    assert {note.facts["variable"] for note in found if note.code == "one-sided"} <= {"y"}


@pytest.mark.parametrize(
    ("text", "beside", "said"),
    [
        ("(exp(x)-1)/x + where(x==1e-8, 0, x)", 1.000000015, "value"),
        ("(exp(x)-1)/x + where(x<=1e-8, 0, x-1e-8)", 1.000000005, "unknown"),  # the slopes
    ],
)
def test_edges_have_the_right_numbers(text: str, beside: float, said: str) -> None:
    """Those that doubles lose are corrected, and those beside the edge right or not known."""
    note = gradient(text, {"x": 1e-8}).notes[0]
    assert note.code == "edge"
    assert note.facts["value"] == pytest.approx(1.000000005, rel=1e-15)
    assert note.facts["used"] == pytest.approx(0.5000000033333334, rel=1e-15)
    assert (note.facts["value_left"], note.facts["value_right"]) == pytest.approx((beside, beside), rel=1e-15)
    assert (note.facts["left"], note.facts["right"]) == (None, None)
    assert note.said["before"] == note.said["after"] == said


def test_edges_beside_a_branch_that_is_not_known() -> None:
    """The numbers are those that the result has."""
    note = gradient("floor(sqrt(x)^2)*y + where(y == 1, 0, y)", {"x": 3.0, "y": 1.0}).notes[0]
    assert (note.facts["value"], note.facts["used"], note.facts["left"]) == (2.0, 2.0, None)


def test_the_first_notes_are_shown_and_how_many_there_are() -> None:
    """On standard error, in a page and in a notebook alike; programs get all."""
    text = " + ".join(f"abs(x{place})" for place in range(MOST_NOTES))
    at = {f"x{place}": 0.0 for place in range(MOST_NOTES)}
    options = ("--at", ",".join(f"{name}=0" for name in at))
    count = len(gradient(text, at).notes)
    more = f"and {count - MOST_NOTES} more; --json has them all"
    for shown in (run("eval", text, *options).err, run("eval", text, *options, "--format", "html").err):
        assert shown.splitlines()[-1] == f"note: {more}"
        assert len(shown.splitlines()) == MOST_NOTES + 1
    page = gradient(text, at)._repr_html_()
    assert page.count("kink") >= MOST_NOTES
    assert more in page
    assert len(json.loads(run("eval", text, *options, "--json").out)["notes"]) == count > MOST_NOTES
