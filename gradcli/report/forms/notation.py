"""The signs of a form of output (Unicode, ASCII), and how formulas are written with them.

A formula is what stands in a cell between words: a definition, a product, a number with its name. LaTeX puts it into
math mode; the other forms write it as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gradcli.text import rounded
from gradcli.trace.rows import Factor
from gradcli.words import catalogue as words


@dataclass(frozen=True, slots=True)
class Notation:
    """Signs and their spacing.

    `equality` is how `(=∂y/∂s)` follows a product: the article writes it without a space. A character that `encoding`
    has not is written as its code point.
    """

    partial: str = "∂{}/∂{}"
    dot: str = "·"
    times: str = " × "
    approximately: str = "≈"
    equality: str = " ({})"
    encoding: str = "utf-8"

    def math(self, text: str) -> str:
        """A formula whose parts are written already."""
        return text

    def formula(self, text: str) -> str:
        """An expression of the language, or an operation over numbers, as a formula."""
        return self.math(self.expression(text))

    def derivative(self, factor: Factor) -> str:
        """`∂y/∂s`, inside a formula."""
        return self.partial.format(*map(self.name, factor))

    def product(self, chain: Sequence[Factor]) -> str:
        """`∂y/∂y·∂y/∂s`, inside a formula."""
        return self.dot.join(map(self.derivative, chain))

    def equal(self, text: str) -> str:
        """`(=∂y/∂s)` behind a product, inside a formula."""
        return self.equality.format(f"={text}")

    def part_of(self, text: str, language: str) -> str:
        """`(part of ∂y/∂x)` behind a product, inside a formula."""
        return self.equality.format(words.part_of(text, language))

    def name(self, name: str) -> str:
        """A variable or node, inside a formula."""
        return self.encoded(name)

    def inline(self, name: str) -> str:
        """A variable or node, as a formula."""
        return self.math(self.name(name))

    def expression(self, text: str) -> str:
        """An expression or an operation, inside a formula."""
        text = text.replace(" × ", self.times)
        if self.dot == "*":
            text = text.replace("…", "...")
        return self.encoded(text)

    def word(self, word: str) -> str:
        """A word inside a formula."""
        return word

    def number(self, value: float) -> tuple[str, bool]:
        """A number with up to six significant digits, and whether that is exact."""
        return rounded(value)

    def factor(self, number: str) -> str:
        """A number as a factor of a product."""
        return f"({number})" if number.startswith("-") else number

    def encoded(self, text: str) -> str:
        """The text without characters that the encoding has not."""
        return text.encode(self.encoding, "backslashreplace").decode(self.encoding)


UNICODE = Notation()
ARTICLE = Notation(equality="({})")  # the article's own spacing, used with Japanese words
ASCII = Notation(partial="d{}/d{}", dot="*", times=" * ", approximately="~", encoding="ascii")
