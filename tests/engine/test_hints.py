"""Better formulas: each row is true, serves somewhere, and is named only where it does."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from random import Random
from typing import Any

import pytest
from mpmath import mp, mpf

from gradcli.api import gradient
from gradcli.engine.losing import HINTED
from gradcli.errors import MathError
from gradcli.language.parser import parse
from gradcli.operators.identities import IDENTITIES, Identity
from tests.helpers.oracle import sweep

# For each row, in its order, a point at which it serves.
SERVING = json.loads((Path(__file__).parents[1] / "data" / "hints.json").read_text(encoding="utf-8"))
RANGES = ((0.1, 0.9), (1.1, 3.0), (-0.9, -0.1), (-3.0, -1.1))
EQUAL = mpf("1e-50")


def texts(identity: Identity) -> tuple[str, str]:
    """Both sides of a row; of one over a sum with three terms, one of which is 1."""
    if isinstance(identity.better, str):
        return identity.formula, identity.better
    total = " + ".join(re.sub(r"\bx\b", x, identity.terms) for x in ("x0", "x1"))
    formula = re.sub(r"\bs\b", f"({total} + 1)", identity.formula)
    return formula, identity.better(["x0", "x1", identity.unit])


def facts(text: str, at: Mapping[str, float], **options: Any) -> list[Mapping[str, Any]]:
    """Those of all notes that name a better formula, or of the error that does."""
    try:
        found = [note.facts for note in gradient(text, at, **options).notes]
    except MathError as error:
        found = [error.facts]
    return [each for each in found if "better" in each]


def better(text: str, at: Mapping[str, float]) -> list[tuple[str, str]]:
    """What is named, and for what."""
    return list(dict.fromkeys((each["formula"], each["better"]) for each in facts(text, at)))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda identity: identity.formula)
def test_a_row_is_true(identity: Identity) -> None:
    """Both sides have the same value wherever both have one, with 60 digits."""
    formula, other = map(parse, texts(identity))
    assert set(other.variables) <= set(formula.variables)
    random = Random(7)
    compared = 0
    with mp.workdps(60):
        for _ in range(60):
            at = {name: random.uniform(*random.choice(RANGES)) for name in formula.variables}
            ours, theirs = sweep(formula, at)[0], sweep(other, at)[0]
            if any(number is None or not isinstance(number, mpf) for number in (ours, theirs)):
                continue
            assert abs(ours - theirs) <= EQUAL * max(abs(ours), 1), at
            compared += 1
            if compared == 12:
                break
    assert compared >= 5


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("identity", "case"), [*zip(IDENTITIES, SERVING, strict=True)])
def test_a_row_serves(identity: Identity, case: Mapping[str, Any]) -> None:
    """At some point it is named, and what it gives in doubles there is right where the formula was not."""
    assert texts(identity) == (case["formula"], case["better"])
    found = next(each for each in facts(case["formula"], case["at"]))
    other = gradient(found["better"], case["at"]).evaluation
    number = other.gradient[found["name"]] if found.get("of") == "gradient" else other.value
    if "corrected" not in found:
        assert isfinite(number)
        return
    assert number == pytest.approx(found["corrected"], rel=1e-6, abs=0)
    assert found["computed"] != pytest.approx(found["corrected"], rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("text", "at", "formula", "named"),
    [
        ("-1 + exp(-2*x)", {"x": 1e-9}, "exp(-2*x) - 1", "expm1(-2*x)"),
        ("2*(1 + -exp(x))", {"x": 1e-9}, "1 - exp(x)", "-expm1(x)"),
        ("exp(x) + -1", {"x": 1e-9}, "exp(x) - 1", "expm1(x)"),
        ("1/(exp(3*a) + 1)", {"a": 300}, "1/(1 + exp(3*a))", "sigmoid(-(3*a))"),
        ("1/(1 + exp(-2*x))", {"x": -400}, "1/(1 + exp(-2*x))", "sigmoid(2*x)"),
        ("(x*x + y*y)^0.5", {"x": 1e200, "y": 1}, "sqrt(x^2 + y^2)", "hypot(x, y)"),
        ("(1 + x^2 + y^2 + z^2)^(1/2)", {"x": 1e200, "y": 1, "z": 1}, "sqrt(1 + x^2 + y^2 + z^2)",
         "hypot(1, x, y, z)"),
        ("log((exp(a) + exp(b)) + (exp(c) + exp(d)))", {"a": 800, "b": 1, "c": 2, "d": 3},
         "log(exp(a) + exp(b) + exp(c) + exp(d))", "logsumexp(a, b, c, d)"),
        ("e1 = exp(a); e2 = exp(b); s = e1 + e2 + 1; e2/s", {"a": 1, "b": 800},
         "exp(b)/(exp(a) + exp(b) + 1)", "exp(b - logsumexp(a, b, 0))"),
        ("p = sigmoid(w*x); -(y*log(p) + (1 - y)*log(1 - p))", {"w": 4, "x": 10, "y": 0},
         "log(1 - sigmoid(w*x))", "-softplus(w*x)"),
        ("log(1 - sigmoid(w1*x1 + w2*x2 + w3*x3 + w4*x4 + b))",
         {"w1": 4, "x1": 10, "w2": 0, "x2": 0, "w3": 0, "x3": 0, "w4": 0, "x4": 0, "b": 0},
         "log(1 - sigmoid(u))", "-softplus(u)"),
        ("u = 40*x; log(1 - sigmoid(u))", {"x": 1}, "log(1 - sigmoid(u))", "-softplus(u)"),
        ("sqrt(x^2 + y^2)", {"x": 0, "y": 0}, "sqrt(x^2 + y^2)", "hypot(x, y)"),
        ("(-b + sqrt(b^2 - 4*a*c))/(2*a)", {"a": 1, "b": 1e8, "c": 1}, "sqrt(b^2 - 4*a*c) - b",
         "-(4*a*c)/(sqrt(b^2 - 4*a*c) + b)"),
        ("(-8)^(1/3)", {}, "(-8)^(1/3)", "cbrt(-8)"),
        ("log(cosh(x))", {"x": 1e-9}, "log(cosh(x))", "log1p(2*sinh(x/2)^2)"),
        ("log(cosh(x))", {"x": 1000}, "log(cosh(x))", "logsumexp(x, -x) - log(2)"),
        ("(exp(x) - 1) + (exp(y) - 1) + (exp(z) - 1)", {"x": 1e-9, "y": 2e-9, "z": 3e-9}, "exp(x) - 1", "expm1(x)"),
    ],
)  # fmt: skip
def test_what_is_named(text: str, at: Mapping[str, float], formula: str, named: str) -> None:
    """However it is written, in steps and in several places; letters stand for what is too long to be said."""
    assert [(formula, named)] == better(text, at)[:1]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("log(x)", {"x": 0}),
        ("log(1 + x)", {"x": -3}),
        ("log(x) - log(y)", {"x": -2, "y": -1}),
        ("log(x + y) - log(x)", {"x": -2, "y": -1}),
        ("log(gamma(x))", {"x": -0.5}),
        ("(exp(x) - 1)/x", {"x": 0}),
        ("exp(x)", {"x": 1000}),
        ("x*exp(800)/exp(800)", {"x": 0}),
        ("a*b", {"a": 1e200, "b": 1e200}),
        ("(-8)^y", {"y": 0.5}),
        ("1/tanh(x) - 1/x", {"x": 1e-7}),
        ("(a + b)^2 - a^2 - 2*a*b", {"a": 1e9, "b": 0.001}),
        ("log(1 - sigmoid(x))", {"x": 1}),
        ("sin(x)/x", {"x": 1}),
        ("x^(2/3)", {"x": 0}),
        ("log(exp(x) + 1) + log(y)", {"x": 1, "y": -1}),
    ],
)
def test_where_nothing_fits_nothing_is_named(text: str, at: Mapping[str, float]) -> None:
    """No row, none that is right there, none that has the same value or limit, and no number that is lost."""
    assert not facts(text, at)


def test_hints_are_sought_for_the_first_numbers_alone() -> None:
    """The work stays linear in the number of numbers that are lost."""
    names = [f"x{place}" for place in range(2 * HINTED)]
    found = gradient(" + ".join(f"1/cosh({name})" for name in names), dict.fromkeys(names, 400.0)).notes
    assert len(found) == len(names)
    assert [HINTED, HINTED] == [
        sum(("better" in note.facts) == is_named for note in found) for is_named in (True, False)
    ]


def test_hints_where_a_difference_is_no_double_beside_what_it_is_of() -> None:
    """1 - sigmoid(800) is e^-800."""
    with pytest.raises(MathError) as caught:
        gradient("log(1 - sigmoid(x))", {"x": 800})
    assert caught.value.facts["better"] == "-softplus(x)"


def test_hints_have_no_two_signs_behind_one_another() -> None:
    """A sign that a form has before an expression takes away the expression's own, a quotient's too."""
    with pytest.raises(MathError) as caught:
        gradient("log(1 - 1/(1 + exp(-(-y^2/2))))", {"y": 60})
    assert caught.value.facts["formula"] == "log(1 - 1/(1 + exp(y^2/2)))"
    assert caught.value.facts["better"] == "-softplus(-y^2/2)"
