"""How wide LaTeX sets text and formulas: near to what TeX says, which `tests/slow/test_latex.py` asks."""

import pytest

from gradcli.latex.widths import width

ELEMENT = r"-5.21 \times 10^{-12}"
ROW = " & ".join([ELEMENT] * 3)
PRODUCT = r"$\frac{\partial L}{\partial t} \odot B \allowbreak\bigl(= \frac{\partial L}{\partial A}\bigr)"
BLANK = r"\underline{\hspace{2em}}"
ARRAY = rf"\left(\begin{{array}}{{rrr}} {ROW} \\ {ROW} \end{{array}}\right)"


@pytest.mark.parametrize(
    ("text", "points"),  # by pdflatex
    [
        ("$x$ ($2$)", 21.8),
        ("Start point $x$", 57.4),
        (rf"${ELEMENT}$", 62.5),
        (rf"${ARRAY}$", 233.3),
        (rf"$\mbox{{\scriptsize\(\arraycolsep2pt {ARRAY}\)}}$", 178.2),
        (rf"{PRODUCT}$\rule[-1.4ex]{{0pt}}{{4.4ex}}", 65.7),
        (rf"$\approx \left(\begin{{array}}{{rr}} {BLANK} & {BLANK} \end{{array}}\right)$", 82.5),
    ],
)
def test_near_to_what_tex_measures(text: str, points: float) -> None:
    """A matrix is not said to be narrower than it is, and nothing much wider."""
    assert -0.5 <= width(text) - points <= 0.1 * points + 3


def test_rows_of_other_lengths_and_letters_of_other_scripts() -> None:
    """The widest number of each column counts, and a Japanese letter is as wide as two."""
    rows = (r"1 & 2 \\ 10 & 3", "10 & 2")
    one, other = (rf"$\left(\begin{{array}}{{rr}} {row} \end{{array}}\right)$" for row in rows)
    assert 0 <= width(one) - width(other) < 6  # whose parentheses are lower
    assert width("始点") == 2 * width("始") == 20
