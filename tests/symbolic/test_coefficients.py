"""The numbers of sums and products: exact, decimals too, and with short texts."""

from fractions import Fraction

import pytest

from gradcli.symbolic.coefficients import (
    DecimalFraction,
    Number,
    exact,
    is_short,
    number_of,
    parts_of,
    quotient,
    raised,
)


def test_whole_numbers_are_exact() -> None:
    """And so are their quotients."""
    assert (2, int) == (number_of(2.0), type(number_of(2.0)))
    assert (Fraction(1, 3), Fraction) == (quotient(1, 3), type(quotient(1, 3)))
    assert (2, int) == (quotient(6, 3), type(quotient(6, 3)))


def test_decimals_are_exact_and_stay_decimals() -> None:
    """0.3*3 is 0.9, not 0.8999999999999999; whole ones are whole numbers."""
    assert (Fraction(9, 10), DecimalFraction) == (number_of(0.3) * 3, type(number_of(0.3) * 3))
    assert (Fraction(-3, 10), DecimalFraction) == (number_of(0.7) - 1, type(number_of(0.7) - 1))
    assert (Fraction(1, 2), DecimalFraction) == (
        Fraction(1, 4) + number_of(0.25),
        type(Fraction(1, 4) + number_of(0.25)),
    )
    assert (Fraction(5), DecimalFraction) == (1 / number_of(0.2), type(1 / number_of(0.2)))
    tenth = number_of(0.1)
    assert all(isinstance(number, DecimalFraction) for number in (-tenth, 1 - tenth, tenth**2, 2 * tenth, tenth / 2))
    assert (1, int) == (exact(number_of(0.5) * 2), type(exact(number_of(0.5) * 2)))


def test_whole_powers() -> None:
    """Below 1 too."""
    assert (8, Fraction(1, 8), Fraction(1, 4), 4) == (
        raised(2, 3), raised(2, -3), raised(number_of(0.5), 2), raised(number_of(0.5), -2)
    )  # fmt: skip


def test_numerator_and_denominator() -> None:
    """As doubles; a decimal is its own numerator, where its digits end."""
    assert ((2.0, 3.0), (0.1, 1.0)) == (parts_of(Fraction(2, 3)), parts_of(number_of(0.1)))
    assert ((1.0, 2.0), (1.0, 6.0)) == (parts_of(Fraction(1, 2)), parts_of(number_of(0.5) / 3))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (number_of(0.1), True),
        (number_of(0.1) * 3, True),
        (number_of(0.1) / 3, True),  # 1/30
        (number_of(0.123456789), False),
        (number_of(1e-300), False),
        (2432902008176640000, True),  # 20!, a double
        (2**53 + 1, False),  # no double
        (10**30, False),
        (Fraction(1, 3), True),
        (Fraction(1, 2**53 + 1), False),
    ],
)
def test_short_numbers(number: Number, expected: bool) -> None:
    """A formula has no long decimals and no rounded whole numbers."""
    assert expected == is_short(number)
