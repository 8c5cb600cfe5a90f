"""Help: its texts stand in the catalogue, and are in the reader's language."""

import shlex

import pytest
from rich.cells import cell_len

from gradcli.program import COMMANDS
from gradcli.words.en.commands import TEXTS as ENGLISH_TEXTS
from gradcli.words.ja.commands import TEXTS
from tests.helpers.running import run, run_forked
from tests.helpers.words import ENGLISH


@pytest.mark.parametrize("command", COMMANDS)
def test_every_text_of_a_help_is_of_the_catalogue(command: str) -> None:
    """What the command does, and what each option is for, folded as the terminal asks for; no code is left."""
    text = " ".join(run(command, "--help").out.split())
    said = [" ".join(part.split()) for part in ENGLISH[f"help.{command}"].split("\n\n")]
    assert all(part in text for part in said)
    assert "help." not in text
    assert ENGLISH["help.help"] in text
    assert " ".join(ENGLISH[f"help.short.{command}"].split()) in " ".join(run("--help").out.split())


@pytest.mark.parametrize("words", [("--help", "--lang", "ja"), ("--lang", "ja", "--help")])
def test_help_in_japanese(words: tuple[str, ...]) -> None:
    """Where --lang stands does not matter."""
    found = run("diff", *words).out
    assert "オプション:" in found
    assert TEXTS["help.order"] in found


def test_the_environment_chooses_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the list of commands too; of words in ASCII the locale alone does not."""
    monkeypatch.setenv("GRADCLI_LANG", "ja")
    assert TEXTS["help.short.eval"] in run("--help").out
    assert f"{TEXTS['help.to']}  [必須]" in run("export", "--help").out
    assert "使い方" in run("eval", "--help", "--ascii").out
    monkeypatch.setenv("GRADCLI_LANG", "")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert run("eval", "--help", "--ascii").out.isascii()


@pytest.mark.parametrize("command", COMMANDS)
def test_english_help_is_ascii(command: str) -> None:
    """It can be read in every encoding."""
    assert run(command, "--help").out.isascii()


def test_help_with_characters_that_the_encoding_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are escaped."""
    monkeypatch.setitem(ENGLISH_TEXTS, "help.order", "1, 2, … 20")
    assert "1, 2, \\u2026 20" in run("diff", "--help", encoding="latin-1").out


def test_help_in_an_encoding_without_japanese() -> None:
    """Is in English."""
    outcome = run_forked("eval", "--help", variables={"GRADCLI_LANG": "ja", "PYTHONIOENCODING": "latin-1"})
    assert ENGLISH["help.options"] in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_a_narrow_terminal(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is too wide but an expression in quotes; a shell reads an example in its lines as one command."""
    monkeypatch.setenv("COLUMNS", "40")
    found = run(command, "--help").out
    assert found.startswith("Examples:")
    assert not [line for line in found.splitlines() if len(line) > 40 and len(line.split('"')[1]) < 20]
    monkeypatch.setenv("COLUMNS", "80")
    examples = [out.partition("Usage:")[0].replace("\\\n", "") for out in (found, run(command, "--help").out)]
    assert shlex.split(examples[0]) == shlex.split(examples[1])


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_wide_letters_are_folded(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the cells that they take, with nothing lost; words of narrow letters stay whole, and stops end a line."""
    text = "点での値と勾配を求める。式 EXPRESSION は文字列、または @FILE で与える。"
    for code in ("help.eval", "help.trace", "help.letters", "help.short.eval"):
        monkeypatch.setitem(TEXTS, code, text * 2)
    monkeypatch.setenv("GRADCLI_LANG", "ja")
    monkeypatch.setenv("COLUMNS", str(columns))
    for out in (run("eval", "--help").out, run("--help").out):
        lines = [line for line in out.splitlines() if not line.isascii()]
        assert max(map(cell_len, lines)) <= columns
        assert not [line for line in lines if line.lstrip().startswith(("。", "、"))]
    out = "".join(run("eval", "--help").out.split())
    assert text.replace(" ", "") * 2 in out
