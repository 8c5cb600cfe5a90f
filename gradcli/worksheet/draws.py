"""Random draws that are the same on every machine and in every version of Python.

Of `random` only `Random(n).random()` is used, whose sequence Python promises to keep ("Notes on Reproducibility" in its
manual); of its other methods, as `choice` and `shuffle`, it promises nothing.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A sequence of draws that a whole number from 0 on fixes."""

    def __init__(self, seed: int) -> None:
        self._next = Random(seed).random

    def fraction(self) -> float:
        """A number from 0 on and below 1."""
        return self._next()

    def below(self, count: int) -> int:
        """One of 0 … count − 1."""
        return int(self._next() * count)

    def one_of(self, things: Sequence[T]) -> T:
        """One of these."""
        return things[self.below(len(things))]

    def happens(self, probability: float) -> bool:
        """Whether something with this probability happens."""
        return self._next() < probability
