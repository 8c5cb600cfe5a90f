"""The functions in `decimal`, with few digits and with many."""

import pytest

from tests.operators.test_decimals import TRUTHS, check_digits


@pytest.mark.parametrize("name", TRUTHS)
@pytest.mark.parametrize("digits", [20, 50, 120])
def test_all_digits_hold(name: str, digits: int) -> None:
    """Near zeros and in tails too."""
    check_digits(name, digits)
