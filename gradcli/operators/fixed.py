"""Fixed point: an integer n stands for n/2^bits. It serves where doubles would cancel.

Positive rational numbers are given by numerator and denominator, very large or small results as `Scaled`. All is
right to within some units of the last bit, so that a result is rounded only once that counts, to a float.
"""

import math

BITS = 256  # of the constants
PI = 0x3243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89
LOG_2 = 0xB17217F7D1CF79ABC9E3B39803F2F6AF40F343267298B62D8A0D175B8BAAFA2C
Scaled = tuple[int, int]  # n and the exponent of n·2^exponent


def to_fixed(x: float, bits: int) -> int:
    """A float in fixed point."""
    numerator, denominator = x.as_integer_ratio()
    return (numerator << bits) // denominator


def to_float(n: int, exponent: int) -> float:
    """The float nearest to n·2^exponent, on underflow a zero of its sign; raises `OverflowError`."""
    size = n.bit_length() + exponent
    if size < -1080:
        return -0.0 if n < 0 else 0.0
    if size > 1024:
        raise OverflowError("math range error")
    return n / (1 << -exponent) if exponent < 0 else float(n << exponent)


def powers(x: int, bits: int) -> list[int]:
    """xⁿ/n! for n = 0, 1, … while they count: the terms of e^x, cos x and sin x."""
    term = 1 << bits
    terms = [term]
    while not -2 < term < 2:
        term = (term * x >> bits) // len(terms)
        terms.append(term)
    return terms


def sine_and_cosine(x: int, bits: int) -> tuple[int, int]:
    """The sine and the cosine of a number."""
    terms = powers(x, bits)
    return sum(terms[1::4]) - sum(terms[3::4]), sum(terms[0::4]) - sum(terms[2::4])


def exp(x: int, bits: int) -> Scaled:
    """e^x, as 2^k times that of x − k·log 2."""
    guard = BITS - bits
    k = (x << guard) // LOG_2
    return sum(powers(x - (k * LOG_2 >> guard), bits)), k - bits


def log(numerator: int, denominator: int, bits: int) -> int:
    """The logarithm of a rational number: that of m = x/2^k as a float, then three terms of that of m/e^log m.

    It is right to at most 200 bits.
    """
    k = numerator.bit_length() - denominator.bit_length()
    m = (numerator << max(bits - k, 0)) // (denominator << max(k - bits, 0))
    near = to_fixed(math.log(m / (1 << bits)), bits)
    rest = (sum(powers(-near, bits)) * m >> bits) - (1 << bits)
    square = rest * rest >> bits
    return (k * LOG_2 >> BITS - bits) + near + rest - square // 2 + (rest * square >> bits) // 3


def power(base: Scaled, exponent: int, bits: int) -> Scaled:
    """A number to the power of a whole exponent ≥ 0, with relative precision."""
    result = (1, 0)
    while exponent:
        if exponent & 1:
            result = _product(result, base, bits)
        base = _product(base, base, bits)
        exponent >>= 1
    return result


def _product(x: Scaled, y: Scaled, bits: int) -> Scaled:
    n = x[0] * y[0]
    cut = max(n.bit_length() - bits, 0)
    return n >> cut, x[1] + y[1] + cut
