"""The picture in text with a terminal's colours, written by Rich, which honours NO_COLOR and TERM=dumb."""

from collections.abc import Iterable
from typing import TextIO

from gradcli.draw.forms.signs import Line
from gradcli.report.forms.table import Paper

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
    paper = Paper(stream)
    for line in lines:
        paper.write("".join(paper.paint(piece.text, STYLES[piece.role]) for piece in line))
