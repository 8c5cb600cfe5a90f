"""Code around numbers, of arrays as nested lists or row by row; tests/slow runs every example in C and JavaScript."""

from pathlib import Path
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.export.export import export
from tests.helpers.arrays import AFFINE, EXAMPLES, POINT, check, spelled_by
from tests.helpers.exported import backends_at_hand, run


def test_python_finds_the_same() -> None:
    """Every second example that Python's library has the functions of; the gradient is nested as the point is."""
    for example in spelled_by("python", EXAMPLES[::2]):
        result = gradient(example.text, example.at)
        scope: dict[str, Any] = {}
        exec(compile(export(result.graph, "python"), example.text, "exec"), scope)
        value, slopes = scope["value_and_gradient"](*result.at.values())
        check(result, value, slopes)


@pytest.mark.parametrize("backend", sorted({"c", "javascript"} & {*backends_at_hand()}))
def test_it_runs(backend: str, tmp_path: Path) -> None:
    """With the numbers of arrays in their order."""
    result = gradient(AFFINE, POINT)
    (numbers,) = run(backend, result.graph, [result], tmp_path)
    assert [result.value, *result.slopes.values()] == numbers


def test_a_backend_without_arrays_has_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new one has no file for arrays at first: its functions are of their elements."""
    result = gradient(AFFINE, POINT)
    monkeypatch.setattr("gradcli.export.export._has_arrays", lambda _: False)
    for wrt in (None, [next(iter(result.gradient))]):
        scope: dict[str, Any] = {}
        exec(compile(export(result.graph, "python", wrt, result), "python", "exec"), scope)
        numbers = result.graph.arrays.flat(result.at)  # type: ignore[union-attr]
        value, slopes = scope["value_and_gradient"](*numbers.values())
        assert value == pytest.approx(result.value, rel=1e-12)
        names = result.slopes if wrt is None else result.graph.arrays.elements_of(wrt)  # type: ignore[union-attr]
        assert slopes == pytest.approx({name: result.slopes[name] for name in names}, rel=1e-12)


def test_arrays_are_parameters() -> None:
    """No name has brackets, and what a step or an element is called is its own in the gradient."""
    graph = gradient(AFFINE, POINT).graph
    python = export(graph, "python", ["Y", "W[0,1]"])
    assert "def value_and_gradient(X, W, b):\n    ((X_0_0, X_0_1), (X_1_0, X_1_1)) = X\n" in python
    assert '        "W[0,1]": ' in python
    assert '        "Y": [' in python
    assert "X_0_0 is" not in python
    javascript = export(graph, "javascript", ["b"])
    assert '= {\n  "X": 0,\n  "W": 1,\n  "b": 2,\n};' in javascript
    assert "(X, W, b) {\n  const [[X_0_0, X_0_1], [X_1_0, X_1_1]] = X;\n" in javascript
    c = export(graph, "c", ["b", "Y"], name="f", columns=True)
    assert "enum { f_in_X = 0, f_in_W = 4, f_in_b = 10 };\nenum { f_gradient_b = 0, f_gradient_Y = 3 };\n" in c
    assert "const double X_1_0 = in[f_in_X + 2][row];\n" in c
    assert "X[2][2], W[2][3], b[3]: the elements stand row by row" in c


def test_names_of_arrays_give_way() -> None:
    """To words of the language, to the function's own name and to names of elements."""
    graph = gradient(
        "sum(lambda * X) * X_0_0 + sum(sin)".replace("sin)", "f)"),
        {"lambda": [1, 2], "X": [[3, 4]], "X_0_0": 2, "f": [1]},
    ).graph
    code = export(graph, "python", name="f")
    assert "def f(lambda_, X, X_0_0, f_):\n" in code
    assert "# lambda_ is lambda: the name cannot be used here.\n" in code
    scope: dict[str, Any] = {}
    exec(compile(code, "names", "exec"), scope)
    assert scope["f"]([1, 2], [[3, 4]], 2, [5]) == (
        27.0,
        {"lambda": [6.0, 8.0], "X": [[2.0, 4.0]], "X_0_0": 11.0, "f": [1.0]},
    )


def test_code_for_more_numbers_is_refused() -> None:
    """With the number and what has arrays."""
    graph = gradient("sum(A @ A)", {"A": [[1.0] * 28] * 28}).graph
    for backend in ("python", "c", "javascript"):
        with pytest.raises(GradcliError, match="numpy, torch and jax have arrays"):
            export(graph, backend)
