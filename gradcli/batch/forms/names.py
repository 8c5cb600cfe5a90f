"""The columns that are written: what they are called, and which of the rows' own stand beside them."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.graph.arrays import Group


class ColumnNames(NamedTuple):
    """The names of what is computed: the value, the gradient by targets and perhaps notes, all with a prefix.

    Of the `groups` of targets each is an array, or a number by itself.
    """

    groups: Sequence[Group]
    prefix: str = ""
    has_notes: bool = False

    @property
    def value(self) -> str:
        """That of the value."""
        return f"{self.prefix}value"

    @property
    def notes(self) -> str:
        """That of the notes."""
        return f"{self.prefix}notes"

    @property
    def gradient(self) -> str:
        """That of the gradient, where it is one object."""
        return f"{self.prefix}gradient"

    @property
    def columns(self) -> list[str]:
        """Those of all columns: d_x is the derivative by x."""
        return self._columns(self.elements)

    @property
    def elements(self) -> list[str]:
        """The targets, in the order of their columns."""
        return [name for group in self.groups for name in group.elements]

    @property
    def lists(self) -> list[str]:
        """The same where the slopes of an array are one column."""
        return self._columns(group.name for group in self.groups)

    def _columns(self, targets: Iterable[str]) -> list[str]:
        slopes = [f"{self.prefix}d_{name}" for name in targets]
        return [self.value, *slopes, *([self.notes] if self.has_notes else [])]

    @property
    def keys(self) -> list[str]:
        """Those of the same as an object has them."""
        return [self.value, self.gradient, *([self.notes] if self.has_notes else [])]


def column_of(variable: str, names: Collection[str]) -> str | None:
    """The column of a variable: that of its name, else the first that Unicode has as another spelling of it (NFKC)."""
    if variable in names:
        return variable
    others = (name for name in names if not name.isascii() and normalize("NFKC", name) == variable)
    return next(others, None)


def check_apart(kept: Iterable[str], written: Iterable[str]) -> None:
    """Raise `GradcliError` where a column that is kept has the name of one that is written."""
    taken = set(written)
    for name in kept:
        if name in taken:
            raise GradcliError("column-clash", {"name": name}, source="option")
