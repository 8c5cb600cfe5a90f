"""Functions of arrays for tests: programs with their points, every operation among them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pytest

from gradcli.api import Result
from gradcli.graph.arrays import flattened


class ArrayExample(NamedTuple):
    """A program and the values of its variables, those of arrays as nested lists."""

    text: str
    at: dict[str, Any]


AFFINE = "Y = X @ W + b; L = sum(relu(Y))"
POINT: Mapping[str, Any] = {"X": [[1, 2], [3, 4]], "W": [[1, 0, -1], [2, 1, 0]], "b": [0, 1, -1]}

_X = [[1.0, 2.0], [3.0, 4.0]]
_A = [[0.5, -1.25], [2.0, 0.75], [-0.5, 1.5]]
_W = [[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]]
_V = [0.25, -1.5, 2.0]
_P = [0.1, 0.7, 0.2]
_S = [[2.0, 0.5], [0.25, 3.0]]

EXAMPLES = [
    ArrayExample(text, at)
    for text, at in (
        ("Y = X @ W + b; L = sum(relu(Y))", {"X": _X, "W": _W, "b": [0.0, 1.0, -1.0]}),
        ("Y = X @ W + b; L = sum(relu(Y))", {"X": _X, "W": [[1, -2, 0], [-0.5, 1, 0]], "b": [0.0, 0.0, 0.0]}),
        ("y = softmax(x @ W + b); L = -sum(t * log(y))", {"x": [1, 2], "W": _W, "b": [0, 1, -1], "t": [0, 1, 0]}),
        ("z = W @ x + b; L = logsumexp(z) - dot(t, z)", {"W": _A, "x": [1, 2], "b": _V, "t": [0, 1, 0]}),
        (
            "H = tanh(X @ W1 + b1); Z = H @ W2; P = softmax(Z); L = -mean(sum(T * log(P), axis=1))",
            {"X": _A, "W1": _W, "b1": _V, "W2": _A, "T": [[1, 0], [0, 1], [1, 0]]},
        ),
        (
            "m = mean(x); v = mean((x - m)^2); y = (x - m)/sqrt(v + 1e-5); sum(g*y + c*y^3)",
            {"x": _V, "g": _P, "c": [1, 2, 3]},
        ),
        ("m = mean(X, axis=0); v = mean((X - m)^2, axis=0); sum((X - m)/sqrt(v + 0.1) * G)", {"X": _A, "G": _A}),
        (
            "S = Q @ K.T / sqrt(2); O = softmax(S) @ V; sum(O * G)",
            {"Q": _A, "K": [[1, 0.5], [-1, 2], [0.25, 1]], "V": _A, "G": _A},
        ),
        ("dot(x, A @ x)/2 - dot(b, x)", {"x": [1.5, -2], "A": _S, "b": [1, 3]}),
        ("x @ A @ x", {"x": [1.5, -2], "A": _S}),
        ("mean((X @ w - y)^2) + lam * dot(w, w)", {"X": _A, "w": [0.5, -1], "y": _V, "lam": 0.1}),
        ("p = X @ w; mean(softplus(p) - y*p)", {"X": _A, "w": [0.5, -1], "y": [1, 0, 1]}),
        ("dot(a, b)/(norm(a)*norm(b))", {"a": _V, "b": _P}),
        ("D = column(a) - row(b); sum(D^2 * G)", {"a": _V, "b": [1, 2], "G": _A}),
        ("y = k[0]*x[:-2] + k[1]*x[1:-1] + k[2]*x[2:]; sum(y^2)", {"x": [1, -2, 3, 0.5, 4], "k": _P}),
        ("trace(A @ B)", {"A": _S, "B": _X}),
        ("sum(outer(x, y) * G)", {"x": [1, 2, 3], "y": [0.5, -1], "G": _A}),
        ("sum(max(X, axis=0)) + min(X)", {"X": _A}),
        ("sum(max(X, axis=1) * [1, 2, 3])", {"X": [[1, 1], [2, 3], [0, 0]]}),
        ("max(x) * min(x)", {"x": [2, 5, 5, 1, 1]}),
        ("sum(min(X, axis=1)^2) + max(X)", {"X": [[1, 1], [2, 3], [3, 0]]}),
        ("sum(max(X, 0) * G)", {"X": [[1, -1], [0, 3], [-2, 2]], "G": _A}),
        ("sum(min(x, y))", {"x": _V, "y": [0.25, 2, 1]}),
        ("sum(logsumexp(X, axis=1) * [1, 2, 3])", {"X": _A}),
        ("logsumexp(X) + sum(logsumexp(X, axis=0)^2)", {"X": _A}),
        ("sum(norm(X, axis=1)) + sum(norm(X, axis=0)^3) + norm(X)", {"X": _A}),
        ("norm(x) + norm(X)", {"x": [0, 0, 0], "X": _X}),
        ("sum(softmax(X) * G)", {"X": _A, "G": [[1, 2], [3, 4], [5, 6]]}),
        ("sum(where(X > 0, X^2, 3*X) * G)", {"X": [[1, -1], [0, 3]], "G": _X}),
        ("sum(where(x > 0, sqrt(x), 0))", {"x": [4, 0, -1]}),
        ("sum(where(x > 0 and x < 3, log(x) * y, 2*x))", {"x": [4, 0, -1, 2], "y": [1, 2, 3, 4]}),
        ("sum(where(not (x > 1 or y == 0), x/y, x*y))", {"x": [4, 0, -1], "y": [0, 0, 0.5]}),
        ("sum(x * sqrt(x))", {"x": [0, 4, 1]}),
        ("sum(x^y)", {"x": [2, 3, 0.5], "y": [3, -1, 0.5]}),
        ("sum(x^2 + 2^x)", {"x": [2, 0, -1]}),
        ("sum(abs(x) + leaky_relu(x, 0.1) + elu(x))", {"x": [2, 0, -1]}),
        ("sum(sigmoid(x) + silu(x) + gelu(x) + logsigmoid(x) + softplus(x))", {"x": [2, 0, -40, 800, 30]}),
        ("sum(tanh(x) * c)", {"x": [0.5, 20, -7], "c": [1, 1e17, 3]}),
        ("sum(hypot(x, y) + atan2(y, x))", {"x": [3, 0.5, -1], "y": [4, 1, 2]}),
        ("sum(hypot(x, y, z) * c)", {"x": [3, 0, -1], "y": [4, 0, 2], "z": [1, 0, 0], "c": [1, 2, 3]}),
        ("sum(clip(x, -1, 1) * c)", {"x": [3, -2, 0.5], "c": [1, 2, 3]}),
        ("sum(sin(x) * cos(x) + exp(-x^2) + log(1 + x^2))", {"x": [3, -2, 0.5]}),
        ("sum(erf(x) + erfc(x) + cbrt(y) + asinh(x) + expm1(x) + log1p(y))", {"x": [3, -2], "y": [8, 2]}),
        ("sum(sec(x) + csch(x) + coth(x) + acsc(y))", {"x": [1.2, -2], "y": [8, 1.5]}),
        ("sum(lgamma(x) + gamma(x) + digamma(x) + polygamma(1, x))", {"x": [1.5, -0.5, 4]}),
        ("sum(mod(x, y) + round(x) + floor(x) + sign(x) + trunc(x))", {"x": [5.5, -2.25], "y": [2, 3]}),
        ("sum([a, b, 2*a] * x)", {"a": 2, "b": 3, "x": _V}),
        ("M = [[a, 1], [2, b]]; trace(M @ M.T)", {"a": 2, "b": 3}),
        ("R = [[cos(t), -sin(t)], [sin(t), cos(t)]]; sum((R @ X)^2 * [1, 2])", {"t": 0.3, "X": _X}),
        ("W[0,:1] @ W[1,1:] + sum(W[:,1]) + W[-1,0]^2", {"W": _X}),
        ("c = sum(column(x) * row(y)); c^2", {"x": [1, 2], "y": [3, 4, 5]}),
        ("sum(X.T @ X - 2*X)", {"X": _X}),
        ("x.T @ x + sum(x.T * y)", {"x": [1, 2], "y": [3, 4]}),
        ("x[0]*x[1] + sin(x[0])", {"x[0]": 1, "x[1]": 2}),
        ("f(v) = sum(v^2); f(x) + f(2*x + 1)", {"x": _V}),
        ("h = relu(a*x + b); s = sum(h); s*s - a", {"a": 0.5, "x": _V, "b": 0.1}),
        ("sum(detach(x) * x)", {"x": _V}),
        ("sum(X, axis=0) @ sum(X, axis=1)", {"X": _S}),
        ("mean(X, axis=1) @ [1, 2, 3] + mean(X)", {"X": _A}),
        ("sum(x, y, z) @ x", {"x": [1, 2], "y": [16, 1], "z": [-7, 3]}),
        ("sum(max(x, y, z) * c)", {"x": [1, 2, 3], "y": [1, 5, 0], "z": [1, 5, 9], "c": [1, 2, 3]}),
        ("sum(logsumexp(x, y) * c)", {"x": [1, 2, 3], "y": [1, 5, 0], "c": [1, 2, 3]}),
        ("norm([a]) + norm([a, 0])", {"a": 3}),
    )
]


def spelled_by(backend: str, examples: Iterable[ArrayExample]) -> list[ArrayExample]:
    """Those without functions that its library lacks."""
    lacking = {"javascript": ("gamma",)}.get(backend, ("digamma", "polygamma", "gamma("))
    return [example for example in examples if not any(name in example.text for name in lacking)]


def check(result: Result, value: float, gradients: Mapping[str, Any]) -> None:
    """The value, and each array of the gradient, to 1e-12 of its largest element; of the same shape."""
    assert list(gradients) == list(result.gradient)
    for expected, found in [(result.value, value), *((result.gradient[name], gradients[name]) for name in gradients)]:
        wanted, numbers = _flat(expected), _flat(found)
        assert _shape(expected) == _shape(found), (result.graph.text, expected, found)
        room = 1e-12 * max(1.0, *map(abs, wanted))
        assert pytest.approx(wanted, rel=0, abs=room) == numbers, result.graph.text


def _flat(value: Any) -> list[Any]:
    return flattened(value) if isinstance(value, list) else [value]


def _shape(value: Any) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, list) else ()
