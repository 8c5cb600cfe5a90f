"""gradcli without its start, most of what a short run takes: forks of a process in which it is loaded.

They cannot show how Python starts: the encoding of a locale, an interrupt among imports, Python's own options. A test
of these starts a process of its own.

Each connection to the socket of `serve` is a run. It sends one byte with the descriptors that the program has; then,
with zero bytes between them, their numbers, the folder, the number of arguments, these, and the environment. It gets
the exit code as a line. `CLIENT` is a program that does so, for shells; this file is a program, too: it serves.
"""

import atexit
import fcntl
import gc
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

HIGHEST = 200  # above all numbers that a shell gives to what it opens
ARRIVED = b"."
PATIENCE = 1000  # seconds after which a process hangs: no machine is that slow

# With Python's barest start and modules that it has at hand: a sixth of the time that gradcli takes to start.
CLIENT = f"""#!{sys.executable} -ISB
import array, os, sys
from _socket import AF_UNIX, SCM_RIGHTS, SHUT_WR, SOCK_STREAM, SOL_SOCKET, socket
def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
numbers = array.array("i", filter(is_open, range({HIGHEST})))
told = [",".join(map(str, numbers)).encode(), os.getcwdb(), b"%d" % len(sys.argv[1:])]
told += map(os.fsencode, sys.argv[1:])
told += (name + b"=" + value for name, value in os.environb.items())
asked = socket(AF_UNIX, SOCK_STREAM)
asked.connect(ADDRESS)
asked.sendmsg([{ARRIVED!r}], [(SOL_SOCKET, SCM_RIGHTS, numbers)])
rest = memoryview(bytes(1).join(told))
while rest:
    rest = rest[asked.send(rest):]
asked.shutdown(SHUT_WR)
os._exit(int(asked.recv(20)))
"""


@cache
def address() -> str:
    """Where a process, which ends with this one, waits for connections."""
    from tests.helpers.running import environment

    folder = TemporaryDirectory()
    path = str(Path(folder.name) / "runs")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        server = subprocess.Popen(
            [sys.executable, __file__, str(listener.fileno())],
            stdin=subprocess.PIPE, pass_fds=[listener.fileno()], env=environment(),
        )  # fmt: skip

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return path


@cache
def program() -> str:
    """The path of a program that is gradcli, for shells."""
    path = Path(address()).with_name("gradcli")
    path.write_text(CLIENT.replace("ADDRESS", repr(address())), encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def started(
    arguments: Sequence[str], descriptors: Mapping[int, int], variables: Mapping[str, str], folder: str
) -> socket.socket:
    """The connection to a run that has these of the own descriptors by these numbers."""
    asked = socket.socket(socket.AF_UNIX)
    asked.settimeout(PATIENCE)
    asked.connect(address())
    socket.send_fds(asked, [ARRIVED], list(descriptors.values()))
    environment = [f"{name}={value}" for name, value in variables.items()]
    told = [",".join(map(str, descriptors)), folder, str(len(arguments)), *arguments, *environment]
    asked.sendall(b"\0".join(map(os.fsencode, told)))
    asked.shutdown(socket.SHUT_WR)
    return asked


def exit_code(asked: socket.socket) -> int:
    """That of the run, when it has ended."""
    with asked:
        return int(asked.recv(20))


def serve(listener: socket.socket) -> None:
    """Run programs until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while listener.fileno() in select.select([listener.fileno(), 0], [], [])[0]:
        asked = listener.accept()[0]
        if not os.fork():
            os.close(listener.detach())
            _run(asked)
            return
        asked.close()
        with suppress(ChildProcessError):  # their time is that of the tests
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _run(asked: socket.socket) -> None:
    """Be the program in a process of its own, and tell how it ended."""
    _, descriptors, *_ = socket.recv_fds(asked, len(ARRIVED), HIGHEST)
    told = b"".join(iter(lambda: asked.recv(1 << 16), b"")).split(b"\0")
    child = os.fork()
    if not child:
        asked.detach()
        _become(descriptors, told)
        return
    for descriptor in (0, 1, 2, *descriptors):
        with suppress(OSError):
            os.close(descriptor)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    asked.send(b"%d\n" % code)
    os._exit(0)


def _become(descriptors: Sequence[int], told: Sequence[bytes]) -> None:
    """The program with what it is told, to its end, which is that of the process."""
    numbers, folder, count, *rest = told
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, HIGHEST) for descriptor in descriptors]
    os.closerange(0, HIGHEST)
    for number, descriptor in zip(map(int, numbers.split(b",") if numbers else ()), moved, strict=True):
        os.dup2(descriptor, number)
    os.closerange(HIGHEST, HIGHEST + max(moved, default=0))
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(pair.partition(b"=")[::2] for pair in rest[int(count) :])
    sys.argv[1:] = map(os.fsdecode, rest[: int(count)])
    sys.stdin, sys.stdout, sys.stderr = (_stream(number) for number in range(3))
    # Ctrl-C interrupts it also where the tests run with Ctrl-C ignored, as under nohup.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


def _stream(number: int) -> TextIO | None:
    """As Python opens it at its start; None where nothing is open."""
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8").partition(":")
    errors = "backslashreplace" if number == 2 else errors or "strict"
    try:
        stream = os.fdopen(number, "w" if number else "r", encoding=encoding, errors=errors, newline="\n")
    except OSError:
        return None
    if number:
        stream.reconfigure(line_buffering=number == 2 or stream.isatty())
    return stream


def _load() -> None:
    """What most runs need."""
    from gradcli.program import _run

    streams = sys.stdout, sys.stderr
    with open(os.devnull, "w", encoding="utf-8") as sys.stdout, open(os.devnull, "w", encoding="utf-8") as sys.stderr:
        _run(["eval", "a*x + relu(b)", "--at", "a=1,b=0,x=2", "--trace"])
        _run(["eval", "x +"])
    sys.stdout, sys.stderr = streams
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    from gradcli.__main__ import main

    _load()
    with socket.socket(fileno=int(sys.argv[1])) as waiting:
        serve(waiting)
