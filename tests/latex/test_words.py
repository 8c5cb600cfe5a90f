"""Words in LaTeX."""

from gradcli.latex.words import in_ascii


def test_in_ascii() -> None:
    """As TeX's own notation of characters."""
    assert in_ascii("{$\\textit{り𝑥}$}") == "{$\\textit{^^^^308a^^^^^^01d465}$}"
