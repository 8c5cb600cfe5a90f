"""Exported code for every backend, really run: NumPy, JavaScript (node), C99 (gcc), PyTorch and JAX, in agreement.

Needs numpy, torch and jax, and the programs node and gcc; run with `pytest tests/slow/test_exports.py`. Every worked
example and 500 random expressions go through each backend.
"""

import contextlib
import ctypes
import io
import json
import math
import subprocess
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcli.api import Result, gradient
from gradcli.draw.forms.page import page
from gradcli.draw.scene import make_scene
from gradcli.export.backends.c import FLAGS
from gradcli.export.backends.javascript import LANGUAGE, PAGE
from gradcli.export.export import export
from gradcli.export.lowering import lower
from gradcli.language.parser import parse
from gradcli.operators.table import CALLS
from tests.helpers.examples import mixed, size
from tests.helpers.exported import STRICT
from tests.helpers.points import Case, cases, cases_for
from tests.helpers.random_expressions import Example


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Example, Result]]:
    """The values and gradients of gradcli."""
    return {name: (example, gradient(example.text, example.at)) for name, example in mixed().items()}


def check(name: str, example: Example, result: Result, value: float, slopes: Any) -> None:
    """Whether a backend found the same, to 1e-10 of the numbers that the gradient is added up from."""
    room = 1e-10 * size(result)
    assert math.isclose(result.value, value, rel_tol=1e-10, abs_tol=room), (name, example)
    assert len(slopes) == len(result.gradient)
    for (variable, expected), found in zip(result.gradient.items(), slopes, strict=True):
        assert math.isclose(expected, found, rel_tol=1e-10, abs_tol=room), (name, variable, example)


def same(result: Result, numbers: Sequence[float]) -> None:
    """Whether value and slopes are those of gradcli, in tails too."""
    expected = [result.value, *result.gradient.values()]
    for known, found in zip(expected, numbers, strict=True):
        assert math.isclose(known, found, rel_tol=1e-11, abs_tol=1e-300), (result.graph.text, result.at, found)


def test_python(results: dict[str, tuple[Example, Result]]) -> None:
    """All of them; the quick tests run every second one."""
    for name, (example, result) in results.items():
        scope: dict[str, Any] = {}
        exec(compile(export(parse(example.text), "python"), name, "exec"), scope)
        value, slopes = scope["value_and_gradient"](*example.at.values())
        check(name, example, result, value, list(slopes.values()))


def numpy_function(text: str) -> Any:
    """The exported function."""
    scope: dict[str, Any] = {}
    exec(compile(export(parse(text), "numpy"), text, "exec"), scope)
    return scope["value_and_gradient"]


def test_numpy(results: dict[str, tuple[Example, Result]]) -> None:
    """On numbers, and on arrays of three points at once, without a warning."""
    for name, (example, result) in results.items():
        function = numpy_function(example.text)
        value, slopes = function(*example.at.values())
        check(name, example, result, float(value), [float(slope) for slope in slopes.values()])
        values, slopes = function(*(np.full(3, x) for x in example.at.values()))
        if example.at:
            assert (3,) == np.shape(values)
            check(name, example, result, float(values[1]), [float(slope[1]) for slope in slopes.values()])


PASSES_OF_PAGE = """
for (const [code, points] of cases) {
  const [D, run] = new Function(code + "; return [D, run];")();
  console.log(JSON.stringify(points.map(point => {
    const x = {...D.constants};
    D.variables.forEach((n, i) => { x[n] = point[i]; });
    const found = run(x);
    return [found.v[D.output], ...D.variables.map(n => found.adjoint[n])];
  })));
}
"""


def test_the_page_has_a_number_wherever_gradcli_has(tmp_path: Path) -> None:
    """The passes of the page, run by node: the doubles of gradcli to 1e-11, where these have their digits."""
    passes, picture, doubles = (
        (files("gradcli.draw.forms") / f"{name}.js").read_text(encoding="utf-8")
        for name in ("passes", "picture", "doubles")
    )
    passes += picture[: picture.index("const labels = ")]
    chosen, written = [], []
    for case in cases():
        graph = parse(case.text)
        if not all(PAGE.spells(row) or row.definition for row in graph.operators if row in CALLS):
            continue
        text = page(make_scene(graph, numbers=True))
        end = "return F})();"
        facts = text[text.index("const D = ") : text.index("\nconst{")]
        program = text[text.index("const F=") : text.index(end) + len(end)]
        chosen.append([result for result in case.results if not result.evaluation.losses])
        code = f"{facts}\n{doubles}\n{program}\nconst edges = [];\n{passes}"
        written.append([code, [list(result.at.values()) for result in chosen[-1]]])
    assert len(chosen) > 100
    script = tmp_path / "page.mjs"
    script.write_text(f"const cases = {json.dumps(written)};\n{PASSES_OF_PAGE}", encoding="utf-8")
    lines = subprocess.run(["node", script], capture_output=True, text=True, check=True).stdout.splitlines()
    for results, line in zip(chosen, lines, strict=True):
        for result, numbers in zip(results, json.loads(line), strict=True):
            same(result, [math.nan if number is None else number for number in numbers])


@pytest.mark.parametrize("case", cases_for("numpy"), ids=lambda case: case.text)
def test_numpy_has_a_number_wherever_gradcli_has(case: Case) -> None:
    """All points as arrays at once, without a warning."""
    arrays = [np.array(column) for column in zip(*(result.at.values() for result in case.results), strict=True)]
    value, slopes = numpy_function(case.text)(*arrays)
    found = np.array([value, *slopes.values()]).T.reshape(len(case.results), -1)
    for result, numbers in zip(case.results, found.tolist(), strict=True):
        same(result, numbers)


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("a*x", ((3, 1), (4,))),
        ("a + x", ((3, 1), (4,))),
        ("a*x + b", ((2, 1, 1), (3, 1), (4,))),
        ("floor(a) + x", ((), (4,))),
        ("where(a > 1, a, 2*x)", ((4,), ())),
        ("s = 2; x + 1", ((5,),)),
        ("2*3 + 0*x", ((2, 2),)),
    ],
)
def test_numpy_slopes_have_the_shape_of_the_value(text: str, shapes: tuple[tuple[int, ...], ...]) -> None:
    """The one that the arguments broadcast to, of floats, for arguments of whole numbers too."""
    for kind in (float, int):
        value, slopes = numpy_function(text)(*(np.full(shape, 2, kind) for shape in shapes))
        for found in (value, *slopes.values()):
            assert np.broadcast_shapes(*shapes) == np.shape(found)
            assert np.asarray(found).dtype == float


def test_numpy_takes_plain_numbers_and_whole_ones() -> None:
    """No integer overflows, and no negative power of integers is refused."""
    whole = np.array([1, 2, -3])
    value, slopes = numpy_function("x^-3 + 1/x")(whole)
    assert np.allclose(whole.astype(float) ** -3 + 1 / whole, value)
    assert np.allclose(-3 * whole.astype(float) ** -4 - 1 / whole**2, slopes["x"])
    assert 1e40 == numpy_function("x*y")(10**20, 10**20)[0]
    assert (6.0, {"a": 3.0, "x": 2.0}) == numpy_function("a*x")(2, 3)


@pytest.mark.parametrize("text", ["elu(x)", "sinc(x)", "x*sqrt(x)", "where(x > 0, log(x), 1/0)", "tanh(x)", "atan(x)"])
def test_numpy_does_not_warn_of_what_it_does_not_take(text: str) -> None:
    """In derivatives and in helper functions."""
    for x in (0.0, 1.0, 1000.0):
        numpy_function(text)(np.array([x, 2.0]))


def test_javascript(results: dict[str, tuple[Example, Result]], tmp_path: Path) -> None:
    """One module each, imported by one node process."""
    for number, (example, _) in enumerate(results.values()):
        (tmp_path / f"m{number}.mjs").write_text(export(parse(example.text), "javascript"), encoding="utf-8")
    points = [list(example.at.values()) for example, _ in results.values()]
    (tmp_path / "main.mjs").write_text(
        f"const points = {json.dumps(points)};\n"
        "for (let i = 0; i < points.length; i += 1) {\n"
        "  const module = await import(`./m${i}.mjs`);\n"
        "  const [value, gradient] = module.valueAndGradient(...points[i]);\n"
        "  console.log(JSON.stringify([value, Object.values(gradient)]));\n"
        "}\n",
        encoding="utf-8",
    )
    lines = subprocess.run(["node", "main.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    for (name, (example, result)), line in zip(results.items(), lines.splitlines(), strict=True):
        value, slopes = json.loads(line)
        check(name, example, result, value, slopes)


def test_javascript_has_a_number_wherever_gradcli_has(tmp_path: Path) -> None:
    """One module for each expression, at all its points."""
    for number, case in enumerate(cases_for("javascript")):
        (tmp_path / f"m{number}.mjs").write_text(export(parse(case.text), "javascript"), encoding="utf-8")
    points = [[list(result.at.values()) for result in case.results] for case in cases_for("javascript")]
    (tmp_path / "main.mjs").write_text(
        f"const points = {json.dumps(points)};\n"
        "for (let i = 0; i < points.length; i += 1) {\n"
        "  const module = await import(`./m${i}.mjs`);\n"
        "  for (const point of points[i]) {\n"
        "    const [value, gradient] = module.valueAndGradient(...point);\n"
        "    console.log(JSON.stringify([value, ...Object.values(gradient)].map(String)));\n"
        "  }\n"
        "}\n",
        encoding="utf-8",
    )
    run = subprocess.run(["node", "main.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = iter(run.stdout.splitlines())
    for case in cases_for("javascript"):
        for result in case.results:
            same(result, [float(text) for text in json.loads(next(lines))])


# No value at x = -2, y = 1; what is nearest to a number is not to hide that.
UNDEFINED = ["max(log(x), 0)", "max(y, log(x), 2)", "min(log(x), 0)", "min(0, log(x))", "clip(log(x), 0, y)",
             "clip(y, log(x), 2)", "clip(y, 0, log(x))", "relu(log(x))", "sign(log(x))",
             "softplus(log(x))", "log(y, x + 2)"]  # fmt: skip


@pytest.mark.parametrize("text", UNDEFINED)
def test_no_backend_hides_an_undefined_value(text: str, tmp_path: Path) -> None:
    """Its NaN passes through what takes the nearest number, in C, JavaScript and NumPy."""
    text = f"{text} + y"
    (tmp_path / "f.c").write_text(export(parse(text), "c", name="f"), encoding="utf-8")
    main = "#include <stdio.h>\n#include <math.h>\ndouble f(const double in[], double gradient[]);\n"
    at = [-2.0 if name == "x" else 1.0 for name in parse(text).variables]
    values = ", ".join(map(repr, at))
    main += f"int main(void)\n{{\n    double in[] = {{{values}}}, g[2];\n"
    main += '    puts(isnan(f(in, g)) ? "nan" : "number");\n    return 0;\n}\n'
    (tmp_path / "main.c").write_text(main, encoding="utf-8")
    subprocess.run(
        ["gcc", *STRICT, str(tmp_path / "f.c"), str(tmp_path / "main.c"), "-o", str(tmp_path / "f"), "-lm"], check=True
    )
    assert "nan\n" == subprocess.run([str(tmp_path / "f")], capture_output=True, text=True, check=True).stdout
    module = export(parse(text), "javascript", name="f") + f"console.log(f({values})[0]);\n"
    (tmp_path / "f.mjs").write_text(module, encoding="utf-8")
    run = subprocess.run(["node", "f.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "NaN\n" == run.stdout
    with np.errstate(all="ignore"):
        assert np.isnan(numpy_function(text)(*at)[0])


def compiled(folder: Path, head: list[str], calls: list[str]) -> str:
    """The program of the functions in a folder's files and a `main` of these lines, without a warning."""
    main = [*head, "int main(void)", "{", *calls, "    return 0;", "}"]
    (folder / "main.c").write_text("\n".join(main), encoding="utf-8")
    sources = sorted(str(path) for path in folder.glob("*.c"))
    program = str(folder / "all")
    subprocess.run(["gcc", *STRICT, *sources, "-o", program, "-lm"], check=True)
    return program


def test_c_has_a_number_wherever_gradcli_has(tmp_path: Path) -> None:
    """One function for each expression, at all its points, in one program that reads them."""
    main = ["#include <stdio.h>"]
    calls = []
    for number, case in enumerate(cases_for("c")):
        (tmp_path / f"f{number}.c").write_text(export(parse(case.text), "c", name=f"f{number}"), encoding="utf-8")
        main.append(f"double f{number}(const double in[], double gradient[]);")
        count = len(case.results[0].gradient)
        calls.append(
            f"    for (int n = 0; n < {len(case.results)}; n++) {{ double in[4] = {{0}}, g[4];\n"
            f'      for (int i = 0; i < {count}; i++) if (scanf("%lf", &in[i]) != 1) return 1;\n'
            f'      printf("%.17g", f{number}(in, g));\n'
            f'      for (int i = 0; i < {count}; i++) printf(" %.17g", g[i]);\n      printf("\\n"); }}'
        )
    program = compiled(tmp_path, main, calls)
    points = "\n".join(repr(x) for case in cases_for("c") for result in case.results for x in result.at.values())
    run = subprocess.run([program], input=points, capture_output=True, text=True, check=True)
    lines = iter(run.stdout.splitlines())
    for case in cases_for("c"):
        for result in case.results:
            same(result, list(map(float, next(lines).split())))


def test_columns_of_c_have_the_numbers_of_its_function(tmp_path: Path) -> None:
    """Bit for bit, in files that are compiled as they say: of all points of an expression in one call."""
    compiled_files = []
    for number, case in enumerate(cases_for("c")):
        for columns in (False, True):
            path = tmp_path / f"f{number}{columns}.c"
            path.write_text(export(parse(case.text), "c", name=f"f{number}", columns=columns), encoding="utf-8")
            compiled_files.append(str(path))
    library = str(tmp_path / "library.so")
    subprocess.run(["gcc", *STRICT, *FLAGS, "-fPIC", "-shared", *compiled_files, "-o", library, "-lm"], check=True)
    loaded = ctypes.CDLL(library)
    for number, case in enumerate(cases_for("c")):
        points = np.array([list(result.at.values()) for result in case.results])
        inputs = np.ascontiguousarray(points.T)
        value, gradient = np.empty(len(points)), np.empty(inputs.shape)
        loaded[f"f{number}_columns"](
            ctypes.c_size_t(len(points)), _columns(inputs), _pointer(value), _columns(gradient)
        )
        one = loaded[f"f{number}"]
        one.restype = ctypes.c_double
        for row, point in enumerate(points):
            slopes = np.empty(len(inputs))
            found = [one(_pointer(np.ascontiguousarray(point)), _pointer(slopes)), *slopes]
            assert np.array_equal(found, [value[row], *gradient[:, row]], equal_nan=True), (case.text, point)


def _pointer(array: "np.ndarray[Any, np.dtype[np.float64]]") -> Any:
    return array.ctypes.data_as(ctypes.POINTER(ctypes.c_double))


def _columns(rows: "np.ndarray[Any, np.dtype[np.float64]]") -> Any:
    return (ctypes.POINTER(ctypes.c_double) * len(rows))(*map(_pointer, rows))


def test_c(results: dict[str, tuple[Example, Result]], tmp_path: Path) -> None:
    """Compiled as C99 without a warning, linked with the mathematical library alone."""
    main = ["#include <stdio.h>"]
    calls = []
    for number, (example, result) in enumerate(results.values()):
        (tmp_path / f"f{number}.c").write_text(export(parse(example.text), "c", name=f"f{number}"), encoding="utf-8")
        main.append(f"double f{number}(const double in[], double gradient[]);")
        numbers = ", ".join(repr(x) for x in example.at.values()) or "0"
        count = len(result.gradient)
        calls.append(
            f"    {{ const double in[] = {{{numbers}}}; double g[{count + 1}];\n"
            f'      printf("%.17g", f{number}(in, g));\n'
            f'      for (int i = 0; i < {count}; i++) printf(" %.17g", g[i]);\n      printf("\\n"); }}'
        )
    program = compiled(tmp_path, main, calls)
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    for (name, (example, result)), line in zip(results.items(), lines, strict=True):
        value, *slopes = map(float, line.split())
        check(name, example, result, value, slopes)


@pytest.mark.parametrize("backend", ["torch", "jax"])
@pytest.mark.filterwarnings("ignore")
def test_scripts(backend: str, results: dict[str, tuple[Example, Result]]) -> None:
    """They print the gradients, and their own assertions hold."""
    for name, (example, result) in results.items():
        source = export(parse(example.text), backend, at=example.at)
        room = 1e-9 * size(result)
        source = source.replace("abs_tol=1e-12", f"abs_tol={room!r}")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, f"{backend}: {name}: {example.text}", "exec"), {})
        lines = [line.split() for line in printed.getvalue().splitlines()]
        assert ["value", *result.gradient] == [line[0] for line in lines]
        check(name, example, result, float(lines[0][1]), [float(line[1]) for line in lines[1:]])


@pytest.mark.parametrize("backend", ["torch", "jax"])
@pytest.mark.filterwarnings("ignore")
def test_scripts_assert_what_holds_wherever_gradcli_has_a_number(backend: str) -> None:
    """Their gradients are gradcli's at the special points too; of two arguments, at every seventh.

    XLA's arithmetic makes subnormal numbers 0.
    """
    for case in cases_for(backend):
        for result in case.results[:: 7 if len(case.results) > 60 else 1]:
            source = export(parse(case.text), backend, at=result.at)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(source, f"{backend}: {case.text} at {dict(result.at)}", "exec"), {})
            found = [float(line.split()[1]) for line in printed.getvalue().splitlines()]
            for known, number in zip(result.gradient.values(), found[1:], strict=True):
                room = 1e-15 if "lgamma" in case.text else 1e-280  # beside its zeros JAX's own has no more
                assert math.isclose(known, number, rel_tol=1e-9, abs_tol=room), (case.text, result.at, found)


@pytest.mark.parametrize("backend", ["torch", "jax"])
@pytest.mark.filterwarnings("ignore")
def test_steps_keywords_and_untaken_branches(backend: str) -> None:
    """Named steps have gradients, untaken branches make no NaN, and at kinks the slope is that of the branch taken."""
    cases: list[tuple[str, dict[str, float], list[str] | None]] = [
        ("s = a*x; s^2 + a", {"a": 2, "x": 3}, ["s", "a"]),
        ("s = a*x; s^2", {"a": 2, "x": 3}, ["s"]),
        ("s = 2; s*x", {"x": 3}, ["s"]),
        ("lambda*class", {"lambda": 2, "class": 3}, None),
        ("where(x > 0, sqrt(x), 0*x)", {"x": -1}, None),
        ("relu(x) + abs(x) + leaky_relu(x, 0.1) + max(x, 0) + clip(x, 0, 1)", {"x": 0}, None),
        ("y = a*x", {"a": 2, "x": 3}, ["y", "a"]),
        (
            "s = a*shift_s; s*dict*map*value + shift1_s",
            dict.fromkeys(("a", "shift_s", "dict", "map", "value", "shift1_s"), 2),
            ["s", "a"],
        ),
        ("s = log(x); where(x > 0, s, x*sqrt(-x))*x", {"x": -1}, ["s", "x"]),
        ("s = 1/0; where(x > 0, x, s)", {"x": 3}, None),
        ("5", {}, None),
        ("floor(x)", {"x": 1.5}, None),
        # asked steps: one that the output does not use, ones without a variable, ones that take a variable as it is
        ("s = a*x; a + 1", {"a": 2, "x": 3}, ["s", "a"]),
        ("s = 1/1000; asinh(s) + x", {"x": 3}, ["s", "x"]),
        ("s = 2; exp(s)*x", {"x": 3}, ["s", "x"]),
        ("s = 2; t = s + 1; u = exp(t); u*x*s", {"x": 3}, ["u", "s", "x"]),
        ("s = y; s*s + 3*y", {"y": 2}, ["s", "y"]),
        ("s = y; t = s; s*t + 3*y", {"y": 2}, ["s", "t", "y"]),
        ("s = y; s*s + 3*y", {"y": 2}, ["s"]),
        ("x^0", {"x": 0}, None),
        ("x^(y - y)", {"x": 0, "y": 2}, ["x"]),
        ("where(y < 3, x, y)^0", {"x": 0, "y": 1}, None),
        ("leaky_relu(x, y)^0", {"x": 0, "y": -1}, None),
        ("s = relu(y); s*s + 3*y", {"y": 2}, ["s", "y"]),
        ("s = where(y > 0, y, 2); t = max(s, x); s*t + 3*y + x", {"y": 2, "x": 3}, ["s", "t", "y", "x"]),
    ]
    for text, at, wrt in cases:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(export(parse(text), backend, wrt, at), text, "exec"), {})
        with contextlib.redirect_stdout(io.StringIO()):
            source = export(parse(text), backend, wrt)  # without a point: runs, too
            exec(compile(source, text, "exec"), {})


def arguments() -> Iterator[float]:
    """Where the functions are tested: both tails, zero's neighbourhood, and the places where a method changes."""
    for exponent in range(-300, 0, 20):
        yield from (10.0**exponent, -(10.0**exponent))
    for step in range(-1200, 1201):
        yield step / 40 + 0.0012345
    yield from (0.0, 1.0, -1.0, math.nextafter(1, 0), math.nextafter(1, 2), 26.5, 40.0, -40.0, 700.0, -700.0)


def test_javascript_helpers_are_accurate(tmp_path: Path) -> None:
    """Within 8 units in the last place of 60-digit arithmetic."""
    from mpmath import mp, mpf

    points = list(arguments())
    names = ["erf", "erfc", "gelu", "sigmoid", "softplus", "silu", "sinc"]
    graphs = [parse(f"{name}(x)") for name in names]
    lowered = [lower(graph, [graph.output], LANGUAGE, {0: "x"}, inline=True) for graph in graphs]
    code = "\n".join(dict.fromkeys(helper for one in lowered for helper in one.helpers))
    calls = ", ".join(one.roots[0] for one in lowered)
    code += f"\nfor (const x of {json.dumps(points)}) console.log(JSON.stringify([{calls}]));"
    (tmp_path / "main.js").write_text(code, encoding="utf-8")
    lines = subprocess.run(["node", "main.js"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    true = {
        "erf": mp.erf,
        "erfc": mp.erfc,
        "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
        "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
        "softplus": lambda x: mp.log1p(mp.exp(x)),
        "silu": lambda x: x / (1 + mp.exp(-x)),
        "sinc": lambda x: mp.sin(x) / x if x else mpf(1),
    }
    worst = dict.fromkeys(names, 0.0)
    with mp.workdps(60):
        for x, line in zip(points, lines.splitlines(), strict=True):
            for name, found in zip(names, json.loads(line), strict=True):
                expected = true[name](mpf(x))
                if abs(expected) > 1e-290:
                    error = float(abs(mpf(found) - expected)) / math.ulp(float(expected))
                    worst[name] = max(worst[name], error)
    assert {name: error for name, error in worst.items() if error > 8} == {}, worst
