"""The formulas of worked and random examples: their numbers, their texts, their second derivatives, their rounding."""

import pytest

from gradcli.operators.records import Operator
from tests.helpers import rows
from tests.helpers.derivatives import (
    EXTREMES,
    check_extremes,
    check_formulas,
    check_hessian,
    check_orders,
    check_strings,
)
from tests.helpers.examples import mixed
from tests.helpers.points import ONE, THREE, TWO
from tests.helpers.random_expressions import Example
from tests.symbolic.test_branches import check_nested
from tests.symbolic.test_derive import check_sinc
from tests.symbolic.test_formulary import SLOPED, check_printed
from tests.symbolic.test_higher import FUNCTIONS, check_twentieth
from tests.symbolic.test_orders import BENT, check_jumps
from tests.symbolic.test_stable import check_rules, points

ALL = mixed()


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_the_formulas_give_the_gradient(example: Example) -> None:
    """Of all."""
    check_formulas(example)


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_every_string_is_a_program_with_its_number(example: Example) -> None:
    """Of all."""
    check_strings(example)


@pytest.mark.parametrize("example", ALL.values(), ids=ALL.keys())
def test_the_hessian_is_that_of_finite_differences(example: Example) -> None:
    """All second derivatives of all."""
    check_hessian(example)


def test_orders_are_right_or_noted() -> None:
    """Of every third."""
    check_orders(list(ALL.values())[::3])


@pytest.mark.parametrize("row", SLOPED)
def test_the_printed_formula_has_the_printed_number_or_a_note(row: Operator) -> None:
    """For every row, at all kinds of tails."""
    check_printed(row, {1: ONE, 2: TWO[::2], 3: THREE[::2]})


@rows.of(lambda row: not row.condition)
def test_extremes_are_right_or_noted(row: Operator) -> None:
    """The second and the third order, where powers, exponentials and what is below a bar over- and underflow."""
    check_extremes(row, EXTREMES)


@pytest.mark.parametrize("text", [text for number, text in enumerate(FUNCTIONS) if number % 3])
def test_the_twentieth_derivative(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of functions with short ones."""
    check_twentieth(text, monkeypatch)


def test_many_nested_choices_are_decided_in_bounded_time() -> None:
    """More than a thousand."""
    check_nested(1_100)


@pytest.mark.parametrize("bent", BENT)
def test_derivatives_of_higher_order_that_jump(bent: str) -> None:
    """With all factors."""
    check_jumps(bent)


@rows.of(lambda row: any(partial.slope for partial in row.partials))
def test_the_rules_for_machines_know_what_the_slope_functions_know(row: Operator) -> None:
    """At many random points."""
    check_rules(row, points(row, 2_000))


def test_sinc_at_zero() -> None:
    """All orders that there are."""
    check_sinc(20)
