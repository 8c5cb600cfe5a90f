"""A package laid out as a wheel installs it, without the tools that build one."""

import shutil
from pathlib import Path

from gradcli.language.tables import compute, grammar, module
from tests.helpers.floors import PACKAGE


def lay_out(path: Path, with_tables: bool = True) -> None:
    """Copy the package into a folder, with its grammar and, as a wheel has them, the tables made from it.

    What Python has compiled comes along.
    """
    shutil.copytree(PACKAGE, path / "gradcli")
    (path / "gradcli" / "language" / "expression.lark").write_text(grammar(), encoding="utf-8")
    if with_tables:
        (path / "gradcli" / "language" / "_tables.py").write_text(module(compute(grammar())), encoding="utf-8")
