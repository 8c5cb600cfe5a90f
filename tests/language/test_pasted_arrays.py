"""Lines over arrays pasted from NumPy and other libraries: what is offered means the same, or nothing is offered."""

import numpy as np
import pytest

from gradcli import GradcliError, gradient
from gradcli.language.parser import parse
from gradcli.operators.arrays import ARRAY_FUNCTIONS

POINT = {
    "X": [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]], "W": [[1.0, 2.0], [-0.5, 0.3], [0.7, 1.1]], "x": [0.2, 1.3, -0.4],
    "y": [1.5, 0.5, 2.5], "w": [0.6, -1.2, 0.9], "b": [0.1, -0.2], "A": [[2.0, 0.5], [1.0, 3.0]], "v": [1.0, -2.0],
}  # fmt: skip
NUMPY = [
    "np.sum(X @ W)", "np.dot(X, w).sum()", "np.sum(X.mean(axis=0))", "np.mean((X @ w - v)**2)", "np.linalg.norm(x)",
    "x.sum()", "np.matmul(v, A).sum()", "np.sum(np.transpose(W) @ x)", "W.transpose()[0, 1]", "np.linalg.norm(X)**2",
    "np.sum(np.sum(X, axis=1, keepdims=True) * X)", "((X - X.mean(axis=0, keepdims=True))**2).sum()", "X.sum(0)[1]",
    "np.maximum(0, X @ W + b).sum()", "-np.sum(y * np.log(y))", "np.max(X, axis=1)[0]", "X.max()", "X.min(axis=0)[2]",
    "np.trace(A.T @ A)", "x.dot(y)", "np.dot(x, y)", "(np.exp(x) / np.sum(np.exp(x)))[0]", "np.outer(x, y).sum()",
    "np.sum(x[:, None] * y[None, :])", "np.array([1, 2, 3]) @ x", "np.linalg.norm(X, axis=1)[1]", "np.inner(x, y)",
    "np.where(X > 0, X, 0).sum()", "np.mean(np.square(x - y))", "np.sum(np.tanh(X) ** 2) / 2", "A[0, 1] * A[1][0]",
    "np.sum(x[1:] * x[:-1])", "np.einsum('ij,jk->ik', X, W)[0, 1]", "np.einsum('i,i', x, y)",
    "np.einsum('nm,m->n', X, x)[1]", "np.einsum('i,j->ij', x, y)[2, 0]", "np.einsum('ij->ji', X)[2, 0]",
    "np.einsum('ii', A)", "np.einsum('ab,cb->ac', X, X)[0, 1]", "np.einsum('ij,ij->', X, X)",
    "np.einsum('i,ij->j', v, X)[2]", "np.einsum('i,ij,j->', v, X, x)", "np.einsum('ij,j->ij', X, x)[1, 0]",
    "np.einsum('ij,ij->j', X, X)[1]", "np.einsum('ij->i', X)[1]", "np.einsum('ij->j', X)[1]",
    "np.einsum('ij,ik->jk', X, A)[2, 0]", "np.sum(np.eye(3) @ W)", "(np.zeros((2, 3)) + X).sum()", "np.ones(3) @ x",
    "np.identity(2)[0, 1] + x[0]", "np.linalg.norm(x, 1)", "np.linalg.norm(x - y, ord=2)",
    "np.linalg.norm(x, np.inf)", "np.linalg.norm(X, 'fro')", "np.sum(X * (X > 0))", "(X > 0).astype(float).sum()",
    "np.mean(x == y)", "np.where((X > 0) & ~(X > 1), X, 0).sum()", "((x > 0) | (y > 1)).astype(int) @ w",
    "np.sum((X > 0) * (X < 1))", "np.sum(X.astype(np.float64) * (X != 0.25))",
]  # fmt: skip


@pytest.mark.parametrize("line", NUMPY)
def test_lines_of_numpy(line: str) -> None:
    """What is offered has NumPy's value; what is read as it stands too."""
    try:
        parse(line)
        text = line
    except GradcliError as error:
        text = error.facts["write"]
    true = eval(line, {"np": np}, {name: np.array(value) for name, value in POINT.items()})
    names = [name for name in parse(text).variables if name in POINT]
    assert gradient(text, {name: POINT[name] for name in names}).value == pytest.approx(float(true), rel=1e-13)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("torch.softmax(z, dim=-1)", "softmax(z)"), ("F.softmax(z, dim=1)", "softmax(z)"),
        ("torch.matmul(a, b)", "a @ b"), ("matmul(a, b)", "a @ b"), ("W.t() @ x", "W.T @ x"), ("x.t", "x.T"),
        ("torch.relu(X @ W + b).sum()", "sum(relu(X @ W + b))"), ("torch.amax(X, dim=0)", "max(X, axis=0)"),
        ("torch.logsumexp(z, dim=0) - z[1]", "logsumexp(z, axis=0) - z[1]"), ("jax.nn.softmax(z)", "softmax(z)"),
        ("tf.reduce_sum(X, axis=0)", "sum(X, axis=0)"), ("X.mean(dim=1, keepdim=True)", "column(mean(X, axis=1))"),
        ("softmax(A, axis=0)", "softmax(A.T).T"), ("torch.softmax(A, dim=0)", "softmax(A.T).T"),
        ("softmax(A, 1)", "softmax(A)"), ("mean(A, 0)", "mean(A, axis=0)"), ("norm(x, 1)", "sum(abs(x))"),
        ("2*mean(relu(A), -1)", "2*mean(relu(A), axis=-1)"), ("norm(x - y, inf)", "max(abs(x - y))"),
        ("torch.norm(x, p=2)", "norm(x)"), ("np.matmul(A.T, A)", "A.T @ A"),
        ("torch.max(a @ b, c)", "max(a @ b, c)"), ("L = np.mean(X @ w)", "L = mean(X @ w)"),
    ],
)  # fmt: skip
def test_lines_of_others(line: str, written: str) -> None:
    """PyTorch, JAX and TensorFlow."""
    with pytest.raises(GradcliError) as raised:
        parse(line)
    assert raised.value.facts["write"] == written


@pytest.mark.parametrize(
    "line",
    [
        "np.einsum('ij,jk', X, Y, Z)", "np.einsum('ijk->k', X)", "np.eye(9) @ x", "np.zeros(n)", "np.ones((2, 2, 2))",
        "F.softmax(z)", "scipy.special.softmax(z)", "torch.max(X, dim=1)", "X.max(dim=0)",
        "nn.Linear(3, 2)(x)", "np.linalg.norm(X - Y, 1)", "np.linalg.norm(x, 3)", "np.linalg.norm(X, 2)",
        "F.cross_entropy(z, t)",
        "np.linalg.inv(A)", "X.reshape(2, 3)", "np.einsum(letters, W, x)", "np.sum(X, axis=None, keepdims=True)",
        "X.transpose(0, 2, 1)", "np.sum(X, where=X > 0)", "torch.bmm(X, Y)",
    ],
)  # fmt: skip
def test_what_differs_is_not_offered(line: str) -> None:
    """Nor what the language has not."""
    with pytest.raises(GradcliError) as raised:
        parse(line)
    assert not raised.value.facts.get("write")


@pytest.mark.parametrize(
    ("line", "written"),
    [("cross_entropy_error(p, t)", "-sum(t*log(y))"), ("sum_squared_error(p, t)", "sum((y - t)^2)/2")],
)
def test_losses_of_books(line: str, written: str) -> None:
    """By the names that books give them."""
    with pytest.raises(GradcliError) as raised:
        parse(line)
    assert raised.value.facts["write"] == written


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("inv(A)", "inv"), ("x @ np.linalg.inv(A) @ x", "np.linalg.inv"), ("pinv(A) @ b", "pinv"),
        ("torch.linalg.solve(A, b)", "torch.linalg.solve"), ("sum(A⁻¹ @ x)", "⁻¹"), ("A⁻¹ b", "⁻¹"),
        ("xᵀ A^{-1} x", "^{-1}"), ("x^T A^-1 x", "^-1"), ("A \\ b", "\\"),
    ],
)  # fmt: skip
def test_there_is_no_inverse(line: str, place: str) -> None:
    """However it is written; of numbers a power is offered, as before."""
    with pytest.raises(GradcliError) as raised:
        parse(line)
    assert raised.value.code == "inverse-sign"
    assert line[raised.value.start : raised.value.end].strip() == place
    with pytest.raises(GradcliError) as raised:
        parse("exp(-E T⁻¹)")
    assert raised.value.facts["write"] == "exp(-E*T^-1)"


def test_what_has_no_counterpart_is_not_the_matrix_product() -> None:
    """Beside it the function is named."""
    with pytest.raises(GradcliError) as raised:
        parse("x @ np.kron(A, B)")
    assert raised.value.facts["name"] == "np.kron"


@pytest.mark.parametrize("name", ARRAY_FUNCTIONS)
def test_functions_of_arrays_have_a_counterpart(name: str) -> None:
    """Where something else in the line is not gradcli's, as ² or 2x."""
    for line in (f"L = {name}(x)²", f"L = {name}(2x)", f"L = ½ {name}(x)"):
        with pytest.raises(GradcliError) as raised:
            parse(line)
        assert raised.value.code in ("missing-operator", "other-notation", "superscript"), line
