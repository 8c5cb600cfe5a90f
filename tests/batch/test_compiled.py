"""The engine in C. Without a compiler there is a message in its place, which is what these tests then look for."""

import os
from collections.abc import Sequence
from functools import cache
from math import inf, isnan, nan
from shutil import which
from typing import Any

import numpy as np
import pytest

from gradcli.batch.compiled.compiled import ROWS, WHOLE, Compiled
from gradcli.batch.compiled.library import Library, compiler
from gradcli.batch.compiled.source import CompiledSource
from gradcli.batch.scalar import Scalar
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers.running import run
from tests.helpers.tapes import Row, answers

EVERYTHING = (
    "where(x > 1 and y < 2, log(abs(x)), exp(-abs(y)))*sin(x) + cos(3*y)*atan(x*y) + max(x, y, 0.5) + abs(x)^1.5"
    " + sqrt(abs(x) + y^2) + tanh(x)*x^3 + gelu(y)"
)


@cache
def engine(text: str, kink: str = "branch") -> Any:
    """The engine of an expression; where there is no compiler the scalar one, after a look at the message."""
    graph = parse(text)
    if any(map(which, ("cc", "gcc", "clang"))):
        return Compiled(graph, graph.variables, kink)
    with pytest.raises(GradcliError, match="needs a C compiler"):
        Compiled(graph, graph.variables, kink)
    return Scalar(graph, graph.variables, kink)


def differences(text: str, points: Sequence[Sequence[float]], kink: str = "branch") -> list[Row]:
    """The rows that are others by the scalar passes."""
    graph = parse(text)
    got, expected = (
        answers(made, graph, points) for made in (engine(text, kink), Scalar(graph, graph.variables, kink))
    )
    rows = [Row(text, *row) for row in zip(points, got, expected, strict=True)]
    return [row for row in rows if row.differences()]


def test_rows_have_the_numbers_of_the_passes() -> None:
    """At usual points, kinks, huge angles, and where there is no number."""
    random = np.random.default_rng(2)
    some = [*random.normal(size=(40, 2)), *(random.normal(size=(40, 2)) * 10 ** random.uniform(-9, 7, (40, 2)))]
    special = [(x, y) for x in (0.0, -0.0, 1.0, 0.5, 1e9, -1e160, inf, nan) for y in (0.0, 1.0, -700.0, 1e7, -inf)]
    assert not differences(EVERYTHING, [*map(tuple, some), *special])


def test_minnorm_and_slopes_without_a_number() -> None:
    """Rows on a kink, infinite slopes, and 0 times infinity go another way."""
    text = "relu(x)*y + max(x, y) + hypot(x, y) + x*sqrt(x*y + 1)"
    points = [(0.0, 2.0), (1.0, 1.0), (0.0, 0.0), (1.0, -1.0), (-2.0, 3.0), (0.5, -4.0), (1.0, 2.0)]
    assert not differences(text, points, "minnorm")


def test_rows_depend_on_nothing_but_their_numbers() -> None:
    """Bit for bit: with every number of rows behind the last whole vector, at any place."""
    made = engine(EVERYTHING)
    x, y = np.random.default_rng(1).normal(size=(2, ROWS + 2 * WHOLE)) * 3

    def table(x: Any, y: Any) -> Any:
        value, gradient = made({"x": x, "y": y}, len(x))
        return np.array([value, *gradient.values()]).view(np.int64)

    whole = table(x, y)
    for rest in range(1, WHOLE + 1):
        assert (table(x[:rest], y[:rest]) == whole[:, :rest]).all()
        assert (
            table(x[rest : 2 * rest + WHOLE], y[rest : 2 * rest + WHOLE]) == whole[:, rest : 2 * rest + WHOLE]
        ).all()
    assert (table(x[5:], y[5:]) == whole[:, 5:]).all()
    assert table(x[:0], y[:0]).shape == (3, 0)


def test_the_same_number_in_all_rows_and_no_negative_zero() -> None:
    """A variable may be one number, and all of them."""
    made = engine("w*x + where(w > 1, x, w)/b")
    value, gradient = made({"w": 2.0, "x": [1.0, 3.0], "b": 0.5}, 2)
    assert (list(value), list(gradient), list(gradient["w"])) == ([4.0, 12.0], ["w", "x", "b"], [1.0, 3.0])
    value, gradient = made({"w": 0.0, "x": 1.0, "b": 0.5}, 3)
    assert (list(value), list(gradient["w"])) == ([0.0] * 3, [3.0] * 3)
    assert isnan(made({"w": 1.0, "x": 1.0, "b": 0.0}, 1).value[0])
    value, gradient = made({"w": [-0.0, 0.0], "x": [1.0, -0.0], "b": 1.0}, 2)
    assert not np.signbit([value, gradient["x"], gradient["b"]]).any()


@pytest.mark.parametrize(
    ("path", "cc", "language", "said"),
    [
        ("", "", "en", "--engine c needs a C compiler, but there is none; install one, such as gcc"),
        ("", "", "ja", "--engine c には C コンパイラーが必要ですが、ありません。gcc などを入れてください"),
        (None, "c9 -g", "en",
         "--engine c needs a C compiler, but there is no 'c9', which CC names; install one, such as gcc"),
        (None, "false", "en", "'false' cannot compile for --engine c: "),
    ],
)  # fmt: skip
def test_without_a_compiler(
    path: str | None, cc: str, language: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """One message, exit code 2, nothing on standard output."""
    (tmp_path / "rows.csv").write_text("x\n1\n")
    monkeypatch.setenv("CC", cc)
    if path is not None:
        monkeypatch.setenv("PATH", path)
    outcome = run("batch", "x^2", "--rows", str(tmp_path / "rows.csv"), "--engine", "c", "--lang", language)
    assert outcome == (2, "", f"gradcli: {said}\n")


def test_what_the_compiler_says_is_passed_on() -> None:
    """Of an error the line that says so; and an error of a function that is called back is raised."""
    engine("w*x + where(w > 1, x, w)/b")
    if not any(map(which, ("cc", "gcc", "clang"))):
        return
    with pytest.raises(GradcliError, match=r"cannot compile for --engine c: .*error"):
        Library(compiler(), CompiledSource("double columns(void) { return nothing; }", {}), False)

    def interrupted(x: float) -> float:
        raise KeyboardInterrupt(x)

    text = "#include <stddef.h>\ndouble (*each)(double);\n"
    text += "double columns(size_t n, void **in, void **out) { (void)in; (void)out; return each((double)n); }"
    with pytest.raises(KeyboardInterrupt, match="3"):
        Library(compiler(), CompiledSource(text, {"each": (interrupted, 1)}), False)(3, np.empty(1), np.empty(1))


def test_nothing_is_left_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the library is gone when it is loaded."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert engine("x*3")({"x": [2.0]}, 1).value[0] == 6.0
    assert not os.listdir(tmp_path)
