"""Tests of widths of text in pictures."""

from gradcli.draw.fonts import width


def test_a_text_is_as_wide_as_its_characters() -> None:
    """Widths add up, and grow with the font; letters of East Asia are square."""
    assert width("12", 10) == width("1", 10) + width("2", 10)
    assert 2 * width("ReLU", 10) == width("ReLU", 20)
    assert width("りんご", 20) == 60.0
