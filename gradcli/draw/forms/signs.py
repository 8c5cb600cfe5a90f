"""The characters of pictures in text, with and without Unicode, and pieces of lines with their roles."""

from dataclasses import dataclass
from typing import NamedTuple

from gradcli.draw.numbers import number
from gradcli.draw.scene import SYMBOLS
from gradcli.operators.table import OPERATORS
from gradcli.text import cells, visible


class Piece(NamedTuple):
    """A part of a line: its text, and what it is (ink, leaf, name, value, gradient, muted, line), for its colour."""

    text: str
    role: str = "ink"


Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of characters. `down`, `up`, `left`, `cross` join a line from the left to a vertical one."""

    ascii_only: bool
    line: str
    dashed: str
    upright: str
    down: str
    up: str
    left: str
    right: str
    cross: str
    forward: str
    backward: str
    total: str
    above: str
    below: str
    branch: str
    last: str
    through: str

    def number(self, value: object, digits: int, language: str) -> str:
        """A number, `−5` or in ASCII `-5`."""
        return number(value, digits, language, self.ascii_only)

    def value(self, value: object, digits: int, language: str) -> str:
        """A value on its way forward, `6▸`, or nothing."""
        shown = self.number(value, digits, language)
        return f"{shown}{self.forward}" if shown else ""

    def gradient(self, value: float | None, digits: int, language: str) -> str:
        """A gradient on its way back, `◂3`, or nothing."""
        return "" if value is None else f"{self.backward}{self.number(value, digits, language)}"

    def sum(self, value: float | None, digits: int, language: str) -> str:
        """The sum of several gradients, `Σ◂5`, or nothing."""
        return "" if value is None else f"{self.total}{self.gradient(value, digits, language)}"

    def text(self, text: str) -> str:
        """A name or symbol without characters that this set does not have."""
        if not self.ascii_only:
            return "".join(map(visible, text))
        return "".join(ASCII_SYMBOLS.get(c, c) for c in text).encode("ascii", "backslashreplace").decode()


ASCII_SYMBOLS = {sign: symbol for symbol, sign in SYMBOLS.items() if not sign.isascii()}
ASCII_SYMBOLS |= {row.letter: row.name for row in OPERATORS.values() if row.letter}

UNICODE = Signs(False, "─", "╌", "│", "┐", "┘", "┤", "├", "┼", "▸", "◂", "Σ", "↑", "↓", "├── ", "└── ", "│   ")
ASCII = Signs(True, "-", ".", "|", "+", "+", "+", "+", "+", ">", "<", "sum", "^", "v", "|-- ", "`-- ", "|   ")


def cell_width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(map(cells, text))


def plain(lines: list[Line]) -> str:
    """The lines as text without colours."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
