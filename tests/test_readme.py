"""README tells the truth: every command in it is run, and its output compared."""

import re
from pathlib import Path

import pytest

from tests.helpers.documents import README, Shell, blocks, commands


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """One directory for all commands: later ones read what earlier ones wrote."""
    return Shell(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("block", blocks(README))
def test_a_block_of_commands_prints_what_readme_shows(shell: Shell, block: str) -> None:
    """Each command of the block writes exactly what stands below it."""
    for command in commands(block):
        assert (command.text, command.output) == (command.text, shell.run(command.text))


def test_every_link_leads_somewhere() -> None:
    """To a file of the repository."""
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert [link for link in links if not (README.parent / link).is_file()] == []
    assert {Path(link).suffix for link in links} == {".md", ".svg"}
