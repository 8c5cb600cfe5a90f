"""The folders and files of the product, in the order in which they may import one another."""

from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
FLOORS = (
    "interrupts", "choices", "frozen", "text", "words", "errors", "operators", "graph", "language", "engine",
    "symbolic", "trace", "worksheet", "latex", "check", "compare", "export", "report", "draw", "plot", "api", "guide",
    "commands", "program", "__main__",
)  # fmt: skip
