"""The commands of README and the manual: finds them and runs them.

A block ```console holds commands behind `$ ` (continued behind `> `), each followed by its output. All blocks of a
document run in one empty directory, in order, with GRADCLI_LANG as its language. Where the machine has no jq, one for
paths like `.gradient.a` stands in. Examples in Python that take a million rows run with fewer.
`python -m tests.helpers.documents FILE...` writes the outputs into these documents; without FILE, into all.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from gradcli.choices import LANGUAGES
from tests.helpers.forks import PATIENCE, program
from tests.helpers.running import ROOT, installed

README = ROOT / "README.md"
PAGES = sorted((ROOT / "gradcli" / "guide").glob("*/*.md"))
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FEWER = "1_000_000", "20_000"  # rows

JQ = f"""#!{sys.executable}
import json, sys
path, value = sys.argv[-1], json.load(sys.stdin)
for key in path.strip(".").split("."):
    value = value[key]
print(json.dumps(value, separators=(",", ":")))
"""


class Command(NamedTuple):
    """A command and what stands below it."""

    text: str
    output: str


def commands(block: str) -> Iterator[Command]:
    """The commands of one block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        count = 1
        while count < len(lines) and lines[count].startswith("> "):
            count += 1
        text = "\n".join([lines[0], *(line[2:] for line in lines[1:count])])
        yield Command(text, "".join(f"{line}\n" for line in lines[count:]))


def blocks(document: Path) -> list[str]:
    """The console blocks of a document."""
    return BLOCK.findall(document.read_text(encoding="utf-8"))


def language(document: Path) -> str:
    """Pages are in the language that their folder is named by, and README is in English."""
    return document.parent.name if document.parent.name in LANGUAGES else LANGUAGES[0]


class Shell:
    """Runs commands in a directory, with this Python's gradcli, in a reader's language."""

    def __init__(self, directory: Path, language: str = "en") -> None:
        self.directory = directory / "work"
        tools = directory / "tools"
        self.directory.mkdir()
        tools.mkdir()
        (tools / "gradcli").symlink_to(program())
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        if not any(os.access(Path(folder) / "jq", os.X_OK) for folder in os.environ["PATH"].split(os.pathsep)):
            self._script(tools / "jq", JQ)
        where = {"PATH": path, "PYTHONPATH": installed(), "HOME": str(directory)}
        self.environment = where | {"LC_ALL": "C.UTF-8", "GRADCLI_LANG": language}

    def _script(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def run(self, command: str) -> str:
        """What a command writes, both streams together."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.directory,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout


def check(document: Path, directory: Path) -> None:
    """Run all commands of a document and compare their outputs; then run its Python, whose assertions must hold."""
    shell = Shell(directory, language(document))
    for block in blocks(document):
        for command in commands(block):
            assert (command.text, command.output) == (command.text, shell.run(command.text))
    for example in PYTHON.findall(document.read_text(encoding="utf-8")):
        exec(compile(example.replace(*FEWER), document.name, "exec"), {})


def rewrite(document: Path) -> None:
    """Run all commands of a document and write their outputs into it."""
    with TemporaryDirectory() as directory:
        shell = Shell(Path(directory), language(document))

        def fresh(match: re.Match[str]) -> str:
            parts = []
            for command in commands(match.group(1)):
                typed = command.text.replace("\n", "\n> ")
                parts.append(f"$ {typed}\n{shell.run(command.text)}")
            return f"```console\n{''.join(parts)}```"

        document.write_text(BLOCK.sub(fresh, document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else (README, *PAGES):
        rewrite(path)
