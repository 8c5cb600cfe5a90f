"""The characters of pictures in text, with and without Unicode, and pieces of lines with their roles."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from gradcli.draw.numbers import DIGITS, gradient_label, number, value_label
from gradcli.draw.scene import Edge, Item
from gradcli.operators.table import OPERATORS
from gradcli.text import ALL, Characters, visible


class LinePart(NamedTuple):
    """A part of a line: its text, and what it is (ink, leaf, name, value, gradient, muted, line), for its colour."""

    text: str
    role: str = "ink"


Line = list[LinePart]


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of characters for lines and arrows, and those that texts may have.

    `down`, `up`, `left`, `cross` join a line from the left to a vertical one.
    """

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
    branch: str
    last: str
    through: str
    characters: Characters = ALL

    @property
    def above(self) -> str:
        """What says that a node stands above."""
        return self.characters.written("↑")

    @property
    def below(self) -> str:
        """What says that a node stands below."""
        return self.characters.written("↓")

    def number(self, value: object, digits: int, language: str) -> str:
        """A number, `−5` or in ASCII `-5`."""
        return self.characters.written(number(value, digits, language))

    def value(self, edge: Edge, digits: int, language: str) -> str:
        """A value on its way forward, `6▸`, or nothing."""
        shown = self.characters.written(value_label(edge, language, digits))
        return f"{shown}{self.forward}" if shown else ""

    def gradient(self, edge: Edge, digits: int) -> str:
        """A gradient or product on its way back, `◂3`, or nothing; with three digits a product is short."""
        shown = self.characters.written(gradient_label(edge, digits, short=digits < DIGITS))
        return f"{self.backward}{shown}" if shown else ""

    def sum(self, item: Item, digits: int, language: str) -> str:
        """The sum of several gradients, `Σ◂5`, or nothing."""
        if not item.badge or not item.summed or item.total is None:
            return ""
        total = "Σ" if self.characters.has("Σ") else "sum"
        return f"{total}{self.backward}{self.number(item.total, digits, language)}"

    def label(self, item: Item) -> str:
        """What stands in an item: a name or a number, or the operator, which without its letter has its name."""
        text = item.text
        is_letter = item.shape != "text" and text in _LETTERS and not self.characters.has(text)
        return self.text(_LETTERS[text] if is_letter else text)

    def text(self, text: str) -> str:
        """A name or a title."""
        return self.characters.written("".join(map(visible, text)))


_LETTERS = {row.letter: row.name for row in OPERATORS.values() if row.letter}

UNICODE = Signs("─", "╌", "│", "┐", "┘", "┤", "├", "┼", "▸", "◂", "├── ", "└── ", "│   ")
ASCII = Signs("-", ".", "|", "+", "+", "+", "+", "+", ">", "<", "|-- ", "`-- ", "|   ")


def signs_in(characters: Characters) -> Signs:
    """The set that can be written: an encoding that lacks some lines or arrows has none."""
    known = "".join(getattr(UNICODE, name) for name in Signs.__slots__ if name != "characters")
    return replace(UNICODE if characters.has(known) else ASCII, characters=characters)


def plain(lines: list[Line]) -> str:
    """The lines as text without colours."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
