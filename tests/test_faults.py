"""Faults of the surroundings, each with a real process: one clear line, the right exit code, nothing lost."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.helpers import forks
from tests.helpers.forks import PATIENCE
from tests.helpers.running import Outcome, environment, run, run_forked, run_process, run_terminal

NO_SPACE = "gradcli: cannot write the output: No space left on device\n"
CLOSED = "gradcli: cannot write the output: standard output is closed\n"
AT_KINK = ("eval", "relu(x)", "--at", "x=0")
LONG = "\n".join(["s0 = x", *(f"s{i} = sin(s{i - 1})" for i in range(1, 500))])  # its trace fills any pipe
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


STARTED = f'"{sys.executable}" -m gradcli'  # a real start of Python, once for each kind of fault


def shell(redirection: str, *arguments: str | bytes, program: str = "", **variables: str) -> Outcome:
    """Run gradcli in a shell, with a redirection."""
    command = ["sh", "-c", f'{program or forks.program()} "$@" {redirection}', "sh", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment(**variables), timeout=PATIENCE, check=False)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    "arguments",
    [
        (*AT_KINK[:2], "--at", "x=1"),
        ("eval", LONG, "--at", "x=1", "--trace", "--format", "csv"),
        ("functions",),
        ("--help",),
    ],
    ids=("table", "trace", "functions", "help"),
)
def test_full_disk(arguments: tuple[str, ...]) -> None:
    """One line and exit code 1, whether it shows at a write or at the end."""
    assert (1, "", NO_SPACE) == shell(">/dev/full", *arguments)


def test_a_start_meets_the_same_faults() -> None:
    """A process that Python starts, as the forks of the other tests."""
    for redirection, said in ((">/dev/full", NO_SPACE), (">&-", CLOSED)):
        assert (1, "", said) == shell(redirection, *AT_KINK, program=STARTED)
    assert (1, "", "") == shell("<&- >&- 2>&-", *AT_KINK, program=STARTED)
    closed = "gradcli: standard input is closed; the expression cannot be read from it\n"
    assert (2, "", closed) == shell("<&-", "eval", "-", program=STARTED)


def test_full_disk_for_messages() -> None:
    """Where messages cannot be written there are none; result and exit code are the same."""
    code, out, err = shell("2>/dev/full", *AT_KINK, "--format", "csv")
    assert (0, "variable,value,gradient,status\nx,0.0,1.0,kink one-sided\ny,0.0,1.0,kink\n", "") == (code, out, err)
    assert (2, "", "") == shell("2>/dev/full", "eval", "x +")


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_output_that_fails_under_json(redirection: str) -> None:
    """The same line, in JSON."""
    code, out, err = shell(redirection, *AT_KINK, "--json")
    error = json.loads(err)["error"]
    assert (1, "", "unwritable-output", "output") == (code, out, error["code"], error["source"])
    assert f"gradcli: {error['message']}\n" == (NO_SPACE if "full" in redirection else CLOSED)


@pytest.mark.parametrize("arguments", [AT_KINK, ("--help",), ("functions",)])
def test_closed_output(arguments: tuple[str, ...]) -> None:
    """Nothing to write to is one line, too."""
    assert (1, "", CLOSED) == shell(">&-", *arguments)


def test_closed_error() -> None:
    """Without standard error the result is printed all the same."""
    code, out, _ = shell("2>&-", *AT_KINK, "--json")
    assert (0, 1.0) == (code, json.loads(out)["gradient"]["x"])
    assert (2, "", "") == shell("2>&-", "eval", "x +")
    assert (2, "", "") == shell("2>&-", "eval", "x", "--jsno")
    assert (1, "", "") == shell("<&- >&- 2>&-", *AT_KINK)


def test_closed_input() -> None:
    """Only a command that reads from standard input minds."""
    code, out, err = shell("<&-", "eval", "2*x", "--at", "x=3", "--format", "csv")
    assert (0, "variable,value,gradient,status\nx,3.0,2.0,ok\ny,6.0,1.0,ok\n", "") == (code, out, err)
    expected = "gradcli: standard input is closed; the expression cannot be read from it\n"
    assert (2, "", expected) == shell("<&-", "eval", "-")
    expected = "gradcli: standard input is closed; --at cannot be read from it\n"
    assert (2, "", expected) == shell("<&-", "eval", "x", "--at", "-")


# Ctrl-C interrupts it also where the tests run with Ctrl-C ignored, as under nohup.
INTERRUPTED = """
import signal
from gradcli.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
STOPPABLE = [sys.executable, "-c", INTERRUPTED]


def start(*arguments: str, command: Sequence[str] = STOPPABLE) -> "subprocess.Popen[bytes]":
    """Start gradcli with pipes."""
    return subprocess.Popen(
        [*command, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_closed_pipe(form: str) -> None:
    """As with `| head -1`: the reader goes away after the first characters, and the program ends quietly."""
    command = [forks.program()] if form == "csv" else STOPPABLE
    with start("eval", LONG, "--at", "x=1", "--trace", "--format", form, command=command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(5)
        process.stdout.close()
        assert b"" == process.stderr.read()
    assert process.returncode == 0


def test_head() -> None:
    """The same in a shell."""
    assert (0, "Forward pass\n", "") == shell("| head -1", "eval", LONG, "--at", "x=1", "--trace")


def test_interrupt() -> None:
    """Ctrl-C in the middle of the output: exit code 130 and not a word."""
    with start("eval", LONG, "--at", "x=1", "--trace") as process:
        assert process.stdout is not None
        process.stdout.read(5)  # it runs, and will soon wait for the pipe to be emptied
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert (130, b"") == (process.returncode, err)


def test_interrupt_while_reading() -> None:
    """Ctrl-C while the expression is typed."""
    with start("eval", "-") as process:
        assert process.stdin is not None
        process.stdin.write(b"1 + " * 50_000)  # more than a pipe holds: it returns when the program reads
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (130, b"", b"") == (process.returncode, out, err)


BAD = b"x\xff"
INVALID = [
    (("eval", BAD), "the byte \\xff is not UTF-8 text\n  x\\xff\n   ^~~~\n"),
    (("eval", "x", "--at", b"x=\xff"), "the byte \\xff is not UTF-8 text\n  x=\\xff\n    ^~~~\n"),
    (("eval", "x", b"--jso\xff"), "no such option --jso\\xff; did you mean --json?\n"),
    (("eval", b"@\xff"), "cannot read '\\xff': No such file or directory\n"),
    (("eval", "x", "--at", "x=1", "--wrt", BAD),
     "'x\\xff' is no variable and no named step of the expression; there is x\n  x\\xff\n  ^~~~~\n"),
    ((BAD,), "'x\\xff' is no command; to evaluate it: gradcli eval 'x\\xff'\n"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), INVALID, ids=range(len(INVALID)))
def test_invalid_utf8(arguments: tuple[str | bytes, ...], message: str) -> None:
    """Bytes that are no text are shown as bytes, in one message."""
    assert (2, "", f"gradcli: {message}") == run(*map(os.fsdecode, arguments))


def test_invalid_utf8_of_a_process() -> None:
    """The same of bytes that a shell hands on."""
    arguments, message = INVALID[0]
    assert (2, "", f"gradcli: {message}") == shell("", *arguments)


def test_invalid_utf8_on_standard_input() -> None:
    """The message says where."""
    expected = "gradcli: standard input is not UTF-8 text: byte \\xff at offset 1\n"
    assert (2, "", expected) == run_forked("eval", "-", stdin=BAD)


APPLES = ("eval", "りんご*θ", "--at", "りんご=2,θ=3")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("variables", [{"LC_ALL": "C", "PYTHONIOENCODING": ""}, ASCII], ids=("C", "ASCII"))
def test_posix_locale(variables: dict[str, str], tmp_path: Path) -> None:
    """Arguments and files are UTF-8 in every locale; what the output cannot hold is escaped, never lost."""
    path = tmp_path / "式.txt"
    path.write_text(APPLES[1], encoding="utf-8")
    out = run_process("eval", f"@{path}", *APPLES[2:], "--json", variables=variables)
    found = json.loads(out.out)
    assert (0, "", "りんご*θ", {"りんご": 3.0, "θ": 2.0}) == (out.code, out.err, found["expression"], found["gradient"])
    code, table, _ = run_process(*APPLES, "--trace", variables=variables)
    assert (0, True) == (code, "りんご" in table or "\\u308a\\u3093\\u3054" in table)
    code, _, err = run_process("eval", "りんご*θ", "--at", "りんご=2", variables=variables)
    assert (2, True) == (code, "no value for θ" in err or "no value for \\u03b8" in err)


def test_ascii_locale_writes_ascii() -> None:
    """Tables fall back to ASCII signs where the encoding has no others."""
    _, table, _ = run_process("eval", "relu(a*x)", "--at", "a=1,x=2", "--trace", variables=ASCII)
    assert table.isascii()
    assert "dy/dy*dy/ds" in table


def test_cp932() -> None:
    """The encoding of Japanese Windows: its letters and signs as they are, other letters escaped."""
    arguments = ("eval", "りんご*é", "--at", "りんご=2,é=3", "--trace", "--lang", "ja")
    code, table, err = run_forked(*arguments, variables={"PYTHONIOENCODING": "cp932"}, encoding="cp932")
    assert (0, "") == (code, err)
    assert all(word in table for word in ("順伝搬", "乗算ノード", "りんご", "\\xe9", "∂y/∂y*∂y/∂りんご"))
    code, out, err = run("eval", "りんご + é·é¸", encoding="cp932")
    assert (2, "", True) == (code, out, "りんご + \\xe9\\xb7\\xe9\\xb8" in err)


def test_german_locale() -> None:
    """Numbers have a point in every locale, when read and when written."""
    arguments = ("eval", "1.5*x", "--at", "x=2.5")
    german = dict.fromkeys(("LANG", "LC_ALL", "LC_NUMERIC", "LANGUAGE"), "de_DE.UTF-8")
    assert run(*arguments) == run_process(*arguments, variables=german)
    code, _, err = run_forked("eval", "1,5*x", "--at", "x=2,5", variables=german)
    assert (2, True) == (code, "the decimal sign is '.'" in err)


def test_narrow_terminal() -> None:
    """In 20 columns nothing is cut: every digit is there, and no line is longer."""
    point = {"a": "1.2345678901234567", "x": "2.718281828459045", "b": "-1.2345678901234567e-100"}
    at = ",".join(f"{name}={value}" for name, value in point.items())
    code, out, _ = run_terminal(20, "eval", "a*x + b", "--at", at, "--trace")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert (0, True) == (code, all(len(line) <= 20 for line in plain.splitlines()))
    joined = re.sub(r"\s+", "", plain)
    assert all(value in joined for value in point.values())
    code, out, _ = run_terminal(20, "eval", "a*sine(x) + a_very_long_name*another_long_name")
    assert (2, True) == (
        code,
        " ".join(out.split()).startswith("gradcli: unknown function 'sine'; did you mean 'sin'?"),
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "redirection", [">/dev/full 2>&1", ">&- 2>/dev/full", ">/dev/full 2>&-", "</dev/full", ">/dev/null 2>&1"]
)
def test_no_traceback_at_exit(redirection: str) -> None:
    """Nothing is complained about when the interpreter ends, in whatever way the streams broke."""
    code, out, err = shell(redirection, *AT_KINK, "--format", "csv", program=STARTED, PYTHONDEVMODE="1")
    assert code in (0, 1)
    assert "Traceback" not in out + err
    assert "Exception ignored" not in out + err
