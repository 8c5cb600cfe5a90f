"""Functions of arrays in every language: values and all gradients, as exported code finds them.

Needs numpy, torch and jax, and the programs node, gcc and pdflatex.
"""

import contextlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcli.api import gradient
from gradcli.export.export import export
from tests.helpers import exported
from tests.helpers.arrays import EXAMPLES, ArrayExample, check, spelled_by
from tests.helpers.latex import document, typeset


def run_script(source: str) -> dict[str, Any]:
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
    scope = run_script(export(result.graph, backend, at=result))
    value = float(scope["printed"].split("\n")[0].removeprefix("value "))
    check(result, value, {name: slope.tolist() for name, slope in scope["gradients"].items()})
    without = run_script(export(result.graph, backend))
    assert scope["gradients"].keys() == without["gradients"].keys()


@pytest.mark.parametrize("backend", ["python", "c", "javascript"])
def test_the_code_finds_the_same(backend: str, tmp_path: Path) -> None:
    """Where the library has the functions."""
    for example in spelled_by(backend, EXAMPLES):
        result = gradient(example.text, example.at)
        (numbers,) = exported.run(backend, result.graph, [result], tmp_path)
        assert pytest.approx([result.value, *result.slopes.values()], rel=1e-12, abs=1e-12) == numbers, example.text


def test_numpy_finds_the_same() -> None:
    """Each array of the gradient with the shape of the variable, without a warning."""
    for example in spelled_by("numpy", EXAMPLES):
        result = gradient(example.text, example.at)
        scope = run_script(export(result.graph, "numpy"))
        value, slopes = scope["value_and_gradient"](*result.at.values())
        check(result, float(value), {name: np.asarray(slope).tolist() for name, slope in slopes.items()})


def test_latex_sets_every_example(tmp_path: Path) -> None:
    """Without an error; a formula may be wider than the page."""
    results = [gradient(example.text, example.at) for example in EXAMPLES]
    body = "".join(export(result.graph, "latex", at=result) for result in results)
    complaints = typeset(document(body, "\\allowdisplaybreaks\n"), tmp_path)
    assert not [line for line in complaints if not line.startswith("too large")]
