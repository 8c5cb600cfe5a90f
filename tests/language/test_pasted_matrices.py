"""Lines over arrays of books, LaTeX, MATLAB, Julia and R: what is offered runs and means the same."""

from typing import Any

import numpy as np
import pytest

from gradcli import GradcliError, gradient
from gradcli.language.notation import LONGEST
from gradcli.language.over_arrays import of_mathematics
from gradcli.language.parser import parse

POINT: dict[str, Any] = {
    "A": [[2.0, 0.5, -1.0], [1.0, 3.0, 0.25], [0.0, -2.0, 1.5]], "W": [[1.0, 2.0, 0.5], [-0.5, 0.3, 2.0]],
    "x": [0.2, 1.3, -0.4], "y": [1.5, 0.5, 2.5], "b": [0.1, -0.2, 0.7], "a": 1.25, "λ": 0.5,
    "θ": [1, 2, 4], "lambda": 0.5,
}  # fmt: skip
COLUMNS = {name: np.array(value) for name, value in POINT.items()}
BETWEEN = "[[1, 2, 0], [0, 1, 3], [1, 0, 1]]"
# Each with what it means, in Python with NumPy.
LINES = [
    ("x^T A x", "x @ A @ x"), ("xᵀ A x", "x @ A @ x"), ("xᵀAx", "x @ A @ x"),
    ("x⊤y", "x @ y"), ("2xᵀy", "2 * (x @ y)"), ("xᵀ·A·x/2", "x @ A @ x / 2"), ("a xᵀy", "a * (x @ y)"),
    (r"\frac{1}{2} x^\top A x - b^\top x", "x @ A @ x / 2 - b @ x"), ("½xᵀAx", "x @ A @ x / 2"),
    (r"\mathbf{x}^{\mathsf{T}} \mathbf{A} \mathbf{x}", "x @ A @ x"), (r"\boldsymbol{x}^{\top} y", "x @ y"),
    ("sum(x xᵀ)", "np.outer(x, x).sum()"), ("sum(xxᵀ)", "np.outer(x, x).sum()"), ("trace(A x xᵀ)", "x @ A @ x"),
    ("(Ax - b)ᵀ(Ax - b)", "(A @ x - b) @ (A @ x - b)"), ("sum(W A x)ᵀ", None), ("trace(AᵀA)", "(A * A).sum()"),
    (r"\operatorname{tr}(A^\top A)", "(A * A).sum()"), ("L = -yᵀ log(softmax(A y))", None),
    ("‖x‖", "np.linalg.norm(x)"), ("‖x − y‖²", "((x - y)**2).sum()"), ("||x||^2 + ||y||^2", "x @ x + y @ y"),
    ("1/2 ‖x‖²", "x @ x / 2"), (r"\lVert x \rVert_2", "np.linalg.norm(x)"), ("‖Ax - b‖₂²", "((A @ x - b)**2).sum()"),
    (r"\|Ax - b\|^2 + \lambda\|x\|_1", "((A @ x - b)**2).sum() + a * 0.4 * abs(x).sum()"),
    ("‖A‖_F^2 + λ‖x‖", "(A * A).sum() + 0.5 * np.linalg.norm(x)"), (r"\left\|x\right\|_\infty", "abs(x).max()"),
    (r"\frac{x^\top y}{\|x\| \|y\|}", "x @ y / np.linalg.norm(x) / np.linalg.norm(y)"),
    ("sum(x ⊙ y)", "(x * y).sum()"), ("sum(x∘y)", "(x * y).sum()"), ("sum(x⊗y)", "np.outer(x, y).sum()"),
    ("⟨x, y⟩", "x @ y"), (r"\langle x, A y \rangle", "x @ A @ y"),
    (r"sum(\mathbf{A}^\top \mathbf{x})", "(A.T @ x).sum()"),
    (r"x^\top \begin{bmatrix}1&2&0\\0&1&3\\1&0&1\end{bmatrix} y", f"x @ np.array({BETWEEN}) @ y"),
    (r"x^\top \begin{pmatrix}1\\2\\3\end{pmatrix}", "x @ np.array([1, 2, 3])"),
    ("sum([1 2 0; 0 1 3; 1 0 1] * x)", f"(np.array({BETWEEN}) @ x).sum()"), ("sum([1, -2, 3; 4 5 6])", "17"),
    ("sum([1 2 3])", "6"), ("sum([1; 2; 3] .* x)", "np.array([1, 2, 3]) @ x"), ("sum(x .* y)", "(x * y).sum()"),
    ("sum(x.^2 ./ y)", "(x**2 / y).sum()"), ("x'*A*x", "x @ A @ x"), ("2*x'*A*x + b'*x", "2 * (x @ A @ x) + b @ x"),
    ("sum(A'*x)", "(A.T @ x).sum()"), ("sum(sigmoid.(A*x .+ b))", "(1 / (1 + np.exp(-A @ x - b))).sum()"),
    ("θᵀx", "np.array([1, 2, 4]) @ x"), ("½‖y - Aθ‖²", "((y - A @ θ)**2).sum() / 2"), ("θᵀθ", "21"),
    ("xᵀAθ + λ‖θ‖²", "x @ A @ θ + 21 / 2"), ("sum(A %*% x)", "(A @ x).sum()"),
    ("t(x) %*% A %*% x", "x @ A @ x"), ("sum(t(A) %*% x)", "(A.T @ x).sum()"), ("sum(x %o% y)", "np.outer(x, y).sum()"),
    ("z = A*x; s = z'*z;", "(A @ x) @ (A @ x)"), ("xᵀ(y ⊙ 1[x > 0])", "x @ (y * (x > 0))"),
    (r"\mathbf{x}^\top (y \odot \mathbb{1}_{x \geq 0.2})", "x @ (y * (x >= 0.2))"),
    ("sum(𝟙[x ≤ y] ⊙ x)", "(x * (x <= y)).sum()"),
    ("sum(y ⊙ (A x > 0))", "(y * (A @ x > 0)).sum()"),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("line", "meaning"), LINES, ids=[line for line, _ in LINES])
def test_what_is_offered_means_the_same(line: str, meaning: str | None) -> None:
    """It runs, and has the value that NumPy has; what NumPy has no short form of runs."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    text = caught.value.facts["write"]
    at = {name: POINT[name] for name in parse(text).variables}
    value = gradient(text, at).value
    if meaning is not None:
        assert value == pytest.approx(float(eval(meaning, {"np": np}, COLUMNS)), rel=1e-13)


@pytest.mark.parametrize("line", ["x^T A x", "x^TAx", "x^T*A*x", "y = a*x^T*b; y + x^TAx"])
def test_a_transpose_that_is_read_as_a_power(line: str) -> None:
    """Where the shape shows that a power is none, the line is offered too."""
    with pytest.raises(GradcliError) as caught:
        gradient(line, POINT | {"T": 1, "TAx": 1})
    assert " @ A @ x" in caught.value.facts["write"]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("X^T (Y - T)", {"write": "X.T @ (Y - T)"}),
        ("x^T (a + b)", {"write": "x.T @ (a + b)", "other": "x^T*(a + b)"}),
        ("(x - y)^T (a)", {"write": "(x - y).T @ a", "other": "(x - y)^T*a"}),
        ("e^T (a + b)", {"name": "T", "write": "T*(a + b)"}),
        ("2^T (a + b)", {"name": "T", "write": "T*(a + b)"}),
    ],
)
def test_a_product_behind_t(line: str, facts: dict[str, str]) -> None:
    """It is a transpose of a matrix, a power of a number, and of other names it may be both."""
    with pytest.raises(GradcliError) as caught:
        parse(line)
    assert facts.items() <= caught.value.facts.items()


@pytest.mark.parametrize(
    "line",
    [
        "f'*g + f*g'", "2y' + 3y", "(2x)'", "y'' + y", "f'(x)", "A^{-1} bᵀ", "Aᵀ A^2", "A⁻¹xᵀ", "uvᵀ", "x[0]ᵀ y",
        "f(x)ᵀ y", "a || b || c", "‖x‖_3", "‖x", "xᵀ y)", "(xᵀ y", "xᵀ * ", "ᵀ", "x^T^T^", "[1 2; 3 4](1)",
        r"\begin{pmatrix}1&2\end{bmatrix}",
        "xᵀ y = 3; z", "y = x ⊙; z", "g(x .* y)",
        "w(x .* y, 2)", "1/2xᵀy", "|x| ⊙ y", "[x for x in y]", "[x y]", "[1 2; 3]", "sum([])ᵀ", "x .*", "‖‖",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_not_offered(line: str) -> None:
    """A derivative, a power of a matrix, an index that may count from 1, or a line that is cut."""
    assert of_mathematics(line, parse) == ""


def test_long_lines_are_left() -> None:
    """Nobody reads what is offered for them."""
    assert of_mathematics(f"x⊤y{' ' * LONGEST}", parse) == ""
