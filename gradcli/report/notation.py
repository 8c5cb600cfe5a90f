"""The signs of a form of output (Unicode, ASCII), and how chain-rule products are written with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradcli.numerals import rounded
from gradcli.rows import Factor


@dataclass(frozen=True, slots=True)
class Notation:
    """Signs and their spacing.

    `equality` is how `(=∂y/∂s)` follows a product: the article writes it without a space.
    """

    partial: str = "∂{}/∂{}"
    dot: str = "·"
    times: str = " × "
    approximately: str = "≈"
    equality: str = " (={})"

    def derivative(self, factor: Factor) -> str:
        """`∂y/∂s`."""
        return self.partial.format(*map(self.name, factor))

    def product(self, chain: Sequence[Factor]) -> str:
        """`∂y/∂y·∂y/∂s`."""
        return self.dot.join(map(self.derivative, chain))

    def name(self, name: str) -> str:
        """A variable or node, as it stands in a formula."""
        return name

    def inline(self, name: str) -> str:
        """A variable or node, as it stands in text."""
        return name

    def expression(self, text: str) -> str:
        """A node's definition, or its operation over numbers."""
        return text if self.times == " × " else text.replace(" × ", self.times)

    def number(self, value: float) -> tuple[str, bool]:
        """A number with up to six significant digits, and whether that is exact."""
        return rounded(value)


UNICODE = Notation()
ARTICLE = Notation(equality="(={})")  # the article's own spacing, used with Japanese words
ASCII = Notation(partial="d{}/d{}", dot="*", times=" * ", approximately="~")
