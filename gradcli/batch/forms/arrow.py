"""Columns of Arrow as numbers, values and texts."""

from collections.abc import Sequence
from typing import Any

import pyarrow
from pyarrow import types


def numbers(column: Any) -> Any:
    """A column of Arrow as an array of doubles, NaN for what is null."""
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if types.is_decimal(kind):  # of which pyarrow's own doubles are not the nearest ones
        column = column.cast(pyarrow.string())
    if not types.is_float64(kind):
        column = column.cast(pyarrow.float64(), safe=False)
    return column.to_numpy(zero_copy_only=False)


def values(column: Any) -> list[Any]:
    """The values of a column of Arrow; of numbers by way of an array, which takes a tenth of the time."""
    if column.null_count or not (types.is_float64(column.type) or types.is_int64(column.type)):
        return column.tolist()  # type: ignore[no-any-return]
    return column.to_numpy().tolist()  # type: ignore[no-any-return]


def joined(columns: Sequence[Any], delimiter: str) -> list[str]:
    """The texts of each row as one text, "" for those that are null."""
    import pyarrow.compute

    rows = pyarrow.compute.binary_join_element_wise(*columns, delimiter, null_handling="replace", null_replacement="")
    return rows.tolist()  # type: ignore[no-any-return]
