"""Claims about arrays: one row a claim, right where all elements are, and the mistakes that lead to all of them."""

import json
from functools import partial
from typing import Any

import pytest

from gradcli.arrays.lowering import lowered
from gradcli.check.arrays.claims import read_array_claims
from gradcli.check.arrays.verdicts import array_verdicts
from gradcli.check.inspection import Inspection
from gradcli.language.parser import parse
from tests.helpers.running import run, run_terminal
from tests.helpers.work import calls_of

SOFTMAX = "z = W @ x + b; L = logsumexp(z) - dot(t, z)"
AT = "W=[[1,2],[3,4],[5,6]], x=[1,2], b=[0,0,0], t=[0,1,0]"
SQUARE = "S = X @ W; sum(tanh(S))"
AT_BRANCHES = "X=[[1,2.5],[3,1.5]]"
AT_SQUARE = "X=[[1,2],[3,4]], W=[[1,2],[0.3,0.4]]"

WEIGHED, AT_WEIGHED = "y = softmax(z); sum(g*y)", "z=[0.1,0.5,-1],g=[1,2,-0.5]"
ROWS = "S = X @ W; P = softmax(S); sum(P*X)"
RIDGE, AT_RIDGE = "r = X @ w - y; L = sum(r^2) + 0.5*sum(w^2)", "X=[[1,2],[3,4],[5,7]],w=[1,2],y=[1,2,3]"
ATTENTION = "S = Q @ K.T / sqrt(2); P = softmax(S); sum(G*P)"
AT_ATTENTION = "Q=[[1,0.5],[-0.3,2]],K=[[0.2,1],[1,-1]],G=[[1,2],[3,-1]]"
NORMED, AT_NORMED = "m = mean(x); c = x - m; v = mean(c^2); sum(g*c/sqrt(v))", "x=[1,2,4],g=[1,2,-0.5]"

# The expression, the point, a right claim.
RIGHT = [
    (SOFTMAX, AT, "W = outer(softmax(z) - t, x)"),
    (SOFTMAX, AT, "∂L/∂x = W.T @ (softmax(z) - t)"),
    (SOFTMAX, AT, "z = softmax(z) - t"),
    (SOFTMAX, AT, "W[1,0] = (softmax(z) - t)[1] * x[0]"),
    (SOFTMAX, AT, "b = exp(z - logsumexp(z)) - t"),
    (SQUARE, AT_SQUARE, "W = X.T @ (1 - tanh(S)^2)"),
    (
        "Y = X @ W + b; L = sum(relu(Y))",
        "X=[[1,2],[3,4]],W=[[1,0],[2,1]],b=[1,-1]",
        "b = sum(where(Y > 0, 1, 0), axis=0)",
    ),
    ("sum(tanh(X.T @ W))", AT_SQUARE, "W = X @ (1 - tanh(s)^2)"),  # s as the trace has it: a view has no name
    ("x @ A @ x", "x=[1,2],A=[[1,2],[3,4]]", "x = A @ x + A.T @ x"),
    ("x @ A @ x", "x=[1,2],A=[[1,2],[3,4]]", "A = outer(x, x)"),
    ("norm(x)", "x=[3,4]", "x = x/norm(x)"),
    ("mean(A)", "A=[[1,2],[3,4]]", "A = 1/4"),
    ("sum(sum(A, axis=0)^2)", "A=[[1,2],[3,4]]", "A = row(2*sum(A, axis=0))"),
    ("sum(sum(A, axis=1)^2)", "A=[[1,2],[3,4]]", "A = column(2*sum(A, axis=1))"),
    ("norm(x)", "x=[3,4]", "x = [0.6, 0.8]"),
    ("norm(x)", "x=[3,4]", "∂y/∂x[ 1 ] = 0.8"),
    ("sum(x^2)", "x=[[3,4]]", "x = row(sum(2*x, axis = 0))"),
    ("x[0]^2*x[1]", "x[0]=3,x[1]=2", "x[0] = 2*x[0]*x[1]"),
    ("mean((X@w - y)^2)", "X=[[1,2],[3,4],[5,7]],w=[1,2],y=[1,2,3]", "w = 2/3*X.T@(X@w - y)"),
]

# The same with a wrong one, and the code of the mistake that is named first.
WRONG = [
    (SOFTMAX, AT, "b = t - softmax(z)", "sign"),
    (SQUARE, AT_SQUARE, "W = (X.T @ (1 - tanh(S)^2)).T", "transposed"),
    (SQUARE, AT_SQUARE, "W = X @ (1 - tanh(S)^2)", "other product"),
    (SQUARE, AT_SQUARE, "W = W.T @ (1 - tanh(S)^2)", "other product"),
    ("Y = X @ W + b; sum(tanh(Y))", f"{AT_SQUARE},b=[0.1,0.2]", "W = X @ (1 - tanh(Y)^2)", "other product"),
    ("sum(tanh(X @ W))", AT_SQUARE, "W = (1 - tanh(X@W)^2) @ X", "other product"),
    ("x @ A @ x", "x=[1,2],A=[[1,2],[3,4]]", "x = 2*A@x", "symmetric"),
    ("mean((X@w - y)^2)", "X=[[1,2],[3,4],[5,7]],w=[1,2],y=[1,2,3]", "w = 2*X.T@(X@w - y)", "not averaged"),
    ("sum((X@w - y)^2)", "X=[[1,2],[3,4],[5,7]],w=[1,2],y=[1,2,3]", "w = 2/3*X.T@(X@w - y)", "averaged"),
    ("mean((X@w - y)^2)", "X=[[1,2],[3,4],[5,7]],w=[1,2],y=[1,2,3]", "w = X.T@(X@w - y)/3", "rule"),
    ("S = X @ W + b; sum(tanh(S))", f"{AT_SQUARE},b=[0.1,0.2]", "b = (1 - tanh(S)^2)[0]", "batch sum"),
    ("sum(x^3)", "x=[1,2]", "x = x^2", "rule"),
    ("sum(x^3)", "x=[1,2]", "x = 2*3*x^2", "multiple"),  # two elements, and no mean
    (WEIGHED, AT_WEIGHED, "z = y*(1 - y)*g", "softmax"),
    (WEIGHED, AT_WEIGHED, "z = y*g", "softmax"),
    (ROWS, AT_SQUARE, "S = P*(1 - P)*X", "softmax"),
    ("Y = X @ W; sum(tanh(Y))", AT_SQUARE, "W = X.T @ (1 - tanh(Y))", "rule"),
    ("Y = X @ W; sum(tanh(Y))", AT_SQUARE, "W = X.T @ (1 - Y^2)", "for output"),
    ("Y = X @ W; sum(exp(Y))", AT_SQUARE, "W = X.T @ [[1,1],[1,1]]", "factor"),
    ("Y = X @ W; sum(relu(Y)*X)", AT_SQUARE, "W = X.T @ X", "open"),
    (RIDGE, AT_RIDGE, "w = 2*X.T @ r", "path"),
    (SOFTMAX, AT, "x = W.T @ softmax(z)", "path"),
    ("x @ A @ x", "x=[1,2],A=[[1,2],[3,4]]", "x = A@x", "path"),
    (NORMED, AT_NORMED, "x = (g - mean(g))/sqrt(v)", "constant"),
    (NORMED, AT_NORMED, "x = g/sqrt(v)", "both constant"),
    (NORMED, AT_NORMED, "v = sum(g*c)*v^(-3/2)/2", "sign"),
    (NORMED, AT_NORMED, "v = -sum(g*c)*v^(-3/2)/4", "multiple"),
    ("mean((Y - T)^2)", "Y=[[1,2],[3,4],[5,7]],T=[[0,1],[1,1],[2,1]]", "Y = 2*(Y - T)", "not averaged"),  # by 6
    (ATTENTION, AT_ATTENTION, "Q = (P*(G - column(sum(P*G, axis=1)))) @ K", "multiple"),  # the root of 2
    (ATTENTION, AT_ATTENTION, "K = (P*(G - column(sum(P*G, axis=1)))) @ Q / sqrt(2)", "other product"),
    (ATTENTION, AT_ATTENTION, "S = P*(G - sum(P*G))", "softmax"),
    (ATTENTION, AT_ATTENTION, "G = softmax(Q @ K.T)", "without"),
    ("Y = X @ W + b; sum(tanh(Y))", f"{AT_SQUARE},b=[0.1,0.2]", "W = X.T @ (1 - tanh(X @ W)^2)", "place"),
    ("sum(G*(c*X))", "X=[[1,2],[2,5]],G=[[0.5,3],[1,2]],c=[1.5,-2]", "c = sum(G, axis=0)", "factor"),
    ("Y = c*X; sum(G*Y)", "X=[[1,2]],G=[[0.5,3]],c=[1.5,-2]", "c = sum(G*Y, axis=0)", "other factor"),
    (NORMED, AT_NORMED, "x = (g - mean(g) - c*sum(g*c)/v)/sqrt(v)", "sum for mean"),
    (NORMED, AT_NORMED, "x = (g - mean(g) + c*mean(g*c)/v)/sqrt(v)", "edge sign"),
    (NORMED, AT_NORMED, "x = g - mean(g) - c*mean(g*c)/v", "times"),
    ("norm(x)", "x=[3,4]", "x = x/norm(x)^2", "divided"),
    ("z = X @ W; p = softmax(z); -sum(t*log(p))", f"{AT_SQUARE},t=[[0.5,1],[2,0.3]]", "W = X.T @ p", "gradient"),
    ("p = sigmoid(z); -sum(t*log(p))", "z=[0.5,1],t=[1,2]", "z = -t*(1 - p)*p*(1 - p)", "twice"),
    ("s = sum(x^2); sum(g*x/s)", "x=[1,2,4],g=[3,1,2]", "x = g/s - 2*x*sum(g*x)/s^2/3", "mean for sum"),
    # Where a branch is not taken nothing of it was evaluated.
    ("sum(where(X > 2, X, exp(X)*softmax(X)))", AT_BRANCHES, "X = where(X > 2, 1, exp(X)*softmax(X))", "path"),
    ("h = softmax(X); sum(where(X > 2, X, h^2))", AT_BRANCHES, "X = where(X > 2, 1, 2*h*h*(1 - h))", "softmax"),
    ("h = tanh(X); sum(where(X > 2, X, h*X))", AT_BRANCHES, "X = where(X > 2, 1, h + X*(1 + h^2))", "rule"),
]


def checked(expression: str, at: str, claim: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the verdict."""
    outcome = run("check", expression, "--at", at, "--claim", claim, "--json")
    assert not outcome.err
    return outcome.code, json.loads(outcome.out)["claims"][0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("expression", "at", "claim"), RIGHT, ids=[claim for *_, claim in RIGHT])
def test_right_claims(expression: str, at: str, claim: str) -> None:
    """In any form, of variables, steps and elements."""
    code, verdict = checked(expression, at, claim)
    assert (code, verdict["verdict"]) == (0, "right")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("expression", "at", "claim", "mistake"), WRONG, ids=[claim for *_, claim, _ in WRONG])
def test_wrong_claims(expression: str, at: str, claim: str, mistake: str) -> None:
    """The mistake that leads to all elements is named once."""
    code, verdict = checked(expression, at, claim)
    assert (code, verdict["verdict"]) == (1, "wrong")
    if "elements" in verdict:
        assert verdict["count"] == (2 if mistake == "transposed" else verdict["elements"])  # the diagonal is right
    assert verdict["consistent_with"][0]["code"] == mistake


@pytest.mark.parametrize(
    ("claim", "factor"),
    [("x^2/sqrt(3)*3", "1/sqrt(3)"), ("-3*sqrt(5/2)*x^2", "-sqrt(5/2)"), ("x^2*8", "8/3"), ("3*x^2*pi", "3.14159")],
)
def test_a_multiple_is_said_as_it_would_be_written(claim: str, factor: str) -> None:
    """A fraction, the root of one, or digits."""
    _, verdict = checked("sum(x^3)", "x=[1,2,3]", f"x = {claim}")
    assert [one.get("factor") for one in verdict["consistent_with"]] == [factor]


def test_mistakes_in_large_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """All elements are compared at two points, and one element at the others."""
    monkeypatch.setattr("gradcli.check.arrays.mistakes.WHOLE", 0)
    for expression, at, claim, mistake in WRONG[:20:6]:
        assert checked(expression, at, claim)[1]["consistent_with"][0]["code"] == mistake
    assert not checked("sum(x^3)", "x=[1,2,3]", "x = [2,2,3]*3*x^2")[1]["consistent_with"]


def test_mistakes_where_the_claim_is_right_at_the_point() -> None:
    """What does not lead to it there is none: the point is looked at when another one has refuted the claim."""
    assert not checked("sum(x^2)", "x=[1,1]", "x = where(x == 1, 2*x, 4*x)")[1]["consistent_with"]
    _, verdict = checked("sum(x^3)", "x=[0,0]", "x = 6*x^2")
    assert [one["code"] for one in verdict["consistent_with"]] == ["multiple"]


def test_what_an_element_is_made_of_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a claim without branches in a large graph: all elements are computed at once."""
    monkeypatch.setattr("gradcli.check.exactly.WORK", 0)
    shapes = {"X": (3, 2), "W": (2, 2)}
    graph = lowered(parse("S = X @ W; sum(S^3)"), shapes)
    claims = read_array_claims(graph, ["W = 3 * X.T @ S^2"])
    at = {name: 0.1 * place for place, name in enumerate(graph.variables)}
    verdicts, _ = array_verdicts(Inspection(graph, at), claims, 0, None)
    assert verdicts[0].verdict == "right"
    assert not any("graph" in vars(element) for element in claims[0].elements)


def test_the_work_of_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the operations, each of which may be left out or taken for another factor: twice the work."""
    for limit in ("WORK", "EVALUATED"):
        monkeypatch.setattr(f"gradcli.check.arrays.mistakes.{limit}", 300)
    work = []
    for count in (20, 40, 80):
        graph = lowered(parse(f"sum(x*x{' + 2' * count})"), {"x": (2,)})
        inspection, claims = Inspection(graph, {"x[0]": 1.0, "x[1]": 2.5}), read_array_claims(graph, ["x = exp(x)"])
        work.append(calls_of(partial(array_verdicts, inspection, claims, 0, None)))
    assert work[2] - work[1] < 2.3 * (work[1] - work[0])


LABELS = "y = softmax(z); L = -sum(t*log(y))"


def test_elements_are_compared_with_many_digits_at_once() -> None:
    """Where each depends on all numbers: twice the elements, twice the work."""
    work = []
    for size in (20, 40, 80):
        graph = lowered(parse("logsumexp(v*w)"), {"v": (size,), "w": (size,)})
        inspection = Inspection(graph, {name: (3 * place % 7 - 3) / 4 for place, name in enumerate(graph.variables)})
        claims = read_array_claims(graph, ["v = w*softmax(v*w)"])
        work.append(calls_of(partial(array_verdicts, inspection, claims, 0, None)))
    assert work[2] - work[1] < 2.3 * (work[1] - work[0])


@pytest.mark.parametrize("claim", ["z = y - t", "z = exp(z)/sum(exp(z)) - t", "z[2] = y[2] - t[2]", "z = y - [0,0,1]"])
def test_labels_sum_to_one(claim: str) -> None:
    """Books take it for granted: the claim is no wrong one, and it is said what it takes for granted."""
    code, verdict = checked(LABELS, "z=[0.1,0.5,-1],t=[0,0,1]", claim)
    assert (code, verdict["verdict"]) == (0, "right where tried")
    assert "for t as given, a sum of 1" in verdict["remark"]["message"]


@pytest.mark.parametrize(
    ("at", "claim", "mistake"),
    [
        ("z=[0.1,0.5,-1],t=[0,0,1]", "z = t - y", ["sign"]),
        ("z=[0.1,0.5,-1],t=[0,0,1]", "z = y + t", []),
        ("z=[0.1,0.5,-1],t=[0.5,0,1]", "z = y - t", []),
    ],
)
def test_wrong_beside_labels(at: str, claim: str, mistake: list[str]) -> None:
    """A claim that holds at no point is wrong, and so is one where the sum is another; mistakes are told by labels."""
    code, verdict = checked(LABELS, at, claim)
    assert (code, verdict["verdict"]) == (1, "wrong")
    assert [one["code"] for one in verdict["consistent_with"]] == mistake


def test_products_are_told_by_the_names_of_the_text() -> None:
    """A gradient passes an addition unchanged: that of the named sum is written for that of the product."""
    text = "Y = X @ W + b; L = sum(tanh(Y))"
    _, verdict = checked(text, f"{AT_SQUARE},b=[0.1,0.2]", "W = W.T @ (1 - tanh(Y)^2)")
    said = verdict["consistent_with"][0]
    assert (said["taken"], said["rule"]) == ("W.T@∂L/∂Y", "X.T@∂L/∂Y")


def test_some_elements_alone() -> None:
    """How many are wrong, and which."""
    _, verdict = checked("sum(x^2)", "x=[1,2,3]", "x = 2*x + [0, 1, 0]")
    assert (verdict["count"], verdict["elements"], verdict["value"]) == (1, 3, [2, 4, 6])
    outcome = run("check", "sum(x^2)", "--at", "x=[1,2,3]", "--claim", "x = 2*x + [0, 1, 0]")
    assert "1 of 3 elements: x[1]" in outcome.out
    assert "[ 2  4  6 ]" in outcome.out


@pytest.mark.parametrize(
    ("text", "at", "claim", "codes"),
    [
        ("sum(W*W)", "W=[[1,2],[3,4]]", "W = W", ["one factor"]),
        ("sum(W^2)", "W=[[1,2],[3,4]]", "W = W", ["rule"]),
        ("dot(x, x)", "x=[1,2]", "x = x", ["one factor"]),
        ("norm(x)^2", "x=[1,2]", "x = x", ["rule"]),
        ("mean((X@w - y)^2)", "X=[[1,2],[3,4]],w=[1,2],y=[1,2]", "w = X.T@(X@w - y)/2", ["rule"]),
        ("sum(W^3)", "W=[[1,2],[3,4]]", "W = W^2", ["rule", "multiple"]),
        ("mean(W^2)", "W=[[1,2],[3,4]]", "W = 2*W", ["not averaged"]),
        ("sum(W@X)", "W=[[1,2],[3,4]],X=[[1,2],[3,4]]", "W = row(sum(X, axis=1))/2", ["averaged"]),
    ],
)
def test_where_a_factor_comes_from_is_said_first(text: str, at: str, claim: str, codes: list[str]) -> None:
    """The 2 of a square, which is no division as of a mean, though an axis has the length 2 too."""
    assert [one["code"] for one in checked(text, at, claim)[1]["consistent_with"]] == codes


def test_arrays_stand_for_the_elements_that_were_varied() -> None:
    """Where some of them were, too; one alone has its own name."""
    text, at = "X[0,0]*X[0,1] + X[0,1]*W[0,0]", "X=[[1,2,3],[3,4,5]],W=[[1,2],[1,4],[3,3]]"
    for varied, said in (
        ("X[0,1],X[0,0],W", "X, W were"),
        ("X[0,0],X[0,1]", "X was"),
        ("X[0,1],W[0,0]", "X[0,1], W[0,0] were"),
    ):
        outcome = run("check", text, "--at", at, "--claim", "X[0,1] = 2*X[0,0]*W[0,0]", "--wrt", varied)
        assert f"({said} varied; --wrt" in outcome.out


def test_what_is_said_of_a_point() -> None:
    """Where the claim holds at it, that it does not at others, of which many numbers are not written out; else nothing
    of an element that happens to be right there.
    """
    ones = "[[1,1],[1,1]]"
    outcome = run("check", "sum(X@W) + sum(X^2*T)", "--at", f"X={ones},W={ones},T={ones}", "--claim", "X = 2 + 2*T")
    assert "X[0,0]: it holds at the point, but not at others: at one of them it is -" in outcome.out
    assert "(X, W, T were varied; --wrt NAMES varies these alone)" in outcome.out
    at = "X=[[1,2],[3,4],[0.5,1]],T=[[1,2],[3,4],[1,0]],W=[[1,1],[0.5,1]],lam=0.3"
    text = "Y = X@W; sum((Y-T)^2)/2 + lam*sum(W^2)"
    outcome = run("check", text, "--at", at, "--claim", "W = X.T @ (Y-T) + lam")
    assert "4 of 4 elements" in outcome.out
    assert "at the point" not in outcome.out


@pytest.mark.parametrize(
    ("text", "at", "claim", "codes"),
    [
        ("x @ A @ x", "x=[1,2],A=[[1,3],[1,1]]", "x = 2*A @ x", ["symmetric"]),
        ("x @ A @ x", "x=[1,2],A=[[1,1],[1,1]]", "x = 2*A @ x", ["symmetric"]),
        ("sum(X@W) + sum(X^2*T)", "X=[[1,1],[1,1]],W=[[1,1],[1,1]],T=[[1,1],[1,1]]", "X = 2 + 2*T", []),
    ],
)
def test_what_symmetry_makes_right(text: str, at: str, claim: str, codes: list[str]) -> None:
    """A claim that holds for symmetric matrices, and for no other ones; not where the point alone makes it hold."""
    assert [one["code"] for one in checked(text, at, claim)[1]["consistent_with"]] == codes


def test_wrong_above_and_below() -> None:
    """Where it breaks first is the name of an array."""
    claims = ["S = 1 - S^2", "W = X.T @ (1 - S^2)"]
    options = [word for claim in claims for word in ("--claim", claim)]
    outcome = run("check", SQUARE, "--at", AT_SQUARE, *options, "--json")
    assert json.loads(outcome.out)["breaks_first"] == ["S"]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("W = outer(x, softmax(z) - t)", "it is a 3×2 matrix, this is a 2×3 matrix; did you mean .T of it"),
        ("W = x", "it is a 3×2 matrix, this is a vector of 2"),
        ("W = W^T", "this is a 2×3 matrix; did you mean .T of it, the transpose?\n  W = W.T\n"),
        ("b = outer(t, t)", "it is a vector of 3, this is a 3×3 matrix; did you mean sum(…, axis=0)?"),
        ("W = W @ t", "the shapes do not fit"),
        ("V = x", "no variable and no step"),
        ("W = V", "no variable and no step"),
        ("W[5,0] = 1", "no index 5"),
        ("W = z > 0", "it is a 3×2 matrix, this is a vector of 3\n  W = where(z > 0, 1, 0)"),
        ("b = z > 0", "a condition is no number; for 1 where it holds and 0 elsewhere, write b = where(z > 0, 1, 0)"),
    ],
)
def test_claims_that_are_none(claim: str, said: str) -> None:
    """A message at its place."""
    outcome = run("check", SOFTMAX, "--at", AT, "--claim", claim)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 3
    assert not outcome.out


def test_japanese() -> None:
    """Words of the mistakes."""
    outcome = run("check", SQUARE, "--at", AT_SQUARE, "--claim", "W = X @ (1 - tanh(S)^2)", "--lang", "ja")
    assert "4 要素中 4 個" in outcome.out
    assert "積 X@∂y/∂S" in outcome.out


def test_matrices_are_written_as_everywhere() -> None:
    """Behind ≈ where they are rounded; in a narrow terminal with fewer digits."""
    arguments = ("check", "sum(x*x*x)", "--at", "x=[1.00001,-2.00001]", "--claim", "x = 3*x^2")
    assert "≈ [ 3.0001  12.0001 ]" in run(*arguments).out
    assert "≈ [ 3.00  12.00 ]" in run_terminal(24, *arguments, variables={"NO_COLOR": "1"}).out


def test_digits_that_were_asked_for() -> None:
    """Compared with many digits, element by element."""
    outcome = run("check", "sum(exp(x))", "--at", "x=[1,2]", "--claim", "x = exp(x)", "--digits", "30", "--json")
    assert (outcome.code, json.loads(outcome.out)["claims"][0]["verdict"]) == (0, "right")


def test_the_gradient_itself() -> None:
    """One row an array, whose elements are all tested."""
    outcome = run("check", "Y = X @ W; L = a*sum(relu(Y))", "--at", "a=2,X=[[1,2],[3,4]],W=[[1],[2]]", "--json")
    assert outcome.code == 0
    rows = json.loads(outcome.out)["gradient"]
    assert [(row["name"], row["verdict"], row["reverse"]) for row in rows] == [
        ("X", "right", [[2, 4], [2, 4]]),
        ("W", "right", [[8], [12]]),
        ("a", "right", 16),
    ]
    table = run("check", "sum(relu(x))", "--at", "x=[1,0]").out
    assert "1 of 2 elements" in table
    assert "x[1]: the point is on a kink" in table


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (("--claim", "x = 2"), "'x' is no variable and no step of the expression; there are x[0], x[1]"),
        (("--claim", "x[0] = x[5]"), "'x[5]' is no variable and no step"),
        (("--claim", "x[0] = x"), "'x' is no variable and no step"),
        (("--claim", "x[0] = 1", "--claim", "x [ 0 ] = 1"), "there are two claims for 'x[0]'"),
        (("--claim", "x[0] = 1", "--claim", "ｘ［０］＝１"), "there are two claims for 'x[0]'"),
        (("--claim", "x[0] = 1", "--wrt", "x[1]"), "'x[0]' is held fixed: --wrt varies x[1] alone"),
    ],
)
def test_elements_of_a_name_without_a_shape(rest: tuple[str, ...], said: str) -> None:
    """They are variables of their own; the name alone is none."""
    outcome = run("check", "x[0]^2 + x[1]", "--at", "x[0]=3,x[1]=2", *rest)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_names_of_arrays_in_messages() -> None:
    """Not those of their elements."""
    text, at = "Y = X^2; sum(Y)*c", "X=[[1,2]],c=3"
    held = run("check", text, "--at", at, "--claim", "X = 2*X*c", "--wrt", "c")
    assert "'X' is held fixed: --wrt varies c alone" in held.err
    assert "'Y' is a step" in run("check", text, "--at", at, "--claim", "c = 1", "--wrt", "Y").err
