"""The characters of pictures in text, with and without Unicode, and pieces of lines with their roles."""

from dataclasses import dataclass
from typing import NamedTuple

from gradcli.draw.numbers import DIGITS, gradient_label, number, value_label
from gradcli.draw.scene import SYMBOLS, Edge, Item
from gradcli.operators.table import OPERATORS
from gradcli.text import cells, printable, visible


class Piece(NamedTuple):
    """A part of a line: its text, and what it is (ink, leaf, name, value, gradient, muted, line), for its colour."""

    text: str
    role: str = "ink"


Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of characters. `down`, `up`, `left`, `cross` join a line from the left to a vertical one.

    With signs of ASCII, `encoding` says what other characters a text may have.
    """

    encoding: str
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
        return number(value, digits, language, bool(self.encoding))

    def value(self, edge: Edge, digits: int, language: str) -> str:
        """A value on its way forward, `6▸`, or nothing."""
        shown = value_label(edge, language, digits, bool(self.encoding))
        return f"{shown}{self.forward}" if shown else ""

    def gradient(self, edge: Edge, digits: int) -> str:
        """A gradient or product on its way back, `◂3`, or nothing; with three digits a product is short."""
        shown = gradient_label(edge, digits, bool(self.encoding), short=digits < DIGITS)
        return self.text(f"{self.backward}{shown}") if shown else ""

    def sum(self, item: Item, digits: int, language: str) -> str:
        """The sum of several gradients, `Σ◂5`, or nothing."""
        shown = item.badge and item.summed and item.total is not None
        return f"{self.total}{self.backward}{self.number(item.total, digits, language)}" if shown else ""

    def text(self, text: str) -> str:
        """A name or symbol without characters that this set does not have."""
        if not self.encoding:
            return "".join(map(visible, text))
        return printable("".join(ASCII_SYMBOLS.get(c, c) for c in text), self.encoding)


ASCII_SYMBOLS = {sign: symbol for symbol, sign in SYMBOLS.items() if not sign.isascii()}
ASCII_SYMBOLS |= {row.letter: row.name for row in OPERATORS.values() if row.letter}

UNICODE = Signs("", "─", "╌", "│", "┐", "┘", "┤", "├", "┼", "▸", "◂", "Σ", "↑", "↓", "├── ", "└── ", "│   ")
ASCII = Signs("ascii", "-", ".", "|", "+", "+", "+", "+", "+", ">", "<", "sum", "^", "v", "|-- ", "`-- ", "|   ")


def cell_width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(map(cells, text))


def plain(lines: list[Line]) -> str:
    """The lines as text without colours."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
