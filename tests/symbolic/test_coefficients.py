"""The numbers of sums and products: exact where they are whole or fractions, and with short texts."""

from fractions import Fraction

import pytest

from gradcli.symbolic.coefficients import exact, is_short, number_of, parts_of, quotient, raised


def test_whole_numbers_are_exact() -> None:
    """And so are their quotients; a decimal stays a double."""
    assert (2, int) == (number_of(2.0), type(number_of(2.0)))
    assert Fraction(1, 3) == quotient(1, 3)
    assert (2, int) == (quotient(6, 3), type(quotient(6, 3)))
    assert (0.25, float) == (quotient(0.5, 2), type(quotient(0.5, 2)))
    assert (1, int) == (exact(0.5 * 2), type(exact(0.5 * 2)))


def test_whole_powers() -> None:
    """Below 1 too."""
    assert (8, Fraction(1, 8), 0.25) == (raised(2, 3), raised(2, -3), raised(0.5, 2))


def test_numerator_and_denominator() -> None:
    """As doubles."""
    assert ((2.0, 3.0), (0.1, 1.0)) == (parts_of(Fraction(2, 3)), parts_of(0.1))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.1, True),
        (0.1 * 3, False),  # 0.30000000000000004
        (float("inf"), False),
        (2432902008176640000, True),  # 20!, a double
        (2**53 + 1, False),  # no double
        (10**30, False),
        (Fraction(1, 3), True),
        (Fraction(1, 2**53 + 1), False),
    ],
)
def test_short_numbers(number: float | Fraction, expected: bool) -> None:
    """A formula has no long decimals and no rounded whole numbers."""
    assert expected == is_short(number)
