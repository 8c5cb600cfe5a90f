"""`gradcli guide`: the manual in a pipe and in a terminal."""

import pytest

from gradcli.guide.pages import PAGES, page
from tests.helpers.running import run, run_terminal


def test_without_a_page_the_pages_are_listed() -> None:
    """Each by its name with its title, in the order in which they are read."""
    lines = run("guide").out.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(PAGES)
    assert lines[PAGES.index("numbers")].endswith("  Numbers to rely on")


@pytest.mark.parametrize("name", PAGES)
def test_a_pipe_gets_the_text(name: str) -> None:
    """As it is written, but for links, which are commands."""
    outcome = run("guide", name)
    assert (outcome.code, outcome.out, outcome.err) == (0, page(name), "")
    assert ".md)" not in outcome.out


@pytest.mark.parametrize("columns", [80, 40])
def test_a_terminal_gets_a_page_of_its_width(columns: int) -> None:
    """Without marks of Markdown, no line wider than the terminal, shown by the pager."""
    outcome = run_terminal(columns, "guide", "numbers", variables={"PAGER": "cat", "NO_COLOR": "1", "TERM": "dumb"})
    assert outcome.code == 0
    assert "Numbers to rely on" in outcome.out
    assert not {"##", "```", "**"} & set(outcome.out.split())
    assert max(map(len, outcome.out.splitlines())) <= columns


def test_a_page_of_the_terminal_goes_through_the_pager() -> None:
    """A long page can be read from its top."""
    outcome = run_terminal(80, "guide", "check", variables={"PAGER": "head -n 1"}, keys=True)
    assert (outcome.code, outcome.out.strip()) == (0, "Derivatives worked out by hand: gradcli check")
