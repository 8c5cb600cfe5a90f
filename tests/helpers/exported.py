"""Exported code, really run: in this process, by gcc, by node, with what is installed of NumPy, PyTorch and JAX."""

import contextlib
import io
import json
import math
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from gradcli.api import Result, gradient
from gradcli.export.export import export
from gradcli.graph import Graph
from gradcli.graph.arrays import flattened
from gradcli.language.parser import parse
from tests.helpers.examples import size
from tests.helpers.random_expressions import Example

STRICT = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"]

Numbers = list[float]  # the value and the slopes


def function(text: str, name: str = "value_and_gradient", **options: Any) -> Any:
    """The exported function for Python, made by running the module."""
    scope: dict[str, Any] = {}
    exec(compile(export(parse(text), "python", name=name, **options), "exported", "exec"), scope)
    return scope[name]


def check_function(example: Example) -> None:
    """Value and gradient agree to 1e-12, without a word of `math` about what is not taken."""
    expected = gradient(example.text, example.at)
    value, slopes = function(example.text)(*expected.at.values())
    room = 1e-12 * size(expected)
    assert pytest.approx(expected.value, rel=1e-12, abs=room) == value
    assert pytest.approx(dict(expected.gradient), rel=1e-12, abs=room) == slopes


def check_results(text: str, results: Sequence[Result]) -> None:
    """Python's code has the same numbers to 1e-11, in tails too, and nothing raises."""
    code = function(text)
    for result in results:
        value, slopes = code(*result.at.values())
        assert math.isclose(result.value, value, rel_tol=1e-11, abs_tol=1e-300), result.at
        for name, slope in result.gradient.items():
            assert math.isclose(slope, slopes[name], rel_tol=1e-11, abs_tol=1e-300), (name, result.at)


def backends_at_hand() -> list[str]:
    """The backends whose code can be run here; Python's always."""
    needs = {"numpy": find_spec("numpy"), "c": which("gcc"), "javascript": which("node")}
    needs |= {"torch": find_spec("torch"), "jax": find_spec("jax")}
    return ["python", *(backend for backend, found in needs.items() if found)]


def run(backend: str, graph: Graph, results: Sequence[Result], folder: Path) -> list[Numbers]:
    """What the code for a backend finds at the points of these results; the scripts assert that it is the same."""
    return list(_RUNNERS[backend](backend, graph, results, folder))


def numbers_of(slopes: Iterable[Any]) -> Numbers:
    """Those of arrays one by one, row by row."""
    found = []
    for slope in slopes:
        nested = slope.tolist() if hasattr(slope, "tolist") else slope
        found += flattened(nested) if isinstance(nested, list) else [float(nested)]
    return found


def _in_python(backend: str, graph: Graph, results: Sequence[Result], _: Path) -> Iterator[Numbers]:
    scope: dict[str, Any] = {}
    exec(compile(export(graph, backend), backend, "exec"), scope)
    for result in results:
        value, slopes = scope["value_and_gradient"](*result.at.values())
        yield [float(value), *numbers_of(slopes.values())]


def _in_c(backend: str, graph: Graph, results: Sequence[Result], folder: Path) -> Iterator[Numbers]:
    count = len(results[0].slopes)
    (folder / "f.c").write_text(export(graph, backend, name="f"), encoding="utf-8")
    # In one go, half the time of two; what is declared before is not local to its file.
    main = ["double f(const double in[], double gradient[]);", '#include "f.c"', "#include <stdio.h>", "int main(void)"]
    main.append("{")
    for result in results:
        numbers = ", ".join(map(repr, result.point.values()))
        main.append(f'    {{ const double in[] = {{{numbers}}}; double g[{count}]; printf("%.17g", f(in, g));')
        main.append(f'      for (int i = 0; i < {count}; i++) printf(" %.17g", g[i]);\n      printf("\\n"); }}')
    (folder / "main.c").write_text("\n".join([*main, "    return 0;", "}\n"]), encoding="utf-8")
    program = str(folder / "program")
    subprocess.run(["gcc", *STRICT, str(folder / "main.c"), "-o", program, "-lm"], check=True)
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    yield from (list(map(float, line.split())) for line in lines)


def _in_javascript(backend: str, graph: Graph, results: Sequence[Result], folder: Path) -> Iterator[Numbers]:
    points = json.dumps([list(reversed(result.at.items())) for result in results])
    main = f"""for (const point of {points}) {{
  const all = [];
  for (const [name, x] of point) all[fIndices[name]] = x;
  const [value, gradient] = f(...all);
  console.log(JSON.stringify([value, ...Object.values(gradient)]));
}}
"""
    (folder / "main.mjs").write_text(export(graph, backend, name="f") + main, encoding="utf-8")
    lines = subprocess.run(["node", "main.mjs"], cwd=folder, capture_output=True, text=True, check=True).stdout
    for value, *slopes in map(json.loads, lines.splitlines()):
        yield [value, *numbers_of(slopes)]


def _as_script(backend: str, graph: Graph, results: Sequence[Result], _: Path) -> Iterator[Numbers]:
    for result in results:
        printed, scope = io.StringIO(), dict[str, Any]()
        with contextlib.redirect_stdout(printed):
            exec(compile(export(graph, backend, at=result), backend, "exec"), scope)
        yield [float(printed.getvalue().split()[1]), *numbers_of(scope["gradients"].values())]


_RUNNERS: dict[str, Callable[[str, Graph, Sequence[Result], Path], Iterator[Numbers]]] = {
    "python": _in_python, "numpy": _in_python, "c": _in_c, "javascript": _in_javascript, "torch": _as_script,
    "jax": _as_script,
}  # fmt: skip
