"""The manual: its pages are complete, fit a terminal, and tell the truth (all their commands: tests/sweeps)."""

import re
import shlex
from itertools import product
from pathlib import Path

import click
import pytest

from gradcli.choices import LANGUAGES
from gradcli.guide.pages import PAGES, page
from gradcli.operators import table
from gradcli.program import COMMANDS, gradcli
from gradcli.text import cells
from tests.helpers import documents
from tests.helpers.floors import FLOORS

WIDEST = 76  # cells of a line of text; Rich folds longer ones at 80
WIDEST_FRAME = 78


BOTH = pytest.mark.parametrize("path", documents.PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")


def texts(language: str = "en") -> list[tuple[str, str]]:
    """Each page as it is printed, by its name, and README."""
    readme = documents.README.read_text(encoding="utf-8")
    return [*((name, page(name, language)) for name in PAGES), ("README", readme)]


def text_of(path: Path) -> str:
    """A page as it is printed."""
    return page(path.stem, path.parent.name)


def test_the_list_of_pages_is_the_folders() -> None:
    """No page is left out, and none is missing in any language."""
    written = [(path.parent.name, path.stem) for path in documents.PAGES]
    assert sorted(written) == sorted(product(LANGUAGES, PAGES))


@BOTH
def test_lines_fit_a_terminal(path: Path) -> None:
    """Lines of text have at most 76 cells as they are printed, and so no terminal of 80 folds them; frames have 78."""
    code = False
    for line in text_of(path).splitlines():
        code ^= line.startswith("```")
        wide = sum(map(cells, line))
        assert wide <= WIDEST or (code and (line[0] not in "╭│├╰" or wide <= WIDEST_FRAME)), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_each_other(language: str) -> None:
    """Every page names others and is named by one, and links name pages that there are."""
    named = {
        path.stem: set(re.findall(r"\]\((\w+)\.md\)", path.read_text(encoding="utf-8")))
        for path in documents.PAGES
        if path.parent.name == language
    }
    assert set().union(*named.values()) == {*PAGES}
    assert all(named.values())


def outline(path: Path) -> tuple[list[str], list[str], list[str], int]:
    """What a page has in every language: levels of headings, commands but for comments in their files, Python, and rows
    of tables.
    """
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    run = [command.text for block in documents.blocks(path) for command in documents.commands(block)]
    return (
        re.findall(r"^#+(?= )", prose, flags=re.MULTILINE),
        [re.sub(r"^# .*", "", command, flags=re.MULTILINE) for command in run],
        [re.sub(r"#.*", "", example) for example in documents.PYTHON.findall(text)],
        len(re.findall(r"^\| ", prose, flags=re.MULTILINE)),
    )


@BOTH
def test_a_page_has_the_same_parts_in_every_language(path: Path) -> None:
    """Headings, commands, examples and rows; and names the same pages and code."""
    assert outline(path) == outline(path.parents[1] / "en" / path.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_in_the_text_are_commands(language: str) -> None:
    """What stands between backticks as a command has a command's name, and options that it takes."""
    found = 0
    for name, text in texts(language):
        for span in re.findall(r"`gradcli ([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)):
            command, *arguments = shlex.split(span)
            assert command in COMMANDS, (name, span)
            if arguments and "PAGE" not in arguments:
                program = gradcli.make_context("gradcli", [command])
                command_named(command).make_context(command, arguments, program)  # parses; nothing is run
                found += 1
    assert found > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_in_the_manual(language: str) -> None:
    """Whatever a command takes, some page says what it is for."""
    manual = " ".join(text for _, text in texts(language))
    known = {option for name in COMMANDS for parameter in command_named(name).params for option in parameter.opts}
    assert {option for option in known if option.startswith("--") and f"`{option}" not in manual} <= {"--help"}


def command_named(name: str) -> click.Command:
    """A command of the program."""
    found = gradcli.get_command(gradcli.make_context("gradcli", [name]), name)
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_floors_are_those_of_the_layers(language: str) -> None:
    """The page for contributors lists the folders first, in the order that the imports have."""
    text = page("contributing", language)
    rows = re.findall(r"^\| `(\w+)` \|", text[: text.index("python -m tests.accuracy")], flags=re.MULTILINE)
    assert rows[: len(FLOORS)] == list(FLOORS)


def test_the_glossaries_have_the_same_terms() -> None:
    """Each English term has its Japanese one beside it, and the other way round; `turn` is a word of the code alone."""
    english, japanese = (page("contributing", language) for language in ("en", "ja"))
    terms = [
        (" ".join(term.split()).lower(), word) for term, word in re.findall(r"\*\*([^*]+)\*\*\s+\((.+?)\)", english)
    ]
    words = [
        (" ".join(term.split()).lower(), word) for word, term in re.findall(r"\*\*([^*]+)\*\*（([^）]+)）", japanese)
    ]
    assert sorted(terms) == sorted(words)
    assert {"adjoint", "partial", "kink", "tie", "cone", "jump", "stop"} < dict(terms).keys()


@BOTH
def test_every_shown_command_is_run(path: Path) -> None:
    """No block shows gradcli at work without being run; the rest are rows of the operator table."""
    languages = set(re.findall(r"^ *```(.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)) - {""}
    assert languages <= {"console", "python", "text"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_row_of_the_page_for_contributors_is_a_row(language: str) -> None:
    """As it would stand in the table."""
    text = re.findall(r"```text\n *(.*?),\n *```", page("contributing", language), flags=re.DOTALL)
    rows = [eval(row, vars(table).copy()) for row in text]
    assert [row.forward(0.0) for row in rows] == [1.0]


def test_a_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    """One page here; the others in tests/sweeps/test_guide.py."""
    documents.check(documents.ROOT / "gradcli" / "guide" / "ja" / "formats.md", tmp_path)
