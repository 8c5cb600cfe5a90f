"""README tells the truth: every command in it is run, and its output compared."""

import re
from pathlib import Path

import pytest

from tests.readme import README, Shell, blocks, commands


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """One directory for all commands: later ones read what earlier ones wrote."""
    return Shell(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("number", range(len(blocks())))
def test_a_block_of_commands_prints_what_readme_shows(shell: Shell, number: int) -> None:
    """Each command of the block writes exactly what stands below it."""
    for command in commands(blocks()[number]):
        assert (command.text, command.output) == (command.text, shell.run(command.text))


def test_every_shown_command_is_run() -> None:
    """No block shows gradcli at work without being run; the rest of README's blocks are set-up, programs and text."""
    languages = set(re.findall(r"^```(\w*)$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)) - {""}
    assert languages <= {"console", "sh", "python", "text"}


def test_python_in_readme_runs() -> None:
    """The Python examples run and their assertions hold."""
    examples = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        exec(compile(example, str(Path(README).name), "exec"), {})
