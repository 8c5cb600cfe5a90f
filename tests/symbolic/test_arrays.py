"""Derivatives over arrays: the textbook's formulas, each equal to the gradient of the numbers."""

import pytest

from gradcli import GradcliError
from gradcli.graph.arrays import Shape, shape_of
from gradcli.language.parser import parse
from gradcli.symbolic.arrays.formulary import formulary_over_arrays
from tests.helpers.array_formulas import differences, graph_of, over_arrays, somewhere

Shapes = dict[str, Shape]
X, W, B, T = (4, 2), (2, 3), (3,), (4, 3)

# The formulas that a textbook has, alone and after the user's steps.
TEXTBOOK: list[tuple[str, Shapes, dict[str, str]]] = [
    (
        "Y = X @ W + b; L = sum(relu(Y))",
        {"X": X, "W": W, "b": B},
        {
            "X": "where(Y >= 0, 1, 0) @ W.T",
            "W": "X.T @ where(Y >= 0, 1, 0)",
            "b": "sum(where(Y >= 0, 1, 0), axis=0)",
        },
    ),
    (
        "z = W @ x + b; L = logsumexp(z) - dot(t, z)",
        {"W": (3, 2), "x": (2,), "b": (3,), "t": (3,)},
        {"W": "outer(softmax(z) - t, x)", "x": "W.T @ (softmax(z) - t)", "b": "softmax(z) - t", "t": "-z"},
    ),
    ("y = softmax(a); -sum(t * log(y))", {"a": (3,), "t": (3,)}, {"a": "y*sum(t) - t", "t": "-log(y)"}),
    ("x @ A @ x", {"x": (3,), "A": (3, 3)}, {"x": "A.T @ x + A @ x", "A": "outer(x, x)"}),
    ("x.T @ A @ x", {"x": (3,), "A": (3, 3)}, {"x": "A.T @ x + A @ x", "A": "outer(x, x)"}),
    ("v = A @ x; v.T @ v.T.T", {"x": (2,), "A": (3, 2)}, {"x": "2*A.T @ v", "A": "2*outer(v, x)"}),
    (
        "sum((X @ w - y)^2) + lam*sum(w^2)",
        {"X": X, "w": (2,), "y": (4,)},
        {"w": "2*w*lam + 2*X.T @ (X @ w - y)", "y": "-2*(X @ w - y)", "lam": "sum(w^2)"},
    ),
    ("mean((X @ w - y)^2)", {"X": X, "w": (2,), "y": (4,)}, {"w": "X.T @ (X @ w - y)/2", "X": "outer(X @ w - y, w)/2"}),
    (
        "z = X @ w; sum(softplus(z) - t*z)",
        {"X": X, "w": (2,), "t": (4,)},
        {"w": "X.T @ (sigmoid(z) - t)", "X": "outer(sigmoid(z) - t, w)"},
    ),
    (
        "p = sigmoid(X @ w); -mean(t*log(p) + (1 - t)*log(1 - p))",
        {"X": X, "w": (2,), "t": (4,)},
        {"w": "X.T @ (p/4 - t/4)"},
    ),
    ("y = softmax(z); mean(y*g)", {"z": (3,), "g": (3,)}, {"z": "y*(g - dot(y, g))/3"}),  # the number in front of all
    (
        "m = mean(x); s = sqrt(mean((x - m)^2)); y = (x - m)/s; dot(g, y)",
        {"x": (4,), "g": (4,)},
        {"x": "g/s - (x - m)*dot(y, g)/(4*s^2) - sum(g)/(4*s)"},
    ),
    (
        "C = X - mean(X, axis=0); v = mean(C^2, axis=0); sum(G*C/sqrt(v))",
        {"X": X, "G": X},
        {"X": "G/sqrt(v) - C*sum(G*C, axis=0)/(4*sqrt(v)^3) - sum(G, axis=0)/(4*sqrt(v))"},
    ),
    ("mu = column(mean(X, axis=1)); sum((X - mu)^2)", {"X": X}, {"X": "2*(X - mu)"}),
    ("mu = mean(X); sum((mu - X)^2)", {"X": X}, {"X": "-2*(mu - X)"}),
    ("mu = mean(X, axis=0); sum(sum(X - mu, axis=1)^3)", {"X": X}, {}),  # along the other axis they add up to more
    ("sum(tanh(X @ W))", {"X": (1, 2), "W": (2, 1)}, {}),
    ("sum(X @ W)", {"X": (1, 2), "W": (2, 1)}, {"X": "W.T", "W": "X.T"}),
    ("sum(X @ W)", {"X": (1, 2), "W": W}, {"W": "X.T"}),
    ("norm(x)", {"x": (3,)}, {"x": "x/norm(x)"}),
    ("logsumexp(x)", {"x": (3,)}, {"x": "softmax(x)"}),
    ("sum(logsumexp(X, axis=0))", {"X": X}, {"X": "softmax(X.T).T"}),
    ("trace(A)", {"A": (2, 2)}, {"A": "[[1, 0], [0, 1]]"}),
    ("trace(A @ B)", {"A": X, "B": (2, 4)}, {"A": "B.T", "B": "A.T"}),
    ("trace(A.T @ A)", {"A": X}, {"A": "2*A"}),
    ("trace(A @ B @ C)", {"A": X, "B": W, "C": (3, 4)}, {"A": "C.T @ B.T", "B": "A.T @ C.T", "C": "B.T @ A.T"}),
    ("sum(X @ W)", {"X": X, "W": W}, {"X": "sum(W, axis=1)", "W": "column(sum(X, axis=0))"}),
    ("d = x - mean(x); sum(d^3)", {"x": (4,)}, {"x": "3*d^2 - 3*mean(d^2)"}),
    ("s = sum(X)/8; mean(tanh(X - mean(X, axis=0)))*s", {"X": X}, {}),
    ("mean(x)", {"x": (5,)}, {"x": "1/5"}),
    ("sum(X, axis=1) @ y", {"X": X, "y": (4,)}, {"X": "column(y)", "y": "sum(X, axis=1)"}),
    ("sum(max(X, axis=1))", {"X": X}, {"X": "where(X == column(max(X, axis=1)), 1, 0)"}),
    ("x[0]*x[1]^2", {"x": (3,)}, {"x": "[x[1]^2, 2*x[0]*x[1], 0]"}),
    ("sum((x[1:] - x[:-1])^2)", {"x": (3,)}, {"x": "[2*x[0] - 2*x[1], 4*x[1] - 2*x[2] - 2*x[0], 2*x[2] - 2*x[1]]"}),
    ("sum(outer(x, y)*G)", {"x": (2,), "y": (3,), "G": W}, {"x": "G @ y", "y": "G.T @ x", "G": "outer(x, y)"}),
    ("sum((column(x) - row(x))^2)", {"x": (3,)}, {}),
    ("sum(sin(X)*X)", {"X": X}, {"X": "sin(X) + X*cos(X)"}),
    ("sum(X[0] * y)", {"X": X, "y": (2,)}, {"X": "outer([1, 0, 0, 0], y)", "y": "X[0]"}),
    ("sum(softmax(X))", {"X": X}, {"X": "0"}),
    ("dot(x, y)/(norm(x)*norm(y))", {"x": (3,), "y": (3,)}, {}),
]


@pytest.mark.parametrize(("text", "shapes", "formulas"), TEXTBOOK, ids=[text for text, *_ in TEXTBOOK])
def test_formulas_of_textbooks(text: str, shapes: Shapes, formulas: dict[str, str]) -> None:
    """They are written so, and equal to the gradient."""
    found = over_arrays(text, shapes)
    assert {name: found.text((name,)).rpartition("; ")[2] for name in formulas} == formulas
    assert not differences(text, somewhere({name: shapes.get(name, ()) for name in found.derivatives.targets}))


# Others, among them the layers of networks.
FUNCTIONS: list[tuple[str, Shapes]] = [
    ("Z = X @ W + b; P = softmax(Z); -mean(sum(T*log(P), axis=1))", {"X": X, "W": W, "b": B, "T": T}),
    (
        "H = relu(X @ W1 + b1); Z = H @ W2 + b2; sum(logsumexp(Z, axis=1)) - sum(T*Z)",
        {"X": X, "W1": (2, 5), "b1": (5,), "W2": (5, 3), "b2": B, "T": T},
    ),
    ("d = x - mean(x); g @ (a*d/sqrt(mean(d^2) + 1e-5) + c)", {"x": (4,), "g": (4,), "a": (4,), "c": (4,)}),
    ("D = X - mean(X, axis=0); sum(G*D/sqrt(mean(D^2, axis=0) + 0.1))", {"X": X, "G": X}),
    ("A = softmax(Q @ K.T/sqrt(2)); sum((A @ V)^2)", {"Q": (3, 2), "K": (3, 2), "V": (3, 2)}),
    ("sum((column(sum(X^2, axis=1)) + row(sum(X^2, axis=1)) - 2*X @ X.T)^2)", {"X": X}),
    ("sum(tanh([dot(k, x[0:2]), dot(k, x[1:3]), dot(k, x[2:4])]))", {"k": (2,), "x": (4,)}),
    ("sum((k[0,0]*X[:-1,:-1] + k[0,1]*X[:-1,1:] + k[1,0]*X[1:,:-1] + k[1,1]*X[1:,1:])^2)", {"k": (2, 2), "X": T}),
    ("p = sigmoid(X @ w); -mean(t*log(p) + (1 - t)*log(3 - p))", {"X": X, "w": (2,), "t": (4,)}),
    ("sum(where(x > mean(x), x^2, 3*x))", {"x": (4,)}),
    ("max(X) - min(X) + sum(min(X, axis=0))", {"X": X}),
    ("sum(norm(X, axis=1)/norm(X, axis=0)[0])", {"X": X}),
    (
        "h = tanh(U @ x + V @ h0); h2 = tanh(U @ x + V @ h); w @ h2",
        {"U": W, "x": B, "V": (2, 2), "h0": (2,), "w": (2,)},
    ),
    ("sum(hypot(X, row(x)) * clip(X, 0.5, 1.5))", {"X": X, "x": (2,)}),
    ("sum(X^x) + sum(x^X)", {"X": X, "x": (2,)}),
    ("sum([x, y, x*y][1:] @ A)", {"x": (2,), "y": (2,), "A": (2, 2)}),
    ("sum(logsumexp(x, y, 2*x))", {"x": (3,), "y": (3,)}),
    ("log(sum(exp(X)))*sum(sinc(X)) + sum(gelu(X))", {"X": X}),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "shapes"), FUNCTIONS, ids=[text for text, _ in FUNCTIONS])
def test_formulas_are_the_gradient(text: str, shapes: Shapes) -> None:
    """Read again, each comes to what the backward pass gives."""
    assert not over_arrays(text, shapes).derivatives.graph.has_arrays or not differences(
        text, somewhere(shapes, seed=1)
    )


@pytest.mark.parametrize(("text", "shapes"), FUNCTIONS, ids=[text for text, _ in FUNCTIONS])
def test_numbers_stand_beside_formulas(text: str, shapes: Shapes) -> None:
    """Those of the backward pass, and no note, as each formula gives them."""
    found = over_arrays(text, shapes)
    found.evaluate(found.arrays.flat(somewhere(shapes)), None)
    assert not [note.message for note in found.notes if note.code == "formula"]
    assert {name: shape_of(number) for (name,), number in found.numbers.items()} == shapes


def test_lengths_of_one() -> None:
    """What is repeated along an axis of length 1 is not repeated."""
    shapes: Shapes = {"A": (1, 3), "B": (3, 1), "c": (1,), "d": (3,)}
    assert not differences("sum(A*d + c) + sum(B @ A*A) + sum((c*B).T + d)*sum(softmax(B))", somewhere(shapes))


def test_equal_elements_are_told_of() -> None:
    """The gradient goes to the first of the largest elements; a formula cannot say so."""
    found = over_arrays("max(x)", {"x": (3,)})
    assert [note.code for note in found.notes] == ["first-extreme"]
    found.evaluate({"x[0]": 1.0, "x[1]": 2.0, "x[2]": 2.0}, None)
    assert found.numbers == {("x",): [0, 1, 0]}
    assert [note.facts["elements"] for note in found.notes if note.code == "formula"] == [["x[2]"]]


def test_fewer_elements_are_told_of() -> None:
    """Those of a formula are repeated to the shape of its array."""
    found = over_arrays("sum(A @ x)", {"A": (3, 2), "x": (2,)})
    assert [(note.code, note.facts["shape"]) for note in found.notes] == [("repeated", [3, 2])]


def test_elements_stand_where_there_is_no_short_formula() -> None:
    """Of an array of which one element of many is used."""
    found = over_arrays("sum(y)*x[3]", {"x": (101,), "y": (2,)})
    assert [note.facts["of"] for note in found.notes if note.code == "by-elements"] == ["∂z/∂x"]
    assert found.as_dict()["gradient"] == {"y": "x[3]", "x": ["0"] * 3 + ["sum(y[0], y[1])"] + ["0"] * 97}


def test_elements_stand_where_one_number_is_compared_with_itself() -> None:
    """The passes take it once, where it stands first."""
    found = over_arrays("max([x, x, y])", {"x": (2,), "y": (2,)})
    assert found.text(("x[0]",)) == "where(x[0] == max(x[0], x[1], x[0], x[1], y[0], y[1]), 1, 0)"
    assert [note.code for note in found.notes] == ["by-elements", "by-elements"]


def test_elements_that_are_named() -> None:
    """They have formulas of elements beside those of arrays."""
    found = over_arrays("sum(A @ x)", {"A": (2, 2), "x": (2,)}, wrt=["x", "A[0,1]"])
    assert [(name, text) for _, name, text in found.statements()] == [("", "sum(A, axis=0)"), ("", "x[1]")]


def test_higher_orders_are_of_numbers() -> None:
    """They are refused for arrays."""
    graph = graph_of("s*sum(x^2)", {"x": (2,)})
    with pytest.raises(GradcliError) as caught:
        formulary_over_arrays(graph, None, 2, inline=False)
    assert caught.value.code == "order-of-arrays"
    assert formulary_over_arrays(graph, ["s"], 2, inline=False) is None


def test_long_chains() -> None:
    """Of operations on arrays: no recursion, and formulas of linear length."""
    text = "x0 = x; " + "; ".join(f"x{i + 1} = tanh(A @ x{i}[:]).T + x{i}" for i in range(100)) + "; sum(x100)"
    found = over_arrays(text, {"x": (2,), "A": (2, 2)})
    assert len(found.derivatives.graph) < 100 * 30
    chain = "@".join(["A"] * 150)
    assert len(over_arrays(f"trace({chain})", {"A": (2, 2)}).derivatives.graph) < 3_000
    assert parse(over_arrays(f"sum({'-' * 400}x{'.T' * 400}[:][:])", {"x": (2,)}).text(("x",)))
