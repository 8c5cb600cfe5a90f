"""The notes on lost digits on all random expressions, and on every function at the points of tests/accuracy.py."""

from tests.helpers.calibration import of_accuracy_points, of_examples

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
