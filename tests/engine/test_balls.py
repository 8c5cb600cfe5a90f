"""Balls hold what they stand for: arithmetic, comparisons, every operator of the table."""

from decimal import Decimal, localcontext
from fractions import Fraction
from operator import add, mul, sub, truediv
from random import Random

import pytest
from mpmath import mp  # type: ignore[import-untyped]

from gradcli.engine import balls
from gradcli.engine.balls import Ball, Undecided, Unknown
from gradcli.operators.decimals import context
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


@pytest.mark.parametrize("row", [row for row in CALLS if not row.chooses], ids=lambda row: row.name)
def test_functions_hold_the_true_value(row: object) -> None:
    """At numbers and at balls around them, for every function of the table."""
    operator = OPERATORS[row.name]  # type: ignore[attr-defined]
    count, tried = (2 if operator.variadic else len(operator.parameters)), 0
    with localcontext(context(DIGITS)), mp.workdps(100):
        for place in range(len(POINTS)):
            numbers = [POINTS[(place + 2 * index) % len(POINTS)] for index in range(count)]
            for radius in (Decimal(0), Decimal("1e-12")):
                arguments = [Ball(Decimal(x), abs(Decimal(x)) * radius) for x in numbers]
                try:
                    found = balls.apply(operator, arguments)
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
            balls.apply(OPERATORS["log"], [Ball(Decimal("1e-5"), Decimal("1e-4"))])
        with pytest.raises(Undecided):
            balls.apply(OPERATORS["floor"], [Ball(Decimal(3), Decimal("1e-20"))])


def test_constants_in_rules_are_the_numbers_of_mathematics() -> None:
    """`pi` in a definition of the table is π, with all digits."""
    with localcontext(context(60)):
        half_turn = balls.apply(OPERATORS["radians"], [Ball(Decimal(180))])
        assert str(half_turn.middle).startswith("3.14159265358979323846264338327950288419716939937510")
