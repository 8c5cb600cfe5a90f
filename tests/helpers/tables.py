"""Tables of rows for `gradcli batch`, in files of each form, and what is read back."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.ipc
import pyarrow.parquet

from tests.helpers.running import run

EXPRESSION = "where(x > 0, log(x)*y, relu(x + w)) / y"
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


def write_rows(folder: Path) -> None:
    """The rows, with another column, in a file of each form in the folder."""
    x, y = zip(*ROWS, strict=True)
    table = pyarrow.table({"x": x, "y": y, "id": [f"n{place}" for place in range(len(x))]})
    pyarrow.parquet.write_table(table, folder / "rows.parquet")
    with pyarrow.ipc.new_file(str(folder / "rows.arrow"), table.schema) as writer:
        writer.write_table(table)
    records = table.to_pylist()
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    for form, sign in (("csv", ","), ("tsv", "\t")):
        lines = [
            sign.join(map(str, record.values()))
            for record in (dict(zip("xyi", ("x", "y", "id"), strict=True)), *records)
        ]
        (folder / f"rows.{form}").write_text("\n".join(lines), encoding="utf-8")


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
