"""The loop over the operator table: tests of one row, each run for the rows that it is for; and rows added to it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gradcli.operators.records import Operator
from gradcli.operators.table import FUNCTIONS, OPERATORS, WRITTEN
from tests.accuracy import ROWS

Test = Callable[[Operator], None]
LOOP: list[tuple[Callable[[Operator], Any], Test]] = []  # the tests, and which rows they are for


def of(holds: Callable[[Operator], Any] = bool, rows: Iterable[Operator] = ROWS.values()) -> Callable[[Test], Test]:
    """Runs a test for each row of which `holds` holds."""

    def mark(test: Test) -> Test:
        LOOP.append((holds, test))
        chosen = [row for row in rows if holds(row)]
        return pytest.mark.parametrize("row", chosen, ids=lambda row: row.name)(test)  # type: ignore[no-any-return]

    return mark


@contextmanager
def added(row: Operator) -> Iterator[None]:
    """The table with one more row."""
    for table in (FUNCTIONS, OPERATORS, WRITTEN, ROWS):
        assert row.name not in table
        table[row.name] = row
    try:
        yield
    finally:
        for table in (FUNCTIONS, OPERATORS, WRITTEN, ROWS):
            del table[row.name]
