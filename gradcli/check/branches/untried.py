"""Branches that were not tried, as texts that are made when they are asked for: few of many are said."""

from collections.abc import Callable, Sequence
from typing import overload


class Untried(Sequence[str]):
    """The texts that these make."""

    def __init__(self, texts: Sequence[Callable[[], str]]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        """One of them, or some."""
        if isinstance(index, slice):
            return [text() for text in self._texts[index]]
        return self._texts[index]()
