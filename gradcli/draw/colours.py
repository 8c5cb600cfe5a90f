"""The picture in text with a terminal's colours, written by Rich, which honours NO_COLOR and TERM=dumb."""

from collections.abc import Iterable
from typing import TextIO

from rich.text import Text

from gradcli.draw.signs import Line
from gradcli.report.table import console_for

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
    """Write the lines, each piece in the style of its role."""
    console = console_for(stream)
    for line in lines:
        text = Text(no_wrap=True)
        for piece in line:
            text.append(piece.text, STYLES[piece.role])
        text.rstrip()
        console.print(text)
