"""What notes say of both sides, on the programs that the quick test leaves out."""

import pytest

from tests.engine.digits.test_beside import FEW, PARTS, check_sides


@pytest.mark.parametrize("part", range(FEW, PARTS))
def test_right_or_announced(part: int) -> None:
    """Claims of one-sided derivatives are true; no edge is noted where the function is smooth; nothing is silent."""
    check_sides(part)
