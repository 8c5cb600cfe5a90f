"""Which numbers have lost their digits, what they are, and which node is blamed."""

import json
import math
import subprocess
import sys
from collections.abc import Iterable, Mapping
from math import pi
from pathlib import Path
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.choices import KINK_RULES
from gradcli.engine.digits import bounds, exact
from gradcli.engine.digits.loss import Loss
from gradcli.engine.digits.problem import Problem
from gradcli.engine.evaluation import Evaluation, evaluate
from gradcli.language.parser import parse
from tests.helpers import oracle
from tests.helpers.random_expressions import Example, examples
from tests.helpers.running import environment

CASES = json.loads((Path(__file__).parents[2] / "data" / "lost.json").read_text(encoding="utf-8"))


def _losses(text: str, at: Mapping[str, float], kink: str = "branch") -> tuple[Evaluation, dict[str, Loss]]:
    """By name, "" for the value."""
    graph = parse(text)
    here = evaluate(graph, at, tuple(graph.variables.values()), kink, total=True)
    return here, {"" if loss.target is None else graph.names[loss.target]: loss for loss in here.losses}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"])
def test_what_is_wrong_is_corrected(case: Mapping[str, Any]) -> None:
    """Every number is right to 1e-9, or lost and corrected; the digits that hold are those that agree."""
    here, losses = _losses(case["expression"], case["at"])
    for name, true in {"": case["value"], **case["gradient"]}.items():
        computed = here.gradient[name] if name else here.value
        if name in losses:
            corrected = losses[name].corrected
            assert corrected == pytest.approx(true, rel=3e-16, abs=0)
            assert losses[name].holds < 10
            assert abs(computed - true) <= abs(true) * 10.0 ** -losses[name].holds or not losses[name].holds
        else:
            assert abs(computed - true) <= 1e-9 * abs(true) + 1e-15 * (not true)


@pytest.mark.parametrize(
    ("text", "at", "name", "blamed"),
    [
        ("(exp(x) - 1)/x", {"x": 1e-8}, "x", (9, "operation", "cancellation", 0)),
        ("(exp(x) - 1)/x", {"x": 1e-8}, "", (9, "operation", "cancellation", 7)),
        ("log(1 - sigmoid(x))", {"x": 36.5}, "x", (7, "operation", "cancellation", 0)),
        ("1/tanh(x) - 1/x", {"x": 1e-7}, "x", (8, "sum", "cancellation", 0)),
        ("tanh(x) - 1", {"x": 25.0}, "", (9, "operation", "cancellation", 0)),
        ("atan(1/x)", {"x": 1e-200}, "x", (1, "slope", "underflow", 0)),
        ("-log(1/(1+exp(-z)))", {"z": -371.0}, "z", (7, "slope", "underflow", 1)),
        ("x + 1e-200*(1e-200*(1e300*(1e300*x)))", {"x": 1e-300}, "x", (19, "product", "underflow", 0)),
        ("1e-300*x*1e-300*1e300*1e300", {"x": 2.0}, "", (9, "operation", "underflow", 0)),
        ("1e-300*x*1e-300*1e300*1e300", {"x": 2.0}, "x", (16, "product", "overflow", 0)),
        ("sqrt(x*y)/sqrt(x)", {"x": 1e-200, "y": 1e-200}, "", (7, "operation", "underflow", 0)),
        ("sin(1e9*x)", {"x": 0.1}, "", (1, "operation", "rounding", 8)),
        ("floor(3*x)*y + 2*y", {"x": 0.3333333333333333, "y": 1.0}, "y", (1, "operation", "rounding", 0)),
        ("y*where(3*x >= 1, 1, 0) + y", {"x": 0.3333333333333333, "y": 1.0}, "y", (3, "operation", "rounding", 0)),
        ("sign(3*x - 1)*y + 2*y", {"x": 0.3333333333333333, "y": 1.0}, "y", (10, "operation", "cancellation", 0)),
        ("sign(3*x - 1)*y + 2*y", {"x": 0.3333333333333333, "y": 1.0}, "", (10, "operation", "cancellation", 0)),
    ],
)
def test_blame(text: str, at: Mapping[str, float], name: str, blamed: tuple[int, str, str, int]) -> None:
    """The column of the node where most digits are lost, where in it, what took them, and how many hold."""
    here, losses = _losses(text, at)
    loss = losses[name]
    assert (here.graph.starts[loss.node] + 1, loss.place, loss.by, loss.holds) == blamed


def test_a_zero_is_measured_against_its_terms() -> None:
    """What rounding leaves of a true 0 is no loss, of a value and of a gradient; what cancellation leaves is one."""
    assert not _losses("x + y - x - y", {"x": 0.1, "y": 0.2})[1]
    assert not _losses("sin(x + y - x - y) + (x*y - y*x)^2", {"x": 0.1, "y": 0.2})[1]
    assert not _losses("x*sin(y)/sin(y)/x", {"x": 0.1, "y": 0.2})[1]
    assert "" in _losses("((exp(x) - 1)/x - 1 - x/2 - x^2/6)*0 + (exp(x) - 1)/x - 1", {"x": 1e-9})[1]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("(log(x*y) - log(x) - log(y))/x^2", {"x": 1e-8, "y": 3.0}),
        ("(gamma(x+1) - x*gamma(x))/x", {"x": 1e-9}),
        ("(sin(x + y) - sin(x)*cos(y) - cos(x)*sin(y))/y^2", {"x": 0.7, "y": 1e-8}),
    ],
)
def test_an_error_that_is_large_beside_the_value_is_told_of_a_true_zero(text: str, at: dict[str, float]) -> None:
    """The terms of the gradient are large beyond measure; the value that it would make is not."""
    here, losses = _losses(text, at)
    for name, computed in {"": here.value, **here.gradient}.items():
        assert abs(computed) < 1e-9 or losses[name].corrected == 0, (text, name)


def test_a_true_zero_that_no_product_makes() -> None:
    """Where x is large an error of 5e-13 counts; but not beside the products that are added, be they 1."""
    _, losses = _losses("sinc(hypot(1, tan(atan(x)) - x))", {"x": 8e11})
    assert losses["x"].corrected == 0
    here, losses = _losses("exp(log(x)) - x", {"x": 1e9})
    assert here.gradient["x"]
    assert not losses


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("tanh(1e3*sin(1e200*y))", -1.0),
        ("tanh(1e300*sinc(1e200*y))", -1.0),
        ("clip(1e3*sin(1e200*y), -2, 2)", -2.0),
        ("clip(sin(1e13*1.2379646270918914) + 0*y + 0.617636, -1e-9, 1e-9)", -1e-9),
        ("heaviside(1e300*sinc(1e200*y)/y)", 0.0),
        ("min(1, relu(1e300*sinc(1e200*y)))", 0.0),
        ("round(clip(1e300*sinc(1e200*y), 0, 1))", 0.0),
        ("tanh(y*sin(1e17*y)*1e3)*y", -1.5707963267948968),
    ],
)
def test_a_function_that_is_flat_on_both_sides(text: str, true: float) -> None:
    """What doubles have is on the other side of all that it does: neither slope tells it, nor the argument's size."""
    here, losses = _losses(text, {"y": 1.5707963267948968})
    assert abs(here.value - true) >= 1e-9
    assert losses[""].corrected == true


# The first is 0 in doubles, and truly 0.9; the others multiply it by less than what hides all that a function does.
WRONG = "s = 1e16 + 0.9 - 1e16; "


@pytest.mark.parametrize(
    "text",
    [
        "1e14 + hypot(x, s*0.2)",  # the slope is 1 at 0, and less on both sides
        "1e13 + clip(s*0.1 + x*1e-9, 0.15 - s*0.1, 2)",  # an edge that comes from the other side
        "1e13 + mod(2.9 + s*0.09, x - s*0.03)",  # so does a jump
        "1e13*x + digamma(-3.7 - s*0.333333 + x*1e-9)",  # a pole between
        "1e13 + x + 1e-11*cbrt(s*0.2 - 0.18 + (x - 1))",  # an infinite slope
        "1e13 + x + 1e-12*log(1.05, 1.18 - s*0.2 + 1e-12*x)",
        "1e13 + detach(s)*x",  # it stops the gradient, and no error
    ],
)
def test_what_lies_within_an_error(text: str) -> None:
    """Between its ends, or where those of several arguments meet; beside what the value is it is little."""
    graph = parse(WRONG + text)
    assert gradient(graph, {"x": 1.0}).gradient["x"] == pytest.approx(oracle.tangent(graph, {"x": 1.0}, "x"), rel=1e-9)


def test_a_tangent_of_what_no_exponential_has() -> None:
    """It is 1, and less by what is less than any number."""
    _, losses = _losses("tanh(x)", {"x": 1e25})
    assert losses.keys() == {"x"}
    assert losses["x"].below is not None


def test_a_remainder_whose_divisor_is_less_than_the_error() -> None:
    """The value is off by no more than that, and the quotient by any number."""
    _, losses = _losses("mod(((y + 1)^2 - y^2 - 1)/2, y) + 3", {"y": -1e-150})
    assert losses["y"].corrected == 0


def test_what_is_beyond_doubles_does_not_hide_what_is_added() -> None:
    """1e395 and its negative are added to 1, which they do not swallow."""
    _, losses = _losses("x/((z - z) + 1e-200) + sin(z) - x/((z - z) + 1e-200)", {"x": 1e-5, "z": 0.5})
    assert losses["z"].corrected == pytest.approx(0.8775825618903728, rel=1e-15)


def test_what_may_be_zero_and_is_less_than_any_double() -> None:
    """Whether it is 0 would take any number of digits; that no double is so small is known."""
    for text in ("coth(logsumexp(x*(y/y), y))", "exp(-x)*(y^2 - y*y)", "x*erfc(1e200*y)"):
        _, losses = _losses(text, {"x": 1e9, "y": 2.0})
        assert losses["y"].corrected == 0, text
        assert losses["y"].below is not None, text
        assert losses["y"].as_text().startswith("1e-"), text


def test_a_slope_of_a_branch_that_underflows() -> None:
    """That of elu is e^x, which is never 0."""
    for text in ("elu(x)", "2^(-elu(-x*1e150))*0 + elu(x)"):
        _, losses = _losses(text, {"x": -1e150})
        assert losses["x"].corrected == 0, text


def test_a_slope_of_a_length_that_underflows() -> None:
    """Be it one of two numbers or more; that for a number that is 0 is none."""
    for text in ("hypot(z, x)", "hypot(z, x, x)"):
        here, losses = _losses(text, {"z": 5e-324, "x": 3.0})
        assert (here.gradient["z"], set(losses)) == (0.0, {"z"}), text
        assert not _losses(text, {"z": 0.0, "x": 3.0})[1], text


def test_a_root_of_what_underflows() -> None:
    """It is a number of decimals, and no 0 for all that."""
    _, losses = _losses("cbrt(softplus(y))", {"y": -1e150})
    assert losses[""].below is not None


def test_a_jump_that_hangs_on_what_no_decimal_has() -> None:
    """Which side it is would take any number of digits: no number of the result is known."""
    _, losses = _losses("x*ceil(sign(logsigmoid(1e200)))", {"x": 2.0})
    assert (losses[""].exact, losses["x"].exact) == (None, None)


def test_only_a_zero_that_is_given_has_a_sign() -> None:
    """The angle of (x, 0) with x < 0 is pi: that of rounding 0/-2 to -0 is none of the function's."""
    for text in (
        "atan2((x - x)/logsigmoid(2), log2(y))",
        "atan2(-sin(x - x), log2(y))",
        "atan2(tan(x*0)*-y, -y)",
        "atan2(0/-2, -1)*x/2",
    ):
        here, losses = _losses(text, {"x": 2.0, "y": 0.3})
        assert (here.value, losses[""].corrected) == (-pi, pi), text
    for text in ("atan2(x, log2(y))", "s = x; atan2(s, log2(y))", "atan2(detach(x), log2(y))"):
        here, losses = _losses(text, {"x": -0.0, "y": 0.3})
        assert (here.value, losses) == (-pi, {}), text
    _, losses = _losses("atan2(x^3, log2(y))", {"x": -0.0, "y": 0.3})
    assert losses[""].corrected == pi


def test_a_constant_that_underflows() -> None:
    """It counts for what it is made to."""
    _, losses = _losses("atan2(x, y*0.5^1e200)", {"x": 2.0, "y": 3.0})
    assert {"x", "y"} <= set(losses)


def test_what_340_digits_take_for_zero() -> None:
    """It is looked for with more, as it may be less than any double and no 0."""
    _, losses = _losses("log2(sigmoid(x + y))", {"x": 400.0, "y": 400.0})
    assert losses[""].as_text() == "-5.291624473195818e-348"


def test_a_long_recurrence() -> None:
    """Of 300 steps; of more in tests/sweeps."""
    check_recurrence(300)


def check_recurrence(count: int) -> None:
    """A ball loses half a digit in each step that forgets where it began, and the gradient as many besides: both are
    known to be right.
    """
    steps = "; ".join(f"x{step + 1} = 2.8*x{step}*(1 - x{step})" for step in range(count))
    here, losses = _losses(f"x0 = x; {steps}; x{count}", {"x": 0.3})
    assert not losses
    assert 0 < abs(here.gradient["x"]) < 10.0 ** -(count // 11)


def test_a_node_is_equal_to_itself() -> None:
    """However inexact it is: no comparison of it, difference or quotient takes more digits."""
    for text in ("where(x*x >= x*x, y, 0)*(y*1)", "s = x*x; where(s >= s, y, 0)", "s = exp(x); max(s, s) + y"):
        here, _ = _losses(text, {"x": 0.1, "y": 2.0})
        found = exact.settled(Problem.at(here))
        assert found is not None
        assert found.digits == exact.FIRST_DIGITS or "x*x >= x*x" in text, text


def test_a_branch_that_doubles_take_wrongly() -> None:
    """The nodes of the right branch have no values in doubles; the note corrects all the same."""
    for text, true in (
        ("where((1e16 + x) - 1e16 > 0.5, clip(x^2, 0, 5), x)", 1.4),
        ("where((1e16 + x) - 1e16 > 0.5, sin(x)*exp(x)/2, x*x*x)", 1.4187490686535247),
    ):
        _, losses = _losses(text, {"x": 0.7})
        assert set(losses) == {"", "x"}
        assert losses["x"].corrected == pytest.approx(true, rel=1e-14)


def test_too_small_for_a_double() -> None:
    """A product whose exact value no double has."""
    here, losses = _losses("x*y", {"x": 1e-200, "y": 1e-200})
    assert here.value == 0
    assert (losses[""].by, losses[""].corrected, f"{losses[''].exact:.3}") == ("underflow", 0.0, "1.00E-400")


def check_harmless(tried: Iterable[Example]) -> None:
    """Nothing is said but of what is wrong."""
    for example in tried:
        _, losses = _losses(example.text, example.at)
        for loss in losses.values():
            assert loss.exact is not None
            assert abs(loss.computed - float(loss.exact)) > 0.9e-9 * abs(float(loss.exact)), example


def test_harmless_numbers_are_not_lost() -> None:
    """On random expressions, on more of them in tests/sweeps."""
    check_harmless(examples(30))


def test_what_finds_lost_digits_is_loaded_when_it_is_needed() -> None:
    """A harmless result does not wait for it."""
    program = """
import sys, gradcli
for text in ("sin(x)*x", "(exp(x) - 1)/x"):
    found = gradcli.gradient(text, {"x": 1e-8})
    print(len(found.notes), "gradcli.engine.digits.lost" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["0 False", "2 True"]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> str:
    """A sum of more nodes than are computed with more digits."""
    monkeypatch.setattr(bounds, "MOST", 1_000)
    return "x" + " + 0*x" * (bounds.MOST // 3)


def test_where_nothing_is_known(long: str) -> None:
    """Large graphs with coarse errors, and what no number of digits settles."""
    _, losses = _losses(f"(1e10*y + x - 1e10*y)*({long})", {"x": 0.3, "y": 1 / 3})
    assert losses[""].exact is None
    assert losses[""].corrected is None


@pytest.mark.parametrize(
    ("text", "at", "name", "blamed"),
    [
        ("x*ceil(sign(logsigmoid(1e200)))", {"x": 2.0}, "", (8, "operation")),
        ("(1e10*y + x - 1e10*y)*({long})", {"x": 0.3, "y": 1 / 3}, "", (13, "operation")),
        ("(1e10*y + x - 1e10*y)*({long})", {"x": 0.3, "y": 1 / 3}, "y", (0, "sum")),
        ("sin(1e12*y + x)*({long})", {"x": 0.3, "y": 1 / 3}, "y", (1, "operation")),
    ],
)
def test_where_digits_may_be_lost(
    text: str, at: dict[str, float], name: str, blamed: tuple[int, str], long: str
) -> None:
    """The column of the node where the bound grows most, if no more is known; 0 for a variable."""
    here, losses = _losses(text.replace("{long}", long), at)
    loss = losses[name]
    column = 0 if here.graph.is_leaf(loss.node) else here.graph.starts[loss.node] + 1
    assert (loss.exact, column, loss.place) == (None, *blamed)


def test_the_rule_at_kinks_holds() -> None:
    """The exact gradient at a kink is that of the rule which the doubles follow."""
    text, at = "relu(x)*((exp(y) - 1)/y) + x", {"x": 0.0, "y": 1e-9}
    assert "x" not in _losses(text, at, "minnorm")[1]
    assert _losses(text, at)[1]["x"].corrected == pytest.approx(2.0000000005, rel=1e-15)


@pytest.mark.parametrize("kink", KINK_RULES)
def test_what_has_no_slope_by_a_rule_has_none_exactly(kink: str) -> None:
    """Behind it no gradient is known; where 0 comes to it, it is 0."""
    for y, b in ((0.5, math.nan), (0.0, 0.0)):
        found = gradient("x*x + y*atan2(b, b)", {"x": 0.1, "y": y, "b": 0.0}, kink=kink)
        assert found.gradient == pytest.approx({"x": 0.2, "y": 0.0, "b": b}, nan_ok=True)
        assert _losses("x*x + y*atan2(b, b)", {"x": 0.1, "y": y, "b": 0.0}, kink)[1] == {}


@pytest.mark.parametrize(
    ("text", "at", "true"),
    [
        ("mod(1, 1/x)", {"x": 1e10}, 0.0),
        ("mod(1, 1/x)*x", {"x": 1e10}, 0.0),
        ("sin(3*mod(1, 1/x)*x)", {"x": 1e17}, 0.0),
        ("mod(1, 1/x)/y", {"x": 1e10, "y": 3e-50}, 0.0),
        ("mod(1, 1/x)*x + 0.5", {"x": 1e20}, 0.5),
        ("mod(y, acot(1e200))*1e200", {"y": 0.3}, 1e-201),
    ],
)
def test_a_remainder_is_no_larger_than_its_divisor(text: str, at: Mapping[str, float], true: float) -> None:
    """An error as large as the divisor is a loss, however large the dividend is, and what is made of it too."""
    here, losses = _losses(text, at)
    assert here.value != pytest.approx(true, rel=1e-3)
    assert losses[""].corrected == pytest.approx(true, rel=1e-15)


@pytest.mark.parametrize("function", ["tanh", "atan", "sin", "erf", "asinh", "5*tanh"])
def test_a_function_of_0_is_measured_by_what_it_becomes(function: str) -> None:
    """The error of a tanh of 0 is beside 1, not beside the terms that cancel in it."""
    here, losses = _losses(f"{function}(exp(log(x)) - x)", {"x": 1e16})
    assert abs(here.value) > 0.1
    assert losses[""].corrected == 0


@pytest.mark.parametrize("x", [1.5e22, 1e30, 1e40, 1e100])
def test_a_remainder_on_a_jump_that_no_digits_tell(x: float) -> None:
    """1 is the x-th multiple of 1/x, which has no end; but it is a quotient of whole numbers."""
    for text, true in (("mod(1, 1/x)", 0.0), ("mod(1, 1/x)*x + 0.5", 0.5), ("mod(1, 1/x)*x", 0.0)):
        assert _losses(text, {"x": x})[1][""].corrected == true
