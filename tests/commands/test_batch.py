"""`gradcli batch`: real files in, what eval says of each row out."""

import json
import os
from fractions import Fraction
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet
import pytest

from tests.helpers.running import run
from tests.helpers.tables import EXPRESSION, FORMS, ROWS, batch, evaluated, read_back, write_rows


@pytest.fixture
def table(tmp_path: Path) -> None:
    """The rows in a file of each form in the folder."""
    write_rows(tmp_path)


@pytest.mark.sampled(3)
@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("source", FORMS)
@pytest.mark.parametrize("target", FORMS)
def test_every_form_has_what_eval_says(source: str, target: str, tmp_path: Path) -> None:
    """Read and written: the same numbers, in the same order, beside the columns that were there."""
    path = tmp_path / f"found.{target}"
    batch(EXPRESSION, "--rows", str(tmp_path / f"rows.{source}"), "--at", "w=2", "--keep", "-o", str(path), code=1)
    expected = []
    for place, (x, y) in enumerate(ROWS):
        found = evaluated(x, y)
        slopes = {f"d_{name}": slope for name, slope in found["gradient"].items()}
        expected.append({"x": x, "y": y, "id": f"n{place}", "value": found["value"], **slopes})
    assert read_back(path) == expected


@pytest.mark.usefixtures("table")
def test_json_lines_are_as_eval_has_them(tmp_path: Path) -> None:
    """Value and gradient, null where there is none; `--wrt` says whose."""
    lines = batch(EXPRESSION, "--rows", str(tmp_path / "rows.csv"), "--at", "w=2", "--json", code=1).splitlines()
    assert list(map(json.loads, lines)) == [evaluated(x, y) for x, y in ROWS]
    of_two = batch(EXPRESSION, "--rows", str(tmp_path / "rows.csv"), "--at", "w=2", "--json", "--wrt", "w,x", code=1)
    assert list(json.loads(of_two.splitlines()[0])["gradient"]) == ["x", "w"]


SUMMED = "(w*x + b - y)^2"


def test_sums_and_means(tmp_path: Path) -> None:
    """Exact sums of what each row has, rounded once, whatever the order of the rows and the files."""
    generator = numpy.random.default_rng(3)
    table = pyarrow.table(
        {"x": generator.normal(size=500) * 10.0 ** generator.integers(-9, 9, 500), "y": generator.normal(size=500)}
    )
    (tmp_path / "parts").mkdir()
    for place, begin in enumerate((0, 17, 333)):
        part = table.slice(begin, (17, 316, 500)[place])
        pyarrow.parquet.write_table(part, tmp_path / "parts" / f"{place}.parquet")
    backwards = table.take(numpy.arange(499, -1, -1))
    pyarrow.parquet.write_table(backwards, tmp_path / "all.parquet")
    options = ("--at", "w=0.5,b=0", "--wrt", "w,b")
    rows = batch(SUMMED, "--rows", str(tmp_path / "all.parquet"), *options, "--json").splitlines()
    found = list(map(json.loads, rows))
    for kind, count in (("sum", 1), ("mean", 500)):
        results = [
            json.loads(batch(SUMMED, "--rows", str(tmp_path / source), *options, f"--{kind}", "--json"))
            for source in ("all.parquet", "parts", "parts/*.parquet")
        ]
        assert results[0] == results[1] == results[2]
        assert results[0] | {"value": 0, "gradient": 0} == {
            "expression": SUMMED, "output": "z", "over": kind, "rows": 500, "at": {"w": 0.5, "b": 0.0},
            "value": 0, "gradient": 0, "notes": [],
        }  # fmt: skip
        assert results[0]["value"] == float(sum(Fraction(row["value"]) for row in found) / count)
        for name in "wb":
            expected = float(sum(Fraction(row["gradient"][name]) for row in found) / count)
            assert results[0]["gradient"][name] == expected


@pytest.mark.parametrize("form", ["table", "markdown", "latex", "csv", "html"])
def test_a_sum_has_the_forms_of_eval(form: str) -> None:
    """With the number of rows."""
    out = batch("w*x", "--rows", "-", "--from", "csv", "--at", "w=2", "--sum", "--format", form, stdin=b"x\n1\n2\n")
    assert "6" in out
    assert "over 2 rows" in out or form == "csv"
    assert form != "csv" or out.splitlines()[1:] == ["w,2.0,3.0,ok", "x,,4.0,ok", "y,6.0,1.0,ok"]


def test_what_has_no_sum(tmp_path: Path) -> None:
    """Rows without numbers, unless they are left out; no rows have a sum and no mean; what is too large is said."""
    (tmp_path / "gaps.csv").write_text("x\n4\n-1\nn/a\n0\n", encoding="utf-8")
    options = ("--rows", str(tmp_path / "gaps.csv"), "--json")
    found = json.loads(batch("sqrt(x)", *options, "--mean", code=1))
    assert (found["value"], found["gradient"], found["rows"]) == (None, {"x": None}, 4)
    assert [note["code"] for note in found["notes"]] == ["bad-rows", "bad-row", "bad-row", "bad-row"]
    left = json.loads(batch("sqrt(x)", *options, "--mean", "--skip-bad"))
    assert (left["value"], left["gradient"], left["rows"], left["skipped"]) == (2.0, {"x": 0.25}, 1, 3)
    assert left["notes"][0]["bad"] == 3
    nothing = ("--rows", "-", "--from", "csv", "--json")
    assert json.loads(batch("x", *nothing, "--sum", stdin=b"x\n"))["value"] == 0.0
    no_mean = json.loads(batch("x", *nothing, "--mean", stdin=b"x\n", code=1))
    assert (no_mean["value"], [note["code"] for note in no_mean["notes"]]) == (None, ["no-rows"])
    large = json.loads(batch("w*x", *nothing, "--sum", "--at", "w=1", stdin=b"x\n1e308\n1e308\n", code=1))
    assert (large["value"], large["gradient"]) == (None, {"w": None, "x": 2.0})
    assert large["notes"][0]["names"] == ["y", "w"]


def test_a_bad_row_loses_nothing(tmp_path: Path) -> None:
    """The others are there, standard error says which and why, and the exit code is 1; five of many are told."""
    path = tmp_path / "gaps.csv"
    path.write_text("x,y\n1,2\n,2\n" + "-1,1\n" * 9, encoding="utf-8")
    outcome = run("batch", "log(x)*y", "--rows", str(path))
    assert outcome.out == "value,d_x,d_y\n0.0,2.0,0.0\n" + ",,\n" * 10
    lines = outcome.err.splitlines()
    assert lines[0] == "note: 10 of 11 rows have no value or slope; the cells are empty there"
    assert lines[1].endswith("gaps.csv, line 3: 'x' is empty")
    assert lines[2].endswith(
        "line 4: log at column 1 is not defined here: its argument is x = -1, but log(x) needs x > 0"
    )
    assert len(lines) == 6
    quiet = run("batch", "log(x)*y", "--rows", str(path), "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (1, outcome.out, "")
    japanese = run("batch", "log(x)*y", "--rows", str(path), "--lang", "ja").err
    assert "3 行目: 'x' が空です" in japanese
    objects = run("batch", "log(x)*y", "--rows", str(path), "--json")
    assert json.loads(objects.out.splitlines()[1]) == {"value": None, "gradient": {"x": None, "y": None}}
    assert objects.err.splitlines() == [lines[0].replace("the cells are empty there", "null stands there"), *lines[1:]]


def test_a_slope_alone_may_be_missing() -> None:
    """The value and the other slopes of the row are there."""
    out = batch("sqrt(x)*y", "--rows", "-", "--from", "csv", stdin=b"x,y\n0,2\n", code=1)
    assert out == "value,d_x,d_y\n0.0,,0.0\n"


def test_the_first_bad_row_ends_it(tmp_path: Path) -> None:
    """With --fail-fast: there is no file, an old one stays as it was, and the error is an object for programs."""
    path, old = tmp_path / "rows.csv", tmp_path / "old.csv"
    path.write_text("x\n1\n-1\n", encoding="utf-8")
    old.write_text("old", encoding="utf-8")
    for output in (old, tmp_path / "new.csv"):
        outcome = run("batch", "log(x)", "--rows", str(path), "--fail-fast", "-o", str(output), "--json")
        error = json.loads(outcome.err)["error"]
        assert (outcome.code, outcome.out, error["code"]) == (1, "", "bad-row")
        assert (error["facts"]["line"], error["facts"]["reason"]["code"]) == (3, "undefined")
    assert old.read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir(tmp_path)) == ["old.csv", "rows.csv"]


def test_notes_are_those_of_eval() -> None:
    """--strict counts them. The numbers stay doubles, as they are without notes, in rows and over all of them."""
    rows, options = b"x\n0\n1\n1e-9\n", ("--rows", "-", "--from", "csv", "--json")
    for expression in ("relu(x) + (1 - cos(x))*1e20", "where(x == 0, x, (exp(x) - 1)/x)"):
        lines, plain = (
            [json.loads(line) for line in batch(expression, *options, *notes, stdin=rows).splitlines()]
            for notes in (("--notes",), ())
        )
        assert [row | {"notes": found["notes"]} for row, found in zip(plain, lines, strict=True)] == lines
        for x, found in zip((0.0, 1.0, 1e-9), lines, strict=True):
            said = json.loads(run("eval", expression, "--at", f"x={x!r}", "--json").out)
            assert found["notes"] == list(dict.fromkeys(note["code"] for note in said["notes"]))
        assert "lost-digits" in lines[2]["notes"]
        mean, strictly = (
            json.loads(batch(expression, *options, "--mean", *strict, stdin=rows, code=bool(strict)))
            for strict in ((), ("--strict",))
        )
        assert (mean["value"], mean["gradient"]) == (strictly["value"], strictly["gradient"])
    strict = run("batch", "relu(x)", "--rows", "-", "--from", "csv", "--strict", stdin=rows)
    assert (strict.code, strict.out.splitlines()[:2]) == (1, ["value,d_x,notes", "0.0,1.0,kink one-sided"])
    assert "1 row has the note 'kink'" in strict.err
    assert run("batch", "x^2", "--rows", "-", "--from", "csv", "--strict", stdin=rows).code == 0


def test_the_rule_at_kinks() -> None:
    """As eval has it."""
    for rule, slope in (("branch", "1.0"), ("minnorm", "0.0")):
        out = batch("relu(x)", "--rows", "-", "--from", "csv", "--kink", rule, stdin=b"x\n0\n")
        assert out.splitlines()[1] == f"0.0,{slope}"
    tie = batch("max(x, y)", "--rows", "-", "--from", "csv", "--kink", "minnorm", stdin=b"x,y\n1,1\n")
    assert tie.splitlines()[1] == "1.0,0.5,0.5"
