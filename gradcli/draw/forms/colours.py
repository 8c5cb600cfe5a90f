"""The picture in text with a terminal's colours, written by Rich, which honours NO_COLOR and TERM=dumb."""

import os
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from gradcli.draw.forms.signs import Line

STYLES = {
    "ink": "bold",
    "leaf": "bold italic",
    "name": "dim italic",
    "value": "cyan",
    "gradient": "bold dark_orange",
    "muted": "dim",
    "line": "dim",
}


def write_coloured(lines: Iterable[Line], stream: TextIO) -> None:
    """Write the lines to a terminal, each piece in the style of its role."""
    console = Console(file=stream, color_system=None if os.environ.get("NO_COLOR") else "auto")
    for line in lines:
        console.print(Text.assemble(*((piece.text, STYLES[piece.role]) for piece in line)), soft_wrap=True)
