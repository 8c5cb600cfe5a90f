"""`gradcli batch` as a process: pipes, a terminal, and what is left of one that is ended."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

from tests.helpers.running import PATIENCE, environment, run_terminal


def test_rows_come_by_a_pipe_as_they_are_written() -> None:
    """Each is answered before the next one is there."""
    arguments = [sys.executable, "-m", "gradcli", "batch", "x^2", "--rows", "-", "--from", "jsonl"]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdin
        assert process.stdout
        for number in (1.0, 2.0):
            process.stdin.write(json.dumps({"x": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["value"] == number**2
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_arrow_goes_through_pipes() -> None:
    """As a stream."""
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.table({"x": [1.0, 2.0]})
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    arguments = [sys.executable, "-m", "gradcli", "batch", "x^2", "--rows", "-", "--from", "arrow"]
    done = subprocess.run(
        arguments, input=sink.getvalue().to_pybytes(), stdout=subprocess.PIPE, env=environment(), check=True
    )
    assert pyarrow.ipc.open_stream(done.stdout).read_all().to_pydict() == {"value": [1.0, 4.0], "d_x": [2.0, 4.0]}


def test_a_terminal_is_told_how_far_it_has_come(tmp_path: Path) -> None:
    """Rows and speed; not where the rows themselves go there, nor in a pipe."""
    path = tmp_path / "rows.csv"
    path.write_text("x\n" + "1\n" * 40_000, encoding="utf-8")
    options = (
        "batch",
        "+".join(["sin(x)"] * 50),
        "--rows",
        str(path),
        "--engine",
        "scalar",
        "-o",
        str(tmp_path / "o.csv"),
    )
    shown = run_terminal(100, *options).out
    assert "rows, " in shown
    assert " a second" in shown
    assert shown.endswith("\x1b[?25h") or "\x1b[?25h" in shown  # the cursor is back


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    """Neither half a file nor another one, and the old one as it was."""
    output = tmp_path / "found.csv"
    output.write_text("old", encoding="utf-8")
    arguments = [sys.executable, "-m", "gradcli", "batch", "x^2", "--rows", "-", "--from", "jsonl", "-o", str(output)]
    for kind, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
            assert process.stdin
            assert process.stderr
            process.stdin.write(b'{"x":1}\n' * 12_000)  # more than a pipe holds: it is being read
            process.stdin.flush()
            process.send_signal(kind)
            assert process.wait(PATIENCE) == code
            assert process.stderr.read() == b""
    assert output.read_text(encoding="utf-8") == "old"
    assert [name for name in os.listdir(tmp_path) if not name.startswith(".gradcli-")] == ["found.csv"]


# The most memory of the process itself: what `wait4` tells may be that of the tests, from which it was started.
MEASURED = """
import re, sys
from gradcli import program
code = program._run(sys.argv[1:])
sys.stderr.write(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
sys.exit(code)
"""


def peak(rows: Path, output: Path) -> int:
    """KiB of memory that a process has at most which computes the rows of a file."""
    arguments = [sys.executable, "-c", MEASURED, "batch", "ln(x) + x*y", "--rows", str(rows), "-o", str(output)]
    done = subprocess.run(arguments, capture_output=True, env=environment(), check=True)
    return int(done.stderr)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """At most 250 MiB for two columns of Parquet, and ten times the rows take at most a tenth more."""
    rows = {}
    block = pyarrow.table({name: numpy.random.default_rng(seed).uniform(1, 2, 10**6) for seed, name in enumerate("xy")})
    for millions in (1, 10):
        rows[millions] = tmp_path / f"{millions}.parquet"
        with pyarrow.parquet.ParquetWriter(rows[millions], block.schema, use_dictionary=False) as writer:
            for _ in range(millions):
                writer.write_table(block)
    peaks = {millions: peak(path, tmp_path / f"found{millions}.parquet") for millions, path in rows.items()}
    assert peaks[10] <= 250 * 1024
    assert peaks[10] <= 1.1 * peaks[1]
    assert pyarrow.parquet.read_metadata(tmp_path / "found10.parquet").num_rows == 10**7


WITHOUT = "import sys; sys.modules |= {'numpy': None, 'pyarrow': None}; from gradcli.__main__ import main; main()"


def test_text_needs_neither_numpy_nor_pyarrow() -> None:
    """Where they cannot be imported, CSV and JSON Lines are computed row by row; more rows need them."""
    for rows, form in ((b"x\n3\nno\n", "csv"), (b'{"x":3}\n{}\n', "jsonl")):
        arguments = [sys.executable, "-c", WITHOUT, "batch", "x^2", "--rows", "-", "--from", form, "--json"]
        done = subprocess.run(arguments, input=rows, capture_output=True, env=environment(), check=False)
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            b'{"value":9.0,"gradient":{"x":6.0}}',
            b'{"value":null,"gradient":{"x":null}}',
        ]
        many = subprocess.run(arguments, input=rows * 6000, capture_output=True, env=environment(), check=False)
        assert many.returncode == 2
        assert b"more than 10,000 rows need NumPy and pyarrow" in many.stderr
