"""A block of rows as a reader gives it, and what is wrong with one of its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from gradcli.batch.engine import Column


class Reason(TypedDict):
    """Why a row has no numbers: the code of a text, and its facts."""

    code: str
    facts: dict[str, Any]


class Block(NamedTuple):
    """`size` rows that stand one after the other in one file.

    `columns` has the numbers of the variables that were asked for, NaN where there is none; `kept` the columns that are
    passed on as they were read, as lists or as arrays of Arrow: all texts if the file `is_text`. `place` says where a
    row is, as facts, and `problem` what is wrong with one of its cells, if something is; both take the row's index in
    the block. Of JSON `objects` has the text of each row that is passed on, and what stands there.
    """

    size: int
    columns: Mapping[str, Column]
    kept: Mapping[str, Any]
    place: Callable[[int], dict[str, Any]]
    problem: Callable[[int], Reason | None]
    is_text: bool = False
    objects: Sequence[tuple[str, Any]] | None = None

    def parts(self, size: int) -> "Iterator[Block]":
        """The same in blocks of at most so many rows."""
        for begin in range(0, max(1, self.size), size):
            rows = slice(begin, begin + size)
            yield self._replace(
                size=min(size, self.size - begin),
                columns={name: column[rows] for name, column in self.columns.items()},
                kept={name: column[rows] for name, column in self.kept.items()},
                objects=self.objects and self.objects[rows],
                place=lambda index, begin=begin: self.place(begin + index),  # type: ignore[misc]
                problem=lambda index, begin=begin: self.problem(begin + index),  # type: ignore[misc]
            )


class Computed(NamedTuple):
    """A block with value and gradient of its rows, NaN where there is no finite number.

    `bad` has the indices of the rows in which something is not finite, `notes` the codes of what is to be said of each
    row, if that was asked for.
    """

    block: Block
    value: Column
    gradient: Mapping[str, Column]
    bad: Sequence[int]
    notes: Sequence[str] | None = None
