"""Exported Python, really run: it gives the value and the gradient of gradcli."""

import math
import re

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.export.export import export
from gradcli.language.parser import parse
from tests.helpers.examples import FEW
from tests.helpers.exported import check_function, function
from tests.helpers.random_expressions import Example


@pytest.mark.parametrize("example", list(FEW.values())[::4], ids=list(FEW)[::4])
def test_it_agrees(example: Example) -> None:
    """Every fourth example here, all of them in tests/sweeps."""
    check_function(example)


def test_it_looks_like_this() -> None:
    """Straight-line, shared parts once, a header that says what it is."""
    expected = """\
# s = a*x; tanh(s)*s and its gradient, written by gradcli.
# At a = 2, x = 3 the value is 5.9999262699047735, the gradient a: 3.0004055128056826, x: 2.000270341870455.

import math


def sigmoid(x):
    power = math.exp(-abs(x))
    return (power if x < 0.0 else 1.0) / (1.0 + power)


def value_and_gradient(a, x):
    s = a * x
    t1 = math.tanh(s)
    t2 = 2.0 * s
    t3 = t1 + 4.0 * (sigmoid(t2) * sigmoid(-t2) * s)
    return t1 * s, {
        "a": t3 * x,
        "x": t3 * a,
    }
"""
    assert expected == export(parse("s = a*x; tanh(s)*s"), "python", at={"a": 2, "x": 3})


def test_a_branch_that_is_not_taken_is_not_evaluated() -> None:
    """Shared parts of a branch stand under its condition, nested ones under both."""
    text = "where(x > 0, log(x)*exp(log(x)) + where(y > 0, sqrt(y)*sin(sqrt(y)), 0), where(x < -1, y, x))"
    run = function(text)
    for x, y in ((2.0, 3.0), (2.0, -3.0), (-2.0, 3.0), (-0.5, -3.0)):
        expected = gradient(text, {"x": x, "y": y})
        value, slopes = run(x, y)
        assert pytest.approx(expected.value, rel=1e-14) == value
        assert pytest.approx(dict(expected.gradient), rel=1e-14) == slopes


def test_a_part_that_several_branches_share_is_evaluated_where_any_of_them_is_taken() -> None:
    """The square root is needed under two conditions, and must not be tried under neither."""
    text = "where(x > 1, sqrt(x)*2, 0) + where(x > 2, sin(sqrt(x)), 0)"
    run = function(text)
    assert (0.0, {"x": 0.0}) == run(-1.0)
    for x in (1.5, 3.0):
        assert pytest.approx(gradient(text, {"x": x}).gradient["x"], rel=1e-14) == run(x)[1]["x"]


def test_names_that_python_has_are_changed_with_a_comment() -> None:
    """Keywords, modules and functions that the code itself uses; the gradient keeps the user's names."""
    text = "lambda*class + sin(math) + max*0 + __debug__ + value_and_gradient + t1*t1".replace("max*0", "float*0")
    source = export(parse(text), "python")
    for name, new in (("lambda", "lambda_"), ("class", "class_"), ("math", "math_"), ("float", "float_")):
        assert f"# {new} is {name}: the name cannot be used here.\n" in source
    at = {
        "lambda": 2.0,
        "class": 3.0,
        "math": 0.5,
        "float": 1.0,
        "__debug__": 4.0,
        "value_and_gradient": 5.0,
        "t1": 2.0,
    }
    expected = gradient(text, at)
    assert pytest.approx(dict(expected.gradient)) == function(text)(*expected.at.values())[1]


def test_wrt_and_name() -> None:
    """Only what is asked for, a named step too; under another name."""
    found = function("s = a*x; s^2 + 1", "f", wrt=["x", "s"])
    assert (10.0, {"x": 12.0, "s": 6.0}) == found(2.0, 1.5)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("count", [300, 2_000])
def test_sums_of_many_terms_and_chains_of_many_calls_run(count: int) -> None:
    """No statement grows so deep or long that Python refuses it, as parentheses 200 deep are."""
    terms = " + ".join(f"sin(x{number % 5}*{number})" for number in range(count))
    assert 5 == len(function(terms)(*[0.5] * 5)[1])
    chain = "sin(" * count + "x" + ")" * count
    assert pytest.approx(gradient(chain, {"x": 0.5}).gradient["x"], rel=1e-10) == function(chain)(0.5)[1]["x"]


def test_outside_of_the_domain_it_raises_what_math_raises() -> None:
    """As gradcli itself reports it."""
    with pytest.raises(ValueError, match="math domain error"):
        function("log(x)")(-1.0)
    with pytest.raises(ValueError, match="math domain error"):
        function("x^0.5")(-8.0)
    with pytest.raises(OverflowError):
        function("exp(x)")(1000.0)


def test_tails_keep_their_digits() -> None:
    """The stable forms are exported, not the textbook ones."""
    assert pytest.approx(math.exp(-40), rel=1e-14, abs=0) == function("sigmoid(x)")(40.0)[1]["x"]
    assert pytest.approx(4 * math.exp(-60), rel=1e-14, abs=0) == function("tanh(x)")(30.0)[1]["x"]
    assert (1000.0, {"x": 1.0}) == function("softplus(x)")(1000.0)


@pytest.mark.parametrize("name", ["for", "class", "math", "__f", "2x", "a b", "é", ""])
def test_names_that_a_function_cannot_have(name: str) -> None:
    """One clear message, with the reason."""
    is_plain = re.fullmatch("[A-Za-z_]+", name)
    reason = "that name is reserved" if is_plain else "it must begin with a plain letter or an underscore"
    with pytest.raises(GradcliError, match=f"'{name}' cannot be the name of a function there; {reason}"):
        export(parse("x"), "python", name=name)


def test_an_unknown_backend_is_refused() -> None:
    """With a list of those there are."""
    with pytest.raises(GradcliError, match="unknown backend 'ruby'; there are 'python', 'numpy', 'torch'"):
        export(parse("x"), "ruby")
