"""Claims that are numbers, what rounding hides, and what is no claim."""

import json
from random import Random

import mpmath
import pytest

from gradcli.api import gradient
from gradcli.check.claims import read_claims
from gradcli.check.judge import judge
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers.judging import judged
from tests.helpers.running import run


@pytest.mark.parametrize("seed", range(12))
def test_the_exact_number_where_rounding_leaves_no_digit(seed: int) -> None:
    """A sine of a huge argument: neither the true derivative is wrong, nor is gradcli's own shown as the right one."""
    b = Random(seed).uniform(1, 9999)
    with mpmath.workdps(60):
        truth = float(mpmath.cos(mpmath.mpf(b) * 10**15) * 10**15)
    for claim in (truth, gradient("sin(1e15*b)", {"b": b}).gradient["b"], -truth):
        found = judged("sin(1e15*b)", {"b": b}, f"b={claim!r}")
        assert ("inconclusive", ("rounding", {}), None) == (found.verdict, found.remark, found.right)


@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict", "remark"),
    [
        ("a*x", {"a": 2.0, "x": 3.0}, "a=3", "right", None),
        ("a*x", {"a": 2.0, "x": 3.0}, "a=6/2", "right", None),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.235", "right", "rounded"),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.236", "wrong", "close"),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.2", "wrong", "close 1"),  # too few digits for a rounded number
        ("relu(x)", {"x": 0.0}, "x=1", "right", "kink"),
        ("relu(x)", {"x": 0.0}, "x=0", "inconclusive", "one-sided"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=1", "right", "smooth"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=1 + 0*x", "right", "smooth"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=2", "inconclusive", "smooth"),  # the slope of the branches
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=where(x >= 0, 1, 0) + where(-x >= 0, 1, 0)", "inconclusive", "smooth"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=1.5", "wrong", "smooth"),
        ("relu(x) - relu(-x)", {"x": 0.0}, "x=exp(x)", "wrong", "elsewhere"),
        ("relu(x)/3 - relu(-x)/3", {"x": 0.0}, "x=0.33", "right", "smooth"),
        ("abs(x)*x + 3*x", {"x": 0.0}, "x=3", "right", None),
        ("s = 2*x; relu(s) - relu(-s)", {"x": 0.0}, "s=1", "right", "smooth"),
        ("relu(x)", {"x": 0.0}, "x=0.5", "inconclusive", "one-sided"),
        ("relu(x)", {"x": 0.0}, "x=1.5", "wrong", "one-sided"),
        ("relu(x)", {"x": 0.0}, "x=sign(x)", "wrong", "off kink"),
        ("s = a*x; relu(s)", {"a": 0.0, "x": 2.0}, "s=0.5", "inconclusive", "one-sided"),
        ("s = a*x; relu(s)", {"a": 0.0, "x": 2.0}, "s=2", "wrong", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=0", "inconclusive", "one-sided"),
        ("abs(x^3)", {"x": 0.0}, "x=0", "right", None),  # nothing moves across the kink
        ("abs(x)", {"x": 0.0}, "x=-2", "wrong", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=sign(x)", "inconclusive", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=x/abs(x)", "inconclusive", "claim not finite"),
        ("max(x, y)", {"x": 1.0, "y": 1.0}, "y=0.5", "inconclusive", "one-sided"),
        ("max(x, y)", {"x": 1.0, "y": 1.0}, "x=2", "wrong", "one-sided"),
        ("floor(x)", {"x": 1.0}, "x=1", "wrong", None),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=0", "right", "edge"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=1", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=0.5", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=2", "wrong", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=where(x >= 0, 1, 0)", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=sign(x) + 1", "wrong", "off kink"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=exp(1/2)", "inconclusive", "beside"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=1.649", "inconclusive", "beside"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=1.66", "wrong", "beside"),
        ("where(x > 1e12, x, 0)", {"x": 1e12}, "x=1", "inconclusive", "beside"),
        ("where(x == 1, 5, x^2)", {"x": 1.0}, "x=2", "inconclusive", "beside"),
        ("where(x == 1, 5, x^2)", {"x": 1.0}, "x=1", "wrong", "beside"),
        ("s = 2*x; where(s > 2, 3*s, s)", {"x": 1.0}, "s=3", "inconclusive", "beside"),
        ("where(x > 0, log(x), 0)", {"x": 0.0}, "x=7", "inconclusive", "beside"),
        ("pi*x^2", {"x": 2.0}, "x=6.28*x", "wrong", "near"),
        ("pi*x^2", {"x": 2.0}, "x=6.2*x", "wrong", None),
        ("pi*x", {"x": 2.0}, "x=3.14", "right", "rounded"),
        ("pi*x", {"x": 2.0}, "x=3", "wrong", None),  # one digit is no rounded number
        ("pi*x", {"x": 2.0}, "x=22/7", "wrong", "near number"),
        ("log(x)", {"x": 2.0}, "x=1/log(x - 5)", "wrong", "undefined"),
        ("log(x)", {"x": 2.0}, "x=1/sqrt(x - 5)", "wrong", "undefined"),
        ("x", {"x": 2.0}, "x=1/0", "wrong", "undefined"),
        ("x^2/2", {"x": 2.0}, "x=sqrt(x)*sqrt(x)", "right", "undefined elsewhere"),
        ("sinc(x)", {"x": 0.0}, "x=(cos(x) - sinc(x))/x", "inconclusive", "undefined"),  # right everywhere else
        ("x^2", {"x": 0.0}, "x=2*x^2/x", "inconclusive", "undefined"),
        ("relu(x)", {"x": 0.0}, "x=where(x > 0, 1, log(x))", "inconclusive", "claim not finite"),
        ("sin(1e17*y^x)", {"y": 0.0, "x": 2.0}, "x=cos(1e17*y^x)*1e17*y^x*log(y)", "inconclusive", "undefined"),
        (
            "floor(a)*relu(y)^x",
            {"y": 0.0, "x": 2.0, "a": 1.5},
            "x=floor(a)*relu(y)^x*log(relu(y))",
            "inconclusive",
            "undefined",
        ),
        ("softplus(x)", {"x": 800.0}, "x=exp(x)/(1 + exp(x))", "right", None),  # it overflows here alone
        ("x/3", {"x": 1.0}, "x=0.33", "right", "rounded"),
        ("x/3", {"x": 1.0}, "x=0.3334", "wrong", "close"),
        ("exp(x)", {"x": 1.0}, "x=2.7", "right", "rounded"),
        ("x/8", {"x": 1.0}, "x=0.13", "right", "rounded"),
        ("x/8", {"x": 1.0}, "x=0.12", "right", "rounded"),  # 0.125 lies between
        ("1001.0005*x", {"x": 1.0}, "x=1001.", "right", "rounded"),
        ("1.2346e-7*x", {"x": 1.0}, "x=1.235e-7", "right", "rounded"),
        ("5.3*x", {"x": 1.0}, "x=5", "wrong", None),
        ("10.4*x", {"x": 1.0}, "x=10", "wrong", "close"),  # a whole number is exact
        ("3.4*x^2", {"x": 1.7}, "x=12", "wrong", "close"),
        ("12340*x", {"x": 1.0}, "x=1.23e4", "right", "rounded"),
        *(("-x/3", {"x": 1.0}, f"x={claim}", "right", "rounded") for claim in ("-0.33", "−0.33", "- 0.33", "-(0.33)")),
        *(("x/3", {"x": 1.0}, f"x={claim}", "right", "rounded") for claim in ("+0.33", "(0.33)", "--0.33", "( .33 )")),
        ("x/3", {"x": 1.0}, "x=−0.33", "wrong", None),
        ("tanh(x)", {"x": 10.0}, "x=0.0000", "right", "rounded"),
        ("tanh(x)", {"x": 10.0}, "x=0.000000000", "wrong", None),
        ("tanh(x)", {"x": 10.0}, "x=0.0", "wrong", None),
        ("tanh(x)", {"x": 10.0}, "x=0", "wrong", None),
        ("mod(x, y)", {"x": 7.0, "y": 3.0}, "y=-2", "right", None),
        ("mod(x, y)", {"x": -7.0, "y": 3.0}, "y=3", "right", None),
        ("mod(x, y)", {"x": 7.0, "y": 3.0}, "y=-floor(x/y)", "right", None),
        ("mod(x, y)", {"x": 7.0, "y": 3.0}, "y=-7/3", "wrong", None),
        ("sqrt(x)", {"x": 0.0}, "x=1", "inconclusive", "not finite"),
        ("cbrt(x)^3", {"x": 0.0}, "x=1", "inconclusive", "stop"),  # where gradcli has 0
        ("cbrt(x)^3", {"x": 0.0}, "x=0", "inconclusive", "stop"),
        ("cbrt(x)^3", {"x": 0.0}, "x=1 + 0*x", "inconclusive", "stop"),
        ("cbrt(x)^3", {"x": 0.0}, "x=2*cos(x)", "wrong", "elsewhere"),
        ("cbrt(x)^3 + y", {"x": 0.0, "y": 1.0}, "y=1", "right", None),
        ("0*sqrt(x)", {"x": 0.0}, "x=1", "wrong", None),
        ("x^2", {"x": 0.0}, "x=x^3/x", "wrong", "undefined"),
        ("s = a*x; s + 1", {"a": 2.0, "x": 3.0}, "s=1", "right", None),
        ("a*x + 1", {"a": 2.0, "x": 3.0}, "s=1", "right", None),  # as the trace calls it
        ("t = sqrt(x); where(x > 0, t, 0)", {"x": -1.0}, "t=1", "inconclusive", "not reached"),
    ],
)
def test_numbers(text: str, at: dict[str, float], claim: str, verdict: str, remark: str | None) -> None:
    """A number is tested at the point, as exactly as it is given; at kinks no side is called wrong."""
    graph = parse(text)
    found = judge(graph, at, read_claims(graph, [claim]))[0]
    assert (verdict, remark) == (found.verdict, found.remark and found.remark[0])


@pytest.mark.parametrize(
    ("text", "x", "claim"),
    [
        ("(1 - cos(x))/x^2", 1e-8, "x=-1/1200000000"),  # the gradient has no digit there
        ("(exp(x) - 1)/x", 1e-9, "x=0.5"),
        ("sin(1e20*x)", 0.5, "x=0"),
        ("(1e16*x + x) - 1e16*x", 3.0, "x=1"),  # the sum of the contributions loses the 1
        ("x^2/2 + x", 40.0, "x=x + 1 + 0*log(1 - sigmoid(x))"),  # sigmoid is 1 to all digits
        ("x", -800.0, "x=log(exp(x))/x"),  # exp is 0 to all digits
        ("x", 25.0, "x=1 + 0*atanh(tanh(x))"),
        ("1e-160*x^2*1e-160", 0.7, "x=x*1e-320"),  # too small to tell
    ],
)
def test_where_rounding_makes_the_difference(text: str, x: float, claim: str) -> None:
    """No claim is called wrong because rounding of the values has moved the derivative; no value is called right."""
    found = judge(parse(text), {"x": x}, read_claims(parse(text), [claim]))[0]
    assert found.verdict in ("inconclusive", "right")
    assert found.verdict == "right" or (found.remark, found.right) == (("rounding", {}), None)


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("a", "a claim is name=derivative, such as a=x or b=4"),
        ("a==x", "a claim is name=derivative, such as a=x or b=4"),
        ("=3", "a claim is name=derivative, such as a=x or b=4"),
        ("∂x/∂a=x", "'x' is not the output; a claim is for the output's derivatives"),
        ("∂y/∂q=x", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=", "the claim has no right side"),
        ("q=x", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=q", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=ax", "'ax' is no variable and no step of the expression; for a product write a*x"),
        ("a=X", "'X' is no variable and no step of the expression; did you mean 'x'?"),
        ("a=x+", "the expression ends where a value is missing"),
        ("a=t = 3; t", "a claim has one equals sign; each claim has a --claim of its own"),
        ("a=x,x=a", "a claim has one equals sign; each claim has a --claim of its own"),
        ("a=x <", "the expression ends where a value is missing"),
    ],
)
def test_what_is_no_claim(claim: str, message: str) -> None:
    """One clear message, with a caret under the claim."""
    with pytest.raises(GradcliError) as caught:
        read_claims(parse("a*x"), [claim])
    assert message == caught.value.message
    assert claim == caught.value.text


@pytest.mark.parametrize("claim", ["∂y/∂a=x", " dy/da = x", "∂y / ∂a = x", "df/da=x"])
def test_a_claim_as_it_is_printed(claim: str) -> None:
    """`∂y/∂a = x`, as `gradcli diff` prints it, is `a = x`."""
    read = read_claims(parse("a*x"), [claim])[0]
    assert ("a", "x") == (read.name, read.text)


def test_two_claims_for_one_name() -> None:
    """Are refused."""
    with pytest.raises(GradcliError, match="there are two claims for 'a'"):
        read_claims(parse("a*x"), ["a=x", "a=3"])
    outcome = run("check", "a*x", "--at", "a=2,x=3", "--claim", "a=x", "--claim", "df/da=3")
    assert (2, "", "gradcli: there are two claims for 'a'\n  df/da=3\n      ^\n") == outcome


def test_the_output_by_another_name() -> None:
    """An output that has a name of its own has no other one."""
    assert "a" == read_claims(parse("z = a*x"), ["∂z/∂a = x"])[0].name
    with pytest.raises(GradcliError, match="'f' is not the output"):
        read_claims(parse("z = a*x"), ["∂f/∂a = x"])


def test_how_near_an_expression_is() -> None:
    """In percent, at most."""
    assert ["close: at the points tested it differs by 0.051 percent at most"] == judged(
        "pi*x^2", {"x": 2.0}, "x=6.28*x"
    ).phrases("en")
    assert ["close: it differs by 0.04 percent"] == judged("pi*x", {"x": 2.0}, "x=22/7").phrases("en")


def test_many_variables_with_a_narrow_domain() -> None:
    """Other points are found near the point."""
    text = " + ".join(f"log(x{number})" for number in range(60))
    at = {f"x{number}": 0.2 + number / 50 for number in range(60)}
    assert ("right", None) == ((found := judged(text, at, "x7=1/x7")).verdict, found.remark)
    assert "wrong" == judged(text, at, f"x7=2/x7 - 1/{at['x7']}").verdict


def test_the_command() -> None:
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
