"""The program: help, version, completion, terminals, colours; streams that fail are in test_faults.py."""

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from rich.cells import cell_len

import gradcli
from gradcli import program
from gradcli.commands import completion  # noqa: F401  # as the program imports it when a shell asks
from tests.helpers import forks
from tests.helpers.running import PATIENCE, Outcome, environment, run, run_forked, run_process, run_terminal

APPLES = ("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
ESCAPE = "\x1b"


def test_version() -> None:
    """The version of the package."""
    assert run_process("--version") == (0, f"gradcli {gradcli.__version__}\n", "")


@contextlib.contextmanager
def captured() -> Iterator[io.StringIO]:
    """Standard output as text."""
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        yield stream


@pytest.mark.parametrize("command", ["", *program.COMMANDS])
def test_help_begins_with_examples(command: str) -> None:
    """Every command's help: examples, then how it is used; no command without them."""
    outcome = run(*[command] * bool(command), "--help")
    assert (0, "") == (outcome.code, outcome.err)
    examples, usage, rest = outcome.out.partition("\nUsage: gradcli")
    assert usage
    lines = examples.splitlines()
    assert lines[0] == "Examples:"
    assert len(lines) >= 3
    assert all(line.startswith(("  gradcli ", "  ")) for line in lines[1:] if line)
    assert "--help" in rest
    assert set(re.findall(r"\n\s+(-\w),? ", rest)) <= {"-h", "-f", "-o", "-q"}  # no other options of one letter


def test_help_without_arguments() -> None:
    """The program alone shows its help, as it does where it is asked for in another way."""
    assert run("--help") == run() == run("-h") == run("help")
    for command in program.COMMANDS:
        assert run(command, "--help") == run(command, "-h") == run("help", command)
    assert run("eval", "--help") == run("eval", "a*x", "--at", "a=1", "-h")


@cache
def completion_script(shell: str) -> Outcome:
    """What is printed for a shell."""
    return run_forked(variables={"_GRADCLI_COMPLETE": f"{shell}_source"})


@pytest.mark.parametrize(
    ("shell", "sign"),
    [
        ("bash", "complete -o"),
        ("bash", "compopt -o nospace"),
        ("zsh", "#compdef gradcli"),
        ("zsh", "-S ''"),
        ("fish", "complete --no-files"),
        ("fish", "split --max 1"),
    ],
)
def test_completion_scripts(shell: str, sign: str) -> None:
    """For bash, zsh and fish."""
    outcome = completion_script(shell)
    assert (0, "") == (outcome.code, outcome.err)
    assert sign in outcome.out


def completed(shell: str, line: str, last: str) -> str:
    """What a shell is told of a line, by the program in this process."""
    variables = {"_GRADCLI_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": last}
    written = io.BytesIO()  # shells are told in bytes
    out = contextlib.redirect_stdout(io.TextIOWrapper(written, write_through=True))
    with mock.patch.dict(os.environ, variables), out, pytest.raises(SystemExit) as ended:
        program.gradcli.main(prog_name="gradcli")
    assert ended.value.code == 0
    return written.getvalue().decode()


@pytest.mark.parametrize(
    ("expected", "words"),
    [("plain,eval", "gradcli ev"), ("plain,--format", "gradcli eval x --fo"), ("plain,json",
     "gradcli eval x --format j"),
     ("plain,help", "gradcli he"), ("plain,eval", "gradcli help ev"), ("", "gradcli help he"),
     ("plain,en\nplain,ja", "gradcli eval x --lang "), ("plain,x=", "gradcli eval x --at "), ("plain,--trace",
     "gradcli eval -x^2 --tr")],
)  # fmt: skip
def test_completion(expected: str, words: str) -> None:
    """Commands, options and what options choose from."""
    assert expected == completed("bash", words, str(words.count(" "))).strip()


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (["plain,a=1,x=", "plain,a=1,b="], ["eval", "a*x+b", "--at", "a=1,"]),
        (["plain,--at=a=1,x=", "plain,--at=a=1,b="], ["eval", "a*x+b", "--at=a=1,"]),
        (["plain,--format=csv"], ["eval", "x", "--format=c"]),
        (["plain,--trace\tPrint the forward and the backward pass, node by node."], ["eval", "x", "--tr"]),
        (["plain,sign", "plain,sigmoid"], ["functions", "sig"]),
        (["plain,derivatives"], ["guide", "der"]),
        (["file,gra"], ["draw", "x", "--output", "gra"]),
    ],
)
def test_completion_of_whole_words(expected: list[str], words: list[str]) -> None:
    """As fish and zsh want them, the option before a value included, with its help in words."""
    line = " ".join(["gradcli", *words])
    for shell, last in (("fish", words[-1]), ("zsh", str(len(words)))):
        lines = completed(shell, line, last).splitlines()
        if shell == "zsh":
            items = [lines[place : place + 3] for place in range(0, len(lines), 3)]
            lines = [f"{kind},{value}" + (f"\t{text}" if text != "_" else "") for kind, value, text in items]
        assert expected == lines


COMPLETED = [
    (["@model.txt"], ["eval", "@", "mod"]),
    (["@circle", "@gradcli", "@model.txt", "@parts/", "@pipe"], ["eval", "@"]),
    (["@circle"], ["eval", "@", "cir"]),
    (["@parts/at.json"], ["eval", "a*x", "--at", "@", "pa"]),
    (["@parts/at.json"], ["eval", "a*x", "--at", "=@", "pa"]),
    (["@parts/at.json"], ["check", "a*x", "--claims", "@", "parts/"]),
    (["a=", "x="], ["check", "a*x", "--claim", ""]),
    (["x*tan(", "x*tanh("], ["check", "a*x", "--claim", "a", "=", "x*ta"]),
    (["a*tan(", "a*tanh("], ["eval", '"a*ta']),
    (["a=", "x=", "long="], ["eval", "@model.txt", "--at", ""]),
    (["2,x="], ["eval", '"a*x"', "--at", "a", "=", "2,"]),
    (["1,x="], ["eval", "a*x", "--at", "=", "a", "=", "1,x"]),
    (["a,x"], ["eval", '"s = a*x"', "--wrt", "a,x"]),
    (["a,x", "a,long", "a,s"], ["eval", "@", "model.txt", "--wrt", "a,"]),
    (["json"], ["eval", "x", "-f", "j"]),
    ([], ["eval", '"a +"', "--wrt", ""]),
    ([], ["eval", "@none", "--at", ""]),
    ([], ["eval", "@pipe", "--at", ""]),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What the script for bash completes the last word of each with; `=` and `@` are words of their own for bash."""
    folder = tmp_path_factory.mktemp("completion")
    (folder / "model.txt").write_text("s = a*x; s + long", encoding="utf-8")
    (folder / "parts").mkdir()
    (folder / "circle").symlink_to("circle")
    os.mkfifo(folder / "pipe")
    (folder / "parts" / "at.json").touch()
    (folder / "gradcli").symlink_to(forks.program())
    script = completion_script("bash").out + "".join(
        f"COMP_WORDS=({shlex.join(['gradcli', *words])}); COMP_CWORD={len(words)}; COMPREPLY=(); "
        '_gradcli_completion gradcli; printf "%s\\n" "${COMPREPLY[*]}"\n'
        for _, words in COMPLETED
    )
    variables = environment()
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder, env=variables | {"PATH": f"{folder}:{variables['PATH']}"}, capture_output=True, check=True,
        timeout=PATIENCE,
    )  # fmt: skip
    assert done.stderr == b""
    return [line.split() for line in done.stdout.decode().splitlines()]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "expected"), [(number, row[0]) for number, row in enumerate(COMPLETED)])
def test_completion_of_values(number: int, expected: list[str], answers: list[list[str]]) -> None:
    """Files behind @, functions, and the names of the expression that are not given yet."""
    assert expected == answers[number]


def test_completion_in_a_shell_that_somebody_types_in(tmp_path: Path) -> None:
    """Bash puts what is answered in place of the word and its @."""
    (tmp_path / "model.txt").write_text("a*x", encoding="utf-8")
    (tmp_path / "gradcli").symlink_to(forks.program())
    (tmp_path / "start").write_text(f"PATH=.:$PATH\n{completion_script('bash').out}", encoding="utf-8")
    master, slave = os.openpty()
    shell = subprocess.Popen(
        ["bash", "--noprofile", "--rcfile", "start", "-i"],
        cwd=tmp_path, stdin=slave, stdout=slave, stderr=subprocess.DEVNULL, env=environment(PS1=""),
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    os.write(master, b"gradcli eval @mod\t--at a=2,x=3 > out; exit\n")
    with contextlib.suppress(OSError):  # with which it ends on Linux
        while os.read(master, 1024):
            pass
    os.close(master)
    shell.wait(PATIENCE)
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith("y = 6\n")


# Terminals


@pytest.mark.parametrize(("columns", "language"), [(40, "ja"), (80, "en")])
def test_messages_are_folded_in_a_terminal(columns: int, language: str) -> None:
    """By words, with the source line cut to the same width; commands to copy stay whole, and nothing is lost."""
    long = "sin(x)+cos(y)+tan(x)+foo(x)+exp(x)+sinh(x)+cosh(y)+sin(x)+cos(y)"
    for arguments in (("eval", "relu(x)", "--at", "x=0"), ("eval", long), ("eval", "x*y")):
        found = run_terminal(columns, *arguments, "--lang", language, variables={"NO_COLOR": "1"}).out
        piped = run(*arguments, "--lang", language)
        lines = [line for line in found.splitlines() if "gradcli eval" not in line]
        assert max(map(cell_len, lines)) <= columns
        said = piped.err.splitlines()[0].replace(" ", "")
        assert said in "".join(found.split())
        assert piped.err.count("\n") <= found.count("\n")


def test_what_is_copied_is_not_folded_in_a_terminal() -> None:
    """A command, and JSON."""
    assert '\n  gradcli eval "x*y" --at x=1,y=2' in run_terminal(40, "eval", "x*y").out
    error = run_terminal(40, "eval", "x*y", "--json").out
    assert json.loads(error)["error"]["code"] == "no-value"


def test_a_terminal_gets_colours() -> None:
    """Unless it is told not to."""
    assert ESCAPE in run_terminal(80, *APPLES).out
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        outcome = run_terminal(80, *APPLES, variables=variables)
        assert ESCAPE not in outcome.out
        assert outcome.out == run(*APPLES).out


def test_json_is_never_coloured() -> None:
    """Not on a terminal, and not with FORCE_COLOR."""
    expected = run(*APPLES, "--json").out
    assert expected == run_terminal(80, *APPLES, "--json").out
    assert expected == run_forked(*APPLES, "--json", variables={"FORCE_COLOR": "1"}).out


def test_pipes_get_no_escape_sequences() -> None:
    """Errors neither."""
    for arguments in ((*APPLES, "--trace"), ("eval", "1 +")):
        outcome = run_forked(*arguments)
        assert ESCAPE not in outcome.out + outcome.err


def test_a_real_terminal_of_eighty_columns() -> None:
    """The same as the stand-in that other tests use; wide and narrow ones too."""
    for columns in (200, 20):
        outcome = run_terminal(columns, *APPLES, "--trace", variables={"NO_COLOR": "1"})
        assert outcome.out == run(*APPLES, "--trace", columns=columns).out


def test_a_pipe_has_the_natural_width() -> None:
    """Whatever COLUMNS says."""
    expected = run(*APPLES, "--trace").out
    assert expected == run_forked(*APPLES, "--trace", variables={"COLUMNS": "20"}).out
    assert max(map(len, expected.splitlines())) > 80


def test_notes_and_errors_on_a_terminal() -> None:
    """They stand there as text, without markup."""
    outcome = run_terminal(80, "eval", "[red]x")
    assert outcome.out == "gradcli: an operator is missing; for a product write [red]*x\n  [red]x\n       ^\n"


# Streams


class Interrupted(io.RawIOBase):
    """A stream at which the user presses Ctrl-C."""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:  # noqa: ARG002
        """Ctrl-C."""
        raise KeyboardInterrupt


def test_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, and not a word."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Interrupted())))
    with captured() as out:
        code = program._run(["eval", "-"])
    assert (130, "") == (code, out.getvalue())


def test_the_encoding_of_a_process() -> None:
    """PYTHONIOENCODING stands for a terminal's encoding."""
    outcome = run_process("eval", "a*x", "--at", "a=2,x=3", "--trace", variables={"PYTHONIOENCODING": "ascii"})
    assert (0, "") == (outcome.code, outcome.err)
    assert outcome.out.isascii()
    assert "+---" in outcome.out
    outcome = run_forked("eval", "θ + $", variables={"PYTHONIOENCODING": "ascii"})
    assert outcome.err == "gradcli: '$' cannot stand in an expression\n  \\u03b8 + $\n           ^\n"


def test_json_is_read_by_other_programs() -> None:
    """`python -m json.tool` as an example."""
    text = run(*APPLES, "--json", "--trace").out
    done = subprocess.run([sys.executable, "-m", "json.tool"], input=text.encode(), capture_output=True, check=True)
    assert json.loads(done.stdout) == json.loads(text)


def test_click_alone_is_loaded_for_help() -> None:
    """The engine, rich and `decimal` are imported when they are needed: the program must start fast."""
    runs = ["--help"], [*APPLES, "--json"], [*APPLES, "--format", "csv"]
    source = f"""
import sys
from gradcli.program import _run
for arguments in {runs}:
    _run(arguments)
    print(*sorted({{'rich', 'gradcli.operators', 'decimal'}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, env=environment(), check=True)
    assert ["", "gradcli.operators", "gradcli.operators"] == done.stderr.decode().splitlines()
