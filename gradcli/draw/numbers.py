"""Numbers in pictures: four digits, or a fraction, and a real minus sign; JSON has all digits."""

from math import inf, isnan
from typing import TYPE_CHECKING, Any

from gradcli.draw.fonts import LABEL_FONT, LEAST_FONT, width
from gradcli.draw.matrices import Matrix, fraction_text
from gradcli.draw.products import product, shortened
from gradcli.text import Ratio, short_exponent
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.draw.scene import Edge

DIGITS = 4  # significant digits of a number in a picture
MOST_CHARACTERS = 32  # of a fraction: it is as wide as a product may be


def number(value: Any, digits: int = DIGITS, language: str = "en") -> str:
    """A value as a picture shows it: `0.1779`, `−5`, `1/3`, `1e−8`, `∞`, `true`; "" for what has no value.

    A longer fraction than there is room for is written with digits, `≈0.3333`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("label.true" if value else "label.false", language)
    if isinstance(value, Matrix):
        text = value.text(digits)
    elif isinstance(value, Ratio):
        text = fraction_text(value, digits, MOST_CHARACTERS)
    elif isnan(value):
        return "NaN"
    elif value in (inf, -inf):
        text = "∞" if value > 0 else "-∞"
    else:
        text = short_exponent(f"{value + 0.0:.{digits}g}")
    return with_minus(text)


def value_label(edge: "Edge", language: str, digits: int = DIGITS) -> str:
    """What stands on an edge's way forward: the value, once it has been computed."""
    return number(edge.value, digits, language) if edge.done else ""


def gradient_label(edge: "Edge", digits: int = DIGITS, short: bool = False) -> str:
    """What stands on an edge's way back, once it has come back: the gradient, or the product that it is."""
    if not edge.backward or not edge.sent:
        return ""
    if edge.chain:
        return product(shortened(edge.chain) if short else edge.chain)
    return number(edge.gradient, digits)


def fitting(value: Any, room: float, language: str = "en") -> tuple[str, float]:
    """A number as it fits into a room of some px, and its font size: a little smaller, and then with fewer digits."""
    text = ""
    if isinstance(value, Matrix):
        return number(value, DIGITS, language), LABEL_FONT
    for digits in range(DIGITS, 0, -1):
        text = number(value, digits, language)
        length = width(text, 1.0)
        if length * LABEL_FONT <= room:
            return text, LABEL_FONT
        if length * LEAST_FONT <= room:
            return text, room / length
    return text, LEAST_FONT


def with_minus(text: str) -> str:
    """A number that is written already, with real minus signs."""
    return text.replace("-", "−")
