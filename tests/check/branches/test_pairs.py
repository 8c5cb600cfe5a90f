"""Each branch of a function is tried with each one of a claim, unless they exclude each other; or the pair is named."""

import pytest

from tests.helpers.branching import POINT, RIGHT, WRONG, check_exclusions
from tests.helpers.judging import judged


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), RIGHT[::6], ids=map(" | ".join, RIGHT[::6]))
def test_right_claims_stay_right(text: str, claim: str) -> None:
    """Nothing is left untried; all of them in tests/verdicts.py."""
    assert "right" == judged(text, POINT, claim).verdict


@pytest.mark.parametrize("bound", ["hypot(x, y) < 2", "sqrt(x^2 + y^2) <= 2", "x^2 + y^2 < 4"])
def test_roots_are_squared(bound: str) -> None:
    """Those that are compared with a number; not with another number."""
    assert "right" == judged("where(hypot(x, y) < 2, x^2, 3*x)", POINT, f"x=where({bound}, 2*x, 3)").verdict
    other = bound.replace("4", "3").replace("< 2", "< 1.7").replace("<= 2", "<= 1.7")
    assert "wrong" == judged("where(hypot(x, y) < 2, x^2, 3*x)", POINT, f"x=where({other}, 2*x, 3)").verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "claim"), WRONG[::2], ids=map(" | ".join, WRONG[::2]))
def test_wrong_where_two_branches_meet(text: str, claim: str) -> None:
    """Of the function and of the claim; all of them in tests/verdicts.py."""
    assert "wrong" == judged(text, POINT, claim).verdict


@pytest.mark.parametrize(
    ("text", "claim", "named"),
    [
        (
            "relu(exp(x) - exp(y))",
            "x=where(x - 1e-300 > y, exp(x), 0)",
            "relu(exp(x) - exp(y)) = exp(x) - exp(y) and not x - 1e-300 > y",
        ),
        (
            "relu(x + cos(x))",
            "x=where(x > -0.7390851332151607, 1 - sin(x), 0)",
            "relu(x + cos(x)) = 0 and x > -0.7390851332151607",
        ),
        ("relu(x)", "x=where(x > 0 or sin(x) > 2, 1, 0)", "relu(x) = 0 and (x > 0 or sin(x) > 2)"),
    ],
)
def test_a_pair_that_no_point_takes_is_named(text: str, claim: str, named: str) -> None:
    """Where it is not known that both exclude each other."""
    found = judged(text, POINT, claim)
    assert "right-where-tried" == found.verdict
    assert named in found.phrases("en")[0]


def test_what_is_taken_together_is_not_excluded() -> None:
    """Branches of two nodes, at random points; more of them in tests/sweeps."""
    check_exclusions([text for text, _ in WRONG[::2]], 10)
    assert check_exclusions([claim.partition("=")[2] for _, claim in RIGHT[::3]], 10) > 20


def test_numbers_that_are_too_long_are_left_out() -> None:
    """What is not compared excludes nothing."""
    assert check_exclusions(["where(x > 1, where(where(x <= x, 1e-200, 2) <= x, x, 0), y)"], 20) > 0


# A function, and the two sides of a claim's edge where it is right.
STEPS = [
    ("h = sigmoid(x); where(x > 2, x, h*x)", "x > 2", "1", "h + x*h*(1 - h)"),
    ("h = log(x - 3); where(x < 3.5, x^2, h*x)", "x < 3.5", "2*x", "h + x/(x - 3)"),
    ("h = relu(x)*y; g = h^2; where(x < 3.5, x^2, g*x)", "x < 3.5", "2*x", "g + 2*x*h*y"),
    ("h = relu(x)*y; where(x < 3.5, where(x > 1, h, x^2), h^2)", "x < 3.5", "where(x > 1, y, 2*x)", "2*h*y"),
]


@pytest.mark.parametrize(("text", "edge", "one", "other"), STEPS)
def test_claims_that_name_a_step_of_one_branch(text: str, edge: str, one: str, other: str) -> None:
    """They are tried on the other one too, be the step without a value there; a branch of the step is taken where the
    step is evaluated, in one place or another.
    """
    at = {"x": 2.5, "y": 1.5} if "y" in text else {"x": 2.5}
    assert "right" == judged(text, at, f"x=where({edge}, {one}, {other})").verdict
    assert "wrong" == judged(text, at, f"x=where({edge}, 1.01*{one}, {other})").verdict
