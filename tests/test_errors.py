"""Bad input: each file of tests/errors/ is one command with its exact message.

A file begins with the command, `$ gradcli …` as typed in a shell, or `argv [...]`, its arguments in JSON, where
`[["a", 1000], "(x)"]` stands for a thousand times "a" and then "(x)". Then may follow `stdin "…"` and
`file NAME "…"`, their text in JSON, or `stdin-hex ff` and `file-hex NAME ff`, their bytes. `exit 2` is the exit
code; all that follows is standard error.
"""

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gradcli.errors import GradcliError
from gradcli.text import cells, code_point, quote, visible
from tests.helpers.running import run, run_process

FILES = sorted((Path(__file__).parent / "errors").glob("*.txt"))
REAL = [path for path in FILES[::25] if "1000000" not in path.read_text(encoding="utf-8")]  # run as processes too


class Case(NamedTuple):
    """One bad input."""

    arguments: list[str]
    stdin: bytes
    files: dict[str, bytes]
    code: int
    err: str


def repeated(pieces: list[str | list[Any]]) -> str:
    """The text of `[["a", 1000], "(x)"]`."""
    return "".join(piece if isinstance(piece, str) else piece[0] * piece[1] for piece in pieces)


def read_case(path: Path) -> Case:
    """Read a file of tests/errors/."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\nexit ")
    code, _, err = rest.partition("\n")
    arguments: list[str] = []
    stdin, files = b"", {}
    for line in head.splitlines():
        kind, _, text = line.partition(" ")
        if kind == "$":
            program, *arguments = shlex.split(text)
            assert program == "gradcli"
        elif kind == "argv":
            arguments = [item if isinstance(item, str) else repeated(item) for item in json.loads(text)]
        elif kind == "stdin":
            content = json.loads(text)
            stdin = (content if isinstance(content, str) else repeated(content)).encode()
        elif kind == "stdin-hex":
            stdin = bytes.fromhex(text)
        else:
            assert kind in ("file", "file-hex")
            name, _, content = text.partition(" ")
            files[name] = json.loads(content).encode() if kind == "file" else bytes.fromhex(content)
    return Case(arguments, stdin, files, int(code), err)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_input_gets_its_message(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message of three lines at most, nothing on standard output, no control character, the right exit code."""
    monkeypatch.chdir(tmp_path)
    case = read_case(path)
    for name, content in case.files.items():
        (tmp_path / name).write_bytes(content)
    outcome = run(*case.arguments, stdin=case.stdin)
    assert case.err == outcome.err
    assert case.code == outcome.code
    assert outcome.out == ""
    assert outcome.err.count("\n") <= 3
    assert outcome.err.endswith("\n")
    assert re.fullmatch(r"gradcli: (line \d+: )?([^A-Z\s]|U\+|NaN).*", outcome.err.split("\n")[0])
    assert all(visible(character) == character or character in "\n" for character in outcome.err)
    assert all(len(line) < 320 for line in outcome.err.splitlines())


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_process_says_the_same(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as a process of its own."""
    monkeypatch.chdir(tmp_path)
    case = read_case(path)
    for name, content in case.files.items():
        (tmp_path / name).write_bytes(content)
    outcome = run_process(*case.arguments, stdin=case.stdin)
    assert (case.code, "", case.err) == outcome


def test_with_json_an_error_leaves_standard_output_empty() -> None:
    """JSON or not, a message goes to standard error alone."""
    outcome = run("eval", "sine(x) + 1", "--at", "x=1", "--json", "--trace")
    assert outcome == (2, "", "gradcli: unknown function 'sine'; did you mean 'sin'?\n  sine(x) + 1\n  ^~~~\n")


def test_there_are_enough_bad_inputs() -> None:
    """At least a hundred files, each with another message or another command."""
    cases = [read_case(path) for path in FILES]
    assert len(cases) >= 100
    assert len({str(case[:3]) for case in cases}) == len(cases)


@pytest.mark.parametrize(
    "text", ["x + +", "(" * 300, "x" * 300 + " $", "りんご" * 60 + " $ " + "バナナ" * 60, "a\n\nb ? c"]
)
def test_the_caret_stands_under_its_place(text: str) -> None:
    """By columns and by cells, the caret stands under the character that it speaks of, in a cut line too."""
    outcome = run("eval", text)
    _, line, caret = outcome.err.splitlines()
    assert len(line) <= 2 + 74
    assert sum(map(cells, line)) <= 2 + 72 + 2
    before = caret.index("^")
    assert all(cells(a) == cells(b) for a, b in zip(line[2:before], caret[2:before], strict=False))
    if before < len(line):
        assert line[before] in "$?("


def test_an_error_knows_its_place() -> None:
    """Message, source and span are attributes; text is the three lines."""
    error = GradcliError("no good", "a + b", 4, 5)
    assert ("no good", "a + b", 4, 5) == (error.message, error.source, error.start, error.end)
    assert str(error) == "no good\n  a + b\n      ^"
    assert str(GradcliError("no good")) == "no good"


def test_characters_are_shown_not_written() -> None:
    r"""Controls as \x1b, invisible ones as U+200B, bytes that are not UTF-8 as \xff."""
    assert [r"\x1b", "U+200B", r"\xff", "θ", " ", "U+2028"] == list(map(visible, "\x1b\u200b\udcffθ\t\u2028"))
    assert quote("a" * 100) == "'" + "a" * 20 + "…" + "a" * 10 + "'"
    assert code_point("х") == "'х' (U+0445)"


def test_a_message_fits_its_stream() -> None:
    """On a stream that lacks a character it is escaped, and the caret stays in its place."""
    error = GradcliError("no θ here", "θ + $", 4)
    assert error.render("ascii") == "no \\u03b8 here\n  \\u03b8 + $\n           ^"


def test_invalid_bytes_in_arguments_are_shown(tmp_path: Path) -> None:
    """An argument that is not UTF-8 gets a message, not a traceback."""
    del tmp_path
    outcome = run("eval", os.fsdecode(b"a + \xff"))
    assert outcome == (2, "", "gradcli: the byte \\xff is not UTF-8 text\n  a + \\xff\n      ^~~~\n")
