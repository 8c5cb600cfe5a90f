"""Equations that are too wide for a line are broken where a reader expects it."""

import pytest

from gradcli.latex.breaking import LINE, broken, fitted
from gradcli.latex.derivatives import aligned
from gradcli.latex.widths import displayed

SUM = " + ".join(rf"\frac{{x_{{{place}}} + 1}}{{\sinh\left(a + b\right)}}" for place in range(6))
MATRIX = r"\left(\begin{array}{rr} 1.25 \times 10^{-5} & -2 \\ 3 & 4 \end{array}\right)"
PRODUCT = r" \cdot ".join([r"\left(a + b - c + d\right)"] * 4)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        (rf"a + b \approx {MATRIX}", 400, 1),
        (rf"a + b \approx {MATRIX}", 120, 2),
        (rf"{SUM} = 2", 400, 2),
        (rf"{SUM} = 2", 200, 4),
        (rf"-{PRODUCT} + 1 \times 10^{{-5}}", 200, 3),
        (rf"A \, B \, {MATRIX} \odot {MATRIX}", 150, 2),
    ],
)
def test_each_line_has_room_and_nothing_is_lost(text: str, room: float, lines: int) -> None:
    """Before relations, else before terms, else before factors; never within braces and parentheses."""
    found = broken(text, room)
    assert len(found) == lines
    assert all(displayed(line) <= room for line in found)
    assert "".join(found).replace(r"\quad", "").replace(" ", "") == text.replace(" ", "")
    assert all(line.count("{") == line.count("}") and line.count(r"\left") == line.count(r"\right") for line in found)
    assert all(line.startswith((r"\approx", "=", r"\quad")) for line in found[1:])


def test_signs_of_numbers_are_no_places_to_break_at() -> None:
    """Nor is what stands between a number and its power of ten."""
    assert broken(r"-1.5 \times 10^{-12} \cdot -x", 60) == [r"-1.5 \times 10^{-12}", r"\quad \cdot -x"]


def test_what_cannot_be_broken_has_smaller_letters() -> None:
    """A matrix, behind its sign."""
    row = " & ".join([r"-1.23457 \times 10^{-12}"] * 6)
    first, second = broken(rf"g = \left(\begin{{array}}{{rrrrrr}} {row} \end{{array}}\right)", 420)
    assert first == "g"
    assert second.startswith(r"= \mbox{\scriptsize")
    assert displayed(second) <= LINE


def test_a_wide_left_side_leaves_less_room() -> None:
    """All are aligned at the same place."""
    terms = " + ".join(["abcdef"] * 9)
    alone, beside = (aligned([("y", terms), *more]) for more in ([], [(r"\mathit{gradient\_of\_the\_loss}", "1")]))
    assert alone.count("&") == 1
    assert beside.count("&") == 3


def test_in_text_only_what_tex_cannot_break_is_divided() -> None:
    """At its signs, between which a line may end; what has none there has smaller letters."""
    assert fitted("so $a + b + c + d + e + f$ is", 30) == "so $a + b + c + d + e + f$ is"
    high = r"\left(a + b - c\right)"
    assert fitted(f"so $x = {high} \\, {high}$ is", 90) == f"so $x$ $= {high}$ $\\quad \\, {high}$ is"
    assert fitted(f"${high}$", 20).startswith(r"$\mbox{\scriptsize")


def test_a_sign_of_its_own_stands_between_the_sides() -> None:
    """Which is else that of equality."""
    assert aligned([("a", r"\approx 1"), ("b", "= 2"), ("c", "3")]).splitlines()[1:-1] == [
        r"a &\approx 1 \\", r"b &= 2 \\", "c &= 3",
    ]  # fmt: skip
