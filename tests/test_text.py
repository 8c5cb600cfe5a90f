"""How numbers are written, and which characters can be."""

import math

import pytest

from gradcli.text import Characters, cells, finite_or_none, folded, format_number, rounded


@pytest.mark.parametrize(
    ("expected", "value"),
    [("2", 2.0), ("0.1", 0.1), ("1e300", 1e300), ("1e-300", 1e-300), ("-0", -0.0), ("220.00000000000003", 200 * 1.1),
     ("1e22", 1e22), ("123456789", 123456789.0), ("inf", math.inf), ("nan", math.nan)],
)  # fmt: skip
def test_exact(expected: str, value: float) -> None:
    """The shortest text that reads back as the same number."""
    assert expected == format_number(value)
    assert math.isnan(value) or float(expected) == value


@pytest.mark.parametrize(
    ("text", "exact", "value"),
    [("6", True, 6.0), ("0.333333", False, 1 / 3), ("1.23457e8", False, 123456789.0), ("1e-9", True, 1e-9),
     ("0.1", True, 0.1), ("-2.5", True, -2.5), ("1e200", True, 1e200), ("123456", True, 123456.0), ("0", True, 0.0),
     ("1.1", True, 1.1), ("220", False, 200 * 1.1), ("inf", True, math.inf), ("0.0001", True, 0.0001),
     ("1e-5", True, 1e-5)],
)  # fmt: skip
def test_rounded(text: str, exact: bool, value: float) -> None:
    """Six significant digits at most, and whether that is the number."""
    assert (text, exact) == rounded(value)


def test_strict() -> None:
    """JSON has no infinity and no NaN."""
    assert [1.0, None, None, None, True] == [finite_or_none(x) for x in (1.0, math.inf, math.nan, None, True)]


def test_no_line_begins_with_what_belongs_to_the_one_before() -> None:
    """Stops, small kana and long vowels stay behind their letter, and an opening bracket before it; all is there."""
    text = "これは「ショッピング」のデータ（計算グラフ）です。" * 8
    for width in range(8, 40):
        lines = folded(text, width)
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "、。）」ョッー" or line[-1] in "（「"]
        assert max(sum(map(cells, line)) for line in lines) <= width


def test_short_brackets_stay_together() -> None:
    """A default behind the text of an option, with its stop, is on one line wherever that ends."""
    text = "これより長い式を受け付けません [2000000 文字]。"
    assert all("[2000000 文字]。" in " ".join(folded(text, width)) for width in range(17, 60))


@pytest.mark.parametrize(
    ("characters", "shown"),
    [
        (Characters.of("utf-8"), "∂り/∂é ≈ 2×3 − ∞ ≤ σ² …"),
        (Characters.of("utf-8", True), r"d\u308a/d\xe9 ~ 2*3 - inf <= \u03c3^2 ..."),
        (Characters.of("utf-8", True, "ja"), "dり/dé ~ 2*3 - inf <= σ^2 ..."),
        (Characters.of("cp932", language="ja"), r"∂り/∂\xe9 ≒ 2×3 - ∞ ≦ σ^2 …"),
        (Characters.of("euc_jp", True, "ja"), "dり/dé ~ 2*3 - inf <= σ^2 ..."),
        (Characters.of("latin-1"), r"d\u308a/dé ~ 2×3 - inf <= \u03c3² ..."),
    ],
)
def test_what_can_be_written(characters: Characters, shown: str) -> None:
    """A sign that an encoding lacks has the next best one, also where Python would write one that looks alike."""
    assert characters.written("∂り/∂é ≈ 2×3 − ∞ ≤ σ² …") == shown
