"""Functions of arrays in PyTorch, JAX and NumPy: values and all gradients, as exported scripts find them.

Needs numpy, torch and jax.
"""

import contextlib
import io
from typing import Any

import numpy as np
import pytest

from gradcli.api import Result, gradient
from gradcli.export.export import export
from tests.helpers.arrays import EXAMPLES, ArrayExample


def check(result: Result, value: float, gradients: dict[str, Any]) -> None:
    """The value, and each array of the gradient, to 1e-12 of its largest element."""
    assert list(gradients) == list(result.gradient)
    for expected, found in [(result.value, value), *((result.gradient[name], gradients[name]) for name in gradients)]:
        wanted = np.array(expected)
        assert np.shape(found) == wanted.shape
        assert np.abs(np.array(found) - wanted).max() <= 1e-12 * max(1.0, np.abs(wanted).max())


def run(source: str) -> dict[str, Any]:
    """What a script leaves."""
    scope: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "exported", "exec"), scope)
    scope["printed"] = printed.getvalue()
    return scope


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
@pytest.mark.parametrize("backend", ["torch", "jax"])
def test_the_script_finds_the_same(backend: str, example: ArrayExample) -> None:
    """And asserts it itself."""
    result = gradient(example.text, example.at)
    scope = run(export(result.graph, backend, at=result))
    value = float(scope["printed"].split("\n")[0].removeprefix("value "))
    check(result, value, {name: slope.tolist() for name, slope in scope["gradients"].items()})
    without = run(export(result.graph, backend))
    assert scope["gradients"].keys() == without["gradients"].keys()
