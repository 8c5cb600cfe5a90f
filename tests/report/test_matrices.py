"""How matrices are written, in every form."""

from math import inf, nan

import pytest

from gradcli.arrays.grids import grid
from gradcli.report.forms.html import HtmlNotation, markup
from gradcli.report.forms.latex import LatexNotation
from gradcli.report.forms.markdown import MarkdownNotation
from gradcli.report.notation import UNICODE, notation_in
from gradcli.text import Characters, Ratio, Settled

ASCII = notation_in(Characters.of("ascii"), "en")


def lines(values: list[float], *shape: int, digits: int = 6) -> list[str]:
    """A matrix in a terminal."""
    return UNICODE.matrices([grid(values, shape, digits)])


def test_columns_are_flush_right_between_brackets() -> None:
    """Of one row, of two and of more."""
    assert lines([1.0, 0.0, -1.0], 3) == ["[ 1  0  -1 ]"]
    assert lines([5.0, 2.0, -1.0, 11.0, 4.0, -3.0], 2, 3) == ["⎡  5  2  -1 ⎤", "⎣ 11  4  -3 ⎦"]
    assert lines([1.0, 2.0, 3.0], 3, 1) == ["⎡ 1 ⎤", "⎢ 2 ⎥", "⎣ 3 ⎦"]


@pytest.mark.parametrize(
    ("values", "digits", "texts", "is_exact"),
    [
        ([0.8803, 0.1192, 0.0006], 3, ["0.880", "0.119", "0.001"], False),
        ([-0.1274, -2.1274, -7.1274], 3, ["-0.13", "-2.13", "-7.13"], False),
        ([0.0, -8.39514, -0.0], 3, ["0.00", "-8.40", "0.00"], False),
        ([1.5, -2.0, -0.0], 6, ["1.5", "-2.0", "0.0"], True),
        ([0.1, 0.25], 6, ["0.10", "0.25"], True),
        ([1234567.0, -1.0], 3, ["1234567", "-1"], True),
        ([9.9996, 1.0], 4, ["10.00", "1.00"], False),
        ([-0.0004, 1.2345], 3, ["-0.0004", "1.23"], False),
        ([1e-9, 3.0], 6, ["1e-9", "3"], True),
        ([1e-9, 1 / 3], 6, ["1e-9", "0.333333"], False),
        ([1e-9, 1 / 3], 4, ["1e-9", "0.3333"], False),
        ([1e-9, 0.0], 6, ["1e-9", "0"], True),
        ([1e20, 0.123456789], 3, ["1e20", "0.123"], False),
        ([inf, 1.5], 6, ["inf", "1.5"], True),
        ([nan, 1.0], 6, ["nan", "1"], True),
        ([True, False], 6, ["True", "False"], True),
        ([None, 1.0], 6, ["-", "1"], True),
        ([Ratio("1/3", 1 / 3, is_exact=True), Settled("0.25", 0.25)], 6, ["1/3", "0.25"], False),
        ([0.0], 6, ["0"], True),
    ],
)
def test_numbers_share_their_decimals(values: list[float], digits: int, texts: list[str], is_exact: bool) -> None:
    """As many as the largest takes; where its size has no place for them each is as it is written alone."""
    assert grid(values, (len(values),), digits) == ([texts], True, is_exact)


def test_in_pictures_all_share_their_decimals() -> None:
    """Whose arrows have room for these alone when their numbers change."""
    assert grid([1e-9, 1 / 3], (2,), 4, is_tight=True).rows == [["0.0000", "0.3333"]]


def test_where_there_is_little_room_numbers_have_exponents_as_soon_as_these_are_shorter() -> None:
    """By more than what a power of ten takes on paper; and are rounded then."""
    assert grid([5213e9, -2e12, 1.0], (3,), 3, is_short=True) == ([["5.21e12", "-2e12", "1"]], True, False)
    assert grid([1234567.0, -1.0], (2,), 3, is_short=True) == ([["1234567", "-1"]], True, True)
    assert grid([2e12, True, None], (3,), 3, is_short=True) == ([["2e12", "True", "-"]], True, True)  # type: ignore[list-item]


def test_large_matrices_are_cut() -> None:
    """More than six rows or columns: the first three and the last two, of which alone the decimals are."""
    values = [float(x) for x in range(70)]
    values[4 * 7 + 4] = 0.125
    assert lines(values, 10, 7) == [
        "⎡  0   1   2  …   5   6 ⎤",
        "⎢  7   8   9  …  12  13 ⎥",
        "⎢ 14  15  16  …  19  20 ⎥",
        "⎢  …   …   …  …   …   … ⎥",
        "⎢ 56  57  58  …  61  62 ⎥",
        "⎣ 63  64  65  …  68  69 ⎦",
    ]
    assert lines(values[:6], 6) == ["[ 0  1  2  3  4  5 ]"]
    assert lines(values[:7], 7) == ["[ 0  1  2  …  5  6 ]"]
    assert grid(values[:7], (7, 1), 6).nested == "[[0], [1], [2], …, [5], [6]]"
    assert LatexNotation().matrices([grid(values[:7], (7, 1), 6)])[0].count(r"\vdots") == 1


def test_matrices_stand_beside_each_other() -> None:
    """Lower ones and signs at half of the height of the highest, and without spaces behind them."""
    left, right = grid([1.0, 1.0, 0.0] * 2, (2, 3), 6), grid([1.0, 2.0, 0.0, 1.0, -1.0, 0.0], (3, 2), 6)
    result = grid([1.0, 3.0] * 2, (2, 2), 6)
    assert UNICODE.matrices(["=", left, "·", right, "=", result]) == [
        "  ⎡ 1  1  0 ⎤   ⎡  1  2 ⎤   ⎡ 1  3 ⎤",
        "= ⎣ 1  1  0 ⎦ · ⎢  0  1 ⎥ = ⎣ 1  3 ⎦",
        "                ⎣ -1  0 ⎦",
    ]
    assert UNICODE.matrices(["(-1)", "×", grid([0.0, 1.0], (2,), 6)]) == ["(-1) × [ 0  1 ]"]


def test_every_form_has_its_own() -> None:
    """Nested lists, `array`, letters of one width, brackets of ASCII."""
    parts = ["=", grid([1.0, 0.25, 0.5, 4.0], (2, 2), 6)]
    assert MarkdownNotation().matrices(parts) == ["= [[1.00, 0.25], [0.50, 4.00]]"]
    tiny = ["=", grid([1e-9, 0.0], (2,), 6)]
    assert LatexNotation().matrices(tiny) == [r"$= \left(\begin{array}{rr} 1 \times 10^{-9} & 0 \end{array}\right)$"]
    two = ["=", grid([1.0, 2.0, 3.0, inf], (2, 2), 6)]
    assert LatexNotation().matrices(two) == [r"$= \left(\begin{array}{rr} 1 & 2 \\ 3 & \infty \end{array}\right)$"]
    odd = LatexNotation().matrices(["=", grid([-inf, nan], (2,), 6)])
    assert odd == [r"$= \left(\begin{array}{rr} -\infty & \mathrm{nan} \end{array}\right)$"]
    assert ASCII.matrices(two) == ["= [ 1    2 ]", "  [ 3  inf ]"]
    assert [markup(line) for line in HtmlNotation().matrices(two)] == [
        '<span style="white-space: pre; font-family: monospace, monospace">= ⎡ 1    2 ⎤</span>',
        '<span style="white-space: pre; font-family: monospace, monospace">  ⎣ 3  inf ⎦</span>',
    ]


def test_shapes() -> None:
    """As they are said, and as ASCII and LaTeX have them."""
    assert [notation.shape((2, 3)) for notation in (UNICODE, ASCII, LatexNotation())] == ["2×3", "2x3", r"2 \times 3"]
    assert UNICODE.shape((3,)) == "3"
