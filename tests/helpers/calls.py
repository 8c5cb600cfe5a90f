"""Calls of the rows of the operator table, as texts."""

from collections.abc import Sequence

from gradcli.operators.records import Operator


def call(row: Operator, names: Sequence[str]) -> str:
    """A row with these operands, one for each argument; a condition is `x > 0.5`, an order a number."""
    operands = [
        f"{name} > 0.5" if index in row.conditions else "2" if index in row.orders else name
        for index, name in enumerate(names)
    ]
    if row.symbol:
        return f" {row.symbol} ".join(operands) if len(operands) > 1 else f"{row.symbol} {operands[0]}"
    return f"{row.word}({', '.join(operands)})"
