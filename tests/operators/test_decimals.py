"""The functions in `decimal` against mpmath, at several numbers of digits."""

from collections.abc import Callable, Sequence
from decimal import Decimal, DecimalException, localcontext
from random import Random
from typing import Any

import pytest
from mpmath import mp, mpf  # type: ignore[import-untyped]

from gradcli.operators.decimals.counterparts import function_of
from gradcli.operators.decimals.elementary import cbrt, power, sqrt
from gradcli.operators.decimals.precision import context
from gradcli.operators.decimals.trigonometric import sin
from gradcli.operators.table import CALLS, OPERATORS

FEW = 6  # units of the last digit
TINY = ("1e-300", "-1e-200", "1e-30", "-1e-10", "1e-4", "-0.001")
NEXT_TO_1 = "0.99999999999999988897769753748434595763683319091796875"
EVERYWHERE = (
    *TINY,
    "-30.25",
    "-2",
    "-0.75",
    "0.5",
    "1",
    "1.0000000000000002220446049250313080847263336181640625",
    "3.5",
)
POSITIVE = ("1e-300", "1e-20", "0.5", NEXT_TO_1, "1.5", "40", "1e200")
INSIDE = (*TINY, NEXT_TO_1, f"-{NEXT_TO_1}", "-0.5", "0.25", "0.9990234375")
FAR = (*EVERYWHERE, "1e22", "3.141592653589793115997963468544185161590576171875", "-11", "710", "1e300")
GAMMA = (
    "1e-30",
    "-1e-10",
    "0.5",
    "1.4616321449683622",
    "1.0000000001",
    "1.9999999",
    "-2.457024738220801",
    "-3.5",
    "30.5",
    "171.5",
)
TRUTHS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "exp": (mp.exp, (*EVERYWHERE, "-800", "1e6")), "expm1": (mp.expm1, (*EVERYWHERE, "-100")),
    "log": (mp.log, POSITIVE), "log2": (lambda x: mp.log(x) / mp.log(2), POSITIVE), "log10": (mp.log10, POSITIVE),
    "log1p": (mp.log1p, (*INSIDE, "1e30")), "sqrt": (mp.sqrt, POSITIVE),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), EVERYWHERE),
    "sin": (mp.sin, FAR), "cos": (mp.cos, FAR), "tan": (mp.tan, FAR),
    "asin": (mp.asin, (*INSIDE, "1", "-1")), "acos": (mp.acos, (*INSIDE, "-1")), "atan": (mp.atan, FAR),
    "atan2": (mp.atan2, [("1", "2"), ("-1e-200", "-3"), ("1e-5", "-1e300"), ("2", "0"), ("-2", "1e-30")]),
    "sinh": (mp.sinh, EVERYWHERE), "cosh": (mp.cosh, EVERYWHERE), "tanh": (mp.tanh, (*EVERYWHERE, "500")),
    "asinh": (mp.asinh, FAR), "acosh": (mp.acosh, ("1.0000000000000002220446049250313", "1.5", "1e200")),
    "atanh": (mp.atanh, INSIDE),
    "abs": (abs, EVERYWHERE), "sign": (mp.sign, EVERYWHERE), "min": (min, [("3", "-2", "7")]),
    "max": (max, [("3", "-2", "7")]),
    "mod": (lambda x, y: x - y * mp.floor(x / y), [("-7.5", "2"), ("7.5", "-2"), ("1e30", "3"), ("-1e-200", "5")]),
    "hypot": (mp.hypot, [("3", "-4"), ("1e-300", "1e-290"), ("1e200", "1")]),
    "length": (lambda *x: mp.sqrt(mp.fsum(t * t for t in x)), [("2", "-3", "6"), ("1e-300", "1e-290", "5", "0")]),
    "floor": (mp.floor, EVERYWHERE), "ceil": (mp.ceil, EVERYWHERE), "round": (mp.nint, (*EVERYWHERE, "2.5", "-0.5")),
    "pow": (mp.power, [("2", "0.5"), ("-3", "5"), ("1.0000000001", "1e12"), ("1e-300", "2"), ("7", "-1000.25")]),
    "erf": (mp.erf, (*EVERYWHERE, "7")), "erfc": (mp.erfc, (*EVERYWHERE, "2.25", "12", "39")),
    "erfinv": (mp.erfinv, INSIDE),
    "lgamma": (lambda x: mp.log(abs(mp.gamma(x))), GAMMA), "gamma": (mp.gamma, GAMMA), "digamma": (mp.digamma, GAMMA),
    "polygamma": (lambda n, x: mp.polygamma(int(n), x), [("1", "0.25"), ("3", "-2.5"), ("0", "3"), ("5", "40")]),
    "sum": (lambda *x: mp.fsum(x), [("1e-20", "1", "-3.5"), ("1e300", "-1", "1e-300", "7")]),
    "logsumexp": (lambda *x: mp.log(mp.fsum(map(mp.exp, x))), [("0", "-40"), ("1e15", "1e15"), ("-0.5", "-1.5")]),
}  # fmt: skip


def applied(name: str, arguments: Sequence[str]) -> Decimal:
    """A row's function in decimal."""
    function = function_of(OPERATORS[name])
    assert function
    return function(*map(Decimal, arguments))


def check_digits(name: str, digits: int) -> None:
    """The relative error is a few units of the last digit."""
    truth, points = TRUTHS[name]
    more = 50 if points is GAMMA else 700  # which tell a sine of 1e300; those of gamma functions are short
    with mp.workdps(3 * digits + more), localcontext(context(digits)):
        for point in points:
            arguments = (point,) if isinstance(point, str) else point
            got = mpf(str(applied(name, arguments)))
            true = truth(*map(mpf, arguments))
            assert abs(got - true) <= FEW * abs(true) * mpf(10) ** (1 - digits), point


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", TRUTHS)
def test_all_digits_hold(name: str) -> None:
    """Near zeros and in tails too; in tests/sweeps with fewer digits and with many more."""
    check_digits(name, 30)


def test_every_row_that_is_no_formula_is_there() -> None:
    """And each of them is tested above; a row with branches is the formulas of its branches."""
    primitive = {row.name for row in CALLS if not row.definition and not row.branches} | {"pow"}
    assert primitive - {"where"} <= {row.name for row in OPERATORS.values() if function_of(row)} == set(TRUTHS)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("log", "0"), ("log", "-1"), ("log1p", "-1"), ("sqrt", "-1"), ("asin", "1.5"), ("acosh", "0.5"), ("atanh", "1"),
     ("erfinv", "1"), ("erfinv", "-2"), ("gamma", "-3"), ("digamma", "0"), ("pow", "-2 0.5"), ("pow", "0 -1"),
     ("mod", "1 0"), ("polygamma", "0.5 1"), ("polygamma", "1e9 1"),
     ("gamma", "-1e1000000000000000"), ("sin", "1e6000"), ("gamma", "-1e9")],
)  # fmt: skip
def test_there_is_no_value(name: str, arguments: str) -> None:
    """Outside of the domain, at poles, and where the work would not be bounded."""
    with localcontext(context(30)), pytest.raises(DecimalException):
        applied(name, arguments.split())


def test_powers_and_roots_of_whole_numbers_are_exact() -> None:
    """So that kinks at whole numbers are found."""
    with localcontext(context(40)):
        for n in range(1, 30):
            assert cbrt(Decimal(n) ** 3) == n
            assert sqrt(Decimal(n) ** 2) == n
            assert power(Decimal(n), Decimal(3)) == n**3


def test_the_sign_of_a_power_with_a_large_exponent() -> None:
    """Which is even, and whose digits are not written out."""
    with localcontext(context(30)):
        assert power(Decimal(-1), Decimal("1e30000")) == 1
        assert power(Decimal("-1.0000000001"), Decimal("10000000001")) < 0


def test_sines_near_their_zeros() -> None:
    """The doubles nearest to multiples of π."""
    random = Random(5)
    with mp.workdps(400), localcontext(context(60)):
        for _ in range(40):
            x = float(random.randint(1, 10**9) * mp.pi)
            got = mpf(str(sin(Decimal(x))))
            assert abs(got / mp.sin(mpf(x)) - 1) < mpf("1e-58")
