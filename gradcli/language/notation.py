"""What a line of another notation is made of, and how a notation reads its operators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST = 200  # characters of a line that is looked at
# Levels of precedence. A function without parentheses (`sin 2x`) takes a product without signs as its argument.
CHOICE, OR, AND, NOT, EQUALITY, COMPARISON, ANY, BOTH, SUM, PRODUCT, BARE, UNSIGNED, SIGN, POWER, CELL, LOOSE = range(
    1, 17
)


class NotationError(Exception):
    """A line that cannot be read. With a code, what is wrong with it is known, and where, or also what to write."""

    def __init__(self, code: str = "", start: int = 0, end: int = 0, write: str = "") -> None:
        super().__init__(code)
        self.write = write
        self.code = code
        self.start = start
        self.end = end


class Token(NamedTuple):
    """A piece of a line, of one kind: number, name, function, open, close, operator, …; `text` is its meaning."""

    kind: str
    text: str
    start: int
    end: int
    system: str = ""  # of a function or constant: whose it is, as far as the line says
    groups: int = 0  # of a function: so many arguments in braces follow
    is_apart: bool = False  # a space that can be seen stands before it


class Operand(NamedTuple):
    """What has been read: a text of gradcli's language, and what later operators ask about it."""

    text: str
    is_condition: bool = False
    relation: tuple[str, str, str] | None = None  # of a comparison without parentheses: its sides and sign
    items: "tuple[Operand, ...] | None" = None  # of a list; () for a text
    is_whole: bool = False  # a whole number, as C divides them
    is_grouped: bool = False  # stands in parentheses

    @property
    def number(self) -> str:
        """As a number: 1 for a condition that holds."""
        return f"where({self.text}, 1, 0)" if self.is_condition else self.text

    @property
    def condition(self) -> str:
        """As a condition: that a number is not 0."""
        return self.text if self.is_condition else f"({self.text}) != 0"


@dataclass
class OpenCall:
    """A function whose arguments are being read."""

    token: Token
    before: list[Operand] = field(default_factory=list)  # the arguments that stand elsewhere, as the base of a log
    power: Operand | None = None  # sin^2(x)
    groups: int = 0


@dataclass
class Pending:
    """An operator that waits for what is behind it."""

    symbol: str
    precedence: int
    token: Token
    count: int = 2
    function: OpenCall | None = None  # applied without parentheses


@dataclass
class OpenBracket:
    """What is open: parentheses, or the arguments of a function."""

    kind: str  # group, call, power, base, list, cases
    closer: str
    base: int  # of the values
    token: Token
    function: OpenCall | None = None
    keywords: dict[int, str] = field(default_factory=dict)  # of arguments, by their places


class ForeignNotation(NamedTuple):
    """How a notation reads its operators."""

    name: str
    written: Mapping[str, tuple[int, str]] = {}  # operators of its own: precedence, and what they mean of {0} and {1}
    sign: int = SIGN  # the precedence of a sign
    power_is_right: bool = True
    chains: bool = True  # 0 < x < 1 is two comparisons
    converts: bool = True  # conditions are numbers, and numbers conditions
    values_of_and: bool = False  # `x and y` of numbers is one of them
    whole_division: bool = False  # 1/2 is 0
    has_products: bool = True  # without a sign: 2x, a(b + c)
    defined: frozenset[str] = frozenset()  # functions of the text's own
    reading: int = 0  # of what is read in two ways: the first or the second; 0 refuses it

    def is_first(self, start: int, end: int) -> bool:
        """Whether the first of two ways is taken: that in which what stands close belongs together."""
        if not self.reading:
            raise NotationError("two-readings", start, end)
        return self.reading == 1

    def number(self, value: Operand) -> str:
        """A value as a number, as far as the notation takes conditions for numbers."""
        return value.number if self.converts else value.text

    def condition(self, value: Operand) -> str:
        """A value as a condition, as far as the notation takes numbers for conditions."""
        return value.condition if self.converts else value.text
