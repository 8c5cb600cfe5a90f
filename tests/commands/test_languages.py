"""In which language the program speaks."""

import pytest

from gradcli.commands.languages import language_in
from gradcli.program import COMMANDS
from tests.helpers.running import run
from tests.helpers.words import ENGLISH, JAPANESE

UNFINISHED = {"en": ENGLISH["unfinished-expression"], "ja": JAPANESE["unfinished-expression"]}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ja", ("ja", "JA", " ja ", "ja_JP", "ja-JP", "ja_JP.UTF-8", "ja_JP.eucJP", "ja.utf8", "ja_JP@x", "Japanese",
                "Japanese_Japan.932", "jp")),
        ("en", ("en", "en_US.UTF-8", "C", "C.UTF-8", "POSIX", "fr", "de_DE.UTF-8", "jav", "j", "", "?", "日本")),
    ],
)  # fmt: skip
def test_spellings(language: str, names: tuple[str, ...]) -> None:
    """Of a language, with a country and an encoding or without; what is no language here means English."""
    assert {language} == set(map(language_in, names))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("language", "words", "variables"),
    [
        ("ja", ["--lang", "ja"], {}),
        ("ja", ["--lang=JA"], {"GRADCLI_LANG": "en"}),
        ("en", ["--lang", "en"], {"GRADCLI_LANG": "ja"}),
        ("en", ["--lang", "fr"], {"GRADCLI_LANG": "ja"}),
        ("ja", [], {"GRADCLI_LANG": "ja", "LC_ALL": "C"}),
        ("en", [], {"GRADCLI_LANG": "fr", "LC_ALL": "ja_JP.UTF-8"}),
        ("ja", [], {"GRADCLI_LANG": "", "LC_ALL": "ja_JP.UTF-8", "LC_MESSAGES": "C"}),
        ("en", [], {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8", "LANG": "ja_JP.UTF-8"}),
        ("ja", [], {"LC_ALL": "", "LC_MESSAGES": "ja", "LANG": "en_US.UTF-8"}),
        ("ja", [], {"LANG": "ja-JP"}),
        ("en", [], {"LANGUAGE": "ja", "LC_CTYPE": "ja_JP.UTF-8"}),
        ("en", [], {}),
    ],
)
def test_what_asks_for_a_language(
    language: str, words: list[str], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option, before the command or behind it; else the first variable that has a value, in the order of POSIX."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for command in (["eval", "a +", *words], [*words, "eval", "a +"]):
        assert run(*command).err.startswith(f"gradcli: {UNFINISHED[language]}\n")
    usage = "使い方: gradcli" if language == "ja" else "Usage: gradcli"
    for command in (["--help", *words], [*words], [*words, "--help"], ["help", *words], [*words, "help", "diff"]):
        assert usage in run(*command).out


def test_before_a_command() -> None:
    """What is behind it counts more; there it must have a value."""
    assert run("--lang", "ja", "eval", "a +", "--lang", "en").err.startswith(f"gradcli: {UNFINISHED['en']}")
    assert run("--lang", "ja", "evl").err.startswith("gradcli: 'evl' というコマンドはありません")
    assert run("--lang", "ja", "eval", "x", "--at", "x=1", "--json") == run("eval", "x", "--at", "x=1", "--json")
    assert run("--lang") == (2, "", "gradcli: option --lang needs a value\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_option(command: str) -> None:
    """And says everything of itself in Japanese."""
    shown = run(command, "--help", "--lang", "ja").out
    assert "--lang [en|ja]" in shown
    assert JAPANESE["help.lang"][:6] in shown


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_without_its_letters(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the words are English, those of errors and notes too."""
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert run("eval", "a +", encoding=encoding).err.startswith(f"gradcli: {UNFINISHED['en']}\n")
    assert run("eval", "relu(x)", "--at", "x=0", encoding=encoding).err.startswith("note: relu at column 1")
    assert "s kink" in run("draw", "2*relu(x)", "--at", "x=0", encoding=encoding).out
