"""Rules of the operator table as functions: both arithmetics, what a slope depends on, variadic rules."""

import math
from fractions import Fraction
from random import Random

import pytest

from gradcli.engine.doubles import rules
from gradcli.operators.table import OPERATORS
from tests.accuracy import ROWS


def test_expressions() -> None:
    """A rule becomes a function of the parameters that it is given."""
    assert 8.0 == rules.expression("x^y", ("x", "y"))(2.0, 3.0)
    assert 0.5 == rules.expression("where(x > 0, 1 / y, -out)", ("x", "y", "out"))(1.0, 2.0, 3.0)
    assert -3.0 == rules.expression("where(x > 0, 1 / y, -out)", ("x", "y", "out"))(-1.0, 0.0, 3.0)
    assert math.pi == rules.expression("pi + 0*x", ("x",))(1.0)
    assert rules.expression("not (x < y or x == 1)", ("x", "y"))(3.0, 2.0) is True


def test_both_arithmetics() -> None:
    """Python's raises at a pole, IEEE 754's goes on."""
    with pytest.raises(ZeroDivisionError):
        rules.expression("1 / x", ("x",))(0.0)
    assert -math.inf == rules.expression("1 / x", ("x",), total=True)(-0.0)
    assert math.inf == rules.expression("exp(x) * 2", ("x",), total=True)(1000.0)
    assert math.isnan(rules.expression("log(x)", ("x",), total=True)(-1.0))


def test_only_what_is_taken_is_evaluated() -> None:
    """A rule's `where` and `and` leave the other side alone."""
    assert 0.0 == rules.expression("where(x == 0, 0, 1 / x)", ("x",))(0.0)
    assert rules.expression("x != 0 and 1 / x > 0", ("x",))(0.0) is False


def test_wanted_slopes() -> None:
    """One wanted argument gives a number, several a tuple; a variadic row gives all as a list."""
    assert 5.0 == rules.slopes(OPERATORS["mul"], (0,))(3.0, 5.0, 15.0)
    assert (5.0, 3.0) == rules.slopes(OPERATORS["mul"], (0, 1))(3.0, 5.0, 15.0)
    assert [0.0, 1.0, 0.0] == rules.slopes(OPERATORS["max"], (1,))([1.0, 5.0, 5.0], 5.0)


def test_a_slope_that_raises_goes_on_in_ieee_arithmetic() -> None:
    """A row's own slope function is replaced by its formula where it raises."""
    with pytest.raises(ValueError, match="domain"):
        rules.slopes(OPERATORS["pow"], (1,))(-2.0, 3.0, -8.0)
    assert math.isnan(rules.slopes(OPERATORS["pow"], (1,), True)(-2.0, 3.0, -8.0))
    for row in ROWS.values():
        if not row.condition and not row.variadic:
            point = [math.nan if index not in row.conditions else True for index in range(len(row.parameters))]
            rules.slopes(row, tuple(range(len(row.conditions), len(point))), True)(*point, math.nan)


def test_formulas_of_variadic_rows() -> None:
    """The formula for later arguments sees the function of those before."""
    assert [0.0, 1.0, 0.0] == rules.formula_slopes(OPERATORS["max"])([1.0, 5.0, 5.0], 5.0)
    assert [1.0, 0.0, 0.0] == rules.formula_slopes(OPERATORS["min"])([1.0, 5.0, 1.0], 1.0)
    found = rules.formula_slopes(OPERATORS["logsumexp"])([0.0, 0.0], math.log(2.0))
    assert pytest.approx([0.5, 0.5]) == found


DEPENDS = [
    ("where", (True, 1.0, 2.0), 1.0, [1]),
    ("where", (False, 1.0, 2.0), 2.0, [2]),
    ("max", (1.0, 2.0, 2.0), 2.0, [1, 2]),
    ("relu", (-1.0,), 0.0, []),
    ("relu", (0.0,), 0.0, [0]),
    ("clip", (0.0, 1.0, 2.0), 1.0, [1]),
    ("clip", (0.0, 2.0, 1.0), 1.0, [2]),
    ("floor", (0.5,), 0.0, []),
    ("leaky_relu", (1.0, 0.5), 1.0, [0]),
    ("leaky_relu", (-1.0, 0.0), 0.0, [0, 1]),
    ("mul", (0.0, 0.0), 0.0, [0, 1]),
    ("logsumexp", (0.0, -1e9), 0.0, [0, 1]),
]


@pytest.mark.parametrize(("name", "point", "out", "expected"), DEPENDS)
def test_depends(name: str, point: tuple[float, ...], out: float, expected: list[int]) -> None:
    """What the branch taken depends on, whether the slope happens to be 0 or not."""
    row = OPERATORS[name]
    places = [index for index in range(len(point)) if index not in row.conditions]
    assert expected == [index for index in places if rules.depends(row, index, point, out)]


def test_taken() -> None:
    """The first branch whose condition holds, or the last."""
    clip = OPERATORS["clip"]
    assert [2, 1, 0, 0, 2] == [rules.taken(clip, (x, low, high)) for x, low, high in (
        (1, 0, 2), (-1, 0, 2), (3, 0, 2), (1, 2, 0), (0, 0, 0)
    )]  # fmt: skip


def test_formulas_at_removable_singularities() -> None:
    """Also the formula that people read, and symbolic derivatives use, has a value where 0/0 has a limit."""
    sinc = OPERATORS["sinc"]
    assert 0.0 == rules.expression(sinc.formulas[0], ("x", "out"))(0.0, 1.0)
    assert pytest.approx(-1 / math.pi) == rules.expression(sinc.formulas[0], ("x", "out"))(math.pi, 0.0)
    assert pytest.approx(math.cos(1.0) - math.sin(1.0)) == rules.expression(sinc.formulas[0], ("x", "out"))(
        1.0, math.sin(1.0)
    )


def test_the_quotient_of_a_remainder_is_whole() -> None:
    """The formula for the divisor's slope rounds to the whole number that it is, also where doubles miss it."""
    random = Random(3)
    mod = OPERATORS["mod"]
    formula = rules.expression(mod.formulas[1], ("x", "y", "out"))
    for _ in range(2000):
        x, y = random.uniform(-9, 9), random.uniform(0.01, 3)
        out = mod.forward(x, y)
        assert (
            rules.slopes(mod, (1,))(x, y, out)
            == formula(x, y, out)
            == -round((Fraction(x) - Fraction(out)) / Fraction(y))
        )
