"""Bounds and notes on lost digits: all random expressions, and each function at points of tests/accuracy.py."""

from tests.engine.digits.test_bounds import check_bounds
from tests.helpers.calibration import of_accuracy_points, of_examples
from tests.helpers.random_expressions import examples, hostile

MOST = 1e-3  # false alarms of all numbers


def test_random_expressions() -> None:
    """Ordinary and hostile ones."""
    found = of_examples()
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
