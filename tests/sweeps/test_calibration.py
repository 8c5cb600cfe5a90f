"""Bounds and notes on lost digits: all random expressions, and each function at points of tests/accuracy.py."""

from tests.engine.certified.test_correct import check_chain, check_digits
from tests.engine.digits.test_bounds import check_bounds
from tests.engine.digits.test_exact import check_settled
from tests.engine.digits.test_lost import check_harmless, check_recurrence
from tests.helpers.calibration import of_accuracy_points, of_examples
from tests.helpers.random_expressions import examples, hostile

MOST = 1e-3  # false alarms of all numbers


def test_random_expressions() -> None:
    """Ordinary and hostile ones."""
    found = of_examples(500)
    assert not found.missed
    assert len(found.false_alarms) <= MOST * found.numbers, found.false_alarms


def test_accuracy_points() -> None:
    """Forty a function."""
    found = of_accuracy_points(40)
    assert not found.missed
    assert len(found.false_alarms) <= MOST * found.numbers, found.false_alarms


def test_bounds_hold() -> None:
    """Of all random expressions."""
    check_bounds((*examples(), *hostile(600)))


def test_exact_numbers_of_random_expressions() -> None:
    """As text, as they are settled, and as the notes on lost digits know them."""
    tried = examples()[::5]
    check_digits(tried)
    check_settled(tried)
    check_harmless(tried)


def test_long_chains() -> None:
    """In which balls grow by hundreds of digits."""
    assert check_chain(1_200) == 0
    check_recurrence(900)
