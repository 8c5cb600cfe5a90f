"""The operations on whole arrays: a matrix product, reductions, views of other arrays.

No pass knows them: `gradcli.arrays` makes operations on numbers of them, as soon as shapes are known.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from gradcli.frozen import with_other
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import PRODUCT, Operator

# A place in brackets: a whole number, or from where to where as in Python.
Position = int | tuple[int | None, int | None]


class ArrayOperator(Operator):
    """An operation on whole arrays. `axis` is the one that a reduction goes along (None: over all elements), and
    `positions` are those of a part.

    `view` says that its elements are those of its inputs, in another order: it computes nothing.
    """

    shaped = True
    axis: int | None = None
    positions: tuple[Position, ...] = ()
    view: bool = False
    reduces: bool = False  # takes an axis

    @property
    def suffix(self) -> str:  # type: ignore[override]
        """What stands behind its operand, for one that is written so: `.T`, `[0,1]`."""
        if self.name == "transpose":
            return ".T"
        return f"[{','.join(map(_written, self.positions))}]" if self.positions else ""

    @property
    def sign(self) -> str:
        """How messages speak of it: `@`, `.T`, `[ ]`, `softmax`."""
        return "[ ]" if self.positions else self.suffix or self.word

    @property
    def opening(self) -> str:  # type: ignore[override]
        """What begins a literal."""
        return "[" if self.name == "literal" else ""

    @property
    def closing(self) -> str:  # type: ignore[override]
        """What ends a call, or a literal."""
        if self.name == "literal":
            return "]"
        return ")" if self.axis is None else f", axis={self.axis})"


def _written(position: Position) -> str:
    if isinstance(position, int):
        return str(position)
    return ":".join("" if bound is None else str(bound) for bound in position)


def _row(name: str, parameters: str, **facts: Any) -> ArrayOperator:
    return ArrayOperator(name, tuple(parameters.split()), not_a_number, **facts)


MATMUL = _row("matmul", "x y", symbol="@", precedence=PRODUCT)
TRANSPOSE = _row("transpose", "x", view=True)
INDEX = _row("index", "x", view=True)
LITERAL = _row("literal", "x", variadic=True, least=1, view=True)

# Those that are called, by name. A variable can have each of these names too.
ARRAY_FUNCTIONS: Mapping[str, ArrayOperator] = {
    row.name: row
    for row in (
        _row("dot", "x y"),
        _row("outer", "x y"),
        _row("softmax", "x"),
        _row("column", "x", view=True),
        _row("row", "x", view=True),
        _row("trace", "x"),
        *(_row(name, "x", reduces=True) for name in ("sum", "mean", "max", "min", "logsumexp", "norm")),
    )
}


@cache
def along(name: str, axis: int) -> ArrayOperator:
    """A reduction along an axis."""
    return _other(ARRAY_FUNCTIONS[name], axis=axis)


@cache
def part(positions: tuple[Position, ...]) -> ArrayOperator:
    """What takes a part of an array."""
    return _other(INDEX, positions=positions)


def _other(row: ArrayOperator, **facts: Any) -> ArrayOperator:
    return with_other(row, **facts)
