"""Programs over arrays with points, small enough for pictures."""

from typing import Any

AFFINE = (
    "Y = X @ W + b; L = sum(relu(Y))",
    {"X": [[1.0, 2.0], [3.0, 4.0]], "W": [[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]], "b": [0.0, 1.0, -1.0]},
)
NETWORK = (
    "h = relu(X @ V + c); Z = h @ W + b; L = mean(logsumexp(Z, axis=1)) - mean(sum(T * Z, axis=1))",
    {"X": [[1.0, 2.0], [3.0, 4.0]], "V": [[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]], "c": [0.0, 1.0, -1.0],
     "W": [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]], "b": [0.0, 0.0], "T": [[1.0, 0.0], [0.0, 1.0]]},
)  # fmt: skip
ATTENTION = (
    "Q = X @ U; K = X @ V; A = softmax(Q @ K.T / sqrt(2)); Y = A @ (X @ W); L = sum(Y * G)",
    {"X": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], "U": [[1.0, 0.5], [0.0, 1.0]], "V": [[1.0, 0.0], [0.5, 1.0]],
     "W": [[1.0, 2.0], [3.0, 4.0]], "G": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]},
)  # fmt: skip
SQUARE = {"W": [[1.0, 2.0], [3.0, 4.0]]}
VECTOR = {"x": [-1.0, 2.0]}
PROGRAMS: tuple[tuple[str, dict[str, Any]], ...] = (
    AFFINE,
    NETWORK,
    ("a = x @ W; y = softmax(a); L = -sum(t * log(y))", VECTOR | SQUARE | {"t": [0.0, 1.0]}),
    ("sum(W.T @ W)", SQUARE),
    ("V = W.T; v = V[0]; dot(v, W[1]) + V[0,1]*W[-1,0]", SQUARE),
    ("u = [[p, q], [q, 1]]; x @ u @ x", VECTOR | {"p": 2.0, "q": 3.0}),
    ("x @ [[1, 2], [3, 4]] @ x + x[0]", VECTOR),
    ("sum(where(x > 0, x, x^2)) + norm(x) + max(x)", VECTOR),
    ("s = sum(x); where(s > 0, s^2, x[0])", VECTOR),
    ("f(t) = t @ t; f(x) + f(2*x) + trace(outer(x, x)) + sum(column(x) * row(x))", VECTOR),
    ("sum(x) * mean(x)", {"x": [3.0]}),
    ("x[0]*x[1] + x[0]", {"x[0]": 2.0, "x[1]": 3.0}),
    ("W[0,1]", SQUARE),
    ATTENTION,
)
