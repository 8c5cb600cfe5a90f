"""`gradcli batch` with workers, without a cluster: what each task finds, put together, is what one process finds."""

import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import numpy
import pyarrow.ipc
import pyarrow.parquet
import pytest

from gradcli.batch.forms import tables
from gradcli.batch.workers.task import Done, Task, Work
from gradcli.batch.workers.task import run as run_task
from gradcli.commands import workers
from tests.helpers.running import Outcome, run


class Here:
    """A cluster that is this process: what goes to a worker and back is sent as to another process."""

    def __init__(self, *_: object) -> None:
        self.sent = 0

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def results(self, work: Work, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task done."""
        for task in tasks:
            done = pickle.loads(pickle.dumps(run_task(*pickle.loads(pickle.dumps((work, task))))))
            if done.error:
                raise done.error
            yield done


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with 50 rows, two of them bad, in a file of five row groups, and in files of CSV; no cluster."""
    monkeypatch.setattr(workers, "Cluster", Here)
    monkeypatch.setattr(tables, "_SLICE", 20)
    x = numpy.random.default_rng(1).normal(3, 1, 50)
    x[[25, 47]] = -1.0
    table = pyarrow.table({"x": x, "e": x[::-1], "id": [f"n{place}" for place in range(50)]})
    pyarrow.parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=10)
    (tmp_path / "rows").mkdir()
    for name, part in (("a", table[:30]), ("b", table[30:])):
        lines = [",".join(part.column_names), *(",".join(map(str, row.values())) for row in part.to_pylist())]
        (tmp_path / "rows" / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def both(*options: str, output: str = "") -> tuple[Outcome, Outcome]:
    """What one process does, and what workers do."""
    found = []
    for name, more in (("one", ()), ("many", ("--workers", "2"))):
        into = ("--output", output.format(name)) if output else ()
        found.append(run("batch", "log(x)*e + w", "--at", "w=2", *options, *into, *more))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("source", "form"), [("rows.parquet", "parquet"), ("rows.parquet", "csv"), ("rows", "arrow"), ("rows", "jsonl")]
)
def test_one_file_of_parts(rows: Path, source: str, form: str) -> None:
    """The same bytes (of Arrow the same table), the same rows told, nothing left beside it."""
    one, many = both("--rows", source, "--keep", output=f"{{}}.{form}")
    assert one == many
    assert one.err.startswith("note: 2 of 50 rows")
    found = [rows / f"{name}.{form}" for name in ("one", "many")]
    if form == "arrow":
        read = [pyarrow.ipc.open_file(path.read_bytes()).read_all() for path in found]
        assert read[0].equals(read[1], check_metadata=True)
    else:
        assert found[0].read_bytes() == found[1].read_bytes()
    assert sorted(os.listdir(rows)) == [f"many.{form}", f"one.{form}", "rows", "rows.parquet"]


@pytest.mark.parametrize("options", [("--sum",), ("--mean", "--skip-bad", "--json"), ("--mean", "--wrt", "w,e")])
def test_sums(rows: Path, options: tuple[str, ...]) -> None:
    """Exact, so the same."""
    one, many = both("--rows", str(rows / "rows.parquet"), *options)
    assert one == many
    assert one.out


def test_a_folder(rows: Path) -> None:
    """A part for each file; with --resume those that are missing."""
    one, many = both("--rows", "rows", "--notes", output="{}/")
    assert one == many
    texts = [(rows / "one" / f"{name}.csv").read_bytes() for name in "ab"]
    assert [(rows / "many" / f"{name}.csv").read_bytes() for name in "ab"] == texts
    (rows / "many" / "a.csv").write_text("kept", encoding="utf-8")
    options = ("log(x)*e + w", "--at", "w=2", "--rows", "rows", "--notes", "--output", "many/", "--workers", "2")
    (rows / "many" / "b.csv").unlink()
    assert run("batch", *options, "--resume").code == 1
    assert [(rows / "many" / f"{name}.csv").read_bytes() for name in "ab"] == [b"kept", texts[1]]
    assert run("batch", *options, "--resume") == (0, "", "")


@pytest.mark.parametrize("options", [("--fail-fast",), ("--keep",), ("--at", "x=1")])
def test_errors_are_those_of_one_process(rows: Path, options: tuple[str, ...]) -> None:
    """And there is no file."""
    (rows / "rows" / "c.csv").write_text("e,x\n1,2", encoding="utf-8")
    one, many = both("--rows", "rows", *options, output="{}.csv")
    assert one == many
    assert one.err
    assert sorted(os.listdir(rows)) == ["rows", "rows.parquet"]


def test_what_does_not_go_with_workers(rows: Path) -> None:
    """Streams, and two clusters."""
    for option in ("--workers=2", "--scheduler=tcp://127.0.0.1:1"):
        name = option.partition("=")[0]
        for others, message in (
            (("--rows", "rows"), f"{name} has a meaning only with --output, --sum, --mean"),
            (("--rows", "rows", "--output", "-"), f"{name} and --output - cannot go together"),
            (("--rows", "rows", "--output", "file:///a.csv"), f"{name} and --output ADDRESS cannot go together"),
            (("--rows", "-", "--from", "csv", "--sum"), f"{name} and --rows - cannot go together"),
        ):
            assert run("batch", "x", *others, option) == (2, "", f"gradcli: {message}\n")
    found = run("batch", "x", "--rows", "rows", "--sum", "--workers", "2", "--scheduler", "a:1")
    assert found == (2, "", "gradcli: --scheduler and --workers cannot go together\n")
    assert sorted(os.listdir(rows)) == ["rows", "rows.parquet"]


def test_without_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message says what to install."""
    monkeypatch.setitem(sys.modules, "dask", None)
    (tmp_path / "rows.csv").write_text("x\n1\n", encoding="utf-8")
    found = run("batch", "x", "--rows", str(tmp_path / "rows.csv"), "--sum", "--workers", "2")
    assert found == (2, "", "gradcli: --workers and --scheduler need Dask: pip install 'gradcli[dask]'\n")
