"""A number that has lost its digits, and what it is."""

from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from gradcli.engine.digits.balls import ZERO
from gradcli.operators.decimals.precision import context

NOTED = Decimal("1e-9")  # relative difference of a number that is worth a note
DIGITS = 16  # of a double


class Loss(NamedTuple):
    """A number that has lost digits: the value (`target` is None) or the gradient of a target.

    `exact` is what it is, None where that is not known; `holds` says how many digits of the computed one hold.
    `node` is where most digits are lost, or may be, and `place` where in it: "operation", "sum" (of the gradients that
    come to it), "slope", or "product" (behind it). `by` is "cancellation", "rounding", "underflow" or "overflow".
    `below` is what an unknown number is less than, if that is less than any double.
    """

    target: int | None
    computed: float
    exact: Decimal | None = None
    holds: int = 0
    node: int = -1
    place: str = ""
    by: str = ""
    below: Decimal | None = None

    @property
    def corrected(self) -> float | None:
        """The double nearest to the exact number; None where that is not known, or no double."""
        if self.below is not None:
            return 0.0
        number = None if self.exact is None else float(self.exact)
        return number if number is not None and isfinite(number) else None

    def as_text(self) -> str:
        """The exact number, which may be none of a double's, with the digits that a double has; or a power of 10 that
        it is less than.
        """
        if self.below is not None:
            return f"1e{self.below.adjusted() + 1}"
        return str(context(DIGITS).normalize(self.exact or ZERO)).lower()
