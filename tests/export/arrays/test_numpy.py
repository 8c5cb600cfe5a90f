"""The forward and the backward pass in NumPy, operation by operation; tests/slow runs every example."""

from typing import Any

import numpy as np
import pytest

from gradcli.api import gradient
from gradcli.export.export import export
from tests.helpers.arrays import AFFINE, EXAMPLES, POINT, ArrayExample, check, spelled_by


def run(example: ArrayExample, wrt: list[str] | None = None) -> None:
    """The code finds the same value and gradient."""
    result = gradient(example.text, example.at, wrt)
    scope: dict[str, Any] = {}
    exec(compile(export(result.graph, "numpy", wrt), example.text, "exec"), scope)
    value, slopes = scope["value_and_gradient"](*result.at.values())
    check(result, float(value), {name: np.asarray(slope).tolist() for name, slope in slopes.items()})


def test_every_second_example_is_right() -> None:
    """With gradients of the shapes of variables."""
    for example in spelled_by("numpy", EXAMPLES[1::2]):
        run(example)


@pytest.mark.parametrize(
    ("text", "at", "wrt"),
    [
        (AFFINE, POINT, ["Y", "b"]),
        (AFFINE, POINT, ["W[0,1]"]),
        ("c = x + 0; s = sum(x * 2); s + sum(c) * 0", {"x": [1, 2]}, ["c", "x"]),
        ("b = x.T; c = [1, 2]; sum(x * b * c)", {"x": [3, 4]}, ["b", "c"]),
        ("dW = X * 2; sum(dW * X)", {"X": [[1, 2]]}, None),
        ("a = x[0]; a*x[1] + x[0]", {"x[0]": 2, "x[1]": 3}, None),
        ("sum(X + r) + sum(X * q) * sum(q)", {"X": [[1, 2], [3, 4]], "r": [[5]], "q": [[2], [3]]}, None),
        ("sum(X * x) + sum(y * x)", {"X": [[1, 2], [3, 4]], "x": [2], "y": [4, 5, 6]}, None),
        ("sum(where(c > 0, log(X) @ W, 0))", {"c": 1, "X": [[1, 2]], "W": [[3], [4]]}, None),
        ("sum(where(c > 0, log(X) @ X, X))", {"c": -1, "X": [[-1, 2], [3, 4]]}, None),
        ("sum(where(X > 0, logsumexp(log(x)) * softmax(log(X)), X))", {"X": [[-1, -2]], "x": [-1, 0]}, None),
        ("sum(where(X > 0, norm(log(x)) + outer(log(x), log(x)), X))", {"X": [[-1, -2]] * 2, "x": [-1, 0]}, None),
        ("y = sum(X); 2*a", {"X": [1, 2], "a": 3}, None),
    ],
)
def test_what_is_asked_for_is_found(text: str, at: dict[str, Any], wrt: list[str] | None) -> None:
    """Steps, elements, what is repeated by broadcasting, what no gradient comes to."""
    run(ArrayExample(text, at), wrt)


def test_each_operation_is_a_line() -> None:
    """Those of the backward pass have the textbook's form."""
    code = export(gradient(AFFINE, POINT).graph, "numpy")
    forward = "    s = X @ W\n    Y = s + b\n    t = relu(Y)\n    L = np.sum(t)\n"
    backward = "    db = np.sum(dY, axis=0)\n    ds = dY\n    dX = ds @ W.T\n    dW = X.T @ ds\n"
    assert forward in code
    assert backward in code
    assert '    return L, {\n        "X": dX,\n        "W": dW,\n        "b": db,\n    }\n' in code
