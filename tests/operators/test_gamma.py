"""The gamma function and its kin at their special points, and what they raise; the rest is measured by accuracy.py."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.operators.erfinv import erfinv, erfinv_slope
from gradcli.operators.gamma import digamma, gamma, gamma_slope, lgamma, polygamma

NEAREST = 0.5001  # ulp


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    with mp.workdps(90):
        yield


def error(got: float, true: Any) -> float:
    """In ulp of the true number, by which it is at most 1/2 for the nearest float."""
    return float(abs(got - true) / mp.ldexp(1, max(mp.frexp(true)[1] - 53, -1074)))


def log_gamma(x: Any) -> Any:
    """log|Γ(x)|."""
    return mp.log(abs(mp.gamma(x)))


def around(*centres: float) -> list[float]:
    """The numbers given, and the two neighbours of each."""
    return [y for x in centres for y in (x, math.nextafter(x, -math.inf), math.nextafter(x, math.inf))]


ZEROS = (-0.5040830082644554, -1.5734984731623905, -2.457024738220801, -2.7476826467274126, -3.955294284858598, -15.0)
SPECIAL = (*around(0.5, 1.0, 2.0, 28.0, 29.0, -0.5, -28.5, -29.5, 1.4616321449683622, *ZEROS), 5e-324, -5e-324, 1e-9)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("x", [x for x in SPECIAL if x > 0 or x != int(x)])
@pytest.mark.parametrize("function", ["lgamma", "gamma", "gamma'", "digamma", "trigamma", "tetragamma"])
def test_the_result_is_the_nearest_float(function: str, x: float) -> None:
    """Beside zeros and poles, and where one way of computing gives over to the other."""
    computed, true = {
        "lgamma": (lgamma, log_gamma),
        "gamma": (gamma, mp.gamma),
        "gamma'": (lambda x: gamma_slope(x, 0.0), lambda x: mp.gamma(x) * mp.digamma(x)),
        "digamma": (digamma, mp.digamma),
        "trigamma": (lambda x: polygamma(1, x), lambda x: mp.polygamma(1, x)),
        "tetragamma": (lambda x: polygamma(2, x), lambda x: mp.polygamma(2, x)),
    }[function]
    try:
        got = computed(x)
    except OverflowError:
        assert abs(true(mp.mpf(x))) > 1.7976931348623157e308
    else:
        assert error(got, true(mp.mpf(x))) < NEAREST


def test_gamma_of_whole_numbers_is_the_factorial() -> None:
    """Rounded to the nearest float."""
    for n in range(1, 172):
        assert gamma(float(n)) == float(math.factorial(n - 1))


def test_lgamma_is_zero_where_gamma_is_one() -> None:
    """Without a sign."""
    assert [lgamma(1.0), lgamma(2.0)] == [0.0, 0.0]


@pytest.mark.parametrize("x", [-7.5, -0.5, -170.5, -30.25, -28.75, -182.5])
def test_gamma_has_the_sign_of_its_strip(x: float) -> None:
    """It is negative for x from −1 to 0, positive from −2 to −1, and so on, down to zeros of either sign."""
    below = x - 300
    assert math.copysign(1, gamma(x)) == (-1) ** math.floor(x)
    assert gamma(below) == 0
    assert math.copysign(1, gamma(below)) == (-1) ** math.floor(below)


@pytest.mark.parametrize("n", [0, 1, 2, 5, 40])
@pytest.mark.parametrize("x", [0.25, -0.75, -28.5, -29.25, 3.5])
def test_polygamma_obeys_its_recurrence(n: int, x: float) -> None:
    """ψₙ(x + 1) − ψₙ(x) = (−1)ⁿ·n!/x^(n+1)."""
    step = (-1) ** n * math.factorial(n) / x ** (n + 1)
    size = max(abs(polygamma(n, x)), abs(polygamma(n, x + 1)))
    assert abs(polygamma(n, x + 1) - polygamma(n, x) - step) <= 4 * math.ulp(max(size, abs(step)))


@pytest.mark.parametrize(("n", "x"), [(2, -0.5), (2, -1000000.5), (10, -70000.5), (200, -3.5), (170, -1.5)])
def test_even_polygamma_halfway_between_two_poles_is_that_of_the_mirrored_number(n: int, x: float) -> None:
    """There the derivative of cot is 0, however much larger its neighbours are."""
    assert polygamma(n, x) == polygamma(n, 1 - x)


@pytest.mark.parametrize("n", [171, 300, 1000, 10**6, 2**52])
def test_polygamma_of_high_order_is_finite_where_n_factorial_is_not(n: int) -> None:
    """Against (−1)^(n+1)·n!·Σ 1/(x + k)^(n+1), of which 100 terms count at x = n/e."""
    x = float(int(n / math.e))
    total = mp.fsum((1 + k / mp.mpf(x)) ** -(n + 1) for k in range(100))
    true = (-1) ** (n + 1) * mp.exp(mp.loggamma(n + 1) - (n + 1) * mp.log(x)) * total
    assert error(polygamma(n, x), true) < NEAREST


@pytest.mark.parametrize("function", [lgamma, gamma, digamma, lambda x: gamma_slope(x, 0.0), lambda x: polygamma(3, x)])
def test_poles_raise(function: Callable[[float], float]) -> None:
    """0, and whole numbers below: of large negative numbers all."""
    for pole in (0.0, -0.0, -1.0, -29.0, -1e300):
        with pytest.raises(ZeroDivisionError):
            function(pole)


@pytest.mark.parametrize("function", [gamma, digamma, lambda x: gamma_slope(x, 0.0), lambda x: polygamma(3, x)])
def test_there_is_no_limit_at_minus_infinity(function: Callable[[float], float]) -> None:
    """There are poles on the way."""
    with pytest.raises(ValueError, match="domain"):
        function(-math.inf)


@pytest.mark.parametrize("n", [-1.0, 0.5, 2.0**53, math.inf])
def test_an_order_is_a_whole_number(n: float) -> None:
    """From 0 to where the next whole number is a float too."""
    with pytest.raises(ValueError, match="domain"):
        polygamma(n, 1.5)


def _erfinv(x: float) -> Any:
    """Newton's method with erfc, from the result itself."""
    y = mp.mpf(abs(x))
    w = mp.mpf(abs(erfinv(x)))
    for _ in range(4):
        w += (y - mp.erf(w)) * mp.sqrt(mp.pi) / 2 * mp.exp(w * w)
    return mp.sign(x) * w


@pytest.mark.parametrize("x", [5e-324, 1e-310, 1e-9, -0.1, *around(0.5), 0.9, -0.9999, 1 - 1e-12, -(1 - 2**-53)])
def test_erfinv_and_its_slope_are_the_nearest_floats(x: float) -> None:
    """From subnormal numbers to the last float before 1."""
    true = _erfinv(x)
    assert error(erfinv(x), true) < NEAREST
    assert error(erfinv_slope(x, 0.0), mp.sqrt(mp.pi) / 2 * mp.exp(true**2)) < NEAREST


def test_erfinv_raises_at_its_poles_and_outside() -> None:
    """As the logarithm and division do."""
    for pole in (1.0, -1.0):
        with pytest.raises(ZeroDivisionError):
            erfinv(pole)
    for outside in (1.5, -math.inf):
        with pytest.raises(ValueError, match="domain"):
            erfinv(outside)
