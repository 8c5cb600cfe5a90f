"""Numbers in pictures: four digits and a real minus sign; JSON has all digits."""

from math import inf, isnan
from typing import Any

from gradcli.text import short_exponent
from gradcli.words.catalogue import say

DIGITS = 4  # significant digits of a number in a picture


def number(value: Any, digits: int = DIGITS, language: str = "en", ascii_only: bool = False) -> str:
    """A value as a picture shows it: `0.1779`, `−5`, `1e−8`, `∞`, `true`; "" for what has no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("label.true" if value else "label.false", "en" if ascii_only else language)
    if isnan(value):
        return "nan" if ascii_only else "NaN"
    if value in (inf, -inf):
        text = "inf" if ascii_only else "∞"
        text = text if value > 0 else f"-{text}"
    else:
        text = short_exponent(f"{value + 0.0:.{digits}g}")
    return text if ascii_only else with_minus(text)


def with_minus(text: str) -> str:
    """A number that is written already, with real minus signs."""
    return text.replace("-", "−")
