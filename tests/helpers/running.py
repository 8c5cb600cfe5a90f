"""Runs gradcli for the tests: in this process (fast), as a process of its own, or on a pseudo terminal."""

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
from traceback import print_exc
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from gradcli import program
from gradcli.__main__ import main
from tests.helpers.wheel import lay_out

ROOT = Path(__file__).parents[2]
PATIENCE = 1000  # seconds after which a process hangs: no machine is that slow
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


def run_terminal(
    columns: int, *arguments: str, variables: Mapping[str, str] | None = None, keys: bool = False
) -> Outcome:
    """Run gradcli on a pseudo terminal of so many columns; standard error goes to the terminal too.

    With `keys` standard input is the terminal besides, as for a pager. The process is a fork of this one, in which
    gradcli is loaded.
    """
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # of threads, which NumPy has and the fork does not need
        child = os.fork()
    if not child:
        os.dup2(slave if keys else os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(slave, 1)
        os.dup2(slave, 2)
        os.closerange(3, max(master, slave) + 1)
        _become(arguments, environment(**({"TERM": "xterm-256color"} | dict(variables or {}))))
    os.close(slave)
    pieces = []
    with suppress(OSError):  # with which it ends on Linux
        while piece := os.read(master, 65536):
            pieces.append(piece)
    os.close(master)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Outcome(code, b"".join(pieces).decode().replace("\r\n", "\n"), "")


def _become(arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    """Be the program, as far as a fork can, and end as it ends."""
    code: object = 1
    try:
        os.environ.clear()
        os.environ |= variables
        sys.argv[1:] = arguments
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))
        main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else bool(code))
