"""The folders and files of the product, in the order in which they may import one another."""

import ast
from functools import cache
from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
FLOORS = (
    "interrupts", "choices", "frozen", "text", "words", "errors", "operators", "graph", "language", "arrays", "engine",
    "symbolic", "trace", "worksheet", "latex", "check", "compare", "export", "batch", "report", "draw", "plot", "api",
    "guide", "commands", "program", "__main__",
)  # fmt: skip


@cache
def tree(path: Path) -> ast.Module:
    """A file as Python reads it, once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))
