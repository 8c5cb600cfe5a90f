"""Words in LaTeX."""

from gradcli.latex.words import in_ascii, upright


def test_in_ascii() -> None:
    """As TeX's own notation of characters."""
    assert in_ascii("{$\\textit{り𝑥}$}") == "{$\\textit{^^^^308a^^^^^^01d465}$}"


def test_options_keep_their_hyphens() -> None:
    """A font makes one dash of two; other signs are escaped."""
    assert upright("--kink_1") == r"\mbox{-{}-kink\_1}"
