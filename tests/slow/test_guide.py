"""The scripts that the page `arrays` has `export` write: PyTorch finds the same gradients. Needs torch."""

import subprocess
import sys
from pathlib import Path

from tests.helpers import documents


def test_the_scripts_of_the_page_arrays(tmp_path: Path) -> None:
    """Each asserts them itself; all five examples have one."""
    page = documents.ROOT / "gradcli" / "guide" / "en" / "arrays.md"
    shell = documents.Shell(tmp_path)
    for block in documents.blocks(page):
        for command in documents.commands(block):
            shell.run(command.text)
    scripts = sorted(shell.directory.glob("*.py"))
    assert [script.stem for script in scripts] == ["affine", "attention", "net", "norm", "softmax"]
    for script in scripts:
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("value ")
