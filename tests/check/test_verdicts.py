"""The verdict on one claim: numbers, other forms, kinks, what rounding hides, and points where it fails."""

from random import Random

import mpmath
import pytest

from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.engine.evaluation import evaluate
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.programs import program
from tests.helpers.claims import FORMS, NEAR_MISSES, POINT, SMALLER_DOMAINS
from tests.helpers.judging import judged


@pytest.mark.parametrize("seed", range(12))
def test_the_exact_number_where_rounding_leaves_no_digit(seed: int) -> None:
    """A sine of a huge argument: the true derivative is right, and shown; the one that doubles give is wrong."""
    b = Random(seed).uniform(1, 9999)
    with mpmath.workdps(60):
        truth = float(mpmath.cos(mpmath.mpf(b) * 10**15) * 10**15)
    b_node = parse("sin(1e15*b)").variables["b"]
    computed = evaluate(parse("sin(1e15*b)"), {"b": b}, (b_node,)).adjoints[b_node]
    for claim, verdict in ((truth, "right"), (-truth, "wrong"), (computed, "wrong")):
        found = judged("sin(1e15*b)", {"b": b}, f"b={claim!r}")
        assert (verdict, truth) == (found.verdict, found.right)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict", "remark"),
    [
        ("a*x", {"a": 2.0, "x": 3.0}, "a=3", "right", None),
        ("a*x", {"a": 2.0, "x": 3.0}, "a=6/2", "right", None),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.235", "right", "rounded"),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.236", "wrong", "close"),
        ("1/(1 + exp(-x))", {"x": 0.5}, "x=0.2", "wrong", "close-1"),  # too few digits for a rounded number
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
        ("relu(x)", {"x": 0.0}, "x=sign(x)", "wrong", "off-kink"),
        ("s = a*x; relu(s)", {"a": 0.0, "x": 2.0}, "s=0.5", "inconclusive", "one-sided"),
        ("s = a*x; relu(s)", {"a": 0.0, "x": 2.0}, "s=2", "wrong", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=0", "inconclusive", "one-sided"),
        ("abs(x^3)", {"x": 0.0}, "x=0", "right", None),  # nothing moves across the kink
        ("abs(x)", {"x": 0.0}, "x=-2", "wrong", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=sign(x)", "inconclusive", "one-sided"),
        ("abs(x)", {"x": 0.0}, "x=x/abs(x)", "inconclusive", "claim-not-finite"),
        ("max(x, y)", {"x": 1.0, "y": 1.0}, "y=0.5", "inconclusive", "one-sided"),
        ("max(x, y)", {"x": 1.0, "y": 1.0}, "x=2", "wrong", "one-sided"),
        ("floor(x)", {"x": 1.0}, "x=1", "wrong", None),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=0", "right", "edge"),
        ("floor(x)*floor(y)", {"x": 0.0, "y": 0.0}, "x=0", "right", "beside-jump"),  # which no single axis shows
        ("floor(x)*y", {"x": 0.0, "y": 0.0}, "x=0", "right", None),  # floor(x)*0, whatever x
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=1", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=0.5", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=2", "wrong", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=where(x >= 0, 1, 0)", "inconclusive", "beside"),
        ("where(x > 0, x, 0)", {"x": 0.0}, "x=sign(x) + 1", "wrong", "off-kink"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=exp(1/2)", "inconclusive", "beside"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=1.649", "inconclusive", "beside"),
        ("where(x > 0.5, exp(x), 0)", {"x": 0.5}, "x=1.66", "wrong", "beside"),
        ("where(x > 1e12, x, 0)", {"x": 1e12}, "x=1", "inconclusive", "beside"),
        ("where(x == 1, 5, x^2)", {"x": 1.0}, "x=2", "inconclusive", "beside"),
        ("where(x == 1, 5, x^2)", {"x": 1.0}, "x=1", "wrong", "beside"),
        ("s = 2*x; where(s > 2, 3*s, s)", {"x": 1.0}, "s=3", "inconclusive", "beside"),
        ("where(x > 0, log(x), 0)", {"x": 0.0}, "x=7", "inconclusive", "beside"),
        ("abs(x)", {"x": 0.0}, "x=2*x/abs(x)", "wrong", "off-kink"),  # it has no value here, and fails elsewhere
        ("log(1e-18 - (x - 2)^2) + 3*x", {"x": 2.0}, "x=1.5*x", "right", "point-only"),  # the domain is narrow
        ("log(1e-18 - (x - 2)^2) + 3*x", {"x": 2.0}, "x=log(x - 5)", "inconclusive", "undefined"),
        ("s = 2 + 3; s^2", {}, "s=2*s", "right", None),  # without a variable there is but one point
        ("pi*x^2", {"x": 2.0}, "x=6.28*x", "wrong", "near"),
        ("pi*x^2", {"x": 2.0}, "x=6.2*x", "wrong", None),
        ("pi*x", {"x": 2.0}, "x=3.14", "right", "rounded"),
        ("pi*x", {"x": 2.0}, "x=3", "wrong", None),  # one digit is no rounded number
        ("pi*x", {"x": 2.0}, "x=22/7", "wrong", "near-number"),
        ("log(x)", {"x": 2.0}, "x=1/log(x - 5)", "wrong", "undefined"),
        ("log(x)", {"x": 2.0}, "x=1/sqrt(x - 5)", "wrong", "undefined"),
        ("x", {"x": 2.0}, "x=1/0", "wrong", "undefined"),
        ("x^2/2", {"x": 2.0}, "x=sqrt(x)*sqrt(x)", "right", "undefined-elsewhere"),
        ("sinc(x)", {"x": 0.0}, "x=(cos(x) - sinc(x))/x", "inconclusive", "undefined"),  # right everywhere else
        ("x^2", {"x": 0.0}, "x=2*x^2/x", "inconclusive", "undefined"),
        ("relu(x)", {"x": 0.0}, "x=where(x > 0, 1, log(x))", "inconclusive", "claim-not-finite"),
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
        ("0.125000001*x", {"x": 1.0}, "x=0.13", "right", "rounded"),
        ("0.125000001*x", {"x": 1.0}, "x=0.12", "wrong", "close-1"),  # more than half a unit away
        ("0.125*abs(x)", {"x": 0.0}, "x=-0.13", "inconclusive", "one-sided"),  # half a unit from the slope on the left
        ("0.124999999*abs(x)", {"x": 0.0}, "x=-0.13", "wrong", "one-sided"),
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
        ("sqrt(x)", {"x": 0.0}, "x=1", "inconclusive", "not-finite"),
        ("cbrt(x)^3", {"x": 0.0}, "x=1", "inconclusive", "stop"),  # where gradcli has 0
        ("cbrt(x)^3", {"x": 0.0}, "x=0", "inconclusive", "stop"),
        ("cbrt(x)^3", {"x": 0.0}, "x=1 + 0*x", "inconclusive", "stop"),
        ("cbrt(x)^3", {"x": 0.0}, "x=2*cos(x)", "wrong", "elsewhere"),
        ("cbrt(x)^3 + y", {"x": 0.0, "y": 1.0}, "y=1", "right", None),
        ("0*sqrt(x)", {"x": 0.0}, "x=1", "wrong", None),
        ("x^2", {"x": 0.0}, "x=x^3/x", "wrong", "undefined"),
        ("s = a*x; s + 1", {"a": 2.0, "x": 3.0}, "s=1", "right", None),
        ("a*x + 1", {"a": 2.0, "x": 3.0}, "s=1", "right", None),  # as the trace calls it
        ("t = sqrt(x); where(x > 0, t, 0)", {"x": -1.0}, "t=1", "inconclusive", "not-reached"),
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
        ("(exp(x) - 1)/x", 1e-9, "x=0.50"),
        ("sin(1e20*x)", 0.5, "x=-93914067222161353381.9"),
        ("(1e16*x + x) - 1e16*x", 3.0, "x=1"),  # the sum of the contributions loses the 1
        ("x^2/2 + x", 40.0, "x=x + 1 + 0*log(1 - sigmoid(x))"),  # sigmoid is 1 to all digits
        ("x", -800.0, "x=log(exp(x))/x"),  # exp is 0 to all digits
        ("x", 25.0, "x=1 + 0*atanh(tanh(x))"),
        ("1e-160*x^2*1e-160", 0.7, "x=2*x*1e-160*1e-160"),  # products underflow
    ],
)
def test_where_rounding_makes_the_difference(text: str, x: float, claim: str) -> None:
    """No claim is called wrong because rounding of the values has moved the derivative."""
    found = judge(parse(text), {"x": x}, read_claims(parse(text), [claim]))[0]
    assert "right" == found.verdict


def test_how_near_an_expression_is() -> None:
    """In percent, at most."""
    assert ["close: at the points tested it differs by 0.051 percent at most"] == judged(
        "pi*x^2", {"x": 2.0}, "x=6.28*x"
    ).phrases("en")
    assert ["close: it differs by 0.04 percent"] == judged("pi*x", {"x": 2.0}, "x=22/7").phrases("en")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), SMALLER_DOMAINS, ids=map(" | ".join, SMALLER_DOMAINS))
def test_a_smaller_domain_is_no_mistake(text: str, claim: str) -> None:
    """A formula that holds wherever it has a value is right; a point at which it has none is named."""
    for seed in range(3):
        verdict = judged(text, POINT, claim, seed)
        assert ("right", "undefined-elsewhere") == (verdict.verdict, verdict.remark and verdict.remark[0])
        assert "it has no value at " in verdict.phrases("en")[0]
        wrong = judged(text, POINT, f"{claim} + ({claim[0]} - {POINT[claim[0]]})/1000", seed)
        assert ("wrong", "elsewhere") == (wrong.verdict, wrong.remark and wrong.remark[0])


def test_a_claim_with_a_value_at_this_point_alone() -> None:
    """Nothing is known of it: it is not called right."""
    found = judged("x^2", {"x": 2.0}, "x=4*sqrt(-(x - 2)^2) + 2*x")
    assert ("inconclusive", "undefined-elsewhere") == (found.verdict, found.remark and found.remark[0])


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "at", "claim"), NEAR_MISSES, ids=[f"{text} | {claim}" for text, _, claim in NEAR_MISSES]
)
def test_near_misses(text: str, at: str, claim: str) -> None:
    """Right at the point by chance, wrong elsewhere: a point is named."""
    point = {name: float(value) for name, value in (pair.split("=") for pair in at.split(","))}
    found = judged(text, point, claim)
    assert ("wrong", "elsewhere") == (found.verdict, found.remark and found.remark[0])
    assert pytest.approx(found.right) == found.claimed
    assert found.counterexample is not None


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), FORMS[::12], ids=map(" | ".join, FORMS[::12]))
def test_a_term_that_vanishes_at_the_point_makes_them_wrong(text: str, claim: str) -> None:
    """A small one, in the variable itself; it is said that the claim holds here but not there."""
    name = next(iter(parse(text).variables))
    found = judged(text, POINT, f"{claim} + ({name} - {POINT[name]!r})/1000")
    assert "wrong" == found.verdict
    assert found.remark is not None
    assert "elsewhere" == found.remark[0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), FORMS[::6], ids=map(" | ".join, FORMS[::6]))
def test_other_forms_are_right(text: str, claim: str) -> None:
    """At the point and at random points of the domain, with nothing to say; all of them in tests/verdicts.py."""
    verdict = judged(text, POINT, claim)
    assert ("right", []) == (verdict.verdict, verdict.phrases("en"))


@pytest.mark.sweep
def test_there_are_two_hundred() -> None:
    """Each of them once, and in another form than `gradcli diff` writes it."""
    own = 0
    for text, claim in FORMS:
        read = read_claims(parse(text), [claim])[0]
        derivatives = derive(parse(text), [read.name])
        own += format_graph(program(derivatives.graph, derivatives.root(read.name))) == format_graph(read.graph)
    assert len(set(FORMS)) == len(FORMS)
    assert len(FORMS) - own >= 200


@pytest.mark.parametrize(
    ("text", "x", "claim", "digits"),
    [
        ("sqrt(x)", 2.0, "0.3535", 3),
        ("sqrt(x)", 2.0, "0.3540", 3),
        ("sqrt(x)", 2.0, "0.3537", 3),
        ("sqrt(x)", 2.0, "0.35354", 4),
        ("x/3", 1.0, "0.3333333333333337", 15),
        ("x/3", 1.0, "0.33333333333334", 13),
    ],
)
def test_how_close_a_number_is(text: str, x: float, claim: str, digits: int) -> None:
    """To so many digits the right number rounded is no farther away: a worse number never has more."""
    found = judged(text, {"x": x}, f"x={claim}").remark
    assert found is not None
    assert ("close", digits) == (found.code, found.facts["digits"])


@pytest.mark.parametrize(("text", "claim"), [("x^2", "2*x + 1e-12*(x - 1)"), ("x^3/3", "x^2 + 1e-12*(x - 1)")])
def test_both_numbers_are_told_apart(text: str, claim: str) -> None:
    """At the point at which a claim fails, with as many digits as that takes."""
    found = judged(text, {"x": 1.0}, f"x={claim}")
    assert found.remark is not None
    assert ("wrong", "elsewhere") == (found.verdict, found.remark.code)
    assert found.remark.facts["right"] != found.remark.facts["claimed"]
    right, claimed = (str(found.remark.facts[key]) for key in ("right", "claimed"))
    assert f"there it is {right}, not {claimed}" in found.phrases("en")[0]
