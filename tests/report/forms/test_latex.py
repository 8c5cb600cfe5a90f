"""LaTeX tables: what stands outside of formulas is escaped."""

import pytest

from gradcli.report.forms.latex import escaped


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"50\% \& \#1 of a\_b \{c\}", "50% & #1 of a_b {c}"),
        (r"$<$a$>$ $|$b$|$", "<a> |b|"),
        (r"\textasciitilde{}\textasciicircum{}\textbackslash{}", "~^\\"),
        (r"$\partial$y\dots{}", "∂y…"),
        (r"at $x_{1} = 50\%$ it\_is", r"at $x_{1} = 50\%$ it_is"),
    ],
)
def test_text_is_escaped(latex: str, text: str) -> None:
    """Formulas between dollars are left alone."""
    assert latex == escaped(text)
