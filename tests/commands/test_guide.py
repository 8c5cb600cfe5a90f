"""`gradcli guide`: the manual in a pipe and in a terminal."""

import re

import pytest

from gradcli.choices import LANGUAGES
from gradcli.guide.pages import PAGES, page
from gradcli.text import cells
from tests.helpers import documents
from tests.helpers.running import run, run_terminal

LESSON = {"en": "The lesson: the article, section by section", "ja": "記事をたどる: 最初の図から発展課題まで"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_page_the_pages_are_listed(language: str) -> None:
    """Each by its name with its title, in the order in which they are read."""
    lines = run("guide", "--lang", language).out.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(PAGES)
    assert lines[PAGES.index("lesson")].endswith(f"  {LESSON[language]}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_pipe_gets_the_text(name: str, language: str) -> None:
    """As it is written, but for links, which are commands."""
    outcome = run("guide", name, "--lang", language)
    assert (outcome.code, outcome.out, outcome.err) == (0, page(name, language), "")
    assert ".md)" not in outcome.out


def test_a_pipe_without_letters_of_japanese_gets_english() -> None:
    """Rather than a page of escapes."""
    assert run("guide", "lesson", "--lang", "ja", encoding="latin-1").out.startswith(f"# {LESSON['en']}")
    assert run("guide", "lesson", "--lang", "ja", encoding="cp932").out.startswith(f"# {LESSON['ja']}")


@pytest.mark.parametrize(("encoding", "language"), [("cp932", "ja"), ("ascii", "en")])
def test_an_encoding_without_signs_gets_those_of_ascii(encoding: str, language: str) -> None:
    """It keeps those that it has, and only letters are escaped: Greek ones, and Japanese ones in English pages."""
    text = run("guide", *PAGES, "--lang", language, encoding=encoding).out
    escaped = {chr(int(code[1:], 16)) for code in re.findall(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4})", text)}
    assert all(character.isalpha() or cells(character) == 2 for character in escaped)
    assert (escaped == set()) == ("∂" in text) == (encoding == "cp932")
    assert not set("├─│╭▸") & set(text)


def test_ascii() -> None:
    """Signs and frames of ASCII, and escapes for letters, but for those of the language that is asked for."""
    assert run("guide", *PAGES, "--ascii").out.isascii()
    japanese = run("guide", *PAGES, "--ascii", "--lang", "ja").out
    assert "勾配" in japanese
    assert not set("├─│╭▸∂×→·") & set(japanese)


def shown_on(name: str, language: str) -> list[str]:
    """The lines of commands and outputs of a page."""
    page = documents.ROOT / "gradcli" / "guide" / language / f"{name}.md"
    return [f" {line}" for block in documents.blocks(page) for line in block.splitlines() if line]


@pytest.mark.parametrize("columns", [80, 40])
def test_a_terminal_gets_a_page_of_its_width(columns: int) -> None:
    """Without marks of Markdown, no line of text wider than the terminal, what is shown as it is; by the pager."""
    outcome = run_terminal(columns, "guide", "numbers", variables={"PAGER": "cat", "NO_COLOR": "1", "TERM": "dumb"})
    assert outcome.code == 0
    assert "Numbers to rely on" in outcome.out
    assert not {"##", "```", "**"} & set(outcome.out.split())
    lines = [line.rstrip() for line in outcome.out.splitlines()]
    shown = shown_on("numbers", "en")
    assert [line for line in lines if line in shown] == shown
    assert max(len(line) for line in lines if line not in shown) <= columns


def test_a_page_of_the_terminal_goes_through_the_pager() -> None:
    """A long page can be read from its top."""
    outcome = run_terminal(80, "guide", "check", variables={"PAGER": "head -n 1"}, keys=True)
    assert (outcome.code, outcome.out.strip()) == (0, "Derivatives worked out by hand: gradcli check")


@pytest.mark.parametrize(
    ("name", "columns", "code"),
    [("lesson", 46, "export GRADCLI_LANG=ja"), ("contributing", 80, 'pytest -m "" tests/FOLDER')],
)
def test_a_terminal_folds_wide_letters(name: str, columns: int, code: str) -> None:
    """Lines are full, have no space where the file has the end of a line, begin with no stop; code stays whole.

    In items of lists too.
    """
    variables = {"PAGER": "cat", "NO_COLOR": "1", "TERM": "dumb"}
    outcome = run_terminal(columns, "guide", name, "--lang", "ja", variables=variables)
    lines = [line.rstrip() for line in outcome.out.splitlines()]
    shown = shown_on(name, "ja")
    assert max(sum(map(cells, line)) for line in lines if line not in shown) <= columns
    prose = [line for line in lines if re.match("(?:   | • )?[ぁ-ヿ一-龠]", line)]
    assert sum(sum(map(cells, line)) > columns - 10 for line in prose) > len(prose) / 3
    assert not [line for line in prose if re.match("(?:   )?[、。）」ー]|.*[ぁ-ヿ一-龠] [ぁ-ヿ一-龠]", line)]
    assert not [line for line in lines if "\\" in line and not line.endswith("\\")]
    assert code in outcome.out
