"""`gradcli worksheet` of arrays: matrices to be filled in, and their key."""

import json
import re
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gradcli.arrays.lowering import lowered
from gradcli.choices import BLANKS
from gradcli.language.parser import parse
from gradcli.report.factory import write
from gradcli.report.output import Output, Report
from gradcli.report.views import worksheet as view
from gradcli.worksheet.exercises import Exercise
from tests.helpers.running import run

AFFINE = ("Y = X @ W + b; L = sum(relu(Y)) + max(b)*c", "--shape", "X=2x2,W=2x3,b=3")
AT = "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1], c=2"
SHAPES = {"X": (2, 2), "W": (2, 3), "b": (3,)}


def sheet(sign: float, blank: str, form: str, language: str) -> str:
    """The sheet at a point, without what is said of the point."""
    graph = lowered(parse(AFFINE[0]), SHAPES)
    at = {name: sign * (place - 5.5) for place, name in enumerate(graph.variables)}
    stream = StringIO()
    exercise = Exercise(graph, at, tuple(graph.variables))
    report = Report(lambda: view.blocks([exercise], blank, view.Style()), dict, "Exercises")
    write(report, Output(form, language, False, stream, print))
    values = {"en": "Values", "ja": "値"}[language]
    return "\n".join(line for line in stream.getvalue().splitlines() if values not in line)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("blank", "form", "language"), list(product(BLANKS, ("table", "markdown", "latex", "html"), ("en", "ja")))
)
def test_a_sheet_gives_nothing_away(blank: str, form: str, language: str) -> None:
    """It is the same at points with other numbers, other signs and other elements taken."""
    first = sheet(1.0, blank, form, language)
    assert sheet(-10.0, blank, form, language) == first
    assert not re.search(r"open|通す|≈|approx|[^0-9][2-9]\.5", first)


def test_a_matrix_has_a_place_for_each_number() -> None:
    """In the shape of the array, in every form."""
    out = run("worksheet", AFFINE[0], "--at", AT, "--blank", "numbers").out
    assert "│ s (2×3) =                    │\n" in out
    assert "⎡ ____  ____  ____ ⎤" in out
    assert "Xᵀ·∂L/∂s (=∂L/∂W) =" in out
    assert "∂L/∂X, ∂L/∂W, ∂L/∂b, ∂L/∂c" in out
    latex = run("worksheet", AFFINE[0], "--at", AT, "--blank", "numbers", "--format", "latex").out
    assert r"\left(\begin{array}{rrr} \underline{" in latex
    markdown = run("worksheet", AFFINE[0], "--at", AT, "--blank", "numbers", "--format", "markdown").out
    assert r"s (2×3) = [[\_\_\_\_, \_\_\_\_, \_\_\_\_], [\_\_\_\_, \_\_\_\_, \_\_\_\_]]" in markdown


def test_there_is_room_for_matrices() -> None:
    """A line for each of their rows, and one for what they are, where all is to be written."""
    out = run("worksheet", AFFINE[0], "--at", AT, "--blank", "all", "--format", "markdown").out
    blank = {count: "<br>".join(["&nbsp;"] * count) for count in (3, 6)}
    assert f"| MatMul node<br>s = X@W |  | {blank[3]} |" in out
    assert f"| MatMul node<br>s = X@W |  | {blank[6]} |" in out
    assert f"| Start point W | {blank[3]} | - |" in out


def test_there_is_room_for_a_pencil() -> None:
    """Lines in which numbers are to be written are higher than those of the key."""
    arguments = ("worksheet", AFFINE[0], "--at", AT, "--blank", "numbers", "--format", "html")
    assert run(*arguments).out.count('line-height: 1.9">⎡ ____') == 12
    assert "line-height: 1.9" not in run("eval", AFFINE[0], "--at", AT, "--trace", "--format", "html").out


def test_numbers_are_small_and_whole() -> None:
    """Of several exercises with other numbers each; where there are no whole ones, as of asin, parts of 1."""

    def points(*arguments: str) -> list[dict[str, float]]:
        found: Any = json.loads(run("worksheet", *arguments, "--json").out)
        return [exercise["at"] for exercise in found["exercises"]]

    several = points(*AFFINE, "--copies", "3")
    assert len({str(at) for at in several}) == 3
    assert all(value == int(value) and abs(value) <= 9 for at in several for value in at.values())
    assert all(0 < abs(value) < 1 for at in points("sum(asin(x)*x)", "--shape", "x=2") for value in at.values())


def test_the_key_has_what_eval_prints(tmp_path: Path) -> None:
    """The trace over arrays, value and gradient, in text and in JSON."""
    path = tmp_path / "key.txt"
    assert run("worksheet", AFFINE[0], "--at", AT, "--key", str(path), "--output", f"{path}.md").code == 0
    key = path.read_text(encoding="utf-8")
    printed = run("eval", AFFINE[0], "--at", AT, "--trace").out
    assert key[key.index("Forward pass") :] == printed[printed.index("Forward pass") :]
    assert "Values: X = [[1, 2], [3, 4]], W = [[1, 0, -1], [2, 1, 0]], b = [0, 1, -1], c = 2" in key
    other = tmp_path / "key.json"
    assert (
        run("worksheet", AFFINE[0], "--at", AT, "--key", str(other), "--output", f"{other}.md", "--fractions").code == 0
    )
    [answer] = json.loads(other.read_text(encoding="utf-8"))["answers"]
    assert [row["node"] for row in answer["trace"]["forward"]][:3] == ["", "s", "Y"]


@pytest.mark.parametrize(("form", "dots"), [("table", "…"), ("markdown", "…"), ("latex", "dots"), ("html", "…")])
def test_an_exercise_gives_all_numbers(form: str, dots: str) -> None:
    """Of a long vector too, of which tables leave some out."""
    out = run("worksheet", "sum(x^2)", "--shape", "x=9", "--format", form).out
    (given,) = (line for line in out.splitlines() if "Values: " in line)
    assert dots not in given
    assert len(re.findall("[,&]", given)) == 8


def test_what_is_too_large_or_has_no_shape_is_refused() -> None:
    """With the place in the text."""
    refused = run("worksheet", "sum(x @ y)", "--shape", "x=20x20,y=20x20")
    assert (refused.code, refused.out) == (2, "")
    assert "too many for a sheet: it has room for 300" in refused.err
    assert "give x one, as --at x=[1,2] or --shape x=2" in run("worksheet", "sum(x*x)").err
