"""Arithmetic in fixed point, against mpmath."""

import math

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.operators import fixed

BITS = 150
UNIT = 2.0**-140


@pytest.fixture(autouse=True)
def _digits() -> object:
    with mp.workdps(80):
        yield


@pytest.mark.parametrize(("n", "d"), [(1, 1), (2, 3), (10**400, 7), (1, 2**1074), (2**80 + 1, 2**80)])
def test_logarithms_are_right_to_the_last_bits(n: int, d: int) -> None:
    """Of huge and tiny numbers, and beside 1."""
    assert abs(mp.ldexp(fixed.log(n, d, BITS), -BITS) - mp.log(mp.mpf(n) / d)) < UNIT


@pytest.mark.parametrize("x", [0.0, 0.5, -0.75, 700.0, -1e5, 1e9])
def test_exponentials_are_right_to_the_last_bits(x: float) -> None:
    """Far beyond the largest float too."""
    n, exponent = fixed.exp(fixed.to_fixed(x, BITS), BITS)
    assert abs(mp.ldexp(n, exponent) / mp.exp(x) - 1) < UNIT


@pytest.mark.parametrize("exponent", [0, 1, 2, 7, 1000, 2**40 + 1])
def test_powers_are_right_to_the_last_bits(exponent: int) -> None:
    """As many bits are lost as the exponent has."""
    n, scale = fixed.power((3, -1), exponent, BITS)
    assert abs(mp.ldexp(n, scale) / mp.mpf(1.5) ** exponent - 1) < UNIT * (exponent + 1)


def test_sine_and_cosine_are_right_to_the_last_bits() -> None:
    """Of a negative number too."""
    for x in (0.0, 1.25, -3.0):
        sine, cosine = fixed.sine_and_cosine(fixed.to_fixed(x, BITS), BITS)
        assert abs(mp.ldexp(sine, -BITS) - mp.sin(x)) < UNIT
        assert abs(mp.ldexp(cosine, -BITS) - mp.cos(x)) < UNIT


@pytest.mark.parametrize(
    ("number", "nearest"),
    [
        ((0, -99), 0.0),
        ((-3, 2), -12.0),
        ((2**53 + 1, 0), 2.0**53),
        ((2**53 + 3, -1), 2.0**52 + 2),
        ((2**2000 + 1, -3074), math.ulp(0.0)),
        ((1, -1075), 0.0),
        ((2**2000 + 1, -3075), math.ulp(0.0)),
        ((-1, -(10**20)), -0.0),
        ((2**53 - 1, 971), 1.7976931348623157e308),
    ],
)
def test_rounding_goes_to_the_nearest_float(number: tuple[int, int], nearest: float) -> None:
    """To the even one of two, and among the subnormal ones at once."""
    rounded = fixed.to_float(*number)
    assert (rounded, math.copysign(1, rounded)) == (nearest, math.copysign(1, nearest))


@pytest.mark.parametrize("number", [(1, 1024), (2**54 - 1, 970), (2**2000, -976), (-1, 10**20)])
def test_what_is_too_large_for_a_float_overflows(number: tuple[int, int]) -> None:
    """By rounding too."""
    with pytest.raises(OverflowError):
        fixed.to_float(*number)
