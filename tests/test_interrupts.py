"""Ctrl-C at any moment, each with a real process: exit code 130, not a word, nothing half written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.running import PATIENCE, environment

# The process waits for the signal where a moment is to be met: in a line of the program or of what it imports.
STOPPED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

def stop(frame, event, argument):
    if event == {event!r} and frame.f_globals.get("__name__") == {module!r} and frame.f_code.co_name == {function!r}:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)
    return None

sys.setprofile(stop)
from gradcli.__main__ import main
main()
"""
APPLES = ("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
DRAW = ("draw", "a*x", "--output", "graph.svg")
MOMENTS = [
    ("gradcli.program", "<module>", "call", APPLES),
    ("click.core", "<module>", "call", APPLES),
    ("gradcli.commands.eval", "<module>", "return", APPLES),
    ("gradcli.operators.table", "<module>", "call", APPLES),
    ("importlib._bootstrap", "cb", "call", APPLES),  # what is raised there Python says and drops
    ("gradcli.language.parser", "parse", "call", APPLES),
    ("gradcli.report.factory", "write", "call", APPLES),
    ("gradcli.commands.common", "print_report", "call", ("diff", "a*x")),
    ("gradcli.draw.forms.svg", "svg", "return", DRAW),
    ("gradcli.commands.files", "_create", "return", DRAW),
    ("gradcli.commands.files", "_keep", "return", DRAW),
    ("subprocess", "communicate", "call", ("compare", "a*x")),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("module", "function", "event", "arguments"), MOMENTS, ids=lambda value: str(value)[:40])
def test_moments(module: str, function: str, event: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """While it imports, reads, draws, writes a file and waits for SymPy."""
    script = STOPPED.format(module=module, function=function, event=event)
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert (130, b"", b"") == (done.returncode, done.stdout, done.stderr)
    assert os.listdir(tmp_path) == []


# Its derivative takes SymPy many seconds, in a process of its own, which says where it is.
SLOW = "\n".join(["s0 = x + y", *(f"s{i} = sin(s{i - 1})*s{i - 1}" for i in range(1, 17))])


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_sympy_ends_with_the_program(end: signal.Signals) -> None:
    """Whatever ends the program: its standard error is the other process's too, and is closed when both are gone."""
    program = STOPPED.format(event="call", module="no module", function="")
    with subprocess.Popen(
        [sys.executable, "-c", program, "compare", SLOW, "--limit", "1000"],
        stdout=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not (found := children.read_text(encoding="ascii").split()):
            time.sleep(0.01)
        process.send_signal(end)
        assert process.wait(PATIENCE) == (130 if end == signal.SIGINT else -end)
    child = Path("/proc", found[0])
    while child.exists() and b"gradcli" in (child / "cmdline").read_bytes():
        time.sleep(0.01)
