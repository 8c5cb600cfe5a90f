"""`gradcli batch`: names of columns, cells, and what is passed on beside the numbers."""

import json
from pathlib import Path

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from tests.helpers.running import run
from tests.helpers.tables import FORMS, batch


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
    """One option says both; what else stands between cells is another one, also where it is not in ASCII, and commas
    between cells with quotes.
    """
    rows = ("--rows", "-", "--from", "csv")
    assert batch("x^2", *rows, "--decimal", ",", stdin=b"x;y\n1,5;2\n") == "value,d_x\n2.25,3.0\n"
    assert batch("x^2", *rows, "--decimal", ",", "--delimiter", "|", stdin=b"x|y\n1,5|2\n") == "value,d_x\n2.25,3.0\n"
    assert batch("x^2", *rows, "--delimiter", "§", stdin="x§y\n3§2\n".encode()) == "value,d_x\n9.0,6.0\n"
    quoted = (*rows, "--decimal", ",", "--delimiter", ",", "--keep")
    found = batch("x^2", *quoted, stdin=b'x,y\n"1,5","2,5"\n3,4\n1,5,2\n', code=1)
    assert found == 'x,y,value,d_x\n"1,5","2,5",2.25,3.0\n3,4,9.0,6.0\n1,"5,2",,\n'
