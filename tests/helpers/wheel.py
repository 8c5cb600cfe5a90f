"""A package laid out as a wheel installs it, without the tools that build one."""

from pathlib import Path

from gradcli.language.tables import compute, grammar, module
from tests.helpers.running import ROOT


def lay_out(path: Path, with_tables: bool = True) -> None:
    """Write the package, its grammar and, as a wheel has them, the tables made from it into a folder."""
    for source in (ROOT / "gradcli").rglob("*"):
        if source.is_file() and "__pycache__" not in source.parts:
            target = path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (path / "gradcli" / "language" / "expression.lark").write_text(grammar(), encoding="utf-8")
    if with_tables:
        (path / "gradcli" / "language" / "_tables.py").write_text(module(compute(grammar())), encoding="utf-8")
