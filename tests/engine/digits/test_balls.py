"""Balls hold what they stand for: arithmetic, comparisons, every operator of the table."""

from decimal import Decimal, localcontext
from fractions import Fraction
from operator import add, mul, sub, truediv
from random import Random

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.engine.digits import enclosures
from gradcli.engine.digits.balls import Ball, Undecided, Unknown
from gradcli.operators.decimals.arithmetic import mod
from gradcli.operators.decimals.precision import context
from gradcli.operators.table import CALLS, OPERATORS
from tests.accuracy import truths

DIGITS = 30
POINTS = (0.3, -0.75, 2.5, -1.5, 1e-5, 40.0, 1e-200)


def _random_ball(random: Random) -> Ball:
    middle = Decimal(random.uniform(-3, 3)).scaleb(random.randint(-30, 30))
    return Ball(+middle, abs(middle) * Decimal(random.choice((0, 0.5, 1e-3, 1e-20))))


def _ends(x: Ball) -> tuple[Fraction, Fraction]:
    middle, radius = Fraction(x.middle), Fraction(x.radius)
    return middle - radius, middle + radius


@pytest.mark.parametrize("operation", [add, sub, mul, truediv])
def test_arithmetic_holds_all_results(operation: object) -> None:
    """The results of the ends of both balls lie in the ball of the result."""
    random = Random(3)
    with localcontext(context(DIGITS)):
        for _ in range(300):
            x, y = _random_ball(random), _random_ball(random)
            found = operation(x, y)  # type: ignore[operator]
            for a in _ends(x):
                for b in _ends(y):
                    true = operation(a, b)  # type: ignore[operator]
                    slack = Fraction(found.radius) / 10 ** (DIGITS - 2)  # radii are rounded too
                    assert abs(true - Fraction(found.middle)) <= Fraction(found.radius) + slack


@pytest.mark.sampled(3)
@pytest.mark.parametrize("row", [row for row in CALLS if not row.chooses], ids=lambda row: row.name)
def test_functions_hold_the_true_value(row: object) -> None:
    """At numbers and at balls around them, for every function of the table."""
    operator = OPERATORS[row.name]  # type: ignore[attr-defined]
    count, tried = (max(2, operator.least) if operator.variadic else len(operator.parameters)), 0
    with localcontext(context(DIGITS)), mp.workdps(100):
        for place in range(len(POINTS)):
            numbers = [POINTS[(place + 2 * index) % len(POINTS)] for index in range(count)]
            for radius in (Decimal(0), Decimal("1e-12")):
                arguments = [Ball(Decimal(x), abs(Decimal(x)) * radius) for x in numbers]
                try:
                    found = enclosures.apply(operator, arguments)
                except (Unknown, Undecided):
                    continue
                true = truths(operator)[0](*map(mp.mpf, numbers))
                assert abs(mp.mpf(str(found.middle)) - true) <= mp.mpf(str(found.radius))
                tried += 1
    assert tried


def test_balls_that_meet_are_not_compared() -> None:
    """A comparison is decided only where all of both balls agree; equal numbers without radius are equal."""
    with localcontext(context(DIGITS)):
        one, near = Ball(Decimal(1), Decimal("1e-9")), Ball(Decimal("1.0000000001"))
        assert Ball(Decimal(1)) == 1.0
        assert one < 2.0
        assert one >= 0.5
        for question in (lambda: one < near, lambda: one == near, lambda: one >= near, lambda: one != 1.0):
            with pytest.raises(Undecided):
                question()


def test_what_has_no_value() -> None:
    """Poles within the ball, and arguments outside of the domain."""
    with localcontext(context(DIGITS)):
        with pytest.raises(Unknown):
            Ball(Decimal(1)) / Ball(Decimal("1e-5"), Decimal("1e-4"))
        with pytest.raises(Unknown):
            enclosures.apply(OPERATORS["log"], [Ball(Decimal("1e-5"), Decimal("1e-4"))])
        with pytest.raises(Undecided):
            enclosures.apply(OPERATORS["floor"], [Ball(Decimal(3), Decimal("1e-20"))])


@pytest.mark.parametrize(("name", "middle"), [("sin", 1e30), ("cos", -1e30), ("tan", 1e30), ("gamma", -20.3)])
def test_the_ends_of_a_wide_ball_say_nothing_of_a_wave(name: str, middle: float) -> None:
    """A sine moves as its argument does; near poles nothing is known of wide balls."""
    with localcontext(context(DIGITS)):
        wide = Ball(Decimal(middle), Decimal(2))
        if name in ("sin", "cos"):
            assert enclosures.apply(OPERATORS[name], [wide]).radius >= wide.radius
        else:
            with pytest.raises(Unknown):
                enclosures.apply(OPERATORS[name], [wide])


def test_extremes_are_as_uncertain_as_what_may_hold_them() -> None:
    """And not as what is far away."""
    with localcontext(context(DIGITS)):
        small, far = Ball(Decimal("1e-300")), Ball(Decimal("1e300"), Decimal("1e200"))
        assert enclosures.apply(OPERATORS["min"], [far, small]).radius == 0
        near = Ball(Decimal("1e300") + 1, Decimal(5))
        assert enclosures.apply(OPERATORS["max"], [far, near, small]).radius == far.radius
        assert enclosures.apply(OPERATORS["max"], [small, near]) is near  # and so they are known to be equal


def test_remainders_are_known_where_it_is_known_how_many_times() -> None:
    """However steep the remainder is."""
    with localcontext(context(DIGITS)):
        found = enclosures.apply(OPERATORS["mod"], [Ball(Decimal(10**12)), Ball(Decimal("0.7"), Decimal("1e-25"))])
        assert abs(found.middle - mod(Decimal(10**12), Decimal("0.7"))) <= found.radius < Decimal("1e-11")
        with pytest.raises(Undecided):
            enclosures.apply(OPERATORS["mod"], [Ball(Decimal(7)), Ball(Decimal("0.7"), Decimal("1e-25"))])


def test_what_underflows_is_no_zero() -> None:
    """A number below those of `decimal` has a radius."""
    with localcontext(context(DIGITS)):
        tiny = enclosures.apply(OPERATORS["exp"], [Ball(Decimal("-1e30"))])
        assert (tiny.middle, tiny.is_zero) == (0, False)
        assert not (tiny * tiny).is_zero
        assert not enclosures.apply(OPERATORS["pow"], [tiny, Ball(Decimal(2))]).is_zero


def test_constants_in_rules_are_the_numbers_of_mathematics() -> None:
    """`pi` in a definition of the table is π, with all digits."""
    with localcontext(context(60)):
        half_turn = enclosures.apply(OPERATORS["radians"], [Ball(Decimal(180))])
        assert str(half_turn.middle).startswith("3.14159265358979323846264338327950288419716939937510")


@pytest.mark.parametrize(
    ("name", "zero"), [("lgamma", "1"), ("lgamma", "2"), ("digamma", "1.46163214496836234126265954")]
)
def test_near_its_zeros_a_slow_function_has_a_small_error(name: str, zero: str) -> None:
    """Of the last digit, not of itself: as small a one would take as many digits more."""
    with localcontext(context(30)), mp.workdps(200):
        for distance in ("1e-20", "-1e-24", "1e-28"):
            x = Decimal(zero) + Decimal(distance)
            found = enclosures.apply(OPERATORS[name], [Ball(x, Decimal("1e-27"))])
            true = mp.digamma(mp.mpf(str(x))) if name == "digamma" else mp.log(mp.gamma(mp.mpf(str(x))))
            assert abs(mp.mpf(str(found.middle)) - true) <= mp.mpf(str(found.radius)) < mp.mpf("1e-26")


def test_a_number_at_the_end_of_all_exponents() -> None:
    """It is compared with 0 as it is: rounded to few digits it is beyond the largest exponent."""
    with localcontext(context(2)) as here:
        assert not Ball(Decimal(f"9.999e{here.Emax}"), Decimal(1)).may_be_zero
