"""`gradcli batch` on clusters of Dask: the columns of one process, whatever happens to workers and schedulers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy
import psutil
import pyarrow.parquet
import pytest

from tests.helpers.running import PATIENCE, environment, run, run_process

EXPRESSION = "log(x)*y + w"
DASK = (sys.executable, "-m", "dask")
ALONE = ("--nthreads", "1", "--dashboard-address", ":0")
SLOW = ("--engine", "scalar")  # so that there is a middle, of some seconds
HEAVY = "+".join([EXPRESSION, *["0*sin(y)"] * 30])


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of 3,000 rows each in a folder, one row of them bad, in the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows").mkdir()
    for place in range(12):
        x = numpy.random.default_rng(place).normal(9, 1, 3_000)
        x[0] = -1.0 if place == 7 else x[0]
        table = pyarrow.table({"x": x, "y": x[::-1]})
        pyarrow.parquet.write_table(table, tmp_path / "rows" / f"{place:02}.parquet")
    return tmp_path


def arguments(*more: str) -> tuple[str, ...]:
    """Those of all runs; of one that is to be interrupted the expression takes long."""
    expression = HEAVY if set(SLOW) <= {*more} else EXPRESSION
    return ("batch", expression, "--rows", "rows", "--at", "w=2", *more)


def read(folder: str) -> pyarrow.Table:
    """All parts of a folder, in their order; there is nothing else in it but what --resume knows it by."""
    paths = sorted(path for path in Path(folder).iterdir() if path.name != ".gradcli-rows.json")
    assert [path.name for path in paths] == [f"{place:02}.parquet" for place in range(12)]
    return pyarrow.concat_tables(map(pyarrow.parquet.read_table, paths)).combine_chunks()


@contextmanager
def started(*more: str) -> Iterator[subprocess.Popen[str]]:
    """A run that is going on, in a group of processes of its own as a shell starts it."""
    with subprocess.Popen(
        [sys.executable, "-m", "gradcli", *arguments(*more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    ) as process:
        yield process


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds."""
    until = time.monotonic() + PATIENCE / 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.002)


def workers_of(process: int) -> list[psutil.Process]:
    """The processes of workers that a process has started."""
    found = []
    for child in psutil.Process(process).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
    return found


def are_gone(processes: list[psutil.Process]) -> bool:
    """Whether all of them have ended."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler with workers as a user starts them: its address, and the processes, the scheduler first."""
    file = folder / "scheduler.json"
    scheduler = [*DASK, "scheduler", "--port", "0", "--scheduler-file", str(file), "--dashboard-address", ":0"]
    worker = [*DASK, "worker", "--scheduler-file", str(file), *ALONE]
    ordered = [scheduler, *[worker] * workers]
    processes = []
    try:
        for command in ordered:
            processes.append(
                subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True)
            )
            wait_for(file.exists)
        file_text = file.read_text(encoding="utf-8")
        yield json.loads(file_text)["address"], processes
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("workers", ["1", "3"])
def test_columns_are_those_of_one_process(workers: str) -> None:
    """To the bit: in a folder, in one file, in a sum; and the same row is told."""
    for output in ("{}/", "{}.parquet"):
        one = run_process(*arguments("--output", output.format("one")))
        many = run_process(*arguments("--output", output.format("many"), "--workers", workers))
        assert one == many
        assert one.code == 1
        assert "rows/07.parquet" in one.err
    assert read("many").equals(read("one"))
    assert Path("many.parquet").read_bytes() == Path("one.parquet").read_bytes()
    options = ("--mean", "--skip-bad", "--json")
    assert run_process(*arguments(*options, "--workers", workers)) == run_process(*arguments(*options))


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("output", ["many/", "many.csv"])
def test_a_worker_that_is_killed_costs_time(output: str) -> None:
    """No rows, and no row twice."""
    one = run_process(*arguments("--output", output.replace("many", "one"), *SLOW))
    with started("--output", output, "--workers", "2", *SLOW) as process:
        # A part of one file is there for some milliseconds alone, until it stands in that.
        wait_for(lambda: any(Path().glob("many/*.parquet")) or any(Path().glob(".gradcli-*/[0-9]*")))
        victim = workers_of(process.pid)[0]
        victim.kill()
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (one.code, one.err)
    if output == "many/":
        assert read("many").equals(read("one"))
    else:
        assert Path("many.csv").read_bytes() == Path("one.csv").read_bytes()


def test_a_running_cluster_and_a_lost_scheduler(rows: Path) -> None:
    """Its workers have other current folders; what is complete stays when it is gone, and --resume goes on."""
    one = run_process(*arguments("--output", "one/", *SLOW))
    with cluster(rows) as (address, (scheduler, *_)):
        mean = ("--mean", "--skip-bad", "--json")
        assert run_process(*arguments(*mean, "--scheduler", address)) == run_process(*arguments(*mean))
        with started("--output", "many/", "--scheduler", address, *SLOW) as process:
            wait_for(lambda: len(list(Path().glob("many/*.parquet"))) > 1)
            os.killpg(scheduler.pid, signal.SIGKILL)
            out, err = process.communicate(timeout=PATIENCE)
            assert (process.returncode, out) == (1, "")
            assert err == (
                "gradcli: the Dask scheduler is gone, and what was not complete with it; "
                "--resume goes on with the files that are missing\n"
            )
    there = {path.name: path.stat().st_mtime_ns for path in Path("many").glob("*.parquet")}
    assert 1 < len(there) < 12
    resumed = run_process(*arguments("--output", "many/", *SLOW, "--resume", "--workers", "2"))
    assert resumed.code == ("07.parquet" not in there)
    assert {name: (Path("many") / name).stat().st_mtime_ns for name in there} == there
    assert one.code
    assert read("many").equals(read("one"))


def test_a_cluster_without_workers(rows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may start them when there is work: that is told, and the rows wait, but not for ever."""
    with cluster(rows, workers=0) as (address, processes):
        told = f"note: the Dask cluster at '{address}' has no workers; the rows wait up to {{}} seconds for one\n"
        with started("--mean", "--skip-bad", "--scheduler", address) as process:
            assert process.stderr
            assert process.stderr.readline() == told.format(300)
            command = (*DASK, "worker", address, *ALONE)
            with subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True) as one:
                processes.append(one)
                out, _ = process.communicate(timeout=PATIENCE)
                assert (process.returncode, "The mean over 35,999 rows." in out) == (0, True)
                os.killpg(one.pid, signal.SIGTERM)
        for name in ("_QUIET", "_WAIT"):
            monkeypatch.setattr(f"gradcli.batch.workers.cluster.{name}", 1)
        found = run(*arguments("--mean", "--scheduler", address))
        assert (found.code, found.out) == (1, "")
        assert found.err == told.format(1) + (
            f"gradcli: the Dask cluster at '{address}' has got no worker in 1 second; "
            f"start some with dask worker {address}\n"
        )


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "localhost", "nobody.invalid:8786", "none://a:1"])
def test_an_unreachable_scheduler(address: str) -> None:
    """One message within some seconds."""
    begun = time.monotonic()
    found = run_process(*arguments("--output", "many/", "--scheduler", address))
    assert (found.code, found.out, found.err.count("\n")) == (1, "", 1)
    assert found.err.startswith(f"gradcli: there is no Dask scheduler at '{address}' (")
    assert time.monotonic() - begun < 30


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_processes(kind: signal.Signals) -> None:
    """A terminal's Ctrl-C reaches all of them, and none says a word. What a killed run hid, the next one removes."""
    with started("--output", "many.csv", "--workers", "2", *SLOW) as process:
        wait_for(lambda: bool(list(Path().glob(".gradcli-*/[0-9]*"))))
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(workers_of(process.pid)) == 2
        if kind == signal.SIGINT:
            os.killpg(process.pid, kind)
        else:
            process.kill()
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (130 if kind == signal.SIGINT else -kind, "")
        assert kind == signal.SIGKILL or err == ""
        wait_for(lambda: are_gone(children))
    assert not Path("many.csv").exists()
    if kind == signal.SIGKILL:
        run_process(*arguments("--output", "one.csv"))
    assert not list(Path().glob(".gradcli-*"))
