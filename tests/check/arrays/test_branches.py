"""Claims about layers of relu and its like: right away from kinks, or wrong in one branch alone."""

import pytest

from gradcli.words.catalogue import say
from tests.helpers.layers import judged_layers

ONE = "Y = X@W; sum(relu(Y))"
LEAKY = "Y = X@W; sum(leaky_relu(Y, 0.01))"
SQUARED = "Y = X@W; sum(relu(Y))^2/2"
HUBER = "Y = X@W; sum(where(abs(Y) < 1, Y^2/2, abs(Y) - 0.5))"
LARGEST = "A = X@W; m = max(A, axis=0); dot(g, m)"
TWO = "H = X@W1; Y = relu(H)@W2; sum((Y-T)^2)/2"

POOLED = "H = X@W; m = max(relu(H), axis=1); dot(g, m)"
# With a function that is evaluated only on one branch.
RESIDUALS, DATA = "R = X@w - y; sum(where(abs(R) <= 1, R^2/2, abs(R) - 0.5))", {"X": (20, 3), "w": (3,), "y": (20,)}
SMALL = {"X": (6, 3), "W": (3, 2)}
LARGER = {"X": (14, 4), "W": (4, 3)}
NETWORK = {"X": (5, 3), "W1": (3, 4), "W2": (4, 2), "T": (5, 2)}

RIGHT = [
    (ONE, SMALL, "W = X.T @ where(Y > 0, 1, 0)"),
    (ONE, SMALL, "X = where(Y < 0, 0, 1) @ W.T"),
    (ONE, LARGER, "W = X.T @ where(Y > 0, 1, 0)"),
    (ONE, LARGER, "W = X.T @ where(X@W >= 0, 1, 0)"),
    (ONE, LARGER, "W = X.T @ heaviside(Y)"),
    (ONE, LARGER, "Y = where(Y > 0, 1, 0)"),
    (LEAKY, LARGER, "W = X.T @ where(Y > 0, 1, 0.01)"),
    (SQUARED, LARGER, "W = sum(relu(Y)) * (X.T @ where(Y > 0, 1, 0))"),
    (HUBER, SMALL, "W = X.T @ clip(Y, -1, 1)"),
    (RESIDUALS, DATA, "w = X.T @ clip(R, -1, 1)"),
    (RESIDUALS, DATA, "w = X.T @ where(abs(R) <= 1, R, where(R > 0, 1, -1))"),
    ("Y = X@W; sum(where(Y > 0 and Y < 1, Y^2, Y))", SMALL, "Y = where(Y > 0 and Y < 1, 2*Y, 1)"),
    ("Y = X@W; mean(abs(Y))", LARGER, "W = X.T @ sign(Y) / 42"),
    ("Y = X@W; sum(max(Y, axis=1))", LARGER, "X = where(Y == column(max(Y, axis=1)), 1, 0) @ W.T"),
    (LARGEST, {"X": (20, 2), "W": (2, 2), "g": (2,)}, "A = where(A == m, g, 0)"),
    (LARGEST.replace("max", "min"), {"X": (10, 2), "W": (2, 2), "g": (2,)}, "A = where(A <= m, g, 0)"),
    (POOLED, {"X": (4, 3), "W": (3, 3), "g": (4,)}, "W = X.T @ where(relu(H) == column(m) and H > 0, column(g), 0)"),
    (TWO, NETWORK, "W1 = X.T @ where(H > 0, (Y-T) @ W2.T, 0)"),
    (TWO, NETWORK, "W1 = X.T @ (((Y-T) @ W2.T) * heaviside(H))"),
    (TWO, NETWORK, "W1 = X.T @ (((Y-T) @ W2.T) * sign(relu(H)))"),
    (TWO, NETWORK, "X = where(H > 0, (Y-T) @ W2.T, 0) @ W1.T"),
    (TWO, NETWORK, "W2 = max(H, 0).T @ (Y-T)"),
]

# The same, wrong on one branch or between two.
WRONG = [
    (ONE, LARGER, "W = X.T @ where(Y > 0, 1, 0.01)"),
    (ONE, LARGER, "W = X.T @ where(Y > 0, 1, 1e-5)"),
    (ONE, LARGER, "W = X.T @ where(Y > -0.5, 1, 0)"),
    (ONE, SMALL, "W = X.T @ where(Y > -1e-4, 1, 0)"),
    (ONE, LARGER, "W = X.T @ where(Y > 1e-6, 1, 0)"),
    (ONE, LARGER, "W = X.T @ where(Y >= 1, 1, 0)"),
    (ONE, LARGER, "W = X.T @ where(Y > 90, 0, heaviside(Y))"),
    (ONE, SMALL, "W = X.T @ where(Y > 0 and X@W < 70, 1, 0)"),
    (ONE, LARGER, "W = X.T @ sign(Y)"),
    (LEAKY, LARGER, "W = X.T @ where(Y > 0, 1, 0)"),
    (SQUARED, LARGER, "W = X.T @ where(Y > 0, 1, 0)"),
    (HUBER, SMALL, "W = X.T @ clip(Y, -1, 1.001)"),
    (RESIDUALS, DATA, "w = X.T @ where(abs(R) <= 1, R, 1)"),
    (RESIDUALS, DATA, "w = X.T @ where(R < -1, -1.01, clip(R, -1, 1))"),
    ("Y = X@W; sum(where(Y > 0 and Y < 1, Y^2, Y))", SMALL, "Y = where(Y > 0 and Y < 1.01, 2*Y, 1)"),
    ("Y = X@W; sum(where(Y > 0 and Y < 1, Y^2, Y))", SMALL, "Y = where(Y > 0 and Y < 1, 2*Y, where(Y > 9, 2, 1))"),
    (ONE + "*relu(Y[0,0] - 60)", SMALL, "Y = where(Y > 0, relu(Y[0,0] - 60), 0)"),
    (ONE + " + relu(Y[0,0] - 30)*relu(Y[1,1] - 30)", SMALL, "W = X.T @ where(Y > 0, 1, 0)"),
    (ONE + " + relu(Y[0,0] - 30)", SMALL, "W = X.T @ where(Y > 0, 1, 0)"),
    (LARGEST, {"X": (4, 2), "W": (2, 2), "g": (2,)}, "A = where(A >= m - 1e-6, g, 0)"),
    (LARGEST, {"X": (8, 2), "W": (2, 2), "g": (2,)}, "A = where(A == m and A < 90, g, 0)"),
    (POOLED, {"X": (4, 3), "W": (3, 3), "g": (4,)}, "W = X.T @ where(relu(H) == column(m), column(g), 0)"),
    (TWO, NETWORK, "W1 = X.T @ where(H > -0.01, (Y-T) @ W2.T, 0)"),
    (TWO, NETWORK, "W1 = X.T @ where(H >= 1, (Y-T) @ W2.T, 0)"),
    (TWO, NETWORK, "W1 = X.T @ (((Y-T) @ W2.T) * sign(H))"),
    (TWO, NETWORK, "W1 = X.T @ where(H > 0, (relu(H)@W2 - T) @ W2.T, 0.01)"),
    (TWO, NETWORK, "W1 = X.T @ ((where(H > 0, H, 0.1*H)@W2 - T) @ W2.T * heaviside(H))"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "shapes", "claim"), RIGHT, ids=[claim for *_, claim in RIGHT])
def test_right_away_from_kinks(text: str, shapes: dict[str, tuple[int, ...]], claim: str) -> None:
    """Branches that exclude each other are known to, as many as there are."""
    assert "right" == judged_layers(text, shapes, claim).verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "shapes", "claim"), WRONG, ids=[claim for *_, claim in WRONG])
def test_wrong_on_one_branch(text: str, shapes: dict[str, tuple[int, ...]], claim: str) -> None:
    """However narrow or far, and whatever the other branches are."""
    assert "wrong" == judged_layers(text, shapes, claim).verdict


@pytest.mark.parametrize("claim", ["W = X.T @ where(Y > 0, 1, 0)", "W = X.T @ heaviside(Y)"])
def test_data_that_are_held(claim: str) -> None:
    """Weights alone are varied."""
    assert "right" == judged_layers(ONE, SMALL, claim, ["W"]).verdict
    assert "wrong" == judged_layers(ONE, SMALL, claim.replace("Y", "(Y + 0.01)", 1), ["W"]).verdict


def test_what_is_undecided_is_said_once() -> None:
    """With how many elements it is, and the branches of the first one of them, in both languages."""
    found = judged_layers(
        "sum(relu(exp(X) - exp(Z)))", {"X": (3, 2), "Z": (3, 2)}, "X = where(X - 1e-300 > Z, exp(X), 0)"
    )
    assert "right-where-tried" == found.verdict
    count, first = found.phrases("en")
    assert "6 of 6 elements" == count
    named = "relu(exp(X[0,0]) - exp(Z[0,0])) = exp(X[0,0]) - exp(Z[0,0]) and not X[0,0] - 1e-300 > Z[0,0]"
    assert f"X[0,0]: no point was found at which {named}" in first
    text = say("remark.untried", "ja", branches=[named])
    assert text.partition(":")[0] in found.phrases("ja")[1]
