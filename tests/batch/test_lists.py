"""Columns of lists: an array in each row, beside the same numbers in columns of their own."""

import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from gradcli.batch.forms import csv, jsonl
from gradcli.batch.forms.lists import shape_of, shapes_of
from tests.helpers.running import run

LOSS = "(sum(M @ x) - y)^2"
ROWS: list[dict[str, Any]] = [
    {"x": [1.0, 2.0], "M": [[1.0, 2.0], [3.0, 4.0]], "y": 1.0},
    {"x": [0.5, -1.0], "M": [[0.1, 0.2], [0.3, 0.4]], "y": 2.0},
]
BAD: list[tuple[Any, str]] = [
    ([1.0], "'x' is a vector of 1, and a vector of 2 in the expression"),
    ([1.0, 2.0, 3.0], "'x' is a vector of 3, and a vector of 2 in the expression"),
    ([[1.0], [2.0]], "'x' is a 2×1 matrix, and a vector of 2 in the expression"),
    ([[1.0], 2.0], "'x' is no array, and a vector of 2 in the expression"),
    (7, "'x' is a number, and a vector of 2 in the expression"),
    ("7", "'x' is no array, and a vector of 2 in the expression"),
    (None, "'x' is empty"),
    ([1.0, "a"], "'\"a\"' in the column 'x' is no number in double precision"),
    ([1.0, None], "'x' is empty"),
]


def evaluated(row: dict[str, Any]) -> dict[str, Any]:
    """What eval says of a row."""
    at = ", ".join(f"{name}={json.dumps(value)}" for name, value in row.items())
    found = json.loads(run("eval", LOSS, "--at", at, "--json").out)
    return {"value": found["value"], "gradient": {name: found["gradient"][name] for name in ("M", "x", "y")}}


def rows_of(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
    """The objects that the command writes."""
    outcome = run("batch", LOSS, *arguments, "--json", "--wrt", "M,x,y")
    assert outcome.code == code, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def table(kind: bool) -> Any:
    """The rows as a table of Arrow, in which lists have fixed sizes or not."""
    vector = pyarrow.list_(pyarrow.float64(), 2) if kind else pyarrow.list_(pyarrow.float64())
    matrix = pyarrow.list_(vector, 2) if kind else pyarrow.list_(vector)
    names = {"x": vector, "M": matrix, "y": pyarrow.float64()}
    return pyarrow.table({name: pyarrow.array([row[name] for row in ROWS], one) for name, one in names.items()})


@pytest.mark.parametrize("is_fixed", [True, False])
@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_tables_hold_arrays(tmp_path: Path, ending: str, is_fixed: bool) -> None:
    """By the type or the first row; what is written has lists too, and reads back."""
    path, output = str(tmp_path / f"rows.{ending}"), str(tmp_path / f"gradients.{ending}")
    found = table(is_fixed)
    if ending == "parquet":
        pyarrow.parquet.write_table(found, path)
    else:
        with pyarrow.ipc.new_file(path, found.schema) as writer:
            writer.write_table(found)
    assert rows_of("--rows", path) == [evaluated(row) for row in ROWS]
    assert run("batch", LOSS, "--rows", path, "--wrt", "x,M", "--keep", "--output", output).code == 0
    written = pyarrow.parquet.read_table(output) if ending == "parquet" else pyarrow.ipc.open_file(output).read_all()
    assert written.column_names == ["x", "M", "y", "value", "d_M", "d_x"]
    assert [row["d_M"] for row in written.to_pylist()] == [evaluated(row)["gradient"]["M"] for row in ROWS]


@pytest.mark.parametrize("is_fast", [True, False])
def test_json_lines_hold_arrays(tmp_path: Path, is_fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """By pyarrow and without it."""
    monkeypatch.setattr(jsonl, "has_arrays", lambda: is_fast)
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    assert rows_of("--rows", str(path)) == [evaluated(row) for row in ROWS]
    means = run("batch", LOSS, "--rows", str(path), "--wrt", "x", "--sum", "--json").out
    slopes = [evaluated(row)["gradient"]["x"] for row in ROWS]
    assert json.loads(means)["gradient"]["x"] == [sum(pair) for pair in zip(*slopes, strict=True)]


def csv_of(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    """The rows as text, in which each cell is quoted."""
    lines = [list(rows[0]), *([json.dumps(cell) for cell in row.values()] for row in rows)]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines]
    return "".join(delimiter.join(line) + "\n" for line in quoted)


@pytest.mark.parametrize("is_fast", [True, False])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_cells_of_text_hold_arrays(tmp_path: Path, ending: str, is_fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """By pyarrow and without it; passed on they are lists where the form has some, and what is written reads back."""
    monkeypatch.setattr(csv, "has_arrays", lambda: is_fast)
    path, output = tmp_path / f"rows.{ending}", tmp_path / "gradients.csv"
    path.write_text(csv_of(ROWS, "\t" if ending == "tsv" else ","), encoding="utf-8")
    assert rows_of("--rows", str(path)) == [evaluated(row) for row in ROWS]
    assert [{name: row[name] for name in ROWS[0]} for row in rows_of("--rows", str(path), "--keep")] == ROWS
    assert run("batch", LOSS, "--rows", str(path), "--wrt", "x,M", "--keep", "--output", str(output)).code == 0
    again = run("batch", f"{LOSS} + sum(d_M @ d_x)", "--rows", str(output), "--wrt", "d_x", "--json")
    assert (again.code, len(again.out.splitlines())) == (0, 2)
    assert rows_of("--rows", str(output)) == [evaluated(row) for row in ROWS]


def test_lists_in_text_are_lists_in_tables(tmp_path: Path) -> None:
    """As they are passed on; null for one that is of another shape or has no numbers."""
    path, output = tmp_path / "rows.csv", str(tmp_path / "gradients.parquet")
    path.write_text('x\n"[1,2]"\n"[1.5,2]"\n[1]\n"[1,""a""]"\n\n7\n', encoding="utf-8")
    assert run("batch", "sum(x*x)", "--rows", str(path), "--keep", "--output", output).code == 1
    written = pyarrow.parquet.read_table(output).to_pylist()
    assert [row["x"] for row in written] == [[1.0, 2.0], [1.5, 2.0], None, None, None]
    assert [row["value"] for row in written] == [5.0, 6.25, None, None, None]


def test_bad_lists_in_text_are_told(tmp_path: Path) -> None:
    """In the words of those of JSON; what is no JSON is no array."""
    path = tmp_path / "rows.csv"
    texts = [
        ('"' + json.dumps(cell).replace('"', '""') + '"', said) for cell, said in BAD if isinstance(cell, list | int)
    ]
    for text, reason in (*texts, ("", "'x' is empty"), *((text, BAD[5][1]) for text in ('"[1,"', "a"))):
        path.write_text(f'x,y\n{text},1\n"[3, 4]",2\n', encoding="utf-8")
        outcome = run("batch", "sum(x*x)*y", "--rows", str(path), "--shape", "x=2", "--wrt", "x", "--json")
        assert (outcome.code, outcome.err.splitlines()[1]) == (1, f"note: {path}, line 2: {reason}")
        assert outcome.out.splitlines()[1] == '{"value":50.0,"gradient":{"x":[12.0,16.0]}}'


def test_a_list_among_numbers_of_text_is_a_bad_row(tmp_path: Path) -> None:
    """And as many of both are an error."""
    path = tmp_path / "rows.csv"
    path.write_text("x\n3\n[3]\n5\n", encoding="utf-8")
    outcome = run("batch", "x*x", "--rows", str(path))
    assert outcome.out.splitlines()[1:] == ["9.0,6.0", ",", "25.0,10.0"]
    assert (
        outcome.err.splitlines()[1] == f"note: {path}, line 3: '[3]' in the column 'x' is no number in double precision"
    )
    path.write_text("x\n3\n[3]\n", encoding="utf-8")
    outcome = run("batch", "x*x", "--rows", str(path))
    assert (outcome.code, "as many lists as numbers" in outcome.err) == (2, True)


def test_columns_of_elements_are_an_array(tmp_path: Path) -> None:
    """And what is written to CSV has such columns."""
    path = tmp_path / "rows.csv"
    path.write_text("x[0],x[1],y\n1,2,1\n0.5,-1,2\n", encoding="utf-8")
    outcome = run("batch", "(dot(w, x) - y)^2", "--rows", str(path), "--at", "w=[1,2]", "--wrt", "w[1],w[0]")
    assert outcome == (0, "value,d_w[0],d_w[1]\n16.0,8.0,16.0\n12.25,-3.5,7.0\n", "")
    assert shapes_of(["x[0]", "x[2]", "W[0,0]", "W[0,1]", "v[0]", "v[0,0]"], {"a": None}) == {"W": (1, 2)}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("form", ["table", "markdown", "latex", "csv", "html"])
def test_a_sum_is_written_as_eval_writes_it(tmp_path: Path, form: str, language: str) -> None:
    """Arrays in one row, also where elements of some require no gradient, and not all of many such variables; besides,
    of how many rows it is.
    """
    (tmp_path / "rows.csv").write_text("n\n1\n", encoding="utf-8")
    many = [f"a{place}" for place in range(12)]
    for expression, at, wrt in (
        ("relu(sum(W @ x)) + b*dot(w, x)", "W=[[1, 2], [3, 4]], x=[0.5, -1], w=[3, 1], b=2", "W,x,b,w[1]"),
        (f"b*({'+'.join(many)})", f"b=2, {', '.join(f'{name}=1' for name in many)}", "b"),
    ):
        asked = (expression, "--at", at, "--wrt", wrt, "--format", form, "--lang", language)
        own, extra = run("eval", *asked).out.splitlines(), 0
        of_rows = run("batch", *asked, "--rows", str(tmp_path / "rows.csv"), "--sum")
        assert of_rows.code == 0
        for line in of_rows.out.splitlines():
            if line in own[:1]:
                own.pop(0)
            else:
                extra += 1
                assert not line or {"en": "over 1 row", "ja": "1 行の和"}[language] in line
        assert (own, extra) == ([], {"csv": 0, "markdown": 2, "latex": 2}.get(form, 1))


def test_a_sum_that_arrays_have_not(tmp_path: Path) -> None:
    """Where a row has no numbers, or one is too large."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"x":[1e308,1]}\n{"x":[1e308,1]}\n', encoding="utf-8")
    asked = ("dot(w, x)", "--rows", str(path), "--at", "w=[0.5,0.25]", "--wrt", "w", "--sum")
    assert run("batch", *asked, "--format", "csv").out.splitlines()[1:] == [
        'w,"[0.5,0.25]","[null,2.0]",not finite', "y,1e+308,1.0,ok",
    ]  # fmt: skip
    path.write_text('{"x":[1,1]}\n{"x":[1,null]}\n', encoding="utf-8")
    assert run("batch", *asked, "--format", "csv").out.splitlines()[1:] == [
        'w,"[0.5,0.25]","[null,null]",not finite', "y,,1.0,not finite",
    ]  # fmt: skip
    table = run("batch", *asked, "--format", "table").out
    assert "y = -\n" in table
    assert "[ -  - ]" in table


@pytest.mark.parametrize("is_fast", [True, False])
def test_rows_of_another_shape_are_told(tmp_path: Path, is_fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """They lose nothing of the others."""
    monkeypatch.setattr(jsonl, "has_arrays", lambda: is_fast)
    path = tmp_path / "rows.jsonl"
    for cell, reason in BAD:
        path.write_text(f'{{"x":{json.dumps(cell)},"y":1}}\n{{"x":[3,4],"y":2}}\n', encoding="utf-8")
        outcome = run("batch", "sum(x*x)*y", "--rows", str(path), "--shape", "x=2", "--wrt", "x", "--json")
        first, second = outcome.out.splitlines()
        assert (outcome.code, outcome.err.splitlines()[1]) == (1, f"note: {path}, line 1: {reason}")
        assert first == '{"value":null,"gradient":{"x":[null,null]}}'
        assert second == '{"value":50.0,"gradient":{"x":[12.0,16.0]}}'


@pytest.mark.parametrize("is_fast", [True, False])
def test_a_list_among_numbers_is_a_bad_row(tmp_path: Path, is_fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most rows say what a column holds."""
    monkeypatch.setattr(jsonl, "has_arrays", lambda: is_fast)
    path = tmp_path / "rows.jsonl"
    path.write_text('{"x":3}\n{"x":[3]}\n{"x":5}\n', encoding="utf-8")
    outcome = run("batch", "x*x", "--rows", str(path), "--format", "csv")
    assert outcome.out.splitlines()[1:] == ["9.0,6.0", ",", "25.0,10.0"]
    assert (
        outcome.err.splitlines()[1] == f"note: {path}, line 2: '[3]' in the column 'x' is no number in double precision"
    )


def test_where_half_the_rows_have_lists_the_shape_says_it(tmp_path: Path) -> None:
    """Or the column does not matter; else it is an error (see tests/errors)."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"x":3,"y":1}\n{"x":[3,4],"y":2}\n', encoding="utf-8")
    assert run("batch", "sum(x*x)", "--rows", str(path), "--shape", "x=2", "--format", "csv").out == (
        "value,d_x[0],d_x[1]\n,,\n25.0,6.0,8.0\n"
    )
    assert run("batch", "y*y", "--rows", str(path), "--format", "csv").out == "value,d_y\n1.0,2.0\n4.0,4.0\n"


def test_ragged_lists_of_tables_are_told(tmp_path: Path) -> None:
    """With the number of the row; a list that is null, or has null in it, is empty."""
    path = str(tmp_path / "rows.parquet")
    cells = pyarrow.array([[1.0, 2.0], [1.0], None, [1.0, None]])
    pyarrow.parquet.write_table(pyarrow.table({"x": cells}), path)
    outcome = run("batch", "sum(x*x)", "--rows", path, "--format", "csv")
    assert outcome.out.splitlines()[1:] == ["5.0,2.0,4.0", ",,", ",,", ",,"]
    assert [line.partition("row ")[2] for line in outcome.err.splitlines()[1:]] == [
        "2: 'x' is a vector of 1, and a vector of 2 in the expression", "3: 'x' is empty", "4: 'x[1]' is empty",
    ]  # fmt: skip


def test_a_list_and_a_value_of_its_element_are_one_too_many(tmp_path: Path) -> None:
    """As a column and a value of a number."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"x":[1,2]}\n', encoding="utf-8")
    outcome = run("batch", "sum(x*x)", "--rows", str(path), "--at", "x[0]=3")
    assert (outcome.code, "has a value by --at besides" in outcome.err) == (2, True)


def test_shapes_of_lists() -> None:
    """Of what is no array there is none."""
    assert [shape_of(value) for value in ([1, 2], [[1], [2]], [], [[]], [[1], 2], [[[1]]], 3)] == [
        (2,), (2, 1), None, None, None, None, None,
    ]  # fmt: skip
