"""Claims as students write them: each line that is offered is read, has the shape and means what was meant."""

from typing import Any

import numpy as np
import pytest

from gradcli import GradcliError
from gradcli.arrays.lowering import lowered
from gradcli.check.arrays.claims import read_array_claims
from gradcli.check.trials.samples import sample
from gradcli.check.trials.trials import evaluated
from gradcli.graph import Graph
from gradcli.graph.arrays import flattened, shape_of
from gradcli.language.parser import parse

AFFINE = "H = X @ W + b; L = sum(relu(H) * G)"
RNG = np.random.default_rng(4)
POINT: dict[str, Any] = {
    name: RNG.normal(size=shape).tolist()
    for name, shape in {"X": (4, 2), "W": (2, 3), "b": (3,), "G": (4, 3), "c": (1, 3)}.items()
}
TWO = "Z = X @ W + b; A = sigmoid(Z); d = sum((A - T)^2, axis=1); L = mean(d) + sum(C)"
TWO_POINT = POINT | {"T": POINT["G"], "C": POINT["c"]}

# Each claim with the right side that is meant, in Python with NumPy.
CLAIMS = [
    ("X = (H>0) G W^T", "((H > 0)*G) @ W.T"),
    ("X = (H > 0) * G @ W.T", "((H > 0)*G) @ W.T"),
    ("X = ((H > 0) .* G) * W'", "((H > 0)*G) @ W.T"),
    ("X = (G .* (H .> 0)) * W'", "((H > 0)*G) @ W.T"),
    ("W = X^T G (H > 0)", "X.T @ (G*(H > 0))"),
    ("W = X^T (H>0)", "X.T @ (H > 0)"),
    ("X = (H>0) W^T", "(H > 0) @ W.T"),
    ("W = X^T G ⊙ (H > 0)", "X.T @ (G*(H > 0))"),
    ("X = G W^T ⊙ (X > 0)", "(G @ W.T)*(X > 0)"),
    ("X = G W^T (X > 0)", "(G @ W.T)*(X > 0)"),
    ("X = (X > 0) (G W^T)", "(X > 0)*(G @ W.T)"),
    ("W = X^T ((H > 0) * G)", "X.T @ ((H > 0)*G)"),
    ("W = X' * (G .* (H > 0))", "X.T @ ((H > 0)*G)"),
    ("W = X.T @ (G * 1[H>0])", "X.T @ (G*(H > 0))"),
    ("W = X^T (G ⊙ 𝟙(H > 0))", "X.T @ (G*(H > 0))"),
    (r"W = X^\top (G \odot \mathbb{1}[H > 0])", "X.T @ (G*(H > 0))"),
    (r"W = X^\top (G \odot \mathbf{1}_{\{H > 0\}})", "X.T @ (G*(H > 0))"),
    ("H = G * [H > 0]", "G*(H > 0)"),
    ("H = I(H > 0) * G", "G*(H > 0)"),
    ("H = G * (H > 0).astype(float)", "G*(H > 0)"),
    ("b = (G * (H > 0)).sum(axis=0)", "(G*(H > 0)).sum(axis=0)"),
    ("b = ((H > 0)*G).sum(0)", "(G*(H > 0)).sum(axis=0)"),
    ("b = sum(relu(H) * 1[H > 0], axis=0)", "(H*(H > 0)).sum(axis=0)"),
    ("H = np.where(H > 0, G, 0)", "G*(H > 0)"),
    ("W = X.T @ (relu'(H) * G)", "X.T @ (G*(H > 0))"),
    ("W = X^T (G ⊙ relu'(H))", "X.T @ (G*(H > 0))"),
    ("W = X' * (G .* tanh'(H))", "X.T @ (G*(1 - np.tanh(H)**2))"),
    ("X = G ⊙ relu'(H) W^T", "(G*(H > 0)) @ W.T"),
    ("b = (G * drelu(H)).sum(axis=0)", "(G*(H > 0)).sum(axis=0)"),
    (r"H = G \odot \sigma'(H)", "G/(2 + np.exp(H) + np.exp(-H))"),
    ("b = 1^T G", "G.sum(axis=0)"),
    ("b = 1^T ((H>0)*G)", "(G*(H > 0)).sum(axis=0)"),
    ("b = 1ᵀ(H - G)", "(H - G).sum(axis=0)"),
    (r"b = \mathbf{1}^T (H - G)", "(H - G).sum(axis=0)"),
    (r"b = \mathbf 1_N^\top G", "G.sum(axis=0)"),
    ("b = 1_N^T G", "G.sum(axis=0)"),
    ("b = 𝟏ᵀG", "G.sum(axis=0)"),
    ("b = G^T 1", "G.sum(axis=0)"),
    (r"b = G^\top \mathbf{1}", "G.sum(axis=0)"),
    ("b = ones(1,4)*G", "G.sum(axis=0)"),
    ("b = G'*ones(4,1)", "G.sum(axis=0)"),
    ("b = np.ones(4) @ G", "G.sum(axis=0)"),
    ("b = np.ones(4).dot(G)", "G.sum(axis=0)"),
    ("b = G.T @ np.ones(4)", "G.sum(axis=0)"),
    ("b = 2 1^T G", "2*G.sum(axis=0)"),
    ("H = X W + 1 b^T", "X @ W + b"),
    ("H = G - 1 b^T", "G - b"),
    ("H = 1{H > 0} ⊙ max(G, 0)", "(H > 0)*np.maximum(G, 0)"),
    ("H = min(G .* G, 1)", "np.minimum(G*G, 1)"),
    ("b = sum(G .* (H > 0), 1)", "(G*(H > 0)).sum(axis=0)"),
    ("b = sum(G .* (H .> 0), dims=1)", "(G*(H > 0)).sum(axis=0)"),
    ("W = X'(H-G)", "X.T @ (H - G)"),
    ("W = X^T G", "X.T @ G"),
    ("W = XᵀG", "X.T @ G"),
    ("W = X.T.dot(G)", "X.T @ G"),
    ("W = np.dot(X.T, G)", "X.T @ G"),
    ("W = torch.matmul(X.t(), G)", "X.T @ G"),
    ("W = X.transpose(0, 1) @ G", "X.T @ G"),
    ("W = np.einsum('ni,nj->ij', X, G)", "X.T @ G"),
    (r"W = \mathbf{X}^{\top} \mathbf{G}", "X.T @ G"),
    ("W = t(X) %*% G", "X.T @ G"),
    ("W = X.T.dot(G * (H > 0))", "X.T @ (G*(H > 0))"),
    ("W = G.mean()", "np.full((2, 3), G.mean())"),
    ("b = sum(G, axis=0, keepdims=True)", "G.sum(axis=0)"),
    ("b = np.sum(G, axis=0, keepdims=True)", "G.sum(axis=0)"),
    ("b = G.sum(0, keepdim=True)", "G.sum(axis=0)"),
    ("b = G.sum(dim=0)", "G.sum(axis=0)"),
    ("b = np.mean(G, axis=0)", "G.mean(axis=0)"),
    ("H = G - np.mean(G, axis=0, keepdims=True)", "G - G.mean(axis=0)"),
    ("H = G - G.mean(axis=1, keepdims=True)", "G - G.mean(axis=1, keepdims=True)"),
    ("∂L/∂W: X.T @ G", "X.T @ G"),
    ("W := X.T @ G", "X.T @ G"),
    ("dW: X^T G", "X.T @ G"),
    ("W == X.T @ G", "X.T @ G"),
    ("b: sum(G, axis=0)", "G.sum(axis=0)"),
    ("W <- t(X) %*% G", "X.T @ G"),
    ("W ← X.T @ G", "X.T @ G"),
    *(
        (f"{left} = X.T @ G", "X.T @ G")
        for left in (
            "δL/δW",
            r"\partial_W L",
            "∂_W L",
            r"\frac{\partial L}{\partial W}",
            r"\frac{\delta L}{\delta W}",
            "L_W",
            "W_bar",
            r"\bar{W}",
            "W̄",
            "gW",
            "g_W",
            "grad(W)",
            "grad(L, W)",
            "jax.grad(L)(W)",
            "torch.autograd.grad(L, W)[0]",
            "W.grad",
            "W.grad.data",
            r"\nabla_{W} L",
            "nabla_W L",
            "dL/dW(X)",
            "d/dW L",
            "∂/∂W L",
            "gradient of W",
            "the derivative of L wrt W",
            "delta_W",
            "ΔW",
            "dL_dW",
            "Wの勾配",
            "LのWによる偏微分",
            "W についての勾配",
            r"\mathrm{d}L/\mathrm{d}W",
        )
    ),
]
IN_MATRICES = [
    ("C = np.ones((1, 4)) @ T", "T.sum(axis=0, keepdims=True)"),
    ("C = np.sum(T, axis=0, keepdims=True)", "T.sum(axis=0, keepdims=True)"),
    ("C = T.sum(0, keepdim=True)", "T.sum(axis=0, keepdims=True)"),
    (r"d = T \mathbf{1}_3", "T.sum(axis=1)"),
    ("d = sum(T, dims=2)", "T.sum(axis=1)"),
    (r"d = (A - T) \mathbf{1}", "(A - T).sum(axis=1)"),
    ("d = rowSums(A - T)", "(A - T).sum(axis=1)"),
    ("W = X^T((A - T) ⊙ (1 - A^2))", "X.T @ ((A - T)*(1 - A**2))"),
    ("A = A ⊘ (1 + T ⊙ T)", "A/(1 + T*T)"),
    ("W = Xᵀ(A - T)", "X.T @ (A - T)"),
    (r"W = X^T T / \sqrt{2}", "X.T @ T/np.sqrt(2)"),
    ("b = sum(T ⊙ A, 0)", "(T*A).sum(axis=0)"),
    ("A = A - (A 1) 1^T", "A - A.sum(axis=1, keepdims=True)"),
    ("W = X^T(A - T)", "X.T @ (A - T)"),
    ("W = X'*(A - T)", "X.T @ (A - T)"),
]


def graph_of(text: str, point: dict[str, Any]) -> Graph:
    """The graph of a program at a point of arrays."""
    program = parse(text)
    return lowered(program, {name: shape_of(value) for name, value in point.items() if name in program.variables})


def offered(graph: Graph, claim: str) -> str:
    """The claim that is offered in the place of one."""
    with pytest.raises(GradcliError) as caught:
        read_array_claims(graph, [claim])
    assert "\n" not in caught.value.message
    assert set(caught.value.facts) & {"write"}, caught.value.message
    assert "other" not in caught.value.facts
    return str(caught.value.facts["write"])


def check_meaning(text: str, point: dict[str, Any], claim: str, meaning: str) -> None:
    """What is offered is a claim that has the value of the formula in NumPy."""
    graph = graph_of(text, point)
    arrays = graph.arrays
    assert arrays is not None
    at = {name: point[name] for name in arrays.program.variables}
    flat = {
        one: number
        for name, value in at.items()
        for one, number in zip(arrays.names_of(name), flattened(value), strict=True)
    }
    found = sample(graph, flat)
    assert found is not None
    (again,) = read_array_claims(graph, [offered(graph, claim)])
    values = {
        name: np.array([found.values[x] for x in arrays.elements[node]]).reshape(arrays.shapes[node])
        for name, node in arrays.named.items()
    }
    expected = np.broadcast_to(eval(meaning, {"np": np}, values), values[again.name].shape)
    got = [evaluated(element, found)[0] for element in again.elements]
    assert got == pytest.approx(expected.ravel().tolist(), rel=1e-12, abs=1e-12)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("claim", "meaning"), CLAIMS, ids=[claim for claim, _ in CLAIMS])
def test_what_is_offered_is_a_claim_and_means_the_same(claim: str, meaning: str) -> None:
    """In notations of books, NumPy, PyTorch, LaTeX, Julia, MATLAB and R."""
    check_meaning(AFFINE, POINT, claim, meaning)


@pytest.mark.parametrize(("claim", "meaning"), IN_MATRICES, ids=[claim for claim, _ in IN_MATRICES])
def test_what_is_offered_has_the_shape_of_its_name(claim: str, meaning: str) -> None:
    """A row that is kept for a matrix of one row, and a sum along the other axis."""
    check_meaning(TWO, TWO_POINT, claim, meaning)


@pytest.mark.parametrize(
    ("claim", "written"),
    [
        ("W_1 = X1.T", "W1 = X1.T"),
        ("∂L/∂W₁ = X1.T", "W1 = X1.T"),
        (r"\frac{\partial L}{\partial W_1} = X1.T", "W1 = X1.T"),
        ("dγ = X1[0]", "gamma = X1[0]"),
        ("W1 = (p - q) * x'", "W1 = outer(p - q, x)"),
        ("W1 = (p - q) ⊗ x", "W1 = outer(p - q, x)"),
        ("L = x'x", "L = x.T @ x"),
    ],
)
def test_names_and_vectors_as_books_have_them(claim: str, written: str) -> None:
    """With subscripts, Greek letters, primes."""
    point = {"X1": [[1.0, 2.0], [3.0, 4.0]], "W1": [[1.0, 2.0], [3.0, 4.0]], "gamma": [1.0, 2.0], "p": [1.0, 2.0]}
    graph = graph_of("L = sum((X1 @ W1)*gamma) + dot(p, q) + dot(x, p)", point | {"q": [1.0, 2.0], "x": [3.0, 1.0]})
    assert offered(graph, claim) == written


@pytest.mark.parametrize(
    ("claim", "code", "shown"),
    [
        ("W = (H - G)' X", "claim-shape", "W = (H - G).T @ X"),
        ("dW = X^T Q", "unknown-in-claim", "W = X.T @ Q"),
        ("W = X^T", "claim-shape", "W = X.T"),
        (r"\nabla_W L = X^T", "claim-shape", "W = X.T"),
        ("b = (H > 0) * G", "claim-shape", "b = where(H > 0, G, 0)"),
        ("grad(X) = zz", "unknown-in-claim", "grad(X) = zz"),
        ("X = relu'(H) * G", "claim-shape", "X = where(H >= 0, 1, 0)*G"),
        ("b = 11ᵀ", "missing-operator", "b = 11ᵀ"),
        ("W = 2^T G", "transpose-sign", "W = 2^T G"),
    ],
)
def test_what_is_refused_is_not_offered(claim: str, code: str, shown: str) -> None:
    """Where no reading fits, what is wrong with the line is told."""
    with pytest.raises(GradcliError) as caught:
        read_array_claims(graph_of(AFFINE, POINT), [claim])
    assert (caught.value.code, caught.value.text) == (code, shown)


@pytest.mark.parametrize("line", [r"\nabla_W L = X^T", "dW = X^T Q", "W = (H - G)' X"])
def test_in_a_file_the_caret_is_under_the_claim(line: str) -> None:
    """It is about a line that is not there."""
    listed = f"b = 1\n{line}  # wrong\nX = 1\n"
    with pytest.raises(GradcliError) as caught:
        read_array_claims(graph_of(AFFINE, POINT), [], listed=listed)
    error = caught.value
    assert (error.text, listed[error.start : error.end]) == (listed, line)
