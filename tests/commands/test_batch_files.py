"""`gradcli batch`: folders, parts, addresses and streams; nothing is lost, and no file is half written."""

import errno
import json
import os
from pathlib import Path
from tempfile import gettempdir

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from gradcli.batch import needs
from gradcli.batch.forms import csv, jsonl
from gradcli.batch.run import engines, job
from tests.helpers.running import run
from tests.helpers.tables import EXPRESSION, ROWS, batch, evaluated, read_back, write_rows


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


@pytest.mark.usefixtures("without_arrays")
def test_text_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to so many rows; for more, and for other forms, one message says what to install."""
    write_rows(tmp_path)
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


def test_parquet_comes_by_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As from a file; kept in one meanwhile, for which there may be no room."""
    path = tmp_path / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"x": [3.0, 4.0]}), path)
    for options in (("--json",), ("--mean", "--json")):
        out = batch("x^2", *options, "--rows", "-", "--from", "parquet", stdin=path.read_bytes())
        assert out == batch("x^2", *options, "--rows", str(path)) != ""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr("gradcli.batch.forms.files.copyfileobj", full)
    found = run("batch", "x", "--rows", "-", "--from", "parquet", stdin=path.read_bytes())
    assert found == (2, "", f"gradcli: cannot read '{gettempdir()}': No space left on device\n")


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
