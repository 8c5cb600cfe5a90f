"""`gradcli check` on the command line: tables, languages, widths, bad input, exit codes."""

import json
import re
from pathlib import Path

import pytest

from gradcli.api import gradient
from gradcli.choices import FORMS
from tests.helpers.running import run, run_terminal

POINT = ("a*x + b*y", "--at", "a=2,x=3,b=4,y=5")


def test_the_table() -> None:
    """Claims, verdicts and right values; what there is to say stands below."""
    outcome = run("check", *POINT, "--claim", "a=x", "--claim", "b=4", "--ascii")
    expected = """\
+-------------------------------+
| Claim | Verdict | Right value |
|-------+---------+-------------|
| a = x | right   | 3           |
| b = 4 | wrong   | 5           |
+-------------------------------+
b = 4: consistent with the wrong factor of the product b*y: its own input b instead of y
"""
    assert (1, expected, "") == outcome


def test_markdown_has_all_in_the_table() -> None:
    """One column more."""
    outcome = run("check", *POINT, "--claim", "b=4", "--format", "markdown")
    assert "| Claim | Verdict | Right value | Remark |" in outcome.out
    assert "its own input b instead of y |\n" in outcome.out


def test_japanese() -> None:
    """Words and sentences."""
    outcome = run("check", *POINT, "--claim", "b=4", "--lang", "ja")
    assert "誤り" in outcome.out
    assert "b = 4: 考えられる間違い: " in outcome.out


@pytest.mark.parametrize("columns", [40, 80])
def test_terminals(columns: int) -> None:
    """Nothing is wider than the terminal, and no digit is lost."""
    outcome = run_terminal(
        columns, "check", "sin(a*x)", "--at", "a=2,x=3", "--claim", "a=cos(a*x)", variables={"NO_COLOR": "1"}
    )
    assert all(len(line) <= columns for line in outcome.out.splitlines())
    assert "\x1b" not in outcome.out
    assert "2.880510859951098" in "".join(outcome.out.replace("│", "").split())


def test_the_right_formula_of_a_wrong_expression() -> None:
    """An expression gets the right expression; a number the right number."""
    claims = json.loads(run("check", "a^2", "--at", "a=3", "--claim", "a=a^2", "--json").out)["claims"]
    assert ("2*a", 6.0) == (claims[0]["expression"], claims[0]["value"])
    claims = json.loads(run("check", "a^2", "--at", "a=3", "--claim", "a=9", "--json").out)["claims"]
    assert ("wrong", 6.0, False) == (claims[0]["verdict"], claims[0]["value"], "expression" in claims[0])


@pytest.mark.parametrize(
    ("text", "claim", "formula"),
    [
        ("s = a*x; exp(s)*sin(s)", "a=s", "x*(exp(s)*cos(s) + exp(s)*sin(s))"),  # in terms of the steps
        ("s = a*x; exp(s)*sin(s)", "s=s", "exp(s)*cos(s) + exp(s)*sin(s)"),
        ("sin(exp(cos(a*x + 1)))*exp(cos(a*x + 1))", "a=x", None),  # too long
        ("sin(a)*x", "y=2*x", None),  # of a node without a name
    ],
)
def test_the_right_formula(text: str, claim: str, formula: str | None) -> None:
    """Of a name, and if it is short."""
    found = json.loads(run("check", text, "--at", "a=1,x=2", "--claim", claim, "--json").out)["claims"][0]
    assert ("wrong", formula) == (found["verdict"], found.get("expression"))


def test_the_seed_changes_the_points_alone() -> None:
    """The same seed gives the same output, another one the same verdict."""
    texts = [
        run("check", "relu(a)", "--at", "a=2", "--claim", "a=1 + 0*a", "--seed", seed, "--json").out for seed in "112"
    ]
    assert texts[0] == texts[1] != texts[2]
    assert ["wrong"] * 3 == [json.loads(text)["claims"][0]["verdict"] for text in texts]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--claim", "q=3"],
            "gradcli: 'q' is no variable and no step of the expression; there are a, x, b, y\n  q=3\n  ^\n",
        ),
        (["--claim", "a"], "gradcli: a claim is name=derivative, such as a=x or b=4\n  a\n  ^\n"),
    ],
)
def test_bad_input(arguments: list[str], message: str) -> None:
    """One message, exit code 2, nothing on standard output."""
    assert (2, "", message) == run("check", *POINT, *arguments)


def test_no_variable() -> None:
    """One sentence instead of an empty table."""
    assert (0, "", "note: the expression has no variable, so there is nothing to derive for\n") == run("check", "5")


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "latex"])
def test_ascii(form: str) -> None:
    """No character outside ASCII, in claims, formulas and remarks."""
    claims = ("--claim", "β=β", "--claim", "α=α*β", "--claim", "s=2*α")
    outcome = run("check", "s = α*β; sin(s)", "--at", "α=1,β=2", *claims, "--ascii", "--format", form)
    assert 1 == outcome.code
    assert outcome.out.isascii()
    assert (r"\beta" if form == "latex" else r"\u03b2") in outcome.out


@pytest.mark.parametrize("language", ["en", "ja"])
def test_own_gradients_are_a_table_in_a_terminal(language: str) -> None:
    """What there is to say of one stands below, so that the columns have room at 80 cells."""
    lines = run_terminal(80, "check", "relu(x)*a", "--at", "a=2,x=0", "--lang", language).out.splitlines()
    assert [line[0] for line in lines[:6]] == list("╭│├││╰")
    assert lines[6].startswith("x: ")


def test_remarks_in_latex() -> None:
    """Expressions in sentences are formulas, and what stands between them is text."""
    outcome = run("check", "s = a_1*x; tanh(s)", "--at", "a_1=2,x=3", "--claim", "s=1 - tanh(s)", "--format", "latex")
    expected = (
        r"consistent with $1 - \tanh\left(s\right)$ for the derivative of $\tanh\left(s\right)$ "
        r"with respect to $s$, which is $1 - \tanh\left(s\right)^{2}$ \tabularnewline"
    )
    assert expected in outcome.out
    outcome = run("check", "x^2", "--at", "x=2", "--claim", "x=x^2", "--format", "latex")
    number = r"\$-?[0-9.]+\$"
    sentence = rf"it holds at the point, but not at \$x = -?[0-9.]+\$: there it is {number}, not {number} "
    assert re.search(sentence, outcome.out)


def test_the_digits_of_a_difference_quotient() -> None:
    """In tables those that count; in CSV and JSON all."""
    arguments = ("check", "sin(x)", "--at", "x=1")
    assert " 0.540302 │" in run(*arguments).out
    taylor = json.loads(run(*arguments, "--json").out)["gradient"][0]["taylor"]
    assert f",{taylor!r},right," in run(*arguments, "--format", "csv").out


def test_a_missing_value() -> None:
    """As in `gradcli eval`."""
    code, out, err = run("check", "a*x", "--at", "a=2", "--claim", "a=x")
    assert (2, "", True) == (code, out, err.startswith("gradcli: no value for x"))


def test_the_claims_in_json() -> None:
    """Exit code 1 and a list of claims with verdicts in JSON."""
    outcome = run("check", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--claim", "a=x", "--claim", "b=4", "--json")
    found = json.loads(outcome.out)
    assert (1, "") == (outcome.code, outcome.err)
    assert ["right", "wrong"] == [claim["verdict"] for claim in found["claims"]]
    assert {"name": "b", "claim": "4", "value": 5.0, "claimed": 4.0}.items() <= found["claims"][1].items()
    assert "own input" == found["claims"][1]["consistent_with"][0]["code"]


def test_a_counterexample_in_json() -> None:
    """The point, the right number and the claimed one."""
    claim = json.loads(run("check", "x^2", "--at", "x=2", "--claim", "x=x + 2", "--json").out)["claims"][0]
    x = claim["counterexample"]["at"]["x"]
    assert {"at": {"x": x}, "value": 2 * x, "claimed": x + 2} == claim["counterexample"]


def test_right_claims_end_well() -> None:
    """Exit code 0; the result is the gradient's."""
    outcome = run("check", "sin(a)", "--at", "a=1", "--claim", "a=cos(a)", "--format", "csv")
    value = gradient("sin(a)", {"a": 1.0}).gradient["a"]
    assert (0, f"claim,verdict,right_value,remark\na = cos(a),right,{value!r},\n") == (outcome.code, outcome.out)


def test_the_gradient_in_json() -> None:
    """The three numbers and a verdict for each variable."""
    outcome = run("check", "sin(a)*b", "--at", "a=1,b=2", "--json")
    found = json.loads(outcome.out)
    assert (0, []) == (outcome.code, found["claims"])
    assert ["right", "right"] == [row["verdict"] for row in found["gradient"]]
    assert pytest.approx(found["gradient"][0]["reverse"], rel=1e-5) == found["gradient"][0]["taylor"]


def test_an_infinite_slope_says_nothing_of_other_variables() -> None:
    """A root at 0 has no finite slope; only it is inconclusive."""
    rows = json.loads(run("check", "sqrt(b) + y", "--at", "b=0,y=2", "--json").out)["gradient"]
    assert [("inconclusive", "not finite"), ("right", None)] == [
        (row["verdict"], row.get("remark", {}).get("code")) for row in rows
    ]
    assert "right" in run("check", "sqrt(b) + y", "--at", "b=0,y=2", "--claim", "y=1").out


SOFTMAX = (
    "s1=exp(z1); s2=exp(z2); p1=s1/(s1+s2); p2=s2/(s1+s2); -(t1*log(p1)+t2*log(p2))",
    "--at",
    "z1=1.75,z2=1.75,t1=0,t2=1",
)


def test_data_are_held_fixed() -> None:
    """With --wrt only what it names has other values: p - t holds where the targets sum to 1."""
    assert 0 == run("check", *SOFTMAX, "--wrt", "z1,z2", "--claim", "z1=p1-t1", "--claim", "z2 = p2 - t2").code
    outcome = run("check", *SOFTMAX, "--claim", "z1=p1-t1")
    assert 1 == outcome.code
    assert "(z1, z2, t1, t2 were varied; --wrt NAMES varies these alone)" in outcome.out
    outcome = run("check", *SOFTMAX, "--wrt", "z1", "--claim", "z1=1/2 + 0*z1")
    assert 1 == outcome.code
    assert "--wrt" not in outcome.out


def test_a_relative_error() -> None:
    """Numbers of a program in single precision are right to its digits."""
    question = ("check", "exp(x)", "--at", "x=1", "--claim", "x=2.7182817459106445")
    assert (1, 0, 1) == tuple(run(*question, *more).code for more in ((), ("--rtol", "1e-6"), ("--rtol", "1e-9")))
    assert "within the relative error that is allowed" in run(*question, "--rtol", "1e-6").out


def test_a_file_of_claims(tmp_path: Path) -> None:
    """One a line, with comments and blank lines, beside those of --claim."""
    file = tmp_path / "claims.txt"
    file.write_text("# by hand\n\na = x   # the other factor\n  ∂f/∂x = a\r\ny = b\n", encoding="utf-8-sig")
    claims = json.loads(run("check", *POINT, "--claim", "b=y", "--claims", f"@{file}", "--json").out)["claims"]
    expected = [("b", "y", "right"), ("a", "x", "right"), ("x", "a", "right"), ("y", "b", "right")]
    assert expected == [(claim["name"], claim["claim"], claim["verdict"]) for claim in claims]


@pytest.mark.parametrize("form", FORMS)
def test_digits_in_every_form(form: str) -> None:
    """Of what is claimed and of what is true, and of the gradient without claims."""
    point = ("--at", "x=1e-8", "--digits", "25", "--format", form)
    done = run("check", "(exp(x)-1)/x", "--claim", "x=(x*exp(x) - exp(x) + 1)/x^2", *point)
    assert (done.code, done.out.count("0.5000000033333333458333334")) == (0, 2)
    done = run("check", "(exp(x)-1)/x", *point)
    assert (done.code, done.out.count("0.5000000033333333458333334")) == (0, 1)


@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict", "code"),
    [
        ("x/3", "x=1", "x=0.33333333333333333333", "right", 0),
        ("x/3", "x=1", "x=0.33333333333333333334", "wrong", 1),
        ("x/3", "x=1", "x=1/3", "right", 0),
        ("0.1*x", "x=1", "x=0.1000000000000000055511151231257827", "wrong", 1),
        ("exp(x)*y", "x=1000,y=2", "x=2*exp(x)", "right where tried", 0),
        ("exp(x)*y", "x=1000,y=2", "x=3*exp(x)", "wrong", 1),
        ("x^2 + exp(1000)*0", "x=3", "x=6", "right", 0),
        ("cos(x)", "x=pi", "x=sin(x)", "wrong", 1),
        ("cos(x)", "x=pi", "x=-sin(x)", "right", 1),
        ("abs(x)", "x=0", "x=-1", "inconclusive", 0),
        ("relu(x) - relu(-x)", "x=0", "x=1", "right", 0),
    ],
)
def test_claims_are_compared_with_what_is_written(text: str, at: str, claim: str, verdict: str, code: int) -> None:
    """Digit by digit, beyond doubles too; what no digits settle makes the exit code 1."""
    done = run("check", text, "--at", at, "--claim", claim, "--digits", "25", "--json")
    assert (json.loads(done.out)["claims"][0]["verdict"], done.code) == (verdict, code)


@pytest.mark.parametrize(
    ("at", "claim", "verdict"),
    [
        ("x=6172839450617283945", "x=12345678901234567890", "right"),
        ("x=6172839450617283945", "x=12345678901234567168", "right"),  # of the nearest double
        ("x=6172839450617283945", "x=12345678901234567891", "wrong"),
        ("x=10^20 + 1", "x=200000000000000000002", "right"),
        ("x=100000000000000000001/2", "x=100000000000000000001", "right"),
        ("x=6172839450617283945±3", "x=12345678901234567890", "right"),
    ],
)
def test_whole_numbers_at_a_point_that_is_no_double(at: str, claim: str, verdict: str) -> None:
    """They are those at the point as it is written."""
    done = run("check", "x^2", "--at", at, "--claim", claim, "--json")
    assert json.loads(done.out)["claims"][0]["verdict"] == verdict


def test_whole_numbers_of_json_and_of_arrays() -> None:
    """They are compared likewise."""
    for value, claim in (("6172839450617283945", "12345678901234567890"), ("[1e20, 1]", "[200000000000000000000, 2]")):
        text = "sum(x^2)" if claim.startswith("[") else "x^2"
        done = run("check", text, "--at", "-", "--claim", f"x={claim}", "--json", stdin=f'{{"x": {value}}}'.encode())
        assert json.loads(done.out)["claims"][0]["verdict"] == "right"
    done = run("check", "sum(x^2)", "--at", "x=[100000000000000000001, 1]", "--claim", "x=[200000000000000000002, 2]")
    assert "right" in done.out


def test_digits_in_json() -> None:
    """As texts, beside the nearest doubles."""
    done = run("check", "exp(x)", "--at", "x=1000", "--digits", "5", "--json")
    assert json.loads(done.out)["gradient"][0]["digits"] == "1.9701e434"
    done = run("check", "x/3", "--at", "x=1", "--claim", "x=0.4", "--digits", "5", "--json")
    found = json.loads(done.out)["claims"][0]
    assert (found["value"], found["digits"]) == (1 / 3, {"value": "0.33333", "claimed": "0.4"})


@pytest.mark.parametrize("claims", [(), ("--claim", "x=1")])
def test_digits_are_refused(claims: tuple[str, ...]) -> None:
    """By one message."""
    done = run("check", "x", "--at", "x=1", "--digits", "0", *claims)
    assert done == (2, "", "gradcli: the number of digits is a whole number from 1 to 1000, not 0\n")
    done = run("check", "floor(x^2)", "--at", "x=sqrt(2)", "--digits", "5", *claims)
    assert (done.code, done.out) == (1, "")
    assert "do not decide which way 'floor' at column 1 goes" in done.err


def test_kinks_that_are_met_as_written_alone() -> None:
    """0.3 - 0.1 - 0.2 is 0, and doubles have it below; a claim on what does not move it has no remark."""
    text, at = "abs(x - 0.1 - 0.2) + y^2", ("--at", "x=0.3,y=1", "--digits", "20", "--format", "csv")
    kink = "the point is on a kink, a jump or the edge of a condition"
    of_x, of_y = run("check", text, *at).out.splitlines()[1:]
    assert kink in of_x
    assert kink not in of_y
    claims = run("check", text, *at, "--claim", "x=1", "--claim", "y=2").out.splitlines()[1:]
    assert [(",right," in line, "on a kink" in line) for line in claims] == [(True, True), (True, False)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("relu({})", ["0", "0.5", "1", "2", "sign({})", "exp({})"]),
        ("abs({})", ["0", "-1", "1", "0*({})", "sign({})", "({})/abs({})", "-({})/abs({})"]),
        ("({0})^2", ["2*({0})^3/({0})^2", "3*({0})^3/({0})^2", "2*({0})*log(exp({0}))/({0})", "log({0})"]),
        ("relu({0}) - relu(-({0}))", ["1", "2", "3"]),
        ("where({} >= 0, 3*x, x)", ["1", "2", "3"]),
    ],
)
def test_kinks_as_written_are_kinks(text: str, claims: list[str]) -> None:
    """What doubles alone do not meet is judged, and told, as if they did."""

    def said(inner: str, at: str, claim: str) -> tuple[str, str | None]:
        claim = claim.format(inner, inner)
        done = run("check", text.format(inner), "--at", at, "--claim", f"x={claim}", "--digits", "20", "--json")
        (found,) = json.loads(done.out)["claims"]
        return found["verdict"], found.get("remark", {}).get("code")

    for claim in claims:
        assert said("0.1 + x - 0.3", "x=0.2", claim) == said("x - 1", "x=1", claim), claim


@pytest.mark.parametrize(
    ("text", "claim", "verdict", "remark"),
    [
        ("(x - 0.3)*abs(x - 0.1*3) + 3*x", "x=3", "right", None),
        ("x*abs(x - 0.1*3) + 3*x", "x=3.3", "right", "kink"),
        ("relu(x - 0.1*3) - relu(0.1*3 - x)", "x=1", "right", "smooth"),
        ("relu(x - 0.1*3) - relu(0.1*3 - x)", "x=2", "inconclusive", "smooth"),
        ("relu(x - 0.1*3) - relu(0.1*3 - x)", "x=3", "wrong", "smooth"),
        ("relu(x - 0.1*3) - relu(0.1*3 - x)", "x=exp(x)", "wrong", "smooth"),
    ],
)
def test_kinks_that_cancel_as_written(text: str, claim: str, verdict: str, remark: str | None) -> None:
    """Doubles have 0.1*3 above 0.3: what changes no slope is not said, and what both sides have is the derivative."""
    done = run("check", text, "--at", "x=0.3", "--claim", claim, "--digits", "20", "--json")
    (found,) = json.loads(done.out)["claims"]
    assert (found["verdict"], found.get("remark", {}).get("code")) == (verdict, remark)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("sum(exp(a*x)/(1 + exp(a*x)))", "x=a"),
        ("y = softmax(x); sum(a*y)", "x=y*(1 - y)*a"),
        ("sum(a*softmax(x))", "x=softmax(x)*(1 - softmax(x))*a"),
        (f"{'*'.join(f'v{place}' for place in range(12))}*sum(a*x)", "v0=v1"),
        (f"({' + '.join(f'v{place}' for place in range(12))})^2 + sum(a*x)", "v0=2*v1 + 20"),
    ],
)
def test_remarks_with_derivatives_and_many_names_in_latex(text: str, claim: str, language: str) -> None:
    """Derivatives are fractions, and the words behind a list are no formula."""
    point = ",".join(["a=[1,2],x=[1,3]", *(f"v{place}=1" for place in range(12) if f"v{place}" in text)])
    found = run("check", text, "--at", point, "--claim", claim, "--format", "latex", "--lang", language)
    assert (found.code, found.err) == (1, "")
    assert "∂" not in found.out
