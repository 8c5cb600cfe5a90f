"""How numbers are written: exactly, rounded for tables, and strictly for JSON."""

from math import isfinite

DIGITS = 6  # significant digits of numbers in tables


def format_number(value: float) -> str:
    """The shortest text that reads back as the same double: `2`, `0.1`, `1e-9`."""
    return _short_exponent(repr(value).removesuffix(".0"))


def rounded(value: float, digits: int = DIGITS) -> tuple[str, bool]:
    """A number with so many significant digits at most, and whether that is exactly the number."""
    text = f"{value:.{digits}g}"
    if not isfinite(value) or float(text) == value:
        return format_number(value + 0.0), True  # the sign of a zero means nothing to a reader
    return _short_exponent(text), False


def _short_exponent(text: str) -> str:
    """`1e-09` as `1e-9`, `1e+22` as `1e22`."""
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def finite_or_none(value: float | None) -> float | None:
    """The number, or None where JSON has none for it. A bool stays a bool."""
    return value if value is None or isfinite(value) else None
