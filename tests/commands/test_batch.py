"""`gradcli batch`: real files in, what eval says of each row out; nothing is lost, and no file is half written."""

import json
import os
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from gradcli.batch import needs
from gradcli.batch.forms import csv, jsonl
from gradcli.batch.run import engines, job
from tests.helpers.running import run

EXPRESSION = "where(x > 0, log(x)*y, relu(x + w)) / y"
AT = {"w": 2.0}
ROWS = [(1.5, 2.0), (-1.0, 3.0), (-2.0, 0.5), (0.25, 1e-3), (2.0, 0.0), (1e300, -4.0)]  # one at a kink, one at a pole


@cache
def evaluated(x: float, y: float) -> Mapping[str, Any]:
    """What eval says at a row."""
    found = json.loads(run("eval", EXPRESSION, "--at", f"x={x!r},y={y!r},w=2", "--json").out or "{}")
    names = ("x", "y", "w")
    return {"value": found.get("value"), "gradient": found.get("gradient", dict.fromkeys(names))}


def batch(*arguments: str, stdin: bytes = b"", code: int = 0) -> str:
    """What the command writes."""
    outcome = run("batch", *arguments, stdin=stdin)
    assert outcome.code == code, outcome.err
    return outcome.out


@pytest.fixture
def table(tmp_path: Path) -> pyarrow.Table:
    """The rows, with another column, in a file of each form in the folder, which becomes the current one."""
    x, y = zip(*ROWS, strict=True)
    table = pyarrow.table({"x": x, "y": y, "id": [f"n{place}" for place in range(len(x))]})
    pyarrow.parquet.write_table(table, tmp_path / "rows.parquet")
    with pyarrow.ipc.new_file(str(tmp_path / "rows.arrow"), table.schema) as writer:
        writer.write_table(table)
    records = table.to_pylist()
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    for form, sign in (("csv", ","), ("tsv", "\t")):
        lines = [
            sign.join(map(str, record.values()))
            for record in (dict(zip("xyi", ("x", "y", "id"), strict=True)), *records)
        ]
        (tmp_path / f"rows.{form}").write_text("\n".join(lines), encoding="utf-8")
    return table


FORMS = ("csv", "tsv", "jsonl", "parquet", "arrow")


def read_back(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of any form."""
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_table(path).to_pylist())
    if path.suffix == ".arrow":
        with pyarrow.ipc.open_file(str(path)) as reader:
            return list(reader.read_all().to_pylist())
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".jsonl":
        rows = map(json.loads, lines)
        return [
            {key: value for key, value in row.items() if key != "gradient"}
            | {f"d_{name}": slope for name, slope in row["gradient"].items()}
            for row in rows
        ]
    names, *cells = (line.split("\t" if path.suffix == ".tsv" else ",") for line in lines)
    return [
        {name: (cell if name == "id" else float(cell)) if cell else None for name, cell in zip(names, row, strict=True)}
        for row in cells
    ]


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


def test_names() -> None:
    """A prefix, for a column of the same name; a constant that is a column is one; a step may be asked for."""
    out = batch("value^2", "--rows", "-", "--from", "csv", "--keep", "--prefix", "new_", stdin=b"value\n3\n")
    assert out == "value,new_value,new_d_value\n3,9.0,6.0\n"
    assert batch("2*e", "--rows", "-", "--from", "csv", stdin=b"e\n3\n") == "value,d_e\n6.0,2.0\n"
    assert (
        batch("s = 2*x; s^2", "--rows", "-", "--from", "csv", "--wrt", "s", stdin=b"x\n3\n") == "value,d_s\n36.0,12.0\n"
    )
    assert batch("2*3", "--rows", "-", "--from", "csv", stdin=b"x\n3\n4\n") == "value\n6.0\n6.0\n"


@pytest.mark.parametrize("form", FORMS)
def test_a_column_may_be_another_spelling_of_a_variable(form: str, tmp_path: Path) -> None:
    """As Unicode has it: the micro sign of keyboards, an accent apart. It is kept so, and an equal name goes first."""
    path = tmp_path / f"rows.{form}"
    for names, values in ((["\u00b5", "e\u0301"], [9.0, 7.0]), (["\u00b5", "e\u0301", "\u03bc"], [18.0, 7.0])):
        rows = dict(zip(names, (1.0, 7.0, 2.0), strict=False))
        table = pyarrow.table({name: [row] for name, row in rows.items()})
        if form == "parquet":
            pyarrow.parquet.write_table(table, path)
        elif form == "arrow":
            with pyarrow.ipc.new_file(str(path), table.schema) as writer:
                writer.write_table(table)
        else:
            sign = "\t" if form == "tsv" else ","
            cells = f"{sign.join(names)}\n{sign.join(map(str, rows.values()))}\n"
            path.write_text(json.dumps(rows) if form == "jsonl" else cells, encoding="utf-8")
        (line,) = batch("9*\u03bc + 0*\u00e9", "--rows", str(path), "--keep", "--json").splitlines()
        found = json.loads(line)
        assert (found.pop("value"), found.pop("gradient")) == (values[0], {"\u03bc": 9.0, "\u00e9": 0.0})
        assert {name: float(cell) for name, cell in found.items()} == rows
    given = run(
        "batch", "\u03bc*x", "--rows", "-", "--from", "csv", "--at", "\u03bc=1", stdin="\u00b5,x\n1,2\n".encode()
    )
    assert (given.code, "\u00b5" in given.err) == (2, True)


def test_json_lines_are_passed_on_as_they_are(tmp_path: Path) -> None:
    """Every name of every row, and numbers beyond doubles; what is no object is passed on as its text."""
    rows = ['{"x":1}'] * 120 + [
        '{"x": 2, "late": [1e999, 12345678901234567890, 0.10]}',
        "no",
        ' {"y":NaN,"x":3} ',
        "{}",
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\r\n".join(rows), encoding="utf-8")
    lines = batch("x^2", "--rows", str(path), "--keep", code=1).splitlines()
    assert lines[0] == '{"x":1,"value":1.0,"gradient":{"x":2.0}}'
    assert lines[120:] == [
        '{"x": 2, "late": [1e999, 12345678901234567890, 0.10],"value":4.0,"gradient":{"x":4.0}}',
        '{"line":"no","value":null,"gradient":{"x":null}}',
        '{"y":null,"x":3,"value":9.0,"gradient":{"x":6.0}}',
        '{"value":null,"gradient":{"x":null}}',
    ]
    (tmp_path / "clash.jsonl").write_text("\n".join([*rows, '{"x":1,"gradient":2}']), encoding="utf-8")
    assert "'gradient'" in run("batch", "x^2", "--rows", str(tmp_path / "clash.jsonl"), "--keep").err


def test_cells_are_quoted_where_they_have_signs_of_csv() -> None:
    """The delimiter, a quotation mark, a line break; an empty cell is not quoted."""
    for cell in ('"a,b"', '"c""d"', '"e\nf"', '"g\rh"', ""):
        text = f"x,n\n1,{cell}\n2,i\n"
        out = batch("x^2", "--rows", "-", "--from", "csv", "--keep", stdin=text.encode())
        assert out == f"x,n,value,d_x\n1,{cell},1.0,2.0\n2,i,4.0,4.0\n"


@pytest.mark.parametrize("sign", [",", "§"])  # as pyarrow reads them, and not
def test_a_row_with_other_cells_than_names_keeps_them(sign: str) -> None:
    """Those too many stand in the last one; others of the row that are numbers are none to compute with."""
    rows = [["x", "y"], ["1", "2", "3"], ["4"], ["5", "a"], ["6", '"7', '8"', "b"]]
    text = "".join(f"{sign.join(row)}\n" for row in rows).encode()
    options = ("--rows", "-", "--from", "csv", "--keep", "--delimiter", sign)
    found = batch("x^2", *options, "--format", "tsv", stdin=text, code=1).splitlines()
    assert found[1:4] == [f"1\t2{sign}3\t\t", "4\t\t\t", "5\ta\t25.0\t10.0"]
    assert found[4] == f"6\t7{sign}8{sign}b\t\t"
    objects = list(map(json.loads, batch("x^2", *options, "--json", stdin=text, code=1).splitlines()))
    assert [(row["x"], row["y"], row["value"]) for row in objects[:3]] == [
        ("1", f"2{sign}3", None), ("4", None, None), (5.0, "a", 25.0),
    ]  # fmt: skip


def test_a_line_that_is_no_object_keeps_its_text() -> None:
    """Whatever it is; in CSV it is the first cell that is kept."""
    lines = ['{"x": 2, "y": "a"}', "no, {", "[1, 2]", ' "µ" ', "null", "{}"]
    options = ("x^2", "--rows", "-", "--from", "jsonl", "--keep")
    text = "\n".join(lines).encode()
    found = [json.loads(row) for row in batch(*options, stdin=text, code=1).splitlines()]
    assert [row.get("line") for row in found] == [None, "no, {", "[1, 2]", '"µ"', "null", None]
    cells = batch(*options, "--format", "tsv", stdin=text, code=1).splitlines()
    assert cells[1:4] == ["2\ta\t4.0\t4.0", "no, {\t\t\t", "[1, 2]\t\t\t"]


def test_a_cell_without_a_number_is_passed_on_as_its_text() -> None:
    """In JSON; an empty one is null."""
    rows = b"x,y\n1e999,a\nn/a,\n,b\n2,c\n"
    lines = batch("x", "--rows", "-", "--from", "csv", "--keep", "--json", stdin=rows, code=1).splitlines()
    assert [json.loads(line)["x"] for line in lines] == ["1e999", "n/a", None, 2.0]


def test_semicolons_and_decimal_commas() -> None:
    """One option says both; what else stands between cells is another one, also where it is not in ASCII."""
    rows = ("--rows", "-", "--from", "csv")
    assert batch("x^2", *rows, "--decimal", ",", stdin=b"x;y\n1,5;2\n") == "value,d_x\n2.25,3.0\n"
    assert batch("x^2", *rows, "--decimal", ",", "--delimiter", "|", stdin=b"x|y\n1,5|2\n") == "value,d_x\n2.25,3.0\n"
    assert batch("x^2", *rows, "--delimiter", "§", stdin="x§y\n3§2\n".encode()) == "value,d_x\n9.0,6.0\n"


def test_a_folder_of_parts(tmp_path: Path) -> None:
    """Each file has its part; those that are there stay with --resume, and what failed has none."""
    source, parts = tmp_path / "rows", tmp_path / "parts"
    source.mkdir()
    for name, text in (("a", "x\n1\n"), ("b", "x\n2\n"), ("c", "x\nno\n"), ("_d", "x\n1\n")):
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    (source / "readme.md").write_text("no rows", encoding="utf-8")
    options = ("x^2", "--rows", str(source), "--output", f"{parts}/", "--fail-fast")
    assert run("batch", *options).code == 1
    assert sorted(os.listdir(parts)) == [".gradcli-rows.json", "a.csv", "b.csv"]
    (parts / "a.csv").write_text("kept", encoding="utf-8")
    (parts / "b.csv").unlink()
    (source / "c.csv").write_text("x\n3\n", encoding="utf-8")
    assert run("batch", *options, "--resume") == (0, "", "")
    texts = [(parts / f"{name}.csv").read_text(encoding="utf-8") for name in "abc"]
    assert texts == ["kept", "value,d_x\n4.0,4.0\n", "value,d_x\n9.0,6.0\n"]
    assert run("batch", *options, "--resume") == (0, "", "")
    (source / "b.csv").write_text("x\n5\n", encoding="utf-8")
    assert run("batch", *options, "--resume") == (0, "", "")
    texts = [(parts / f"{name}.csv").read_text(encoding="utf-8") for name in "abc"]
    assert texts == ["kept", "value,d_x\n25.0,10.0\n", "value,d_x\n9.0,6.0\n"]


def test_rows_are_not_overwritten(tmp_path: Path) -> None:
    """By no name of theirs: another path, a link, an address; where one part would, none is written."""
    rows = tmp_path / "rows"
    rows.mkdir()
    for name in ("a.csv", "b.jsonl", "c.csv"):
        (rows / name).write_text('{"x":1}\n' if name == "b.jsonl" else "x\n1\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(rows / "c.csv")
    (tmp_path / "again").symlink_to(rows)
    before = {path: path.read_bytes() for path in rows.iterdir()}
    one, address = str(rows / "c.csv"), rows.as_uri()
    asked = [
        (one, one), (one, f"{rows}/../rows/c.csv"), (one, str(tmp_path / "link.csv")), (one, f"{address}/c.csv"),
        (f"{address}/c.csv", one), (address, one), (str(rows), one), (str(rows), f"{rows}/"),
        (f"{rows}/*.csv", str(tmp_path / "again")), (str(tmp_path / "link.csv"), one),
    ]  # fmt: skip
    for source, output in asked:
        found = run("batch", "x^2", "--rows", source, "-o", output)
        assert (found.code, found.out, "would be overwritten" in found.err) == (2, "", True), (source, output)
    assert {path: path.read_bytes() for path in rows.iterdir()} == before
    assert run("batch", "x^2", "--rows", one, "-o", str(rows / "d.csv")).code == 0


def test_the_columns_of_all_files_are_known_before_a_row_is_written(tmp_path: Path) -> None:
    """One that lacks a column, or has others than are kept; of JSON Lines others may come in any row."""
    for name, text in (("a.csv", "x,y\n1,2\n"), ("b.csv", "y\n2\n"), ("c.csv", "x,z\n3,4\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for options, files in (((), "[ab].csv"), (("--keep",), "[ac].csv"), (("-o", f"{tmp_path}/parts/"), "[ab].csv")):
        found = run("batch", "x^2", "--rows", f"{tmp_path}/{files}", *options)
        assert (found.code, found.out, os.path.basename(files)[2] + ".csv" in found.err) == (2, "", True)
    assert not [name for _, _, names in os.walk(tmp_path / "parts") for name in names if name.endswith(".csv")]
    kept = batch("x^2", "--rows", f"{tmp_path}/[ac].csv", "--keep", "--json").splitlines()
    assert [list(json.loads(row))[:2] for row in kept] == [["x", "y"], ["x", "z"]]


def test_parts_of_another_question_are_not_taken(tmp_path: Path) -> None:
    """What was asked before is known, also where parts of an older question are left."""
    source, parts = tmp_path / "rows", tmp_path / "parts"
    source.mkdir()
    for name, text in (("a", "x\n1\n"), ("b", "x\nno\n")):
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    options = ("--rows", str(source), "-o", f"{parts}/", "--fail-fast")
    (source / "b.csv").write_text("x\n2\n", encoding="utf-8")
    assert run("batch", "x^2", *options, "--resume") == (0, "", "")
    for other, said in ((("x^3",), "EXPRESSION;"), (("x^2", "--keep"), "--keep;"), (("w*x^2", "--at", "w=1"), "EXPRE")):
        found = run("batch", *other, *options, "--resume")
        assert (found.code, found.out, said in found.err) == (2, "", True)
    (source / "b.csv").write_text("x\nno\n", encoding="utf-8")
    assert run("batch", "x^3", *options).code == 1
    (source / "b.csv").write_text("x\n2\n", encoding="utf-8")
    os.utime(source / "b.csv", (1, 1))
    assert run("batch", "x^3", *options, "--resume") == (0, "", "")
    assert (parts / "b.csv").read_text(encoding="utf-8") == "value,d_x\n8.0,12.0\n"
    assert sorted(os.listdir(parts)) == [".gradcli-rows.json", "a.csv", "b.csv"]


def test_parts_of_other_shapes_are_not_taken(tmp_path: Path) -> None:
    """What a shape says is part of the question; columns that hold lists say it themselves."""
    (tmp_path / "a.jsonl").write_text('{"x": [1, 2], "w[0]": 3, "w[1]": 4}\n', encoding="utf-8")
    options = ("--rows", f"{tmp_path}/a.jsonl", "-o", f"{tmp_path}/parts/")
    assert run("batch", "x[0]*w[0]", "--shape", "w=2", *options) == (0, "", "")
    for shape in ("w=1", "w=3"):
        assert "--shape" in run("batch", "x[0]*w[0]", "--shape", shape, *options, "--resume").err
    assert run("batch", "x[0]*w[0]", "--shape", "w=2", *options, "--resume") == (0, "", "")


def test_an_address_of_a_file_system(tmp_path: Path) -> None:
    """Read and written by pyarrow, the file in its place when it is complete."""
    (tmp_path / "a.csv").write_text("x\n1\n-1\n", encoding="utf-8")
    address = tmp_path.as_uri()
    assert run("batch", "x^2", "--rows", f"{address}/a.csv", "--output", f"{address}/b.jsonl") == (0, "", "")
    assert [row["value"] for row in read_back(tmp_path / "b.jsonl")] == [1.0, 1.0]
    assert run(
        "batch", "log(x)", "--rows", address, "--output", f"{address}/c.csv", "--fail-fast", "--from", "csv"
    ).code
    assert sorted(os.listdir(tmp_path)) == ["a.csv", "b.jsonl"]
    for option in ("--rows", "--output"):
        unknown = run("batch", "x^2", "--rows", str(tmp_path / "a.csv"), option, "none://a/b.csv")
        assert (unknown.code, unknown.out) == (2, "")
        assert unknown.err.startswith("gradcli: cannot use the address 'none://a/b.csv': ")


@pytest.fixture
def without_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if NumPy and pyarrow were not installed."""
    for module in (needs, csv, jsonl, job, engines):
        monkeypatch.setattr(module, "has_arrays", lambda: False)


@pytest.mark.usefixtures("without_arrays", "table")
def test_text_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to so many rows; for more, and for other forms, one message says what to install."""
    for form in ("csv", "jsonl"):
        lines = batch(
            EXPRESSION, "--rows", str(tmp_path / f"rows.{form}"), "--at", "w=2", "--json", code=1
        ).splitlines()
        assert list(map(json.loads, lines)) == [evaluated(x, y) for x, y in ROWS]
    message = "NumPy and pyarrow: pip install 'gradcli[batch]'\n"
    for form in ("parquet", "arrow"):
        found = run("batch", EXPRESSION, "--rows", str(tmp_path / f"rows.{form}"), "--at", "w=2")
        assert found == (2, "", f"gradcli: this needs {message}")
    monkeypatch.setattr(job, "MOST_WITHOUT", 5)
    output = tmp_path / "found.csv"
    found = run("batch", EXPRESSION, "--rows", str(tmp_path / "rows.csv"), "--at", "w=2", "-o", str(output))
    assert found == (2, "", f"gradcli: more than 5 rows need {message}")
    assert not output.exists()


def test_what_is_binary_does_not_go_to_a_terminal(tmp_path: Path) -> None:
    """One message, and nothing else."""
    pyarrow.parquet.write_table(pyarrow.table({"x": [1.0]}), tmp_path / "rows.parquet")
    found = run("batch", "x^2", "--rows", str(tmp_path / "rows.parquet"), columns=80)
    assert (found.code, found.out) == (2, "")
    assert "--output rows.parquet" in found.err


def test_a_path_of_a_stream_is_a_stream(tmp_path: Path) -> None:
    """It has the form of the rows where its name says none, for any number of files; of Arrow it is a stream."""
    for name, text in (("a.csv", "x\n3\n"), ("b.csv", "x\n4\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    table = pyarrow.table({"x": [3.0]})
    with pyarrow.ipc.new_file(str(tmp_path / "a.arrow"), table.schema) as writer:
        writer.write_table(table)
    with (tmp_path / "written").open("w+b") as file:
        path = f"/dev/fd/{file.fileno()}"
        for rows in (tmp_path / "a.csv", f"{tmp_path}/*.csv"):
            assert run("batch", "x^2", "--rows", str(rows), "-o", path) == (0, "", "")
        assert run("batch", "x^2", "--rows", str(tmp_path / "a.arrow"), "-o", path) == (0, "", "")
        file.seek(0)
        text = b"value,d_x\n9.0,6.0\nvalue,d_x\n9.0,6.0\n16.0,8.0\n"
        assert file.read(len(text)) == text
        assert pyarrow.ipc.open_stream(file.read()).read_all().to_pylist() == [{"value": 9.0, "d_x": 6.0}]
    os.mkfifo(tmp_path / "pipe.jsonl")
    reading = os.open(tmp_path / "pipe.jsonl", os.O_RDONLY | os.O_NONBLOCK)
    assert run("batch", "x^2", "--rows", str(tmp_path / "a.csv"), "-o", str(tmp_path / "pipe.jsonl")).code == 0
    assert os.read(reading, 100) == b'{"value":9.0,"gradient":{"x":6.0}}\n'
    os.close(reading)
    assert run("batch", "x^2", "--rows", str(tmp_path / "a.csv"), "-o", os.devnull) == (0, "", "")
    found = run("batch", "x^2", "--rows", str(tmp_path / "a.csv"), "-o", os.devnull, "--workers", "1")
    assert (found.code, "cannot go together" in found.err) == (2, True)


def test_an_expression_from_standard_input_is_read_once(tmp_path: Path) -> None:
    """Also where there are parts."""
    (tmp_path / "a.csv").write_text("x\n3\n", encoding="utf-8")
    options = ("--rows", str(tmp_path / "a.csv"), "-o", f"{tmp_path / 'parts'}/")
    assert run("batch", "-", *options, stdin=b"x^2") == (0, "", "")
    assert (tmp_path / "parts" / "a.csv").read_text(encoding="utf-8").endswith("\n9.0,6.0\n")
