"""Numbers and widths of text in pictures. Pictures show four digits and a real minus sign; JSON has all digits."""

from math import inf, isnan
from typing import Any
from unicodedata import combining, east_asian_width

from gradcli import words

DIGITS = 4  # significant digits of a number in a picture

# Advance widths of the characters from space to ~ in thousandths of the font size: for each, the wider one of Noto
# Sans Regular (Google, 2.013) and Liberation Sans Regular (2.1, which has the widths of Arial and Helvetica), read
# from their hmtx tables. So a text is never wider than it is measured, in the upright and the italic style.
_ADVANCES = (
    278, 278, 408, 646, 572, 889, 732, 225, 333, 333, 551, 584, 278, 333, 278, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 730, 667, 611, 778, 741, 339, 500, 667, 556, 907,
    760, 781, 667, 781, 722, 667, 611, 731, 667, 944, 667, 667, 611, 329, 372, 329, 572, 556, 333, 568, 615, 500, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 500, 361, 618, 508, 786, 529, 510, 500, 380,
    551, 380, 584,
)  # fmt: skip
_WIDE, _OTHER = 1000, 800  # East Asian letters are square; letters of other alphabets are at most so wide, but for few


def width(text: str, size: float) -> float:
    """The width of a text in px at a font size in px."""
    return sum(map(_advance, text)) * size / 1000


def _advance(character: str) -> int:
    code = ord(character)
    if 32 <= code < 127:
        return _ADVANCES[code - 32]
    if combining(character):
        return 0
    if character in "−×÷≤≥≠±":
        return 584
    return _WIDE if east_asian_width(character) in "WFA" else _OTHER


def number(value: Any, digits: int = DIGITS, language: str = "en", ascii_only: bool = False) -> str:
    """A value as a picture shows it: `0.1779`, `−5`, `∞`, `true`; "" for what has no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.word("true" if value else "false", "en" if ascii_only else language)
    if isnan(value):
        return "nan" if ascii_only else "NaN"
    if value in (inf, -inf):
        text = "inf" if ascii_only else "∞"
        return text if value > 0 else f"-{text}" if ascii_only else f"−{text}"
    text = f"{value + 0.0:.{digits}g}"
    return text if ascii_only else text.replace("-", "−")
