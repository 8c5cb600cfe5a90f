"""Tables as programs and spreadsheets write them, each by pyarrow and without it."""

import gzip
import io
import json
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from gradcli.batch.block import Block
from gradcli.batch.forms import csv, jsonl, pieces, tables
from gradcli.batch.forms.csv import Csv, Dialect
from gradcli.batch.forms.jsonl import JsonLines
from gradcli.batch.forms.tables import TableReader
from gradcli.errors import GradcliError
from tests.helpers.running import run

BOTH = pytest.mark.parametrize("fast", [True, False], ids=["pyarrow", "alone"])


@pytest.fixture
def read(fast: bool, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads a text in one of both ways: the names, and all blocks of the columns that are needed."""
    for module in (csv, jsonl):
        monkeypatch.setattr(module, "has_arrays", lambda: fast)

    def reading(text: str | bytes, needed: str, keep: bool = False, dialect: Dialect | None = None) -> list[Block]:
        data = text if isinstance(text, bytes) else text.encode()
        stream = io.BytesIO(data)
        reader = JsonLines(stream, None) if data[:1] in (b"{", b"[") else Csv(stream, None, dialect or Dialect())
        return list(reader.blocks(list(needed), keep))

    return reading


def numbers(blocks: list[Block], name: str = "x") -> list[float | None]:
    """A column; None for what is no finite number."""
    found = [float(number) for block in blocks for number in block.columns[name]]
    assert sum(block.size for block in blocks) == len(found)
    return [number if isfinite(number) else None for number in found]


@BOTH
@pytest.mark.usefixtures("fast")
def test_packed_rows(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """By gzip, in several members, with zeros behind them, in data that grow beyond what is read at a time."""
    monkeypatch.setattr(pieces, "_SIZE", 1 << 12)
    rows = "x\n" + "".join(f"{row}.5\n" for row in range(2_000))
    packed = gzip.compress(rows.encode()) + gzip.compress(b"2\n3") + bytes(512)
    assert numbers(read(packed, "x"))[-3:] == [1999.5, 2.0, 3.0]
    for damaged in (packed[:40], packed[:600], gzip.compress(b"x\n1\n") + b"more"):
        with pytest.raises(GradcliError, match="no gzip file"):
            read(damaged, "x")


def test_packed_files(tmp_path: Path) -> None:
    """A file is known by the ending before that of gzip, and so is its part."""
    for name, text in (("a.csv.gz", "x\n2\n"), ("b.jsonl.gz", '{"x": 3}\n')):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    assert run("batch", "x^2", "--rows", str(tmp_path), "--json").out.count("\n") == 2
    assert run("batch", "x^2", "--rows", str(tmp_path), "--output", str(tmp_path / "out/")).code == 0
    assert (tmp_path / "out" / "a.csv").read_text(encoding="utf-8") == "value,d_x\n4.0,4.0\n"


@pytest.mark.parametrize("text", ['[{"x": 1}, {"x": 2}]', '[\n{"x": 1},\n{"x": 2}\n]', '\n [\n  {\n "x": 1}]'])
def test_an_array_is_no_lines(text: str) -> None:
    """Though its own lines may be objects: a row would be lost, or all but the last. A row may be a list, a bad one."""
    asked = ("batch", "x", "--rows", "-", "--from", "jsonl")
    error = "standard input is one JSON array; JSON Lines have an object a line, as jq -c '.[]' writes them"
    assert run(*asked, stdin=text.encode()) == (2, "", f"gradcli: {error}\n")
    assert run(*asked, stdin=b'[1]\n{"x": 1}\n').code == 1


CSV = {
    "plain": ("x,y\n1,2\n-.5e1,3\n", [1.0, -5.0]),
    "no last end": ("x\n1\n2", [1.0, 2.0]),
    "byte order mark": ("\ufeffx\n1\n", [1.0]),
    "carriage returns": ("x,y\r\n1,2\r\n3,4\r\n", [1.0, 3.0]),
    "carriage returns alone": ("x,y\r1,2\r3,4", [1.0, 3.0]),
    "empty lines": ("\n\nx,y\n\n1,2\n\n3,4\n\n", [1.0, 3.0]),
    "quotes": ('"x","y ""z"""\n"1","a,b"\n2,"c\nd"\n3,e\n', [1.0, 2.0, 3.0]),
    "spaces": (" x , y\n 1 , 2\n+2,3\n", [1.0, 2.0]),
    "full-width name": ("ｘ\n1\n", [1.0]),
    "empty cells": ("x,y\n,2\n1,\n", [None, 1.0]),
    "no numbers": ("x,y\nabc,2\n1_0,2\n0x1,2\n1e,2\nTrue,2\n1,2\n", [None, None, None, None, None, 1.0]),
    "ragged": ("x,y\n1\n1,2,3\n4,5\n", [None, None, 4.0]),
    "long numbers": ("x\n123456789012345678901234567890\n1e-400\n0.1000000000000000055511151231257827\n",
                     [1.2345678901234568e29, 0.0, 0.1]),
    "a line of Excel": ("sep=;\nx;y\n1;2\n", [1.0]),
    "no rows": ("x,y\n", []),
    "no rows, no end": ("x,y", []),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("case", CSV.values(), ids=CSV)
@pytest.mark.parametrize("keep", [False, True])
def test_csv(read: Any, case: tuple[str, list[float | None]], keep: bool) -> None:
    """The numbers, NaN where there is none."""
    text, expected = case
    assert numbers(read(text, "x", keep)) == expected


@BOTH
def test_decimal_commas(read: Any) -> None:
    """With semicolons, as a spreadsheet in many languages writes, or quotes; a point is none then."""
    dialect = Dialect(";", ",")
    for keep in (False, True):
        assert numbers(read("x;y\n1,5;a\n2;b\n1.5;c\n", "x", keep, dialect)) == [1.5, 2.0, None]
        assert numbers(read("x;y\n1,5;a\n2;b\n", "x", keep, dialect)) == [1.5, 2.0]
        assert numbers(read('x,y\n"1,5",a\n2,b\n', "x", keep, Dialect(",", ","))) == [1.5, 2.0]


@BOTH
def test_cells_are_kept_as_they_are(read: Any) -> None:
    """Each text of each column, those of numbers too."""
    (block,) = read("x,label\n1.50,a\nabc,\n", "x", keep=True)
    kept = {
        name: list(getattr(column, "to_pylist", lambda column=column: column)()) for name, column in block.kept.items()
    }
    assert kept["x"] == ["1.50", "abc"]
    assert [cell or "" for cell in kept["label"]] == ["a", ""]


@BOTH
@pytest.mark.parametrize("keep", [False, True])
def test_quotes_are_read_in_one_way(read: Any, keep: bool) -> None:
    """By pyarrow where it can, as the csv module reads them."""
    text = '"x","y"\r\n"1","a ""b"""\r\n"2.5","c\r\nd,"\r\n"","e"\r\n" 3 ",f"g\r\n"4"0,h\r\n'
    blocks = read(text, "x", keep)
    assert numbers(blocks) == [1.0, 2.5, None, 3.0, 40.0]
    texts = [str(cell) for block in blocks for cell in block.kept.get("y", ())]
    assert texts == (['a "b"', "c\r\nd,", "e", 'f"g', "h"] if keep else [])
    only = read('"x"\n"1"\n""\n"2"\n', "x", keep)
    assert numbers(only) == [1.0, None, 2.0]


@BOTH
def test_rows_are_told_by_their_lines(read: Any) -> None:
    """Those on which they begin, as an editor counts them, in every piece; and what is wrong there."""
    text = 'x,y\n\n1,2\n"a\nb",2\n\n5\n,1\n'
    (block,) = read(text, "x")
    assert [block.place(index)["line"] for index in range(4)] == [3, 4, 7, 8]
    problems = [block.problem(index) for index in range(4)]
    assert [problem and problem["code"] for problem in problems] == [None, "row.no-number", "row.cells", "row.empty"]


@BOTH
def test_pieces_end_where_lines_do(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of the pieces, in quotes and characters too; lines are counted over all."""
    text = "x,y\n" + "".join(f'{number},"a\n{number}é"\n' for number in range(40))
    for size in (1, 3, 64):
        monkeypatch.setattr(pieces, "_SIZE", size)
        blocks = read(text, "x")
        assert numbers(blocks) == [float(number) for number in range(40)]
        assert [block.place(index)["line"] for block in blocks for index in range(block.size)] == list(range(2, 82, 2))


def test_a_quotation_without_end_is_no_endless_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told where it begins, before all of a large file is read."""
    monkeypatch.setattr(pieces, "_SIZE", 8)
    monkeypatch.setattr(pieces, "_MOST", 20)
    reader = Csv(io.BytesIO(b'x\n1\n"' + b"2\n" * 50), None, Dialect())
    with pytest.raises(GradcliError) as caught:
        list(reader.blocks(["x"], False))
    assert (caught.value.code, caught.value.facts) == ("row-too-long", {"line": 3})


JSON = {
    "plain": ('{"x":1,"y":"a"}\n{"y":null,"x":2.5}\n', [1.0, 2.5]),
    "no last end, empty lines": ('{"x":1}\n\n{"x":2}', [1.0, 2.0]),
    "no numbers": ('{"x":"1"}\n{"x":true}\n{"x":null}\n{}\n[1]\n{"x":1\n{"x":2}', [None] * 6 + [2.0]),
    "large": ('{"x":123456789012345678901234567890}\n{"x":1' + "0" * 400 + "}\n", [1.2345678901234568e29, None]),
    "two in a line": ('{"x":1}{"x":2}\n{"x":3}\n', [None, 3.0]),
    "not finite": ('{"x":1}\n{"x":NaN}\n', [1.0, None]),
}


@BOTH
@pytest.mark.parametrize("case", JSON.values(), ids=JSON)
def test_json_lines(read: Any, case: tuple[str, list[float | None]]) -> None:
    """The numbers, NaN where there is none."""
    text, expected = case
    assert numbers(read(text, "x")) == expected
    assert numbers(read(text, "x", keep=True)) == expected


@BOTH
@pytest.mark.parametrize(
    ("row", "code", "facts"),
    [
        ('{"x":1e999}', "row.no-number", {"name": "x", "cell": "1e999"}),
        ('{"x":-1E+400}', "row.no-number", {"name": "x", "cell": "-1E+400"}),
        (f'{{"x":9{"0" * 5000}}}', "row.no-number", {"name": "x", "cell": f"9{'0' * 5000}"}),
        ('{"x":[1, 2.5]}', "row.no-number", {"name": "x", "cell": "[1, 2.5]"}),
        ('{"x":-Infinity}', "row.no-number", {"name": "x", "cell": "-Infinity"}),
        ('{"x":1,"x":2}', "row.twice", {"name": "x"}),
        ('{"x":1,"y":0,"\\u0078":1}', "row.twice", {"name": "x"}),
        ('{"y":1,"y":2,"x":1,"z":{"x":3}}', "", {}),  # of which x is needed alone
    ],
)
def test_what_is_wrong_with_a_row_of_json(read: Any, row: str, code: str, facts: dict[str, str]) -> None:
    """The number as it is written; a name that stands there twice has no number."""
    for keep in (False, True):
        (block,) = read(f'{{"x":1}}\n{row}\n{{"x":2}}\n', "x", keep)
        assert numbers([block]) == [1.0, None if code else 1.0, 2.0]
        assert block.problem(1) == ({"code": code, "facts": facts} if code else None)


@BOTH
def test_a_list_that_stands_twice_in_a_row_or_is_beyond_doubles(read: Any) -> None:
    """The same of arrays, in CSV too."""
    (block,) = read('{"x":[1,2]}\n{"x":[1,2],"x":[3,4]}\n{"x":[1,1e999]}\n', ["x[1]"])
    assert numbers([block], "x[1]") == [2.0, None, None]
    told = {"code": "row.no-number", "facts": {"name": "x", "cell": "1e999"}}
    assert [block.problem(1), block.problem(2)] == [{"code": "row.twice", "facts": {"name": "x"}}, told]
    (block,) = read('x\n"[1,2]"\n"[1,1e999]"\n', ["x[1]"])
    assert (numbers([block], "x[1]"), block.problem(1)) == ([2.0, None], told)


TABLE = pyarrow.table(
    {
        "integer": pyarrow.array([1, None, 2**53 + 1]),
        "single": pyarrow.array([0.1, 2.0, None], pyarrow.float32()),
        "decimal": pyarrow.array([Decimal("0.1"), None, Decimal("1.7")], pyarrow.decimal128(5, 2)),
        "listed": pyarrow.array([1.5, 2.5, None]).dictionary_encode(),
        "text": ["a", "b", None],
    }
)


@pytest.mark.parametrize("form", ["parquet", "file", "stream"])
def test_tables(form: str, tmp_path: Path) -> None:
    """Every type of numbers, and nulls; rows have numbers, texts are refused."""
    path = tmp_path / "table"
    if form == "parquet":
        pyarrow.parquet.write_table(TABLE, path)
    else:
        opened = pyarrow.ipc.new_file if form == "file" else pyarrow.ipc.new_stream
        with opened(str(path), TABLE.schema) as writer:
            writer.write_table(TABLE)
    needed = ["integer", "single", "decimal", "listed"]
    with path.open("rb") as stream:
        reader = TableReader(stream, "table", "parquet" if form == "parquet" else "arrow")
        (block,) = reader.blocks(needed, keep=True)
        with pytest.raises(GradcliError, match="has no numbers"):
            list(reader.blocks(["text"], keep=False))
    assert numbers([block], "integer") == [1.0, None, float(2**53)]
    assert numbers([block], "single") == [0.10000000149011612, 2.0, None]
    assert numbers([block], "decimal") == [0.1, None, 1.7]
    assert numbers([block], "listed") == [1.5, 2.5, None]
    assert block.place(2) == {"file": "table", "row": 3}
    assert block.problem(1) == {"code": "row.empty", "facts": {"name": "integer", "cell": ""}}
    assert block.problem(0) is None
    assert block.kept["text"].to_pylist() == ["a", "b", None]


def test_what_json_has_not_is_null_or_text(tmp_path: Path) -> None:
    """Also within lists and objects: no NaN, and bytes in hexadecimal digits."""
    path = tmp_path / "rows.parquet"
    table = {"x": [1.0], "list": [[float("nan"), 2.0]], "object": [{"a": float("inf"), "b": b"\x01\xff"}], "b": [b"\n"]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    asked = ("batch", "x", "--rows", str(path), "--keep", "--format")
    found = json.loads(run(*asked, "jsonl").out)
    assert (found["list"], found["object"], found["b"]) == ([None, 2.0], {"a": None, "b": "01ff"}, "0a")
    assert run(*asked, "csv").out.splitlines()[1] == '1.0,"[null,2.0]","{""a"":null,""b"":""01ff""}",0a,1.0,1.0'


def test_blocks_of_wide_tables_have_fewer_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All columns of a block are in memory at once, as texts even; what is written is the same."""
    monkeypatch.setattr(tables, "_CELLS", 500)
    path = str(tmp_path / "wide.parquet")
    columns: dict[str, Any] = {f"c{n}": pyarrow.array([float(n)] * 30) for n in range(50)}
    columns["c1"] = pyarrow.array(["a,b", None, 'c"'] * 10)
    columns["c2"] = pyarrow.array([None, 7, -(2**60)] * 10)
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    with open(path, "rb") as stream:
        sizes = [block.size for block in TableReader(stream, path, "parquet").blocks(["c0"], keep=True)]
    assert sizes == [10, 10, 10]
    lines = run("batch", "c3", "--rows", path, "--keep", "--format", "csv").out.splitlines()
    assert len(lines) == 1 + 30
    for line, cells in zip(lines[1:4], ('"a,b",', ",7", '"c""",-1152921504606846976'), strict=True):
        assert line == f"0.0,{cells},{','.join(f'{n}.0' for n in range(3, 50))},3.0,1.0"
