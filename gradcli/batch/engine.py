"""What computes value and gradient for a block of rows, in whichever way."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

# The numbers of one variable, one for each row: a list, or for engines with NumPy a contiguous array of doubles.
Column: TypeAlias = "Sequence[float] | NDArray[numpy.float64]"


class Answers(NamedTuple):
    """The value, and the gradient by the names of the targets in their order, of each row of a block.

    What has no finite number is NaN: value and gradient of a row in which something that the value needs is not finite,
    and a slope alone that is not. The columns may be buffers that the next block is written to: copy what is kept.
    """

    value: Column
    gradient: Mapping[str, Column]


class Engine(Protocol):
    """Computes blocks of rows. What it makes of a row depends on nothing but the numbers in that row."""

    def __call__(self, columns: Mapping[str, "Column | float"], count: int) -> Answers:
        """Value and gradient of `count` rows; a variable that is given as a number has it in all of them."""
        ...
