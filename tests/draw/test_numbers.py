"""Tests of numbers in pictures."""

from fractions import Fraction
from math import inf, nan

import pytest

from gradcli.draw.numbers import number
from gradcli.text import Characters, Ratio


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (-0.0, "0"), (2.0, "2"), (0.17794, "0.1779"), (-5.0, "−5"), (12345.0, "1.234e4"),
        (1e-7, "1e−7"), (-1.5e-300, "−1.5e−300"), (inf, "∞"), (-inf, "−∞"), (nan, "NaN"), (True, "true"),
        (None, ""),
    ],
)  # fmt: skip
def test_numbers_have_four_digits_and_a_real_minus_sign(value: float | None, shown: str) -> None:
    """A number is written with %.4g, and what is no finite number has its sign."""
    assert shown == number(value)


@pytest.mark.parametrize(
    ("value", "shown", "in_ascii"),
    [
        ("1/3", "1/3", "1/3"), ("-2", "−2", "-2"), (f"1/{10**29 + 1}", f"1/{10**29 + 1}", f"1/{10**29 + 1}"),
        (f"{10**40 + 1}/3", "≈3.333e39", "~3.333e39"), (f"-{10**40 + 1}", "≈−1e40", "~-1e40"),
        (f"{10**400}", "1e400", "1e400"), (f"1/{10**33}", "1e−33", "1e-33"),
    ],
)  # fmt: skip
def test_fractions(value: str, shown: str, in_ascii: str) -> None:
    """Whole as long as they are no wider than a product may be; digits that are not all of one say so."""
    ratio = Ratio.of(Fraction(value))
    assert (number(ratio), Characters.of("ascii").written(number(ratio))) == (shown, in_ascii)


def test_conditions_are_words_of_the_language() -> None:
    """True and false are translated."""
    assert (number(True, language="ja"), number(False, language="ja")) == ("真", "偽")
