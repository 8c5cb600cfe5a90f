"""Tests of streams that a shell opens, each with real processes: what is written to them and read from them."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import forks
from tests.helpers.forks import PATIENCE
from tests.helpers.running import Outcome, environment, run, run_forked

DOT = "draw a*x --format dot --output"
PICTURE = run(*DOT.split(), "-").out


STARTED = f'"{sys.executable}" -m gradcli'  # a real start of Python, once for each kind


def shell(script: str, folder: Path, program: str = "", **variables: str) -> Outcome:
    """Run a script of bash in which `gradcli` is this one."""
    done = subprocess.run(
        ["bash", "-c", f'gradcli() {{ {program or forks.program()} "$@"; }}\n{script}'],
        capture_output=True,
        cwd=folder,
        env=environment(**variables),
        timeout=PATIENCE,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    ("name", "redirection"),
    [("/dev/stdout", ">"), ("/dev/fd/1", ">>"), ("/proc/self/fd/1", ">"), ("link", ">>"), ("out", ">"), ("out", ">>")],
)
def test_what_the_shell_has_open_is_written_to_where_it_stands(name: str, redirection: str, tmp_path: Path) -> None:
    """What was written before stays, and what is written afterwards follows."""
    (tmp_path / "link").symlink_to("/dev/stdout")
    code, out, err = shell(f"(echo before; gradcli {DOT} {name} && echo after) {redirection} out; cat out", tmp_path)
    assert (0, f"before\n{PICTURE}after\n", "") == (code, out, err)
    assert sorted(os.listdir(tmp_path)) == ["link", "out"]


@pytest.mark.parametrize(
    "script",
    [
        f"gradcli {DOT} /dev/stdout | cat",
        f"gradcli {DOT} /dev/stderr 2>&1 >/dev/null",
        f"gradcli {DOT} /dev/fd/3 3>&1 >/dev/null",
        f"gradcli {DOT} >(cat; echo end >end) && while [ ! -s end ]; do sleep 0.01; done",
        f"mkfifo pipe; gradcli {DOT} pipe & cat pipe; wait; [ -p pipe ]",
        f"exec 3>out; gradcli {DOT} out; exec 3>&-; cat out",
    ],
    ids=("pipe", "error", "descriptor", "substitution", "named pipe", "open"),
)
def test_pipes(script: str, tmp_path: Path) -> None:
    """The whole picture comes out at the other end."""
    assert (0, PICTURE, "") == shell(script, tmp_path)


def test_a_start_finds_the_same_open(tmp_path: Path) -> None:
    """A process that Python starts, as the forks of the other tests."""
    script = f"(echo before >&3; gradcli {DOT} /dev/fd/3; echo after >&3) 3>>out; gradcli {DOT} /dev/stdout | cat out -"
    assert (0, f"before\n{PICTURE}after\n{PICTURE}", "") == shell(script, tmp_path, STARTED)


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """The program ends quietly, as it does when standard output is closed."""
    names = "+".join(f"a{index}" for index in range(5_000))
    (tmp_path / "sum").write_text(names)
    script = "gradcli draw @sum --format dot --output /dev/stdout | head -c 7; exit ${PIPESTATUS[0]}"
    assert (0, "digraph", "") == shell(script, tmp_path)


@pytest.mark.parametrize("name", ["/dev/fd/9", "/dev/full"])
def test_what_cannot_be_written_to(name: str, tmp_path: Path) -> None:
    """One line that names it."""
    reason = "Bad file descriptor" if "9" in name else "No space left on device"
    assert (1, "", f"gradcli: cannot write the output: '{name}': {reason}\n") == shell(
        f"gradcli {DOT} {name}", tmp_path
    )


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp932", "utf-16"])
def test_exported_code_is_utf8(encoding: str, tmp_path: Path) -> None:
    """In every locale: Python runs it."""
    script = 'gradcli export "λ*t" --to python >f.py'
    assert (0, "", "") == shell(script, tmp_path, STARTED if encoding == "utf-16" else "", PYTHONIOENCODING=encoding)
    found = runpy.run_path(str(tmp_path / "f.py"))["value_and_gradient"](2.0, 3.0)
    assert found == (6.0, {"λ": 3.0, "t": 2.0})


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        (["eval", "@/dev/zero"], "2,000,000 characters, the limit for the expression"),
        (["eval", "x", "--at", "@/dev/zero"], "20,000,000 characters, the limit for --at"),
        (["check", "x", "--at", "x=1", "--claims", "@/dev/zero"], "2,000,000 characters, the limit for claims"),
    ],
    ids=("expression", "at", "claims"),
)
def test_what_never_ends_is_read_up_to_its_limit(arguments: list[str], limit: str) -> None:
    """In little memory."""
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({400 << 20},) * 2)"
    program = f"{limited}; from gradcli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    message = f"gradcli: '/dev/zero' has more than {limit} (see --max-length)\n"
    assert (2, "", message) == (done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_stream_that_never_ends(tmp_path: Path) -> None:
    """Its writer gets no further than that either."""
    code, out, err = shell("yes | gradcli eval -; echo ${PIPESTATUS[*]}", tmp_path)
    message = (
        "gradcli: standard input has more than 2,000,000 characters, the limit for the expression (see --max-length)\n"
    )
    assert (0, message) == (code, err)
    assert out in ("141 2\n", "1 2\n")  # as SIGPIPE is ignored or not


def test_a_character_between_two_pieces() -> None:
    """Input is read in pieces, and its limit counts characters; the byte order mark is none."""
    text = "#" + "é" * 1_000_000 + "\n2*x"
    assert 0 == run("eval", "-", "--at", "x=1", stdin=text.encode("utf-8-sig")).code
    code, _, err = run_forked("eval", "-", stdin=text.encode() + b"\xff")
    assert (2, "gradcli: standard input is not UTF-8 text: byte \\xff at offset 2000005\n") == (code, err)
