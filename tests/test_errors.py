"""Bad input: each file of tests/errors/ is one command with its exact message.

A file begins with the command, `$ gradcli …` as typed in a shell, or `argv [...]`, its arguments in JSON, where
`[["a", 1000], "(x)"]` stands for a thousand times "a" and then "(x)". Then may follow `stdin "…"` and
`file NAME "…"`, their text in JSON, or `stdin-hex ff` and `file-hex NAME ff`, their bytes. `exit 2` is the exit
code; all that follows is standard error. A file whose name ends with -ja has a message in Japanese.
"""

import atexit
import json
import os
import pickle
import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unicodedata import normalize

import pytest

from gradcli.errors import GradcliError, reason_of
from gradcli.text import cells, code_point, quote, visible
from gradcli.words import catalogue
from tests.helpers.running import Outcome, run, run_forked, run_process
from tests.helpers.words import ENGLISH, JAPANESE, english

# Of these there is no text, or no one place in it.
PLACELESS = {
    "empty", "too-long", "too-long-input", "json-empty", "json-depth", "json-number", "json-value", "stdin-twice",
    "wrt-names",
}  # fmt: skip
# What no command line brings about at once anywhere: a machine or stream that lacks something, the library, time.
ELSEWHERE = {
    "no-memory", "stdin-closed", "unwritable-output", "png-in-terminal", "png-needs-resvg", "compare-needs-sympy",
    "plot-needs-plotext", "plot-needs-matplotlib", "picture-in-terminal",
    "workers-need-dask", "scheduler-unreachable", "scheduler-lost", "workers-failed", "workers-missing",
    "address-unusable",
    "batch-needs-arrays", "row-too-long", "rows-in-terminal",
    "not-an-expression", "unknown-kink-rule", "unknown-backend", "unknown-chain", "usage", "order-too-large",
    "arrays-need-numpy", "compiled-constant", "point-unnamed", "array-type", "shapes-differ",
    "compiled-shape", "compiled-axes", "no-names", "no-values",
    "compiler-missing", "compiler-failed",
}  # fmt: skip
FILES = sorted((Path(__file__).parent / "errors").glob("*.txt"))


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


@cache
def folder() -> Path:
    """A folder for all cases."""
    made = TemporaryDirectory()
    atexit.register(made.cleanup)
    return Path(made.name)


def prepare(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to the folder, in which there are no other files than the case's."""
    monkeypatch.chdir(folder())
    for old in folder().iterdir():
        old.unlink()
    for name, content in case.files.items():
        (folder() / name).write_bytes(content)


@cache
def ran(path: Path) -> tuple[Case, Outcome, GradcliError]:
    """A case, what it does, and the error that it ends with."""
    case, raised, say = read_case(path), list[GradcliError](), GradcliError.say
    with pytest.MonkeyPatch.context() as patch:
        prepare(case, patch)
        patch.setattr(GradcliError, "say", lambda error, language: raised.append(error) or say(error, language))
        return case, run(*case.arguments, stdin=case.stdin), raised[-1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_input_gets_its_message(path: Path) -> None:
    """One message of three lines at most, nothing on standard output, no control character, the right exit code."""
    case, outcome, error = ran(path)
    assert case.err == outcome.err
    has_text = error.source in ("expression", "at", "claim", "wrt")
    assert not has_text or error.text is not None or error.code in PLACELESS
    assert case.code == outcome.code
    assert outcome.out == ""
    assert outcome.err.count("\n") <= 3
    assert outcome.err.endswith("\n")
    assert re.fullmatch(
        r'(gradcli: (line \d+: )?([^A-Z\s]|U\+|JSON )|{"error":{"code":").*', outcome.err.split("\n")[0]
    )
    assert all(visible(character) == character or character in "\n" for character in outcome.err)
    assert all(len(line) < 320 for line in outcome.err.splitlines())


def test_every_error_has_a_file() -> None:
    """One for each code and each hint, as far as a command line brings it about."""
    found = [error for _, _, error in map(ran, FILES)]
    raised = {code for code in ENGLISH if code.partition(".")[0] not in catalogue._FILES}
    assert raised - ELSEWHERE <= {error.code for error in found}
    assert not ELSEWHERE & {error.code for error in found}
    hints = {code.removeprefix("hint.") for code in ENGLISH if code.startswith("hint.")}
    assert hints == {error.facts["hint"] for error in found if "hint" in error.facts}


def check_process(path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Outcome] = run_process) -> None:
    """What a process of its own says; what is too long for its arguments is left out."""
    case = read_case(path)
    if "00000" in path.read_text(encoding="utf-8"):
        return
    prepare(case, monkeypatch)
    outcome = run(*case.arguments, stdin=case.stdin)
    assert (case.code, "", case.err) == outcome


@pytest.mark.parametrize("path", FILES[::280], ids=lambda path: path.stem)
def test_a_process_says_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as a process of its own; more of them in tests/sweeps."""
    check_process(path, monkeypatch, run_process if path == FILES[0] else run_forked)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code", "facts", "place"),
    [
        (["a ++ "], 2, "unfinished-expression", {}, ("expression", "a ++ ", 5, 6)),
        (["1\n + ?"], 2, "stray-character", {"character": "?"}, ("expression", "1\n + ?", 5, 6)),
        (["sine(x)"], 2, "unknown-function", {"name": "sine", "suggestion": "sin"}, ("expression", "sine(x)", 0, 4)),
        (["a*θ", "--at", "a=1"], 2, "no-value", {"names": ["θ"]}, ("expression", "a*θ", 2, 3)),
        (["a", "--at", "a=1,b=2"], 2, "unused-name", {"name": "b"}, ("at", "a=1,b=2", 4, 5)),
        (["a", "--at", "a=1/0"], 2, "undefined", {"operator": "'/'", "column": 4}, ("at", "a=1/0", 3, 4)),
        (["a", "--at", "@none"], 2, "unreadable-file", {"file": "none"}, ("file", None, None, None)),
        (["a", "--at", "a=1", "--wrt", "b"], 2, "unknown-name", {"name": "b"}, ("wrt", "b", 0, 1)),
        (["log(x)", "--at", "x=-1"], 1, "undefined", {"needs": "x > 0"}, ("expression", "log(x)", 0, 3)),
        (["sin(a)/a", "--at", "a=0"], 1, "undefined", {"better": "sinc(a)"}, ("expression", "sin(a)/a", 6, 7)),
        (["a", "--kink", "x"], 2, "unknown-choice", {"option": "--kink", "value": "x"}, ("option", None, None, None)),
        (["a", "--jsno"], 2, "unknown-option", {"suggestion": "--json"}, ("option", None, None, None)),
        ([], 2, "no-expression", {}, ("option", None, None, None)),
    ],
)
@pytest.mark.parametrize("option", [["--json"], ["--format", "json"], ["--format=json"]], ids=" ".join)
def test_with_json_an_error_is_an_object(
    arguments: list[str], exit_code: int, code: str, facts: dict[str, Any], place: Any, option: list[str]
) -> None:
    """On standard error, on one line; standard output stays empty, and the exit code is the same."""
    outcome = run("eval", *arguments, *option)
    error = json.loads(outcome.err)["error"]
    assert (exit_code, "", code) == (outcome.code, outcome.out, error["code"])
    assert facts.items() <= error["facts"].items()
    assert place == tuple(error[key] for key in ("source", "text", "start", "end"))
    message = run("eval", *arguments).err.split("\n")[0].removeprefix("gradcli: ")
    assert error["message"] == re.sub(r"^line \d+: ", "", message)


def test_json_errors_of_other_commands() -> None:
    """A claim, a command, and what does not go together."""
    claim = json.loads(run("check", "a*x", "--at", "a=2,x=3", "--claim", "a=q", "--json").err)["error"]
    assert ("unknown-in-claim", "claim", "a=q", 2) == tuple(claim[key] for key in ("code", "source", "text", "start"))
    command = json.loads(run("evl", "a*x", "--json").err)["error"]
    assert ("unknown-command", {"name": "evl", "suggestion": "eval"}) == (command["code"], command["facts"])
    both = json.loads(run("diff", "a*x", "--json", "--format", "csv").err)["error"]
    assert ("json-and-format", {"form": "csv"}) == (both["code"], both["facts"])


def test_the_value_of_another_option_asks_for_no_json() -> None:
    """`--at=--json` gives a point, if a wrong one."""
    assert run("eval", "a", "--at=--json").err.startswith("gradcli: ")


def test_json_errors_hold_no_character_that_cannot_be_seen() -> None:
    """Nor one that the stream lacks: escapes stand for them."""
    error = GradcliError("stray-character", {"character": "\x9b"}, "θ\x9b\x7f\u202e𝛼\udcff", 1)
    for encoding, shown in (("utf-8", "θ"), ("ascii", r"\u03b8")):
        text = error.as_json(encoding)
        assert text.isascii() == (encoding == "ascii")
        assert shown + r"\u009b\u007f\u202e" in text
        assert json.loads(text)["error"]["text"] == error.text


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
    """Code, facts, source, text and span are attributes, also in another process; as text it is the three lines."""
    error = GradcliError("given-twice", {"name": "b"}, "a + b", 4, 5, "at")
    for same in (error, pickle.loads(pickle.dumps(error))):
        assert ("given-twice", {"name": "b"}, "at") == (same.code, same.facts, same.source)
        assert ("'b' is given twice", "a + b", 4, 5) == (same.message, same.text, same.start, same.end)
        assert str(same) == "'b' is given twice\n  a + b\n      ^"
    assert str(GradcliError("empty")) == "the expression is empty"


def test_errors_in_japanese() -> None:
    """All of them: nothing but the message changes with the language, and beside code nothing of it is English."""
    for path in FILES:
        case, _, error = ran(path)
        message = error.say("ja")
        assert error.as_dict() | {"message": message} == error.as_dict("ja"), path.stem
        assert re.search("[ぁ-ヿ一-龠]", message), path.stem
        assert not english(message, normalize("NFKC", f"{case.arguments}{case.files}{case.stdin!r}")), message


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "cannot read 'x': told (error 75)"), ("ja", "'x' を読めません: システムのエラー 75 です (told)")],
)
def test_what_a_system_says(language: str, said: str) -> None:
    """Errors without a text of their own have their number; a name that is none has no error of a system."""
    assert GradcliError("unreadable-file", {"file": "x", **reason_of(OSError(75, "told"))}).say(language) == said
    told = GradcliError("unreadable-file", {"file": "x", **reason_of(ValueError("told"))}).say(language)
    assert "told" not in told
    assert "75" not in told


def test_common_messages_are_on_record_in_japanese() -> None:
    """Beside the English ones, each with the same code and place."""
    asked = [path for path in FILES if path.stem.endswith("-ja")]
    assert len({ran(path)[-1].code for path in asked}) >= 80


def test_an_error_is_said_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the command line and the environment ask; code and facts stay."""
    for arguments, begins in ((["a +", "--lang", "ja"], "式が"), (["a +", "--lang=ja"], "式が"), (["a +"], "the ")):
        assert run("eval", *arguments).err.startswith(f"gradcli: {begins}")
    found = json.loads(run("eval", "a +", "--lang", "ja", "--json").err)["error"]
    assert ("unfinished-expression", JAPANESE["unfinished-expression"]) == (found["code"], found["message"])
    monkeypatch.setenv("GRADCLI_LANG", "ja")
    assert run("eval", "a +").err.startswith("gradcli: 式が")


def test_characters_are_shown_not_written() -> None:
    r"""Controls as \x1b, invisible ones as U+200B, bytes that are not UTF-8 as \xff."""
    assert [r"\x1b", "U+200B", r"\xff", "θ", " ", "U+2028"] == list(map(visible, "\x1b\u200b\udcffθ\t\u2028"))
    assert quote("a" * 100) == "'" + "a" * 20 + "…" + "a" * 10 + "'"
    assert code_point("х") == "'х' (U+0445)"


def test_a_message_fits_its_stream() -> None:
    """On a stream that lacks a character it is escaped, and the caret stays in its place."""
    error = GradcliError("given-twice", {"name": "θ"}, "θ + $", 4)
    assert error.render("ascii") == "'\\u03b8' is given twice\n  \\u03b8 + $\n           ^"


def test_invalid_bytes_in_arguments_are_shown(tmp_path: Path) -> None:
    """An argument that is not UTF-8 gets a message, not a traceback."""
    del tmp_path
    outcome = run("eval", os.fsdecode(b"a + \xff"))
    assert outcome == (2, "", "gradcli: the byte \\xff is not UTF-8 text\n  a + \\xff\n      ^~~~\n")
