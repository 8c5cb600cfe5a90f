"""Runs gradcli for the tests: in this process (fast), as a fork with pipes or on a terminal, as a process."""

import atexit
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gradcli import program
from tests.helpers.forks import PATIENCE, exit_code, started
from tests.helpers.wheel import lay_out

ROOT = Path(__file__).parents[2]
# Nothing else of where the tests run reaches a process: no width, colours, language, pager or locale.
KEPT = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
CLEAN = {name: os.environ[name] for name in KEPT if name in os.environ} | {"LC_ALL": "C.UTF-8"}


class Outcome(NamedTuple):
    """What a run left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Whether it is one."""
        return True


def run(*arguments: str, stdin: bytes = b"", encoding: str = "utf-8", columns: int = 0) -> Outcome:
    """Run gradcli in this process, with streams of the given encoding.

    With `columns`, standard output is a terminal of that width without colours.
    """
    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding)
    kind = Terminal if columns else io.TextIOWrapper
    sys.stdout = kind(out, encoding, write_through=True, newline="\n")
    sys.stderr = io.TextIOWrapper(err, encoding, errors="backslashreplace", write_through=True, newline="\n")
    before = dict(os.environ)
    try:
        if columns:
            os.environ |= {"COLUMNS": str(columns), "NO_COLOR": "1"}
        code = program._run(list(arguments))
        return Outcome(code, out.getvalue().decode(encoding), err.getvalue().decode(encoding))
    finally:
        if before != os.environ:
            os.environ.clear()
            os.environ |= before
        sys.stdin, sys.stdout, sys.stderr = streams


@cache
def installed() -> str:
    """A folder with gradcli as a wheel installs it: its processes start in half the time, without Lark."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    lay_out(Path(folder))
    return folder


def environment(**changes: str) -> dict[str, str]:
    """The environment of a gradcli process: what this checkout installs, UTF-8, and the changes."""
    # The folder in which a process starts, which may be the checkout, does not come before what is installed.
    return CLEAN | {"PYTHONPATH": installed(), "PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"} | changes


def run_process(*arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None) -> Outcome:
    """Run gradcli as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "gradcli", *arguments],
        input=stdin,
        capture_output=True,
        env=environment(**(variables or {})),
        timeout=PATIENCE,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def run_forked(
    *arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None, encoding: str = "utf-8"
) -> Outcome:
    """The same without its start: by a fork of a process in which gradcli is loaded, with pipes.

    What is said on standard error fits into a pipe.
    """
    (given, giving), (out, writing), (err, saying) = os.pipe(), os.pipe(), os.pipe()
    run = started(arguments, {0: given, 1: writing, 2: saying}, environment(**(variables or {})), os.getcwd())
    for descriptor in (given, writing, saying):
        os.close(descriptor)
    with suppress(BrokenPipeError), os.fdopen(giving, "wb", buffering=0) as pipe:
        pipe.write(stdin)
    printed, said = (_rest(descriptor).decode(encoding, "replace") for descriptor in (out, err))
    return Outcome(exit_code(run), printed, said)


def run_terminal(
    columns: int, *arguments: str, variables: Mapping[str, str] | None = None, keys: bool = False
) -> Outcome:
    """Run such a fork on a pseudo terminal of so many columns; standard error goes to the terminal too.

    With `keys` standard input is the terminal besides, as for a pager.
    """
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    known = environment(**({"TERM": "xterm-256color"} | dict(variables or {})))
    run = started(arguments, {0: slave if keys else nothing, 1: slave, 2: slave}, known, os.getcwd())
    os.close(slave)
    os.close(nothing)
    shown = _rest(master).decode().replace("\r\n", "\n")
    return Outcome(exit_code(run), shown, "")


def _rest(descriptor: int) -> bytes:
    """All that is read from it."""
    pieces = []
    with suppress(OSError):  # with which a terminal ends on Linux
        while piece := os.read(descriptor, 65536):
            pieces.append(piece)
    os.close(descriptor)
    return b"".join(pieces)
