"""Exported C as text; tests/slow compiles it."""

from gradcli.export.export import export
from gradcli.language.parser import parse


def test_halves_are_rounded_to_even_numbers() -> None:
    """As in Python; C's own round goes away from 0."""
    assert "return nearbyint(x);" in export(parse("round(x)"), "c")


def test_and_within_or_stands_in_parentheses() -> None:
    """Compilers warn of it otherwise."""
    source = export(parse("where(a > 0 or b > 0 and x > 0, 1, 2)"), "c")
    assert "return (a > 0.0 || (b > 0.0 && x > 0.0)) ? 1.0 : 2.0;" in source
    source = export(parse("where(a > 0 and b > 0 or x > 0, 1, 2)"), "c")
    assert "return ((a > 0.0 && b > 0.0) || x > 0.0) ? 1.0 : 2.0;" in source
