"""The notes on lost digits: silent where doubles are right, said where they are not; on more: tests/sweeps."""

from tests.helpers.calibration import of_cases, of_examples


def test_random_expressions() -> None:
    """Ordinary and hostile ones."""
    found = of_examples(16)
    assert not found.missed
    assert not found.false_alarms
    assert found.numbers > 70


def test_cases_that_lose_digits() -> None:
    """Each number of them that is wrong is announced."""
    found = of_cases()
    assert not found.missed
    assert not found.false_alarms
