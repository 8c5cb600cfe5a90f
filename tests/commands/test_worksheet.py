"""`gradcli worksheet`: sheets that give nothing away, and keys that are right."""

import json
import re
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

from gradcli.choices import BLANKS
from gradcli.language.parser import parse
from gradcli.report.factory import write
from gradcli.report.output import Output, Report
from gradcli.report.views import worksheet as view
from gradcli.worksheet.exercises import Exercise
from tests.helpers.running import run, run_forked

TWO_WAYS = "where(a > 0, relu(a*x), b) + max(a, x)*a"  # what is not taken, closed and used twice depends on the point
POINTS = ({"a": 2.0, "x": 3.0, "b": 4.0}, {"a": 2.0, "x": -3.0, "b": 4.0}, {"a": -2.0, "x": 3.0, "b": 4.0})


def sheet(at: dict[str, float], blank: str, form: str, language: str) -> str:
    """The sheet of one exercise at a point, without what is said of the point."""
    graph = parse(TWO_WAYS)
    exercise = Exercise(graph, at, tuple(graph.variables))
    stream = StringIO()
    report = Report(lambda: view.blocks([exercise], blank, view.Style()), dict, "Exercises")
    write(report, Output(form, language, False, stream, print))
    lines = stream.getvalue().splitlines()
    values = {"en": "Values", "ja": "値"}[language]
    kept = [line for line in lines if values not in line]
    assert len(kept) == len(lines) - 1
    return "\n".join(kept)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("blank", "form", "language"), list(product(BLANKS, ("table", "markdown", "latex", "html"), ("en", "ja")))
)
def test_a_sheet_gives_nothing_away(blank: str, form: str, language: str) -> None:
    """It is the same at all points: no way that is taken, no sum, no sign and no width tells of the numbers."""
    first, *others = (sheet(at, blank, form, language) for at in POINTS)
    assert others == [first, first]
    assert not re.search(r"open|closed|not taken|通す|通さない|通らない|≈|approx|Σ", first)


@pytest.mark.parametrize(("lines", "text"), [(2, "relu(a*x + b*y)"), (1, "relu(a*x + b*y + c*z)")])
def test_a_large_exercise_has_closer_lines(lines: int, text: str) -> None:
    """A line for each product in place of two, so that it fits a page."""
    out = run("worksheet", text, "--format", "markdown").out
    assert f"| {'<br>'.join(['&nbsp;'] * 2 * lines)} |" in out
    assert ("| Start point a |  | - |" in out) == (lines == 1)


def test_the_key_has_what_eval_prints(tmp_path: Path) -> None:
    """Value, gradient and trace at the points of the sheet, in JSON; the same tables in Markdown."""
    path = tmp_path / "key.json"
    options = ("relu(a*x) + b", "--copies", "3", "--wrt", "a,b", "--seed", "2")
    sheets = json.loads(run("worksheet", *options, "--json", "--key", str(path)).out)["exercises"]
    answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
    assert [one["number"] for one in sheets] == [one["number"] for one in answers] == [1, 2, 3]
    run("worksheet", *options, "--format", "markdown", "--key", str(tmp_path / "key.md"))
    markdown = (tmp_path / "key.md").read_text(encoding="utf-8")
    for asked, answer in zip(sheets, answers, strict=True):
        at = ",".join(f"{name}={value}" for name, value in asked["at"].items())
        evaluated = ("eval", asked["expression"], "--at", at, "--wrt", ",".join(asked["wrt"]), "--trace")
        del answer["number"]
        assert json.loads(run(*evaluated, "--json").out) == answer
        table = run(*evaluated, "--format", "markdown").out
        assert table[table.index("**Backward") :] in markdown


def test_sheet_and_key_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    """A key that cannot be written leaves no sheet; the ending of each says what it is."""
    sheet, key = tmp_path / "sheet.html", tmp_path / "there" / "key.tex"
    command = ("worksheet", "a*x", "--output", str(sheet), "--key", str(key))
    told = run_forked(*command)
    assert (told.code, told.out, sheet.exists()) == (1, "", False)
    assert "key.tex" in told.err
    key.parent.mkdir()
    assert run(*command) == (0, "", "")
    assert sheet.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert key.read_text(encoding="utf-8").startswith(r"\documentclass")


def test_a_document_says_what_sets_it() -> None:
    """Pdflatex is enough for ASCII; Japanese words and names take LuaLaTeX."""
    japanese = run("worksheet", "a*x", "--format", "latex", "--lang", "ja").out
    assert japanese.startswith("% !TEX program = lualatex\n")
    assert r"\usepackage{luatexja}" in japanese
    assert run("worksheet", "りんご*x", "--format", "latex").out.startswith("% !TEX program = lualatex\n")


def test_options_stand_at_once_where_there_is_no_expression(tmp_path: Path) -> None:
    """-o and -f are no expressions then; with one the seed is of another sheet."""
    path = tmp_path / "sheet.csv"
    assert run("worksheet", "-o", str(path), "--level", "3", "-f", "csv") == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith("exercise,expression,name,value\n1,")
    assert run("worksheet", "a*x", "--seed", "1").out != run("worksheet", "a*x", "--seed", "2").out


def test_what_is_held_is_in_every_exercise() -> None:
    """By --at."""
    told = run("worksheet", "a*x", "--at", "a=0.5", "--copies", "4", "--json")
    assert {one["at"]["a"] for one in json.loads(told.out)["exercises"]} == {0.5}


def test_a_key_says_what_each_node_does(tmp_path: Path) -> None:
    """With --explain, as `gradcli eval --explain`; the sheet stays the same."""
    path = tmp_path / "key.md"
    command = ("worksheet", "relu(a*x) + a", "--at", "a=2,x=3", "--format", "markdown", "--key", str(path))
    explained, plain = run(*command, "--explain"), run(*command[:-2])
    assert explained.out == plain.out
    told = run("eval", "relu(a*x) + a", "--at", "a=2,x=3", "--explain", "--format", "markdown").out
    key = path.read_text(encoding="utf-8")
    assert told[told.index("**Backward") :] in key
    assert "the value from the other input" in key


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_has_no_tables_has_no_blanks(form: str) -> None:
    """Nothing is accepted that changes nothing."""
    told = run("worksheet", "a*x", "--blank", "numbers", "--format", form)
    assert (told.code, "--blank" in told.err + told.out) == (2, True)


def test_a_key_is_exact_where_numbers_are() -> None:
    """Divided and multiplied in doubles 3/5 comes to 0.6000000000000001; with --fractions it is 3/5."""
    graph = parse("sqrt(a^2 + b^2)")
    exercise = Exercise(graph, {"a": 3.0, "b": 4.0}, ("a", "b"))
    assert view.answer_to(exercise).gradient["a"] != 0.6
    assert "| a | 3 | 0.6 |" in key([exercise], view.Style())
    assert "| a | 3 | 3/5 |" in key([exercise], view.Style(fractions=True))
    irrational = Exercise(parse("exp(a)"), {"a": 1.0}, ("a",))
    assert "2.718281828459045" in key([irrational], view.Style(fractions=True))


def key(exercises: list[Exercise], style: view.Style) -> str:
    """A key in Markdown."""
    stream = StringIO()
    write(Report(lambda: view.key_blocks(exercises, style), dict), Output("markdown", "en", False, stream, print))
    return stream.getvalue()


def test_fractions_for_programs(tmp_path: Path) -> None:
    """JSON has those of `gradcli eval --fractions`; of another exercise the usual numbers."""
    path = tmp_path / "key.json"
    run("worksheet", "a/b", "--fractions", "--json", "--key", str(path))
    (answer,) = json.loads(path.read_text(encoding="utf-8"))["answers"]
    at = ",".join(f"{name}={value}" for name, value in answer["at"].items())
    del answer["number"]
    assert json.loads(run("eval", "a/b", "--at", at, "--fractions", "--trace", "--json").out) == answer
    run("worksheet", "exp(a)*b", "--at", "a=1", "--fractions", "--json", "--key", str(path))
    assert "fractions" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "heading"),
    [
        ("html", "<h2>5 $ &lt; 6_%: "), ("latex", r"\section*{5 \$ $<$ 6\_\%: "), ("markdown", r"## 5 \$ < 6\_%: "),
        ("table", "5 $ < 6_%: "),
    ],
)  # fmt: skip
def test_a_title_of_any_signs(form: str, heading: str, tmp_path: Path) -> None:
    """It stands above each exercise and its answers, and is that of the page; key and sheet are told apart."""
    path = tmp_path / "key"
    told = run("worksheet", "a*x", "--title", "5 $ <\n6_%", "--format", form, "--key", str(path))
    assert f"{heading}Exercise 1" in told.out
    assert f"{heading}Answers to exercise 1" in path.read_text(encoding="utf-8")
    if form == "html":
        assert "<title>5 $ &lt; 6_%</title>" in told.out
        assert "<title>5 $ &lt; 6_%: Answers</title>" in path.read_text(encoding="utf-8")


def test_there_is_a_line_for_a_name() -> None:
    """On each sheet, not on the key."""
    assert run("worksheet", "a*x", "--copies", "3", "--format", "markdown").out.count("Name: ") == 3
    assert "氏名: ____" in run("worksheet", "a*x", "--lang", "ja").out


def test_an_ascii_sheet_is_ascii() -> None:
    """But for words that are asked for."""
    command = ("worksheet", "a*x", "--blank", "numbers", "--ascii")
    assert run(*command).out.isascii()
    assert "| 乗算ノード" in run(*command, "--lang", "ja").out
